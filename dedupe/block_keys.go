package dedupe

import "slices"

// keyer derives the blocking keys of records from content alone.
type keyer struct{ f *features }

// pass is one way to propose pairs: records that share a key are compared.
type pass struct {
	name string
	keys func(k keyer, rec *record, to []uint64) []uint64 // appends the record's keys; none where a part is missing
}

func (k keyer) given(r *record) *nameFacts  { return &k.f.name[r.given] }
func (k keyer) family(r *record) *nameFacts { return &k.f.name[r.family] }

// unordered joins two parts whichever comes first; 0 where one is missing.
func unordered(a, b uint32) uint64 {
	if a == 0 || b == 0 {
		return 0
	}
	return uint64(min(a, b))<<32 | uint64(max(a, b))
}

func (k keyer) initials(r *record) uint64 {
	return unordered(k.given(r).initial(), k.family(r).initial())
}

func (k keyer) sounds(r *record) uint64 { return unordered(k.given(r).sound, k.family(r).sound) }

func (k keyer) text(id uint32) uint64  { return uint64(k.f.r.texts.hashOf(id)) }
func (k keyer) name(id uint32) uint64  { return uint64(k.f.r.names.hashOf(id)) }
func (k keyer) place(r *record) uint64 { return k.text(r.postcode) }

// joined appends the key of parts unless one is missing.
func joined(to []uint64, parts ...uint64) []uint64 {
	for _, p := range parts {
		if p == 0 {
			return to
		}
	}
	return append(to, mix(parts...))
}

// parts make up one key; an array, for a slice would be allocated for each
// record and pass.
type parts [3]uint64

// always fills the place of a part that a key doesn't have.
const always = 1

// simple makes a pass whose records have at most one key.
func simple(name string, of func(k keyer, rec *record) parts) pass {
	return pass{name: name, keys: func(k keyer, rec *record, to []uint64) []uint64 {
		p := of(k, rec)
		return joined(to, p[:]...)
	}}
}

// contactPasses serve persons and organisations.
func contactPasses() []pass {
	return []pass{
		{"email", func(k keyer, rec *record, to []uint64) []uint64 {
			for _, e := range rec.emails {
				to = joined(to, uint64(k.f.r.emails.hashOf(e)))
			}
			return to
		}},
		{"phone", func(k keyer, rec *record, to []uint64) []uint64 {
			for _, p := range rec.phones {
				to = joined(to, uint64(k.f.r.phones.hashOf(p)))
			}
			return to
		}},
		simple("national id", func(k keyer, rec *record) parts {
			return parts{uint64(k.f.r.ids.hashOf(rec.nationalID)), always, always}
		}),
		simple("street and postcode", func(k keyer, rec *record) parts {
			return parts{k.text(rec.street), k.place(rec), always}
		}),
		simple("street, number and city", func(k keyer, rec *record) parts {
			return parts{k.text(rec.street), k.text(rec.number), k.text(rec.city)}
		}),
		{"local part of e-mail", func(k keyer, rec *record, to []uint64) []uint64 {
			const shortest = 5
			for _, e := range rec.emails {
				if local := localPart(k.f.r.emails.bytes(e)); len(local) >= shortest {
					to = joined(to, uint64(hash32(local)))
				}
			}
			return to
		}},
	}
}

// personPasses are the passes over persons.
func personPasses() []pass {
	return slices.Concat(contactPasses(), datePasses(), namePasses(), broadPasses(), idPasses())
}

func birthYear(r *record) uint64  { return uint64(r.birth.year()) }
func birthday(r *record) uint64   { return uint64(r.birth & 0xFFFF) }
func birthMonth(r *record) uint64 { return uint64(r.birth >> 8) }

// datePasses join the birth date, or a part of it, with names and places.
func datePasses() []pass {
	return []pass{
		simple("birth date and initials", func(k keyer, r *record) parts {
			return parts{uint64(r.birth), k.initials(r), always}
		}),
		simple("birth date and family name", func(k keyer, r *record) parts {
			return parts{uint64(r.birth), uint64(k.family(r).prefix), always}
		}),
		simple("birth date and given name", func(k keyer, r *record) parts {
			return parts{uint64(r.birth), uint64(k.given(r).sound), always}
		}),
		simple("birth date and postcode", func(k keyer, r *record) parts {
			return parts{uint64(r.birth), k.place(r), always}
		}),
		simple("birth date and city", func(k keyer, r *record) parts {
			return parts{uint64(r.birth), k.text(r.city), always}
		}),
		simple("family name and birthday", func(k keyer, r *record) parts {
			return parts{uint64(k.family(r).sound), birthday(r), always}
		}),
		simple("beginnings of names and birth year", func(k keyer, r *record) parts {
			return parts{uint64(k.family(r).prefix), uint64(k.given(r).prefix), birthYear(r)}
		}),
		simple("end of family name, initial and birth year", func(k keyer, r *record) parts {
			return parts{uint64(k.family(r).suffix), uint64(k.given(r).initial()), birthYear(r)}
		}),
	}
}

// namePasses join names with places and streets.
func namePasses() []pass {
	return []pass{
		simple("both names by sound", func(k keyer, r *record) parts {
			return parts{k.sounds(r), always, always}
		}),
		simple("canonical name and family name by sound", func(k keyer, r *record) parts {
			return parts{uint64(k.given(r).canonical), uint64(k.family(r).sound), always}
		}),
		simple("postcode and family name", func(k keyer, r *record) parts {
			return parts{k.place(r), uint64(k.family(r).sound), always}
		}),
		simple("postcode and given name", func(k keyer, r *record) parts {
			return parts{k.place(r), uint64(k.given(r).sound), always}
		}),
		simple("postcode and initials", func(k keyer, r *record) parts {
			return parts{k.place(r), k.initials(r), always}
		}),
		simple("city, family name and initial", func(k keyer, r *record) parts {
			return parts{k.text(r.city), uint64(k.family(r).sound), uint64(k.given(r).initial())}
		}),
		simple("city, given name and initial", func(k keyer, r *record) parts {
			return parts{k.text(r.city), uint64(k.given(r).sound), uint64(k.family(r).initial())}
		}),
		simple("street and given initial", func(k keyer, r *record) parts {
			return parts{k.text(r.street), uint64(k.given(r).initial()), always}
		}),
		simple("street and family initial", func(k keyer, r *record) parts {
			return parts{k.text(r.street), uint64(k.family(r).initial()), always}
		}),
		simple("door and given initial", func(k keyer, r *record) parts {
			return parts{k.text(r.street), k.text(r.number), uint64(k.given(r).initial())}
		}),
		simple("city and both names by sound", func(k keyer, r *record) parts {
			return parts{k.text(r.city), k.sounds(r), always}
		}),
	}
}

// broadPasses have large blocks: they are for small files, and for weak fields.
func broadPasses() []pass {
	return []pass{
		simple("birth date", func(k keyer, r *record) parts {
			return parts{uint64(r.birth), always, always}
		}),
		simple("initials and birth year", func(k keyer, r *record) parts {
			return parts{k.initials(r), birthYear(r), always}
		}),
		simple("initials and birthday", func(k keyer, r *record) parts {
			return parts{k.initials(r), birthday(r), always}
		}),
		simple("initial and birth month", func(k keyer, r *record) parts {
			return parts{uint64(k.given(r).initial()), birthMonth(r), always}
		}),
		simple("family initial and birth month", func(k keyer, r *record) parts {
			return parts{uint64(k.family(r).initial()), birthMonth(r), always}
		}),
		simple("family name", func(k keyer, r *record) parts {
			return parts{uint64(k.family(r).sound), always, always}
		}),
		simple("beginnings of names", func(k keyer, r *record) parts {
			return parts{uint64(k.family(r).prefix), uint64(k.given(r).prefix), always}
		}),
		simple("given name and city", func(k keyer, r *record) parts {
			return parts{uint64(k.given(r).canonical), k.text(r.city), always}
		}),
		simple("postcode", func(k keyer, r *record) parts {
			return parts{k.place(r), always, always}
		}),
		simple("street", func(k keyer, r *record) parts {
			return parts{k.text(r.street), always, always}
		}),
		simple("given name", func(k keyer, r *record) parts {
			return parts{uint64(k.given(r).sound), always, always}
		}),
		simple("city and birth year", func(k keyer, r *record) parts {
			return parts{k.text(r.city), birthYear(r), always}
		}),
	}
}

// idPasses find misspelt ids and names of before a marriage.
func idPasses() []pass {
	return []pass{
		{"beginning and end of national id", func(k keyer, rec *record, to []uint64) []uint64 {
			const part = 4
			id := k.f.r.ids.bytes(rec.nationalID)
			if len(id) < part+1 {
				return to
			}
			to = joined(to, uint64(hash32(id[:part])), 1)
			return joined(to, uint64(hash32(id[len(id)-part:])), 2)
		}},
		simple("former name and given name", func(k keyer, r *record) parts {
			former := r.former
			if former == 0 {
				former = r.family
			}
			return parts{k.name(former), uint64(k.given(r).sound), always}
		}),
	}
}

// firmPasses are the passes over organisations.
func firmPasses() []pass {
	return append(contactPasses(), []pass{
		simple("name of organisation", func(k keyer, r *record) parts {
			return parts{uint64(k.f.r.firms.hashOf(r.organisation)), always, always}
		}),
		{"rare words of the name", func(k keyer, rec *record, to []uint64) []uint64 {
			first, second := k.f.firms.rarest(rec.organisation)
			to = joined(to, uint64(k.f.firms.words.hashOf(first)))
			return joined(to, uint64(k.f.firms.words.hashOf(second)))
		}},
		{"sounds of rare words", func(k keyer, rec *record, to []uint64) []uint64 {
			first, second := k.f.firms.rarest(rec.organisation)
			to = joined(to, uint64(soundOf(k.f.firms.words.bytes(first))))
			return joined(to, uint64(soundOf(k.f.firms.words.bytes(second))))
		}},
		{"words and city", func(k keyer, rec *record, to []uint64) []uint64 {
			for _, w := range k.f.firms.of(rec.organisation) {
				to = joined(to, uint64(k.f.firms.words.hashOf(w)), k.text(rec.city))
			}
			return to
		}},
		simple("beginning of the name and postcode", func(k keyer, r *record) parts {
			return parts{uint64(packThree(k.f.r.firms.bytes(r.organisation))), k.place(r), always}
		}),
	}...)
}
