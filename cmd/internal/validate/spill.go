package validate

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/apache/arrow-go/v18/arrow/decimal128"
)

// keyRowSize is the length of a row in a file.
const keyRowSize = 5*8 + 4

// bucketCount parts keys by their upper six bits, so that buckets in order
// hold the keys in order.
const (
	bucketCount = 64
	bucketShift = 56 // keys have 126 bits
)

// rowsInMemory is how many rows are held before they go to a file: 3 MB.
const rowsInMemory = 1 << 16

// rowStore holds rows until all are there, in memory while they are few and
// else in a file, so that a comparison costs no more memory the longer a
// delivery is. It is used by one goroutine; close removes the file.
type rowStore struct {
	buckets  [bucketCount][]keyRow
	held     int
	file     *os.File
	isGone   bool // the file has no name any more
	size     int64
	segments [bucketCount][]segment
}

// spillError is a fault of the machine, not of the delivery: no room, mostly.
type spillError struct {
	what string
	err  error
}

func (e *spillError) Error() string {
	return fmt.Sprintf("%s in %s (TMPDIR names another folder): %v", e.what, os.TempDir(), e.err)
}

func (e *spillError) Unwrap() error { return e.err }

// segment is a run of rows of one bucket in the file.
type segment struct {
	at   int64
	rows int
}

func (s *rowStore) add(r keyRow) error {
	bucket := (r.key.HighBits() >> bucketShift) & (bucketCount - 1)
	s.buckets[bucket] = append(s.buckets[bucket], r)
	if s.held++; s.held < rowsInMemory {
		return nil
	}
	return s.flush()
}

func (s *rowStore) flush() error {
	if s.file == nil {
		file, err := os.CreateTemp("", "loadstar-validate-*")
		if err != nil {
			return &spillError{"make a file for keys", err}
		}
		s.file = file
		s.isGone = os.Remove(file.Name()) == nil // nothing is left after a kill, where the system allows that
	}
	buf := make([]byte, 0, keyRowSize*s.held)
	for i, rows := range s.buckets {
		if len(rows) == 0 {
			continue
		}
		s.segments[i] = append(s.segments[i], segment{at: s.size + int64(len(buf)), rows: len(rows)})
		for _, r := range rows {
			buf = appendKeyRow(buf, r)
		}
		s.buckets[i] = rows[:0]
	}
	if _, err := s.file.Write(buf); err != nil {
		return &spillError{"write keys", err}
	}
	s.size += int64(len(buf))
	s.held = 0
	return nil
}

// each calls do with the rows of one bucket after the other, sorted by key,
// sheet and row. do must not keep them.
func (s *rowStore) each(do func(rows []keyRow)) error {
	var rows []keyRow
	for i := range s.buckets {
		rows = rows[:0]
		for _, at := range s.segments[i] {
			buf := make([]byte, keyRowSize*at.rows)
			if _, err := s.file.ReadAt(buf, at.at); err != nil && !errors.Is(err, io.EOF) {
				return &spillError{"read keys", err}
			}
			for ; len(buf) > 0; buf = buf[keyRowSize:] {
				rows = append(rows, readKeyRow(buf))
			}
		}
		rows = append(rows, s.buckets[i]...)
		slices.SortFunc(rows, func(a, b keyRow) int {
			return cmp.Or(a.key.Cmp(b.key), cmp.Compare(a.sheet, b.sheet), cmp.Compare(a.row, b.row))
		})
		do(rows)
	}
	return nil
}

func (s *rowStore) close() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	if !s.isGone {
		err = errors.Join(err, os.Remove(s.file.Name()))
	}
	return err
}

func appendKeyRow(buf []byte, r keyRow) []byte {
	for _, n := range []uint64{uint64(r.key.HighBits()), r.key.LowBits(), uint64(r.content.HighBits()), r.content.LowBits(), uint64(r.row)} {
		buf = binary.LittleEndian.AppendUint64(buf, n)
	}
	return binary.LittleEndian.AppendUint32(buf, uint32(r.sheet))
}

func readKeyRow(buf []byte) keyRow {
	n := func(i int) uint64 { return binary.LittleEndian.Uint64(buf[8*i:]) }
	return keyRow{
		key: decimal128.New(int64(n(0)), n(1)), content: decimal128.New(int64(n(2)), n(3)),
		row: int64(n(4)), sheet: int32(binary.LittleEndian.Uint32(buf[5*8:])),
	}
}
