package dedupe

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/antzucaro/matchr"
	"github.com/apache/arrow-go/v18/arrow"
)

// When a name is trusted, and when two tokens are forms of one name.
const (
	acceptCustomers = 3  // distinct customers that show a name
	acceptSources   = 2  // or source systems
	variantClusters = 2  // customers whose records differ in just these two tokens
	variantChance   = 3  // times as many as chance would give
	typoDistance    = 2  // edits between a misspelling and the name
	typoFrequency   = 10 // times as frequent as its misspelling a name is
)

// LearnReport counts what a run taught the dictionary.
type LearnReport struct {
	Tokens, New, Accepted, Variants int64
	// Top1000 and Top10000 are the shares of persons whose family name is
	// among the 1,000 and 10,000 most frequent ones.
	Top1000, Top10000 float64
}

// role is where in a name a token stands.
type role uint8

const (
	roleGiven role = iota
	roleFamily
	roleMiddle
	roleOrganisation
)

// sighting is one token in one role of one customer.
type sighting struct {
	token    uint32
	role     role
	customer int64
}

// lesson gathers what the parties show.
type lesson struct {
	tokens    map[string]uint32
	spelled   []string
	scripts   []string
	sources   []map[string]int64
	sightings []sighting
	given     map[int64][]uint32 // customer -> given names of its parties
	family    map[int64][]uint32
}

// Learn counts every name token of the parties (schemas.PartySchema batches in
// any order), of which customers names the customer, and returns the grown
// dictionary. It counts anew from all parties, so that the answer does not
// depend on how they came; what a person accepted or rejected stays.
func Learn(prior *Dictionary, parties iter.Seq2[arrow.RecordBatch, error], customers map[int64]int64, run int64) (*Dictionary, LearnReport, error) {
	l := &lesson{tokens: map[string]uint32{}, given: map[int64][]uint32{}, family: map[int64][]uint32{}}
	for batch, err := range parties {
		if err != nil {
			return nil, LearnReport{}, fmt.Errorf("read parties: %w", err)
		}
		if err := l.add(batch, customers); err != nil {
			return nil, LearnReport{}, err
		}
	}
	d := l.dictionary(prior, run)
	report := d.report(prior)
	report.Top1000, report.Top10000 = d.coverage(1000), d.coverage(10000)
	return d, report, nil
}

func (l *lesson) add(b arrow.RecordBatch, customers map[int64]int64) error {
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
		customer, system := customers[p.key.Value(i)], value("source_system", i)
		given := l.see(value("given_name", i), roleGiven, customer, system)
		family := l.see(value("family_name", i), roleFamily, customer, system)
		l.see(value("middle_name", i), roleMiddle, customer, system)
		l.see(value("organisation_name", i), roleOrganisation, customer, system)
		if len(given) > 0 {
			l.given[customer] = append(l.given[customer], given[0])
		}
		if len(family) == 1 {
			l.family[customer] = append(l.family[customer], family[0])
		}
	}
	return nil
}

// see notes the tokens of one name and returns them.
func (l *lesson) see(name string, r role, customer int64, system string) []uint32 {
	var seen []uint32
	for token := range strings.FieldsSeq(Fold(name)) {
		if len(token) < 2 || strings.ContainsAny(token, "0123456789") {
			continue
		}
		id, known := l.tokens[token]
		if !known {
			id = uint32(len(l.spelled))
			l.tokens[strings.Clone(token)] = id
			l.spelled = append(l.spelled, strings.Clone(token))
			l.scripts = append(l.scripts, scriptOf(name))
			l.sources = append(l.sources, map[string]int64{})
		}
		l.scripts[id] = min(l.scripts[id], scriptOf(name))
		l.sources[id][strings.Clone(system)]++
		l.sightings = append(l.sightings, sighting{token: id, role: r, customer: customer})
		seen = append(seen, id)
	}
	return seen
}

// scriptOf names the script of a name's first letter.
func scriptOf(name string) string {
	for _, r := range name {
		if !unicode.IsLetter(r) || unicode.Is(unicode.Latin, r) {
			continue
		}
		for _, script := range []string{"Arabic", "Armenian", "Cyrillic", "Georgian", "Greek", "Han", "Hangul", "Hebrew", "Hiragana", "Katakana"} {
			if unicode.Is(unicode.Scripts[script], r) {
				return script
			}
		}
		return "Other"
	}
	return "Latin"
}

// dictionary turns the sightings into entries and variants.
func (l *lesson) dictionary(prior *Dictionary, run int64) *Dictionary {
	slices.SortFunc(l.sightings, func(a, b sighting) int {
		return cmp.Or(cmp.Compare(a.token, b.token), cmp.Compare(a.role, b.role), cmp.Compare(a.customer, b.customer))
	})
	counts := make([][4]int64, len(l.spelled))
	for i, s := range l.sightings {
		if i == 0 || l.sightings[i-1] != s {
			counts[s.token][s.role]++
		}
	}
	before := map[string]NameEntry{}
	for _, e := range prior.Entries {
		before[e.Token] = e
	}
	d := &Dictionary{Variants: l.variants(prior, counts, run)}
	misspelt := map[string]bool{}
	for _, v := range d.Variants {
		if v.Kind == VariantTypo.String() && v.Status == NameAccepted {
			misspelt[v.Token] = true
		}
	}
	for id, token := range l.spelled {
		e := NameEntry{Token: token, Script: l.scripts[id], Given: counts[id][roleGiven], Family: counts[id][roleFamily],
			Middle: counts[id][roleMiddle], Organisation: counts[id][roleOrganisation], Sources: l.sources[id], FirstRun: run, LastRun: run}
		was, known := before[token]
		if known {
			e.FirstRun = was.FirstRun
			delete(before, token)
		}
		e.Status = e.judge(was, known, misspelt[token])
		if known && was.sameCounts(e) && !misspelt[token] { // nothing new was seen: a rebuild changes nothing
			e.LastRun, e.Status = was.LastRun, was.Status
		}
		d.Entries = append(d.Entries, e)
	}
	for _, gone := range before { // a token that no party shows any more stays known
		d.Entries = append(d.Entries, gone)
	}
	d.sort()
	return d
}

func (e NameEntry) sameCounts(o NameEntry) bool {
	return e.Given == o.Given && e.Family == o.Family && e.Middle == o.Middle && e.Organisation == o.Organisation &&
		maps.Equal(e.Sources, o.Sources)
}

func (e NameEntry) judge(was NameEntry, known, misspelt bool) string {
	customers := e.Given + e.Family + e.Middle + e.Organisation
	switch {
	case was.Status == NameRejected, was.Status == NameAccepted && !misspelt:
		return was.Status
	case misspelt:
		return NameVariantOf
	case customers >= acceptCustomers, len(e.Sources) >= acceptSources:
		return NameAccepted
	case known:
		return NameCandidate
	default:
		return NameNew
	}
}

// variants finds pairs of tokens that the records of one customer use for one
// another, more often than chance would have it.
func (l *lesson) variants(prior *Dictionary, counts [][4]int64, run int64) []NameVariant {
	found := map[string]NameVariant{}
	for _, part := range []struct {
		names map[int64][]uint32
		role  role
	}{{l.given, roleGiven}, {l.family, roleFamily}} {
		pairs, clusters := pairsOf(part.names)
		for pair, n := range pairs {
			if v, ok := l.judgePair(pair, n, clusters, counts, part.role); ok {
				v.FirstRun = run
				found[v.Token+"\x00"+v.VariantOf+"\x00"+v.Kind] = v
			}
		}
	}
	for _, v := range prior.Variants {
		key := v.Token + "\x00" + v.VariantOf + "\x00" + v.Kind
		now, again := found[key]
		if again {
			v.Evidence = now.Evidence
		}
		found[key] = v
	}
	return slices.Collect(maps.Values(found))
}

// pairsOf counts the customers whose records show both tokens of a pair, and
// the customers with several records.
func pairsOf(names map[int64][]uint32) (pairs map[[2]uint32]int64, clusters int64) {
	pairs = map[[2]uint32]int64{}
	for _, tokens := range names {
		if len(tokens) < 2 {
			continue
		}
		clusters++
		slices.Sort(tokens)
		distinct := slices.Compact(tokens)
		for i, a := range distinct {
			for _, b := range distinct[i+1:] {
				pairs[[2]uint32{a, b}]++
			}
		}
	}
	return pairs, clusters
}

func (l *lesson) judgePair(pair [2]uint32, n, clusters int64, counts [][4]int64, r role) (NameVariant, bool) {
	rare, frequent := pair[0], pair[1]
	if c := cmp.Compare(counts[rare][r], counts[frequent][r]); c > 0 || (c == 0 && l.spelled[rare] > l.spelled[frequent]) {
		rare, frequent = frequent, rare
	}
	a, b := l.spelled[rare], l.spelled[frequent]
	v := NameVariant{Token: a, VariantOf: b, Evidence: n, Status: NameCandidate}
	if counts[frequent][r] >= typoFrequency*counts[rare][r] && matchr.OSA(a, b) <= typoDistance && min(len(a), len(b)) > typoDistance+1 {
		v.Kind, v.Status = VariantTypo.String(), NameAccepted
		return v, true
	}
	if r != roleGiven || n < variantClusters {
		return v, false
	}
	// Chance: two records of a customer drawn from the names at large, counts
	// times counts over the customers, times the customers with several records.
	total := max(int64(len(l.given)), 1)
	if n*total*total <= variantChance*2*counts[rare][r]*counts[frequent][r]*clusters {
		return v, false
	}
	v.Kind, v.Status = VariantLearnt.String(), NameAccepted
	return v, true
}

// report counts what is new against the dictionary before.
func (d *Dictionary) report(prior *Dictionary) LearnReport {
	before := map[string]string{}
	for _, e := range prior.Entries {
		before[e.Token] = e.Status
	}
	r := LearnReport{Tokens: int64(len(d.Entries)), Variants: int64(len(d.Variants) - len(prior.Variants))}
	for _, e := range d.Entries {
		was, known := before[e.Token]
		if !known {
			r.New++
		}
		if e.Status == NameAccepted && was != NameAccepted {
			r.Accepted++
		}
	}
	return r
}

// coverage is the share of persons that the n most frequent family names
// explain.
func (d *Dictionary) coverage(n int) float64 {
	var counts []int64
	var all, top int64
	for _, e := range d.Entries {
		if e.Family > 0 {
			counts = append(counts, e.Family)
			all += e.Family
		}
	}
	if all == 0 {
		return 0
	}
	slices.SortFunc(counts, func(a, b int64) int { return cmp.Compare(b, a) })
	for _, c := range counts[:min(n, len(counts))] {
		top += c
	}
	return float64(top) / float64(all)
}
