package matchfile_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	"github.com/klauspost/compress/gzip"
	"github.com/xuri/excelize/v2"

	"loadstar/cmd/internal/matchfile"
)

// TestFormats: the same rows give the same clusters however they are written.
func TestFormats(t *testing.T) {
	rows := [][]string{{"first name", "surname", "born", "email"}}
	for i, name := range []string{"Anna Abelstein", "Peter Grubnik", "Anna Abelstein", "Julia Farnsdale", "Peter Grubnic", "Maria Jankelow", "Thomas Mossgrove", "Robert Quandtner"} {
		given, family, _ := strings.Cut(name, " ")
		rows = append(rows, []string{given, family, "19" + strconv.Itoa(50+i%2) + "-03-04", strings.ToLower(given) + "@example.org"})
	}
	lines := func(delimiter string) string {
		var b strings.Builder
		for _, row := range rows {
			b.WriteString(strings.Join(row, delimiter) + "\r\n")
		}
		return b.String()
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte(lines(","))); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	var json strings.Builder
	for _, row := range rows[1:] {
		json.WriteString(`{"first name":"` + row[0] + `","surname":"` + row[1] + `","born":"` + row[2] + `","email":"` + row[3] + "\"}\n")
	}
	utf16 := "\xff\xfe"
	for _, r := range lines("\t") {
		utf16 += string([]byte{byte(r), 0})
	}
	inputs := map[string]string{
		"comma": file(t, "x", lines(",")), "semicolon": file(t, "x", lines(";")), "tab": file(t, "x", lines("\t")), "pipe": file(t, "x", lines("|")),
		"title above": file(t, "x", "List of persons\n\n"+lines(",")), "mark": file(t, "x", "\xef\xbb\xbf"+lines(",")),
		"gzip": file(t, "x", packed.String()), "jsonl": file(t, "x", json.String()),
		"json":  file(t, "x", "["+strings.Join(strings.Split(strings.TrimSpace(json.String()), "\n"), ",\n")+"]"),
		"utf16": file(t, "x", utf16), "excel": workbook(t, rows), "parquet": parquetFile(t, rows),
	}
	o := options(t, inputs["comma"])
	run(t, o)
	want := clusters(t, o)
	if want["x 1"] != want["x 3"] || want["x 1"] == want["x 2"] {
		t.Errorf("clusters %v", want)
	}
	for name, in := range inputs {
		o := options(t, in)
		run(t, o)
		for place, cluster := range clusters(t, o) {
			if want[place] != cluster {
				t.Errorf("%s: %s is in %s, want %s", name, place, cluster, want[place])
			}
		}
	}
}

func parquetFile(t *testing.T, rows [][]string) string {
	t.Helper()
	var fields []arrow.Field
	for _, name := range rows[0] {
		fields = append(fields, arrow.Field{Name: name, Type: arrow.BinaryTypes.String, Nullable: true})
	}
	schema := arrow.NewSchema(fields, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	for _, row := range rows[1:] {
		for i, cell := range row {
			b.Field(i).(*array.StringBuilder).Append(cell)
		}
	}
	batch := b.NewRecordBatch()
	defer batch.Release()
	var text bytes.Buffer
	w, err := pqarrow.NewFileWriter(schema, &text, nil, pqarrow.DefaultWriterProps())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Write(batch), w.Close()); err != nil {
		t.Fatal(err)
	}
	return file(t, "x", text.String())
}

// workbook has a title above the table and a second sheet.
func workbook(t *testing.T, rows [][]string) string {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range append([][]string{{"List of persons"}, {}}, rows...) {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := f.NewSheet("Notes"); err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellValue("Notes", "A1", "written by hand"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "x")
	if err := os.Rename(saved(t, f), path); err != nil {
		t.Fatal(err)
	}
	return path
}

func saved(t *testing.T, f *excelize.File) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestBadInput(t *testing.T) {
	good := "first name,surname\nAnna,Abelstein\nPeter,Grubnik\n"
	for _, c := range []struct {
		name, text string
		change     func(*matchfile.Options)
		says       string
		usage      bool
	}{
		{"empty", "", nil, "is empty", false},
		{"header alone", "first name,surname\n", nil, "no row of data", false},
		{"no text", "\x00\x01\x02\x00\xff\x00", nil, "no text, Excel, Parquet, Arrow or JSON", false},
		{"web page", "<html><body></body></html>", nil, "web page", false},
		{"pdf", "%PDF-1.4 x\n", nil, "PDF", false},
		{"broken workbook", "PK\x03\x04 garbage", nil, "workbook", false},
		{"broken Parquet", "PAR1 garbage", nil, "damaged", false},
		{"old Excel", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", nil, "old Excel", false},
		{"nothing recognised", "x,y\n1,2\n3,4\n", nil, `its columns are "x", "y"`, true},
		{"duplicate header", "first name,surname,surname\nAnna,Abelstein,B\n", nil, `two columns are called "surname" (2 and 3)`, true},
		{"unknown map column", good, func(o *matchfile.Options) { o.Map = []string{"sn=family_name"} }, `no file has a column "sn"`, true},
		{"unknown map field", good, func(o *matchfile.Options) { o.Map = []string{"surname=nose"} }, `no field "nose"`, true},
		{"malformed map", good, func(o *matchfile.Options) { o.Map = []string{"surname"} }, "write column=field", true},
		{"ambiguous map", good, func(o *matchfile.Options) { o.Map = []string{"surname=family_name", "first name=family_name"} }, "both mapped to family_name", true},
		{"map twice", good, func(o *matchfile.Options) { o.Map = []string{"surname=family_name", "surname=given_name"} }, "mapped twice", true},
		{"unknown ignore", good, func(o *matchfile.Options) { o.Ignore = []string{"q"} }, `no file has a column "q"`, true},
		{"unknown truth", good, func(o *matchfile.Options) { o.Truth = "q" }, `--truth: no file has a column "q"`, true},
		{"no such input", good, func(o *matchfile.Options) { o.Inputs = []string{"/nowhere.csv"} }, "no such file", true},
		{"folder", good, func(o *matchfile.Options) { o.Inputs = []string{t.TempDir()} }, "is a folder", true},
		{"no input", good, func(o *matchfile.Options) { o.Inputs = nil }, "no input", true},
		{"twice", good, func(o *matchfile.Options) { o.Inputs = append(o.Inputs, o.Inputs[0]) }, "given twice", true},
		{"no out", good, func(o *matchfile.Options) { o.Out = "" }, "no output folder", true},
		{"out is a file", good, func(o *matchfile.Options) { o.Out = o.Inputs[0] }, "is a file, not a folder", true},
		{"country", good, func(o *matchfile.Options) { o.Country = "ZZ" }, "no known country", true},
		{"encoding", good, func(o *matchfile.Options) { o.Encoding = "foo" }, "not known", true},
		{"two truths", good, func(o *matchfile.Options) { o.Truth, o.TruthPairs = "surname", "x" }, "exclude each other", true},
		{"no pairs file", good, func(o *matchfile.Options) { o.TruthPairs = "/nowhere.csv" }, "--truth-pairs /nowhere.csv: there is no such file", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := options(t, file(t, "x.csv", c.text))
			if c.change != nil {
				c.change(&o)
			}
			_, err := matchfile.Run(t.Context(), o)
			var usage *matchfile.UsageError
			if err == nil || !strings.Contains(err.Error(), c.says) || errors.As(err, &usage) != c.usage {
				t.Errorf("error %v (usage %v), want %q (usage %v)", err, errors.As(err, &usage), c.says, c.usage)
			}
		})
	}
}

// TestBrokenRows: rows that can't be read keep their number, and are clusters
// of their own.
func TestBrokenRows(t *testing.T) {
	o := options(t, file(t, "x.csv", "first name,surname,born\nAnna,Abelstein,1980-01-02\nPeter,Grubnik,1971-03-04,extra\nAnna,Abelstein,1980-01-02\n\nJulia\n"))
	r := run(t, o)
	found := clusters(t, o)
	if len(found) != 4 || found["x.csv 2"] == "" || r.Inputs[0].Unreadable != 1 || r.Inputs[0].Rows != 4 || len(r.Inputs[0].Notes) == 0 {
		t.Errorf("clusters %v, input %+v", found, r.Inputs[0])
	}
}
