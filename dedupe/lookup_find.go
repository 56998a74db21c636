package dedupe

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
)

// lookup is one call of Index.Find: the query and the records compared with
// it, as a small file of their own whose facts and counts are those of the
// index. So the comparisons are the same code that matching runs.
type lookup struct {
	x        *Index
	f        features
	comparer comparer
	memos    []*memo
	own      []uint64
	blocks   [][]uint64
	seen     map[uint32]struct{} // record numbers of the index
	numbers  []uint32            // of the rows behind the readings, record numbers of the index
	scored   []scoredRecord
}

// scoredRecord is a record of the index that was compared.
type scoredRecord struct {
	customer, key int64
	score         int32
	reading, row  int // in the small file
}

func newLookup(x *Index) *lookup {
	l := &lookup{x: x, seen: map[uint32]struct{}{}}
	l.f = features{r: NewRecords(), names: x.f.names, locals: newSymbols(), firms: firmFacts{words: newSymbols()}}
	l.f.counts.birth, l.f.suffixed, l.f.small = x.f.counts.birth, x.f.suffixed, x.f.small
	const bits = 8 // the pairs of values that one query meets
	l.comparer = comparer{f: &l.f, given: newMemo(bits), family: newMemo(bits), street: newMemo(bits), city: newMemo(bits),
		firm: newMemo(bits)}
	c := &l.comparer
	l.memos = []*memo{&c.given, &c.family, &c.street, &c.city, &c.firm}
	return l
}

// reset forgets the query before.
func (l *lookup) reset() {
	r := l.f.r
	r.rows = r.rows[:0]
	for _, s := range []*symbols{r.names, r.texts, r.emails, r.phones, r.ids, r.firms, l.f.firms.words, l.f.locals} {
		s.reset()
	}
	clear(r.bare)
	for _, m := range l.memos {
		clear(m.keys)
	}
	c := &l.f.counts
	for _, counts := range []*[]int32{&c.given, &c.family, &c.email, &c.local, &c.phone, &c.id, &c.firm, &c.street, &c.postcode, &c.city, &l.f.fullNames} {
		*counts = (*counts)[:0]
	}
	l.f.name, l.f.masks, l.f.email = l.f.name[:0], l.f.masks[:0], l.f.email[:0]
	firms := &l.f.firms
	firms.first, firms.list, firms.inName, firms.weight = append(firms.first[:0], 0, 0), firms.list[:0], firms.inName[:0], append(firms.weight[:0], 0)
	firms.masks, firms.near, firms.known = append(firms.masks[:0], 0), append(firms.near[:0], 0), append(firms.known[:0], false)
	l.numbers, l.scored = l.numbers[:0], l.scored[:0]
}

func (l *lookup) find(query arrow.RecordBatch, limit int) (Found, error) {
	l.reset()
	if err := l.f.r.Add(query); err != nil {
		return Found{}, fmt.Errorf("look up: %w", err)
	}
	l.f.r.dropFillersOf(l.x.f.r)
	l.learnValues()
	readings := len(l.f.r.rows)
	l.f.fullNames = append(l.f.fullNames, make([]int32, readings)...)
	var found Found
	asked, answerable := false, false
	for i := range readings {
		if !l.f.r.rows[i].hasEvidence() {
			continue
		}
		asked = true
		part := &l.x.parts[l.f.r.rows[i].kind]
		if part.scorer == nil {
			found.Reason = part.part.Reason
			continue
		}
		answerable = true
		found.LeftOut = l.propose(i, part) || found.LeftOut
		found.Compared += l.compare(i, part)
	}
	switch {
	case !asked:
		return Found{}, fmt.Errorf("look up: %w", ErrEmptyQuery)
	case !answerable && found.Reason == "":
		found.Reason = "there is no record to compare with"
	case answerable:
		found.Reason = ""
	}
	l.rank(&found, limit)
	return found, nil
}

// propose takes in the records that share a key with reading i, those under
// rare keys first, and says whether some were left out.
func (l *lookup) propose(i int, part *partIndex) (leftOut bool) {
	k := keyer{&l.f}
	own := k.facets(&l.f.r.rows[i])
	l.blocks = l.blocks[:0]
	for n := range part.lists {
		list := &part.lists[n]
		l.own = list.pass.keys(k, &l.f.r.rows[i], &own, l.own[:0])
		for _, key := range l.own {
			if block := list.block(key); len(block) > 0 {
				l.blocks = append(l.blocks, block)
			}
		}
	}
	slices.SortStableFunc(l.blocks, func(a, b []uint64) int { return cmp.Compare(len(a), len(b)) })
	clear(l.seen)
	l.numbers = l.numbers[:0]
	members := l.x.f.parts[l.f.r.rows[i].kind]
	for _, block := range l.blocks {
		leftOut = leftOut || len(block) == lookupBlock
		for _, e := range block {
			number := members[e&(1<<recordBits-1)]
			if _, has := l.seen[number]; has {
				continue
			}
			if len(l.numbers) == lookupCompared {
				return true
			}
			l.seen[number] = struct{}{}
			l.numbers = append(l.numbers, number)
		}
	}
	return leftOut
}

// compare scores the proposed records against reading i.
func (l *lookup) compare(i int, part *partIndex) int {
	first, q := len(l.f.r.rows), l.f.r.rows[i]
	for _, number := range l.numbers {
		l.takeIn(number, &q)
	}
	l.count(q, 1)
	for at := first; at < len(l.f.r.rows); at++ {
		rec := &l.f.r.rows[at]
		if q.given != 0 && q.family != 0 && rec.given == q.given && rec.family == q.family {
			l.f.fullNames[at]++ // the query is one more of that name
		}
		p := l.pattern(at, i)
		sums := part.scorer.sums(p)
		if score := part.scorer.odds(sums, p.supported()); part.scorer.isNear(p, score, sums) {
			l.scored = append(l.scored, scoredRecord{rec.customer, rec.key, score, i, at})
		}
	}
	l.count(q, -1)
	return len(l.f.r.rows) - first
}

// pattern compares a record with a reading, which counts as one more of those
// born on its birth date: the counts of dates are the index's own.
func (l *lookup) pattern(row, reading int) pattern {
	p := l.comparer.compare(uint32(row), uint32(reading))
	if p.levels.of(fieldBirth) == birthExact {
		born := l.f.counts.birth[l.f.r.rows[reading].birth.number()]
		p.rarity = p.rarity&^(63<<(6*slotBirth)) | rarity(0).with(slotBirth, born+1)
	}
	return p
}

// isNear says whether a record is worth telling: nearly enough evidence, or
// names that do not differ and more that agrees than chance gives. A query that
// tells little may mean any of many, and nobody surely.
func (s *scorer) isNear(p pattern, score int32, sums [classCount]int32) bool {
	given, family := p.levels.of(fieldGiven), p.levels.of(fieldFamily)
	switch {
	case score > s.part.Cut-reviewSlack:
		return true
	case given > givenNearKnown || family > familyNearKnown:
		return false
	case p.levels.givenAgrees() && p.levels.familyAgrees():
		return true
	}
	evidence := sums[classMatch] - sums[classStrangers] - s.prior[classMatch] + s.prior[classStrangers]
	if s.family {
		evidence -= s.metByName[p.alone()]
	}
	if p.isAlike() {
		evidence -= s.alike
	}
	return evidence > 0
}

// count adds the query to those who hold its values.
func (l *lookup) count(q record, n int32) {
	c := &l.f.counts
	c.given[q.given] += n
	c.family[q.family] += n
	c.id[q.nationalID] += n
	c.firm[q.organisation] += n
	c.street[q.street] += n
	c.postcode[q.postcode] += n
	c.city[q.city] += n
	for i, e := range q.emails {
		c.email[e] += n
		if local := l.f.email[e].local; i == 0 || local != l.f.email[q.emails[0]].local {
			c.local[local] += n
		}
	}
	for _, p := range q.phones {
		c.phone[p] += n
	}
}

// rank keeps the best record of each customer, best first, and explains it.
func (l *lookup) rank(found *Found, limit int) {
	slices.SortFunc(l.scored, func(a, b scoredRecord) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.customer, b.customer), cmp.Compare(a.key, b.key))
	})
	known := map[int64]struct{}{}
	for _, s := range l.scored {
		if s.customer != 0 {
			if _, has := known[s.customer]; has {
				continue
			}
			known[s.customer] = struct{}{}
		}
		if s.score >= l.scored[0].score-alike {
			found.Alike++
		}
		if len(found.Findings) == limit {
			continue
		}
		q := l.f.r.rows[s.reading]
		part := &l.x.parts[q.kind]
		l.count(q, 1)
		p := l.pattern(s.row, s.reading)
		l.count(q, -1)
		found.Findings = append(found.Findings, Finding{s.customer, explained(part.scorer, p, Explanation{Left: s.key, Cut: part.part.Cut})})
	}
}
