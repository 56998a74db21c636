package validate

import (
	"cmp"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"loadstar/schemas"
)

// TestRowStore: rows come back sorted and whole, from memory and from a file,
// which is gone in the end.
func TestRowStore(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for _, count := range []int{0, 1, 1000, 3*rowsInMemory + 17} {
		random := rand.New(rand.NewPCG(1, uint64(count)))
		var s rowStore
		want := make([]keyRow, count)
		for i := range want {
			text := strconv.Itoa(random.IntN(count))
			want[i] = keyRow{key: fingerprint(text), content: fingerprint(text, "x"), row: int64(i), sheet: int32(i % 3)}
			if err := s.add(want[i]); err != nil {
				t.Fatal(err)
			}
		}
		if isSpilled := s.file != nil; isSpilled != (count > rowsInMemory) {
			t.Errorf("%d rows are in a file: %t", count, isSpilled)
		}
		slices.SortFunc(want, func(a, b keyRow) int {
			return cmp.Or(a.key.Cmp(b.key), cmp.Compare(a.sheet, b.sheet), cmp.Compare(a.row, b.row))
		})
		var got []keyRow
		var last schemas.ID
		err := s.each(func(rows []keyRow) {
			if len(rows) > 0 && len(got) > 0 && rows[0].key == last {
				t.Error("a key is in two buckets")
			}
			got = append(got, rows...)
			if len(rows) > 0 {
				last = rows[len(rows)-1].key
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d rows came back as %d, or in another order", len(want), len(got))
		}
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
	}
	left, err := os.ReadDir(os.Getenv("TMPDIR"))
	if err != nil || len(left) > 0 {
		t.Errorf("%d files are left (%v)", len(left), err)
	}
}

// TestNoRoomForKeys: a disk without room is no fault of the delivery.
func TestNoRoomForKeys(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "not there"))
	var s rowStore
	var err error
	for i := 0; err == nil && i <= rowsInMemory; i++ {
		err = s.add(keyRow{row: int64(i)})
	}
	if own := (*spillError)(nil); !errors.As(err, &own) || !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "TMPDIR") {
		t.Errorf("error is %v", err)
	}
}
