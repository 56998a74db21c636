package extract

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"loadstar/schemas"
)

const (
	benchRows    = 200_000
	benchColumns = 12
)

// writeBenchWorkbook writes a workbook of 12 columns, 3 of them dates.
func writeBenchWorkbook(b *testing.B) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "bench.xlsx")
	f := excelize.NewFile()
	date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		b.Fatal(err)
	}
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	row := make([]any, benchColumns)
	for i := range row {
		row[i] = fmt.Sprintf("Column %d", i+1)
	}
	if err := w.SetRow("A1", row); err != nil {
		b.Fatal(err)
	}
	for i := range benchRows {
		day := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%2000)
		row[0], row[1], row[2] = i, "Customer "+strconv.Itoa(i%5000), "Name & Sons"
		for c := range 3 {
			row[3+c] = excelize.Cell{StyleID: date, Value: day.AddDate(0, 0, c)}
		}
		row[6], row[7], row[8] = float64(i)/8, i*7, i%2 == 0
		row[9], row[10], row[11] = "open", "someone@example.org", 19.99
		if err := w.SetRow("A"+strconv.Itoa(i+2), row); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.SaveAs(path); err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkExcel compares this reader, which decodes to Arrow with dates as
// dates, with excelize's iterator over raw cell texts.
func BenchmarkExcel(b *testing.B) {
	path := writeBenchWorkbook(b)
	b.Run("loadstar", func(b *testing.B) {
		dialect := schemas.Dialect{Format: "excel", Sheets: "*", Header: 1, HeaderJoin: " "}
		s, err := openExcel(schemas.Contract{Feed: "feed", Dialect: dialect}, Landed{Feed: "feed", File: path, Path: "bench.xlsx"})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportAllocs()
		for b.Loop() {
			rows := 0
			for chunk, err := range s.Chunks(b.Context()) {
				if err != nil {
					b.Fatal(err)
				}
				dec, err := chunk(b.Context())
				if err != nil {
					b.Fatal(err)
				}
				rows += int(dec.Record.NumRows())
				dec.Record.Release()
			}
			if rows != benchRows {
				b.Fatalf("%d rows", rows)
			}
		}
		reportRate(b)
	})
	b.Run("excelize", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if rows := countWithExcelize(b, path); rows != benchRows+1 {
				b.Fatalf("%d rows", rows)
			}
		}
		reportRate(b)
	})
}

func reportRate(b *testing.B) {
	b.Helper()
	b.ReportMetric(float64(benchRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapSys)/(1<<20), "heap-MB")
}

func countWithExcelize(b *testing.B, path string) int {
	b.Helper()
	f, err := excelize.OpenFile(path, excelize.Options{UnzipSizeLimit: 1 << 30, RawCellValue: true})
	if err != nil {
		b.Fatal(err)
	}
	rows, err := f.Rows("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	count := 0
	for rows.Next() {
		if _, err := rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
			b.Fatal(err)
		}
		count++
	}
	if err := rows.Close(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return count
}
