package dedupe

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"loadstar/schemas"
)

// state is what one party said from one instant on.
type state struct {
	key     int64 // source_customer_key
	system  string
	id      string
	at      int64 // µs UTC
	deleted bool
	mention bool     // rows of something else only name the party
	text    []string // by goldenFields, "" = no value
	since   []int64  // by unit: when the party took on the value; filled by timeline
}

type stateReader struct {
	customer, key, at *array.Int64
	birth             *array.Int32
	optOut, deleted   *array.Boolean
	mention           *array.Boolean
	system, id        *array.String
	text              []*array.String
	buf               []byte
	ends              []int
}

func newStateReader(b arrow.RecordBatch) (*stateReader, error) {
	r := &stateReader{}
	var err error
	r.customer, err = columnOf[*array.Int64](b, "customer_key", err)
	r.key, err = columnOf[*array.Int64](b, "source_customer_key", err)
	r.at, err = columnOf[*array.Int64](b, "effective_at", err)
	r.birth, err = columnOf[*array.Int32](b, "birth_date", err)
	r.optOut, err = columnOf[*array.Boolean](b, "is_opted_out", err)
	r.mention, err = columnOf[*array.Boolean](b, "is_mention", err)
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

// state copies row i: all its texts into one string.
func (r *stateReader) state(i int) state {
	r.buf, r.ends = r.buf[:0], r.ends[:0]
	add := func(c *array.String) {
		if c.IsValid(i) {
			r.buf = append(r.buf, c.Value(i)...)
		}
		r.ends = append(r.ends, len(r.buf))
	}
	for _, c := range r.text {
		add(c)
	}
	if r.birth.IsValid(i) {
		r.buf = strconv.AppendInt(r.buf, int64(r.birth.Value(i)), 10)
	}
	r.ends = append(r.ends, len(r.buf))
	if r.optOut.IsValid(i) {
		r.buf = strconv.AppendBool(r.buf, r.optOut.Value(i))
	}
	r.ends = append(r.ends, len(r.buf))
	add(r.system)
	add(r.id)
	whole, start := string(r.buf), 0
	parts := make([]string, len(r.ends))
	for p, end := range r.ends {
		parts[p] = whole[start:end]
		start = end
	}
	fields := len(parts) - 2
	return state{key: r.key.Value(i), system: parts[fields], id: parts[fields+1], at: r.at.Value(i),
		deleted: r.deleted.IsValid(i) && r.deleted.Value(i), mention: r.mention.IsValid(i) && r.mention.Value(i), text: parts[:fields]}
}

// told leaves out the states of parties that are only mentioned, where others
// tell of the customer: they say nothing that those do not know. The record
// still begins with the first of all.
func told(states []state) []state {
	if !slices.ContainsFunc(states, func(s state) bool { return !s.mention }) {
		return states
	}
	begin := states[0].at
	kept := slices.DeleteFunc(states, func(s state) bool { return s.mention })
	first := kept[0].at
	for i := range kept {
		if kept[i].at == first {
			kept[i].at = begin
		}
	}
	return kept
}

// before orders two states of one party at one instant by content, so that
// their order in the input carries no meaning; the last counts.
func (s state) before(o state) bool {
	if s.deleted != o.deleted {
		return o.deleted
	}
	return cmp.Or(slices.Compare(s.text, o.text), strings.Compare(s.system, o.system), strings.Compare(s.id, o.id)) < 0
}

// moment is an instant at which a party changed, and the states that speak
// from then on, by source_customer_key.
type moment struct {
	at      int64
	members []state
}

// timeline turns the states of one customer, ascending in time, into moments.
func timeline(states []state, units []unit) []moment {
	var out []moment
	var latest []state // by key
	for start := 0; start < len(states); {
		end := start
		for end < len(states) && states[end].at == states[start].at {
			end++
		}
		latest = advance(latest, states[start:end], units)
		if members := speaking(latest, len(out) == 0 && end == len(states)); len(members) > 0 {
			out = append(out, moment{at: states[start].at, members: members})
		}
		start = end
	}
	if len(out) > 0 {
		out[0].at = states[0].at // the record begins with the first state, though it was deleted
	}
	return out
}

// advance puts the states of one instant in the place of older ones.
func advance(latest, now []state, units []unit) []state {
	sorted := slices.Clone(now)
	slices.SortFunc(sorted, func(a, b state) int {
		switch {
		case a.key != b.key:
			return cmp.Compare(a.key, b.key)
		case a.before(b):
			return -1
		case b.before(a):
			return 1
		}
		return 0
	})
	next := slices.Clone(latest)
	for i, s := range sorted {
		if i+1 < len(sorted) && sorted[i+1].key == s.key {
			continue
		}
		s.since = make([]int64, len(units))
		at, known := slices.BinarySearchFunc(next, s.key, func(a state, key int64) int { return cmp.Compare(a.key, key) })
		for u := range units {
			s.since[u] = s.at
			if known && units[u].same(s.text, next[at].text) {
				s.since[u] = next[at].since[u]
			}
		}
		if known {
			next[at] = s
		} else {
			next = slices.Insert(next, at, s)
		}
	}
	return next
}

func (u unit) same(a, b []string) bool {
	for _, f := range u.fields {
		if a[f] != b[f] {
			return false
		}
	}
	return true
}

// speaking leaves the deleted out; where nobody was ever alive, they speak.
func speaking(latest []state, onlyDeleted bool) []state {
	var alive []state
	for _, s := range latest {
		if !s.deleted {
			alive = append(alive, s)
		}
	}
	if len(alive) == 0 && onlyDeleted {
		return latest
	}
	return alive
}
