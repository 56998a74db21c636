package config

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"loadstar/schemas/fault"
)

// Connection is a database that feeds are pulled from. Secrets in DSN and
// Password are still named, not known: Secrets looks them up.
type Connection struct {
	Driver         string       `yaml:"driver"` // sqlite, postgres or mysql
	DSN            string       `yaml:"dsn"`
	Password       string       `yaml:"password"`
	ConnectTimeout string       `yaml:"connect_timeout"`
	Timeout        string       `yaml:"timeout"`
	Retries        int          `yaml:"retries"`
	At             fault.Places `yaml:"-"`

	Waits Waits `yaml:"-"`
}

// Waits are the times of a connection or plug-in.
type Waits struct {
	Connect time.Duration // for a connection to be made
	Whole   time.Duration // for one pull, 0 = without end
}

// The times where a configuration names none.
const (
	defaultConnect = 15 * time.Second
	defaultPull    = time.Hour
	defaultRetries = 3
)

// lookback is a time or a whole number, as extract reads it.
var lookback = regexp.MustCompile(`^(\d+d?|(\d+(ms|s|m|h))+)$`)

// driverOf maps the words for a database to the driver that reads it.
func driverOf(word string) (string, bool) {
	driver, ok := map[string]string{
		"sqlite": "sqlite", "postgres": "postgres", "postgresql": "postgres", "mysql": "mysql", "mariadb": "mysql",
	}[word]
	return driver, ok
}

// complete checks a connection and fills defaults in.
func (c Connection) complete() (Connection, error) {
	driver, ok := driverOf(c.Driver)
	if !ok {
		return c, fmt.Errorf("driver %q is not sqlite, postgres or mysql", c.Driver)
	}
	c.Driver = driver
	if c.DSN == "" {
		return c, errors.New("dsn is missing: name the database")
	}
	if c.Retries < 0 {
		return c, fmt.Errorf("retries is %d, expected 0 or more", c.Retries)
	}
	if _, given := c.At["retries"]; !given {
		c.Retries = defaultRetries
	}
	var err error
	if c.Waits.Connect, err = wait("connect_timeout", c.ConnectTimeout, defaultConnect); err != nil {
		return c, err
	}
	c.Waits.Whole, err = wait("timeout", c.Timeout, defaultPull)
	return c, err
}

func wait(key, text string, otherwise time.Duration) (time.Duration, error) {
	if text == "" {
		return otherwise, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("%s is %q, expected a time like 30s, 10m or 2h", key, text)
	}
	return d, nil
}

// From says where deliveries of a feed come from. Exactly one of Pattern,
// Table, Query and Command is set.
type From struct {
	Format     string // of files and plug-ins: csv, fixed, excel, jsonl, json, parquet, arrow; "" of a pull
	Pattern    string // glob, or the path of one file
	Connection string
	Table      string
	Query      string
	Cursor     string // column that grows with each change, "" = the whole each time
	Lookback   string // how far below the last cursor rows are read again, "" = not at all
	Sweep      bool   // the keys of all rows are read too, and rows that are gone are deleted
	Command    []string
	Fields     []string // that a plug-in's records must have
	Timeout    time.Duration
	MaxOutput  int64  // bytes that a plug-in may write
	With       []With // of delimited text: files that tell more of its rows
	Ready      string // of files: when one is complete, see extract.ParseReady; "" = always
}

// IsPull says whether rows come from a database.
func (f From) IsPull() bool { return f.Table != "" || f.Query != "" }

// IsFile says whether deliveries are files.
func (f From) IsFile() bool { return f.Pattern != "" }

// What names the source for people: a pattern, a table, a query or a command.
func (f From) What() string {
	switch {
	case f.IsFile():
		return f.Pattern
	case f.Table != "":
		return "table " + f.Table + " of " + f.Connection
	case f.Query != "":
		return "a query of " + f.Connection
	default:
		return "command " + f.Command[0]
	}
}

type fromEntry struct {
	CSV        string       `yaml:"csv"`
	Fixed      string       `yaml:"fixed"`
	Excel      string       `yaml:"excel"`
	JSONL      string       `yaml:"jsonl"`
	JSON       string       `yaml:"json"`
	Parquet    string       `yaml:"parquet"`
	Arrow      string       `yaml:"arrow"`
	Ready      string       `yaml:"ready"`
	With       []With       `yaml:"with"`
	Connection string       `yaml:"connection"`
	Table      string       `yaml:"table"`
	Query      string       `yaml:"query"`
	Cursor     string       `yaml:"cursor"`
	Lookback   string       `yaml:"lookback"`
	Deletes    string       `yaml:"deletes"`
	Command    []string     `yaml:"command"`
	Output     string       `yaml:"output"`
	Fields     []string     `yaml:"fields"`
	Timeout    string       `yaml:"timeout"`
	MaxOutput  string       `yaml:"max_output"`
	At         fault.Places `yaml:"-"`
}

// With is a file whose rows tell more of those of a feed: one of each at most.
type With struct {
	CSV     string   `yaml:"csv"`
	Key     string   `yaml:"key"` // column that names its rows
	Of      string   `yaml:"of"`  // column of the feed with the same ids
	Columns []string `yaml:"columns"`
}

func (w With) check() error {
	if w.CSV == "" || w.Key == "" || w.Of == "" || len(w.Columns) == 0 {
		return errors.New("with needs csv, key, of and columns: the file, the column that names its rows, the column of the feed with the same ids, and what is read of it")
	}
	return nil
}

func (e fromEntry) resolve(connections map[string]Connection) (From, error) {
	f := From{Connection: e.Connection, Table: e.Table, Query: e.Query, Cursor: e.Cursor, Lookback: e.Lookback, Command: e.Command, Fields: e.Fields, Ready: e.Ready, With: e.With}
	var given []string
	for format, pattern := range map[string]string{
		"csv": e.CSV, "fixed": e.Fixed, "excel": e.Excel, "jsonl": e.JSONL, "json": e.JSON, "parquet": e.Parquet, "arrow": e.Arrow,
	} {
		if pattern != "" {
			f.Format, f.Pattern = format, pattern
			given = append(given, format)
		}
	}
	for what, value := range map[string]string{"table": e.Table, "query": e.Query, "command": strings.Join(e.Command, " ")} {
		if value != "" {
			given = append(given, what)
		}
	}
	slices.Sort(given)
	if len(given) != 1 {
		return f, fmt.Errorf("give exactly one of csv, fixed, excel, jsonl, json, parquet, arrow, table, query, command (found %s)", orNone(given))
	}
	for key, takers := range map[string][]string{
		"connection": {"table", "query"}, "cursor": {"table", "query", "command"}, "lookback": {"table", "query"},
		"deletes": {"table", "query"}, "output": {"command"}, "fields": {"command"}, "timeout": {"command"}, "max_output": {"command"},
		"ready": {"csv", "fixed", "excel", "jsonl", "json", "parquet", "arrow"}, "with": {"csv"},
	} {
		if _, is := e.At[key]; is && !slices.Contains(takers, given[0]) {
			return f, fmt.Errorf("%s goes with %s, not with %s", key, strings.Join(takers, " or "), given[0])
		}
	}
	for _, w := range e.With {
		if err := w.check(); err != nil {
			return f, err
		}
	}
	switch {
	case f.IsFile():
		return f, nil
	case given[0] == "command":
		return f, e.plugin(&f)
	}
	return f, e.pull(&f, connections)
}

func (e fromEntry) plugin(f *From) (err error) {
	f.Format = e.Output
	if f.Format == "" {
		f.Format = "jsonl"
	}
	if f.Format != "jsonl" && f.Format != "arrow" {
		return fmt.Errorf("output is %q, expected jsonl or arrow", e.Output)
	}
	if e.Cursor != "" && len(e.Fields) > 0 && !slices.Contains(e.Fields, e.Cursor) {
		return fmt.Errorf("cursor %q is none of the fields", e.Cursor)
	}
	if f.MaxOutput, err = bytesOf("max_output", e.MaxOutput, defaultOutput); err != nil {
		return err
	}
	f.Timeout, err = wait("timeout", e.Timeout, defaultPull)
	return err
}

// defaultOutput is how much a plug-in may write where nothing is said.
const defaultOutput = 16 << 30

// bytesOf reads a size like 500MB.
func bytesOf(what, text string, otherwise int64) (int64, error) {
	if text == "" {
		return otherwise, nil
	}
	units := map[string]float64{"MB": 1e6, "GB": 1e9, "MiB": 1 << 20, "GiB": 1 << 30}
	found := memorySize.FindStringSubmatch(text)
	if found == nil {
		return 0, fmt.Errorf("%s is %q, expected a size like 500MB", what, text)
	}
	number, err := strconv.ParseFloat(found[1], 64)
	if size := number * units[found[2]]; err == nil && size >= 1 && size < 1<<60 {
		return int64(size), nil
	}
	return 0, fmt.Errorf("%s is %q, expected a size above 0", what, text)
}

func (e fromEntry) pull(f *From, connections map[string]Connection) error {
	connection, ok := connections[e.Connection]
	if !ok {
		return fmt.Errorf("connection %q is not listed under connections%s", e.Connection, meant(e.Connection, connections))
	}
	if _, err := connection.complete(); err != nil {
		return fmt.Errorf("connection %q: %w", e.Connection, err)
	}
	if e.Lookback != "" && e.Cursor == "" {
		return errors.New("lookback goes with a cursor")
	}
	if e.Lookback != "" && !lookback.MatchString(e.Lookback) {
		return fmt.Errorf("lookback is %q, expected a time like 10m, 12h or 2d, or a whole number", e.Lookback)
	}
	switch e.Deletes {
	case "", "keep":
	case "sweep":
		if e.Cursor == "" {
			return errors.New("deletes: sweep goes with a cursor; without one the whole is pulled, and delivery: snapshot finds what is gone")
		}
		f.Sweep = true
	default:
		return fmt.Errorf("deletes is %q, expected sweep or keep", e.Deletes)
	}
	return nil
}

func meant(name string, connections map[string]Connection) string {
	if near := fault.Nearest(name, slices.Sorted(maps.Keys(connections)), nil); len(near) > 0 {
		return "; did you mean " + strings.Join(near, " or ") + "?"
	}
	return ""
}

func orNone(words []string) string {
	if len(words) == 0 {
		return "none"
	}
	return strings.Join(words, ", ")
}
