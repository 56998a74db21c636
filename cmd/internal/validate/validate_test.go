package validate_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loadstar/cmd/internal/validate"
	"loadstar/schemas/fault"
)

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func codesOf(r *validate.Report) string {
	var codes []string
	for _, f := range r.Findings {
		codes = append(codes, string(f.Code)+" "+f.Feed+" "+f.Column)
	}
	return strings.Join(codes, "\n")
}

// TestFiles looks at single files: of a feed's pattern, of another folder, and
// contracts.
func TestFiles(t *testing.T) {
	dir := project(t, "valid")
	good := filepath.Join(dir, "drops", "orders_2026-03-31.jsonl")
	if r := check(t, validate.Options{Project: dir, Files: []string{good}}); r.Err() != nil || len(r.Feeds) != 1 || r.Feeds[0].Rows != 2 {
		t.Errorf("one file: %v %+v", r.Err(), r.Feeds)
	}
	elsewhere := write(t, t.TempDir(), "orders_new.jsonl", `{"id": "O-9", "customer": "C-404"}`+"\n"+`{"id": "O-10", "customer": "C-2"}`+"\n")
	r := check(t, validate.Options{Project: dir, Files: []string{elsewhere}})
	if got := codesOf(r); got != "LS5001 orders customer" {
		t.Errorf("the feeds it points to are not read, or are reported: %s", got)
	}
	renamed := write(t, t.TempDir(), "orders_new.jsonl", `{"id": "O-9", "customers": "C-2"}`+"\n"+`{"id": "O-10", "customers": "C-2"}`+"\n")
	if r := check(t, validate.Options{Project: dir, Files: []string{renamed}}); r.Err() != nil || !strings.Contains(codesOf(r), "LS6003 orders customer") {
		t.Errorf("a key of JSON that seems renamed: %v %s", r.Err(), codesOf(r))
	}
	contract := filepath.Join(dir, "contracts", "leads.yaml")
	if r := check(t, validate.Options{Project: dir, Files: []string{contract}}); r.Err() != nil || len(r.Feeds) != 1 || r.Feeds[0].Feed != "leads" {
		t.Errorf("a contract: %v %+v", r.Err(), r.Feeds)
	}
	if r := check(t, validate.Options{Project: dir, Feeds: []string{"contacts"}}); len(r.Feeds) != 1 || r.Feeds[0].Deliveries != 2 {
		t.Errorf("a feed: %+v", r.Feeds)
	}
	absent := filepath.Join(dir, "drops", "orders_gone.jsonl")
	if got := codesOf(check(t, validate.Options{Project: dir, Files: []string{absent}})); got != "LS3008 orders " {
		t.Errorf("a file that is not there: %s", got)
	}
}

// TestRelationships: ids that a contract says are a foreign key must be in a
// feed, also where none delivers what they point to.
func TestRelationships(t *testing.T) {
	for name, c := range map[string]struct{ from, to, want string }{
		"delivered":    {"{name: customer,", "{name: customer, relationships: [{to: contacts.ContactID}],", ""},
		"by no system": {"{name: customer,", "{name: customer, relationships: [{to: contacts.ContactID}],", "LS5001 orders customer\nLS6006 orders customer"},
		"not said":     {"{name: customer,", "{name: customer,", "LS6006 orders customer"},
		"no offset":    {"{name: at, logicalType: timestamp,", "{name: at, logicalType: timestamp, logicalTypeOptions: {timezone: true},", "LS4011 orders at"},
	} {
		dir := project(t, "valid")
		file := filepath.Join(dir, "contracts", "orders.yaml")
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		changed := strings.Replace(string(text), c.from, c.to, 1)
		if name == "by no system" || name == "not said" {
			changed = strings.Replace(changed, "{customer: crm}", "{customer: till}", 1)
		}
		write(t, dir, "contracts/orders.yaml", changed)
		if name == "no offset" {
			write(t, dir, "drops/orders_2026-04-01.jsonl", `{"id": "O-9", "customer": "C-1", "total": 1, "at": "2026-03-30T10:15:00"}`+"\n")
		}
		if got := codesOf(check(t, validate.Options{Project: dir, Feeds: []string{"orders"}})); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestUnfed: an object that feeds no field but its key is warned of.
func TestUnfed(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "loadstar.yaml", "version: 1\ncompany: {name: Example, time_zone: UTC, currency: EUR, country: DE}\nfeeds:\n  orders: {contract: orders.yaml, from: {csv: orders.csv}}\n")
	write(t, dir, "orders.csv", "no;sum\n1;2\n")
	for field, want := range map[string]string{"none": "LS6005 orders", "total_amount": ""} {
		write(t, dir, "orders.yaml", "apiVersion: v3.1.0\nkind: DataContract\nid: orders\nname: orders\nversion: 1.0.0\nstatus: active\ncustomProperties:\n"+
			"  - {property: system, value: till}\n  - {property: delivery, value: delta}\n  - {property: dialect, value: {format: csv, delimiter: \";\"}}\nschema:\n"+
			"  - name: orders\n    customProperties: [{property: entity, value: order}]\n    properties:\n"+
			"      - {name: no, primaryKey: true, primaryKeyPosition: 1, customProperties: [{property: field, value: order_id}]}\n"+
			"      - {name: sum, logicalType: number, customProperties: [{property: field, value: "+field+"}]}\n")
		if got := strings.TrimSpace(codesOf(check(t, validate.Options{Project: dir}))); got != want {
			t.Errorf("%s: %q, want %q", field, got, want)
		}
	}
}

// TestMendedFile: what another file of the feed mends is not reported, unless
// that one lacks a row, is older, or the file is asked for.
func TestMendedFile(t *testing.T) {
	const header = "ContactID;FName;LName;email;Born;Segment;Limit\n"
	const broken, right = "C-90;Eva;Roth;eva@example.org;;A;x1\n", "C-90;Eva;Roth;eva@example.org;;A;1\n"
	const kept, more = "C-91;Uli;Kern;uli@example.org;;A;1\n", "C-92;Uta;Lind;uta@example.org;;A;1\n"
	for name, c := range map[string]struct{ file, text, want string }{
		"mended":      {"contacts_2026-04-03.csv", header + kept + right + more, ""},
		"lacks a row": {"contacts_2026-04-03.csv", header + right + more, "LS4004 contacts Limit"},
		"fewer rows":  {"contacts_2026-04-03.csv", header + kept, "LS4004 contacts Limit"},
		"older":       {"contacts_2026-03-30.csv", header + kept + right, "LS4004 contacts Limit"},
		"no better":   {"contacts_2026-04-03.csv", header + kept + broken, "LS4004 contacts Limit\nLS4004 contacts Limit"},
	} {
		dir := project(t, "valid")
		old := write(t, dir, "drops/contacts_2026-04-02.csv", header+broken+kept)
		write(t, dir, "drops/"+c.file, c.text)
		r := check(t, validate.Options{Project: dir, Feeds: []string{"contacts"}})
		if got := codesOf(r); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if c.want == "" && (len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "contacts_2026-04-02.csv are mended in contacts_2026-04-03.csv")) {
			t.Errorf("%s: notes %v", name, r.Notes)
		}
		if got := codesOf(check(t, validate.Options{Project: dir, Files: []string{old}})); got != "LS4004 contacts Limit" {
			t.Errorf("%s: the file by itself: %q", name, got)
		}
	}
}

func TestContractsWithoutProject(t *testing.T) {
	dir := t.TempDir()
	text, err := os.ReadFile(filepath.Join(feedsDir, "valid", "contracts", "leads.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	good := write(t, dir, "leads.yaml", string(text))
	if r := check(t, validate.Options{Project: dir, Files: []string{good}}); r.Err() != nil {
		t.Errorf("a good contract: %v", r.Err())
	}
	bad := write(t, dir, "bad.yaml", strings.Replace(string(text), "logicalType: date", "logicalType: date, logicalTypeOptions: {minimum: soon}", 1))
	r := check(t, validate.Options{Project: dir, Files: []string{good, bad}})
	var failed *validate.Failed
	if !errors.As(r.Err(), &failed) || !failed.Config || r.Findings[0].Code != fault.ContractPlan || r.Findings[0].File != "bad.yaml" {
		t.Errorf("a contract that can't be followed: %v %s", r.Err(), codesOf(r))
	}
}

func TestUsage(t *testing.T) {
	dir := project(t, "valid")
	stranger := write(t, t.TempDir(), "stranger.csv", "a;b\n")
	other := write(t, t.TempDir(), "other.yaml", "a: b\n")
	for name, o := range map[string]validate.Options{
		"unknown feed":     {Project: dir, Feeds: []string{"contact"}},
		"no feed's file":   {Project: dir, Files: []string{stranger}},
		"not its contract": {Project: dir, Files: []string{other}},
	} {
		_, err := validate.Run(context.Background(), o)
		var usage *validate.UsageError
		if !errors.As(err, &usage) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if r := check(t, validate.Options{Project: t.TempDir()}); codesOf(r) != "LS1008  " || !strings.Contains(said(t, r), "--project") {
		t.Errorf("no project: %s", said(t, r))
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := validate.Run(ctx, validate.Options{Project: dir}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestBaseline accepts what is there; what is added fails, and a line that
// moves does not.
func TestBaseline(t *testing.T) {
	dir := project(t, "bad_rows")
	before := check(t, validate.Options{Project: dir})
	text, err := json.Marshal(before.Baseline())
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "31.02.1980") || strings.Contains(string(text), "ann@example.org") {
		t.Error("the baseline holds personal values")
	}
	known, err := validate.ReadBaseline(text)
	if err != nil {
		t.Fatal(err)
	}
	again := check(t, validate.Options{Project: dir})
	again.Forgive(known)
	if again.Err() != nil || again.Known < 20 {
		t.Errorf("known violations fail: %v, %d known", again.Err(), again.Known)
	}
	path := filepath.Join(dir, "drops", "contacts_2026-03-31.csv")
	drop, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	header, rows, _ := strings.Cut(string(drop), "\n")
	write(t, dir, "drops/contacts_2026-03-31.csv", header+"\nC-90;New;Row;new@example.org;;A;1\nC-91;New;Row;n2@example.org;;X;1\n"+rows)
	more := check(t, validate.Options{Project: dir})
	more.Forgive(known)
	if got := codesOf(more); got != "LS4012 contacts Segment" || more.Findings[0].Count != 1 || more.Findings[0].Places[0].Line != 3 {
		t.Errorf("after one more bad row:\n%s", said(t, more))
	}
	for name, bad := range map[string]string{
		"no JSON": "{", "other version": `{"version": 9, "violations": []}`, "unknown key": `{"version": 1, "violation": []}`, "more": `{"version": 1} {}`,
	} {
		if _, err := validate.ReadBaseline([]byte(bad)); err == nil {
			t.Errorf("baseline with %s passes", name)
		}
	}
}

// TestFormats reads each format back as its readers do.
func TestFormats(t *testing.T) {
	dir := project(t, "bad_rows")
	r := check(t, validate.Options{Project: dir})
	out := map[string]string{}
	for _, format := range validate.Formats() {
		var b bytes.Buffer
		if err := r.Write(&b, format, "v1"); err != nil {
			t.Fatal(err)
		}
		out[format] = b.String()
	}
	var document struct {
		OK       bool
		Findings []struct {
			Code, File string
			Count      int
			Places     []struct{ Line, Char int }
		}
	}
	if err := json.Unmarshal([]byte(out["json"]), &document); err != nil || document.OK || len(document.Findings) != len(r.Findings) {
		t.Errorf("json: %v, %d findings", err, len(document.Findings))
	}
	var suites struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Cases    []struct {
			Name string `xml:"name,attr"`
		} `xml:"testsuite>testcase"`
	}
	if err := xml.Unmarshal([]byte(out["junit"]), &suites); err != nil || suites.Tests != len(suites.Cases) || suites.Failures < 15 {
		t.Errorf("junit: %v %+v", err, suites)
	}
	checkSARIF(t, out["sarif"], len(r.Findings))
	for _, name := range []string{"refused", "bad_config", "drift", "promises"} { // also what stands at no file
		r := check(t, validate.Options{Project: project(t, name)})
		var b bytes.Buffer
		if err := r.Write(&b, "sarif", "v1"); err != nil {
			t.Fatal(err)
		}
		checkSARIF(t, b.String(), len(r.Findings))
	}
	lines := strings.Split(strings.TrimSpace(out["github"]), "\n")
	if len(lines) != len(r.Findings) {
		t.Errorf("github: %d commands for %d findings", len(lines), len(r.Findings))
	}
	if want := "::error file=drops/contacts_2026-03-31.csv,line=4,col=35,title=LS4009 contacts::"; !strings.Contains(out["github"], want) {
		t.Errorf("github lacks %s:\n%s", want, out["github"])
	}
	var usage *validate.UsageError
	if err := r.Write(&bytes.Buffer{}, "yaml", ""); !errors.As(err, &usage) {
		t.Errorf("an unknown format: %v", err)
	}
}

func checkSARIF(t *testing.T, text string, findings int) {
	t.Helper()
	var log struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Level     string
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           *struct{ StartLine int }
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(text), &log); err != nil || log.Version != "2.1.0" || len(log.Runs) != 1 || len(log.Runs[0].Results) != findings {
		t.Fatalf("sarif: %v", err)
	}
	run := log.Runs[0]
	for _, result := range run.Results {
		if run.Tool.Driver.Rules[result.RuleIndex].ID != result.RuleID {
			t.Errorf("rule %s stands at another index", result.RuleID)
		}
		if len(result.Locations) == 0 {
			t.Errorf("%s has no place, which code scanning refuses", result.RuleID)
		}
		for _, l := range result.Locations {
			if l.PhysicalLocation.ArtifactLocation.URI == "" || l.PhysicalLocation.Region != nil && l.PhysicalLocation.Region.StartLine < 1 {
				t.Errorf("%s has location %+v", result.RuleID, l)
			}
		}
	}
}

// TestLinesStayLines: what is delivered does not steer what is written.
func TestLinesStayLines(t *testing.T) {
	dir := project(t, "valid")
	write(t, dir, "drops/orders_2026-04-01.jsonl", `{"id": "O-5", "customer": "C-1", "total": "1\n::error::x"}`+"\n")
	r := check(t, validate.Options{Project: dir})
	for _, format := range []string{"text", "github"} {
		var b bytes.Buffer
		if err := r.Write(&b, format, ""); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if strings.HasPrefix(line, "::error::x") {
				t.Errorf("%s: a delivered value begins a line:\n%s", format, b.String())
			}
		}
	}
}

// TestEncodings proposes the encoding a text was written in.
func TestEncodings(t *testing.T) {
	for encoding, sample := range map[string]string{
		"windows-1252": "Ren\xe9;Fr\xe8re;o\xf9 \x80 5\n", // in Cyrillic each of these is a letter
		"windows-1250": "\xa3ukasz;\xa3\xf3d\x9f;W\xea\xbfyk\n",
		"windows-1251": "\xc8\xe2\xe0\xed;\xcf\xe5\xf2\xf0\xee\xe2\n",
		"macintosh":    "M\x9fller;Stra\xa7e;Ren\x8e\n",
		"shift_jis":    "\x83\x54\x83\x93\x83\x76\x83\x8b;\x93\x8c\x8b\x9e\n",
		"gb18030":      "\xc9\xcf\xba\xa3;\xb1\xb1\xbe\xa9\n",
	} {
		t.Run(encoding, func(t *testing.T) {
			dir := project(t, "encoding")
			for _, name := range []string{"people_2026-03-31.csv", "people_2026-04-01.csv", "people_2026-04-02.csv"} {
				if err := os.Remove(filepath.Join(dir, "drops", name)); err != nil {
					t.Fatal(err)
				}
			}
			rest := strings.Repeat(";", 6-strings.Count(sample, ";"))
			write(t, dir, "drops/people_2026-03-31.csv", "ContactID;FName;LName;email;Born;Segment;Limit\n"+strings.TrimSuffix(sample, "\n")+rest+"\n")
			text := said(t, check(t, validate.Options{Project: dir, Feeds: []string{"people"}}))
			if !strings.Contains(text, "set encoding: "+encoding+" ") {
				t.Errorf("want %s:\n%s", encoding, text)
			}
		})
	}
}
