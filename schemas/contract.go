package schemas

import (
	"fmt"
	"regexp"
	"slices"
	"time"
)

// Contract is a feed contract: an Open Data Contract Standard v3.1 document,
// read by ParseContract. It says how deliveries of one feed look and which
// canonical entities their rows become.
type Contract struct {
	Feed        string // ODCS name; [a-z0-9_]+
	Version     string
	Description string
	System      string // source system that owns the natural ids ("crm")
	Delivery    Delivery
	Partition   *Partition // of a snapshot: each delivery is the whole of one list among several, nil = of the feed
	Delivered   *DeliveredAt
	Dialect     Dialect
	Locale      Locale
	Duplicates  Duplicates
	ErrorShare  float64 // share of rows that may be quarantined before the run stops, 0..1
	Allow       Allow
	Freshness   time.Duration // the newest delivery is never older than this: frequency and latency of slaProperties; 0 = not promised
	Objects     []Object
	Shipped     bool   // comes with Loadstar: it lists more columns than any one company delivers
	SHA256      string // of the document's bytes, lower-case hex

	DialectWords []string // keys that the contract's dialect sets, in alphabetical order
}

// Delivery says what a delivery of the feed stands for.
type Delivery string

// The delivery modes.
const (
	Snapshot Delivery = "snapshot" // each delivery is the whole; a missing key is a deletion
	Delta    Delivery = "delta"    // upserts by key
	Append   Delivery = "append"   // all rows are new
)

// Partition tells by a delivery's path which list it is the whole of, where a
// feed has several side by side: the worksheets of each sales person.
type Partition struct {
	Pattern *regexp.Regexp // its group names the list; nil = each path is one
}

// Of names the list of a path: the path itself where the pattern does not match.
// Without partitions all paths are of one list, "".
func (p *Partition) Of(path string) string {
	if p == nil {
		return ""
	}
	if p.Pattern != nil {
		if found := p.Pattern.FindStringSubmatch(path); found != nil {
			return found[1]
		}
	}
	return path
}

// String is the partition as a contract writes it, "" for nil.
func (p *Partition) String() string {
	switch {
	case p == nil:
		return ""
	case p.Pattern == nil:
		return partitionFile
	}
	return p.Pattern.String()
}

// partitionFile is the word for lists that are a file each.
const partitionFile = "file"

// Duplicates says what becomes of equal rows inside one delivery.
type Duplicates string

// What becomes of equal rows inside one delivery.
const (
	FlagDuplicates Duplicates = "flag" // loaded, is_exact_duplicate set
	DropDuplicates Duplicates = "drop" // counted as redelivered
)

// Allow lists what may happen to a feed without stopping the run.
type Allow struct {
	Absent bool // no delivery although the last run had one
	Empty  bool // a delivery without rows
	Shrink bool // under half the rows of the last delivery
}

// DeliveredAt reads the moment a delivery speaks for out of its path.
type DeliveredAt struct {
	Pattern *regexp.Regexp // its groups hold the date, joined by hyphens where they are several
	Layout  string         // of the group: Go's, or one of Periods
	// Optional: a path without a date is no error; nothing tells its moment.
	Optional bool
}

// Dialect says how bytes become rows. Which fields matter depends on Format.
type Dialect struct {
	Format      string   // csv, fixed, excel, jsonl, json, table, parquet, arrow; "" = as the feed says
	Encoding    string   // csv, fixed, json: IANA name; default utf-8
	Delimiter   string   // csv: default ","
	Quote       string   // csv: default `"`; "none"
	Escape      string   // csv: default: doubled quote
	Header      int      // csv, fixed, excel: number of header rows, 0 = none (columns by position)
	Skip        int      // csv, fixed: lines before the header
	Comment     string   // csv: lines that start so are excluded
	Trim        bool     // csv: white space around unquoted values is dropped
	Ragged      string   // csv: "reject" (default) or "pad" (missing cells at the end are null)
	Sheets      string   // excel: globs of sheet names, parted by "/"; default "*"
	NotSheets   string   // excel: globs of sheet names to leave out
	HeaderJoin  string   // excel: joins the parts of a header of several rows, default " "
	HeaderFind  []string // csv, excel: labels of which the first header row holds at least one; none: the first row
	HeaderIn    int      // excel: within how many rows HeaderFind looks, default 200
	HiddenRows  string   // excel: "exclude" (default) or "keep"
	HiddenSheet string   // excel: "exclude" (default) or "keep"
	HiddenCols  string   // excel: "keep" (default) or "exclude"
	Columns     string   // excel: the columns of the table, as "B:F"; "" = all
	MergedCells string   // excel: "" = cells merged over rows refuse the sheet, "fill" = each row has their value
	TableEnds   string   // excel: "" = with the sheet, "blank" = at the first blank row
	NextTable   []string // excel: labels of the header of the table below: this one ends before it, and before its title
	Totals      []Match  // rows to set aside as totals
	Records     []string // json: keys of which an object around the records has one, as the answers of web services do; nil = there is none
	Compression string   // "", "none", "gzip", "zstd", "zip": default by the file's first bytes
	EndedLine   bool     // csv, fixed, jsonl: the last line must end as the others do, else the file is cut off
	Trailer     *Trailer // csv, fixed: the last row tells how many rows there are and what they sum up to
}

// Trailer is a last row with control totals, which are proved before any row
// is used.
type Trailer struct {
	Match *regexp.Regexp // on the first cell of the row; in fixed text on the line
	Rows  Spot           // of the number of rows, zero = it has none
	Sums  []TrailerSum
}

// TrailerSum is the sum of one column over all rows before the trailer.
type TrailerSum struct {
	Column string
	At     Spot
}

// Spot is where a value stands in a row that is not one of the table's.
type Spot struct {
	Cell  int // csv: cell from 1
	Start int // fixed: first character from 1
	Width int
}

// Match selects rows by the text of one column.
type Match struct {
	Column  string
	Pattern *regexp.Regexp
}

// IndianGrouping parts digits as lakhs and crores: 1,23,45,678.
const IndianGrouping = "indian"

// Locale says how text becomes values.
type Locale struct {
	Decimal  string // decimal mark, default "."
	Group    string // digit grouping, default none
	Grouping string // "" = in threes, IndianGrouping
	Date     string // default layout of date and timestamp columns: "iso", "dd/mm/yyyy", "mm/dd/yyyy", "dd.mm.yyyy", "yyyymmdd", or a Go layout
	TimeZone string // IANA zone of timestamps without offset, default the company's
	Country  string // ISO 3166-1 alpha-2 default for phones and addresses, default the company's
	Currency string // ISO 4217 default for money, default the company's
}

// Object is one schema object: one stream of rows of one canonical entity. A
// flat feed whose rows hold several things has several objects over the same
// rows; a nested feed has one object for each array.
type Object struct {
	Name       string
	Entity     string
	Path       string              // nested: dotted path of the array that is the row ("lines", "customer"), "" = the record
	When       []string            // columns that must all have a value for the row to concern this object; none = always
	WhenIs     map[string][]string // by a column of When: the texts that concern this object; none = every text
	WhenNot    map[string][]string // by a column of When: the texts that leave the row out by rule; all others concern this object
	WhenLeaves []string            // columns of When of which any other text leaves the row out by rule
	Repeats    bool                // the same key may come again in one delivery with other content: the greatest version wins
	References map[string]string   // reference field prefix ("customer") -> source system, where it is not the feed's own
	Rows       Rows                // that a delivery must hold
	Together   [][]string          // names of properties that together must be unique in a delivery
	Properties []Property
}

// Keyed says whether the object names a key.
func (o Object) Keyed() bool { return len(o.KeyProperties()) > 0 }

// KeyedByText says whether the text of a row is part of its key and feeds no
// field: equal rows are several rows then, each with a key of its own.
func (o Object) KeyedByText() bool {
	return slices.ContainsFunc(o.KeyProperties(), func(p Property) bool { return p.From == "$hash" && p.Field == "" })
}

// UniqueSets are the properties whose values, or combinations of values, no two
// rows of a delivery may share. A row without one of the values shares none.
func (o Object) UniqueSets() [][]Property {
	var sets [][]Property
	for _, p := range o.Properties {
		if p.Unique && p.Key == 0 {
			sets = append(sets, []Property{p})
		}
	}
	for _, names := range o.Together {
		var set []Property
		for _, p := range o.Properties {
			if slices.Contains(names, p.Name) {
				set = append(set, p)
			}
		}
		sets = append(sets, set)
	}
	return sets
}

// KeyProperties returns the properties of the key in key order.
func (o Object) KeyProperties() []Property {
	var key []Property
	for position := 1; ; position++ {
		found := false
		for _, p := range o.Properties {
			if p.Key == position {
				key = append(key, p)
				found = true
			}
		}
		if !found {
			return key
		}
	}
}

// Property is one column of an object.
type Property struct {
	Name     string   // header as delivered; in nested feeds the dotted path below the object
	Aliases  []string // other headers of the same column
	Logical  string   // ODCS logicalType: string, integer, number, boolean, date, timestamp
	Meaning  string   // description, "" = none given
	Field    string   // canonical field of the object's entity, "" = kept as attribute
	Required bool
	Absent   bool // a delivery may lack the column, even where it brings others that are not listed
	Unique   bool
	PII      bool
	Key      int            // position in the object's key from 1, 0 = none
	Version  bool           // greater value = newer state of the same key
	Constant *string        // value for every row; no column of that name is delivered
	From     string         // "$sheet", "$file", "$row", "$delivered": value from the place; "$hash": hash of the row's text, the same in every object of the row; "../x": column of the parent record
	Part     *regexp.Regexp // of what is taken from "$sheet" or "$file": the text of its first group, none where it does not match
	Nulls    []string
	Layout   string // date layout, overrides the locale's
	Unit     string // "minor" = money in minor units (cents); "micros" = in millionths; "thousands", "millions" = 1.5 is 1,500 or 1,500,000; "fraction" = 0.25 is 25 in a field of percent; "epoch_s", "epoch_ms", "epoch_us", "excel_days" = time
	Clean    string // cleansing function, overrides the field's
	Minimum  string // inclusive bounds, as text of the logical type, "" = none
	Maximum  string
	Above    string // exclusive lower bound
	Below    string // exclusive upper bound
	Digits   int    // most digits of a number, 0 = any (physicalType decimal(10,2))
	Places   *int   // most decimal places of a number, nil = any
	Multiple string // numbers are multiples of it, "" = any
	MinLen   int
	MaxLen   int // 0 = none
	Pattern  *regexp.Regexp
	Allowed  []string // valid values, empty = any
	Start    int      // fixed width: first character from 1
	Width    int
	Matches  *regexp.Regexp    // the value becomes true where its text matches, else false ("^C": a cancelled invoice)
	Words    map[string]string // value -> canonical word ("Gewonnen": "won"); AnyWord for the others, which else pass unchanged
	Prefix   string            // put before each value of a text field: keeps ids of several tables of one system apart ("account:")
	Negate   bool              // decimals only: the source's sign is the opposite (costs as negative revenue)
	Float    bool              // decimals only: a program worked them out in binary, the noise behind their digits is left off (62.67999999999999 is 62.68)
	FillDown bool              // a blank has the value of the row above
	IsCount  bool              // its numbers only count the rows: neither in the text of a row nor an attribute
	Relation string            // what the relationship of the standard says it points to, "" = nothing said; the feeds are compared either way
	Else     []Alternative     // columns to read, in order, where this one has no value
	Time     string            // column with the time of day of a timestamp whose own column has the date, "" = none
}

// AnyWord is the value for all that Words does not list.
const AnyWord = "*"

// Alternative is a column that a property reads where its own has no value.
type Alternative struct {
	Column string
	Prefix string            // put before its values, as Property.Prefix
	Words  map[string]string // as Property.Words, which count where it has neither words nor nulls of its own
	Nulls  []string          // likewise
}

// HasOwnWords says whether its texts mean something else than the same texts in
// the property's column: yes in one says won, yes in the other lost.
func (a Alternative) HasOwnWords() bool { return len(a.Words)+len(a.Nulls) > 0 }

// Object returns the schema object of that name.
func (c Contract) Object(name string) (Object, error) {
	for _, o := range c.Objects {
		if o.Name == name {
			return o, nil
		}
	}
	return Object{}, fmt.Errorf("contract %s has no object %q", c.Feed, name)
}
