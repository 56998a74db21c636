//go:build duckdb_arrow

package load_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"loadstar/load"
	"loadstar/schemas"
)

// mended is one delivery of the tests below, under a path of its own: its good
// rows as key=text or text, and those that were refused, "-" before the text of
// one without a readable key.
type mended struct {
	day           int
	good, refused string
	open          string // what is open afterwards: number of the delivery and refused row
}

// send delivers m as number of its case, whose name keeps its rows apart from
// those of other cases.
func (m mended) send(t *testing.T, b *load.Build, o schemas.Object, mode schemas.Delivery, number int) load.Counts {
	t.Helper()
	file := schemas.FileKey(o.Name, fmt.Sprint(number), "")
	s := sent{day: m.day, file: file, bytes: fmt.Sprint(o.Name, number)}
	for _, text := range strings.Fields(m.good) {
		l := line{text: o.Name + text, file: file}
		if key, text, isKeyed := strings.Cut(text, "="); isKeyed {
			l.key, l.text = o.Name+key, text
		}
		s.lines = append(s.lines, l)
	}
	for i, text := range strings.Fields(m.refused) {
		r := refusal(int64(100+i), fmt.Sprint(number, ":", text), "first")
		r.Object, r.At.FileKey = o.Name, file
		if key, _, isKeyed := strings.Cut(text, "="); isKeyed {
			r.RowID = hash("row", o.Name+key)
		}
		s.refused = append(s.refused, r)
	}
	c := mustSend(t, b, o, mode, s)
	found, err := b.Violations(context.Background(), load.ViolationFilter{Open: true})
	if err != nil {
		t.Fatal(err)
	}
	var open []string
	for _, v := range found {
		if v.Object == o.Name {
			open = append(open, v.Raw)
		}
	}
	slices.Sort(open)
	if got := strings.Join(open, " "); got != m.open {
		t.Errorf("after delivery %d: open are %q, want %q", number, got, m.open)
	}
	return c
}

// TestMendedUnderAnotherName: what a later file tells rightly is settled,
// whatever the file is called, and what it does not tell stays open.
func TestMendedUnderAnotherName(t *testing.T) {
	t.Parallel()
	b := open(t)
	for name, test := range map[string]struct {
		keyed  bool
		mode   schemas.Delivery
		sent   []mended
		loaded int64 // by the last delivery
	}{
		"just the mended row, by its key": {true, schemas.Delta, []mended{
			{day: 1, good: "a=1 b=1", refused: "c=x d=x", open: "1:c=x 1:d=x"},
			{day: 2, good: "c=1", open: "1:d=x"},
		}, 1},
		"a key that is wrong again": {true, schemas.Delta, []mended{
			{day: 1, good: "a=1", refused: "c=x", open: "1:c=x"},
			{day: 2, good: "b=1", refused: "c=y", open: "1:c=x 2:c=y"},
			{day: 3, good: "c=1", open: ""},
		}, 1},
		"a state that was known before": {true, schemas.Append, []mended{
			{day: 1, good: "c=1"},
			{day: 2, refused: "c=x", open: "2:c=x"},
			{day: 3, good: "c=1", open: ""},
		}, 0},
		"an older file says nothing of a newer one": {true, schemas.Delta, []mended{
			{day: 2, good: "a=1", refused: "c=x", open: "1:c=x"},
			{day: 1, good: "a=1 c=1 d=1", open: "1:c=x"},
		}, 2},
		"a file that comes late": {true, schemas.Delta, []mended{
			{day: 2, good: "c=1"},
			{day: 1, good: "a=1", refused: "c=x d=x", open: "2:d=x"},
		}, 1},
		"a whole copy of rows without keys": {false, schemas.Append, []mended{
			{day: 1, good: "a b b", refused: "-x", open: "1:-x"},
			{day: 1, good: "a b b c", open: ""},
		}, 1},
		"a whole copy where the key was wrong": {true, schemas.Delta, []mended{
			{day: 1, good: "a=1 b=1", refused: "-x", open: "1:-x"},
			{day: 1, good: "a=1 b=1 c=1", open: ""},
		}, 1},
		"a copy that is still wrong, and its copy": {false, schemas.Append, []mended{
			{day: 1, good: "a b", refused: "-x -y", open: "1:-x 1:-y"},
			{day: 2, good: "a b c", refused: "-y", open: "2:-y"},
			{day: 3, good: "a b c", refused: "-z", open: "3:-z"},
			{day: 4, good: "a b c d", open: ""},
		}, 1},
		"a part of the file": {false, schemas.Append, []mended{
			{day: 1, good: "a b", refused: "-x", open: "1:-x"},
			{day: 2, good: "a c d", open: "1:-x"},
		}, 2},
		"the good rows alone": {false, schemas.Append, []mended{
			{day: 1, good: "a b", refused: "-x", open: "1:-x"},
			{day: 2, good: "a b", open: "1:-x"},
		}, 0},
		"the next file of the feed": {false, schemas.Append, []mended{
			{day: 1, good: "a b", refused: "-x", open: "1:-x"},
			{day: 2, good: "c d e", refused: "-y", open: "1:-x 2:-y"},
		}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			o := object(test.keyed, false)
			o.Name = name
			var c load.Counts
			for i, m := range test.sent {
				c = m.send(t, b, o, test.mode, i+1)
			}
			if c.Loaded != test.loaded {
				t.Errorf("the last file loaded %d rows, want %d: %+v", c.Loaded, test.loaded, c)
			}
		})
	}
}
