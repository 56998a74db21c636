package extract

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"loadstar/schemas"
)

// testBook is a workbook written part by part, as no library would write it.
type testBook struct {
	workbookPr string
	sheets     []testSheet
	strings    string // inside of sst
	styles     string // inside of styleSheet
	parts      map[string]string
}

type testSheet struct{ name, state, data, tail string } // data: inside of sheetData

func (b testBook) bytes(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	add := func(name, content string) {
		w, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, content); err != nil {
			t.Fatal(err)
		}
	}
	const types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	var sheets, relations strings.Builder
	for i, s := range b.sheets {
		fmt.Fprintf(&sheets, `<sheet name=%q sheetId="%d" state=%q r:id="rId%d"/>`, s.name, i+1, s.state, i+1)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%sworksheet" Target="worksheets/sheet%d.xml"/>`, i+1, types, i+1)
		add(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1),
			`<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>`+s.data+`</sheetData>`+s.tail+`</worksheet>`)
	}
	add("_rels/.rels", `<Relationships><Relationship Id="rId1" Type="`+types+`officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	add("xl/workbook.xml", `<workbook>`+b.workbookPr+`<sheets>`+sheets.String()+`</sheets></workbook>`)
	add("xl/_rels/workbook.xml.rels", `<Relationships>`+relations.String()+
		`<Relationship Id="s" Type="`+types+`sharedStrings" Target="/xl/sharedStrings.xml"/>`+
		`<Relationship Id="t" Type="`+types+`styles" Target="styles.xml"/></Relationships>`)
	add("xl/sharedStrings.xml", `<sst>`+b.strings+`</sst>`)
	add("xl/styles.xml", `<styleSheet>`+b.styles+`</styleSheet>`)
	for name, content := range b.parts {
		add(name, content)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// row writes a row of inline texts; "" leaves a cell out.
func row(number int, cells ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<row r="%d">`, number)
	for i, text := range cells {
		if text != "" {
			fmt.Fprintf(&b, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, cellName(i+1, int64(number)), text)
		}
	}
	return b.String() + "</row>"
}

func excelDialect(change func(*schemas.Dialect)) schemas.Dialect {
	d := schemas.Dialect{Format: "excel", Header: 1, Sheets: "*", HeaderJoin: " ", HiddenRows: "exclude", HiddenSheet: "exclude"}
	if change != nil {
		change(&d)
	}
	return d
}

func readExcel(t testing.TB, content []byte, d schemas.Dialect) dump {
	t.Helper()
	s, err := Open(schemas.Contract{Feed: "feed", Dialect: d}, landBytes(t, "in.xlsx", content))
	if err != nil {
		return dump{err: err}
	}
	return read(t, s)
}

func TestExcelTables(t *testing.T) {
	type change = func(*schemas.Dialect)
	two := func(d *schemas.Dialect) { d.Header = 2 }
	for _, c := range []struct {
		name    string
		dialect change
		data    string
		tail    string
		rows    []string
		out     schemas.Excluded
	}{
		{name: "plain", data: row(1, "a", "b") + row(2, "x", "y"), rows: []string{`S@2 a="x" b="y"`}},
		{name: "blank rows, written or not", data: row(1, "a", "b") + row(3, "x") + `<row r="5"/>` + row(6, " ") + row(7, "y"),
			rows: []string{`S@3 a="x"`, `S@7 a="y"`}, out: schemas.Excluded{Blank: 4}},
		{name: "header below titles", dialect: func(d *schemas.Dialect) { d.HeaderFind = []string{"Lead  NAME"} },
			data: row(1, "Sales 2026") + row(4, "", "", "lead name", "City") + row(5, "", "", "Ada", "Ribe"),
			rows: []string{`S@5 lead name="Ada" City="Ribe"`}},
		{name: "header not found is row 1", dialect: func(d *schemas.Dialect) { d.HeaderFind = []string{"nothing"} },
			data: row(1, "a") + row(2, "x"), rows: []string{`S@2 a="x"`}},
		{name: "merged header of two rows", dialect: two,
			data: row(1, "Id", "Contact", "", "Amount") + row(2, "", "Name", "Phone", "EUR") + row(3, "1", "Ada", "123", "5"),
			tail: `<mergeCells count="2"><mergeCell ref="B1:C1"/><mergeCell ref="A1:A2"/></mergeCells>`,
			rows: []string{`S@3 Id="1" Contact Name="Ada" Contact Phone="123" Amount EUR="5"`}},
		{name: "join", dialect: func(d *schemas.Dialect) { d.Header, d.HeaderJoin = 2, "/" },
			data: row(1, "A", "A") + row(2, "x", "y") + row(3, "1", "2"), rows: []string{`S@3 A/x="1" A/y="2"`}},
		{name: "blank and double headers", data: row(1, "a", "", "a", "b\nc") + row(2, "1", "2", "3", "4"),
			rows: []string{`S@2 a="1" column_2="2" a_2="3" b c="4"`}},
		{name: "values beside the header", data: row(1, "", "a") + row(2, "0", "x", "", "note"),
			rows: []string{`S@2 column_1="0" a="x" column_4="note"`}},
		{name: "hidden rows", data: row(1, "a") + strings.Replace(row(2, "x"), `r="2"`, `r="2" hidden="1"`, 1) + row(3, "y"),
			rows: []string{`S@3 a="y"`}, out: schemas.Excluded{Hidden: 1}},
		{name: "hidden rows kept", dialect: func(d *schemas.Dialect) { d.HiddenRows = "keep" },
			data: row(1, "a") + strings.Replace(row(2, "x"), `r="2"`, `r="2" hidden="true"`, 1), rows: []string{`S@2 a="x"`}},
		{name: "totals", dialect: func(d *schemas.Dialect) {
			d.Totals = []schemas.Match{{Column: "A", Pattern: regexp.MustCompile(`^(Sub)?[Tt]otal`)}}
		}, data: row(1, "a", "b") + row(2, "x", "1") + row(3, " Total", "1") + row(4, "Subtotal"),
			rows: []string{`S@2 a="x" b="1"`}, out: schemas.Excluded{Totals: 2}},
		{name: "repeated header", data: row(1, "a", "b") + row(2, "x", "1") + row(3, " A", "b") + row(4, "a", "1"),
			rows: []string{`S@2 a="x" b="1"`, `S@4 a="a" b="1"`}, out: schemas.Excluded{Header: 1}},
		{name: "repeated header of two rows", dialect: two, data: row(1, "A", "B") + row(2, "x", "y") + row(3, "A", "B") + row(4, "x", "y") + row(5, "1", "2"),
			rows: []string{`S@5 A x="1" B y="2"`}, out: schemas.Excluded{Header: 2}},
		{name: "no header", dialect: func(d *schemas.Dialect) { d.Header = 0 }, data: row(1, "", "x") + row(2, "y"),
			rows: []string{`S@1 column_2="x"`, `S@2 column_1="y"`}},
		{name: "rows and cells without address", data: `<row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row><row><c/><c><v>1</v></c></row>`,
			rows: []string{`S@2 b="1"`}},
		{name: "merged data cells", data: row(1, "a", "b") + row(2, "x", "") + row(3, "", "z"), tail: `<mergeCells><mergeCell ref="A2:B2"/></mergeCells>`,
			rows: []string{`S@2 a="x"`, `S@3 b="z"`}},
		{name: "comments and CDATA", data: row(1, "a") + `<!-- <row r="9"><c><v>9</v></c></row> --><row r="2"><c t="str"><v>x<![CDATA[</row>&]]>y</v></c></row>`,
			rows: []string{`S@2 a="x</row>&y"`}},
		{name: "header only", data: row(1, "a")},
		{name: "nothing", data: ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			book := testBook{sheets: []testSheet{{name: "S", data: c.data, tail: c.tail}}}
			d := readExcel(t, book.bytes(t), excelDialect(c.dialect))
			if d.err != nil || !slices.Equal(d.rows, c.rows) || len(d.rejects) > 0 || d.excluded != c.out {
				t.Errorf("got\n%s\nwant\n%s %+v", d, strings.Join(c.rows, "\n"), c.out)
			}
		})
	}
}

func TestExcelValues(t *testing.T) {
	book := testBook{
		strings: `<si><t>plain</t></si><si><r><t>rich </t></r><r><rPr><b/></rPr><t xml:space="preserve">text &amp; more</t></r><rPh sb="0" eb="1"><t>guide</t></rPh></si><si/><si><t>_x0041__x000D_line_xD800_</t></si>`,
		styles: `<numFmts><numFmt numFmtId="164" formatCode="[$-409]d/mmm/yy;@"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts>` +
			`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/><xf numFmtId="9"/></cellXfs>`,
	}
	for _, c := range []struct{ name, cell, want string }{
		{"shared", `<c r="A2" t="s"><v>0</v></c>`, `"plain"`},
		{"rich", `<c r="A2" t="s"><v> 1 </v></c>`, `"rich text & more"`},
		{"shared escape", `<c r="A2" t="s"><v>3</v></c>`, `"A\rline_xD800_"`},
		{"inline runs", `<c r="A2" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>`, `"ab"`},
		{"entities and line ends", "<c r=\"A2\" t=\"str\"><v>&lt;a&#x20AC;\r\nb&gt;</v></c>", `"<a€\nb>"`},
		{"formula", `<c r="A2"><f>1+1</f><v>2</v></c>`, `"2"`},
		{"formula of text", `<c r="A2" t="str"><f t="shared" si="0"/><v>x</v></c>`, `"x"`},
		{"true", `<c r="A2" t="b"><v>1</v></c>`, `"true"`},
		{"false", `<c r="A2" t="b"><v>0</v></c>`, `"false"`},
		{"integer", `<c r="A2"><v>12345678901234567890</v></c>`, `"12345678901234567890"`},
		{"artefact", `<c r="A2"><v>0.30000000000000004</v></c>`, `"0.3"`},
		{"price", `<c r="A2"><v>19.990000000000002</v></c>`, `"19.99"`},
		{"exponent", `<c r="A2"><v>1.25E-3</v></c>`, `"0.00125"`},
		{"large", `<c r="A2"><v>1E+20</v></c>`, `"100000000000000000000"`},
		{"percent", `<c r="A2" s="5"><v>0.25</v></c>`, `"0.25"`},
		{"date", `<c r="A2" s="1"><v>46112</v></c>`, `"2026-03-31"`},
		{"date and time", `<c r="A2" s="2"><v>46112.34375</v></c>`, `"2026-03-31T08:15:00"`},
		{"time", `<c r="A2" s="4"><v>0.34375</v></c>`, `"08:15:00"`},
		{"elapsed", `<c r="A2" s="3"><v>1.5</v></c>`, `"1.5"`},
		{"ISO date", `<c r="A2" t="d"><v>2026-03-31T00:00:00.000Z</v></c>`, `"2026-03-31"`},
		{"unknown style", `<c r="A2" s="99"><v>46112</v></c>`, `"46112"`},
		{"prefix", `<x:c r="A2" x:t="n"><x:v>7</x:v></x:c>`, `"7"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			book.sheets = []testSheet{{name: "S", data: row(1, "a", "b") + `<row r="2">` + c.cell + `</row>`}}
			d := readExcel(t, book.bytes(t), excelDialect(nil))
			if want := []string{"S@2 a=" + c.want}; d.err != nil || !slices.Equal(d.rows, want) {
				t.Errorf("got\n%s\nwant %s", d, want)
			}
		})
	}
}

func TestExcelRejects(t *testing.T) {
	data := row(1, "a", "b") + row(1200, "1") +
		`<row r="1201"><c r="A1201" t="str"><v>x</v></c><c r="B1201" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>` +
		`<row r="1202"><c r="A1202"><f>SUM(B1)</f></c><c r="B1202"><f>1</f><v></v></c></row>` +
		`<row r="1203"><c r="A1203" t="s"><v>7</v></c></row>` +
		row(1204, "\xff") +
		row(1205, "x", "", "", "beside")
	book := testBook{sheets: []testSheet{{name: "S", data: data}}}
	s, err := Open(schemas.Contract{Feed: "feed", Dialect: excelDialect(nil)}, landBytes(t, "in.xlsx", book.bytes(t)))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, chunk := range collect(t, s) {
		dec, err := chunk(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range dec.Rejects {
			got = append(got, strings.Join([]string{r.At.String(), r.Column, r.Rule, r.Value, r.Raw}, " "))
		}
		dec.Record.Release()
	}
	want := []string{
		`in.xlsx#S!B1201 b excel.error #DIV/0! {"a":"x","b":"#DIV/0!"}`,
		`in.xlsx#S!A1202 a excel.formula_uncached  {"a":null,"b":null}`,
		`in.xlsx#S!B1202 b excel.formula_uncached  {"a":null,"b":null}`,
		`in.xlsx#S!A1203 a excel.shared_string  {"a":null,"b":null}`,
		"in.xlsx#S!A1204 a encoding \uFFFD {\"a\":\"\uFFFD\",\"b\":null}",
		`in.xlsx#S!D1205 column_4 excel.no_header beside {"a":"x","b":null,"column_4":"beside"}`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestExcelSheets(t *testing.T) {
	table := row(1, "a") + row(2, "x")
	book := testBook{sheets: []testSheet{
		{name: "Ada &amp; Co", data: table}, {name: "Bo", data: table}, {name: "Secret", state: "veryHidden", data: table}, {name: "Cover", data: ""},
		{name: "Notes", data: row(1, "b") + row(2, "y")},
	}}.bytes(t)
	const alike = "sheets with the columns of those that are read, whose rows are NOT loaded until `sheets` of the contract's dialect names them: "
	for _, c := range []struct {
		sheets, not, hidden string
		want                []string
		note                string
		err                 string
	}{
		{sheets: "[AB]*", want: []string{"Ada & Co", "Bo"}, note: `sheets that the contract does not read: "Secret" (hidden), "Cover", "Notes"`},
		{sheets: "*", not: "b*/n*", want: []string{"Ada & Co"}, note: `sheets that the contract does not read: "Secret" (hidden)`},
		{sheets: "ADA*", not: "secret/cover/notes", want: []string{"Ada & Co"}, note: alike + `"Bo"`},
		{sheets: "ADA*", want: []string{"Ada & Co"}, note: alike + `"Bo"; sheets that the contract does not read: "Secret" (hidden), "Cover", "Notes"`},
		{sheets: "*", not: "notes", hidden: "keep", want: []string{"Ada & Co", "Bo", "Secret"}},
		{sheets: "secret", err: "hidden_sheets: keep"},
		{sheets: "Carl", err: `the workbook has "Ada & Co", "Bo", "Secret", "Cover", "Notes"`},
		{sheets: "[", err: "malformed"},
	} {
		d := readExcel(t, book, excelDialect(func(d *schemas.Dialect) { d.Sheets, d.NotSheets, d.HiddenSheet = c.sheets, c.not, c.hidden }))
		var want []string
		for _, name := range c.want {
			want = append(want, name+`@2 a="x"`)
		}
		if c.err == "" && d.err != nil || c.err != "" && (d.err == nil || !strings.Contains(d.err.Error(), c.err)) || !slices.Equal(d.rows, want) {
			t.Errorf("%+v gives\n%s", c, d)
		}
		if got := strings.Join(d.notes, "\n"); c.err == "" && strings.TrimPrefix(got, "in.xlsx: ") != c.note {
			t.Errorf("%+v is noted as %q", c, got)
		}
	}
}

func TestExcelRefuses(t *testing.T) {
	good := testBook{sheets: []testSheet{{name: "S", data: row(1, "a") + row(2, "x")}}}
	with := func(data string) []byte {
		return testBook{sheets: []testSheet{{name: "S", data: data}}}.bytes(t)
	}
	for name, c := range map[string]struct {
		content []byte
		dialect func(*schemas.Dialect)
		want    string
	}{
		"empty":          {nil, nil, "is empty"},
		"text":           {[]byte("a,b\n1,2"), nil, "no Excel workbook"},
		"web page":       {[]byte("<html><table></table></html>"), nil, "web page"},
		"old":            {append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 4096)...), nil, "(xls)"},
		"older":          {[]byte{9, 4, 6, 0, 0, 0, 16, 0}, nil, "(xls)"},
		"cut":            {good.bytes(t)[:900], nil, "damaged or cut off"},
		"row number":     {with(`<row r="0"/>`), nil, "between 1 and"},
		"cell address":   {with(`<row r="1"><c r="AAAA1"><v>1</v></c></row>`), nil, "malformed address"},
		"open tag":       {with(row(1, "a") + `<row r="2"><c r="A2"><v>1</row>`), nil, "XML"},
		"doctype":        {testBook{sheets: good.sheets, styles: `<!DOCTYPE x>`}.bytes(t), nil, "document type"},
		"no header":      {with(row(2, "x")), nil, "header_find"},
		"no such totals": {good.bytes(t), func(d *schemas.Dialect) { d.Totals = []schemas.Match{{Column: "b", Pattern: regexp.MustCompile("x")}} }, `"b"`},
		"twice":          {testBook{sheets: good.sheets, parts: map[string]string{"xl/Workbook.xml": "<workbook/>"}}.bytes(t), nil, "twice"},
		"binary":         {testBook{sheets: good.sheets, parts: map[string]string{"xl/workbook.bin": "x"}}.bytes(t), nil, "xlsb"},
	} {
		t.Run(name, func(t *testing.T) {
			d := readExcel(t, c.content, excelDialect(c.dialect))
			if d.err == nil || !strings.Contains(d.err.Error(), c.want) || !strings.Contains(d.err.Error(), "in.xlsx") {
				t.Errorf("got %v, want %q", d.err, c.want)
			}
		})
	}
}

// TestExcelBombs gives workbooks that unpack to far more than they are.
func TestExcelBombs(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	for name, book := range map[string]testBook{
		"worksheet":      {sheets: []testSheet{{name: "S", data: strings.Repeat(`<row><c><v>1</v></c></row>`, 4<<20)}}},
		"shared strings": {sheets: []testSheet{{name: "S", data: row(1, "a")}}, strings: strings.Repeat(`<si><t>x</t></si>`, 4<<20)},
		"styles":         {sheets: []testSheet{{name: "S", data: row(1, "a")}}, styles: strings.Repeat(" ", 64<<20)},
		"one string": {sheets: []testSheet{{name: "S", data: row(1, "a") + strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 5000)}},
			strings: `<si><t>` + long + `</t></si>`},
	} {
		t.Run(name, func(t *testing.T) {
			content := book.bytes(t)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			d := readExcel(t, content, excelDialect(nil))
			runtime.ReadMemStats(&after)
			// All that was ever allocated is no less than what was held at once.
			if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 256 {
				t.Errorf("refused after allocating %d MB", used)
			}
			if d.err == nil {
				t.Errorf("%d KB were read: %d rows", len(content)>>10, len(d.rows))
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("refused after %v only", took)
			}
		})
	}
}

func TestExcel1904(t *testing.T) {
	book := testBook{
		workbookPr: `<workbookPr date1904="1"/>`, styles: `<cellXfs><xf numFmtId="14"/></cellXfs>`,
		sheets: []testSheet{{name: "S", data: row(1, "a") + `<row r="2"><c s="0"><v>44650</v></c></row><row r="3"><c s="0"><v>0</v></c></row>`}},
	}
	d := readExcel(t, book.bytes(t), excelDialect(nil))
	if want := []string{`S@2 a="2026-03-31"`, `S@3 a="1904-01-01"`}; !slices.Equal(d.rows, want) {
		t.Error(d)
	}
}

func TestExcelSuite(t *testing.T) {
	f := excelize.NewFile()
	for i := range 6000 {
		cells := []any{i, "name " + strconv.Itoa(i%50), float64(i) / 4, time.Date(2026, 1, 1+i%300, i%24, 0, 0, 0, time.UTC), strings.Repeat("long ", i%100),
			float64(i) / 7, float64(i) / 9, float64(i) / 11, float64(i) / 13}
		if i == 0 {
			cells = []any{"id", "name", "amount", "at", "note", "e", "f", "g", "h"}
		}
		if err := f.SetSheetRow("Sheet1", "B"+strconv.Itoa(i+1), &cells); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellFormula("Sheet1", "D7", "1+1"); err != nil {
		t.Fatal(err)
	}
	buffer, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	l := landBytes(t, "in.xlsx", buffer.Bytes())
	contract := schemas.Contract{Feed: "feed", Dialect: excelDialect(nil)}
	testSource(t, contract, l)
	s, err := Open(contract, l)
	if err != nil {
		t.Fatal(err)
	}
	d := read(t, s)
	if d.err != nil || len(d.rows)+len(d.rejects) != 5999 || d.rows[0] != `Sheet1@2 id="1" name="name 1" amount="0.25" at="2026-01-02T01:00:00" note="long " e="0.142857142857143" f="0.111111111111111" g="0.0909090909090909" h="0.0769230769230769"` {
		t.Errorf("%d rows, %d rejects, %v, first %s", len(d.rows), len(d.rejects), d.err, d.rows[0])
	}
	if n := len(collect(t, s)); n < 2 {
		t.Errorf("%d chunks", n)
	}
}

// TestExcelNamesCells: later steps can name the cell of a value.
func TestExcelNamesCells(t *testing.T) {
	book := testBook{sheets: []testSheet{{name: "S", data: row(3, "", "", "a", "b") + row(4, "", "", "x", "y")}}}
	dialect := excelDialect(func(d *schemas.Dialect) { d.HeaderFind = []string{"b"} })
	s, err := Open(schemas.Contract{Feed: "feed", Dialect: dialect}, landBytes(t, "in.xlsx", book.bytes(t)))
	if err != nil {
		t.Fatal(err)
	}
	dec, err := collect(t, s)[0](t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer dec.Record.Release()
	for i, want := range map[int]string{1: "C", 2: "D"} {
		if got, _ := dec.Record.Schema().Field(i).Metadata.GetValue("cell_column"); got != want {
			t.Errorf("column %d is %q, want %q", i, got, want)
		}
	}
	if dec.Sheet != "S" {
		t.Errorf("sheet %q", dec.Sheet)
	}
}
