package extract

import (
	"context"
	"regexp"
	"testing"

	"loadstar/schemas"
)

// asideOf asks a source why a row of it is set aside.
func asideOf(t *testing.T, contract schemas.Contract, l Landed, row int64) (why string, last int64) {
	t.Helper()
	l.Asked = row
	s, err := Open(contract, l)
	if err != nil {
		t.Fatal(err)
	}
	for chunk, err := range s.Chunks(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		dec, err := chunk(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if dec.Aside != "" {
			why = dec.Aside
		}
		last = max(last, dec.Last)
		if dec.Record != nil {
			dec.Record.Release()
		}
	}
	return why, last
}

func TestAsideSaysWhy(t *testing.T) {
	t.Parallel()
	totals := []schemas.Match{{Column: "a", Pattern: regexp.MustCompile("^Total")}}
	text := csvDialect(func(d *schemas.Dialect) { d.Totals, d.Comment = totals, "#" })
	sheet := excelDialect(func(d *schemas.Dialect) { d.Totals = totals })
	book := testBook{sheets: []testSheet{{name: "S", data: row(1, "a", "b") + row(2, "x", "1") + row(4, "Total", "1") +
		`<row r="5" hidden="1"><c r="A5" t="str"><v>y</v></c></row>` + row(6, "A", "b")}}}
	for _, c := range []struct {
		name     string
		contract schemas.Contract
		bytes    []byte
		want     map[int64]string
		last     int64
	}{
		{"a.csv", schemas.Contract{Dialect: text}, []byte("a,b\nx,1\n\nTotal,1\n#,y\na,b\n"),
			map[int64]string{2: "", 3: asideBlank, 4: asideTotals, 5: asideComment, 6: asideHeader, 7: ""}, 6},
		{"a.xlsx", schemas.Contract{Dialect: sheet}, book.bytes(t),
			map[int64]string{2: "", 3: asideBlank, 4: asideTotals, 5: asideHidden, 6: asideHeader, 7: ""}, 6},
	} {
		for line, want := range c.want {
			if why, last := asideOf(t, c.contract, landBytes(t, c.name, c.bytes), line); why != want || last != c.last {
				t.Errorf("%s:%d is set aside as %q, want %q; the last row set aside is %d, want %d", c.name, line, why, want, last, c.last)
			}
		}
	}
}
