package dedupe

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"unicode"

	"github.com/apache/arrow-go/v18/arrow"
)

// LearnReport counts what a run taught the dictionary.
type LearnReport struct {
	Tokens   int64 // tokens in the dictionary
	New      int64 // of them, those it did not have before
	Accepted int64 // accepted now, not before
	Variants int64 // pairs of tokens it did not have before: misspellings, nicknames, swaps
	// Top1000 and Top10000 are the shares of persons whose family name is
	// among the 1,000 and 10,000 most frequent ones; GivenTop1000 likewise
	// for first names.
	Top1000, Top10000, GivenTop1000 float64
}

// role is where in a name a token stands.
type role uint8

const (
	roleGiven role = iota
	roleFamily
	roleMiddle
	roleOrganisation
	roleCount
)

// sighting is one token of one party that shares its customer with others.
type sighting struct {
	customer int64
	token    uint32
	party    uint32
	role     role
	isFirst  bool // the first token of its role
}

// tokenCount is what all parties show of one token; counts of customers are
// of distinct ones.
type tokenCount struct {
	roles     [roleCount]int64
	customers int64
}

// lesson gathers what the parties show. Customers with one party are counted
// at once; the others are kept as sightings (24 bytes) and counted in the end.
type lesson struct {
	names     *symbols
	counts    []tokenCount
	scripts   map[uint32]string // of tokens seen in other letters than Latin
	isLatin   []bool            // seen in Latin letters
	systems   map[string]int    // source system -> index into perSystem
	perSystem [][]int64         // parties that show each token
	customers map[int64]int64   // source_customer_key -> customer_key
	size      map[int64]uint32  // parties of a customer, where more than one
	sightings []sighting
	parties   uint32
	buf       []byte
	row       []sighting // of the current party
}

// Learn counts every name token of the parties (batches of the columns of
// schemas.PartySchema that tell names, keys and kind, in any order), of which
// customers names the customer, and returns the dictionary they give. It counts
// anew from all parties, so that the answer depends neither on their order nor
// on how many runs they came in; from prior come the runs in which tokens were
// first and last seen, acceptance once reached, and what a person decided:
// rejections, and rows without counts. Parties without a customer are left out.
//
// A token is accepted when three customers or two source systems show it.
// A misspelling needs a frequent name near it and customers whose other records
// spell it that way; nicknames and swapped names need two customers.
func Learn(prior *Dictionary, parties iter.Seq2[arrow.RecordBatch, error], customers map[int64]int64, run int64) (*Dictionary, LearnReport, error) {
	l := newLesson(customers)
	for batch, err := range parties {
		if err != nil {
			return nil, LearnReport{}, fmt.Errorf("learn names: %w", err)
		}
		if err := l.add(batch); err != nil {
			return nil, LearnReport{}, fmt.Errorf("learn names: %w", err)
		}
	}
	table, err := shippedNicknames()
	if err != nil {
		return nil, LearnReport{}, err
	}
	d := l.conclude(prior, l.tally(), table, run)
	return d, d.report(prior), nil
}

func newLesson(customers map[int64]int64) *lesson {
	l := &lesson{names: newSymbols(), systems: map[string]int{}, customers: customers, size: map[int64]uint32{}, scripts: map[uint32]string{}}
	for _, customer := range customers {
		l.size[customer]++
	}
	for customer, n := range l.size {
		if n == 1 {
			delete(l.size, customer)
		}
	}
	return l
}

func (l *lesson) add(b arrow.RecordBatch) error {
	p, err := openParties(b)
	if err != nil {
		return err
	}
	value := func(column string, i int) string {
		if c := p.text[column]; c != nil && c.IsValid(i) {
			return c.Value(i)
		}
		return ""
	}
	for i := range int(b.NumRows()) {
		customer, known := l.customers[p.key.Value(i)]
		if !known {
			continue
		}
		l.row = l.row[:0]
		given, middle, family := value("given_name", i), value("middle_name", i), value("family_name", i)
		if full := value("full_name", i); given == "" && family == "" && value("party_type", i) != "organisation" {
			given, middle, family = splitFullName(full)
		}
		l.see(given, roleGiven)
		l.see(family, roleFamily)
		l.see(value("former_family_name", i), roleFamily)
		l.see(middle, roleMiddle)
		l.see(value("organisation_name", i), roleOrganisation)
		l.party(customer, value("source_system", i))
	}
	return nil
}

// see notes the tokens of one name. Initials and numbers are no names.
func (l *lesson) see(name string, r role) {
	if name == "" {
		return
	}
	script := scriptOf(name)
	l.buf = appendFold(l.buf[:0], name)
	isFirst := true
	for token := range fieldsOf(l.buf) {
		if !isWord(token) {
			continue
		}
		id := l.names.intern(token)
		for len(l.counts) <= int(id) {
			l.counts = append(l.counts, tokenCount{})
			l.isLatin = append(l.isLatin, false)
		}
		if script == latin {
			l.isLatin[id] = true
		} else if was, ok := l.scripts[id]; !ok || script < was {
			l.scripts[id] = script
		}
		l.row = append(l.row, sighting{token: id, role: r, isFirst: isFirst})
		isFirst = false
	}
}

// party books the row's tokens on its customer.
func (l *lesson) party(customer int64, system string) {
	slices.SortFunc(l.row, func(a, b sighting) int {
		return cmp.Or(cmp.Compare(a.token, b.token), cmp.Compare(a.role, b.role))
	})
	counted := l.ofSystem(system)
	_, several := l.size[customer]
	for i := range l.row {
		s := &l.row[i]
		isNewToken := i == 0 || l.row[i-1].token != s.token
		if isNewToken {
			*counted = grownTo(*counted, int(s.token)+1)
			(*counted)[s.token]++
		}
		if several {
			s.customer, s.party = customer, l.parties
			l.sightings = append(l.sightings, *s)
			continue
		}
		l.count(*s, isNewToken, isNewToken || l.row[i-1].role != s.role)
	}
	l.parties++
}

func (l *lesson) count(s sighting, isNewToken, isNewRole bool) {
	c := &l.counts[s.token]
	if isNewToken {
		c.customers++
	}
	if isNewRole {
		c.roles[s.role]++
	}
}

func (l *lesson) ofSystem(system string) *[]int64 {
	i, ok := l.systems[system]
	if !ok {
		i = len(l.perSystem)
		l.systems[string([]byte(system))] = i // the batch's bytes end with the batch
		l.perSystem = append(l.perSystem, nil)
	}
	return &l.perSystem[i]
}

func grownTo(counts []int64, n int) []int64 {
	if len(counts) < n {
		counts = append(counts, make([]int64, n-len(counts))...)
	}
	return counts
}

// fieldsOf yields the words of folded text.
func fieldsOf(text []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		start := 0
		for i := 0; i <= len(text); i++ {
			if i < len(text) && text[i] != ' ' {
				continue
			}
			if i > start && !yield(text[start:i]) {
				return
			}
			start = i + 1
		}
	}
}

// isWord refuses initials (one letter) and what holds a digit.
func isWord(token []byte) bool {
	for _, c := range token {
		if '0' <= c && c <= '9' {
			return false
		}
	}
	return len(token) > 1 && len(token) <= maxToken
}

const latin = "Latin"

// scriptOf names the script of the first letter that is not Latin, Latin where
// there is none.
func scriptOf(name string) string {
	for _, r := range name {
		if r < unicode.MaxLatin1 || !unicode.IsLetter(r) || unicode.Is(unicode.Latin, r) {
			continue
		}
		for _, s := range [...]struct {
			name  string
			table *unicode.RangeTable
		}{
			{"Cyrillic", unicode.Cyrillic}, {"Greek", unicode.Greek}, {"Arabic", unicode.Arabic}, {"Hebrew", unicode.Hebrew},
			{"Han", unicode.Han}, {"Hangul", unicode.Hangul}, {"Hiragana", unicode.Hiragana}, {"Katakana", unicode.Katakana},
			{"Armenian", unicode.Armenian}, {"Georgian", unicode.Georgian}, {"Devanagari", unicode.Devanagari},
			{"Bengali", unicode.Bengali}, {"Tamil", unicode.Tamil}, {"Thai", unicode.Thai},
		} {
			if unicode.Is(s.table, r) {
				return s.name
			}
		}
		return "Other"
	}
	return latin
}
