package dedupe

import (
	"bytes"
	"math"
)

// takeIn adds a record of the index to the small file, to be compared with q:
// what q lacks is not compared, and stays behind.
func (l *lookup) takeIn(number uint32, q *record) {
	from, r := l.x.f, l.f.r
	rec := from.r.rows[number]
	names, texts := from.r.names, from.r.texts
	for _, id := range []*uint32{&rec.given, &rec.family, &rec.middle, &rec.former} {
		*id = l.takeName(*id, names)
	}
	if q.street == 0 {
		rec.street, rec.number = 0, 0
	}
	if q.city == 0 {
		rec.city = 0
	}
	rec.unit, rec.attributes = 0, 0 // a query has none
	for _, id := range []*uint32{&rec.street, &rec.number, &rec.postcode, &rec.city} {
		*id = l.takeText(*id, texts)
	}
	if q.emails[0] == 0 {
		clear(rec.emails[:])
	}
	for i, id := range rec.emails {
		rec.emails[i] = l.takeEmail(id)
	}
	if q.phones[0] == 0 {
		clear(rec.phones[:])
	}
	for i, id := range rec.phones {
		rec.phones[i] = r.phones.take(from.r.phones, id)
		l.f.counts.phone = follow(l.f.counts.phone, rec.phones[i], from.counts.phone, id)
	}
	if q.nationalID == 0 {
		rec.nationalID = 0
	}
	id := rec.nationalID
	rec.nationalID = r.ids.take(from.r.ids, id)
	l.f.counts.id = follow(l.f.counts.id, rec.nationalID, from.counts.id, id)
	if q.organisation == 0 {
		rec.organisation, rec.alias = 0, 0
	}
	rec.alias = l.takeFirm(rec.alias)
	rec.organisation, rec.maker = l.takeFirm(rec.organisation), 0 // a query names no maker
	r.rows = append(r.rows, rec)
	l.f.fullNames = append(l.f.fullNames, from.fullNames[number])
}

// follow appends the count of a value that is new to the small file.
func follow(counts []int32, id uint32, all []int32, global uint32) []int32 {
	if int(id) < len(counts) {
		return counts
	}
	if global == 0 {
		return append(counts, 0)
	}
	return append(counts, all[global])
}

func (l *lookup) takeName(global uint32, names *symbols) uint32 {
	id := l.f.r.names.take(names, global)
	if int(id) == len(l.f.name) {
		l.nameFacts(global, nil)
	}
	return id
}

// nameFacts appends what is known of a name: global is its id in the index, 0
// where the index does not have it.
func (l *lookup) nameFacts(global uint32, text []byte) {
	c := &l.f.counts
	c.given = follow(c.given, uint32(len(l.f.name)), l.x.f.counts.given, global)
	c.family = follow(c.family, uint32(len(l.f.name)), l.x.f.counts.family, global)
	facts := newNameFacts(text, l.f.names)
	if global != 0 {
		facts = l.x.f.name[global]
	}
	facts.bare = facts.bare || l.f.r.bare[uint32(len(l.f.name))]
	l.f.name = append(l.f.name, facts)
}

func (l *lookup) takeText(global uint32, texts *symbols) uint32 {
	id := l.f.r.texts.take(texts, global)
	if int(id) == len(l.f.masks) {
		l.textFacts(global, nil)
	}
	return id
}

func (l *lookup) textFacts(global uint32, text []byte) {
	c, all := &l.f.counts, &l.x.f.counts
	id := uint32(len(l.f.masks))
	c.street, c.postcode, c.city = follow(c.street, id, all.street, global), follow(c.postcode, id, all.postcode, global), follow(c.city, id, all.city, global)
	if global != 0 {
		l.f.masks = append(l.f.masks, l.x.f.masks[global])
		return
	}
	l.f.masks = append(l.f.masks, letterMask(text))
}

func (l *lookup) takeEmail(global uint32) uint32 {
	id := l.f.r.emails.take(l.x.f.r.emails, global)
	l.f.counts.email = follow(l.f.counts.email, id, l.x.f.counts.email, global)
	if int(id) == len(l.f.email) {
		facts := l.x.f.email[global]
		facts.local = l.takeLocal(facts.local)
		l.f.email = append(l.f.email, facts)
	}
	return id
}

func (l *lookup) takeLocal(global uint32) uint32 {
	id := l.f.locals.take(l.x.f.locals, global)
	l.f.counts.local = follow(l.f.counts.local, id, l.x.f.counts.local, global)
	return id
}

func (l *lookup) takeFirm(global uint32) uint32 {
	id := l.f.r.firms.take(l.x.f.r.firms, global)
	if id != 0 && int(id) == len(l.f.firms.first)-1 {
		l.firmFacts(global, nil)
	}
	l.f.counts.firm = follow(l.f.counts.firm, id, l.x.f.counts.firm, global)
	return id
}

// firmFacts appends the words of an organisation's name.
func (l *lookup) firmFacts(global uint32, text []byte) {
	f, all := &l.f.firms, &l.x.f.firms
	add := func(word []byte, alone, inName, near int32, isKnown bool) {
		id := f.words.intern(word)
		if int(id) == len(f.weight) {
			f.weight, f.masks, f.near = append(f.weight, alone), append(f.masks, letterMask(unmarked(word))), append(f.near, near)
			f.known = append(f.known, isKnown)
		}
		f.list = append(f.list, id)
		f.inName = append(f.inName, inName)
	}
	if global != 0 {
		for i, w := range all.of(global) {
			add(all.words.bytes(w), all.weight[w], all.weights(global)[i], all.near[w], all.known[w])
		}
	} else {
		var known []uint32
		for word := range bytes.FieldsSeq(text) {
			if w := all.words.find(word); w != 0 {
				known = append(known, w)
			}
		}
		for word := range bytes.FieldsSeq(text) {
			if w := all.words.find(word); w != 0 {
				add(word, all.weight[w], all.beside(w, known), all.near[w], all.known[w])
			} else {
				unknown := l.x.newWord[namesEmployer(word)]
				add(word, unknown, unknown, unknown, all.isKnown(word, 0))
			}
		}
	}
	f.first = append(f.first, uint32(len(f.list)))
}

// learnValues tells the facts of the query's own values, which are in the
// small file already; id 0 is none.
func (l *lookup) learnValues() {
	r, all := l.f.r, l.x.f.r
	l.nameFacts(0, nil)
	for id := 1; id < r.names.len(); id++ {
		text := r.names.bytes(uint32(id))
		l.nameFacts(all.names.find(text), text)
	}
	l.textFacts(0, nil)
	for id := 1; id < r.texts.len(); id++ {
		text := r.texts.bytes(uint32(id))
		l.textFacts(all.texts.find(text), text)
	}
	c, known := &l.f.counts, &l.x.f.counts
	for _, table := range []struct {
		own, all *symbols
		to       *[]int32
		from     []int32
	}{{r.emails, all.emails, &c.email, known.email}, {r.phones, all.phones, &c.phone, known.phone}, {r.ids, all.ids, &c.id, known.id}, {r.firms, all.firms, &c.firm, known.firm}} {
		for id := range table.own.len() {
			*table.to = follow(*table.to, uint32(id), table.from, table.all.find(table.own.bytes(uint32(id))))
		}
	}
	for id := 1; id < r.firms.len(); id++ {
		text := r.firms.bytes(uint32(id))
		l.firmFacts(all.firms.find(text), text)
	}
	l.f.email = emailFactsOf(l.f.email, r.emails, l.f.locals)
	for id := range uint32(l.f.locals.len()) {
		c.local = follow(c.local, id, known.local, l.x.f.locals.find(l.f.locals.bytes(id)))
	}
}

// newNameFacts are the facts of a name that no record bears.
func newNameFacts(text []byte, names *Names) nameFacts {
	if len(text) == 0 {
		return nameFacts{}
	}
	return nameFactsOfText(text, names, false)
}

// wordWeight is the weight of a word that met of total organisations have.
func wordWeight(total, met int64) int32 {
	const others = 200 // organisations that a small file does not hold, and their words: not what more than half of its own have
	met = max(met, 1)
	const few = 5 // organisations that say little of how frequent their words are
	more := min(others, 2*others*(max(total-met, 0)+few)/(total+few))
	return int32(wordUnit*math.Log2(float64(total+more)/float64(met))) + wordUnit/2
}
