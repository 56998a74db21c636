package extract

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/jackc/pgx/v5/pgconn"
)

// testServer is one kind of database that the suite runs on.
type testServer struct {
	driver string
	dsn    string
	// exec runs statements in the database that dsn names.
	exec func(t testing.TB, statements ...string)
	// types are the suite's column types in this database's words.
	types map[string]string
}

// testServers lists the databases that are there, each with an empty schema
// of the test's own.
func testServers(t *testing.T) []testServer {
	t.Helper()
	path := filepath.Join(t.TempDir(), "source.sqlite")
	runSQL(t, path, "pragma journal_mode = wal")
	servers := []testServer{{
		driver: "sqlite", dsn: path, exec: func(t testing.TB, statements ...string) { t.Helper(); runSQL(t, path, statements...) },
		types: map[string]string{"moment": "text"},
	}}
	if s, ok := postgresServer(t); ok {
		servers = append(servers, s)
	}
	if s, ok := mysqlServer(t); ok {
		servers = append(servers, s)
	}
	return servers
}

// absent says once a test which server it does without.
func absent(t testing.TB, name, variable string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is not set: CI must test with %s (.ci/databases starts it)", variable, name)
	}
	t.Logf("%s is left out: %s is not set; run `make test`, which starts it where it is installed", name, variable)
}

// namespace is a name for what one test makes on a server.
func namespace(t testing.TB) string {
	return fmt.Sprintf("t%d_%d", os.Getpid(), time.Now().UnixNano()%1e9)
}

func postgresServer(t testing.TB) (testServer, bool) {
	t.Helper()
	dsn := os.Getenv("LOADSTAR_TEST_POSTGRES")
	if dsn == "" {
		absent(t, "PostgreSQL", "LOADSTAR_TEST_POSTGRES")
		return testServer{}, false
	}
	schema := namespace(t)
	run := func(t testing.TB, statements ...string) {
		t.Helper()
		conn, err := pgconn.Connect(context.Background(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := conn.Close(context.Background()); err != nil {
				t.Error(err)
			}
		}()
		for _, s := range statements {
			if _, err := conn.Exec(context.Background(), "set search_path = "+schema+"; "+s).ReadAll(); err != nil {
				t.Fatalf("%s: %v", s, err)
			}
		}
	}
	run(t, "create schema "+schema)
	t.Cleanup(func() { run(t, "drop schema "+schema+" cascade") })
	return testServer{driver: "postgres", dsn: dsn + "?search_path=" + schema, exec: run, types: map[string]string{"moment": "timestamptz"}}, true
}

func mysqlServer(t testing.TB) (testServer, bool) {
	t.Helper()
	dsn := os.Getenv("LOADSTAR_TEST_MYSQL")
	if dsn == "" {
		absent(t, "MariaDB", "LOADSTAR_TEST_MYSQL")
		return testServer{}, false
	}
	schema := namespace(t)
	run := func(t testing.TB, statements ...string) {
		t.Helper()
		config, err := parseMySQL(dsn)
		if err != nil {
			t.Fatal(err)
		}
		connector, err := mysql.NewConnector(config)
		if err != nil {
			t.Fatal(err)
		}
		db := sql.OpenDB(connector)
		db.SetMaxOpenConns(1)
		defer func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		}()
		for _, s := range append([]string{"create database if not exists " + schema + " character set utf8mb4", "use " + schema, "set time_zone = '+00:00'"}, statements...) {
			if _, err := db.Exec(s); err != nil {
				t.Fatalf("%s: %v", s, err)
			}
		}
	}
	run(t)
	t.Cleanup(func() { run(t, "drop database "+schema) })
	base := dsn[:strings.LastIndex(dsn, "/")+1] + schema
	return testServer{driver: "mysql", dsn: base, exec: run, types: map[string]string{"moment": "timestamp(6) null"}}, true
}

// create makes a table; {moment} is the type of a moment in UTC.
func (s testServer) create(t testing.TB, statements ...string) {
	t.Helper()
	for _, statement := range statements {
		for name, word := range s.types {
			statement = strings.ReplaceAll(statement, "{"+name+"}", word)
		}
		s.exec(t, statement)
	}
}

func (s testServer) pull(t testing.TB, landing string, p Pull) []Landed {
	t.Helper()
	p.Feed, p.Driver, p.DSN = "feed", s.driver, s.dsn
	pages, err := PullTable(t.Context(), landing, p)
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// shown is a page as text: its part, its cursor and the ids of its rows.
func shown(t testing.TB, pages []Landed) []string {
	t.Helper()
	var lines []string
	for _, page := range pages {
		var ids []string
		d := readLanded(t, page)
		if d.err != nil || int64(len(d.rows)) != page.Rows {
			t.Fatalf("%d rows noted, %d read, %v", page.Rows, len(d.rows), d.err)
		}
		for _, row := range d.rows {
			_, rest, _ := strings.Cut(row, ` id="`)
			id, _, _ := strings.Cut(rest, `"`)
			ids = append(ids, id)
		}
		_, part, _ := strings.Cut(page.Path, " ")
		cursor := strings.NewReplacer("Z", "", ".000000", "").Replace(page.Cursor)
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s: %s", part, cursor, strings.Join(ids, " "))))
	}
	return lines
}

func wantPages(t testing.TB, pages []Landed, want ...string) {
	t.Helper()
	if got := shown(t, pages); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestDatabases is what holds for every kind of database.
func TestDatabases(t *testing.T) {
	t.Parallel()
	for _, s := range testServers(t) {
		t.Run(s.driver, func(t *testing.T) {
			t.Run("cursor", func(t *testing.T) { checkCursorPull(t, s) })
			t.Run("bounds", func(t *testing.T) { checkBounds(t, s) })
			t.Run("chunks", func(t *testing.T) { checkChunks(t, s) })
			t.Run("pages", func(t *testing.T) { checkPages(t, s) })
			t.Run("one moment", func(t *testing.T) { checkOneMoment(t, s) })
			t.Run("names", func(t *testing.T) { checkNames(t, s) })
			t.Run("bytes", func(t *testing.T) { checkBytes(t, s) })
			t.Run("refusals", func(t *testing.T) { checkRefusals(t, s) })
			t.Run("cancelled", func(t *testing.T) { checkCancelledPull(t, s) })
			t.Run("broken", func(t *testing.T) { checkBrokenPull(t, s) })
			t.Run("suite", func(t *testing.T) {
				s.exec(t, "create table suite (id int primary key, name varchar(20))", "insert into suite values (1, 'Ada'), (2, null), (3, '')")
				testSource(t, tableContract(), s.pull(t, t.TempDir(), Pull{Table: "suite"})[0])
			})
		})
	}
}

// checkCursorPull follows a table over four pulls: what is new, what changed
// late, what has no cursor, what is gone.
func checkCursorPull(t *testing.T, s testServer) {
	s.create(t, "create table c (id int primary key, updated_at {moment})",
		"insert into c values (1, '2026-01-01 10:00:00'), (2, '2026-01-02 10:00:00'), (3, null)")
	landing := t.TempDir()
	p := Pull{Table: "c", Cursor: "updated_at", Lookback: "2h", Key: []string{"id"}, Sweep: true}
	first := s.pull(t, landing, p)
	wantPages(t, first, "2026-01-01 10:00:00"[:0]+"2026-01-02 10:00:00: 1 2", "(no cursor) 2026-01-02 10:00:00: 3", "(keys) 2026-01-02 10:00:00: 1 2 3")
	if !first[2].Keys || first[0].Keys || first[0].Rows != 2 {
		t.Errorf("%+v", first)
	}
	p.After = first[0].Cursor
	wantPages(t, s.pull(t, landing, p), "(lookback) 2026-01-02 10:00:00: 2", "(no cursor) 2026-01-02 10:00:00: 3", "(keys) 2026-01-02 10:00:00: 1 2 3")
	// 4 is new; 5 was written before it was, but committed after the last pull.
	s.create(t, "insert into c values (4, '2026-01-03 10:00:00'), (5, '2026-01-02 09:00:00'), (6, '2026-01-02 07:59:59')", "delete from c where id = 1")
	again := s.pull(t, landing, p)
	wantPages(t, again, "2026-01-03 10:00:00: 4", "(lookback) 2026-01-02 10:00:00: 5 2", "(no cursor) 2026-01-03 10:00:00: 3", "(keys) 2026-01-03 10:00:00: 2 3 4 5 6")
	s.create(t, "delete from c")
	p.After, p.Sweep = again[0].Cursor, false
	if pages := s.pull(t, landing, p); len(pages) != 0 {
		t.Errorf("nothing new gives %+v", pages)
	}
}

func checkBounds(t *testing.T, s testServer) {
	s.create(t, "create table b (id int primary key, updated_at {moment}, version bigint)",
		"insert into b values (1, '2026-01-01 22:30:00', 9007199254740992), (2, '2026-01-01 23:30:00', 9007199254740993), (3, '2026-01-02 00:30:00', 9007199254740994)")
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	upTo := time.Date(2026, 1, 1, 23, 30, 0, 0, time.UTC)
	zone := berlin
	if s.driver == "sqlite" { // its texts have no zone: here they are UTC
		zone = time.UTC
	}
	wantPages(t, s.pull(t, t.TempDir(), Pull{Table: "b", Cursor: "updated_at", UpTo: upTo, Zone: zone}), "2026-01-01 23:30:00: 1 2")
	wantPages(t, s.pull(t, t.TempDir(), Pull{Table: "b", Cursor: "version", After: "9007199254740992", UpTo: upTo, Lookback: "1"}),
		"9007199254740994: 2 3", "(lookback) 9007199254740992: 1")
	_, err = PullTable(t.Context(), t.TempDir(), Pull{Driver: s.driver, DSN: s.dsn, Table: "b", Cursor: "version", After: "5", Lookback: "1h"})
	if err == nil || !strings.Contains(err.Error(), "lookback 1h") {
		t.Errorf("a lookback in hours of a number: %v", err)
	}
}

// checkChunks reads by a key of two columns whose values need every bit, in
// chunks of any size, and compares with one statement.
func checkChunks(t *testing.T, s testServer) {
	s.exec(t, "create table k (shop varchar(20) not null, id bigint not null, amount decimal(30,10), primary key (shop, id))")
	var values, want []string
	for _, shop := range []string{"Ærø", "a b", "z", "Ω"} {
		for i := range int64(25) {
			values = append(values, fmt.Sprintf("('%s', %d, %d.0000000001)", shop, 9007199254740990+i, i))
		}
	}
	s.exec(t, "insert into k values "+strings.Join(values, ","))
	for size := range 101 {
		if size != 0 && size != 1 && size%10 != 3 && size < 99 {
			continue
		}
		rows := readLanded(t, s.pull(t, t.TempDir(), Pull{Table: "k", Key: []string{"shop", "id"}, pageRows: size})[0]).rows
		if want == nil {
			want = rows
		}
		if len(rows) != 100 || !slices.Equal(rows, want) {
			t.Errorf("chunks of %d give %d rows:\n%s", size, len(rows), strings.Join(rows, "\n"))
		}
	}
}

// checkPages interrupts a pull and starts it again.
func checkPages(t *testing.T, s testServer) {
	s.exec(t, "create table p (id int primary key, version int)")
	var values []string
	for i := range 10 {
		values = append(values, fmt.Sprintf("(%d, %d)", i, i/3))
	}
	s.exec(t, "insert into p values "+strings.Join(values, ","))
	landing := t.TempDir()
	p := Pull{Feed: "feed", Driver: s.driver, DSN: s.dsn, Table: "p", Cursor: "version", Key: []string{"id"}, pageRows: 2}
	wantPages(t, s.pull(t, landing, p), "0: 0 1 2", "1: 3 4 5", "2: 6 7 8", "3: 9")

	d, err := openDatabase(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	w := &pagesWriter{d: d, landingDir: landing}
	stop := errors.New("stopped")
	query := d.selection(d.all()) + d.from + " order by pulled.version, pulled.id"
	if _, _, err = d.rows(t.Context(), query, nil, &stopAfter{rowSink: w, left: 7, err: stop}, nil); !errors.Is(err, stop) {
		t.Fatal(err)
	}
	w.discard()
	if err := d.close(); err != nil {
		t.Fatal(err)
	}
	// Two pages are kept; a row of the first changes, one is new.
	s.exec(t, "update p set version = 4 where id = 0")
	resumed := s.pull(t, landing, p)
	wantPages(t, resumed, "0: 0 1 2", "1: 3 4 5", "2: 6 7 8", "4: 9 0")
	p.Cursor = "id"
	if pages := s.pull(t, landing, p); pages[0].Rows != 2 {
		t.Errorf("the pages of another cursor were taken: %v", shown(t, pages))
	}
	if left, err := filepath.Glob(filepath.Join(landing, ".pull", "*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

type stopAfter struct {
	rowSink
	left int
	err  error
}

func (s *stopAfter) endRow() error {
	if s.left--; s.left < 0 {
		return s.err
	}
	return s.rowSink.endRow()
}

// checkOneMoment changes the database between two looks at it.
func checkOneMoment(t *testing.T, s testServer) {
	s.exec(t, "create table m (id int primary key, version int)", "insert into m values (1, 1), (2, 2)")
	d, err := openDatabase(t.Context(), Pull{Driver: s.driver, DSN: s.dsn, Table: "m"})
	if err != nil {
		t.Fatal(err)
	}
	s.exec(t, "insert into m values (3, 3)", "delete from m where id = 1")
	rows, err := d.texts(t.Context(), "select id from m order by 1")
	if err != nil || fmt.Sprint(rows) != "[[1] [2]]" {
		t.Errorf("the snapshot holds %v, %v", rows, err)
	}
	if _, err := d.texts(t.Context(), "delete from m"); err == nil {
		t.Error("the snapshot can write")
	}
	if err := d.close(); err != nil {
		t.Error(err)
	}
}

func checkNames(t *testing.T, s testServer) {
	quote := map[string]string{"sqlite": `"`, "postgres": `"`, "mysql": "`"}[s.driver]
	q := func(name string) string { return quote + strings.ReplaceAll(name, quote, quote+quote) + quote }
	table, column := "Odd '"+quote+" näme;--", "a '"+quote+" ?$1 b"
	s.exec(t, fmt.Sprintf("create table %s (%s int primary key, %s varchar(10))", q(table), q("select"), q(column)),
		fmt.Sprintf("insert into %s values (1, 'x')", q(table)))
	rows := readLanded(t, s.pull(t, t.TempDir(), Pull{Table: table, Key: []string{"select"}, Cursor: "select", Sweep: true})[0]).rows
	if want := "@1 select=\"1\" " + column + "=\"x\""; len(rows) != 1 || rows[0] != want {
		t.Errorf("got %v, want %s", rows, want)
	}
	pages := s.pull(t, t.TempDir(), Pull{Query: "select 1 as id, 'b' as name -- the first\n;", Key: []string{"id"}})
	if got := readLanded(t, pages[0]).rows; len(got) != 1 || got[0] != `@1 id="1" name="b"` {
		t.Errorf("query gives %v", got)
	}
}

// checkBytes lands equal rows of tables that hold them in another order.
func checkBytes(t *testing.T, s testServer) {
	sums := map[string]bool{}
	for i, order := range []string{"(1, 'a', 1.5), (2, 'B', 2.5), (2, 'b', 2.5), (2, 'b', 2.5), (3, null, null)", "(3, null, null), (2, 'b', 2.5), (2, 'B', 2.5), (2, 'b', 2.5), (1, 'a', 1.5)"} {
		table := fmt.Sprintf("o%d", i)
		s.exec(t, "create table "+table+" (id int, name varchar(10), amount decimal(10,2))", "insert into "+table+" values "+order)
		sums[s.pull(t, t.TempDir(), Pull{Table: table, Key: []string{"id"}})[0].SHA256] = true
	}
	if len(sums) != 1 {
		t.Errorf("equal rows land as different bytes: %v", sums)
	}
}

func checkRefusals(t *testing.T, s testServer) {
	s.exec(t, "create table invoices (id int primary key, name varchar(10))")
	for name, c := range map[string]struct {
		pull Pull
		want string
	}{
		"no table":       {Pull{Table: "invoces"}, "did you mean invoices?"},
		"other case":     {Pull{Table: "INVOICES_"}, "did you mean invoices?"},
		"no cursor":      {Pull{Table: "invoices", Cursor: "nme"}, `no cursor column "nme": did you mean name?`},
		"no key":         {Pull{Table: "invoices", Key: []string{"x"}}, `no key column "x": known are id, name`},
		"sweep no key":   {Pull{Table: "invoices", Cursor: "id", Sweep: true}, "primaryKey"},
		"writing query":  {Pull{Query: "delete from invoices"}, ""},
		"two statements": {Pull{Query: "select 1) as x; delete from invoices; select * from (select 1"}, ""},
		"equal names":    {Pull{Query: "select i.id, j.id from invoices i, invoices j"}, ""},
		"bad query":      {Pull{Query: "selekt 1"}, "syntax"},
	} {
		landing := t.TempDir()
		c.pull.Feed, c.pull.Driver, c.pull.DSN = "feed", s.driver, s.dsn
		_, err := PullTable(t.Context(), landing, c.pull)
		if name == "equal names" && s.driver == "sqlite" {
			continue // SQLite makes them different
		}
		if err == nil || !strings.Contains(strings.ToLower(err.Error()), strings.ToLower(c.want)) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
		if left, _ := os.ReadDir(landing); len(left) > 0 {
			t.Errorf("%s: left behind: %v", name, left)
		}
	}
	if rows := s.pull(t, t.TempDir(), Pull{Table: "invoices"}); rows[0].Rows != 0 || rows[0].SHA256 == "" {
		t.Errorf("an empty table lands as %+v", rows)
	}
}

func checkCancelledPull(t *testing.T, s testServer) {
	s.exec(t, "create table x (id int)", "insert into x values (1)")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := PullTable(ctx, t.TempDir(), Pull{Driver: s.driver, DSN: s.dsn, Table: "x"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	_, err := PullTable(t.Context(), t.TempDir(), Pull{Driver: s.driver, DSN: s.dsn, Table: "x", Timeout: time.Nanosecond, Retries: 3})
	if err == nil || !strings.Contains(err.Error(), "longer than 1ns") {
		t.Errorf("time-out: %v", err)
	}
}

// checkBrokenPull breaks the connection of a pull, which goes on over another.
func checkBrokenPull(t *testing.T, s testServer) {
	if s.driver == "sqlite" {
		t.Skip("a file has no connection")
	}
	s.exec(t, "create table w (id int primary key, version int, filler varchar(1000))")
	var values []string
	for i := range 4000 {
		values = append(values, fmt.Sprintf("(%d, %d, '%s')", i, i, strings.Repeat("x", 1000)))
	}
	s.exec(t, "insert into w values "+strings.Join(values, ","))
	address, err := url.Parse(s.dsn)
	if err != nil {
		t.Fatal(err)
	}
	proxy := newBreakingProxy(t, address.Host, 1_500_000)
	address.Host = proxy.address
	if s.driver == "postgres" {
		address.RawQuery += "&sslmode=disable"
	}
	p := Pull{Feed: "feed", Driver: s.driver, DSN: address.String(), Table: "w", Cursor: "version", Key: []string{"id"}, pageRows: 500, RetryWait: time.Millisecond}
	landing := t.TempDir()
	if _, err := PullTable(t.Context(), landing, p); err == nil || strings.Contains(err.Error(), "loadstar-test") {
		t.Fatalf("a broken connection gives %v", err)
	}
	p.Retries = 5
	told := ""
	p.Notice = func(message string) { told = message }
	pages, err := PullTable(t.Context(), landing, p)
	if err != nil {
		t.Fatal(err)
	}
	rows := int64(0)
	for _, page := range pages {
		rows += page.Rows
	}
	if !strings.Contains(told, "goes on behind the last page") {
		t.Errorf("told is %q", told)
	}
	if rows != 4000 || len(pages) != 8 || proxy.connections() < 3 {
		t.Errorf("%d rows in %d pages over %d connections", rows, len(pages), proxy.connections())
	}
}

func TestUnreachableDatabase(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	for _, driver := range []string{"postgres", "mysql"} {
		from := time.Now()
		var told []string
		_, err := PullTable(t.Context(), t.TempDir(), Pull{
			Feed: "feed", Driver: driver, DSN: driver + "://reader:s3cr%20et@" + closed + "/db", Table: "t", Retries: 2, RetryWait: 10 * time.Millisecond,
			Notice: func(message string) { told = append(told, message) },
		})
		if len(told) != 2 || !strings.Contains(told[0], "attempt 2 of 3 in 10ms starts again at the first row") || !strings.Contains(told[1], "attempt 3 of 3 in 20ms") || strings.Contains(told[0], "s3cr") {
			t.Errorf("%s: told are %q", driver, told)
		}
		if err == nil || !strings.Contains(err.Error(), "3 attempts") || !strings.Contains(err.Error(), "refused") {
			t.Errorf("%s: %v", driver, err)
		}
		if err != nil && strings.Contains(err.Error(), "s3cr") {
			t.Errorf("%s shows the password: %v", driver, err)
		}
		if took := time.Since(from); took < 30*time.Millisecond || took > 5*time.Second {
			t.Errorf("%s: three attempts took %s", driver, took)
		}
	}
}

// TestSecretsStaySecret makes every kind of error with a password in the dsn.
func TestSecretsStaySecret(t *testing.T) {
	t.Parallel()
	dsns := map[string][]string{
		"postgres": {"postgres://reader:hunter2 x@:port/db", "host=127.0.0.1 port=1 user=reader password=hunter2", "postgres://reader:hunter2@127.0.0.1:1/db?sslmode=hunter2",
			"password='hunter2' host=nowhere.invalid", "hunter2", "postgres://reader:hunter2@%zz/"},
		"mysql": {"mysql://reader:hunter2 x@:port/db", "reader:hunter2@tcp(127.0.0.1:1)/db", "mysql://reader:hunter2@127.0.0.1:1/db?tls=hunter2", "hunter2", "reader:hunter2@tcp(", "mysql://hunter2@[::1/"},
	}
	for _, variable := range []string{"LOADSTAR_TEST_POSTGRES", "LOADSTAR_TEST_MYSQL"} {
		if dsn := os.Getenv(variable); dsn != "" {
			driver, _, _ := strings.Cut(dsn, ":")
			dsns[driver] = append(dsns[driver], strings.Replace(dsn, "loadstar-test", "hunter2", 1))
		}
	}
	for driver, list := range dsns {
		for _, dsn := range list {
			_, err := PullTable(t.Context(), t.TempDir(), Pull{Feed: "feed", Driver: driver, DSN: dsn, Table: "t", ConnectTimeout: time.Second})
			if err == nil || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("%s: %v", driver, err)
			}
			_, err = PullTable(t.Context(), t.TempDir(), Pull{Feed: "feed", Driver: driver, DSN: strings.ReplaceAll(dsn, "hunter2", "x"), Password: "hunter2", Table: "t", ConnectTimeout: time.Second})
			if err == nil || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("%s: %v", driver, err)
			}
		}
	}
}
