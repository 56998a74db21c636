package dedupe

// field numbers the comparisons of a pair. Each has a level of four bits in
// the packed levels, at bit 4 × field; level 0 is "missing on a side".
type field uint8

const (
	fieldGiven field = iota
	fieldFamily
	fieldMiddle
	fieldBirth
	fieldGender
	fieldID
	fieldAddress
	fieldEmail
	fieldPhone
	fieldFirm
	fieldSuffix
	fieldEmployer   // of a person; levels of fieldFirm
	fieldAttributes // all that is not understood, together
	fieldCount
)

const maxLevels = 16

// levels packs the level of every field.
type levels uint64

func (l levels) of(f field) uint8 { return uint8(l >> (4 * f) & 15) }

func (l levels) with(f field, level uint8) levels { return l | levels(level)<<(4*f) }

// Levels of the given name.
const (
	givenExact uint8 = iota + 1
	givenNickname
	givenVariant // two variants of one name, or one with a typo
	givenPart    // one holds the other, or a middle name is used
	givenInitial
	givenNear // near, one of the two unknown: a typo makes an unknown string
	givenNearKnown
	givenSemi
	givenSemiKnown
	givenUnlike
	givenUnlikeKnown // both are known names: relatives and strangers have those
)

// Levels of the family name.
const (
	familyExact   uint8 = iota + 1
	familySwapped       // given and family name changed places; the given name then is missing
	familyFormer        // former name, or one holds the other
	familyNear
	familyNearKnown
	familySemi
	familySemiKnown
	familyUnlike
	familyUnlikeKnown
)

// Levels of the middle name.
const (
	middleExact uint8 = iota + 1
	middleInitial
	middleNear
	middleUnlike
)

// Levels of the birth date.
const (
	birthExact   uint8 = iota + 1
	birthSwapped       // day and month changed places
	birthOneDigit
	birthDefault   // a first of January in the same year
	birthTwoDigits // two digits differ
	birthThreeDigits
	birthUnlike
	birthFar // a generation apart
)

// Levels of the gender, compared where the given names do not tell it.
const (
	genderSame uint8 = iota + 1
	genderUnlike
)

// Levels of the national id.
const (
	idExact uint8 = iota + 1
	idNear
	idSemi
	idUnlike
)

// Levels of the address: street (name, number) and place (postcode, city) as
// one comparison, for they are not independent.
const (
	addressDoor       uint8 = iota + 1 // street, number and place
	addressNearDoor                    // the same with a misspelt street
	addressStreet                      // street and place, another or no number
	addressDoorOnly                    // street and number, not the place
	addressStreetOnly                  // street alone
	addressNumber                      // number and place, another street
	addressPostcode                    // postcode alone
	addressCity                        // city or a near postcode alone
	addressUnlike
)

// Levels of the e-mail address.
const (
	emailExact uint8 = iota + 1
	emailLocal       // same local part at another domain
	emailNear
	emailSemi
	emailUnlike
	emailOwn // different, each with its owner's own form of a name
)

// Levels of the phone number.
const (
	phoneExact uint8 = iota + 1
	phoneNear
	phoneUnlike
)

// Levels of the organisation's name: share of the weight of its words that
// agree, rare words weighing more.
const (
	firmExact uint8 = iota + 1
	firmMost
	firmMuch
	firmHalf
	firmSome
	firmOther // each holds a known word that the other lacks
	firmUnlike
)

// Levels of the suffix that tells father and son of one name, in a file that
// writes any.
const (
	suffixSame uint8 = iota + 1
	suffixUnlike
	suffixOneSide
	suffixNeither
)

// String returns the name of f in explanations.
func (f field) String() string {
	return [fieldCount]string{"given_name", "family_name", "middle_name", "birth_date", "gender", "national_id",
		"address", "email", "phone", "organisation_name", "suffix", "employer", "attributes"}[f]
}

// levelName returns the name of a level in explanations.
func levelName(f field, level uint8) string {
	if level == 0 {
		return "missing"
	}
	names := levelNames(f)
	if int(level) > len(names) {
		return "unknown"
	}
	return names[level-1]
}

// levelNames lists the levels of f from 1.
func levelNames(f field) []string {
	switch f {
	case fieldGiven:
		return []string{"exact", "nickname", "variant", "part", "initial", "near", "near, both known",
			"similar", "similar, both known", "different", "different, both known"}
	case fieldFamily:
		return []string{"exact", "swapped with given name", "former name or part", "near", "near, both known",
			"similar", "similar, both known", "different", "different, both known"}
	case fieldMiddle:
		return []string{"exact", "initial", "near", "different"}
	case fieldBirth:
		return []string{"exact", "day and month swapped", "one digit", "default date in the year", "two digits",
			"three digits", "different", "a generation apart"}
	case fieldGender:
		return []string{"same", "different"}
	case fieldID:
		return []string{"exact", "near", "similar", "different"}
	case fieldAddress:
		return []string{"same door", "near same door", "same street", "same door, other place", "same street name",
			"number and place", "same postcode", "same city", "different"}
	case fieldEmail:
		return []string{"exact", "same local part", "near", "similar", "different", "different, each its owner's name"}
	case fieldPhone:
		return []string{"exact", "near", "different"}
	case fieldFirm, fieldEmployer:
		return []string{"exact", "most words", "much of it", "half", "some words", "a known word each", "different"}
	case fieldAttributes:
		return []string{"18 bits for one", "14 bits", "11 bits", "8.5 bits", "6.5 bits", "4.5 bits", "3 bits", "2 bits", "1 bit", "neither",
			"half a bit against", "1.5 bits against", "3 bits against", "5 bits against", "8 bits against"}
	case fieldSuffix:
		return []string{"same", "different", "on one side only", "on neither side"}
	}
	return nil
}
