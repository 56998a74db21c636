package recognise

import (
	"context"
	"slices"

	"github.com/zeebo/xxh3"

	"loadstar/schemas"
)

// Tuples counts how many distinct combinations of values each set of columns
// has, and how many rows there are. Rows without any value in a set count as
// one.
func (in *File) Tuples(ctx context.Context, path string, sets [][]string, look Look, t *WordTables) (distinct []int, rows int, err error) {
	source, err := in.Source()
	if err != nil {
		return nil, 0, err
	}
	seen := make([]map[uint64]struct{}, len(sets))
	for i := range seen {
		seen[i] = map[uint64]struct{}{}
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
	for _, s := range seen {
		distinct = append(distinct, len(s))
	}
	return distinct, rows, err
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
		for i := range c.Rows {
			buf = buf[:0]
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
