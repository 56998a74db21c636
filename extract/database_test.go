package extract

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"loadstar/schemas"
)

// sqliteFileOf writes a database by running statements.
func sqliteFileOf(t testing.TB, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "billing.sqlite")
	runSQL(t, path, statements...)
	return path
}

func runSQL(t testing.TB, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

func tableContract() schemas.Contract {
	return schemas.Contract{Feed: "feed", Dialect: schemas.Dialect{Format: "table"}}
}

func readLanded(t testing.TB, l Landed) dump {
	t.Helper()
	s, err := Open(tableContract(), l)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, s)
}

func pull(t testing.TB, landing string, p Pull) (Landed, int64) {
	t.Helper()
	p.Feed, p.Driver = "feed", "sqlite"
	pages, err := PullTable(context.Background(), landing, p)
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) != 1 {
		t.Fatalf("%d pages, expected one: %+v", len(pages), pages)
	}
	return pages[0], pages[0].Rows
}

func wantRows(t testing.TB, l Landed, want ...string) {
	t.Helper()
	d := readLanded(t, l)
	if d.err != nil || !slices.Equal(d.rows, want) || len(d.rejects) > 0 {
		t.Errorf("got\n%s\nwant\n%s", d, strings.Join(want, "\n"))
	}
}

func TestPullTableKeepsExactValues(t *testing.T) {
	path := sqliteFileOf(t,
		`create table "odd ""name" (id integer primary key, "a ""b" text, day date, at timestamp, flag boolean, amount real, money decimal(18,4), bytes blob, anything)`,
		`insert into "odd ""name" values
			(1, 'x', '2026-03-31', '2026-03-31 08:15:00', 1, 0.1, 19.99, x'00ff', 'text'),
			(2, '', '31.03.2026', 'never', 'maybe', 1e21, 1234567890.1234, null, 12),
			(3, null, 20260331, 1774944900, 0, -2.5, '12,50', x'', 2.0),
			(9007199254740993, x'c386', null, null, null, 0.30000000000000004, 9223372036854775807, null, null)`)
	l, rows := pull(t, t.TempDir(), Pull{DSN: path, Table: `odd "name`, Key: []string{"id"}})
	if rows != 4 || l.Path != `table:odd "name` || l.Cursor != "" {
		t.Errorf("%d rows, %+v", rows, l)
	}
	wantRows(t, l,
		`@1 id="1" a "b="x" day="2026-03-31" at="2026-03-31 08:15:00" flag="1" amount="0.1" money="19.99" bytes="00ff" anything="text"`,
		`@2 id="2" a "b="" day="31.03.2026" at="never" flag="maybe" amount="1000000000000000000000" money="1234567890.1234" anything="12"`,
		`@3 id="3" day="20260331" at="1774944900" flag="0" amount="-2.5" money="12,50" bytes="" anything="2"`,
		`@4 id="9007199254740993" a "b="Æ" amount="0.30000000000000004" money="9223372036854775807"`)
}

func TestPullTableOfBytesWithoutAType(t *testing.T) {
	path := sqliteFileOf(t, `create table t (id integer primary key, anything, bytes blob, data varbinary(8))`,
		`insert into t values
			(1, x'4dc3bc6c6c6572', x'3132', x'3132'),
			(2, x'0064', x'0064', null),
			(3, x'3132', null, x''),
			(4, x'', x'', x'00'),
			(5, x'ff31', 'text', 7),
			(6, x'd986d985e2808c', null, null), (7, x'31c280', null, null)`)
	l, _ := pull(t, t.TempDir(), Pull{DSN: path, Table: "t", Key: []string{"id"}})
	wantRows(t, l,
		`@1 id="1" anything="Müller" bytes="3132" data="3132"`,
		`@2 id="2" anything="0x0064" bytes="0064"`,
		`@3 id="3" anything="12" data=""`,
		`@4 id="4" anything="" bytes="" data="00"`,
		`@5 id="5" anything="0xff31" bytes="text" data="7"`,
		`@6 id="6" anything="نم\u200c"`,
		`@7 id="7" anything="0x31c280"`)
	l, _ = pull(t, t.TempDir(), Pull{DSN: path, Query: "select id, coalesce(anything, '') as joined, bytes from t where id < 3", Key: []string{"id"}})
	wantRows(t, l, `@1 id="1" joined="Müller" bytes="3132"`, `@2 id="2" joined="0x0064" bytes="0064"`)
}

func TestPullTableComparesNumbersAsNumbers(t *testing.T) {
	for _, declared := range []string{"integer", "", "numeric", "blob"} {
		path := sqliteFileOf(t, `create table t (id integer primary key, version `+declared+`)`, `insert into t values (1, 9), (2, 10), (3, 100)`)
		l, rows := pull(t, t.TempDir(), Pull{DSN: path, Table: "t", Cursor: "version", After: "9"})
		if rows != 2 || l.Cursor != "100" {
			t.Errorf("%q: %d rows up to %q", declared, rows, l.Cursor)
		}
	}
}

func TestPullQuery(t *testing.T) {
	path := sqliteFileOf(t, `create table t (id integer, name text)`, `insert into t values (1, 'Ada'), (2, 'Bo')`)
	l, _ := pull(t, t.TempDir(), Pull{DSN: path, Query: "select id as customer_id, upper(name) as name from t where id > 1 -- comment;\n;", Key: []string{"customer_id"}})
	wantRows(t, l, `@1 customer_id="2" name="BO"`)
	if l.Path != "query:feed" {
		t.Error(l.Path)
	}
}

func TestPullOfAnEmptyTableLands(t *testing.T) {
	path := sqliteFileOf(t, `create table t (id integer, name text)`)
	l, rows := pull(t, t.TempDir(), Pull{DSN: path, Table: "t"})
	if rows != 0 || l.SHA256 == "" {
		t.Fatalf("%d rows, %+v", rows, l)
	}
	s, err := Open(schemas.Contract{Dialect: schemas.Dialect{Format: "table"}}, l)
	if err != nil {
		t.Fatal(err)
	}
	chunks := collect(t, s)
	dec, err := chunks[0](t.Context())
	if err != nil || len(chunks) != 1 || dec.Record.NumCols() != 3 || dec.Record.NumRows() != 0 {
		t.Errorf("%d chunks, %v, %v", len(chunks), dec.Record, err)
	}
}

func TestPullBytesDependOnContentAlone(t *testing.T) {
	rows := make([]string, 500)
	for i := range rows {
		rows[i] = fmt.Sprintf("(%d, 'n%d', %d.5)", i/2, i%7, i%3)
	}
	create := `create table t (id integer, name text collate nocase, amount real)`
	var sums []string
	for seed := range uint64(3) {
		shuffled := slices.Clone(rows)
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(rows), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		path := sqliteFileOf(t, create, "insert into t values "+strings.Join(shuffled, ","))
		l, _ := pull(t, t.TempDir(), Pull{DSN: path, Table: "t", Key: []string{"id"}})
		sums = append(sums, l.SHA256)
	}
	if sums[0] != sums[1] || sums[0] != sums[2] {
		t.Errorf("shuffled rows land as different bytes: %v", sums)
	}
}

func TestPullRefuses(t *testing.T) {
	path := sqliteFileOf(t, `create table t (id integer, name text)`)
	text := filepath.Join(t.TempDir(), "text.sqlite")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	gone := filepath.Join(t.TempDir(), "gone.sqlite")
	for name, c := range map[string]struct {
		pull Pull
		want string
	}{
		"absent file":     {Pull{Driver: "sqlite", DSN: gone, Table: "t"}, "does not exist"},
		"folder":          {Pull{Driver: "sqlite", DSN: t.TempDir(), Table: "t"}, "is a folder"},
		"no database":     {Pull{Driver: "sqlite", DSN: text, Table: "t"}, "not a database"},
		"unknown driver":  {Pull{Driver: "oracle", DSN: path, Table: "t"}, "known are sqlite, postgres and mysql"},
		"no table":        {Pull{Driver: "sqlite", DSN: path, Table: "u"}, "no such table"},
		"no cursor":       {Pull{Driver: "sqlite", DSN: path, Table: "t", Cursor: "at"}, `no cursor column "at"`},
		"no key":          {Pull{Driver: "sqlite", DSN: path, Table: "t", Key: []string{"key"}}, `no key column "key"`},
		"both":            {Pull{Driver: "sqlite", DSN: path, Table: "t", Query: "select 1"}, "either a table or a query"},
		"neither":         {Pull{Driver: "sqlite", DSN: path}, "either a table or a query"},
		"equal names":     {Pull{Driver: "sqlite", DSN: path, Query: "select id, id from t"}, ""},
		"writing query":   {Pull{Driver: "sqlite", DSN: path, Query: "delete from t"}, ""},
		"two statements":  {Pull{Driver: "sqlite", DSN: path, Query: "select 1) as x; delete from t; select * from (select 1"}, ""},
		"quoted injected": {Pull{Driver: "sqlite", DSN: path, Table: `t"; drop table t; --`}, "no such table"},
	} {
		t.Run(name, func(t *testing.T) {
			landing := t.TempDir()
			_, err := PullTable(t.Context(), landing, c.pull)
			if name == "equal names" && err == nil {
				return // SQLite makes them different
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if left, _ := os.ReadDir(landing); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
	if _, err := os.Stat(gone); !errors.Is(err, os.ErrNotExist) {
		t.Error("a database was created")
	}
}

func TestPullCancelled(t *testing.T) {
	path := sqliteFileOf(t, `create table t (id integer)`, `insert into t values (1)`)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	landing := t.TempDir()
	if _, err := PullTable(ctx, landing, Pull{Driver: "sqlite", DSN: path, Table: "t"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestPullOfManyRowsGroups(t *testing.T) {
	const rows = groupRows*2 + 10
	path := sqliteFileOf(t, `create table t (id integer primary key, name text)`, fmt.Sprintf(
		`with recursive n(i) as (select 1 union all select i + 1 from n where i < %d) insert into t select i, case when i %% 5 then 'name ' || i end from n`, rows))
	l, count := pull(t, t.TempDir(), Pull{DSN: path, Table: "t", Key: []string{"id"}})
	d := readLanded(t, l)
	if count != rows || len(d.rows) != rows || d.err != nil {
		t.Fatalf("%d rows landed, %d read, %v", count, len(d.rows), d.err)
	}
	for _, i := range []int{1, 5, groupRows, groupRows + 1, 2*groupRows + 1, rows} {
		want := fmt.Sprintf("@%d id=%q", i, fmt.Sprint(i))
		if i%5 != 0 {
			want += fmt.Sprintf(" name=%q", fmt.Sprint("name ", i))
		}
		if d.rows[i-1] != want {
			t.Errorf("row %d is %s, want %s", i, d.rows[i-1], want)
		}
	}
	testSource(t, schemas.Contract{Feed: "feed", Dialect: schemas.Dialect{Format: "table"}}, l)
}

func TestPullFromAFileWithAnOddName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "odd name?mode=rwc#1%20ø.sqlite")
	plain := sqliteFileOf(t, `create table t (id integer)`, `insert into t values (7)`)
	if err := os.Rename(plain, path); err != nil {
		t.Fatal(err)
	}
	l, _ := pull(t, t.TempDir(), Pull{DSN: path, Table: "t"})
	wantRows(t, l, `@1 id="7"`)
}

// TestPullOfASilentServer: a server that takes connections and says nothing is
// not waited for longer than connecting may take.
func TestPullOfASilentServer(t *testing.T) {
	for _, driver := range []string{"mysql", "postgres"} {
		t.Run(driver, func(t *testing.T) {
			var listening net.ListenConfig
			listener, err := listening.Listen(t.Context(), "tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := listener.Close(); err != nil {
					t.Error(err)
				}
			}()
			begun := time.Now()
			dsn := driver + "://reader@" + listener.Addr().String() + "/shop"
			_, err = PullTable(t.Context(), t.TempDir(), Pull{Feed: "f", Driver: driver, DSN: dsn, Table: "t", ConnectTimeout: 200 * time.Millisecond, Timeout: time.Minute})
			if err == nil || !strings.Contains(err.Error(), "127.0.0.1") || time.Since(begun) > 20*time.Second {
				t.Errorf("after %s: %v", time.Since(begun), err)
			}
		})
	}
}
