package recognise

import (
	"context"
	"slices"

	"github.com/zeebo/xxh3"

	"loadstar/schemas"
)

// TupleSet holds distinct combinations of values by their hashes.
type TupleSet map[uint64]struct{}

// Within says how many of the combinations o has too.
func (s TupleSet) Within(o TupleSet) int {
	n := 0
	for h := range s {
		if _, ok := o[h]; ok {
			n++
		}
	}
	return n
}

// SheetColumn names, among columns, the worksheet that a row stands on.
const SheetColumn = "$sheet"

// Tuples collects the distinct combinations of values of sets of columns, and
// counts the rows.
func (in *File) Tuples(ctx context.Context, path string, sets [][]string, look Look, t *WordTables) (seen []TupleSet, rows int, err error) {
	source, err := in.Source()
	if err != nil {
		return nil, 0, err
	}
	seen = make([]TupleSet, len(sets))
	for i := range seen {
		seen[i] = TupleSet{}
	}
	err = InOrder(ctx, look.Workers, source, func(dec schemas.Decoded) ([][]uint64, error) {
		if in.arrayPath(dec.Object) != path {
			return nil, nil
		}
		return in.tupleHashes(dec, sets, t), nil
	}, func(hashes [][]uint64) error {
		for i, list := range hashes {
			for _, h := range list {
				seen[i][h] = struct{}{}
			}
		}
		if len(hashes) > 0 {
			rows += len(hashes[0])
		}
		return nil
	})
	return seen, rows, err
}

func (in *File) tupleHashes(dec schemas.Decoded, sets [][]string, t *WordTables) [][]uint64 {
	c := in.ColumnsOf(dec.Record, t)
	hashes := make([][]uint64, len(sets))
	var buf []byte
	for k, set := range sets {
		var at []int
		for _, name := range set {
			at = append(at, slices.Index(c.names, name))
		}
		sheet := ""
		if slices.Contains(set, SheetColumn) {
			sheet = dec.Sheet
		}
		for i := range c.Rows {
			buf = append(buf[:0], sheet...)
			for _, col := range at {
				if col >= 0 {
					buf = append(buf, c.value(col, i)...)
				}
				buf = append(buf, 0)
			}
			hashes[k] = append(hashes[k], xxh3.Hash(buf))
		}
	}
	return hashes
}
