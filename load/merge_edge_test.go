//go:build duckdb_arrow

package load_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"loadstar/load"
	"loadstar/schemas"
)

// sent is one delivery of the tests: rows that kept their contract and rows
// that did not.
type sent struct {
	day     int
	file    int64  // its file key, 0 = 7
	bytes   string // stands for the sha256, "" = the day
	lines   []line
	refused []schemas.Reject
}

// send stages, quarantines and merges one delivery.
func send(t *testing.T, b *load.Build, o schemas.Object, mode schemas.Delivery, s sent) (load.Counts, error) {
	t.Helper()
	ctx := context.Background()
	if s.bytes == "" {
		s.bytes = fmt.Sprint(s.day)
	}
	d := load.Delivery{Feed: "shop", System: "shop", Path: fmt.Sprintf("lines_%d.csv", cmp.Or(s.file, int64(s.day))), SHA256: s.bytes, Mode: mode,
		Duplicates: schemas.FlagDuplicates, DeliveredAt: time.Unix(int64(s.day)*86400, 0).UTC(), Sequence: int64(s.day)}
	if err := b.File(ctx, d, cmp.Or(s.file, 7), ""); err != nil {
		t.Fatal(err)
	}
	c := conformed(o.Name, s.lines)
	defer c.Record.Release()
	c.Rejects = s.refused
	total := schemas.ControlTotal{Feed: d.Feed, Object: o.Name, SHA256: d.SHA256}
	total.Add(c)
	total.Read = int64(len(s.lines) + refusedRows(s.refused))
	for _, r := range s.refused {
		for field, amount := range r.Money {
			total.Money[field] = total.Money[field].Add(amount)
		}
	}
	if err := b.Stage(ctx, d, o, c); err != nil {
		t.Fatal(err)
	}
	if err := b.Quarantine(ctx, d, s.refused); err != nil {
		t.Fatal(err)
	}
	return b.Merge(ctx, d, o, total)
}

const totalsRule = "totals.difference"

// refusedRows counts rows: the tests give each row one reject of rule "first", of
// totals, or for being none.
func refusedRows(rejects []schemas.Reject) int {
	n := 0
	for _, r := range rejects {
		if slices.Contains([]string{"first", totalsRule, "row.no_record"}, r.Rule) {
			n++
		}
	}
	return n
}

func refusal(row int64, raw, rule string) schemas.Reject {
	r := schemas.Reject{Feed: "shop", Object: "lines", At: schemas.Place{FileKey: 7, Row: row}, Column: "c", Rule: rule, Reason: "broken", Raw: raw}
	if rule == "first" {
		r.Money = map[string]schemas.ID{"line_amount": decimal128.FromI64(123456)}
	}
	return r
}

func mustSend(t *testing.T, b *load.Build, o schemas.Object, mode schemas.Delivery, s sent) load.Counts {
	t.Helper()
	c, err := send(t, b, o, mode, s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func tableDigest(t *testing.T, b *load.Build, table string) string {
	t.Helper()
	digests, err := b.Digests(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range digests {
		if d.Table == table {
			return fmt.Sprint(d.Rows, " ", d.Value)
		}
	}
	t.Fatalf("no digest of %s", table)
	return ""
}

func TestQuarantineOfEqualBytes(t *testing.T) {
	t.Parallel()
	b := open(t)
	o := object(true, true)
	for day := 1; day <= 2; day++ {
		c := mustSend(t, b, o, schemas.Delta, sent{day: day, bytes: "same", lines: []line{{key: "a", version: 1}},
			refused: []schemas.Reject{refusal(3, `{"c":"x"}`, "first"), refusal(3, `{"c":"x"}`, "second")}})
		if c.Quarantined != 1 {
			t.Errorf("day %d: the same bytes at another moment: %+v", day, c)
		}
	}
}

func TestQuarantineOfNestedRows(t *testing.T) {
	t.Parallel()
	o := object(false, false)
	o.Path = "lines"
	same := `{"c":"x"}`
	c := mustSend(t, open(t), o, schemas.Append, sent{day: 1, refused: []schemas.Reject{
		refusal(5, same, "first"), refusal(5, same, "second"), refusal(5, same, "first"), refusal(5, same, "second"), refusal(5, `{"c":"y"}`, "first"),
	}})
	if c.Quarantined != 3 {
		t.Errorf("rows of a nested array share their line: %+v", c)
	}
	o.Path = ""
	c, err := send(t, open(t), o, schemas.Append, sent{day: 1, refused: []schemas.Reject{
		refusal(5, same, "first"), refusal(5, same, "second"), refusal(5, same, "second"),
	}})
	if err != nil || c.Quarantined != 1 {
		t.Errorf("a line is one row, however often it breaks a rule: %+v, %v", c, err)
	}
}

func TestQuarantineIgnoresRowOrder(t *testing.T) {
	t.Parallel()
	o := object(true, false)
	digests := map[string]bool{}
	for _, rows := range [][2]int64{{3, 4}, {4, 3}} {
		b := open(t)
		mustSend(t, b, o, schemas.Append, sent{day: 1, refused: []schemas.Reject{
			refusal(rows[0], `{"c":"x"}`, "first"), refusal(rows[1], `{"c":"y"}`, "first"), refusal(9, `{"c":"x"}`, "first"),
		}, lines: []line{{key: "a", text: "1"}, {key: "a", text: fmt.Sprint(rows[0])}, {key: "a", text: fmt.Sprint(rows[1])}}})
		digests[tableDigest(t, b, "ods.quarantine.row")+tableDigest(t, b, "ods.quarantine.violation")+tableDigest(t, b, "ods.quarantine.money")] = true
	}
	if len(digests) != 1 {
		t.Errorf("rows in another order give other quarantine: %v", digests)
	}
}

func TestQuarantineWithoutObject(t *testing.T) {
	t.Parallel()
	b := open(t)
	ctx := context.Background()
	r := refusal(1, "{}", "first")
	r.Object = "nobody"
	if err := b.Quarantine(ctx, load.Delivery{Feed: "shop"}, []schemas.Reject{r}); err != nil {
		t.Fatal(err)
	}
	if err := b.Finish(ctx); err == nil || !strings.Contains(err.Error(), "not merged") {
		t.Errorf("refused rows that no object takes are lost silently: %v", err)
	}
}

func TestConflictsOfNestedRows(t *testing.T) {
	t.Parallel()
	b := open(t)
	o := object(true, false)
	o.Path = "lines"
	c := conformedAt(o.Name, []line{{key: "a", text: "x", amount: 1}, {key: "a", text: "y", amount: 2}, {key: "b"}},
		func(int) int64 { return 5 })
	defer c.Record.Release()
	ctx := context.Background()
	d := load.Delivery{Feed: "shop", Path: "x.jsonl", SHA256: "1", Mode: schemas.Delta}
	if err := b.Stage(ctx, d, o, c); err != nil {
		t.Fatal(err)
	}
	total := schemas.ControlTotal{}
	total.Add(c)
	counts, err := b.Merge(ctx, d, o, total)
	if err != nil || counts.Quarantined != 2 || counts.Loaded != 1 {
		t.Errorf("two states of one key in one line: %+v, %v", counts, err)
	}
}

func TestUnique(t *testing.T) {
	t.Parallel()
	o := object(true, true)
	o.Properties = append(o.Properties, schemas.Property{Name: "text", Field: "description", Unique: true})
	c := mustSend(t, open(t), o, schemas.Delta, sent{day: 1, lines: []line{
		{key: "a", text: "x", version: 1, amount: 4}, {key: "b", text: "x", version: 1}, {key: "c", text: "z", version: 1},
		{key: "d", text: "w", version: 1}, {key: "d", text: "v", version: 2}, {key: "e", text: "w", version: 2},
	}})
	if c.Quarantined != 2 || c.Superseded != 1 || c.Loaded != 3 {
		t.Errorf("rows that share a unique value are refused, older states apart: %+v", c)
	}
	o.Name, o.Properties = "badges", append(o.Properties[:2], schemas.Property{Name: "Badge/No~1", Unique: true})
	c = mustSend(t, open(t), o, schemas.Delta, sent{day: 1, lines: []line{
		{key: "a", attributes: `{"Badge/No~1":"7","other":"1"}`}, {key: "b", attributes: `{"Badge/No~1":"7","other":"1"}`},
		{key: "c", attributes: `{"Badge/No~1":"8","other":"1"}`}, {key: "d", attributes: `{"other":"1"}`}, {key: "e"},
	}})
	if c.Quarantined != 2 || c.Loaded != 3 {
		t.Errorf("rows that share a unique value which feeds no field are refused: %+v", c)
	}
}

// TestKeyedByText: two equal rows of a feed whose key is their text are two
// rows, and the same two when they are delivered again; equal rows of two
// records of one delivery are those of a record that came twice.
func TestKeyedByText(t *testing.T) {
	t.Parallel()
	o := object(true, false)
	o.Properties = append(o.Properties, schemas.Property{Name: "row_text", From: "$hash", Key: 2})
	equal := []line{{key: "a", text: "x", amount: 5}, {key: "a", text: "x", amount: 5}, {key: "b", text: "y", amount: 1}}
	b := open(t)
	if c := deliver(t, b, o, schemas.Delta, 1, equal...); c.Loaded != 3 {
		t.Errorf("first: %+v, want 3 loaded", c)
	}
	if c := deliver(t, b, o, schemas.Delta, 2, equal...); c.Redelivered != 3 {
		t.Errorf("again: %+v, want 3 redelivered", c)
	}
	o.Path = "lines"
	if c := deliver(t, open(t), o, schemas.Delta, 1, equal...); c.Loaded != 2 || c.Redelivered != 1 {
		t.Errorf("of two records: %+v, want 2 loaded and 1 redelivered", c)
	}
}

// TestUniqueTogether refuses rows that share two values; a row without one of
// them shares none.
func TestUniqueTogether(t *testing.T) {
	t.Parallel()
	o := object(true, true)
	o.Properties = append(o.Properties, schemas.Property{Name: "text", Field: "description"}, schemas.Property{Name: "Badge"})
	o.Together = [][]string{{"text", "Badge"}}
	c := mustSend(t, open(t), o, schemas.Delta, sent{day: 1, lines: []line{
		{key: "a", text: "x", attributes: `{"Badge":"7"}`}, {key: "b", text: "x", attributes: `{"Badge":"7"}`}, {key: "c", text: "x", attributes: `{"Badge":"8"}`},
		{key: "d", text: "z", attributes: `{"Badge":"7"}`}, {key: "e", text: "x"}, {key: "f", text: "x"}, {key: "g", attributes: `{"Badge":"7"}`},
	}})
	if c.Quarantined != 2 || c.Loaded != 5 {
		t.Errorf("two rows share both values: %+v", c)
	}
}

// TestSnapshotWithRefusedRows: of what a snapshot lacks a refused row keeps its
// last state; one whose key nobody can read may be any of them, a row of totals
// is none, and where the text of a row is its key, so is a broken one.
func TestSnapshotWithRefusedRows(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		what    string
		key     string // "" = it can't be read
		rule    string
		deleted int64
	}{
		{"any of the keys", "", "first", 0},
		{"one of the keys", "b", "first", 1},
		{"a key that was not there", "z", "first", 2},
		{"a row of totals", "", totalsRule, 2},
		{"a note", "", "row.no_record", 2},
		{"a text that was not there", "", "first", 2},
	} {
		b := open(t)
		o := object(true, false)
		if strings.HasPrefix(test.what, "a text") {
			o.Properties[0].From = "$hash"
		}
		mustSend(t, b, o, schemas.Snapshot, sent{day: 1, lines: []line{{key: "a"}, {key: "b"}, {key: "c"}}})
		r := refusal(3, "{}", test.rule)
		if test.key != "" {
			r.RowID = hash("row", test.key)
		}
		c := mustSend(t, b, o, schemas.Snapshot, sent{day: 2, lines: []line{{key: "a"}}, refused: []schemas.Reject{r}})
		if c.Deleted != test.deleted {
			t.Errorf("%s: %d rows are deleted, want %d", test.what, c.Deleted, test.deleted)
		}
	}
}
