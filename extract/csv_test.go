package extract

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"loadstar/schemas"
)

func csvDialect(change func(*schemas.Dialect)) schemas.Dialect {
	d := schemas.Dialect{Format: "csv", Encoding: "utf-8", Delimiter: ",", Quote: `"`, Header: 1, Ragged: "reject", HeaderJoin: " "}
	if change != nil {
		change(&d)
	}
	return d
}

func readCSV(t testing.TB, content string, d schemas.Dialect) dump {
	t.Helper()
	s, err := Open(schemas.Contract{Feed: "feed", Dialect: d}, landBytes(t, "in.csv", []byte(content)))
	if err != nil {
		return dump{err: err}
	}
	return read(t, s)
}

func TestCSV(t *testing.T) {
	type change = func(*schemas.Dialect)
	for _, c := range []struct {
		name    string
		dialect change
		in      string
		rows    []string
		rejects []string // "row rule raw"
		out     schemas.Excluded
	}{
		{name: "null and empty", in: "a,b\n1,\n\"\",2\n", rows: []string{`@2 a="1"`, `@3 a="" b="2"`}},
		{name: "line ends", in: "a,b\r\n1,2\r3,4\n5,6", rows: []string{`@2 a="1" b="2"`, `@3 a="3" b="4"`, `@4 a="5" b="6"`}},
		{name: "quoted line feeds count", in: "a,b\n\"x\ny\",1\nz,2\n", rows: []string{`@2 a="x\ny" b="1"`, `@4 a="z" b="2"`}},
		{name: "digits marked as text", in: "a,b\n'00123,'24\n\"'0456\",'t Hooft\n'1'2,=\"007\"\n", rows: []string{`@2 a="00123" b="'24"`, `@3 a="0456" b="'t Hooft"`, `@4 a="'1'2" b="007"`}},
		{name: "doubled quotes", in: "a\n\"x \"\"y\"\"\"\n", rows: []string{`@2 a="x \"y\""`}},
		{name: "quote inside a cell is text", in: "a,b\n5\" x 3\",\"q\"\n1,2\n", rows: []string{`@2 a="5\" x 3\"" b="q"`, `@3 a="1" b="2"`}},
		{name: "backslash escape", dialect: func(d *schemas.Dialect) { d.Escape = `\` }, in: "a,b\n\"x\\\"y\\\\\",\"\\n\"\n", rows: []string{`@2 a="x\"y\\" b="\\n"`}},
		{name: "no quotes", dialect: func(d *schemas.Dialect) { d.Quote = "none" }, in: "a,b\n\"x,y\"\n", rows: []string{`@2 a="\"x" b="y\""`}},
		{name: "tab", dialect: func(d *schemas.Dialect) { d.Delimiter = `\t` }, in: "a\tb\n1\t 2\n", rows: []string{`@2 a="1" b=" 2"`}},
		{name: "delimiter of two bytes", dialect: func(d *schemas.Dialect) { d.Delimiter = "§" }, in: "a§b\nÂx§\"§\"\n", rows: []string{`@2 a="Âx" b="§"`}},
		{name: "trim", dialect: func(d *schemas.Dialect) { d.Trim = true }, in: "a, b\n 1 , \" x,\n\" \n  , 3\n", rows: []string{`@2 a="1" b=" x,\n"`, `@4 b="3"`}},
		{name: "blank lines and rows", in: "\n\na,b\n\n1,2\n , \n,,,\n3,4\n\n", rows: []string{`@5 a="1" b="2"`, `@8 a="3" b="4"`}, out: schemas.Excluded{Blank: 6}},
		{name: "repeated header", in: "a,b\n1,2\na,b\n3,4\n", rows: []string{`@2 a="1" b="2"`, `@4 a="3" b="4"`}, out: schemas.Excluded{Header: 1}},
		{name: "ragged", in: "a,b\n1\n1,2,3\n4,5\n", rows: []string{`@4 a="4" b="5"`},
			rejects: []string{`2 csv.ragged {"a":"1","b":null}`, `3 csv.ragged {"a":"1","b":"2","column_3":"3"}`}},
		{name: "padded", dialect: func(d *schemas.Dialect) { d.Ragged = "pad" }, in: "a,b\n1\n1,2,3\n", rows: []string{`@2 a="1"`},
			rejects: []string{`3 csv.ragged {"a":"1","b":"2","column_3":"3"}`}},
		{name: "unclosed quote", in: "a,b\n1,\"x\n2,y\n3,z\n", rows: []string{`@3 a="2" b="y"`, `@4 a="3" b="z"`},
			rejects: []string{`2 csv.quote {"line":"1,\"x"}`}},
		{name: "unclosed quote before quotes", in: "a,b\n1,\"x\n2,\"y\"\n3,\"z\"\n", rows: []string{`@3 a="2" b="y"`, `@4 a="3" b="z"`},
			rejects: []string{`2 csv.quote {"line":"1,\"x"}`}},
		{name: "two unclosed quotes", in: "a,b\n1,\"x\n2,\"y\n3,z\n", rows: []string{`@4 a="3" b="z"`},
			rejects: []string{`2 csv.quote {"line":"1,\"x"}`, `3 csv.quote {"line":"2,\"y"}`}},
		{name: "unclosed quote on the last line", in: "a,b\n1,2\n3,\"x", rows: []string{`@2 a="1" b="2"`},
			rejects: []string{`3 csv.quote {"line":"3,\"x"}`}},
		{name: "text behind a closing quote", in: "a,b\n\"x\"y,1\n2,3\n", rows: []string{`@3 a="2" b="3"`},
			rejects: []string{`2 csv.quote {"a":"x","b":"1"}`}},
		{name: "bytes that are not UTF-8", in: "a,b\nM\xfcller,1\nx,2\n", rows: []string{`@3 a="x" b="2"`},
			rejects: []string{"2 encoding {\"a\":\"M\uFFFDller\",\"b\":\"1\"}"}},
		{name: "NUL", in: "a,b\nx\x00,1\ny,2\n", rows: []string{`@3 a="y" b="2"`}, rejects: []string{`2 nul {"a":"x\u0000","b":"1"}`}},
		{name: "byte order mark", in: "\xef\xbb\xbf\"a\",b\n1,2\n", rows: []string{`@2 a="1" b="2"`}},
		{name: "comments", dialect: func(d *schemas.Dialect) { d.Comment = "#" }, in: "# \"made\na,b\n#x,\"y\n1,\"# z\n\"\n#end", rows: []string{`@4 a="1" b="# z\n"`},
			out: schemas.Excluded{Hidden: 3}},
		{name: "skipped lines", dialect: func(d *schemas.Dialect) { d.Skip = 2 }, in: "a \"title\n\na,b\n1,2\n", rows: []string{`@4 a="1" b="2"`}},
		{name: "no header", dialect: func(d *schemas.Dialect) { d.Header = 0 }, in: "\n1,2\n3,4\n", rows: []string{`@2 column_1="1" column_2="2"`, `@3 column_1="3" column_2="4"`},
			out: schemas.Excluded{Blank: 1}},
		{name: "no header, first row open", dialect: func(d *schemas.Dialect) { d.Header = 0 }, in: "1,\"\n3,4\n", rows: []string{`@2 column_1="3" column_2="4"`},
			rejects: []string{`1 csv.quote {"line":"1,\""}`}},
		{name: "two header rows", dialect: func(d *schemas.Dialect) { d.Header = 2 }, in: "Net,,x\namount, tax ,\n1,2,3\n", rows: []string{`@3 Net amount="1" tax="2" x="3"`}},
		{name: "blank and repeated names", in: "a,,a,a_2,a, \n1,2,3,4,5,6\n", rows: []string{`@2 a="1" column_2="2" a_3="3" a_2="4" a_4="5" column_6="6"`}},
		{name: "names of lineage", in: "_row,b\n1,2\n", rows: []string{`@2 _row_2="1" b="2"`}},
		{name: "totals", dialect: func(d *schemas.Dialect) {
			d.Totals = []schemas.Match{{Column: "Name", Pattern: regexp.MustCompile("^Total")}}
		}, in: "id,name\n1,x\n,Total 2026\n,\"Total, all\",9\n", rows: []string{`@2 id="1" name="x"`}, out: schemas.Excluded{Totals: 2}},
		{name: "only a header", in: "a,b\n"},
		{name: "one column", in: "a\n1\n\n\"\"\n", rows: []string{`@2 a="1"`, `@4 a=""`}, out: schemas.Excluded{Blank: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := readCSV(t, c.in, csvDialect(c.dialect))
			if d.err != nil {
				t.Fatal(d.err)
			}
			var rejects []string
			for _, r := range d.rejects {
				parts := strings.SplitN(r, "|", 6)
				rejects = append(rejects, fmt.Sprintf("%s %s %s", parts[1], parts[3], parts[5]))
			}
			same(t, "rows", d.rows, c.rows)
			same(t, "rejects", rejects, c.rejects)
			if d.excluded != c.out {
				t.Errorf("excluded %+v, expected %+v", d.excluded, c.out)
			}
		})
	}
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s are\n%s\nexpected\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestCSVRefused(t *testing.T) {
	for _, c := range []struct{ name, in, says string }{
		{"workbook", "PK\x03\x04rest", "zip archive or an Excel workbook"},
		{"old workbook", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office file"},
		{"pdf", "%PDF-1.7\n", "PDF"},
		{"web page", " <!DOCTYPE html>\n<html>", "web page"},
		{"json array", "[\n {\"a\": 1}\n]", "JSON"},
		{"json object", "{\"a\": 1}", "JSON"},
		{"utf-16", "\xff\xfea\x00", "set encoding: utf-16le"},
		{"cut gzip", "\x1f\x8b\x08\x00", "cut off"},
		{"header with an open quote", "a,\"b\n1,2\n", "line 1: a quote opens in the header"},
		{"header in another encoding", "Gr\xfc\xdfe,b\n1,2\n", "cell 1 of the header holds bytes that are not utf-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := readCSV(t, c.in, csvDialect(nil))
			if d.err == nil || !strings.Contains(d.err.Error(), c.says) || !strings.Contains(d.err.Error(), "in.csv") {
				t.Errorf("error is %v, expected in.csv and %q", d.err, c.says)
			}
		})
	}
}

func TestCSVDialectRefused(t *testing.T) {
	for _, change := range []func(*schemas.Dialect){
		func(d *schemas.Dialect) { d.Quote = "''" },
		func(d *schemas.Dialect) { d.Quote = "," },
		func(d *schemas.Dialect) { d.Escape = "ä" },
		func(d *schemas.Dialect) { d.Delimiter = "\n" },
		func(d *schemas.Dialect) { d.Encoding = "klingon" },
	} {
		if d := readCSV(t, "a,b\n", csvDialect(change)); d.err == nil {
			t.Errorf("dialect %+v was taken", csvDialect(change))
		}
	}
}

func TestCSVTotalsColumnAbsent(t *testing.T) {
	d := readCSV(t, "a,b\n1,2\n", csvDialect(func(d *schemas.Dialect) {
		d.Totals = []schemas.Match{{Column: "name", Pattern: regexp.MustCompile("x")}}
	}))
	if d.err == nil || !strings.Contains(d.err.Error(), `"name"`) {
		t.Errorf("error is %v", d.err)
	}
}

func TestCSVSuite(t *testing.T) {
	content := "a,b\r\n" + strings.Repeat("1,\"x\r\ny\"\n\n2,\"open\n3,é\n4\n", 100)
	testSource(t, schemas.Contract{Feed: "feed", Dialect: csvDialect(nil)}, landBytes(t, "in.csv", []byte(content)))
	testSource(t, schemas.Contract{Feed: "feed", Dialect: csvDialect(nil)}, landBytes(t, "in.csv.gz", packGzip(t, content)))
	testSource(t, schemas.Contract{Feed: "feed", Dialect: csvDialect(nil)}, landBytes(t, "large.csv", []byte(table(130000))))
}

// A quote that is never closed costs its own line, however far the file goes
// on, and is found by a bounded look.
func TestCSVQuoteOpenForLong(t *testing.T) {
	content := "a,b\n1,\"open\n" + strings.Repeat("2,x\n", 1000) + "3,\"y\"\n"
	whole := split(t, content, csvDialect(nil), 64, rowBytes)
	if len(whole.rows) != 1001 || len(whole.rejects) != 1 || !strings.HasPrefix(whole.rejects[0], "feed|2||csv.quote|") {
		t.Errorf("%d rows, rejects %v", len(whole.rows), whole.rejects)
	}
	endless := "a,b\n" + strings.Repeat("1,\"x\"\n", 10) + strings.Repeat("x\",\"y\n", 500)
	for _, size := range []int{16, 1 << 20} {
		d := split(t, endless, csvDialect(nil), size, 100)
		if len(d.rows) != 10 || len(d.rejects) == 0 {
			t.Errorf("blocks of %d: %d rows, %d rejects", size, len(d.rows), len(d.rejects))
		}
	}
	if d := split(t, "a,b\n1,2\n"+strings.Repeat("x", 2*rowBytes), csvDialect(nil), 64, rowBytes); d.err == nil || !strings.Contains(d.err.Error(), "line 3: a row is longer") {
		t.Errorf("error is %v", d.err)
	}
}

func TestCSVLargeCellsAndManyColumns(t *testing.T) {
	large := strings.Repeat("wörd\n", 1<<20)
	d := readCSV(t, "a,b\n1,\""+large+"\"\n2,x\n", csvDialect(nil))
	if d.err != nil || len(d.rows) != 2 || len(d.rows[0]) < len(large) || !strings.HasPrefix(d.rows[1], fmt.Sprintf("@%d ", 3+1<<20)) {
		t.Errorf("%d rows, %v", len(d.rows), d.err)
	}
	var wide strings.Builder
	for row := range 3 {
		for i := range 5000 {
			fmt.Fprintf(&wide, "%d.%d,", row, i)
		}
		wide.WriteString("end\n")
	}
	if d := readCSV(t, wide.String(), csvDialect(nil)); d.err != nil || len(d.rows) != 2 || !strings.Contains(d.rows[1], `0.4999="2.4999"`) {
		t.Errorf("%d rows, %v", len(d.rows), d.err)
	}
}

// split reads content with blocks of size bytes.
func split(t testing.TB, content string, d schemas.Dialect, size, maxRow int) dump {
	t.Helper()
	s, err := openCSV(schemas.Contract{Feed: "feed", Dialect: d}, Landed{Feed: "feed", Path: "in.csv"})
	if err != nil {
		t.Fatal(err)
	}
	source := s.(*csvSource)
	source.size, source.maxRow = size, maxRow
	var out dump
	out.err = source.splitText(context.Background(), strings.NewReader(content), func(c Chunk) bool {
		dec, err := c(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		out.add(t, dec)
		return true
	})
	return out
}

// checkSplit proves that blocks leave no trace, and that well-formed text
// reads as encoding/csv reads it.
func checkSplit(t testing.TB, content string, d schemas.Dialect) {
	t.Helper()
	whole := split(t, content, d, 1<<20, rowBytes)
	for _, size := range []int{1, 2, 7, 64} {
		if part := split(t, content, d, size, rowBytes); part.String() != whole.String() {
			t.Fatalf("blocks of %d bytes give\n%s\nnot\n%s", size, part, whole)
		}
	}
	plain := strings.Count(content, "\r") == 0 && d.Delimiter == "," && d.Quote == `"` && d.Escape == "" && d.Comment == "" && !d.Trim && d.Header == 1
	if !plain || whole.err != nil || len(whole.rejects) > 0 || whole.excluded.Total() > 0 {
		return
	}
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(content, "\xef\xbb\xbf")))
	records, err := reader.ReadAll()
	if errors.Is(err, csv.ErrBareQuote) || len(records) == 0 {
		return // a quote within a cell is text here
	}
	if err != nil || len(records)-1 != len(whole.rows) {
		t.Fatalf("%q: encoding/csv gives %d records and %v, we %d rows", content, len(records)-1, err, len(whole.rows))
	}
	names := columnNames(records[0])
	for i, record := range records[1:] {
		for c, text := range record {
			if text != "" && !strings.Contains(whole.rows[i], fmt.Sprintf(" %s=%q", names[c], text)) {
				t.Fatalf("%q: row %d is %q in encoding/csv, ours %s", content, i+1, record, whole.rows[i])
			}
		}
	}
}

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{
		"a,b\n1,\"x\ny\"\n", "a,b\r\n1,\"x\r\n2,\"y\"\r\n3,\"z\"\"\"\r\n", "a;b\n\"x\"y;1\n", "a,b\n1,2\n\"\n\n", "#x\"\na,b\n#\"\n1,2",
		"a,b\n1,\"\"\"\n2,\",\"\n", "a\n\"\\\"\"\n", "a,b\ra,b\r\"\r\r\n\",2\r", "a,b\n1,\xff\n", "a, b\n 1 , \"2\" \n \" \n\" ,3\n",
	} {
		for flavour := range uint8(8) {
			f.Add(seed, flavour)
		}
	}
	f.Fuzz(func(t *testing.T, content string, flavour uint8) {
		checkSplit(t, content, csvDialect(func(d *schemas.Dialect) {
			if flavour&1 != 0 {
				d.Trim = true
			}
			if flavour&2 != 0 {
				d.Escape, d.Comment = `\`, "#"
			}
			if flavour&4 != 0 {
				d.Header, d.Ragged, d.Delimiter = 0, "pad", ";"
			}
		}))
	})
}
