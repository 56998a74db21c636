package extract

import (
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestPostgresTypes lands a value of every kind, exact, in binary and in the
// server's own words.
func TestPostgresTypes(t *testing.T) {
	t.Parallel()
	s, ok := postgresServer(t)
	if !ok {
		t.Skip("no PostgreSQL")
	}
	s.exec(t, `create type mood as enum ('sad', 'äußerst "froh"')`, `create domain code as varchar(5)`,
		`create table v (id int primary key, small smallint, big bigint, n numeric, money_ numeric(20,4), r real, d double precision, flag boolean,
			txt text, fixed char(5), short code, bin bytea, day date, at timestamp, zoned timestamptz, clock time, gap interval, u uuid, j json, jb jsonb,
			tags text[], nums int[], m mood, cash money, ip inet, span int4range)`,
		`insert into v values
		(1, -32768, 9223372036854775807, 123456789012345678901234567890.000000000100, 19.9990, 0.1, 0.30000000000000004, true,
			E'tab\tline\n"quote"', 'ab', 'xy', '\x00ff', '2024-02-29', '2026-03-31 08:15:00.123456', '2026-03-31 08:15:00+02', '23:59:59.5', '1 mon 2 days 03:04:05',
			'00112233-4455-6677-8899-aabbccddeeff', '{"a": 1.10}', '{"b": [1, 2.50]}', '{a,"b,c",null}', '{1,null}', 'äußerst "froh"', 1234.5, '10.0.0.1', '[1,5)'),
		(2, 32767, -9223372036854775808, 'NaN', -0.0001, 'Infinity', '-Infinity', false, '', '', '', '', 'infinity', '-infinity', 'infinity', '00:00', '-1 day',
			null, 'null', '"x"', '{}', '{}', 'sad', -0.01, '::1', 'empty'),
		(3, 0, 0, 1000000, 100000000, 1e10, 1e300, null, 'Ω', null, null, null, '0044-03-15 BC', '10000-01-01', '0001-01-01 00:00:00+00', null, null, null, null, null, null, null, null, null, null, null),
		(4, 1, 1, 0.00000001, 0.1000, 16777217, 123456789.123456789, null, null, null, null, null, '1969-12-31', '1969-12-31 23:59:59.000001', '1999-12-31 23:59:59.999999+00', null, null, null, null, null, null, null, null, null, null, null),
		(5, 1, 1, -10000.0001, 9999.9999, null, null, null, null, null, null, null, '4713-01-01 BC', null, null, null, null, null, null, null, null, null, null, null, null, null)`)
	rows := readLanded(t, s.pull(t, t.TempDir(), Pull{Table: "v"})[0]).rows
	for i, want := range []string{
		`@1 id="1" small="-32768" big="9223372036854775807" n="123456789012345678901234567890.000000000100" money_="19.9990" r="0.1" d="0.30000000000000004" flag="true"` +
			` txt="tab\tline\n\"quote\"" fixed="ab   " short="xy" bin="00ff" day="2024-02-29" at="2026-03-31 08:15:00.123456" zoned="2026-03-31 06:15:00Z" clock="23:59:59.5" gap="P1M2DT3H4M5S"` +
			` u="00112233-4455-6677-8899-aabbccddeeff" j="{\"a\": 1.10}" jb="{\"b\": [1, 2.50]}" tags="{a,\"b,c\",NULL}" nums="{1,NULL}" m="äußerst \"froh\"" cash="1234.50" ip="10.0.0.1" span="[1,5)"`,
		`@2 id="2" small="32767" big="-9223372036854775808" n="NaN" money_="-0.0001" r="+Inf" d="-Inf" flag="false" txt="" fixed="     " short="" bin="" day="infinity" at="-infinity" zoned="infinity"` +
			` clock="00:00:00" gap="P-1D" j="null" jb="\"x\"" tags="{}" nums="{}" m="sad" cash="-0.01" ip="::1" span="empty"`,
		`@3 id="3" small="0" big="0" n="1000000" money_="100000000.0000" r="10000000000" d="1e+300" txt="Ω" day="0044-03-15 BC" at="10000-01-01 00:00:00" zoned="0001-01-01 00:00:00Z"`,
		`@4 id="4" small="1" big="1" n="0.00000001" money_="0.1000" r="16777216" d="123456789.12345679" day="1969-12-31" at="1969-12-31 23:59:59.000001" zoned="1999-12-31 23:59:59.999999Z"`,
		`@5 id="5" small="1" big="1" n="-10000.0001" money_="9999.9999" day="4713-01-01 BC"`,
	} {
		if i >= len(rows) || rows[i] != want {
			t.Errorf("row %d:\n%s\nwant\n%s", i+1, rows[i], want)
		}
	}
	for key, want := range map[string]string{"jb": "no order", "flag": "no order"} {
		if _, err := PullTable(t.Context(), t.TempDir(), Pull{Driver: "postgres", DSN: s.dsn, Table: "v", Cursor: key, After: "x"}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("cursor %s: %v", key, err)
		}
	}
	if _, err := PullTable(t.Context(), t.TempDir(), Pull{Driver: "postgres", DSN: s.dsn, Table: "v", Cursor: "zoned"}); err == nil || !strings.Contains(err.Error(), "infinity") {
		t.Errorf("an endless cursor: %v", err)
	}
}

// TestPostgresKeys sees which tables can be read in chunks.
func TestPostgresKeys(t *testing.T) {
	t.Parallel()
	s, ok := postgresServer(t)
	if !ok {
		t.Skip("no PostgreSQL")
	}
	s.exec(t, "create table parent (id int primary key)", "create table child () inherits (parent)", "insert into parent values (1)", "insert into child values (1), (1)",
		"create table partial (id int not null, b int)", "create unique index on partial (id) where b > 0",
		"create table nullable (id int unique)", "create table second (a int primary key, b text not null unique)",
		"create table floating (a double precision primary key)", "create table parts (a int primary key) partition by range (a)",
		"create table parts_1 partition of parts for values from (0) to (9)", "create view seen as select * from second")
	for table, want := range map[string]bool{"parent": false, "partial": false, "nullable": false, "second": true, "floating": false, "parts": true, "seen": false} {
		d, err := openDatabase(t.Context(), Pull{Driver: "postgres", DSN: s.dsn, Table: table})
		if err != nil {
			t.Fatal(err)
		}
		if got := d.unique != nil; got != want {
			t.Errorf("%s: unique key %v, want %v", table, d.unique, want)
		}
		if err := d.close(); err != nil {
			t.Error(err)
		}
	}
	if pages := s.pull(t, t.TempDir(), Pull{Table: "parent"}); pages[0].Rows != 3 {
		t.Errorf("%d rows of a parent and its children", pages[0].Rows)
	}
}

// TestMySQLTypes lands a value of every kind, exact.
func TestMySQLTypes(t *testing.T) {
	t.Parallel()
	s, ok := mysqlServer(t)
	if !ok {
		t.Skip("no MariaDB")
	}
	s.exec(t, "set sql_mode = ''", `create table v (id int primary key, tiny tinyint, big bigint unsigned, n decimal(40,10), f float, d double, flag boolean, txt text, latin varchar(10) character set latin1,
			bin varbinary(4), bits bit(9), day date, at datetime(6), stamp timestamp null, clock time, y year, m enum('sad', 'très "content"'), s set('a','b'), j json)`)
	s.exec(t, "set sql_mode = ''", `insert into v values
		(1, -128, 18446744073709551615, 123456789012345678901234567890.0000000001, 16777216, 0.30000000000000004, true, 'tab\t', 'Ærø', x'00ff', b'100000001', '2024-02-29', '2026-03-31 08:15:00.123456',
			'2026-03-31 06:15:00', '-838:59:59', 2026, 'très "content"', 'a,b', '{"a": 1.10}'),
		(2, 0, 0, -0.0000000001, 0.1, 1e300, false, '', '', '', 0, '0000-00-00', '0000-00-00 00:00:00', '0000-00-00 00:00:00', '00:00:00', 1901, '', '', 'null'),
		(3, null, null, null, null, null, null, null, null, null, null, '2026-02-00', null, null, null, null, null, null, null)`)
	rows := readLanded(t, s.pull(t, t.TempDir(), Pull{Table: "v"})[0]).rows
	for i, want := range []string{
		`@1 id="1" tiny="-128" big="18446744073709551615" n="123456789012345678901234567890.0000000001" f="16777216" d="0.30000000000000004" flag="1" txt="tab\t" latin="Ærø" bin="00ff" bits="0101"` +
			` day="2024-02-29" at="2026-03-31 08:15:00.123456" stamp="2026-03-31 06:15:00Z" clock="-838:59:59" y="2026" m="très \"content\"" s="a,b" j="{\"a\": 1.10}"`,
		`@2 id="2" tiny="0" big="0" n="-0.0000000001" f="0.1" d="1e+300" flag="0" txt="" latin="" bin="" bits="0000" day="0000-00-00" at="0000-00-00 00:00:00.000000" stamp="0000-00-00 00:00:00" clock="00:00:00" y="1901" m="" s="" j="null"`,
		`@3 id="3" day="2026-02-00"`,
	} {
		if i >= len(rows) || rows[i] != want {
			t.Errorf("row %d:\n%s\nwant\n%s", i+1, rows[i], want)
		}
	}
	if _, err := PullTable(t.Context(), t.TempDir(), Pull{Driver: "mysql", DSN: s.dsn, Table: "v", Cursor: "m", After: "sad"}); err == nil || !strings.Contains(err.Error(), "no order") {
		t.Errorf("cursor of an enum: %v", err)
	}
}

// TestRights is what users without rights are told.
func TestRights(t *testing.T) {
	t.Parallel()
	for _, s := range testServers(t) {
		if s.driver == "sqlite" {
			continue
		}
		reader := namespace(t)
		s.exec(t, "create table secrets (id int primary key)", "create table shared (id int primary key)")
		schema := s.dsn[strings.LastIndexAny(s.dsn, "/=")+1:]
		if s.driver == "postgres" {
			s.exec(t, "create role "+reader+" login password 'reader'", "grant usage on schema "+schema+" to "+reader, "grant select on shared to "+reader)
			t.Cleanup(func() { s.exec(t, "drop owned by "+reader, "drop role "+reader) })
		} else {
			s.exec(t, "create user "+reader+"@'127.0.0.1' identified by 'reader'", "grant select on shared to "+reader+"@'127.0.0.1'")
			t.Cleanup(func() { s.exec(t, "drop user "+reader+"@'127.0.0.1'") })
		}
		dsn := strings.Replace(s.dsn, "loadstar:loadstar-test", reader+":wrong", 1)
		for name, c := range map[string]struct{ table, password, want string }{
			"no right":       {"secrets", "reader", "grant the user select"},
			"wrong password": {"shared", "wrong2", "refuses the user or the password"},
		} {
			_, err := ProbeTable(t.Context(), Pull{Driver: s.driver, DSN: dsn, Password: c.password, Table: c.table})
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "wrong2") {
				t.Errorf("%s, %s: %v", s.driver, name, err)
			}
		}
		if probe, err := ProbeTable(t.Context(), Pull{Driver: s.driver, DSN: dsn, Password: "reader", Table: "shared"}); err != nil || probe.Columns != 1 || len(probe.Key) != 1 {
			t.Errorf("%s: %+v, %v", s.driver, probe, err)
		}
		missing := strings.Replace(s.dsn, "/"+schema, "/nowhere", 1)
		if s.driver == "postgres" {
			missing = strings.Replace(s.dsn, "/postgres?", "/nowhere?", 1)
		}
		if _, err := ProbeTable(t.Context(), Pull{Driver: s.driver, DSN: missing, Table: "t"}); err == nil || !strings.Contains(err.Error(), "database's name") {
			t.Errorf("%s, no database: %v", s.driver, err)
		}
	}
}

// TestSQLiteMixedCursor refuses a cursor whose values don't compare.
func TestSQLiteMixedCursor(t *testing.T) {
	t.Parallel()
	path := sqliteFileOf(t, "create table t (id integer primary key, updated_at)", "insert into t values (1, '2026-01-01'), (2, 1767225600), (3, null)")
	_, err := PullTable(t.Context(), t.TempDir(), Pull{Driver: "sqlite", DSN: path, Table: "t", Cursor: "updated_at"})
	if err == nil || !strings.Contains(err.Error(), "numbers and texts") {
		t.Errorf("got %v", err)
	}
}

func TestLookback(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ cursor, lookback, want string }{
		{"2026-03-01 00:30:00", "1h", "2026-02-28 23:30:00"},
		{"2026-03-01 00:30:00.25Z", "15m", "2026-03-01 00:15:00.25Z"},
		{"2026-03-01T00:30:00+02:00", "2d", "2026-02-27T00:30:00+02:00"},
		{"2026-03-01", "1h", "2026-02-28"},
		{"100", "30", "70"},
		{"9223372036854775807", "1", "9223372036854775806"},
		{"100", "1h", ""}, {"2026-03-01", "5", ""}, {"x", "1h", ""}, {"2026-03-01", "-1h", ""}, {"100", "-1", ""}, {"100", "soon", ""},
	} {
		got, err := before(c.cursor, c.lookback)
		if got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%s less %s is %q, %v, want %q", c.cursor, c.lookback, got, err, c.want)
		}
	}
}

// TestPostgresMoments compares with Go's calendar.
func TestPostgresMoments(t *testing.T) {
	t.Parallel()
	epoch := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(r *rapid.T) {
		micros := rapid.Int64Range(-60_000_000_000_000_000, 250_000_000_000_000_000).Draw(r, "micros")
		at := time.UnixMicro(epoch.UnixMicro() + micros).UTC()
		var raw [8]byte
		for i := range raw {
			raw[i] = byte(micros >> (8 * (7 - i)))
		}
		got, err := pgMoment(nil, raw[:], "Z")
		if want := at.Format("2006-01-02 15:04:05.999999Z"); err != nil || string(got) != want {
			r.Fatalf("%d is %s, %v, want %s", micros, got, err, want)
		}
	})
}

// FuzzPostgresValue feeds any bytes to every reader of binary values.
func FuzzPostgresValue(f *testing.F) {
	f.Add(uint32(pgNumeric), []byte{0, 1, 0, 0, 0, 0, 0, 2, 0, 5})
	f.Add(uint32(pgNumeric), []byte{0, 0, 0xff, 0xff, 0xc0, 0, 0, 0})
	f.Add(uint32(pgTimestamptz), []byte{0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Add(uint32(pgDate), []byte{0x80, 0, 0, 0})
	f.Add(uint32(pgUUID), make([]byte, 16))
	f.Add(uint32(pgJSONB), []byte{1, '{', '}'})
	f.Fuzz(func(t *testing.T, id uint32, raw []byte) {
		text, format := postgresText(id)
		if text == nil || format == 0 {
			return
		}
		first, err := text(nil, raw)
		if err != nil {
			return
		}
		again, err := text([]byte("x"), raw)
		if err != nil || string(again) != "x"+string(first) {
			t.Errorf("type %d: %q, then %q, %v", id, first, again, err)
		}
	})
}

// TestSQLiteBrokenOff: a journal beside the file is of a change that was not
// finished, and reading must not undo it.
func TestSQLiteBrokenOff(t *testing.T) {
	t.Parallel()
	path := sqliteFileOf(t, "create table t (id integer primary key)", "insert into t values (1)")
	journal := append([]byte("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"), make([]byte, 600)...)
	if err := os.WriteFile(path+"-journal", journal, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := PullTable(t.Context(), t.TempDir(), Pull{Driver: "sqlite", DSN: path, Table: "t"})
	if err == nil || !strings.Contains(err.Error(), "broken off") {
		t.Errorf("got %v", err)
	}
}
