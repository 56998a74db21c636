package recognise

import (
	"slices"

	"loadstar/schemas"
)

// Meaning is what a column can stand for: a field of the entity customer, or
// one of the meanings below, which take part in fields.
type Meaning string

// What columns mean.
const (
	meansNothing  Meaning = ""
	MeansOther    Meaning = "other"     // known to be of no use for matching
	MeansID       Meaning = "record_id" // names the row, not the party
	MeansName     Meaning = "name"      // of a person or of anything else, as the values tell
	MeansThing    Meaning = "thing"     // name of anything that is no person
	MeansMaker    Meaning = "made_by"   // of the thing: artist, author, brewery; compared with its name
	meansThingID  Meaning = "thing_id"  // number that whoever makes a thing gives it: of a book, of a model
	MeansFamily2  Meaning = "family_name_2"
	meansInitials Meaning = "initials"      // the given name where there is no other
	MeansParticle Meaning = "name_particle" // van, de: stands before the family name
	meansLine2    Meaning = "address_line_2"
	MeansPlace    Meaning = "place" // postcode and city in one
	MeansYear     Meaning = "birth_year"
	MeansMonth    Meaning = "birth_month"
	MeansDay      Meaning = "birth_day"
	MeansLat      Meaning = "latitude"
	MeansLon      Meaning = "longitude"
	MeansAge      Meaning = "age" // in years, where nothing tells of the birth

	meansGiven   Meaning = "given_name"
	meansMiddle  Meaning = "middle_name"
	MeansFamily  Meaning = "family_name"
	meansFormer  Meaning = "former_family_name"
	MeansFull    Meaning = "full_name"
	MeansFirm    Meaning = "organisation_name"
	meansTitle   Meaning = "title"
	meansSuffix  Meaning = "suffix"
	MeansEmail   Meaning = "email"
	MeansPhone   Meaning = "phone"
	MeansMobile  Meaning = "mobile_phone"
	meansLine    Meaning = "address_line"
	meansStreet  Meaning = "street"
	meansNumber  Meaning = "house_number"
	meansUnit    Meaning = "unit"
	MeansPost    Meaning = "postcode"
	MeansCity    Meaning = "city"
	meansRegion  Meaning = "region"
	meansCountry Meaning = "country_code"
	MeansBirth   Meaning = "birth_date"
	MeansTaxID   Meaning = "national_id"
	meansGender  Meaning = "gender"
	meansType    Meaning = "party_type"
	MeansUpdated Meaning = "updated_at"
)

// Fields are the meanings that a column may be mapped to, in the order in
// which they are shown.
func Fields() []Meaning {
	return []Meaning{
		meansType, MeansFull, meansTitle, meansGiven, meansMiddle, MeansFamily, meansSuffix, meansFormer, MeansFirm,
		MeansEmail, MeansPhone, MeansMobile, meansLine, meansStreet, meansNumber, meansUnit, MeansPost, MeansCity,
		meansRegion, meansCountry, MeansBirth, MeansTaxID, meansGender, MeansUpdated, MeansID,
	}
}

// NamesOfPersons are the meanings that name a person, whole or in part.
func NamesOfPersons() []Meaning {
	return []Meaning{MeansFull, meansGiven, meansMiddle, MeansFamily, meansFormer}
}

func (m Meaning) isField() bool { return slices.Contains(Fields(), m) }

// Known says whether there is such a meaning.
func (m Meaning) Known() bool {
	return m.isField() || slices.Contains([]Meaning{
		MeansOther, MeansName, MeansThing, MeansMaker, meansThingID, MeansFamily2, meansInitials, MeansParticle, meansLine2, MeansPlace, MeansYear, MeansMonth, MeansDay, MeansAge, MeansLat, MeansLon,
	}, m)
}

// IsEvidence says whether a column of that meaning alone can tell parties
// from one another.
func (m Meaning) IsEvidence() bool {
	return slices.Contains([]Meaning{
		MeansFull, meansGiven, MeansFamily, MeansFirm, MeansEmail, MeansPhone, MeansMobile, MeansBirth, MeansTaxID,
	}, m)
}

// IsOfDoor says whether a column of that meaning tells the street, or the door in it.
func (m Meaning) IsOfDoor() bool {
	return slices.Contains([]Meaning{meansLine, meansStreet, meansNumber, meansUnit}, m)
}

// IsText says whether the field is cleansed as text by package transform.
func (m Meaning) IsText() bool {
	entity, err := schemas.EntityNamed("customer")
	if err != nil {
		return false
	}
	f, ok := entity.Field(string(m))
	return ok && f.Type == schemas.Text && m != MeansID
}

// Repeats says whether a file may have several columns of the meaning.
func (m Meaning) Repeats() bool { return m == MeansEmail || m == MeansPhone || m == MeansMobile }
