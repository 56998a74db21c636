package extract

import (
	"context"
	"strings"
	"testing"

	"loadstar/schemas"
)

func fixedContract(header, skip int, columns ...schemas.Property) schemas.Contract {
	return schemas.Contract{
		Feed:    "feed",
		Dialect: schemas.Dialect{Format: "fixed", Encoding: "utf-8", Header: header, Skip: skip},
		Objects: []schemas.Object{{Name: "lines", Properties: columns}},
	}
}

func TestFixed(t *testing.T) {
	columns := []schemas.Property{
		{Name: "amount", Start: 10, Width: 5}, {Name: "id", Start: 1, Width: 3}, {Name: "name", Start: 4, Width: 6}, {Name: "note", Start: 16},
		{Name: "source", From: "$file"},
	}
	in := "id name  amount  note\n" +
		"001Ann    1.50 first\r\n" +
		"002Zoë    2.50 é, last \n" +
		"\n" +
		"003\n" +
		"id name  amount  note\n" +
		"004Bj\xff\n" +
		"005Eve   12\n" +
		"006Ida   1"
	s, err := Open(fixedContract(1, 0, columns...), landBytes(t, "in.txt", []byte(in)))
	if err != nil {
		t.Fatal(err)
	}
	d := read(t, s)
	if d.err != nil {
		t.Fatal(d.err)
	}
	same(t, "rows", d.rows, []string{
		`@2 id="001" name="Ann" amount="1.50" note="first"`,
		`@3 id="002" name="Zoë" amount="2.50" note="é, last"`,
		`@5 id="003"`,
		`@8 id="005" name="Eve" amount="12"`,
	})
	if len(d.rejects) != 2 || !strings.HasPrefix(d.rejects[0], "feed|7||encoding|") || !strings.HasPrefix(d.rejects[1], "feed|9|amount|fixed.short|") {
		t.Errorf("rejects are %v", d.rejects)
	}
	if (d.excluded != schemas.Excluded{Blank: 1, Header: 1}) {
		t.Errorf("excluded %+v", d.excluded)
	}
}

func TestFixedContractRefused(t *testing.T) {
	for _, columns := range [][]schemas.Property{
		nil,
		{{Name: "a"}},
		{{Name: "a", Width: 3}},
		{{Name: "a", Start: 1, Width: 3}, {Name: "a", Start: 2, Width: 3}},
	} {
		if _, err := Open(fixedContract(0, 0, columns...), Landed{Path: "in.txt"}); err == nil {
			t.Errorf("columns %+v were taken", columns)
		}
	}
}

func TestFixedSuite(t *testing.T) {
	c := fixedContract(1, 1, schemas.Property{Name: "a", Start: 1, Width: 2}, schemas.Property{Name: "b", Start: 4, Width: 3})
	testSource(t, c, landBytes(t, "in.txt", []byte("title\nhead\n"+strings.Repeat("ab cdé\n\n x \n", 200))))
}

func TestCDNOW(t *testing.T) {
	file := sharedData(t, "feeds", "cdnow", "CDNOW_master.txt")
	c := fixedContract(0, 1, schemas.Property{Name: "customer_id", Start: 2, Width: 5}, schemas.Property{Name: "date", Start: 8, Width: 8},
		schemas.Property{Name: "cds", Start: 16, Width: 3}, schemas.Property{Name: "dollars", Start: 19, Width: 8})
	s, err := Open(c, Landed{Feed: "feed", Path: "CDNOW_master.txt", File: file})
	if err != nil {
		t.Fatal(err)
	}
	var rows, nulls int64
	for chunk, err := range s.Chunks(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		dec, err := chunk(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		rows += dec.Record.NumRows()
		for i := range int(dec.Record.NumCols()) {
			if strings.HasPrefix(dec.Record.ColumnName(i), "chars_") {
				continue // of characters that no property lists
			}
			nulls += int64(dec.Record.Column(i).NullN())
		}
		dec.Record.Release()
	}
	if rows != 69659 || nulls != 0 {
		t.Errorf("%d rows with %d nulls, expected 69659 without", rows, nulls)
	}
}
