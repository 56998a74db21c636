"""Reads a workbook with Polars' calamine reader and prints the seconds as JSON."""

import json
import sys
import time

import polars

path, rows, times = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
seconds = []
for _ in range(times):
    start = time.perf_counter()
    frame = polars.read_excel(path, engine="calamine")
    seconds.append(time.perf_counter() - start)
    if frame.height != rows or sum(t.is_temporal() for t in frame.dtypes) != 3:
        sys.exit(f"{frame.height} rows of {frame.dtypes}, expected {rows} with 3 columns of dates")
print(json.dumps(seconds))
