package config

import (
	"errors"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"loadstar/dedupe"
	"loadstar/schemas/fault"
)

const contract = `apiVersion: v3.1.0
kind: DataContract
id: orders
name: orders
version: 1.0.0
status: active
customProperties:
  - {property: dialect, value: {format: csv}}
  - {property: delivery, value: append}
schema:
  - name: orders
    customProperties: [{property: entity, value: order}]
    properties: [{name: order_id}]
`

const valid = `version: 1
company: {name: Example, time_zone: Europe/Berlin, currency: EUR, country: DE}
connections:
  billing: {driver: sqlite, dsn: billing.sqlite}
feeds:
  orders:
    contract: orders.yaml
    from: {csv: "${FEEDS:-feeds}/orders_*.csv"}
`

func load(t *testing.T, text string, env map[string]string) (Config, error) {
	t.Helper()
	return loadWith(t, text, contract, env)
}

// loadWith is load with another contract of feed orders.
func loadWith(t *testing.T, text, contract string, env map[string]string) (Config, error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "orders.yaml"), []byte(contract), 0o600); err != nil {
		t.Fatal(err)
	}
	return parse(filepath.Join(dir, FileName), []byte(text), func(name string) (string, bool) {
		v, ok := env[name]
		return v, ok
	})
}

func TestLoad(t *testing.T) {
	c, err := load(t, valid, map[string]string{"FEEDS": "drops"})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Feeds) != 1 || c.Feeds[0].From.Pattern != "drops/orders_*.csv" || c.Feeds[0].Contract.Dialect.Format != "csv" {
		t.Errorf("feeds read wrong: %+v", c.Feeds)
	}
	if c.KeepVersions != 3 || c.MemoryLimit != "1GB" || c.Company.FiscalYearStart != 1 {
		t.Errorf("defaults missing: %+v", c)
	}
	c, err = load(t, valid, nil)
	if err != nil || c.Feeds[0].From.Pattern != "feeds/orders_*.csv" {
		t.Errorf("default of a variable not taken: %v %+v", err, c.Feeds)
	}
}

func TestLoadRefuses(t *testing.T) {
	for name, test := range map[string]struct{ from, to, want string }{
		"unknown key":        {"company:", "compony:", ":2:1: "},
		"unset variable":     {"${FEEDS:-feeds}", "${FEEDS}", ":8:18: "},
		"version":            {"version: 1", "version: 2", "version: 1"},
		"zone":               {"Europe/Berlin", "Europe/Berlim", "time_zone"},
		"two sources":        {"from: {csv:", "from: {table: x, csv:", "exactly one"},
		"unknown connection": {`from: {csv: "${FEEDS:-feeds}/orders_*.csv"}`, "from: {table: orders, connection: biling}", `"biling"`},
		"driver":             {"driver: sqlite", "driver: oracle", ""},
		"contract missing":   {"contract: orders.yaml", "contract: order.yaml", "read contract"},
		"format differs":     {"from: {csv:", "from: {jsonl:", "give both one format"},
		"list of feeds":      {"  orders:\n", "  - orders:\n", "found a list"},
		"name differs":       {"  orders:\n", "  order:\n", "one name"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(valid, test.from, test.to, 1)
			if text == valid {
				t.Fatal("the test changes nothing")
			}
			_, err := load(t, text, nil)
			if name == "driver" { // unused connections are not judged
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("error %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestLoadFindsAll(t *testing.T) {
	text := strings.NewReplacer("version: 1", "version: 2", "Europe/Berlin", "Europe/Berlim", "contract: orders.yaml", "contract: order.yaml",
		"company:", "compeny: {}\ncompany:", "driver:", "drivr:").Replace(valid)
	_, err := load(t, text, nil)
	var list fault.List
	if !errors.As(err, &list) || len(list) != 5 {
		t.Fatalf("errors\n%v\nwant 5", err)
	}
	for _, e := range list {
		if e.Code == "" || e.At.Line == 0 || filepath.Base(e.File) != FileName {
			t.Errorf("%s %v lacks code or place", e.Code, e)
		}
	}
}

func TestErrorsKeepSecrets(t *testing.T) {
	text := strings.Replace(valid, "dsn: billing.sqlite", "dsn: ${SECRET}, port: 5", 1)
	_, err := load(t, text, map[string]string{"SECRET": "hunter2"})
	if err == nil || strings.Contains(err.Error(), "hunter2") {
		t.Fatalf("error %v, want one without the secret", err)
	}
}

// TestVariablesStayValues: what stands for a variable is one value, whatever
// signs it holds, or an error that shows nothing of it.
func TestVariablesStayValues(t *testing.T) {
	for name, test := range map[string]struct{ written, value, want string }{
		"plain":               {"${V}", "hunter2", "hunter2"},
		"an address":          {"${V}", "postgres://me:pw@host:5432/db?sslmode=require", "postgres://me:pw@host:5432/db?sslmode=require"},
		"quoted":              {`"${V}"`, "a}, secret: b #c", "a}, secret: b #c"},
		"single quotes":       {`'${V}'`, `a\b"c`, `a\b"c`},
		"a number":            {"${V}", "0071", "0071"},
		"empty":               {"x${V}", "", "x"},
		"beside text":         {"a-${V}.sqlite", "b", "a-b.sqlite"},
		"ends the mapping":    {"${V}", "a}, secret: b", ""},
		"another key":         {"${V}", "a, secret: b", ""},
		"a comment":           {"${V}", "a #secret", ""},
		"a list":              {"${V}", "[a, secret]", ""},
		"an alias":            {"${V}", "*secret", ""},
		"an open quote":       {"${V}", `"secret`, ""},
		"a quote in quotes":   {`"${V}"`, `a"secret`, ""},
		"an escape in quotes": {`"${V}"`, `a\nsecret`, ""},
		"several lines":       {"${V}", "a\nsecret: b", ""},
		"a tag":               {"${V}", "!!secret a", ""},
		"white space around":  {"'${V}'", " a ", " a "},
	} {
		text := strings.Replace(valid, "dsn: billing.sqlite", "dsn: "+test.written, 1)
		c, err := load(t, text, map[string]string{"V": test.value})
		switch {
		case test.want == "" && (fault.CodeOf(err) != fault.ConfigVariable || strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), ":4:3")):
			t.Errorf("%s: %v, want an error with the place and without the value", name, err)
		case test.want != "" && (err != nil || c.Connections["billing"].DSN != test.want):
			t.Errorf("%s: %q %v, want %q", name, c.Connections["billing"].DSN, err, test.want)
		}
	}
}

func TestParseTime(t *testing.T) {
	berlin := Company{TimeZone: "Europe/Berlin"}
	for text, want := range map[string]string{
		"2026-03-31":                "2026-03-31T21:59:59.999999Z",
		"2026-03-31T18:00":          "2026-03-31T16:00:00Z",
		"2026-03-31T18:00:00+05:00": "2026-03-31T13:00:00Z",
	} {
		got, err := berlin.ParseTime(text)
		if err != nil || got.Format("2006-01-02T15:04:05.999999Z07:00") != want {
			t.Errorf("%s: %v %v, want %s", text, got, err, want)
		}
	}
	if _, err := berlin.ParseTime("31.3.2026"); err == nil {
		t.Error("31.3.2026 passes")
	}
}

func TestAttributesAndHours(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"customer_attributes: [news, N-EWS]", "one column"},
		{"customer_attributes: ['--']", "no letter"},
		{"dedupe: {survivorship: {email: [most_trusted, newest]}}", `dedupe.survivorship of email: "newest" is not`},
		{"dedupe: {survivorship: {street: [longest]}}", `dedupe.survivorship of "street": rules can be set for account_id, address,`},
		{"company: {business_hours: {opens: '17:00', closes: '09:00'}}", "not before"},
		{"company: {business_hours: {opens: nine, closes: '10:00'}}", "no time of the day"},
		{"company: {business_hours: {days: [0]}}", "1 (Monday)"},
		{"company: {business_hours: {holidays: [2026-02-29]}}", "no day like"},
		{"company: {business_hours: {holidays: [12-32]}}", "no day like"},
	} {
		_, err := parse("loadstar.yaml", []byte("version: 1\n"+c.line+"\n"), nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", c.line, err, c.want)
		}
	}
}

// TestSurvivorship: fields that have rules of their own go by these, the others
// by the usual ones.
func TestSurvivorship(t *testing.T) {
	const feeds = "feeds:\n  mine: {contract: 'builtin:crm/account', system: billing, from: {csv: a.csv}}\n"
	c, err := parse("loadstar.yaml", []byte("version: 1\ndedupe: {trusted_systems: [billing], survivorship: {address: [most_trusted, most_complete]}}\n"+feeds), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = parse("loadstar.yaml", []byte("version: 1\ndedupe: {trusted_systems: [biling]}\n"+feeds), nil)
	if err == nil || !strings.Contains(err.Error(), `trusted_systems: "biling"`) || !strings.Contains(err.Error(), "did you mean billing?") {
		t.Errorf("a system that no feed belongs to: error %v", err)
	}
	rules, usual := c.Dedupe.Rules(), dedupe.DefaultRules()
	if !slices.Equal(rules.Fields["address"], []dedupe.Rule{dedupe.MostTrusted, dedupe.MostComplete}) ||
		!slices.Equal(rules.Fields["name"], usual.Fields["name"]) || !slices.Equal(rules.Trusted, []string{"billing"}) {
		t.Errorf("rules %+v", rules)
	}
}

func TestBuiltinContracts(t *testing.T) {
	for _, c := range []struct{ contract, want string }{
		{"contract: builtin:salesforce/acount", "salesforce has"},
		{"contract: builtin:nobody/x", "contracts for crm"},
		{"contract: builtin:../crm/account", "no contract"},
		{"contract: builtin:crm/account, delivery: weekly", "snapshot, delta or append"},
		{"contract: none.yaml, system: x", "builtin contract"},
	} {
		text := "version: 1\nfeeds:\n  a: {" + c.contract + ", from: {csv: a.csv}}\n"
		_, err := parse(filepath.Join(t.TempDir(), "loadstar.yaml"), []byte(text), nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", c.contract, err, c.want)
		}
	}
	good, err := parse("loadstar.yaml", []byte("version: 1\nfeeds:\n  mine: {contract: 'builtin:crm/account', system: two, delivery: delta, from: {csv: a.csv}}\n"), nil)
	if err != nil || good.Feeds[0].Contract.System != "two" || good.Feeds[0].Contract.Feed != "mine" || good.Feeds[0].Contract.Delivery != "delta" {
		t.Errorf("feeds %+v, error %v", good.Feeds, err)
	}
}

// TestUser: whoever runs the program has a name also where $USER is not set.
func TestUser(t *testing.T) {
	u, err := user.Current()
	if err != nil {
		t.Skip("the system knows no user")
	}
	for env, want := range map[string]string{"": u.Username, "a clerk": "a clerk"} {
		t.Setenv("USER", env)
		if got := User(); got != want {
			t.Errorf("USER=%q: %q, want %q", env, got, want)
		}
	}
}
