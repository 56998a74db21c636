package dedupe

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/bits"
	"sync"
	"unicode/utf8"
)

// features is what comparisons need beyond the records: facts about each
// distinct value and how often it occurs. It depends on the records and the
// names alone and never changes once built.
type features struct {
	r          *Records
	names      *Names
	name       []nameFacts  // by id of r.names
	masks      []uint32     // letter masks by id of r.texts
	email      []emailFacts // by id of r.emails
	locals     *symbols     // local parts of addresses
	firms      firmFacts
	attributes attributeFacts
	scales     [2]attributeScale // by kind; nil = attributes are not compared
	counts     counts
	parts      [2][]uint32 // record numbers by kind

	suffixed [2]bool // by kind: some person has a suffix that tells generations, some organisation a legal form
	small    bool    // too few records to learn from what they have in common by chance

	fullNames []int32 // how many records bear the record's given and family name, by record number

	proposed *proposals
}

// nameFacts are facts about a distinct name.
type nameFacts struct {
	mask, sound uint32
	prefix      uint32 // first three bytes behind particles (van den), as the sound; the lowest byte is the initial
	suffix      uint32 // last three bytes
	canonical   uint32 // hash of the canonical form, for blocking
	known       bool
	foreign     bool // holds letters that Fold doesn't write in Latin
	compound    bool // of several words
	bare        bool // written in a script without vowels
}

// counts say how many records hold a value, by value id.
type counts struct {
	given, family    []int32
	email, phone     []int32
	local            []int32 // of e-mail addresses, by emailFacts.local
	id, firm         []int32
	street, postcode []int32
	city             []int32
	birth            []int32 // by date.number
}

func newFeatures(r *Records, names *Names, workers int) *features {
	const few = 200
	f := &features{r: r, names: names, small: len(r.rows) < few, proposed: &proposals{}}
	for i := range r.rows {
		if rec := &r.rows[i]; rec.hasEvidence() && !rec.isMention() {
			f.parts[rec.kind] = append(f.parts[rec.kind], uint32(i))
			f.suffixed[rec.kind] = f.suffixed[rec.kind] || rec.suffix() != 0
		}
	}
	f.counts = countValues(r)
	jobs := []func(){
		func() { f.name = nameFactsOf(r, names, f.counts) },
		func() { f.fullNames = countFullNames(r) },
		func() {
			f.locals = newSymbols()
			f.email = emailFactsOf(nil, r.emails, f.locals)
			f.counts.local = f.countLocals()
		},
		func() {
			f.masks = make([]uint32, r.texts.len())
			for id := 1; id < r.texts.len(); id++ {
				f.masks[id] = letterMask(r.texts.bytes(uint32(id)))
			}
		},
		func() { f.firms = firmFactsOf(r, f.counts.firm) },
		func() { f.attributes = attributeFactsOf(r) },
	}
	// none of them takes long enough to be worth stopping
	_ = parallel(context.Background(), workers, len(jobs), func(i int) { jobs[i]() })
	return f
}

// hasEvidence says whether the record holds anything that could match.
func (r *record) hasEvidence() bool {
	return r.kind == organisation && r.organisation != 0 || r.given|r.family|r.nationalID|r.emails[0]|r.phones[0]|uint32(r.birth) != 0
}

// scope says which pairs are of interest.
type scope uint8

const (
	everyRecord scope = iota
	newRecords        // pairs with a new or changed record
)

// candidates proposes the pairs of one kind, ascending.
func (f *features) candidates(ctx context.Context, k kind, s Settings, which scope) (proposal, error) {
	const mostRecords = 1 << recordBits
	members := f.parts[k]
	if len(members) >= mostRecords {
		return proposal{}, fmt.Errorf("%d records of one kind: at most %d can be matched", len(members), mostRecords)
	}
	passes := personPasses()
	if k == organisation {
		passes = firmPasses()
	}
	passes = append(passes, attributePasses(k, f.attributes.width)...)
	key := proposalKey{k, which, s.PairsPerRecord}
	if known, ok := f.proposed.find(key); ok {
		return known, nil
	}
	b, err := newBlocker(ctx, f, members, s.Workers)
	if err != nil {
		return proposal{}, err
	}
	if b.onlyNew = which == newRecords; b.onlyNew {
		b.part()
	}
	b.budget = b.budgetOf(s)
	pairs, reports, err := b.pairs(ctx, passes)
	p := proposal{key: key, pairs: pairs, passes: reports}
	if err == nil {
		f.proposed.keep(p)
	}
	return p, err
}

// proposals remember the candidates of the last call for each kind: Train and
// Match of one run want the same.
type proposals struct {
	mutex sync.Mutex
	last  map[proposalKey]proposal
}

type proposalKey struct {
	kind   kind
	scope  scope
	budget float64
}

type proposal struct {
	key      proposalKey
	pairs    []pair
	passes   []Pass
	patterns []pattern // of the pairs; nil = not compared, or too many to keep
}

// pattern returns the pattern of pair number i.
func (p *proposal) pattern(i int, c *comparer) pattern {
	if p.patterns != nil {
		return p.patterns[i]
	}
	return c.compare(p.pairs[i].left(), p.pairs[i].right())
}

func (p *proposals) find(key proposalKey) (proposal, bool) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	found, ok := p.last[key]
	return found, ok
}

// uncompared is p without the patterns of one kind.
func (p *proposals) uncompared(k kind) *proposals {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	other := &proposals{last: maps.Clone(p.last)}
	for key, of := range other.last {
		if key.kind == k {
			of.patterns = nil
			other.last[key] = of
		}
	}
	return other
}

func (p *proposals) keep(of proposal) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	maps.DeleteFunc(p.last, func(k proposalKey, _ proposal) bool { return k.kind == of.key.kind })
	if p.last == nil {
		p.last = map[proposalKey]proposal{}
	}
	p.last[of.key] = of
}

// patterns compares pairs; the result is in their order.
func (f *features) patterns(ctx context.Context, pairs []pair, workers int) ([]pattern, error) {
	const chunk = 1 << 15
	out := make([]pattern, len(pairs))
	comparers := make(chan *comparer, max(workers, 1))
	for range cap(comparers) {
		comparers <- newComparer(f)
	}
	err := parallel(ctx, workers, (len(pairs)+chunk-1)/chunk, func(i int) {
		c := <-comparers
		for at := i * chunk; at < min((i+1)*chunk, len(pairs)); at++ {
			out[at] = c.compare(pairs[at].left(), pairs[at].right())
		}
		comparers <- c
	})
	return out, err
}

func countValues(r *Records) counts {
	c := counts{
		given: make([]int32, r.names.len()), family: make([]int32, r.names.len()),
		email: make([]int32, r.emails.len()), phone: make([]int32, r.phones.len()),
		id: make([]int32, r.ids.len()), firm: make([]int32, r.firms.len()),
		street: make([]int32, r.texts.len()), postcode: make([]int32, r.texts.len()), city: make([]int32, r.texts.len()),
		birth: make([]int32, dateNumbers),
	}
	for i := range r.rows {
		rec := &r.rows[i]
		c.given[rec.given]++
		c.family[rec.family]++
		c.id[rec.nationalID]++
		c.firm[rec.organisation]++
		c.firm[rec.maker]++
		c.firm[rec.alias]++
		c.street[rec.street]++
		c.postcode[rec.postcode]++
		c.city[rec.city]++
		for _, e := range rec.emails {
			c.email[e]++
		}
		for _, p := range rec.phones {
			c.phone[p]++
		}
		if rec.birth != 0 {
			c.birth[rec.birth.number()]++
		}
	}
	return c
}

// countLocals counts the records that have an e-mail address with a local part.
func (f *features) countLocals() []int32 {
	counts := make([]int32, f.locals.len())
	for i := range f.r.rows {
		emails := &f.r.rows[i].emails
		for n, e := range emails {
			if local := f.email[e].local; n == 0 || local != f.email[emails[0]].local {
				counts[local]++
			}
		}
	}
	counts[0] = 0
	return counts
}

// countFullNames says for each record how many bear its given and family name,
// 0 where it lacks one.
func countFullNames(r *Records) []int32 {
	size := 1 << bits.Len(uint(2*len(r.rows)))
	names, bearers := make([]uint64, size), make([]int32, size) // open addressing; 0 = free
	counts := make([]int32, len(r.rows))                        // first the place of the name
	for i := range r.rows {
		rec := &r.rows[i]
		if rec.given == 0 || rec.family == 0 {
			counts[i] = -1
			continue
		}
		name := uint64(rec.given)<<32 | uint64(rec.family)
		at := int(mix(name)) & (size - 1)
		for names[at] != 0 && names[at] != name {
			at = (at + 1) & (size - 1)
		}
		names[at], counts[i] = name, int32(at)
		bearers[at]++
	}
	for i, at := range counts {
		if counts[i] = 0; at >= 0 {
			counts[i] = bearers[at]
		}
	}
	return counts
}

func nameFactsOf(r *Records, names *Names, c counts) []nameFacts {
	const few, share = 5, 20_000 // met so often, a string is a name and no typo
	least := int32(few + len(r.rows)/share)
	facts := make([]nameFacts, r.names.len())
	for id := 1; id < len(facts); id++ {
		facts[id] = nameFactsOfText(r.names.bytes(uint32(id)), names, c.given[id]+c.family[id] >= least)
		facts[id].bare = r.bare[uint32(id)]
	}
	return facts
}

// nameFactsOfText are the facts of one name; isFrequent where it is met often.
func nameFactsOfText(text []byte, names *Names, isFrequent bool) nameFacts {
	token, core := string(text), withoutParticles(text)
	return nameFacts{
		mask:      letterMask(text),
		sound:     soundOf(core),
		prefix:    packThree(core),
		suffix:    packThree(text[max(0, len(text)-3):]),
		canonical: hash32([]byte(names.Canonical(token))),
		known:     isFrequent || names.Known(token),
		foreign:   bytes.IndexFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0,
		compound:  bytes.IndexByte(text, ' ') >= 0,
	}
}

func packThree(text []byte) uint32 {
	packed := uint32(0)
	for i := range min(len(text), 3) {
		packed |= uint32(text[i]) << (8 * i)
	}
	return packed
}
