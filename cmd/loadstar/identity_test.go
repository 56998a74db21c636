package main_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"loadstar/cmd/internal/cli"
)

// TestExplainAndReview looks at a merged pair, judges doubtful pairs at the
// terminal and in a sheet, and sees the next run obey.
func TestExplainAndReview(t *testing.T) {
	dir := sampleCompany(t)
	say(t, 0, "run", "-C", dir, "--as-of", "2026-03-31")
	customer := strings.TrimSpace(say(t, 0, "query", "-C", dir, "--format", "csv",
		"select customer_key from ods.idn.source_record group by all having count(*) = 3 order by all limit 1"))
	customer = strings.TrimPrefix(customer, "customer_key\n")
	out := say(t, 0, "explain", "customer", customer, "-C", dir)
	for _, want := range []string{"RECORDS", "WHAT HOLDS THEM TOGETHER", "WHERE ITS VALUES CAME FROM", "HISTORY", "create", masked} {
		if !strings.Contains(out, want) {
			t.Errorf("explain customer %s lacks %q:\n%s", customer, want, out)
		}
	}
	records := regexp.MustCompile(`(?m)^ (crm|store|billing|sales) +(\S+) +\d+ *$`).FindAllStringSubmatch(out, 2)
	if len(records) != 2 {
		t.Fatalf("no two records in\n%s", out)
	}
	left, right := records[0][1]+":"+records[0][2], records[1][1]+":"+records[1][2]
	if out := say(t, 0, "explain", "pair", left, right, "-C", dir); !strings.Contains(out, "prior") || !strings.Contains(out, "is customer "+customer) {
		t.Errorf("explain pair:\n%s", out)
	}
	say(t, 1, "explain", "customer", "987654321", "-C", dir)
	say(t, 2, "explain", "customer", "Ann", "-C", dir)
	say(t, 1, "explain", "pair", "crm:nobody", "crm:no one", "-C", dir)

	var screen strings.Builder
	if code := cli.Run([]string{"review", "-C", dir, "--who", "clerk"}, strings.NewReader("n\nwhat\nb\nn\ny\nq\n"), &screen, &screen); code != 0 {
		t.Fatalf("review: exit code %d\n%s", code, screen.String())
	}
	if !strings.Contains(screen.String(), "2 judged") {
		t.Errorf("review:\n%s", screen.String())
	}
	sheet := filepath.Join(t.TempDir(), "doubtful.csv")
	say(t, 0, "review", "-C", dir, "--export", sheet, "--limit", "5")
	say(t, 1, "review", "-C", dir, "--export", sheet)
	text, err := os.ReadFile(sheet)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(text), "\n"); n < 2 {
		t.Fatalf("the sheet has %d lines", n)
	}
	if err := os.WriteFile(sheet, []byte(strings.Replace(string(text), "\n,", "\ny,", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := say(t, 0, "review", "-C", dir, "--import", sheet, "--who", "clerk"); !strings.Contains(out, "1 judged") {
		t.Errorf("import: %s", out)
	}
	workbook := filepath.Join(t.TempDir(), "doubtful.xlsx")
	say(t, 0, "review", "-C", dir, "--export", workbook, "--limit", "5")
	if out := say(t, 0, "review", "-C", dir, "--import", workbook, "--who", "clerk"); !strings.Contains(out, "No pair was judged") {
		t.Errorf("a workbook that nobody filled: %s", out)
	}
	edited := filepath.Join(t.TempDir(), "edited.csv")
	if err := os.WriteFile(edited, []byte("verdict,why,left_record,right_record\ny,,crm:nobody,crm:no one\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := say(t, 1, "review", "-C", dir, "--import", edited, "--who", "clerk"); !strings.Contains(out, "line 2: left_record") || !strings.Contains(out, "no record") {
		t.Errorf("keys that were edited: %s", out)
	}
	decisions, err := os.ReadFile(filepath.Join(dir, "warehouse", "decisions", "review.jsonl"))
	if err != nil || strings.Count(string(decisions), "\n") != 5 {
		t.Errorf("5 judgements are not on disk: %v\n%s", err, decisions)
	}
	say(t, 0, "run", "-C", dir, "--as-of", "2026-03-31")
	got := say(t, 0, "query", "-C", dir, "--format", "csv", `select count(*) as judged, count(*) filter (where
    (p.decision = 'same') = (l.customer_key = r.customer_key)) as obeyed
from ods.idn.match_pair as p
inner join ods.idn.source_record as l on p.left_source_customer_key = l.source_customer_key
inner join ods.idn.source_record as r on p.right_source_customer_key = r.source_customer_key
where p.decision in ('same', 'not same')`)
	if got != "judged,obeyed\n3,3\n" {
		t.Errorf("the run does not obey: %s", got)
	}
	past := say(t, 0, "explain", "customer", customer, "-C", dir, "--at", "2026-03-31")
	if !strings.Contains(past, "as of 2026-03-31") || !strings.Contains(past, "customer now") || !strings.Contains(past, records[0][2]) {
		t.Errorf("what the customer was:\n%s", past)
	}
	if out := say(t, 0, "explain", "customer", customer, "-C", dir, "--at", "2026-03-01"); !strings.Contains(out, "there was no customer "+customer) {
		t.Errorf("before the first run:\n%s", out)
	}
	say(t, 2, "explain", "customer", customer, "-C", dir, "--at", "yesterday")
}

// masked is what stands for a personal value.
const masked = "•••"

// TestNames lists names of the published version and judges some.
func TestNames(t *testing.T) {
	dir := sampleCompany(t)
	say(t, 0, "run", "-C", dir, "--as-of", "2026-03-31")
	most := say(t, 0, "names", "list", "-C", dir, "--role", "given", "--status", "accepted", "--limit", "1", "--format", "json")
	name := regexp.MustCompile(`"name":"([a-z]+)"`).FindStringSubmatch(most)
	if name == nil {
		t.Fatalf("no name in %s", most)
	}
	if out := say(t, 0, "names", "list", "-C", dir, "--search", strings.ToUpper(name[1])); !strings.Contains(out, name[1]) || !strings.Contains(out, "accepted") {
		t.Errorf("names list:\n%s", out)
	}
	if out := say(t, 0, "names", "list", "-C", dir, "--since", "1"); !strings.Contains(out, "No name") {
		t.Errorf("names of later runs than the first:\n%s", out)
	}
	if out := say(t, 0, "names", "coverage", "-C", dir); !strings.Contains(out, "100.0 %") || !strings.Contains(out, "different names") {
		t.Errorf("names coverage:\n%s", out)
	}
	say(t, 0, "names", "reject", name[1], "-C", dir, "--who", "clerk")
	say(t, 0, "run", "-C", dir, "--as-of", "2026-03-31")
	if out := say(t, 0, "names", "list", "-C", dir, "--status", "rejected"); !strings.Contains(out, name[1]) {
		t.Errorf("the rejected name is not among\n%s", out)
	}
	for want, args := range map[string][]string{
		"is not new": {"list", "--status", "old"}, "is not given": {"list", "--role", "first"}, "--limit": {"list", "--limit", "-1"},
		"no name token": {"accept", "a b", "--who", "clerk"}, "no form of itself": {"reject", "max=MAX", "--who", "clerk"},
		"--who": {"accept", "max", "--who", ""}, "requires at least 1": {"withdraw", "--who", "clerk"}, "--since": {"list", "--since", "-2"},
	} {
		if out := say(t, 2, append(append([]string{"names"}, args...), "-C", dir)...); !strings.Contains(out, want) {
			t.Errorf("names %v: %s, want %q", args, out, want)
		}
	}
}
