package pipeline_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/pipeline"
	"loadstar/cmd/internal/sample"
	"loadstar/dedupe"
	"loadstar/extract"
	"loadstar/load"
	"loadstar/load/publish"
)

// clock is a clock that moves by a second at each look.
type clock struct{ at time.Time }

func (c *clock) now() time.Time {
	c.at = c.at.Add(time.Second)
	return c.at
}

// project writes the sample company and returns its configuration.
func project(t testing.TB, customers, days int) config.Config {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "company")
	if _, err := sample.Generate(context.Background(), sample.Options{Customers: customers, Days: days, Seed: 3, Out: dir}); err != nil {
		t.Fatal(err)
	}
	return configured(t, dir)
}

func configured(t testing.TB, dir string) config.Config {
	t.Helper()
	cfg, err := config.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

func options() pipeline.Options {
	c := &clock{at: time.Date(2026, 4, 2, 6, 0, 0, 0, time.UTC)}
	return pipeline.Options{Now: c.now, Workers: 1} // tests run side by side
}

func dayZero(o pipeline.Options) pipeline.Options {
	o.AsOf = time.Date(2026, 3, 31, 22, 59, 59, 999999000, time.UTC)
	return o
}

func run(t testing.TB, cfg config.Config, o pipeline.Options) pipeline.Report {
	t.Helper()
	r, err := pipeline.Run(context.Background(), cfg, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func current(t testing.TB, cfg config.Config) publish.Version {
	t.Helper()
	v, err := publish.Warehouse{Dir: cfg.Warehouse}.Current()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// same compares the digests of two versions table by table.
func same(t *testing.T, what string, a, b map[string]string) {
	t.Helper()
	if len(a) < 20 {
		t.Fatalf("%s: only %d digests", what, len(a))
	}
	for _, name := range slices.Sorted(maps.Keys(a)) {
		if a[name] != b[name] {
			t.Errorf("%s: %s differs: %s and %s", what, name, a[name], b[name])
		}
	}
}

func TestRunDayByDay(t *testing.T) {
	t.Parallel()
	cfg := project(t, 150, 2)
	first := run(t, cfg, dayZero(options()))
	balanced(t, first)
	if first.Identity.Customers == 0 || first.Identity.Customers >= first.Identity.Records {
		t.Errorf("nothing was merged: %+v", first.Identity)
	}
	second := run(t, cfg, options())
	balanced(t, second)
	if second.Unchanged || second.Parent != first.Run {
		t.Fatalf("day 1 was not added: %+v", second)
	}
	added := current(t, cfg)
	if again := run(t, cfg, options()); !again.Unchanged || current(t, cfg).Number != added.Number {
		t.Errorf("a rerun of the same input publishes again: %+v", again)
	}
	o := options()
	o.Full = true
	run(t, cfg, o)
	full := current(t, cfg)
	if full.Number == added.Number || !full.Manifest.Full {
		t.Fatal("--full built nothing")
	}
	same(t, "added and full", added.Manifest.Digests, full.Manifest.Digests)
}

func balanced(t *testing.T, r pipeline.Report) {
	t.Helper()
	var read int64
	for _, f := range r.Feeds {
		read += f.Read
		if f.Read != f.Loaded+f.Quarantined+f.Redelivered+f.Superseded+f.Excluded {
			t.Errorf("feed %s: rows do not balance: %+v", f.Feed, f)
		}
	}
	if read == 0 {
		t.Error("no row was read")
	}
}

func TestWorkersCarryNoMeaning(t *testing.T) {
	t.Parallel()
	cfg := project(t, 120, 1)
	var digests []map[string]string
	for _, workers := range []int{1, 2, 8} {
		cfg.Warehouse = filepath.Join(t.TempDir(), "warehouse")
		o := options()
		o.Workers = workers
		run(t, cfg, o)
		digests = append(digests, current(t, cfg).Manifest.Digests)
	}
	same(t, "1 and 2 workers", digests[0], digests[1])
	same(t, "1 and 8 workers", digests[0], digests[2])
}

type stopped struct{}

func TestStopAtEveryStep(t *testing.T) {
	t.Parallel()
	cfg := project(t, 60, 2)
	run(t, cfg, dayZero(options()))
	before := current(t, cfg)
	undisturbed := cfg
	undisturbed.Warehouse = filepath.Join(t.TempDir(), "warehouse")
	run(t, undisturbed, dayZero(options()))
	run(t, undisturbed, options())
	want := current(t, undisturbed).Manifest.Digests
	steps := []string{"land", "stage", "match", "shape", "prove", string(publish.StepLedger), string(publish.StepVersion)}
	for _, step := range steps {
		t.Run(step, func(t *testing.T) {
			t.Parallel()
			trial := cfg
			trial.Warehouse = filepath.Join(t.TempDir(), "warehouse")
			if err := os.CopyFS(trial.Warehouse, noLinks{os.DirFS(cfg.Warehouse)}); err != nil {
				t.Fatal(err)
			}
			if err := (publish.Warehouse{Dir: trial.Warehouse}).Point(before.Number); err != nil {
				t.Fatal(err)
			}
			stopAt(t, trial, step)
			if got := current(t, trial); got.Number != before.Number {
				t.Fatalf("stopped behind %s: version %d is current, want %d", step, got.Number, before.Number)
			}
			run(t, trial, options())
			same(t, "rerun behind "+step, want, current(t, trial).Manifest.Digests)
		})
	}
}

// noLinks hides symbolic links, which CopyFS refuses.
type noLinks struct{ fs.FS }

// ReadDir leaves links out.
func (n noLinks) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(n.FS, name)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return e.Type()&fs.ModeSymlink != 0 }), err
}

func stopAt(t *testing.T, cfg config.Config, step string) {
	t.Helper()
	defer func() {
		if _, ok := recover().(stopped); !ok {
			t.Fatalf("the run did not come to %s", step)
		}
	}()
	o := options()
	o.After = func(where string) {
		if where == step {
			panic(stopped{})
		}
	}
	if _, err := pipeline.Run(context.Background(), cfg, o); err != nil {
		t.Fatal(err)
	}
}

func TestRollbackReusesNoKey(t *testing.T) {
	t.Parallel()
	cfg := project(t, 60, 2)
	run(t, cfg, dayZero(options()))
	first := current(t, cfg)
	run(t, cfg, options())
	spent := keys(t, cfg, current(t, cfg))
	if err := (publish.Warehouse{Dir: cfg.Warehouse}).Point(first.Number); err != nil {
		t.Fatal(err)
	}
	old := keys(t, cfg, first)
	run(t, cfg, options())
	for key := range keys(t, cfg, current(t, cfg)) {
		if spent[key] && !old[key] {
			t.Errorf("customer key %d was given out by the version that was rolled back, and again", key)
		}
	}
}

// ledger is the identity that the ledger of a version adds up to.
func ledger(t *testing.T, cfg config.Config, v publish.Version) *dedupe.State {
	t.Helper()
	state := dedupe.NewState()
	for _, name := range v.Manifest.Ledger {
		lines, err := publish.Warehouse{Dir: cfg.Warehouse}.Ledger(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := state.Replay(lines); err != nil {
			t.Fatal(err)
		}
	}
	return state
}

// keys are the customer keys that the ledger of a version gave out.
func keys(t *testing.T, cfg config.Config, v publish.Version) map[int64]bool {
	t.Helper()
	found := map[int64]bool{}
	for _, key := range ledger(t, cfg, v).Members {
		found[key] = true
	}
	return found
}

// small is a project of one CSV feed with the given contract properties.
func small(t *testing.T, custom string) (config.Config, string) {
	t.Helper()
	return oneFeed(t, "people", `csv: "people*.csv*"`, "crm", custom, `  - name: people
    customProperties: [{property: entity, value: customer}]
    properties:
      - {name: customer_id, primaryKey: true}
      - {name: given_name}
      - {name: family_name}
      - {name: email}
      - {name: birth_date, logicalType: date}
`)
}

// oneFeed is a project of one feed: where it comes from, which system delivers
// it, further properties of its contract, and its schema.
func oneFeed(t *testing.T, name, from, system, custom, schema string) (config.Config, string) {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "loadstar.yaml"), fmt.Sprintf(`version: 1
company: {name: Example, time_zone: UTC, currency: EUR, country: DE}
feeds:
  %s: {contract: contract.yaml, from: {%s}}
`, name, from))
	write(t, filepath.Join(dir, "contract.yaml"), fmt.Sprintf(`apiVersion: v3.1.0
kind: DataContract
id: %[1]s
name: %[1]s
version: 1.0.0
status: active
customProperties:
  - {property: system, value: %[2]s}
%[3]sschema:
%[4]s`, name, system, custom, schema))
	return configured(t, dir), dir
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

const people = `customer_id,given_name,family_name,email,birth_date
1,Ada,Berg,ada@example.com,1990-01-02
2,Ben,Carlsen,ben@example.com,1985-05-06
3,Cleo,Duarte,cleo@example.com,1979-07-08
4,Dan,Eklund,dan@example.com,1969-09-10
`

func TestGates(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		custom string
		change func(t *testing.T, dir string)
		want   string // "" = passes
		least  int64  // rows that the contract asks for
	}{
		"absent":          {"", func(t *testing.T, dir string) { remove(t, dir) }, "names no file now", 0},
		"absent, allowed": {"  - {property: allow, value: [absent]}\n", func(t *testing.T, dir string) { remove(t, dir) }, "", 0},
		"empty": {"", func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, "people.csv"), strings.SplitAfter(people, "\n")[0])
		}, "holds no row", 0},
		"empty, under another name": {"", func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, "people_2.csv"), strings.SplitAfter(people, "\n")[0])
		}, "people_2.csv holds no row", 0},
		"shrunk": {"", func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, "people.csv"), people[:strings.Index(people, "2,Ben")])
		}, "the number of rows is 1, the contract says at least 2", 2},
		"not even a header": {"", func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, "people.csv"), "")
		}, "people.csv holds nothing, not even a header & `empty`", 0},
		"not even a header, allowed": {"  - {property: allow, value: [empty]}\n", func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, "people.csv"), "")
		}, "under half", 0},
		"errors have a place": {"", func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, "people.csv"), people+"5,Eve,Fox,eve@example.com,31.31.1990\n6,Fay\n")
		}, "broke the contract & people.csv:6: birth_date: LS4007 type.date & people.csv:7: LS4023 csv.ragged", 0},
	} {
		t.Run(name, func(t *testing.T) {
			cfg, dir := small(t, test.custom)
			write(t, filepath.Join(dir, "people.csv"), people)
			run(t, cfg, options())
			before := current(t, cfg).Number
			test.change(t, dir)
			cfg.Feeds[0].Contract.Objects[0].Rows.Least = test.least
			_, err := pipeline.Run(context.Background(), cfg, options())
			var gate *pipeline.GateError
			switch {
			case test.want == "" && err != nil:
				t.Fatal(err)
			case test.want != "" && !errors.As(err, &gate):
				t.Fatalf("error %v, want a gate with %q", err, test.want)
			}
			for _, want := range strings.Split(test.want, " & ") {
				if err != nil && !strings.Contains(err.Error(), want) {
					t.Fatalf("error %v, want a gate with %q", err, want)
				}
			}
			if test.least > 0 && !strings.Contains(err.Error(), "under half") {
				t.Errorf("one gate hides the other: %v", err)
			}
			if err != nil && strings.Contains(err.Error(), "31.31.1990") {
				t.Errorf("the gate tells a value: %v", err)
			}
			if current(t, cfg).Number != before {
				t.Error("a gate did not keep the current version")
			}
		})
	}
}

// TestOtherRows: a snapshot that lacks most of the rows before it is refused,
// however many others it has; half of them may go. Of rows that their text names,
// which are others once somebody writes on them, one in ten must come again.
func TestOtherRows(t *testing.T) {
	t.Parallel()
	for key, c := range map[string]struct {
		next, fine [2]int
		want       string
	}{
		"{name: customer_id, primaryKey: true}": {[2]int{21, 61}, [2]int{20, 60}, "lacks 21 of the 40 rows that stood before, by their keys"},
		`{name: row_text, primaryKey: true, customProperties: [{property: field, value: customer_id}, {property: from, value: "$hash"}]}`: {
			[2]int{37, 77}, [2]int{36, 76}, "lacks 37 of the 40 rows that stood before, by their text",
		},
	} {
		cfg, dir := oneFeed(t, "people", `csv: "people.csv"`, "crm", "  - {property: delivery, value: snapshot}\n", `  - name: people
    customProperties: [{property: entity, value: customer}]
    properties:
      - `+key+`
      - {name: given_name}
      - {name: family_name}
      - {name: email}
`)
		list := func(between [2]int) string {
			text := "customer_id,given_name,family_name,email\n"
			for i := between[0]; i < between[1]; i++ {
				text += fmt.Sprintf("%[1]d,Ada,Berg%[1]d,ada%[1]d@example.com\n", i)
			}
			return text
		}
		write(t, filepath.Join(dir, "people.csv"), list([2]int{0, 40}))
		run(t, cfg, options())
		write(t, filepath.Join(dir, "people.csv"), list(c.next))
		var gate *pipeline.GateError
		if _, err := pipeline.Run(context.Background(), cfg, options()); !errors.As(err, &gate) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want a gate", key, err)
		}
		write(t, filepath.Join(dir, "people.csv"), list(c.fine))
		run(t, cfg, options())
	}
}

// TestLastMonths: a snapshot that lacks what is older than all that it has is
// refused, for a list of the last months would end what it leaves behind; one
// that lacks as many others is not.
func TestLastMonths(t *testing.T) {
	t.Parallel()
	cfg, dir := oneFeed(t, "sales", `csv: "sales.csv"`, "shop", "  - {property: delivery, value: snapshot}\n", `  - name: sales
    customProperties: [{property: entity, value: order}]
    properties:
      - {name: order_id, primaryKey: true}
      - {name: customer_id}
      - {name: ordered_at, logicalType: timestamp}
`)
	list := func(lacks func(i int) bool) string {
		text := "order_id,customer_id,ordered_at\n"
		for i := range 28 {
			if !lacks(i) {
				text += fmt.Sprintf("%d,C%d,2026-02-%02d\n", i, i, i+1)
			}
		}
		return text
	}
	write(t, filepath.Join(dir, "sales.csv"), list(func(int) bool { return false }))
	run(t, cfg, options())
	write(t, filepath.Join(dir, "sales.csv"), list(func(i int) bool { return i < 3 || i == 9 }))
	var gate *pipeline.GateError
	if _, err := pipeline.Run(context.Background(), cfg, options()); !errors.As(err, &gate) || !strings.Contains(err.Error(), "it lacks 4 rows that stood before, of which 3 are older than all that it has") {
		t.Errorf("error %v, want a gate", err)
	}
	write(t, filepath.Join(dir, "sales.csv"), list(func(i int) bool { return i%5 == 0 }))
	run(t, cfg, options())
}

// TestWithFile: a file is read with another that tells more of its rows, on its
// own lines; a change of either is a delivery, and neither may be missing.
func TestWithFile(t *testing.T) {
	t.Parallel()
	cfg, dir := oneFeed(t, "people", `csv: "people.csv", with: [{csv: more.csv, key: person, of: customer_id, columns: [email]}]`, "crm", "  - {property: delivery, value: snapshot}\n", `  - name: people
    customProperties: [{property: entity, value: customer}]
    properties:
      - {name: customer_id, primaryKey: true}
      - {name: given_name}
      - {name: family_name}
      - {name: email}
`)
	write(t, filepath.Join(dir, "people.csv"), "customer_id,given_name,family_name\n1,Ada,Bergman\n2,Eve,Castell\n")
	write(t, filepath.Join(dir, "more.csv"), "person,email\n2,eve@example.org\n")
	run(t, cfg, options())
	emails := func() string {
		return ask(t, cfg, "select string_agg(coalesce(email, '-'), ' ' order by given_name) from dim_customer where customer_key > 0")
	}
	if got := emails(); got != "- eve@example.org" {
		t.Errorf("e-mail addresses %s", got)
	}
	if r := run(t, cfg, options()); !r.Unchanged {
		t.Error("a second run found something new")
	}
	write(t, filepath.Join(dir, "more.csv"), "person,email\n2,eve@example.org\n1,ada@example.org\n")
	run(t, cfg, options())
	if got := emails(); got != "ada@example.org eve@example.org" {
		t.Errorf("e-mail addresses %s", got)
	}
	if err := os.Remove(filepath.Join(dir, "more.csv")); err != nil {
		t.Fatal(err)
	}
	if _, err := pipeline.Run(context.Background(), cfg, options()); !errors.Is(err, extract.ErrNoFile) {
		t.Errorf("error %v, want ErrNoFile", err)
	}
}

// TestOwnChecks: a project's own check stops the publish like a shipped one.
func TestOwnChecks(t *testing.T) {
	t.Parallel()
	cfg, dir := small(t, "")
	write(t, filepath.Join(dir, "people.csv"), people)
	cfg.Checks = t.TempDir()
	if _, err := pipeline.Run(context.Background(), cfg, options()); err == nil || !strings.Contains(err.Error(), "holds no .sql file") {
		t.Fatalf("an empty folder of checks: %v", err)
	}
	write(t, filepath.Join(cfg.Checks, "few_people.sql"), "-- Question: Are there people?\n-- Severity: error\nselect customer_key from warehouse.dim_customer where customer_key > 0;\n")
	var gate *pipeline.GateError
	if _, err := pipeline.Run(context.Background(), cfg, options()); !errors.As(err, &gate) || !strings.Contains(err.Error(), "few_people (4 rows)") {
		t.Fatalf("error %v, want a gate of the own check", err)
	}
	write(t, filepath.Join(cfg.Checks, "few_people.sql"), "-- Question: Is anybody nobody?\n-- Severity: error\nselect customer_key from warehouse.dim_customer where customer_key = 0;\n")
	run(t, cfg, options())

	// A change of settings is something to do, also where nothing was delivered.
	if r := run(t, cfg, options()); !r.Unchanged {
		t.Error("a second run found something new")
	}
	write(t, filepath.Join(cfg.Checks, "few_people.sql"), "-- Question: Are there people?\n-- Severity: error\nselect customer_key from warehouse.dim_customer where customer_key > 0;\n")
	if _, err := pipeline.Run(context.Background(), cfg, options()); !errors.As(err, &gate) {
		t.Errorf("error %v, want a gate of the check that was changed", err)
	}
	cfg.Checks, cfg.Funnels = "", []string{"care.yaml"}
	funnel := "funnel: care\ncounts: pursuit\nmeaning: Care\nsystems: [desk]\nsteps: [{step: asked, name: Asked}]\n" +
		"stages: [{stage: asked, name: %s, rank: 10, step: asked, outcome: won, meaning: it was asked for}]\ntransitions: {start: [asked]}\n"
	for _, stage := range []string{"Asked", "Asked for"} {
		write(t, filepath.Join(cfg.Dir, "care.yaml"), fmt.Sprintf(funnel, stage))
		if r := run(t, cfg, options()); r.Unchanged {
			t.Errorf("a funnel with the stage %q changed nothing", stage)
		}
	}
}

func remove(t *testing.T, dir string) {
	t.Helper()
	if err := os.Remove(filepath.Join(dir, "people.csv")); err != nil {
		t.Fatal(err)
	}
}

func TestCutGzipIsRefused(t *testing.T) {
	t.Parallel()
	cfg, dir := small(t, "")
	write(t, filepath.Join(dir, "people.csv"), people)
	run(t, cfg, options())
	before := current(t, cfg).Number
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write([]byte(people + "5,Eve,Fox,eve@example.com,1990-03-04\n")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "people_2.csv.gz"), string(packed.Bytes()[:packed.Len()-1]))
	if _, err := pipeline.Run(context.Background(), cfg, options()); err == nil || !strings.Contains(err.Error(), "people_2.csv.gz") {
		t.Fatalf("error %v, want one that names the file", err)
	}
	if current(t, cfg).Number != before {
		t.Error("a cut file changed the current version")
	}
}

func TestLockedByAnotherRun(t *testing.T) {
	t.Parallel()
	cfg, dir := small(t, "")
	write(t, filepath.Join(dir, "people.csv"), people)
	lock, err := publish.Warehouse{Dir: cfg.Warehouse}.Acquire(publish.Holder{PID: 4711, Host: "elsewhere", Run: 9})
	if err != nil {
		t.Fatal(err)
	}
	_, err = pipeline.Run(context.Background(), cfg, options())
	var locked *publish.LockedError
	if !errors.As(err, &locked) || !strings.Contains(err.Error(), "4711") {
		t.Fatalf("error %v, want one that names the holder", err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	run(t, cfg, options())
}

// withReader opens the current version for a moment.
func withReader(t *testing.T, cfg config.Config, look func(v publish.Version, r *load.Reader)) {
	t.Helper()
	v := current(t, cfg)
	r, err := load.OpenReader(context.Background(), filepath.Join(v.Dir, publish.WarehouseFile), filepath.Join(v.Dir, publish.ODSFile))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}()
	look(v, r)
}

// ask runs one query on the current version.
func ask(t *testing.T, cfg config.Config, query string) (answer string) {
	t.Helper()
	withReader(t, cfg, func(_ publish.Version, r *load.Reader) {
		_, rows, err := r.Rows(context.Background(), query, "NULL", 0)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, row := range rows {
			lines = append(lines, strings.Join(row, " "))
		}
		answer = strings.Join(lines, "\n")
	})
	return answer
}

// TestPages: a page that says that more follow is told of, until a later file
// holds them.
func TestPages(t *testing.T) {
	t.Parallel()
	cfg, dir := oneFeed(t, "people", `json: "people*.json"`, "crm", "  - {property: delivery, value: delta}\n  - {property: dialect, value: {format: json, records: [people]}}\n", `  - name: people
    customProperties: [{property: entity, value: customer}]
    properties:
      - {name: customer_id, primaryKey: true}
      - {name: email}
`)
	page := func(id int, more bool) string {
		return fmt.Sprintf(`{"people": [{"customer_id": "%d", "email": "ada%d@example.com"}], "has_more": %t}`, id, id, more)
	}
	write(t, filepath.Join(dir, "people_1.json"), page(1, true))
	const want = `"has_more" says that more records follow`
	if r := run(t, cfg, options()); !strings.Contains(strings.Join(r.Warnings, "\n"), want) {
		t.Errorf("warnings %q, want one with %s", r.Warnings, want)
	}
	write(t, filepath.Join(dir, "people_2.json"), page(2, true))
	write(t, filepath.Join(dir, "people_3.json"), page(3, false))
	if r := run(t, cfg, options()); strings.Contains(strings.Join(r.Warnings, "\n"), want) {
		t.Errorf("warnings %q of a feed with its last page", r.Warnings)
	}
}
