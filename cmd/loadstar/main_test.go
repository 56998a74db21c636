package main_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"loadstar/cmd/internal/cli"
)

// asLoadstar makes the test binary behave as the program, so that a test can
// kill it.
const asLoadstar = "LOADSTAR_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asLoadstar) != "" {
		os.Exit(cli.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

func loadstar(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), asLoadstar+"=1")
	return cmd
}

// say runs one command line in this process.
func say(t *testing.T, want int, args ...string) string {
	t.Helper()
	var out, errOut bytes.Buffer
	if code := cli.Run(args, strings.NewReader(""), &out, &errOut); code != want {
		t.Fatalf("loadstar %s: exit code %d, want %d\n%s", strings.Join(args, " "), code, want, errOut.String())
	}
	return out.String() + errOut.String()
}

func sampleCompany(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "company")
	say(t, 0, "generate", "--customers", "60", "--days", "2", "--seed", "5", "--out", dir)
	return dir
}

// keepAll keeps every version: a kill may come after the publish, and the next
// trial then goes back to the first version.
func keepAll(t *testing.T, dir string) {
	t.Helper()
	path := filepath.Join(dir, "loadstar.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	kept := strings.Replace(string(text), "keep_versions: 3", "keep_versions: 99", 1)
	if kept == string(text) {
		t.Fatal("keep_versions is not where the test looks for it")
	}
	if err := os.WriteFile(path, []byte(kept), 0o600); err != nil {
		t.Fatal(err)
	}
}

// kills is how often a run is killed at a random moment.
const kills = 20

func TestKilledAtRandomTimes(t *testing.T) {
	if testing.Short() {
		t.Skip("kills many runs")
	}
	dir := sampleCompany(t)
	keepAll(t, dir)
	say(t, 0, "run", "-C", dir, "--as-of", "2026-03-31")
	before := say(t, 0, "digest", "-C", dir)
	undisturbed := sampleCompany(t)
	say(t, 0, "run", "-C", undisturbed, "--as-of", "2026-03-31")
	from := time.Now()
	say(t, 0, "run", "-C", undisturbed)
	length := time.Since(from)
	after := say(t, 0, "digest", "-C", undisturbed)
	random := rand.New(rand.NewPCG(7, 11))
	killed := 0
	for range kills {
		cmd := loadstar("run", "-C", dir)
		cmd.Stdout, cmd.Stderr = io.Discard, io.Discard
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(random.Int64N(int64(length))), func() { _ = cmd.Process.Kill() })
		var exit *exec.ExitError
		if err := cmd.Wait(); errors.As(err, &exit) {
			killed++
		}
		timer.Stop()
		switch now := say(t, 0, "digest", "-C", dir); now {
		case before:
		case after:
			say(t, 0, "rollback", "-C", dir, "--to", "1")
		default:
			t.Fatalf("after a kill the version is neither the old nor the new one:\n%s", now)
		}
	}
	if killed == 0 {
		t.Error("no run was killed: the test tests nothing")
	}
	say(t, 0, "run", "-C", dir)
	if now := say(t, 0, "digest", "-C", dir); now != after {
		t.Errorf("the rerun differs from an undisturbed run:\n%s\nwant\n%s", now, after)
	}
}

func TestCommands(t *testing.T) {
	dir := sampleCompany(t)
	if out := say(t, 1, "query", "-C", dir, "select 1"); !strings.Contains(out, "loadstar run") {
		t.Errorf("a query before the first run does not say what to do: %s", out)
	}
	say(t, 0, "run", "-C", dir, "--as-of", "2026-03-31")
	out := say(t, 0, "run", "-C", dir, "--log-format", "text")
	if lines := strings.Count(out[strings.Index(out, "Version "):], "\n"); lines > 25 { // before it stand steps that took long
		t.Errorf("the summary has %d lines, more than a screen", lines)
	}
	for _, test := range []struct {
		want int
		has  string
		args []string
	}{
		{0, "Prospecting", []string{"report"}},
		{0, "* 2", []string{"status"}},
		{0, "quarantine", []string{"quarantine", "--help"}},
		{0, "rule", []string{"quarantine", "list"}},
		{2, "did you mean csv.ragged?", []string{"quarantine", "list", "--rule", "csv.raged"}},
		{0, "type.number", []string{"quarantine", "list", "--rule", "LS4004"}},
		{0, "No row that broke rule fixed.long", []string{"quarantine", "list", "--rule", "fixed.long"}},
		{2, "there is no rule", []string{"quarantine", "export", "--rule", "nosuch", "--annotate", filepath.Join(dir, "back")}},
		{2, "--limit -1", []string{"quarantine", "list", "--limit", "-1"}},
		{0, "raw", []string{"quarantine", "export"}},
		{0, "42", []string{"query", "select 42 as answer"}},
		{0, `{"answer":42}`, []string{"query", "--format", "json", "select 42 as answer"}},
		{0, "answer\n42", []string{"query", "--format", "csv", "select 42 as answer"}},
		{0, "PAR1", []string{"query", "--format", "parquet", "select 42 as answer"}},
		{0, "ods", []string{"query", "select 'ods' as x, count(*) from ods.customer"}},
		{0, "activities_2026-03-31.csv", []string{"trace", "fact_touch", "row_id > 0"}},
		{1, `write one as "customer_key = 12"`, []string{"trace", "dim_customer", "12"}},
		{2, "count from 1", []string{"trace", "activities_2026-03-31.csv:0"}},
		{2, "count from 1", []string{"trace", "activities_2026-03-31.csv:99999999999999999999"}},
		{2, "write FILE:LINE", []string{"trace", "feeds/activities_2026-03-31.csv"}},
		{0, "activity: loaded", []string{"trace", "activities_2026-03-31.csv:2"}},
		{0, "nothing was published", []string{"run"}},
	} {
		args := append([]string{test.args[0]}, append([]string{"-C", dir}, test.args[1:]...)...)
		if out := say(t, test.want, args...); !strings.Contains(out, test.has) {
			t.Errorf("loadstar %s: lacks %q:\n%s", strings.Join(test.args, " "), test.has, out)
		}
	}
	tryDocs(t, dir)
	tryCheck(t, dir)
	if out := say(t, 2, "query", "-C", dir, "drop table dim_customer"); out == "" {
		t.Error("a query changes the version")
	}
	if out := say(t, 2, "query", "-C", dir, "select 1; select 2"); !strings.Contains(out, "one statement") {
		t.Errorf("two statements: %s", out)
	}
	tryCustomers(t, dir)
}

func TestExitCodes(t *testing.T) {
	dir := t.TempDir()
	say(t, 2, "run", "-C", dir)
	say(t, 2, "run", "--no-such-flag")
	say(t, 2, "no-such-command")
	say(t, 2, "generate")
	say(t, 0, "--help")
	if err := os.WriteFile(filepath.Join(dir, "loadstar.yaml"), []byte("version: 1\nfeds: {}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := say(t, 2, "run", "-C", dir); !strings.Contains(out, "loadstar.yaml") || !strings.Contains(out, ":2:1: ") {
		t.Errorf("an unknown key is not named with its place: %s", out)
	}
}

// tryCheck runs the checks on the current version, on a copy of its file and
// on what is none, and with a check of the project that finds rows.
func tryCheck(t *testing.T, dir string) {
	t.Helper()
	if out := say(t, 0, "check", "-C", dir, "--all"); !strings.Contains(out, "passed") || !strings.Contains(out, "0 not run") {
		t.Errorf("check of the current version:\n%s", out)
	}
	outside := t.TempDir()
	text, err := os.ReadFile(filepath.Join(dir, "warehouse", "current", "warehouse.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(outside, "copy.duckdb")
	junk := filepath.Join(outside, "junk.duckdb")
	for path, content := range map[string][]byte{copied: text, junk: []byte("no database")} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if out := say(t, 0, "check", "-C", outside, copied, "--all"); !strings.Contains(out, "needs ods.duckdb") {
		t.Errorf("check of a copied file does not say what it left out:\n%s", out)
	}
	for _, test := range []struct {
		want int
		has  string
		args []string
	}{
		{1, "no warehouse file", []string{"-C", outside, junk}},
		{2, "no such file", []string{"-C", outside, filepath.Join(outside, "absent.duckdb")}},
		{2, "not both", []string{"-C", dir, "--version", "1", copied}},
		{2, "no check is called", []string{"-C", dir, "--only", "nonsense"}},
		{2, "read configuration", []string{"-C", outside}},
		{1, "99", []string{"-C", dir, "--version", "99"}},
	} {
		if out := say(t, test.want, append([]string{"check"}, test.args...)...); !strings.Contains(out, test.has) {
			t.Errorf("loadstar check %v lacks %q:\n%s", test.args, test.has, out)
		}
	}
	addOwn(t, dir, "checks", "checks/none_at_all.sql",
		"-- Question: Is there no customer?\n-- Severity: error\nselect customer_key, email from warehouse.dim_customer where email is not null")
	if out := say(t, 3, "check", "-C", dir); !strings.Contains(out, "none_at_all") || strings.Contains(out, "@") {
		t.Errorf("the project's own check is not run, or shows personal values:\n%s", out)
	}
}

// tryDocs writes the pages of the current version: all questions of the
// tutorial are answered, and no customer is named.
func tryDocs(t *testing.T, dir string) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "pages")
	if said := say(t, 0, "docs", "-C", dir, "--out", out); !strings.Contains(said, "index.html") {
		t.Errorf("docs does not say what it wrote: %s", said)
	}
	page, err := os.ReadFile(filepath.Join(out, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	names := say(t, 0, "query", "-C", dir, "--format", "csv", "select display_name from dim_customer where customer_key > 0 and party_type = 'person' and contains(display_name, ' ')")
	staff := say(t, 0, "query", "-C", dir, "--format", "csv", "select name from dim_employee")
	for _, name := range strings.Split(strings.TrimSpace(names), "\n")[1:] {
		if bytes.Contains(page, []byte(name)) && !strings.Contains(staff, name) {
			t.Errorf("the pages name a customer")
		}
	}
	say(t, 2, "docs", "-C", dir, filepath.Join(dir, "absent.duckdb"))
	say(t, 1, "docs", "-C", dir, filepath.Join(dir, "loadstar.yaml"))
	say(t, 1, "docs", "-C", dir, "--out", filepath.Join(dir, "loadstar.yaml"))
}

// addOwn adds a file to a project folder and names its folder in loadstar.yaml.
func addOwn(t *testing.T, dir, key, name, content string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	settings := filepath.Join(dir, "loadstar.yaml")
	text, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(settings, append(text, []byte("\n"+key+": "+filepath.Dir(name)+"\n")...), 0o600); err != nil {
		t.Fatal(err)
	}
}

// hasFeedback looks at what goes back to the systems after a person set the
// city of a customer: who and why, no part of an address that a system keeps
// whole, and no line about somebody who refused nothing.
func hasFeedback(t *testing.T, dir, key string) {
	t.Helper()
	out := t.TempDir()
	say(t, 0, "export", "-C", dir, "feedback", "--out", out)
	files, err := filepath.Glob(filepath.Join(out, "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("feedback of %v, error %v", files, err)
	}
	isSet := false
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		isSet = isSet || strings.Contains(string(text), ","+key+",city,") && strings.Contains(string(text), ",Hull,set by a clerk: asked\n")
		for _, not := range []string{",street,", ",house_number,", ",false,refused marketing"} {
			if strings.Contains(string(text), not) {
				t.Errorf("%s has a line with %q", filepath.Base(file), not)
			}
		}
	}
	if !isSet {
		t.Error("no system is told who set the city, and why")
	}
}

// tryCustomers corrects a customer, selects some for a campaign and writes
// the feedback; the next run knows of all three.
func tryCustomers(t *testing.T, dir string) {
	t.Helper()
	out := t.TempDir()
	addOwn(t, dir, "segments", "segments/with_mail.sql", "-- Question: Who has an address?\nselect customer_key from dim_customer where email is not null;\n")
	one := func(query string) string {
		return strings.Split(strings.TrimSpace(say(t, 0, "query", "-C", dir, "--format", "csv", query)), "\n")[1]
	}
	key := one("select min(customer_key) from dim_customer where customer_key > 0 and email is not null and not coalesce(is_opted_out, false)")
	campaign := one("select min(campaign_id) from dim_campaign where campaign_key > 0")
	for _, test := range []struct {
		want int
		has  string
		args []string
	}{
		{2, "--why is missing", []string{"customer", "set", key, "email=a@b.example", "--who", "x"}},
		{2, "cannot be set", []string{"customer", "set", key, "shoe=44", "--why", "x", "--who", "x"}},
		{2, "no customer_key", []string{"customer", "set", "Ann", "city=Hull", "--why", "x", "--who", "x"}},
		{2, "not FIELD=VALUE", []string{"customer", "set", key, "city", "--why", "x", "--who", "x"}},
		{1, "no record is customer", []string{"customer", "set", "999999", "city=Hull", "--why", "x", "--who", "x"}},
		{2, "nobody has set", []string{"customer", "unset", key, "city", "--why", "x", "--who", "x"}},
		{0, "holds from the next", []string{"customer", "set", key, "city=Hull", "--why", "asked", "--who", "a clerk"}},
		{2, "say what becomes", []string{"segment", "with_mail"}},
		{2, "read segment", []string{"segment", "nothing", "--out", filepath.Join(out, "x.csv")}},
		{2, "lower-case", []string{"segment", "../etc", "--out", filepath.Join(out, "x.csv")}},
		{2, "no campaign has", []string{"segment", "with_mail", "--campaign", "nonsense", "--who", "x"}},
		{0, "customers selected", []string{"segment", "with_mail", "--campaign", campaign, "--out", filepath.Join(out, "list.csv"), "--who", "a clerk"}},
		{1, "not overwritten", []string{"segment", "with_mail", "--out", filepath.Join(out, "list.csv")}},
		{2, "no feed comes from", []string{"export", "feedback", "--system", "nonsense", "--out", out}},
		{0, "feedback_", []string{"export", "feedback", "--out", out}},
		{1, "not overwritten", []string{"export", "feedback", "--out", out}},
	} {
		if said := say(t, test.want, append([]string{test.args[0], "-C", dir}, test.args[1:]...)...); !strings.Contains(said, test.has) {
			t.Errorf("loadstar %s lacks %q:\n%s", strings.Join(test.args, " "), test.has, said)
		}
	}
	list, err := os.ReadFile(filepath.Join(out, "list.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, refusing := range strings.Split(say(t, 0, "query", "-C", dir, "--format", "csv", "select customer_key from dim_customer where is_opted_out"), "\n")[1:] {
		if refusing != "" && strings.Contains("\n"+string(list), "\n"+refusing+",") {
			t.Errorf("customer %s refused marketing and stands in the list", refusing)
		}
	}
	addOwn(t, dir, "marts", "marts/cities.sql", "-- Question: How many customers live in each city?\n-- Column city: town\nselect city, count(*) as n from dim_customer where customer_key > 0 group by city\n")
	if err := os.Remove(filepath.Join(dir, "checks", "none_at_all.sql")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "checks", "fine.sql"), []byte("-- Question: Is one two?\n-- Severity: error\nselect 1 where 1 = 2"), 0o600); err != nil {
		t.Fatal(err)
	}
	say(t, 0, "run", "-C", dir)
	if city := one("select city from dim_customer where customer_key = " + key); city != "Hull" {
		t.Errorf("the customer lives in %s, a person said Hull", city)
	}
	if n := one("select n >= 1 from cities where city = 'Hull'"); n != "true" {
		t.Errorf("the project's own mart answers %s", n)
	}
	hasFeedback(t, dir, key)
	lines := strings.Count(strings.TrimSpace(string(list)), "\n")
	if n := one("select count(*) = " + strconv.Itoa(lines) + " from fact_campaign_member inner join dim_campaign using (campaign_key) where campaign_id = '" + campaign + "' and selected_at > timestamptz '2026-03-01' and customer_key > 0"); n != "true" {
		t.Errorf("the %d selected customers do not stand in fact_campaign_member", lines)
	}
}
