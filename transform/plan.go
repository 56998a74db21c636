package transform

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/apache/arrow-go/v18/arrow"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// Defaults are the company-wide settings a contract's locale falls back to.
type Defaults struct {
	TimeZone string // IANA zone, "" = UTC
	Country  string // ISO 3166-1 alpha-2
	Currency string // ISO 4217
}

// version names the code of this package in the hash of every plan. It rises
// when a cleanser gives other values than before.
const version = "transform 5"

// Plan is the frozen value of steps 3 and 4 for one contract: resolved
// entities, cleansers and tables. It is safe for concurrent use.
type Plan struct {
	contract schemas.Contract
	tables   *Tables
	locale   locale
	objects  []*objectPlan
	pool     *schemas.Pool // of conformed records
	hash     string
	tolerant bool // a header may lack listed columns and bring others
}

// locale is the contract's locale with the company's defaults filled in.
type locale struct {
	marks    Marks
	zone     *time.Location
	country  string
	currency string
	digits   int // of the currency's minor unit
}

// objectPlan is what Apply does for the rows of one object.
type objectPlan struct {
	object   schemas.Object
	entity   schemas.Entity
	columns  []column // in order of evaluation: what others depend on first
	outputs  []output // canonical fields of the conformed record, in entity order
	slots    int      // cells of a row: one for each output, then those of bare keys and rules
	hashed   []int    // outputs in order of their name that make the content
	keys     []int    // slots of the key, in key order
	idPrefix []byte   // first parts of the tuple of a row id
	version  int      // index in columns of the version column, -1 = none
	system   string   // owner of customer_id
	referrer string   // owner of referred_by_customer_id
	money    []string // decimal fields, by index of column.money
	schema   *arrow.Schema

	hasCustomer, hasReferrer, usesHash bool
	hasAmounts                         bool // its rows tell of money: an id alone says nothing
	isDated                            bool // a column holds dates or moments

	told []int // slots of delivered columns that hold no numbers

	customerSlot, referrerSlot int
	names                      *nameSlots
	address                    *addressSlots
	currencySlot               int // filled from the locale, -1 = mapped or none
	assumedSlot                int // true where it was, -1 = none
	countrySlot                int // -1 = none
}

// output is one canonical field of the conformed record; its slot is its
// index.
type output struct {
	field   schemas.Field
	mapped  bool
	lineage bool // its value comes from the delivery, not from the row

	isText   bool
	namePart []byte // the field's name as part of a hashed tuple
}

// NewPlan resolves a contract. It fails where the contract names a cleansing
// function, zone, layout or bound that does not exist or does not fit.
func NewPlan(c schemas.Contract, d Defaults) (*Plan, error) {
	tables, err := LoadTables()
	if err != nil {
		return nil, fmt.Errorf("load tables: %w", err)
	}
	p := &Plan{contract: c, tables: tables, pool: &schemas.Pool{}}
	if p.locale, err = newLocale(c, d, tables); err != nil {
		return nil, fmt.Errorf("plan feed %s: %w", c.Feed, fault.Mark(fault.ContractPlan, err))
	}
	for _, o := range c.Objects {
		op, err := p.newObject(o)
		if err != nil {
			return nil, fmt.Errorf("plan feed %s: object %s: %w", c.Feed, o.Name, fault.Mark(fault.ContractPlan, err))
		}
		p.objects = append(p.objects, op)
	}
	p.hash = p.fingerprint()
	return p, nil
}

// Tolerant is the plan that takes headers which lack optional columns and bring
// others that are not listed, which a run refuses. It is for those who report
// the difference themselves.
func (p *Plan) Tolerant() *Plan {
	tolerant := *p
	tolerant.tolerant = true
	return &tolerant
}

// Hash names the plan: equal hashes give equal results for equal rows.
func (p *Plan) Hash() string { return p.hash }

func (p *Plan) fingerprint() string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n%s\n%s\n%s\n%s\n%s\n", version, p.contract.SHA256, p.tables.hash,
		p.locale.zone, p.locale.country, p.locale.currency)
	for _, o := range p.objects {
		fmt.Fprintf(sum, "%+v\n", o.entity)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

func newLocale(c schemas.Contract, d Defaults, t *Tables) (locale, error) {
	l := locale{
		country:  firstOf(c.Locale.Country, d.Country),
		currency: firstOf(c.Locale.Currency, d.Currency),
		marks:    Marks{Decimal: '.', Machine: isMachineFormat(c.Dialect.Format)},
	}
	var err error
	if l.zone, err = time.LoadLocation(firstOf(c.Locale.TimeZone, d.TimeZone, "UTC")); err != nil {
		return l, fmt.Errorf("read time zone: %w", err)
	}
	if l.country != "" {
		if t.Country(l.country) != l.country {
			return l, fmt.Errorf("country %q is not an ISO 3166-1 alpha-2 code", l.country)
		}
	}
	l.digits = 2
	if l.currency != "" {
		known, ok := t.currencies[l.currency]
		if !ok {
			return l, fmt.Errorf("currency %q is not an ISO 4217 code", l.currency)
		}
		l.digits = known.digits
	}
	if l.marks.Decimal, err = mark(firstOf(c.Locale.Decimal, ".")); err != nil {
		return l, err
	}
	l.marks.Indian = c.Locale.Grouping == schemas.IndianGrouping
	if c.Locale.Group != "" {
		if l.marks.Group, err = mark(c.Locale.Group); err != nil {
			return l, err
		}
	}
	return l, nil
}

func mark(s string) (rune, error) {
	r := []rune(s)
	if len(r) != 1 {
		return 0, fmt.Errorf("number mark %q is not one character", s)
	}
	return r[0], nil
}

func isMachineFormat(format string) bool {
	switch format {
	case "excel", "json", "jsonl", "table", "parquet", "arrow":
		return true
	}
	return false
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

func (p *Plan) objectNamed(name string) (*objectPlan, error) {
	for _, o := range p.objects {
		if o.object.Name == name {
			return o, nil
		}
	}
	return nil, fmt.Errorf("contract %s has no object %q", p.contract.Feed, name)
}
