// Package config reads loadstar.yaml, the one configuration file of a project
// folder, and the environment variables it names. Nothing else in Loadstar
// reads YAML configuration or the environment.
package config

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/user"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"time"

	"loadstar/dedupe"
	"loadstar/schemas"
	"loadstar/schemas/fault"
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
	Exposed      []string // connections whose password stands in the file itself, by name
	Feeds        []Feed   // sorted by name
	Funnels      []string
	FunnelsAt    fault.Place // where the file lists them
	Checks       string      // folder of the project's own checks, "" = none
	Marts        string      // folder of the project's own marts, "" = none
	Segments     string      // folder of saved queries that select customers, "" = none
	Ignore       []string    // patterns of files, from the project folder, that no feed is to read and no run tells of
	Dedupe       Dedupe
	Attributes   []string // delivered columns of customers that become columns of customer_profile
}

// Company holds what is the same for all feeds.
type Company struct {
	Name            string `yaml:"name"`
	TimeZone        string `yaml:"time_zone"`
	Currency        string `yaml:"currency"`
	Country         string `yaml:"country"`
	FiscalYearStart int    `yaml:"fiscal_year_start"` // month, 1..12

	BusinessHours BusinessHours `yaml:"business_hours"` // in which the company answers

	At fault.Places `yaml:"-"`
}

// Feed is one feed: its contract and where its deliveries come from.
type Feed struct {
	Name         string
	Contract     schemas.Contract
	ContractFile string
	From         From
}

// Dedupe are the settings of matching.
type Dedupe struct {
	MarginBits     float64  `yaml:"margin_bits"`
	PairsPerRecord float64  `yaml:"pairs_per_record"`
	AlarmSize      int      `yaml:"alarm_size"`
	TrustedSystems []string `yaml:"trusted_systems"`

	// Survivorship says by which rules the golden record chooses a field, or
	// a group of fields, the first rule first; what is missing goes by
	// dedupe.DefaultRules.
	Survivorship map[string][]dedupe.Rule `yaml:"survivorship"`
}

// Rules are the rules of the golden record: the usual ones, but for the fields
// that have others here.
func (d Dedupe) Rules() dedupe.Rules {
	rules := dedupe.DefaultRules()
	maps.Copy(rules.Fields, d.Survivorship)
	rules.Trusted = d.TrustedSystems
	return rules
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
	Segments     string                `yaml:"segments"`
	Ignore       []string              `yaml:"ignore"`
	Dedupe       Dedupe                `yaml:"dedupe"`
	Attributes   []string              `yaml:"customer_attributes"`
	At           fault.Places          `yaml:"-"`
}

type feedEntry struct {
	Contract string           `yaml:"contract"` // a file, or builtin:system/table
	System   string           `yaml:"system"`   // builtin only: name of the source system, "" = the contract's
	Delivery schemas.Delivery `yaml:"delivery"` // builtin only: "" = the contract's
	From     fromEntry        `yaml:"from"`
	At       fault.Places     `yaml:"-"`
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
		missing := fault.New(fault.ConfigMissing, "read configuration: %w", err)
		missing.Next = "run in a project folder, or name it with --project"
		return Config{}, missing
	}
	return parse(path, text, os.LookupEnv)
}

// Environment looks one variable up, as os.LookupEnv does.
type Environment func(name string) (string, bool)

// parse gives a fault.List of everything that is wrong with the file and its
// contracts.
func parse(path string, text []byte, env Environment) (Config, error) {
	expanded, marked, faults := expand(text, env)
	doc := defaults()
	faults = append(faults, fault.Decode(expanded, fault.Codes{
		Syntax: fault.ConfigSyntax, Unknown: fault.ConfigUnknown, Value: fault.ConfigValue, Open: fault.ConfigOpen,
	}, &doc)...)
	if len(faults) > 0 && faults[0].Code == fault.ConfigSyntax {
		return Config{}, faults.In(path)
	}
	c := Config{
		Dir: filepath.Dir(path), File: path, SHA256: sum(text), Company: doc.Company, KeepVersions: doc.KeepVersions,
		MemoryLimit: doc.MemoryLimit, Connections: doc.Connections, Funnels: doc.Funnels, Dedupe: doc.Dedupe,
		Attributes: doc.Attributes, FunnelsAt: doc.At["funnels"], Exposed: exposed(marked), Ignore: doc.Ignore,
	}
	for name, connection := range c.Connections {
		// One that no feed uses is not judged.
		if complete, err := connection.complete(); err == nil {
			c.Connections[name] = complete
		}
	}
	c.Warehouse = c.path(doc.Warehouse)
	if doc.Checks != "" {
		c.Checks = c.path(doc.Checks)
	}
	if doc.Marts != "" {
		c.Marts = c.path(doc.Marts)
	}
	if doc.Segments != "" {
		c.Segments = c.path(doc.Segments)
	}
	doc.check(&faults)
	names := make([]string, 0, len(doc.Feeds))
	for name := range doc.Feeds {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		feed, wrong := c.feed(name, doc.Feeds[name])
		for _, w := range wrong {
			if w.File == "" {
				w.Reason = "feeds." + name + ": " + w.Reason
			}
			faults = append(faults, w)
		}
		c.Feeds = append(c.Feeds, feed)
	}
	if len(faults) == 0 {
		c.checkTrusted(placeOr(doc.At, "dedupe"), &faults)
	}
	if len(faults) > 0 {
		return Config{}, faults.In(path)
	}
	return c, nil
}

func (c Config) path(p string) string {
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(c.Dir, p)
}

var memorySize = regexp.MustCompile(`^(\d+(?:\.\d+)?)\s?(MB|GB|MiB|GiB)$`)

func (d document) check(faults *fault.List) {
	wrong := func(at fault.Place, format string, args ...any) {
		faults.Add(at, fault.ConfigValue, fmt.Errorf(format, args...))
	}
	if d.Version != 1 {
		wrong(placeOr(d.At, "version"), "version is %d, expected version: 1", d.Version)
	}
	if _, err := time.LoadLocation(d.Company.TimeZone); err != nil {
		wrong(d.Company.At["time_zone"], "company.time_zone: %w", err)
	}
	if m := d.Company.FiscalYearStart; m < 1 || m > 12 {
		wrong(d.Company.At["fiscal_year_start"], "company.fiscal_year_start is %d, expected a month from 1 to 12", m)
	}
	if err := checkAttributes(d.Attributes); err != nil {
		wrong(d.At["customer_attributes"], "customer_attributes: %w", err)
	}
	if err := d.Company.BusinessHours.check(); err != nil {
		wrong(d.Company.At["business_hours"], "company.business_hours: %w", err)
	}
	if d.KeepVersions < 1 {
		wrong(d.At["keep_versions"], "keep_versions is %d, expected at least 1", d.KeepVersions)
	}
	if err := d.Dedupe.Rules().Check(); err != nil {
		wrong(placeOr(d.At, "dedupe"), "dedupe.%w", err)
	}
	if !memorySize.MatchString(d.MemoryLimit) {
		wrong(d.At["memory_limit"], "memory_limit is %q, expected a size like 1GB", d.MemoryLimit)
	}
}

// checkTrusted finds trusted systems that no feed belongs to.
func (c Config) checkTrusted(at fault.Place, faults *fault.List) {
	systems := map[string]bool{}
	for _, f := range c.Feeds {
		systems[f.Contract.System] = true
	}
	for _, trusted := range c.Dedupe.TrustedSystems {
		if !systems[trusted] {
			unknown := fault.Unknown(fault.ConfigValue, "system in dedupe.trusted_systems:", trusted, slices.Sorted(maps.Keys(systems)))
			unknown.At = at
			*faults = append(*faults, unknown)
		}
	}
}

// placeOr is where a key's value stands, or where it is missing.
func placeOr(at fault.Places, key string) fault.Place {
	if p, ok := at[key]; ok {
		return p
	}
	return at[""]
}

// feed reads one feed and its contract. The errors of the contract name its
// file.
func (c Config) feed(name string, e feedEntry) (Feed, fault.List) {
	var faults fault.List
	from, err := e.From.resolve(c.Connections)
	if err != nil {
		faults.Add(placeOr(e.At, "from"), fault.ConfigSource, fmt.Errorf("from: %w", err))
	}
	if e.Contract == "" {
		faults.Add(e.At[""], fault.ConfigContract, errors.New("contract is missing: name the file of the feed's contract"))
		return Feed{}, faults
	}
	contract, file, wrong := c.contract(name, e)
	if len(wrong) > 0 {
		return Feed{}, append(faults, wrong...)
	}
	format, landed := from.Format, from.Format
	if from.IsPull() {
		format, landed = "table", "parquet" // pulls land as Parquet
	}
	if said := contract.Dialect.Format; said != "" && said != format {
		faults.Add(placeOr(e.At, "from"), fault.ConfigMismatch,
			fmt.Errorf("from: the feed is %s here and %s in the dialect of %s; give both one format", format, said, e.Contract))
	} else {
		faults.Add(placeOr(e.At, "contract"), fault.ConfigMismatch, contract.CheckFormat(format))
	}
	if from.Cursor != "" && slices.ContainsFunc(contract.Objects, func(o schemas.Object) bool { return o.Rows != schemas.Rows{} }) {
		faults.Add(placeOr(e.At, "contract"), fault.ConfigMismatch, errors.New("rowCount: a source with a cursor brings what is new, which may be any number of rows"))
	}
	contract.Dialect.Format = landed
	return Feed{Name: name, Contract: contract, ContractFile: file, From: from}, faults
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

// User is the name the system gives to whoever runs the program, also where
// $USER is not set (cron, containers); "" where it gives none.
func User() string {
	if name := os.Getenv("USER"); name != "" {
		return name
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return ""
}
