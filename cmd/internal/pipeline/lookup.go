package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/cmd/internal/config"
	"loadstar/dedupe"
	"loadstar/load/publish"
	"loadstar/schemas"
	"loadstar/transform"
)

// Query is what is known of the party that is looked up, as it was typed or
// said; "" = unknown.
type Query struct {
	Name       string `json:"name,omitempty"` // whole, of a person or an organisation
	Given      string `json:"given,omitempty"`
	Family     string `json:"family,omitempty"`
	Company    string `json:"company,omitempty"`
	Email      string `json:"email,omitempty"`
	Phone      string `json:"phone,omitempty"`
	BirthDate  string `json:"birth_date,omitempty"` // YYYY-MM-DD
	Street     string `json:"street,omitempty"`     // with or without the house number
	Postcode   string `json:"postcode,omitempty"`
	City       string `json:"city,omitempty"`
	Country    string `json:"country,omitempty"`
	NationalID string `json:"national_id,omitempty"`
}

// queryFields is how many parts a Query has, with the kind of party.
const queryFields = 13

// queryField is one part of a Query and the canonical field it feeds.
type queryField struct{ name, field, value string }

// fields lists q in a fixed order.
func (q *Query) fields() [queryFields]queryField {
	return [...]queryField{
		{"name", "full_name", q.Name}, {"given", "given_name", q.Given}, {"family", "family_name", q.Family},
		{"company", "organisation_name", q.Company}, {"email", "email", q.Email}, {"phone", "phone", q.Phone},
		{"birth_date", "birth_date", q.BirthDate}, {"street", "street", q.Street}, {"postcode", "postcode", q.Postcode},
		{"city", "city", q.City}, {"country", "country_code", q.Country}, {"national_id", "national_id", q.NationalID},
		{"kind", "party_type", ""},
	}
}

// longestValue bounds one value of a query, in bytes.
const longestValue = 500

// QueryError says what is wrong with a query; it holds no value.
type QueryError struct{ Reason string }

// Error gives the reason.
func (e *QueryError) Error() string { return e.Reason }

// Candidate is a customer that a query may mean.
type Candidate struct {
	Name string // as the customer is called
	dedupe.Finding
}

// Answer is what a look-up found.
type Answer struct {
	Candidates []Candidate // best first
	Compared   int         // records
	Alike      int         // customers as near as the best one, itself included
	AtLeast    bool        // not all who may be as near were compared
	Ignored    []string    // parts of the query that hold nothing to compare: placeholders, what is not of its form
	Reason     string      // why nothing could be looked up, "" where it could
}

// Lookup finds customers of one published version by what is known of them.
// It holds what it needs in memory, about 500 bytes a record, and may be used
// by any number of goroutines.
type Lookup struct {
	Version publish.Version
	Records int
	index   *dedupe.Index
	plan    *transform.Plan
	names   customerNames
}

// OpenLookup reads the identities of a version and closes it again.
func OpenLookup(ctx context.Context, cfg config.Config, w publish.Warehouse, v publish.Version, workers int) (l *Lookup, err error) {
	e, err := OpenEvidence(ctx, w, v)
	if err != nil {
		return nil, fmt.Errorf("open look-up: %w", err)
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	if err := e.read(ctx); err != nil {
		return nil, fmt.Errorf("open look-up: %w", err)
	}
	l = &Lookup{Version: v, Records: e.records.Len()}
	if l.index, err = dedupe.NewIndex(ctx, e.records, e.names, e.model, workers); err != nil {
		return nil, fmt.Errorf("open look-up: %w", err)
	}
	if l.plan, err = queryPlan(cfg); err != nil {
		return nil, fmt.Errorf("open look-up: %w", err)
	}
	for batch, err := range e.CustomerNames(ctx) {
		if err == nil {
			err = l.names.add(batch)
		}
		if err != nil {
			return nil, fmt.Errorf("open look-up: read customers: %w", err)
		}
	}
	return l, nil
}

// queryPlan cleanses queries by the functions that cleanse feeds.
func queryPlan(cfg config.Config) (*transform.Plan, error) {
	o := schemas.Object{Name: "query", Entity: "customer"}
	for _, f := range (&Query{}).fields() {
		logical := "string"
		if f.field == "birth_date" {
			logical = "date"
		}
		o.Properties = append(o.Properties, schemas.Property{Name: f.name, Logical: logical, Field: f.field})
	}
	c := schemas.Contract{Feed: "lookup", System: "lookup", Dialect: schemas.Dialect{Format: "jsonl"},
		Locale: schemas.Locale{Date: "iso"}, Objects: []schemas.Object{o}}
	return transform.NewPlan(c, transform.Defaults{TimeZone: cfg.Company.TimeZone, Country: cfg.Company.Country, Currency: cfg.Company.Currency})
}

// Find returns at most limit customers that the query may mean. It fails with
// a *QueryError where the query is at fault.
func (l *Lookup) Find(q Query, limit int) (Answer, error) {
	if limit < 1 {
		return Answer{}, &QueryError{fmt.Sprintf("limit %d: must be at least 1", limit)}
	}
	if err := q.Check(); err != nil {
		return Answer{}, err
	}
	raw := q.batch()
	defer raw.Release()
	conformed, err := l.plan.Apply(schemas.Decoded{Record: raw}, transform.Place{})
	if err != nil {
		return Answer{}, fmt.Errorf("cleanse query: %w", err)
	}
	defer conformed[0].Record.Release()
	if rejects := conformed[0].Rejects; len(rejects) > 0 {
		return Answer{}, &QueryError{fmt.Sprintf("%s: %s", rejects[0].Column, rejects[0].Reason)}
	}
	ignored := q.ignored(conformed[0].Record)
	found, err := l.index.Find(conformed[0].Record, limit)
	if errors.Is(err, dedupe.ErrEmptyQuery) {
		if len(ignored) > 0 {
			return Answer{}, &QueryError{"nothing to look up: there is nothing to compare in " + strings.Join(ignored, ", ") + " (a placeholder, or not of its form)"}
		}
		return Answer{}, &QueryError{nothingAsked}
	}
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Compared: found.Compared, Alike: found.Alike, AtLeast: found.LeftOut && found.Alike > limit, Ignored: ignored, Reason: found.Reason}
	for _, f := range found.Findings {
		a.Candidates = append(a.Candidates, Candidate{l.names.of(f.Customer), f})
	}
	return a, nil
}

// Check says what is wrong with a query that can be told without cleansing it,
// as a *QueryError; nil if nothing is.
func (q Query) Check() error {
	given := false
	for _, f := range q.fields() {
		if len(f.value) > longestValue {
			return &QueryError{fmt.Sprintf("%s: longer than %d bytes", f.name, longestValue)}
		}
		if !utf8.ValidString(f.value) {
			return &QueryError{f.name + ": not valid UTF-8"}
		}
		given = given || strings.TrimSpace(f.value) != ""
	}
	if !given {
		return &QueryError{nothingAsked}
	}
	return nil
}

const nothingAsked = "nothing to look up: give a name, a company, an e-mail address, a phone number, a birth date or an id"

// batch writes the readings of q: as a person, and as an organisation where
// it may be one.
func (q Query) batch() arrow.RecordBatch {
	asPerson, asFirm := q, q
	asPerson.Company = ""
	asFirm.Company = cmp.Or(q.Company, q.Name)
	asFirm.Name, asFirm.Given, asFirm.Family, asFirm.BirthDate = "", "", "", ""
	readings := []Query{asPerson, asFirm}
	named := q.Given != "" || q.Family != ""
	switch {
	case q.Company != "" && !named && q.Name == "":
		readings = readings[1:]
	case q.Company == "" && named:
		readings = readings[:1]
	}
	columns := make([]arrow.Array, 0, 16)
	fields := make([]arrow.Field, 0, 16)
	numbers := array.NewInt64Builder(memory.DefaultAllocator)
	defer numbers.Release()
	for i := range readings {
		numbers.Append(int64(i + 1))
	}
	columns, fields = append(columns, numbers.NewArray()), append(fields, arrow.Field{Name: schemas.ColRow, Type: arrow.PrimitiveTypes.Int64})
	defer func() {
		for _, c := range columns {
			c.Release()
		}
	}()
	text := array.NewStringBuilder(memory.DefaultAllocator)
	defer text.Release()
	var values [2][queryFields]queryField // of each reading
	for i := range readings {
		values[i] = readings[i].fields()
	}
	for n, f := range values[0] {
		for i := range readings {
			value := strings.TrimSpace(values[i][n].value)
			if f.field == "party_type" && i == len(readings)-1 && readings[i].isFirm() {
				value = "organisation"
			}
			if value == "" {
				text.AppendNull()
				continue
			}
			text.Append(value)
		}
		columns, fields = append(columns, text.NewArray()), append(fields, arrow.Field{Name: f.name, Type: arrow.BinaryTypes.String, Nullable: true})
	}
	return array.NewRecordBatch(arrow.NewSchema(fields, nil), columns, int64(len(readings)))
}

// ignored lists the parts of q, beside names, of which cleansing left nothing.
func (q Query) ignored(cleansed arrow.RecordBatch) []string {
	var list []string
	for _, f := range q.fields() {
		switch f.name {
		case "name", "given", "family":
			continue
		}
		at := cleansed.Schema().FieldIndices(f.field)
		if strings.TrimSpace(f.value) != "" && len(at) > 0 && cleansed.Column(at[0]).NullN() == int(cleansed.NumRows()) {
			list = append(list, f.name)
		}
	}
	return list
}

// isFirm tells the reading as an organisation.
func (q Query) isFirm() bool { return q.Name+q.Given+q.Family+q.BirthDate == "" }

// customerNames are the names of all customers in one piece of memory.
type customerNames struct {
	keys []int64 // ascending
	ends []uint32
	text []byte
}

func (c *customerNames) add(b arrow.RecordBatch) error {
	keys, ok := b.Column(0).(*array.Int64)
	names, ok2 := b.Column(1).(*array.String)
	if !ok || !ok2 {
		return errors.New("customers have columns of another type")
	}
	for i := range keys.Len() {
		c.text = append(c.text, names.Value(i)...)
		c.keys, c.ends = append(c.keys, keys.Value(i)), append(c.ends, uint32(len(c.text)))
	}
	return nil
}

func (c *customerNames) of(key int64) string {
	at, ok := slices.BinarySearch(c.keys, key)
	if !ok {
		return ""
	}
	from := uint32(0)
	if at > 0 {
		from = c.ends[at-1]
	}
	return string(c.text[from:c.ends[at]])
}
