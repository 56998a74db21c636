package dedupe

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"loadstar/schemas"
)

// Rule names how survivorship chooses a field's value among the members of a
// customer.
type Rule string

// The rules. Ties fall to the next of: most recent, more trusted source,
// smallest source_customer_key.
const (
	MostFrequent Rule = "most frequent" // then longest
	MostRecent   Rule = "most recent"
	MostTrusted  Rule = "most trusted source"
	Longest      Rule = "longest"
	TogetherRule Rule = "most recent, whole address" // address fields come from one party, never mixed
)

// Rules say how the golden record is made.
type Rules struct {
	Fields  map[string]Rule // by field; missing fields take MostRecent
	Trusted []string        // source systems, most trusted first; others after them by name
}

// DefaultRules take names as most sources spell them, and contact data and
// addresses as the newest source has them.
func DefaultRules() Rules {
	fields := map[string]Rule{}
	for _, f := range []string{"party_type", "title", "given_name", "family_name", "suffix", "organisation_name", "gender",
		"birth_date", "national_id", "country_code"} {
		fields[f] = MostFrequent
	}
	for _, f := range []string{"full_name", "middle_name", "former_family_name"} {
		fields[f] = Longest
	}
	for _, f := range addressFields() {
		fields[f] = TogetherRule
	}
	return Rules{Fields: fields}
}

func addressFields() []string {
	return []string{"address_line", "street", "house_number", "unit", "postcode", "city", "region", "country_code"}
}

// state is what one party said from one moment on.
type state struct {
	key     int64 // source_customer_key
	system  string
	id      string
	at      int64 // µs UTC
	deleted bool
	birth   int32
	known   bool // birth is known
	optOut  int8 // 0 unknown, 1 no, 2 yes
	text    []string
}

// Golden makes the golden records of a stream of schemas.PartyVersionSchema
// batches in ascending (customer_key, effective_at, source_customer_key). emit
// receives batches of the tables golden_customer and golden_value, valid until
// it returns. A customer gets one golden_customer row for each moment at which
// its golden values changed; golden_value tells the source of each current one.
// The memory is one customer's states.
func Golden(rules Rules, in iter.Seq2[arrow.RecordBatch, error], emit func(golden, values arrow.RecordBatch) error) error {
	w := newGoldenWriter(rules, emit)
	defer w.release()
	var states []state
	current := int64(0)
	for batch, err := range in {
		if err != nil {
			return fmt.Errorf("read parties: %w", err)
		}
		reader, err := newStateReader(batch)
		if err != nil {
			return err
		}
		for i := range int(batch.NumRows()) {
			customer := reader.customer.Value(i)
			if customer != current && len(states) > 0 {
				if err := w.customer(current, states); err != nil {
					return err
				}
				states = states[:0]
			}
			current = customer
			states = append(states, reader.state(i))
		}
	}
	if len(states) > 0 {
		if err := w.customer(current, states); err != nil {
			return err
		}
	}
	return w.flush()
}

type stateReader struct {
	customer, key, at *array.Int64
	birth             *array.Int32
	optOut, deleted   *array.Boolean
	system, id        *array.String
	text              []*array.String
}

func newStateReader(b arrow.RecordBatch) (*stateReader, error) {
	r := &stateReader{}
	var err error
	r.customer, err = columnOf[*array.Int64](b, "customer_key", err)
	r.key, err = columnOf[*array.Int64](b, "source_customer_key", err)
	r.at, err = columnOf[*array.Int64](b, "effective_at", err)
	r.birth, err = columnOf[*array.Int32](b, "birth_date", err)
	r.optOut, err = columnOf[*array.Boolean](b, "is_opted_out", err)
	r.deleted, err = columnOf[*array.Boolean](b, "is_deleted", err)
	r.system, err = columnOf[*array.String](b, "source_system", err)
	r.id, err = columnOf[*array.String](b, "customer_id", err)
	for _, name := range schemas.PartyTextFields() {
		var c *array.String
		c, err = columnOf[*array.String](b, name, err)
		r.text = append(r.text, c)
	}
	return r, err
}

// columnOf finds a column by name and type; it passes an earlier error on.
func columnOf[A arrow.Array](b arrow.RecordBatch, name string, earlier error) (A, error) {
	var none A
	if earlier != nil {
		return none, earlier
	}
	indices := b.Schema().FieldIndices(name)
	if len(indices) == 0 {
		return none, fmt.Errorf("column %s is missing", name)
	}
	column, ok := b.Column(indices[0]).(A)
	if !ok {
		return none, fmt.Errorf("column %s has type %s", name, b.Column(indices[0]).DataType())
	}
	return column, nil
}

func (r *stateReader) state(i int) state {
	s := state{key: r.key.Value(i), system: strings.Clone(r.system.Value(i)), at: r.at.Value(i),
		deleted: r.deleted.IsValid(i) && r.deleted.Value(i), text: make([]string, len(r.text))}
	if r.id.IsValid(i) {
		s.id = strings.Clone(r.id.Value(i))
	}
	if r.birth.IsValid(i) {
		s.birth, s.known = r.birth.Value(i), true
	}
	if r.optOut.IsValid(i) {
		s.optOut = 1
		if r.optOut.Value(i) {
			s.optOut = 2
		}
	}
	for f, column := range r.text {
		if column.IsValid(i) {
			s.text[f] = strings.Clone(column.Value(i))
		}
	}
	return s
}

// moments returns, for each moment at which something changed, the states that
// hold from then on, by source_customer_key. A deleted party does not count,
// unless every party of the customer is deleted.
func moments(states []state) []moment {
	latest := map[int64]state{}
	var out []moment
	for i, s := range states {
		latest[s.key] = s
		if i+1 < len(states) && states[i+1].at == s.at {
			continue
		}
		m := moment{at: s.at}
		var gone []state
		for _, l := range latest {
			if l.deleted {
				gone = append(gone, l)
			} else {
				m.members = append(m.members, l)
			}
		}
		if len(m.members) == 0 {
			m.members = gone
		}
		slices.SortFunc(m.members, func(a, b state) int { return cmp.Compare(a.key, b.key) })
		out = append(out, m)
	}
	return out
}

type moment struct {
	at      int64
	members []state
}
