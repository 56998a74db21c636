package config

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func withSource(from, connections string) string {
	text := strings.Replace(valid, `from: {csv: "${FEEDS:-feeds}/orders_*.csv"}`, "from: "+from, 1)
	return strings.Replace(text, "  billing: {driver: sqlite, dsn: billing.sqlite}\n", connections, 1)
}

// inContract drops the format, which the source says.
func loadSource(t *testing.T, from, connections string) (Config, error) {
	t.Helper()
	dir := t.TempDir()
	text := strings.Replace(contract, "  - {property: dialect, value: {format: csv}}\n", "", 1)
	if err := os.WriteFile(filepath.Join(dir, "orders.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return parse(filepath.Join(dir, FileName), []byte(withSource(from, connections)), func(string) (string, bool) { return "", false })
}

const server = "  billing: {driver: postgresql, dsn: 'postgres://reader@db/billing', password: '${env:BILLING_PASSWORD}', timeout: 2h, retries: 0}\n"

func TestSources(t *testing.T) {
	c, err := loadSource(t, "{connection: billing, table: orders, cursor: updated_at, lookback: 10m, deletes: sweep}", server)
	if err != nil {
		t.Fatal(err)
	}
	f, connection := c.Feeds[0].From, c.Connections["billing"]
	if !f.IsPull() || f.IsFile() || !f.Sweep || f.Lookback != "10m" || f.What() != "table orders of billing" || c.Feeds[0].Contract.Dialect.Format != "parquet" {
		t.Errorf("%+v", f)
	}
	if connection.Driver != "postgres" || connection.Waits.Whole != 2*time.Hour || connection.Waits.Connect != 15*time.Second || connection.Retries != 0 {
		t.Errorf("%+v", connection)
	}
	c, err = loadSource(t, "{command: [./pull.sh, -x], fields: [order_id, at], cursor: at, timeout: 90s}", server)
	if err != nil {
		t.Fatal(err)
	}
	f = c.Feeds[0].From
	if with, err := loadSource(t, "{csv: x.csv, with: [{csv: y.csv, key: a, of: b, columns: [c, d]}]}", server); err != nil || len(with.Feeds[0].From.With) != 1 || with.Feeds[0].From.With[0].Of != "b" {
		t.Errorf("%v, %v", with.Feeds, err)
	}
	if f.IsPull() || f.IsFile() || f.Format != "jsonl" || f.Timeout != 90*time.Second || f.What() != "command ./pull.sh" || c.Feeds[0].Contract.Dialect.Format != "jsonl" {
		t.Errorf("%+v", f)
	}
}

func TestSourcesRefuse(t *testing.T) {
	for name, c := range map[string]struct{ from, connections, want string }{
		"driver":             {"{connection: billing, table: orders}", "  billing: {driver: oracle, dsn: x}\n", `"oracle" is not sqlite, postgres or mysql`},
		"no dsn":             {"{connection: billing, table: orders}", "  billing: {driver: mysql}\n", "dsn is missing"},
		"timeout":            {"{connection: billing, table: orders}", "  billing: {driver: mysql, dsn: x, timeout: soon}\n", `timeout is "soon"`},
		"retries":            {"{connection: billing, table: orders}", "  billing: {driver: mysql, dsn: x, retries: -1}\n", "retries is -1"},
		"near connection":    {"{connection: biling, table: orders}", server, "did you mean billing?"},
		"lookback no cursor": {"{connection: billing, table: orders, lookback: 1h}", server, "goes with a cursor"},
		"lookback":           {"{connection: billing, table: orders, cursor: x, lookback: soon}", server, `lookback is "soon"`},
		"sweep no cursor":    {"{connection: billing, table: orders, deletes: sweep}", server, "delivery: snapshot"},
		"deletes":            {"{connection: billing, table: orders, cursor: x, deletes: all}", server, "expected sweep or keep"},
		"output":             {"{command: [x], output: csv}", server, "jsonl or arrow"},
		"cursor no field":    {"{command: [x], fields: [a], cursor: b}", server, "none of the fields"},
		"fields of a table":  {"{connection: billing, table: orders, fields: [a]}", server, "fields goes with command"},
		"cursor of a file":   {"{csv: x.csv, cursor: a}", server, "cursor goes with table or query or command, not with csv"},
		"with of a table":    {"{connection: billing, table: orders, with: [{csv: x.csv, key: a, of: b, columns: [c]}]}", server, "with goes with csv, not with table"},
		"with no key":        {"{csv: x.csv, with: [{csv: y.csv, of: b, columns: [c]}]}", server, "with needs csv, key, of and columns"},
		"with unknown key":   {"{csv: x.csv, with: [{csv: y.csv, key: a, off: b, columns: [c]}]}", server, "off"},
		"both":               {"{command: [x], csv: x.csv}", server, "exactly one"},
		"empty command":      {"{command: []}", server, "exactly one"},
		"unknown key":        {"{comand: [x]}", server, "comand"},
		"command as text":    {"{command: x}", server, ""},
	} {
		_, err := loadSource(t, c.from, c.connections)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), FileName+":") {
			t.Errorf("%s: %v, want %q with its place", name, err, c.want)
		}
	}
}

func TestSecrets(t *testing.T) {
	t.Setenv("LOADSTAR_TEST_SECRET", "p@ss: \"#%")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte("from file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	look := func(c Connection) (Secrets, error) {
		cfg := Config{Dir: dir, Connections: map[string]Connection{"x": c}}
		return cfg.Secrets(context.Background(), "x")
	}
	s, err := look(Connection{Driver: "postgres", DSN: "postgres://u:${env:LOADSTAR_TEST_SECRET}@h/d", Password: "${env:LOADSTAR_TEST_SECRET}"})
	if err != nil || s.DSN != "postgres://u:p%40ss%3A%20%22%23%25@h/d" || s.Password != "p@ss: \"#%" {
		t.Errorf("%+v, %v", s, err)
	}
	s, err = look(Connection{Driver: "mysql", DSN: "u:${file:secret}@tcp(h)/d", Password: "${command:printf x%sz y}"})
	if err != nil || s.DSN != "u:from file@tcp(h)/d" || s.Password != "xyz" {
		t.Errorf("%+v, %v", s, err)
	}
	if s, err = look(Connection{Driver: "sqlite", DSN: "billing.sqlite"}); err != nil || s.DSN != filepath.Join(dir, "billing.sqlite") {
		t.Errorf("%+v, %v", s, err)
	}
	for password, want := range map[string]string{
		"${env:LOADSTAR_TEST_UNSET}": "LOADSTAR_TEST_UNSET is not set", "${file:nowhere}": "nowhere", "${command:no-such-program}": "no-such-program",
		"${command:false}": "exit status 1", "${command:true}": "wrote nothing", "${command: }": "names no program",
		"${command:yes}": "wrote more than 64 KB", "${file:/dev/zero}": "holds more than 64 KB",
	} {
		if _, err := look(Connection{Driver: "mysql", DSN: "x", Password: password}); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "connections.x.password") {
			t.Errorf("%s: %v", password, err)
		}
	}
}

// TestExposed: a password that stands in the file itself is told of; one that
// the file names, in whatever way, is not.
func TestExposed(t *testing.T) {
	t.Parallel()
	connections := `
  plain:    {driver: postgres, dsn: 'postgres://reader:safe@db/billing'}
  words:    {driver: postgres, dsn: 'host=db user=reader password=safe'}
  tcp:      {driver: mysql, dsn: 'reader:safe@tcp(db:3306)/shop'}
  key:      {driver: mysql, dsn: 'mysql://reader@db/shop', password: safe}
  variable: {driver: postgres, dsn: "postgres://reader:${SAFE}@db/billing"}
  address:  {driver: postgres, dsn: "${WHOLE}"}
  named:    {driver: postgres, dsn: 'postgres://reader:${env:SAFE}@db/billing'}
  file:     {driver: postgres, dsn: 'postgres://reader@db:5432/billing?sslmode=disable', password: '${file:safe}'}
  local:    {driver: sqlite, dsn: 'C:/a:b@c.sqlite'}
`
	c, err := loadWith(t, strings.Replace(valid, "dsn: billing.sqlite}", "dsn: billing.sqlite}"+connections[:len(connections)-1], 1), contract, map[string]string{"SAFE": "safe", "WHOLE": "postgres://reader:safe@db/billing"})
	if err != nil || strings.Join(c.Exposed, " ") != "key plain tcp words" {
		t.Errorf("exposed %v, %v", c.Exposed, err)
	}
}

func TestMaxOutput(t *testing.T) {
	for said, want := range map[string]int64{"": 16 << 30, "500MB": 500e6, "1.5 GiB": 3 << 29, "0MB": -1, "many": -1, "5": -1} {
		text := strings.Replace(valid, `from: {csv: "${FEEDS:-feeds}/orders_*.csv"}`, "from: {command: [x], max_output: "+said+"}", 1)
		if said == "" {
			text = strings.Replace(text, ", max_output: ", "", 1)
		}
		contractText := strings.Replace(contract, "format: csv", "format: jsonl", 1)
		c, err := loadWith(t, text, contractText, nil)
		if want < 0 && err == nil || want > 0 && (err != nil || c.Feeds[0].From.MaxOutput != want) {
			t.Errorf("max_output %q: %v, want %d", said, err, want)
		}
	}
	if _, err := loadWith(t, strings.Replace(valid, "from: {csv:", "from: {max_output: 5MB, csv:", 1), contract, nil); err == nil || !strings.Contains(err.Error(), "goes with command") {
		t.Errorf("a file has no output: %v", err)
	}
}
