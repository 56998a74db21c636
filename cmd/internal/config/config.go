// Package config reads loadstar.yaml, the one configuration file of a project
// folder, and the environment variables it names. Nothing else in Loadstar
// reads YAML configuration or the environment.
package config

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"loadstar/schemas"
)

// FileName is the name of the configuration file in a project folder.
const FileName = "loadstar.yaml"

// Config is loadstar.yaml with defaults filled in and contracts read.
type Config struct {
	Dir          string // project folder; relative paths below start here
	File         string
	SHA256       string
	Company      Company
	Warehouse    string // folder of the published versions
	KeepVersions int
	MemoryLimit  string // of DuckDB, "1GB"
	Connections  map[string]Connection
	Feeds        []Feed // sorted by name
	Funnels      []string
	Checks       string // folder of the project's own checks, "" = none
	Marts        string // folder of the project's own marts, "" = none
	Dedupe       Dedupe
}

// Company holds what is the same for all feeds.
type Company struct {
	Name            string `yaml:"name"`
	TimeZone        string `yaml:"time_zone"`
	Currency        string `yaml:"currency"`
	Country         string `yaml:"country"`
	FiscalYearStart int    `yaml:"fiscal_year_start"` // month, 1..12

	BusinessHours BusinessHours `yaml:"business_hours"` // in which the company answers
}

// BusinessHours say when response times in business minutes run.
type BusinessHours struct {
	Opens  string `yaml:"opens"`  // "09:00", in the company's zone
	Closes string `yaml:"closes"` // "17:00"
	Days   []int  `yaml:"days"`   // 1 = Monday to 7 = Sunday
}

// Minutes gives the hours as minutes of the day; zeros where they are not set.
func (h BusinessHours) Minutes() (opens, closes int, err error) {
	if h.Opens == "" && h.Closes == "" {
		return 0, 0, nil
	}
	for _, end := range []struct {
		text   string
		minute *int
	}{{h.Opens, &opens}, {h.Closes, &closes}} {
		at, err := time.Parse("15:04", end.text)
		if err != nil {
			return 0, 0, fmt.Errorf("%q is no time of the day like 09:00", end.text)
		}
		*end.minute = at.Hour()*60 + at.Minute()
	}
	if opens >= closes {
		return 0, 0, fmt.Errorf("opens %s is not before closes %s", h.Opens, h.Closes)
	}
	return opens, closes, nil
}

// Connection is a database that feeds are pulled from.
type Connection struct {
	Driver string `yaml:"driver"`
	DSN    string `yaml:"dsn"`
}

// Feed is one feed: its contract and where its deliveries come from.
type Feed struct {
	Name     string
	Contract schemas.Contract
	From     From
}

// From says where deliveries of a feed come from. Exactly one of Pattern,
// Table and Query is set.
type From struct {
	Format     string // of files: csv, fixed, excel, jsonl, json, parquet
	Pattern    string // glob, or the path of one file
	Connection string
	Table      string
	Query      string
	Cursor     string // column that grows with each change, "" = the whole table each time
}

// Dedupe are the settings of matching.
type Dedupe struct {
	MarginBits     float64  `yaml:"margin_bits"`
	PairsPerRecord float64  `yaml:"pairs_per_record"`
	AlarmSize      int      `yaml:"alarm_size"`
	TrustedSystems []string `yaml:"trusted_systems"`
}

type document struct {
	Version      int                   `yaml:"version"`
	Company      Company               `yaml:"company"`
	Warehouse    string                `yaml:"warehouse"`
	KeepVersions int                   `yaml:"keep_versions"`
	MemoryLimit  string                `yaml:"memory_limit"`
	Connections  map[string]Connection `yaml:"connections"`
	Feeds        map[string]feedEntry  `yaml:"feeds"`
	Funnels      []string              `yaml:"funnels"`
	Checks       string                `yaml:"checks"`
	Marts        string                `yaml:"marts"`
	Dedupe       Dedupe                `yaml:"dedupe"`
}

type feedEntry struct {
	Contract string           `yaml:"contract"` // a file, or builtin:system/table
	System   string           `yaml:"system"`   // builtin only: name of the source system, "" = the contract's
	Delivery schemas.Delivery `yaml:"delivery"` // builtin only: "" = the contract's
	From     fromEntry        `yaml:"from"`
}

type fromEntry struct {
	CSV        string `yaml:"csv"`
	Fixed      string `yaml:"fixed"`
	Excel      string `yaml:"excel"`
	JSONL      string `yaml:"jsonl"`
	JSON       string `yaml:"json"`
	Parquet    string `yaml:"parquet"`
	Connection string `yaml:"connection"`
	Table      string `yaml:"table"`
	Query      string `yaml:"query"`
	Cursor     string `yaml:"cursor"`
}

func defaults() document {
	return document{
		Company:      Company{TimeZone: "UTC", Currency: "EUR", FiscalYearStart: 1},
		Warehouse:    "warehouse",
		KeepVersions: 3,
		MemoryLimit:  "1GB",
		Dedupe:       Dedupe{MarginBits: 1, PairsPerRecord: 4, AlarmSize: 50},
	}
}

// Load reads the configuration and every contract it names. path is the file
// or its folder. Errors name file, line and column where the form is wrong.
func Load(path string) (Config, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		path = filepath.Join(path, FileName)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return Config{}, fmt.Errorf("read configuration: %w (run in a project folder, or name it with --project)", err)
	}
	return parse(path, text, os.LookupEnv)
}

// Environment looks one variable up, as os.LookupEnv does.
type Environment func(name string) (string, bool)

func parse(path string, text []byte, env Environment) (Config, error) {
	expanded, err := expand(text, env)
	if err != nil {
		return Config{}, fmt.Errorf("%s: %w", path, err)
	}
	doc := defaults()
	if err := yaml.UnmarshalWithOptions(expanded, &doc, yaml.Strict()); err != nil {
		return Config{}, fmt.Errorf("%s: %w", path, redact(err))
	}
	c := Config{
		Dir: filepath.Dir(path), File: path, SHA256: sum(text), Company: doc.Company, KeepVersions: doc.KeepVersions,
		MemoryLimit: doc.MemoryLimit, Connections: doc.Connections, Funnels: doc.Funnels, Dedupe: doc.Dedupe,
	}
	c.Warehouse = c.path(doc.Warehouse)
	if doc.Checks != "" {
		c.Checks = c.path(doc.Checks)
	}
	if doc.Marts != "" {
		c.Marts = c.path(doc.Marts)
	}
	if err := c.check(doc.Version); err != nil {
		return Config{}, fmt.Errorf("%s: %w", path, err)
	}
	names := make([]string, 0, len(doc.Feeds))
	for name := range doc.Feeds {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		feed, err := c.feed(name, doc.Feeds[name])
		if err != nil {
			return Config{}, fmt.Errorf("%s: feeds.%s: %w", path, name, err)
		}
		c.Feeds = append(c.Feeds, feed)
	}
	return c, nil
}

func (c Config) path(p string) string {
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.Dir, p)
}

var memorySize = regexp.MustCompile(`^\d+(\.\d+)?\s?(MB|GB|MiB|GiB)$`)

func (c Config) check(version int) error {
	if version != 1 {
		return fmt.Errorf("version is %d, expected version: 1", version)
	}
	if _, err := time.LoadLocation(c.Company.TimeZone); err != nil {
		return fmt.Errorf("company.time_zone: %w", err)
	}
	if m := c.Company.FiscalYearStart; m < 1 || m > 12 {
		return fmt.Errorf("company.fiscal_year_start is %d, expected a month from 1 to 12", m)
	}
	if _, _, err := c.Company.BusinessHours.Minutes(); err != nil {
		return fmt.Errorf("company.business_hours: %w", err)
	}
	for _, day := range c.Company.BusinessHours.Days {
		if day < 1 || day > 7 {
			return fmt.Errorf("company.business_hours.days: %d is not 1 (Monday) to 7 (Sunday)", day)
		}
	}
	if c.KeepVersions < 1 {
		return fmt.Errorf("keep_versions is %d, expected at least 1", c.KeepVersions)
	}
	if !memorySize.MatchString(c.MemoryLimit) {
		return fmt.Errorf("memory_limit is %q, expected a size like 1GB", c.MemoryLimit)
	}
	return nil
}

func (c Config) feed(name string, e feedEntry) (Feed, error) {
	if e.Contract == "" {
		return Feed{}, fmt.Errorf("contract is missing")
	}
	from, err := e.From.resolve(c.Connections)
	if err != nil {
		return Feed{}, fmt.Errorf("from: %w", err)
	}
	contract, err := c.contract(name, e)
	if err != nil {
		return Feed{}, err
	}
	format, landed := from.Format, from.Format
	if format == "" {
		format, landed = "table", "parquet" // pulls land as Parquet
	}
	if said := contract.Dialect.Format; said != "" && said != format {
		return Feed{}, fmt.Errorf("from: the feed is %s here and %s in the dialect of %s; give both one format", format, said, e.Contract)
	}
	contract.Dialect.Format = landed
	return Feed{Name: name, Contract: contract, From: from}, nil
}

// builtin begins the name of a contract that ships with Loadstar.
const builtin = "builtin:"

// contract reads the contract of a feed: a file of the project, or a shipped
// one, which takes the feed's name.
func (c Config) contract(name string, e feedEntry) (schemas.Contract, error) {
	if shipped, ok := strings.CutPrefix(e.Contract, builtin); ok {
		contract, err := schemas.Connector(shipped)
		if err != nil {
			return contract, err
		}
		contract.Feed = name
		if e.System != "" {
			contract.System = e.System
		}
		if e.Delivery != "" {
			contract.Delivery = e.Delivery
		}
		switch contract.Delivery {
		case schemas.Snapshot, schemas.Delta, schemas.Append:
			return contract, nil
		}
		return contract, fmt.Errorf("delivery: %q is not snapshot, delta or append", contract.Delivery)
	}
	if e.System != "" || e.Delivery != "" {
		return schemas.Contract{}, fmt.Errorf("system and delivery go with a builtin contract; %s says them itself", e.Contract)
	}
	file := c.path(e.Contract)
	text, err := os.ReadFile(file)
	if err != nil {
		return schemas.Contract{}, fmt.Errorf("read contract: %w", err)
	}
	contract, err := schemas.ParseContract(file, text)
	if err != nil {
		return contract, err
	}
	if contract.Feed != name {
		return contract, fmt.Errorf("contract %s is for feed %s; give both one name", e.Contract, contract.Feed)
	}
	return contract, nil
}

func (e fromEntry) resolve(connections map[string]Connection) (From, error) {
	f := From{Connection: e.Connection, Table: e.Table, Query: e.Query, Cursor: e.Cursor}
	var given []string
	for format, pattern := range map[string]string{
		"csv": e.CSV, "fixed": e.Fixed, "excel": e.Excel, "jsonl": e.JSONL, "json": e.JSON, "parquet": e.Parquet,
	} {
		if pattern != "" {
			f.Format, f.Pattern = format, pattern
			given = append(given, format)
		}
	}
	for what, value := range map[string]string{"table": e.Table, "query": e.Query} {
		if value != "" {
			given = append(given, what)
		}
	}
	slices.Sort(given)
	if len(given) != 1 {
		return f, fmt.Errorf("give exactly one of csv, fixed, excel, jsonl, json, parquet, table, query (found %s)", orNone(given))
	}
	if f.Pattern != "" {
		if e.Connection != "" || e.Cursor != "" {
			return f, fmt.Errorf("connection and cursor go with table or query, not with %s", f.Format)
		}
		return f, nil
	}
	connection, ok := connections[e.Connection]
	if !ok {
		return f, fmt.Errorf("connection %q is not listed under connections", e.Connection)
	}
	if connection.Driver != "sqlite" {
		return f, fmt.Errorf("connection %q: driver %q is not sqlite", e.Connection, connection.Driver)
	}
	return f, nil
}

func orNone(words []string) string {
	if len(words) == 0 {
		return "none"
	}
	return strings.Join(words, ", ")
}

// ParseTime reads a moment given by a person: a date (its end, in the
// company's zone), a date with time (in that zone), or RFC 3339.
func (c Company) ParseTime(text string) (time.Time, error) {
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return time.Time{}, fmt.Errorf("company.time_zone: %w", err)
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.UTC(), nil
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04"} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t.UTC(), nil
		}
	}
	t, err := time.ParseInLocation("2006-01-02", text, zone)
	if err != nil {
		return time.Time{}, fmt.Errorf("%s is not a moment: use 2026-03-31, 2026-03-31T18:00 or RFC 3339", strconv.Quote(text))
	}
	return t.AddDate(0, 0, 1).Add(-time.Microsecond).UTC(), nil
}
