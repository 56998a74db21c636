package matchfile_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/xuri/excelize/v2"

	"loadstar/cmd/internal/matchfile"
)

const written = "../../../testdata/match/"

// silent shows no progress.
type silent struct{}

func (silent) Begin(string, int64, string) {}
func (silent) Add(int64)                   {}
func (silent) End(int64, time.Duration)    {}

func options(t *testing.T, inputs ...string) matchfile.Options {
	return matchfile.Options{Inputs: inputs, Out: filepath.Join(t.TempDir(), "out"), Workers: 2, Watch: silent{}, Now: time.Now}
}

func run(t *testing.T, o matchfile.Options) matchfile.Report {
	t.Helper()
	r, err := matchfile.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// clusters reads clusters.csv: "source row" -> cluster.
func clusters(t *testing.T, o matchfile.Options) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, row := range readCSV(t, filepath.Join(o.Out, "clusters.csv"))[1:] {
		found[row[0]+" "+row[1]] = row[2]
	}
	return found
}

func readCSV(t *testing.T, file string) [][]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestDeduplicate(t *testing.T) {
	o := options(t, written+"persons_de.csv")
	o.Truth = "Einheit"
	r := run(t, o)
	e := r.Evaluation
	if e == nil || e.F1 < .99 || e.Precision < .99 || e.TruePairs != 117 || e.BlockingRecall == nil || *e.BlockingRecall != 1 {
		t.Errorf("evaluation %+v", e)
	}
	if in := r.Inputs[0]; in.Encoding != "windows-1252" || in.Delimiter != ";" || in.Rows != 182 || in.Country != "DE" {
		t.Errorf("input understood as %+v", in)
	}
	found := clusters(t, o)
	if len(found) != 182 || found["persons_de.csv 1"] == "" || found["persons_de.csv 182"] == "" {
		t.Errorf("clusters of %d rows", len(found))
	}
	golden := readCSV(t, filepath.Join(o.Out, "golden.csv"))
	if len(golden)-1 != r.Matching.Clusters || golden[0][0] != "cluster_id" {
		t.Errorf("%d golden records of %d clusters; header %q", len(golden)-1, r.Matching.Clusters, golden[0])
	}
	for _, name := range r.Files {
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
}

// TestWorkers: the bytes of all results are the same whatever the workers.
func TestWorkers(t *testing.T) {
	results := map[string][]byte{}
	for _, workers := range []int{1, 2, 8} {
		o := options(t, written+"persons_de.csv", written+"link_b.jsonl")
		o.Workers = workers
		run(t, o)
		for _, name := range []string{"clusters.csv", "clusters.parquet", "pairs.parquet", "golden.csv", "report.json"} {
			text, err := os.ReadFile(filepath.Join(o.Out, name))
			if err != nil {
				t.Fatal(err)
			}
			if workers == 1 {
				results[name] = text
			} else if !bytes.Equal(results[name], text) {
				t.Errorf("%s differs with %d workers", name, workers)
			}
		}
	}
}

// rowsOf reads the German persons as UTF-8 rows.
func rowsOf(t *testing.T) (header string, rows []string) {
	t.Helper()
	text, err := os.ReadFile(written + "link_a.csv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(string(text), "\r", "")), "\n")
	return lines[0], lines[1:]
}

// TestRowOrder: shuffled rows give the same clusters, called the same.
func TestRowOrder(t *testing.T) {
	header, rows := rowsOf(t)
	o := options(t, file(t, "a.csv", header+"\n"+strings.Join(rows, "\n")))
	run(t, o)
	want := clusters(t, o)
	random := rand.New(rand.NewPCG(1, 2))
	for range 3 {
		order := random.Perm(len(rows))
		shuffled := make([]string, len(rows))
		for to, from := range order {
			shuffled[to] = rows[from]
		}
		s := options(t, file(t, "a.csv", header+"\n"+strings.Join(shuffled, "\n")))
		run(t, s)
		got := clusters(t, s)
		for to, from := range order {
			if a, b := got["a.csv "+strconv.Itoa(to+1)], want["a.csv "+strconv.Itoa(from+1)]; a != b {
				t.Fatalf("row %d is in %s, was in %s", from+1, a, b)
			}
		}
	}
}

// TestTruthIsNotUsed: whatever stands in the truth column, or none, the
// clusters are the same.
func TestTruthIsNotUsed(t *testing.T) {
	header, rows := rowsOf(t)
	base := options(t, file(t, "a.csv", header+"\n"+strings.Join(rows, "\n")))
	base.Truth = "entity"
	run(t, base)
	want := clusters(t, base)
	random := rand.New(rand.NewPCG(3, 4))
	for _, name := range []string{"entity", "surname", "email address"} { // also where its header speaks for a field
		order := random.Perm(len(rows))
		changed := make([]string, len(rows))
		for i, row := range rows {
			cut := strings.LastIndexByte(row, ',')
			other := rows[order[i]]
			changed[i] = row[:cut] + other[strings.LastIndexByte(other, ','):]
		}
		o := options(t, file(t, "a.csv", strings.ReplaceAll(header, "entity", name)+"\n"+strings.Join(changed, "\n")))
		o.Truth = name
		run(t, o)
		for place, cluster := range clusters(t, o) {
			if want[place] != cluster {
				t.Fatalf("truth called %s: %s is in %s, was in %s", name, place, cluster, want[place])
			}
		}
	}
}

func TestLink(t *testing.T) {
	o := options(t, written+"link_a.csv", written+"link_b.jsonl")
	o.Truth = "entity"
	r := run(t, o)
	if r.Evaluation.F1 < .95 || r.Records != 182 {
		t.Errorf("F1 %.4f of %d records", r.Evaluation.F1, r.Records)
	}
	fields := map[string]string{}
	for _, c := range r.Inputs[1].Columns {
		fields[c.Column] = c.Field
	}
	for column, want := range map[string]string{"name.first": "given_name", "name.last": "family_name", "birthDate": "birth_date",
		"contact.emails": "email", "contact.phone": "phone", "address.zip": "postcode", "address.city": "city"} {
		if fields[column] != want {
			t.Errorf("%s is understood as %q, want %s", column, fields[column], want)
		}
	}
}

func TestTruthPairs(t *testing.T) {
	o := options(t, written+"link_a.csv", written+"link_b.jsonl")
	o.TruthPairs, o.Ignore = written+"link_pairs.csv", []string{"entity"}
	if e := run(t, o).Evaluation; e.TruePairs != 55 || e.Recall < .95 || e.Precision < .9 {
		t.Errorf("by id: %+v", e)
	}
	in := file(t, "p.csv", "first name,surname,born\nAnna,Abelstein,1980-01-02\nAnna,Abelstein,1980-01-02\nPeter,Grubnik,1971-03-04\n")
	o = options(t, in)
	o.TruthPairs = file(t, "pairs.csv", "row_l,row_r,match\n1,2,1\n1,3,0\n")
	if e := run(t, o).Evaluation; e.TruePairs != 1 || e.Entities != 2 {
		t.Errorf("by row: %+v", e)
	}
}

func TestTruthPattern(t *testing.T) {
	in := file(t, "p.csv", "ref,first name,surname\nx-1-a,Anna,Abelstein\nx-1-b,Anna,Abelstein\nx-2-a,Peter,Grubnik\nblank,Julia,Farnsdale\n")
	o := options(t, in)
	o.Truth, o.TruthPattern = "ref", regexp.MustCompile(`^x-(\d+)-`)
	if e := run(t, o).Evaluation; e.Records != 3 || e.TruePairs != 1 || len(e.Notes) != 1 {
		t.Errorf("%+v", e)
	}
}

// TestShowValues: the report holds values where they were asked for only.
func TestShowValues(t *testing.T) {
	in := file(t, "p.csv", "first name,surname,t\nAnna,Abelstein,1\nJulia,Farnsdale,1\nPeter,Grubnik,2\n")
	for _, show := range []bool{false, true} {
		o := options(t, in)
		o.Truth, o.ShowValues = "t", show
		run(t, o)
		text, err := os.ReadFile(filepath.Join(o.Out, "report.json"))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(string(text), "Farnsdale"); got != show {
			t.Errorf("values shown: %v, want %v", got, show)
		}
	}
}

func TestMapAndIgnore(t *testing.T) {
	in := file(t, "p.csv", "x,y,email,z\nAnna,Abelstein,a@example.org,1\nAnna,Abelstein,a@example.org,2\n")
	o := options(t, in)
	o.Map = []string{"x=customer.given_name", "y=family_name"}
	fields := map[string]string{}
	for _, c := range run(t, o).Inputs[0].Columns {
		fields[c.Column] = c.Field + " " + c.By
	}
	if fields["x"] != "given_name map" || fields["y"] != "family_name map" || fields["email"] != " " {
		t.Errorf("mapped: %v", fields)
	}
	o = options(t, in)
	o.Ignore = []string{"EMAIL"}
	if _, err := matchfile.Run(t.Context(), o); err != nil {
		t.Error(err)
	}
}

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
		"utf16": file(t, "x", utf16), "excel": workbook(t, rows),
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
		{"no text", "\x00\x01\x02\x00\xff\x00", nil, "no text, Excel, Parquet or JSON", false},
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

// TestPeople holds the F1 floors of package dedupe, with the columns
// recognised and the values cleansed by this package.
func TestPeople(t *testing.T) {
	const people = "../../../../shared/data/people/"
	for _, set := range []struct {
		file, truth, pattern string
		f1                   float64
	}{
		{"febrl1/dataset1.csv", "rec_id", `^rec-(\d+)-`, .999},
		{"febrl2/dataset2.csv", "rec_id", `^rec-(\d+)-`, .999},
		{"febrl3/dataset3.csv", "rec_id", `^rec-(\d+)-`, .9997},
		{"splink_fake_1000/fake_1000.csv", "cluster", `(.*)`, .985},
	} {
		t.Run(filepath.Dir(set.file), func(t *testing.T) {
			if _, err := os.Stat(people + set.file); err != nil {
				t.Skipf("labelled people are not here: %v", err)
			}
			o := options(t, people+set.file)
			o.Truth, o.TruthPattern = set.truth, regexp.MustCompile(set.pattern)
			e := run(t, o).Evaluation
			t.Logf("F1 %.4f precision %.4f recall %.4f B-cubed F1 %.4f", e.F1, e.Precision, e.Recall, e.BF1)
			if e.F1 < set.f1 {
				t.Errorf("F1 %.4f, floor %.4f", e.F1, set.f1)
			}
		})
	}
}
