package matchfile_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

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

// TestOneToOne: inputs with duplicates of their own are told apart from clean
// ones, and what is asked for holds.
func TestOneToOne(t *testing.T) {
	header, rows := rowsOf(t)
	again := file(t, "again.csv", header+"\n"+strings.Join(rows, "\n"))
	largest := func(o matchfile.Options) int {
		most, held := 0, map[string]int{}
		for at, cluster := range clusters(t, o) {
			source, _, _ := strings.Cut(at, " ")
			held[source+cluster]++
			most = max(most, held[source+cluster])
		}
		return most
	}
	for _, c := range []struct {
		asked   string
		applied bool
	}{{"", false}, {matchfile.OneToOneAuto, false}, {matchfile.OneToOneAlways, true}} {
		o := options(t, written+"link_a.csv", again)
		o.OneToOne = c.asked
		one := run(t, o).Matching.OneToOne
		if one == nil || one.Applied != c.applied || one.Why == "" || c.applied != (largest(o) == 1) {
			t.Errorf("%q: %+v, %d rows of one input in a cluster", c.asked, one, largest(o))
		}
	}
	o := options(t, written+"link_a.csv", again)
	o.OneToOne = matchfile.OneToOneNever
	if r := run(t, o); r.Matching.OneToOne != nil {
		t.Errorf("never: %+v", r.Matching.OneToOne)
	}
	o.OneToOne = "sometimes"
	var wrong *matchfile.UsageError
	if _, err := matchfile.Run(t.Context(), o); !errors.As(err, &wrong) {
		t.Errorf("a value that is none: %v", err)
	}
}

// TestWholeAddress: a column that holds address, city and postcode is taken
// apart, and kinds of street compare in any spelling.
func TestWholeAddress(t *testing.T) {
	o := options(t, file(t, "p.csv", `first name,surname,address
Philippa,Farnsdale,"12 High St, London SW1A 1AA"
Philippa,Farnsdale,"12 High Street, London, SW1A 1AA"
Gustl,Eichenlaub,"7 Mill Lane, York YO1 7HH"
Wanda,Nettelbeck,"3 Sunset Blvd., Leeds LS1 4AP"
Wanda,Nettelbek,"3 Sunset Boulevard, Leeds, LS1 4AP"
Bruno,Tormund,"44 Mill Lane, York YO1 7HH"
`))
	run(t, o)
	found := clusters(t, o)
	same := func(a, b string) bool { return found["p.csv "+a] == found["p.csv "+b] }
	if !same("1", "2") || !same("4", "5") || same("3", "6") {
		t.Errorf("clusters %v", found)
	}
	golden := readCSV(t, filepath.Join(o.Out, "golden.csv"))
	for _, field := range []string{"street", "house_number", "postcode", "city"} {
		if !slices.Contains(golden[0], field) {
			t.Errorf("the golden records have no %s: %q", field, golden[0])
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
