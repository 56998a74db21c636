package dedupe

import "slices"

// pass is one way to propose pairs: records that share a key are compared. It
// has one of the two functions.
type pass struct {
	name    string
	one     func(a *facets) parts                                       // the record's only key
	several func(k keyer, rec *record, a *facets, to []uint64) []uint64 // appends the record's keys; none where a part is missing
}

// keys appends the keys of a record, whose facets are a.
func (p *pass) keys(k keyer, rec *record, a *facets, to []uint64) []uint64 {
	if p.one == nil {
		return p.several(k, rec, a, to)
	}
	if x := p.one(a); x[0] != 0 && x[1] != 0 && x[2] != 0 {
		to = append(to, mix(x[0], x[1], x[2]))
	}
	return to
}

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

// simple makes a pass whose records have at most one key, made of facets.
func simple(name string, of func(a *facets) parts) pass { return pass{name: name, one: of} }

// contactPasses serve persons and organisations.
func contactPasses() []pass {
	return []pass{
		{name: "email", several: func(k keyer, rec *record, a *facets, to []uint64) []uint64 {
			for _, e := range rec.emails {
				to = joined(to, uint64(k.f.r.emails.hashOf(e)))
			}
			return to
		}},
		{name: "phone", several: func(k keyer, rec *record, a *facets, to []uint64) []uint64 {
			for _, p := range rec.phones {
				to = joined(to, uint64(k.f.r.phones.hashOf(p)))
			}
			return to
		}},
		simple("national id", func(a *facets) parts {
			return parts{uint64(a.nationalID), always, always}
		}),
		simple("street and postcode", func(a *facets) parts {
			return parts{uint64(a.street), uint64(a.postcode), always}
		}),
		simple("street, number and city", func(a *facets) parts {
			return parts{uint64(a.street), uint64(a.number), uint64(a.city)}
		}),
		{name: "local part of e-mail", several: func(k keyer, rec *record, a *facets, to []uint64) []uint64 {
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

// datePasses join the birth date, or a part of it, with names and places.
func datePasses() []pass {
	return []pass{
		simple("birth date and initials", func(a *facets) parts {
			return parts{uint64(a.birth), a.initials(), always}
		}),
		simple("birth date and family name", func(a *facets) parts {
			return parts{uint64(a.birth), uint64(a.familyPrefix), always}
		}),
		simple("birth date and given name", func(a *facets) parts {
			return parts{uint64(a.birth), uint64(a.givenSound), always}
		}),
		simple("birth date and postcode", func(a *facets) parts {
			return parts{uint64(a.birth), uint64(a.postcode), always}
		}),
		simple("birth date and city", func(a *facets) parts {
			return parts{uint64(a.birth), uint64(a.city), always}
		}),
		simple("family name and birthday", func(a *facets) parts {
			return parts{uint64(a.familySound), a.birthday(), always}
		}),
		simple("beginnings of names and birth year", func(a *facets) parts {
			return parts{uint64(a.familyPrefix), uint64(a.givenPrefix), a.birthYear()}
		}),
		simple("end of family name, initial and birth year", func(a *facets) parts {
			return parts{uint64(a.familySuffix), a.givenInitial(), a.birthYear()}
		}),
	}
}

// namePasses join names with places and streets.
func namePasses() []pass {
	return []pass{
		simple("both names by sound", func(a *facets) parts {
			return parts{a.sounds(), always, always}
		}),
		simple("canonical name and family name by sound", func(a *facets) parts {
			return parts{uint64(a.givenCanonical), uint64(a.familySound), always}
		}),
		simple("postcode and family name", func(a *facets) parts {
			return parts{uint64(a.postcode), uint64(a.familySound), always}
		}),
		simple("postcode and given name", func(a *facets) parts {
			return parts{uint64(a.postcode), uint64(a.givenSound), always}
		}),
		simple("postcode and initials", func(a *facets) parts {
			return parts{uint64(a.postcode), a.initials(), always}
		}),
		simple("city, family name and initial", func(a *facets) parts {
			return parts{uint64(a.city), uint64(a.familySound), a.givenInitial()}
		}),
		simple("city, given name and initial", func(a *facets) parts {
			return parts{uint64(a.city), uint64(a.givenSound), a.familyInitial()}
		}),
		simple("street and given initial", func(a *facets) parts {
			return parts{uint64(a.street), a.givenInitial(), always}
		}),
		simple("street and family initial", func(a *facets) parts {
			return parts{uint64(a.street), a.familyInitial(), always}
		}),
		simple("door and given initial", func(a *facets) parts {
			return parts{uint64(a.street), uint64(a.number), a.givenInitial()}
		}),
		simple("city and both names by sound", func(a *facets) parts {
			return parts{uint64(a.city), a.sounds(), always}
		}),
	}
}

// broadPasses have large blocks: they are for small files, and for weak fields.
func broadPasses() []pass {
	return []pass{
		simple("birth date", func(a *facets) parts {
			return parts{uint64(a.birth), always, always}
		}),
		simple("initials and birth year", func(a *facets) parts {
			return parts{a.initials(), a.birthYear(), always}
		}),
		simple("initials and birthday", func(a *facets) parts {
			return parts{a.initials(), a.birthday(), always}
		}),
		simple("initial and birth month", func(a *facets) parts {
			return parts{a.givenInitial(), a.birthMonth(), always}
		}),
		simple("family initial and birth month", func(a *facets) parts {
			return parts{a.familyInitial(), a.birthMonth(), always}
		}),
		simple("family name", func(a *facets) parts {
			return parts{uint64(a.familySound), always, always}
		}),
		simple("beginnings of names", func(a *facets) parts {
			return parts{uint64(a.familyPrefix), uint64(a.givenPrefix), always}
		}),
		simple("given name and city", func(a *facets) parts {
			return parts{uint64(a.givenCanonical), uint64(a.city), always}
		}),
		simple("postcode", func(a *facets) parts {
			return parts{uint64(a.postcode), always, always}
		}),
		simple("street", func(a *facets) parts {
			return parts{uint64(a.street), always, always}
		}),
		simple("given name", func(a *facets) parts {
			return parts{uint64(a.givenSound), always, always}
		}),
		simple("city and birth year", func(a *facets) parts {
			return parts{uint64(a.city), a.birthYear(), always}
		}),
	}
}

// idPasses find misspelt ids and names of before a marriage.
func idPasses() []pass {
	return []pass{
		{name: "beginning and end of national id", several: func(k keyer, rec *record, a *facets, to []uint64) []uint64 {
			const part = 4
			id := k.f.r.ids.bytes(rec.nationalID)
			if len(id) < part+1 {
				return to
			}
			to = joined(to, uint64(hash32(id[:part])), 1)
			return joined(to, uint64(hash32(id[len(id)-part:])), 2)
		}},
		simple("former name and given name", func(a *facets) parts {
			return parts{uint64(a.formerName), uint64(a.givenSound), always}
		}),
	}
}

// firmPasses are the passes over organisations.
func firmPasses() []pass {
	return append(contactPasses(), []pass{
		{name: "name of organisation", several: func(k keyer, rec *record, a *facets, to []uint64) []uint64 {
			to = joined(to, uint64(k.f.r.firms.hashOf(rec.organisation)), always, always)
			return joined(to, uint64(k.f.r.firms.hashOf(rec.alias)), always, always)
		}},
		{name: "rare words of the name", several: func(k keyer, rec *record, a *facets, to []uint64) []uint64 {
			for _, name := range []uint32{rec.organisation, rec.alias} {
				first, second := k.f.firms.rarest(name)
				to = joined(to, uint64(k.f.firms.words.hashOf(first)))
				to = joined(to, uint64(k.f.firms.words.hashOf(second)))
			}
			return to
		}},
		{name: "sounds of rare words", several: func(k keyer, rec *record, a *facets, to []uint64) []uint64 {
			first, second := k.f.firms.rarest(rec.organisation)
			to = joined(to, uint64(soundOf(k.f.firms.words.bytes(first))))
			return joined(to, uint64(soundOf(k.f.firms.words.bytes(second))))
		}},
		{name: "words and city", several: func(k keyer, rec *record, a *facets, to []uint64) []uint64 {
			for _, w := range k.f.firms.of(rec.organisation) {
				to = joined(to, uint64(k.f.firms.words.hashOf(w)), uint64(a.city))
			}
			return to
		}},
		{name: "a word of the name and one of the maker", several: func(k keyer, rec *record, a *facets, to []uint64) []uint64 {
			first, second := k.f.firms.rarest(rec.maker)
			for _, w := range k.f.firms.of(rec.organisation) {
				to = joined(to, uint64(k.f.firms.words.hashOf(w)), uint64(k.f.firms.words.hashOf(first)))
				to = joined(to, uint64(k.f.firms.words.hashOf(w)), uint64(k.f.firms.words.hashOf(second)))
			}
			return to
		}},
		{name: "sound of a word of the name and the maker", several: func(k keyer, rec *record, a *facets, to []uint64) []uint64 {
			first, second := k.f.firms.rarest(rec.maker)
			for _, w := range k.f.firms.of(rec.organisation) {
				sound := uint64(soundOf(k.f.firms.words.bytes(w)))
				to = joined(to, sound, uint64(soundOf(k.f.firms.words.bytes(first))), always)
				to = joined(to, sound, uint64(soundOf(k.f.firms.words.bytes(second))), always)
			}
			return to
		}},
		{name: "maker", several: func(k keyer, rec *record, a *facets, to []uint64) []uint64 {
			return joined(to, uint64(k.f.r.firms.hashOf(rec.maker)), always, always)
		}},
		{name: "beginning of the name and postcode", several: func(k keyer, rec *record, a *facets, to []uint64) []uint64 {
			return joined(to, uint64(packThree(k.f.r.firms.bytes(rec.organisation))), uint64(a.postcode), always)
		}},
	}...)
}

// attributePasses join each attribute with a name. Which attributes say anything
// is not yet known; those of many values propose few pairs and come first.
func attributePasses(k kind, width int) []pass {
	var passes []pass
	for i := range width {
		value := func(k keyer, rec *record) uint64 {
			v := k.f.attributes.of(rec.attributes)[i]
			return uint64(k.f.attributes.values.hashOf(v))
		}
		if k == organisation {
			passes = append(passes, pass{name: Attribute(i) + " and a word of the name", several: func(k keyer, rec *record, _ *facets, to []uint64) []uint64 {
				v := value(k, rec)
				for _, w := range k.f.firms.of(rec.organisation) {
					to = joined(to, uint64(k.f.firms.words.hashOf(w)), v)
				}
				return to
			}})
			continue
		}
		passes = append(passes,
			pass{name: Attribute(i) + " and family name", several: func(k keyer, rec *record, a *facets, to []uint64) []uint64 {
				return joined(to, value(k, rec), uint64(a.familySound))
			}},
			pass{name: Attribute(i) + " and given name", several: func(k keyer, rec *record, a *facets, to []uint64) []uint64 {
				return joined(to, value(k, rec), uint64(a.givenSound))
			}})
	}
	return passes
}
