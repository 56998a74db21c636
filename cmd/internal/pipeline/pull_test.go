package pipeline_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3" // what the pulled database is written with

	"loadstar/cmd/internal/pipeline"
)

const pulledPeople = `  - name: people
    customProperties: [{property: entity, value: customer}]
    properties:
      - {name: customer_id, primaryKey: true}
      - {name: given_name}
      - {name: family_name}
      - {name: email}
      - {name: updated_at, logicalType: timestamp, customProperties: [{property: version, value: true}]}
`

// TestPullDeletesBySweep follows a table over runs: new rows, changed rows,
// rows that are gone and come back; a rebuild gives the same.
func TestPullDeletesBySweep(t *testing.T) {
	t.Parallel()
	cfg, dir := oneFeed(t, "people", "parquet: x", "crm", "  - {property: delivery, value: delta}\n", pulledPeople)
	text, err := os.ReadFile(filepath.Join(dir, "loadstar.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	pulled := strings.Replace(string(text), "parquet: x", "connection: db, table: people, cursor: updated_at, lookback: 1h, deletes: sweep", 1)
	write(t, filepath.Join(dir, "loadstar.yaml"), pulled+"connections:\n  db: {driver: sqlite, dsn: people.sqlite}\n")
	cfg = configured(t, dir)
	db, err := sql.Open("sqlite3", filepath.Join(dir, "people.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	day := func(asOf string, statements ...string) {
		t.Helper()
		for _, s := range statements {
			if _, err := db.Exec(s); err != nil {
				t.Fatal(err)
			}
		}
		o := options()
		if o.AsOf, err = cfg.Company.ParseTime(asOf); err != nil {
			t.Fatal(err)
		}
		r := run(t, cfg, o)
		balanced(t, r)
	}
	there := "select string_agg(customer_id, ' ' order by customer_id) from ods.main.customer where not coalesce(is_deleted, false)"
	day("2026-01-10", "create table people (customer_id integer primary key, given_name text, family_name text, email text, updated_at text)",
		`insert into people values (1, 'Ada', 'Berg', 'ada@example.com', '2026-01-01 10:00:00'), (2, 'Ben', 'Carlsen', 'ben@example.com', '2026-01-02 10:00:00'),
			(3, 'Cleo', 'Duarte', 'cleo@example.com', '2026-01-03 10:00:00'), (4, 'Dan', 'Eklund', null, null)`)
	expect(t, cfg, there, "1 2 3 4")
	day("2026-01-11", "delete from people where customer_id = 2", "update people set email = 'a@example.com', updated_at = '2026-01-10 12:00:00' where customer_id = 1")
	expect(t, cfg, there, "1 3 4")
	expect(t, cfg, "select email from ods.main.customer where customer_id = '1'", "a@example.com")
	day("2026-01-12", "insert into people values (2, 'Ben', 'Carlsen', 'ben@example.com', '2026-01-11 10:00:00')", "delete from people where customer_id = 4")
	expect(t, cfg, there, "1 2 3")
	run(t, cfg, options()) // the lookback holds a row that no lookback held before
	if r := run(t, cfg, options()); !r.Unchanged {
		t.Errorf("nothing new was published: %+v", r)
	}
	version := current(t, cfg)
	o := options()
	o.Full = true
	run(t, cfg, o)
	same(t, "day by day and rebuilt", version.Manifest.Digests, current(t, cfg).Manifest.Digests)
}

// TestPluginFeed runs a plug-in over three runs: its rows, its cursor and
// state, and what becomes of a failure.
func TestPluginFeed(t *testing.T) {
	t.Parallel()
	cfg, dir := oneFeed(t, "people", "command: [sh, plugin.sh], fields: [customer_id, updated_at], cursor: updated_at, timeout: 20s", "crm",
		"  - {property: delivery, value: delta}\n", pulledPeople)
	plugin := func(script string) { write(t, filepath.Join(dir, "plugin.sh"), script) }
	plugin(`echo '{"customer_id": "1", "given_name": "Ada", "family_name": "Berg", "updated_at": "2026-01-01T10:00:00Z"}'; echo talk >&2; printf first > "$LOADSTAR_STATE_FILE"`)
	run(t, cfg, options())
	plugin(`[ "$LOADSTAR_CURSOR $(cat "$LOADSTAR_STATE_FILE")" = "2026-01-01T10:00:00Z first" ] || exit 9
		echo '{"customer_id": "2", "given_name": "Ben", "family_name": "Carlsen", "updated_at": "2026-01-02T10:00:00Z"}'`)
	run(t, cfg, options())
	v := current(t, cfg)
	d := v.Manifest.Deliveries[len(v.Manifest.Deliveries)-1]
	if len(v.Manifest.Deliveries) != 2 || d.Cursor != "2026-01-02T10:00:00Z" || d.State != "first" {
		t.Errorf("%+v", v.Manifest.Deliveries)
	}
	expect(t, cfg, "select count(*) from dim_customer where customer_key > 0", "2")
	if log, err := os.ReadFile(filepath.Join(cfg.Warehouse, "log", "people.stderr")); err != nil || len(log) != 0 {
		t.Errorf("log of the last run: %q, %v", log, err)
	}
	plugin(`echo '{"customer_id": "3"}'; exit 1`)
	if _, err := pipeline.Run(t.Context(), cfg, options()); err == nil || !strings.Contains(err.Error(), "exit status 1") {
		t.Errorf("a failed plug-in: %v", err)
	}
	if current(t, cfg).Number != v.Number {
		t.Error("a failed plug-in was published")
	}
}
