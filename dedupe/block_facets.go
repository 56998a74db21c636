package dedupe

// keyer derives the blocking keys of records from content alone.
type keyer struct{ f *features }

// facets are what most keys of a record are made of: parts of its values and
// hashes of them, 0 = missing. They are gathered once, for names and texts lie
// all over memory, and some forty passes want the same few.
type facets struct {
	givenPrefix, givenSound, givenCanonical uint32
	familyPrefix, familySuffix, familySound uint32
	formerName                              uint32 // the family name where no other is known
	birth                                   date
	street, number, postcode, city          uint32
	nationalID                              uint32
}

// facets gathers those of a record.
func (k keyer) facets(rec *record) facets {
	given, family := &k.f.name[rec.given], &k.f.name[rec.family]
	former := rec.former
	if former == 0 {
		former = rec.family
	}
	texts := k.f.r.texts
	return facets{
		givenPrefix: given.prefix, givenSound: given.sound, givenCanonical: given.canonical,
		familyPrefix: family.prefix, familySuffix: family.suffix, familySound: family.sound,
		formerName: k.f.r.names.hashOf(former),
		birth:      rec.birth,
		street:     texts.hashOf(rec.street), number: texts.hashOf(rec.number),
		postcode: k.areaOf(rec.postcode), city: texts.hashOf(rec.city),
		nationalID: k.f.r.ids.hashOf(rec.nationalID),
	}
}

func (a *facets) givenInitial() uint64  { return uint64(a.givenPrefix & 255) }
func (a *facets) familyInitial() uint64 { return uint64(a.familyPrefix & 255) }

// initials and sounds are those of both names, whichever comes first.
func (a *facets) initials() uint64 { return unordered(a.givenPrefix&255, a.familyPrefix&255) }
func (a *facets) sounds() uint64   { return unordered(a.givenSound, a.familySound) }

func (a *facets) birthYear() uint64  { return uint64(a.birth.year()) }
func (a *facets) birthday() uint64   { return uint64(a.birth & 0xFFFF) }
func (a *facets) birthMonth() uint64 { return uint64(a.birth >> 8) }

// unordered joins two parts whichever comes first; 0 where one is missing.
func unordered(a, b uint32) uint64 {
	if a == 0 || b == 0 {
		return 0
	}
	return uint64(min(a, b))<<32 | uint64(max(a, b))
}
