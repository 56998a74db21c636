package extract

import (
	"archive/zip"
	"bytes"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"loadstar/schemas"
)

// withoutReasons drops the column of remarks from dumped rows.
func withoutReasons(rows []string) []string {
	var kept []string
	for _, r := range rows {
		before, _, _ := strings.Cut(r, " "+schemas.ColReasons+"=")
		kept = append(kept, before)
	}
	return kept
}

// given writes a delivery and its annotated copy.
func given(t testing.TB, name, content string, d schemas.Dialect, remarks []Remark) (original, annotated Landed, out Annotated) {
	t.Helper()
	dir := t.TempDir()
	original = Landed{Feed: "f", Path: "drops/" + name, File: filepath.Join(dir, name), SHA256: strings.Repeat("a", 64)}
	if err := os.WriteFile(original.File, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := Annotate(schemas.Contract{Dialect: d}, original, remarks, filepath.Join(dir, "back"))
	if err != nil {
		t.Fatal(err)
	}
	annotated = original
	annotated.File = out.Copy
	return original, annotated, out
}

func opened(t testing.TB, d schemas.Dialect, l Landed) dump {
	t.Helper()
	s, err := Open(schemas.Contract{Feed: "f", Dialect: d}, l)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, s)
}

func TestAnnotateCSV(t *testing.T) {
	remark := []Remark{{Row: 3, Column: "b", Text: `is "bad"; or; worse`}, {Row: 3, Text: "twice"}, {Row: 3, Text: "twice"}}
	for name, test := range map[string]struct {
		content string
		dialect func(*schemas.Dialect)
		row     int64
		want    string // line that has the remark
	}{
		"plain":        {"a,b\n1,2\n3,4\n", nil, 3, `3,4,"b: is ""bad""; or; worse; twice"`},
		"no line end":  {"a,b\r\n1,2\r\n3,4", nil, 3, `3,4,"b: is ""bad""; or; worse; twice"`},
		"mark":         {"\xef\xbb\xbfa,b\n1,2\n3,4\n", nil, 3, `3,4,"b: is`},
		"semicolons":   {"a;b\n1;2\n3;4\n", func(d *schemas.Dialect) { d.Delimiter = ";" }, 3, `3;4;"b: is`},
		"no quotes":    {"a;b\n1;2\n3;\"4\n", func(d *schemas.Dialect) { d.Delimiter, d.Quote = ";", "none" }, 3, `3;"4;b: is "bad"  or  worse  twice`},
		"escape":       {"a,b\n1,2\n3,4\n", func(d *schemas.Dialect) { d.Escape = `\` }, 3, `3,4,"b: is \"bad\"; or`},
		"lines inside": {"a,b\n\"1\n\",2\n3,4\n", nil, 4, `3,4,"b: is`},
		"skip":         {"Export\na,b\n3,4\n", func(d *schemas.Dialect) { d.Skip = 1 }, 3, `3,4,"b: is`},
		"comments":     {"#x\na,b\n3,4\n#y,z\n", func(d *schemas.Dialect) { d.Comment = "#" }, 3, `3,4,"b: is`},
		"blank lines":  {"a,b\n\n3,4\n\n", nil, 3, `3,4,"b: is`},
		"two headers":  {"x,y\na,b\n3,4\nx,y\na,b\n", func(d *schemas.Dialect) { d.Header = 2; d.HeaderJoin = " " }, 3, `3,4,"b: is`},
		"header again": {"a,b\na,b\n3,4\n", nil, 3, `3,4,"b: is`},
		"short row":    {"a,b,c\n1,2,3\n3\n", nil, 3, `3,"b: is`},
		"padded row":   {"a,b,c\n1,2,3\n3\n", func(d *schemas.Dialect) { d.Ragged = "pad" }, 3, `3,,,"b: is`},
		"open quote":   {"a,b\n1,2\n\"3,4\n5,6\n", nil, 3, `"3,4,"b: is`},
		"code page":    {"a,b\n1,2\n\xfc,4\n", func(d *schemas.Dialect) { d.Encoding = "windows-1252" }, 3, "\xfc,4,\"b: is"},
		"bad bytes":    {"a,b\n1,2\n\xfc,4\n", nil, 3, "\xfc,4,\"b: is"},
		"quoted ends":  {"a,b\n1,\"2\"\n3,\"4\"\"\"\n", nil, 3, `3,"4""","b: is`},
	} {
		t.Run(name, func(t *testing.T) {
			d := csvDialect(test.dialect)
			remarks := slices.Clone(remark)
			for i := range remarks {
				remarks[i].Row = test.row
			}
			original, annotated, out := given(t, "x.csv", test.content, d, remarks)
			if out.List != "" {
				t.Fatalf("the remarks stand beside the copy")
			}
			before, after := opened(t, d, original), opened(t, d, annotated)
			same(t, "rows", withoutReasons(after.rows), before.rows)
			if len(after.rejects) != len(before.rejects) || after.excluded != before.excluded || after.err != nil {
				t.Errorf("read otherwise:\n%s\nbefore\n%s", after, before)
			}
			text, err := os.ReadFile(annotated.File)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains("\n"+string(text), "\n"+test.want) {
				t.Errorf("copy is\n%s\nwant the line %s", text, test.want)
			}
			again, err := Annotate(schemas.Contract{Dialect: d}, annotated, remarks, t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			second, err := os.ReadFile(again.Copy)
			if err != nil {
				t.Fatal(err)
			}
			if name != "short row" && name != "open quote" && !bytes.Equal(second, text) { // rows without their last cell keep what they have
				t.Errorf("annotated twice:\n%s\nonce:\n%s", second, text)
			}
		})
	}
}

// TestRemarksAreNoFormulas: a header that somebody delivered is none in the
// sheet that is sent back either.
func TestRemarksAreNoFormulas(t *testing.T) {
	remark := []Remark{{Row: 2, Column: "=cmd|' /c calc'!A1", Text: "is bad"}}
	for content, d := range map[string]schemas.Dialect{"=cmd|' /c calc'!A1,b\n1,2\n": csvDialect(nil), "{\"=cmd|' /c calc'!A1\": 1}\n": {Format: "jsonl"}} {
		_, annotated, out := given(t, "x.data", content, d, remark)
		shown := annotated.File
		if out.List != "" {
			shown = out.List
		}
		text, err := os.ReadFile(shown)
		if err != nil || !strings.Contains(string(text), "'=cmd") {
			t.Errorf("%s, %v", text, err)
		}
	}
}

// TestAnnotateBeside: where a copy can't show remarks they stand in a list, and
// the copy has the delivered bytes.
func TestAnnotateBeside(t *testing.T) {
	headless := csvDialect(func(d *schemas.Dialect) { d.Header = 0 })
	for name, test := range map[string]struct {
		content string
		dialect schemas.Dialect
	}{
		"no header":  {"1,2\n", headless},
		"utf-16":     {"\xff\xfea\x00,\x00b\x00\n\x00", csvDialect(func(d *schemas.Dialect) { d.Encoding = "utf-16" })},
		"packed":     {string(packGzip(t, "a,b\n1,2\n")), csvDialect(nil)},
		"JSON Lines": {`{"a": 1}` + "\n", schemas.Dialect{Format: "jsonl"}},
	} {
		original, annotated, out := given(t, "x.data", test.content, test.dialect, []Remark{{Row: 2, Column: "a", Text: "bad"}, {Row: 1, Text: "worse"}})
		if out.List == "" {
			t.Errorf("%s: no list", name)
			continue
		}
		before, err := os.ReadFile(original.File)
		if err != nil {
			t.Fatal(err)
		}
		after, err := os.ReadFile(annotated.File)
		if err != nil || !bytes.Equal(before, after) {
			t.Errorf("%s: the copy differs: %v", name, err)
		}
		list, err := os.ReadFile(out.List)
		if err != nil || string(list) != "row,column,reason\n1,,worse\n2,a,bad\n" {
			t.Errorf("%s: list %q, %v", name, list, err)
		}
	}
	if _, err := Annotate(schemas.Contract{Dialect: headless}, Landed{Path: "x.csv", File: filepath.Join(t.TempDir(), "none")}, nil, t.TempDir()); err == nil {
		t.Error("a delivery that is gone is given back")
	}
	workbook := schemas.Dialect{Format: "excel", Header: 1, Sheets: "*"}
	bad := Landed{Path: "x.xlsx", File: write(t, filepath.Join(t.TempDir(), "x.xlsx"), "no workbook")}
	if _, err := Annotate(schemas.Contract{Dialect: workbook}, bad, nil, t.TempDir()); err == nil {
		t.Error("a file that is no workbook is given back as one")
	}
}

// TestAnnotateExcel: cells are marked and noted, and the copy reads like the
// original: dates stay dates, formulas keep their results.
func TestAnnotateExcel(t *testing.T) {
	book := excelize.NewFile()
	date, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for cell, value := range map[string]any{
		"A1": "id", "B1": "born", "C1": "amount", "A2": "L-1", "B2": 45000, "C2": 12.5, "A3": "L-2", "B3": 45001, "C3": "many", "A4": "L-3", "C4": 7,
	} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SetCellStyle("Sheet1", "B2", "B3", date); err != nil {
		t.Fatal(err)
	}
	if err := book.AddComment("Sheet1", excelize.Comment{Cell: "B3", Author: "Ida", Text: "ask her"}); err != nil {
		t.Fatal(err)
	}
	var content bytes.Buffer
	if err := book.Write(&content); err != nil {
		t.Fatal(err)
	}
	d := excelDialect(nil)
	remarks := []Remark{
		{Sheet: "Sheet1", Row: 3, Cell: "B3", Column: "born", Text: "too young"}, {Sheet: "Sheet1", Row: 3, Cell: "C3", Column: "amount", Text: "no number"},
		{Sheet: "Sheet1", Row: 3, Cell: "C3", Column: "amount", Text: "no number"}, {Sheet: "Sheet1", Row: 4, Text: "comes again"}, {Sheet: "Other", Row: 1, Cell: "A1", Text: "x"},
	}
	original, annotated, out := given(t, "leads.xlsx", content.String(), d, remarks)
	before, after := opened(t, d, original), opened(t, d, annotated)
	if before.String() != after.String() || len(before.rows) != 3 {
		t.Errorf("the copy reads\n%s\nthe original\n%s", after, before)
	}
	notes := notesOf(t, out.Copy)
	want := map[string]string{"B3": "too young\nNote by Ida: ask her", "C3": "no number", "A4": "comes again"}
	for cell, text := range want {
		if !strings.Contains(notes[cell], text) {
			t.Errorf("note at %s is %q, want %q", cell, notes[cell], text)
		}
	}
	if len(notes) != len(want) {
		t.Errorf("notes %v", notes)
	}
	again, err := Annotate(schemas.Contract{Dialect: d}, annotated, remarks[1:2], t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if notes := notesOf(t, again.Copy); len(notes) != 2 || !strings.Contains(notes["C3"], "no number") || notes["B3"] != "ask her" {
		t.Errorf("annotated again, the notes are %v", notes)
	}
}

// TestAnnotateForeignNotes annotates a workbook whose notes lie where other
// programs than Excel put them; the library alone would lose them.
func TestAnnotateForeignNotes(t *testing.T) {
	book := excelize.NewFile()
	for cell, value := range map[string]any{"A1": "id", "B1": "amount", "A2": "L-1", "B2": "many", "A3": "L-2", "B3": 7} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	for cell, text := range map[string]string{"B2": "ask her", "B3": "paid twice"} {
		if err := book.AddComment("Sheet1", excelize.Comment{Cell: cell, Author: "Ida", Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	var content bytes.Buffer
	if err := book.Write(&content); err != nil {
		t.Fatal(err)
	}
	d := excelDialect(nil)
	_, annotated, out := given(t, "leads.xlsx", movedNotes(t, content.Bytes()), d, []Remark{
		{Sheet: "Sheet1", Row: 2, Cell: "B2", Column: "amount", Text: "no number"}, {Sheet: "Sheet1", Row: 2, Cell: "A2", Column: "id", Text: "unknown"},
	})
	want := map[string]string{"B2": "no number\nNote by Ida: ask her", "A2": "unknown", "B3": "paid twice"}
	if notes := notesOf(t, out.Copy); !maps.Equal(notes, want) {
		t.Errorf("notes %q, want %q", notes, want)
	}
	mended, err := Annotate(schemas.Contract{Dialect: d}, annotated, []Remark{{Sheet: "Sheet1", Row: 2, Cell: "A2", Column: "id", Text: "unknown"}}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	want["B2"] = "ask her"
	if notes := notesOf(t, mended.Copy); !maps.Equal(notes, want) {
		t.Errorf("notes when one cell is mended %q, want %q", notes, want)
	}
	for cell, isMarked := range map[string]bool{"A2": true, "B2": false} {
		if got := isFilled(t, mended.Copy, cell); got != isMarked {
			t.Errorf("%s is marked: %v, want %v", cell, got, isMarked)
		}
	}
}

// movedNotes gives the parts with notes the names that Python's writers use.
func movedNotes(t *testing.T, workbook []byte) string {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	names := strings.NewReplacer("../comments1.xml", "/xl/comments/comment1.xml", "xl/comments1.xml", "xl/comments/comment1.xml",
		"../drawings/vmlDrawing1.vml", "/xl/drawings/commentsDrawing1.vml", "xl/drawings/vmlDrawing1.vml", "xl/drawings/commentsDrawing1.vml")
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range in.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		to, err := w.Create(names.Replace(f.Name))
		if err == nil {
			_, err = io.WriteString(to, names.Replace(string(text)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func isFilled(t *testing.T, path, cell string) bool {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}()
	id, err := book.GetCellStyle("Sheet1", cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := book.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	return style.Fill.Pattern == 1
}

func notesOf(t *testing.T, path string) map[string]string {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	notes := map[string]string{}
	comments, err := book.GetComments("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range comments {
		notes[c.Cell] = c.Text
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	return notes
}

// FuzzAnnotateCSV: whatever the text, its annotated copy has the same rows.
func FuzzAnnotateCSV(f *testing.F) {
	f.Add("a,b\n1,2\n\"3\n\",4\n", int64(3))
	f.Add("a,b\r1,\"2\r\"x,3\r\n\xff,\n", int64(2))
	f.Add("\"a\",\"b\"\n\"\",\n,\n1,2,3\n", int64(4))
	f.Add("0\r,\"\r\"0\"0", int64(-52))
	f.Add(",\n00", int64(-82))
	f.Add(",0\n,0 \n0", int64(3))
	f.Add("0\n \v", int64(4))
	f.Fuzz(func(t *testing.T, content string, row int64) {
		d := csvDialect(nil)
		original, annotated, out := given(t, "x.csv", content, d, []Remark{{Row: row, Text: "bad"}})
		if out.List != "" {
			return
		}
		before, after := opened(t, d, original), opened(t, d, annotated)
		if before.err != nil || strings.Contains(content, schemas.ColReasons) {
			return
		}
		if got := withoutReasons(after.rows); !slices.Equal(got, before.rows) || len(after.rejects) != len(before.rejects) {
			t.Errorf("copy of %q reads\n%s\nthe original\n%s", content, after, before)
		}
	})
}
