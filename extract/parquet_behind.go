package extract

import (
	"bytes"
	"errors"
	"io"

	"loadstar/schemas/fault"
)

// refuseSeveral refuses Parquet files one behind the other: the last footer
// tells of one alone. from is where its values end; indexes and filters may
// stand behind them.
func refuseSeveral(in io.ReaderAt, from, size int64) error {
	seam := []byte("PAR1PAR1") // the end of one and the beginning of the next
	block := make([]byte, readAhead)
	for at := from; at < size; at += int64(len(block) - len(seam) + 1) {
		n, err := in.ReadAt(block[:min(int64(len(block)), size-at)], at)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if bytes.Contains(block[:n], seam) {
			return fault.New(fault.DeliveryDamaged, "several Parquet files stand in it one behind the other; deliver each on its own")
		}
	}
	return nil
}
