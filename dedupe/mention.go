package dedupe

// isMention says whether rows of something else only name the party: such
// records are not compared, but looked for among the others.
func (r *record) isMention() bool { return r.marks&mentioned != 0 }

func (r *record) isNamed() bool { return r.given|r.family|r.organisation != 0 }

// tellOfMentions takes the first mention of each customer of whom nobody else
// tells for a record like others: there is no other to look the customer up by.
func (r *Records) tellOfMentions() {
	r.cached.Lock()
	defer r.cached.Unlock()
	told := map[int64]bool{}
	for i := range r.rows {
		if !r.rows[i].isMention() {
			told[r.rows[i].customer] = true
		}
	}
	for i := range r.rows {
		rec := &r.rows[i]
		if rec.isMention() && rec.customer != 0 && !told[rec.customer] {
			told[rec.customer] = true
			rec.marks &^= mentioned
			if rec.kind == person {
				rec.maker = 0
			}
			r.cached.f = nil
		}
	}
}

// mentionKey is one thing by which a party is mentioned.
type mentionKey struct {
	by    byte // of the constants below
	value uint64
}

const (
	byEmail byte = iota
	byPhone
	byPerson
	byFirm
)

// eachContact calls use for the addresses and numbers of a record.
func (r *record) eachContact(use func(mentionKey)) {
	for _, e := range r.emails {
		if e != 0 {
			use(mentionKey{byEmail, uint64(e)})
		}
	}
	for _, p := range r.phones {
		if p != 0 {
			use(mentionKey{byPhone, uint64(p)})
		}
	}
}

// nameKey is what a record is called; ok is false where it has no whole name.
func (r *record) nameKey() (k mentionKey, ok bool) {
	switch {
	case r.kind == organisation && r.organisation != 0:
		return mentionKey{byFirm, uint64(r.organisation)}, true
	case r.kind == person && r.given != 0 && r.family != 0:
		return mentionKey{byPerson, uint64(r.given)<<32 | uint64(r.family)}, true
	}
	return k, false
}

// firmKey is the organisation that what reads as a person's name may be of.
func (r *record) firmKey() (k mentionKey, ok bool) {
	return mentionKey{byFirm, uint64(r.maker)}, r.kind == person && r.maker != 0
}

// mentions finds who records that only mention somebody mean.
type mentions struct {
	run  *matching
	told map[mentionKey][]uint32 // records that feeds tell of, by what mentions ask for
	has  map[uint32]bool         // roots of clusters with such a record
}

// findMentioned joins each mention with the one customer that it can mean: who
// has its address or number, else who is called so in its source system, or in
// any where none is there. Where several can be meant it stays by itself, as do
// those whom nobody tells of: one for each name of a system. An address or a
// number that nobody has is nobody.
func (run *matching) findMentioned() {
	rows := run.f.r.rows
	var open []uint32
	for i := range rows {
		if rows[i].isMention() {
			open = append(open, uint32(i))
		}
	}
	if len(open) == 0 {
		return
	}
	m := mentions{run: run, told: map[mentionKey][]uint32{}, has: map[uint32]bool{}}
	m.read(open)
	m.keepSettled(open)
	alone := map[mentionOfSystem]uint32{}
	run.nobody = map[uint32]bool{}
	for _, i := range open {
		if m.has[run.forest.root(i)] || m.join(i) {
			continue
		}
		key, ok := rows[i].nameKey()
		switch {
		case ok && len(m.told[key]) == 0:
			of := mentionOfSystem{key, rows[i].organisation, rows[i].source}
			if first, known := alone[of]; !known {
				alone[of] = i
			} else if !run.rules.apart(pairOf(first, i)) {
				run.forest.join(first, i)
			}
		case !rows[i].isNamed() && rows[i].customer == 0 && run.forest.root(i) == i:
			run.nobody[i] = true
		}
	}
}

// mentionOfSystem is a name that nobody tells of, as one system mentions it.
type mentionOfSystem struct {
	name   mentionKey
	firm   uint32
	source uint16
}

// read lists the records that feeds tell of under what the mentions ask for.
func (m *mentions) read(open []uint32) {
	rows := m.run.f.r.rows
	for _, i := range open {
		ask := func(k mentionKey) { m.told[k] = nil }
		rows[i].eachContact(ask)
		if k, ok := rows[i].nameKey(); ok {
			ask(k)
		}
		if k, ok := rows[i].firmKey(); ok {
			ask(k)
		}
	}
	for i := range rows {
		if rows[i].isMention() {
			continue
		}
		m.has[m.run.forest.root(uint32(i))] = true
		tell := func(k mentionKey) {
			if list, asked := m.told[k]; asked {
				m.told[k] = append(list, uint32(i))
			}
		}
		rows[i].eachContact(tell)
		if k, ok := rows[i].nameKey(); ok {
			tell(k)
		}
	}
}

// keepSettled leaves mentions that nothing new is known of with their customer,
// and those that people judged with whom they are judged to be.
func (m *mentions) keepSettled(open []uint32) {
	settled := m.run.rules.settled
	if settled == nil {
		return
	}
	sets := map[uint32][]uint32{} // mentions by the root of what is settled
	for _, i := range open {
		sets[settled.root(i)] = append(sets[settled.root(i)], i)
	}
	for i := range m.run.f.r.rows {
		if set := sets[settled.root(uint32(i))]; len(set) > 0 && !m.run.f.r.rows[i].isMention() {
			for _, of := range set {
				m.merge(uint32(i), of)
			}
			delete(sets, settled.root(uint32(i)))
		}
	}
}

func (m *mentions) merge(told, mention uint32) {
	m.run.forest.join(told, mention)
	m.has[m.run.forest.root(told)] = true
}

// join finds the only customer that a mention can mean.
func (m *mentions) join(i uint32) bool {
	rec := &m.run.f.r.rows[i]
	if firm, ok := rec.firmKey(); ok && rec.emails[0]|rec.phones[0] == 0 {
		if key, ok := rec.nameKey(); !ok || len(m.told[key]) == 0 {
			return m.joinOnly(i, m.ofSystem(rec.source, m.told[firm]))
		}
	}
	var found []uint32
	rec.eachContact(func(k mentionKey) { found = append(found, m.told[k]...) })
	if key, ok := rec.nameKey(); ok {
		called := m.told[key]
		if len(found) == 0 {
			found = m.ofSystem(rec.source, called)
		} else if both := m.among(found, func(o *record) bool { k, ok := o.nameKey(); return ok && k == key }); len(both) > 0 {
			found = both
		}
	}
	if rec.kind == person && rec.organisation != 0 {
		if same := m.among(found, func(o *record) bool { return o.organisation == rec.organisation }); len(same) > 0 {
			found = same
		}
	}
	if rec.kind == organisation && rec.former != 0 { // of two that differ in their legal form the one that has it is meant
		if same := m.among(found, func(o *record) bool { return o.former == rec.former }); len(same) > 0 {
			found = same
		}
	}
	return m.joinOnly(i, found)
}

// ofSystem leaves the records of one source system, or all where none is of it.
func (m *mentions) ofSystem(source uint16, records []uint32) []uint32 {
	if own := m.among(records, func(o *record) bool { return o.source == source && source != 0 }); len(own) > 0 {
		return own
	}
	return records
}

func (m *mentions) among(records []uint32, meets func(*record) bool) (list []uint32) {
	for _, i := range records {
		if meets(&m.run.f.r.rows[i]) {
			list = append(list, i)
		}
	}
	return list
}

// joinOnly joins a mention with the records found where they are one customer.
func (m *mentions) joinOnly(i uint32, found []uint32) bool {
	if len(found) == 0 {
		return false
	}
	root := m.run.forest.root(found[0])
	for _, o := range found {
		if m.run.forest.root(o) != root || m.run.rules.decidedApart(pairOf(o, i)) {
			return false
		}
	}
	m.merge(found[0], i)
	return true
}
