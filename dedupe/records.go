package dedupe

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// Most e-mail addresses and phone numbers of one party that matching looks at.
const (
	maxEmails = 2
	maxPhones = 3
)

// kind parts the records into those that may be one customer.
type kind uint8

const (
	person kind = iota
	organisation
)

// record is one party, its values as ids of the symbol tables (0 = missing).
// The fields that most comparisons read come first: they share cache lines.
type record struct {
	given, family, middle uint32
	former                uint32 // family name of before; of an organisation its legal form
	birth                 date
	street, number        uint32
	postcode, city        uint32
	emails                [maxEmails]uint32
	phones                [maxPhones]uint32
	nationalID            uint32
	organisation          uint32
	maker                 uint32 // of a thing, 0 = not told
	unit                  uint32
	attributes            uint32 // all of them as one text
	country               uint16
	source                uint16 // number of the source system, 0 = none is known
	generation            byte   // 1 senior, 2 junior, …, 0 unknown
	kind                  kind
	changed               bool   // new, or changed since its customer was decided
	marks                 byte   // of the constants below
	alias                 uint32 // another name of an organisation
	key                   int64
	customer              int64 // prior customer key, 0 = none
}

// Marks of a record.
const (
	female    = 1 << iota
	male      // neither where the gender is unknown
	ownName   // the first e-mail address holds the given name
	ownFamily // and the family name
	mentioned // rows of something else only name it

	genderBits = 5 // above them the number of the gender's code, see genderCodes
)

// gender is female, male or 0.
func (r *record) gender() byte { return r.marks & (female | male) }

// Records are the parties of one matching run: columns of interned values,
// about 120 bytes a record and each distinct text once. Fill with Add, then
// Freeze; frozen Records are safe for concurrent readers.
type Records struct {
	rows       []record
	names      *symbols // given, middle, family, former names
	texts      *symbols // streets, house numbers, postcodes, cities, units
	emails     *symbols
	phones     *symbols // digits
	ids        *symbols
	firms      *symbols
	attributes *symbols          // sets of attributes
	sources    map[string]uint16 // source systems by name, from 1
	genders    genderCodes
	bare       map[uint32]bool // names that some record writes in a script without vowels
	frozen     bool
	prior      bool              // some record has a prior customer
	fillers    []map[uint32]bool // values that count as missing, by filledFields

	cached struct { // features of the last names: Train and Match need the same
		sync.Mutex
		names  string
		f      *features
		scaled *features // f with the scales of a model
	}
}

// features returns what comparing needs, built once for each state of names.
func (r *Records) features(names *Names, workers int) *features {
	r.cached.Lock()
	defer r.cached.Unlock()
	if r.cached.f == nil || r.cached.names != names.Hash() {
		r.cached.f, r.cached.names = newFeatures(r, names, workers), names.Hash()
		r.cached.scaled = nil
	}
	return r.cached.f
}

// NewRecords returns an empty set.
func NewRecords() *Records {
	return &Records{names: newSymbols(), texts: newSymbols(), emails: newSymbols(), phones: newSymbols(), ids: newSymbols(), firms: newSymbols(),
		attributes: newSymbols(), genders: genderCodes{},
		sources: map[string]uint16{}, bare: map[uint32]bool{}}
}

// Add takes in a batch of schemas.PartySchema; the batch stays the caller's
// and nothing of it is kept. Columns are found by name, missing ones count as
// null. Batches and rows may come in any order. It fails where a column has
// another type than the schema says.
func (r *Records) Add(b arrow.RecordBatch) error {
	p, err := openParties(b)
	if err != nil {
		return fmt.Errorf("add parties: %w", err)
	}
	r.frozen, r.cached.f = false, nil
	before := len(r.rows)
	r.rows = slices.Grow(r.rows, int(b.NumRows()))[:before+int(b.NumRows())]
	clear(r.rows[before:])
	r.read(p, r.rows[before:])
	return nil
}

// read fills rows with the parties of a batch. Names on the one hand, contact
// data and addresses on the other are interned in tables of their own, so that
// two goroutines share the work and the ids come out the same.
func (r *Records) read(p parties, rows []record) {
	const worthwhile = 1 << 10 // rows; for fewer a goroutine costs more than it saves
	reader := newPartyReader(r, p)
	whereabouts := func() {
		other := newPartyReader(r, p)
		for i := range rows {
			other.whereabouts(&rows[i], i)
		}
	}
	var wait sync.WaitGroup
	if len(rows) >= worthwhile {
		wait.Go(whereabouts)
	}
	for i := range rows {
		reader.identity(&rows[i], i)
	}
	if len(rows) < worthwhile {
		whereabouts()
	}
	wait.Wait()
	for i := range rows {
		if r.shows(&rows[i], rows[i].given) {
			rows[i].marks |= ownName
		}
		if r.shows(&rows[i], rows[i].family) {
			rows[i].marks |= ownFamily
		}
	}
}

// Freeze sorts the records by source_customer_key; call it once after the last Add.
func (r *Records) Freeze() {
	byKey := func(a, b record) int { return cmp.Compare(a.key, b.key) }
	if !slices.IsSortedFunc(r.rows, byKey) {
		r.sort()
	}
	r.dropFillers()
	r.readGenders()
	r.spreadAliases()
	r.cached.f = nil
	r.prior = slices.ContainsFunc(r.rows, func(a record) bool { return a.customer != 0 })
	r.frozen = true
}

// sort moves the records to their places, one cycle of places after the other:
// a second copy of them would be the most memory that matching needs.
func (r *Records) sort() {
	order := make([]int32, len(r.rows)) // sorting these moves less memory than sorting rows
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(r.rows[a].key, r.rows[b].key), cmp.Compare(a, b))
	})
	const done = -1
	for start := range order {
		if order[start] == done {
			continue
		}
		first, at := r.rows[start], start
		for from := int(order[at]); from != start; from = int(order[at]) {
			r.rows[at] = r.rows[from]
			order[at], at = done, from
		}
		r.rows[at], order[at] = first, done
	}
}

// Len is the number of records.
func (r *Records) Len() int { return len(r.rows) }

// index finds the record of a key in frozen records.
func (r *Records) index(key int64) (int, bool) {
	return slices.BinarySearchFunc(r.rows, key, func(a record, key int64) int { return cmp.Compare(a.key, key) })
}

func (r *Records) check() error {
	if !r.frozen {
		return fmt.Errorf("records are not frozen")
	}
	for i := 1; i < len(r.rows); i++ {
		if r.rows[i-1].key == r.rows[i].key {
			return ErrDuplicateKey
		}
	}
	return nil
}

// parties gives typed access to the columns of a batch; nil = no such column.
type parties struct {
	key, customer *array.Int64
	changed       *array.Boolean
	mention       *array.Boolean
	birth         *array.Int32
	text          map[string]*array.String
}

func openParties(b arrow.RecordBatch) (parties, error) {
	p := parties{text: map[string]*array.String{}}
	for i, column := range b.Columns() {
		field := b.Schema().Field(i)
		ok := true
		switch field.Name {
		case "source_customer_key":
			p.key, ok = column.(*array.Int64)
		case "customer_key":
			p.customer, ok = column.(*array.Int64)
		case "is_changed":
			p.changed, ok = column.(*array.Boolean)
		case "is_mention":
			p.mention, ok = column.(*array.Boolean)
		case "birth_date":
			p.birth, ok = column.(*array.Int32)
		default:
			if text, isText := column.(*array.String); isText {
				p.text[field.Name] = text
			}
		}
		if !ok {
			return p, fmt.Errorf("column %s has type %s", field.Name, field.Type)
		}
	}
	if p.key == nil {
		return p, fmt.Errorf("column source_customer_key is missing")
	}
	return p, nil
}
