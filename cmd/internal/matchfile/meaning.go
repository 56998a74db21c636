package matchfile

import (
	"slices"

	"loadstar/schemas"
)

// meaning is what a column can stand for: a field of the entity customer, or
// one of the meanings below, which take part in fields.
type meaning string

const (
	meansNothing  meaning = ""
	meansOther    meaning = "other"     // known to be of no use for matching
	meansID       meaning = "record_id" // names the row, not the party
	meansName     meaning = "name"      // of a person or of anything else, as the values tell
	meansThing    meaning = "thing"     // name of anything that is no person
	meansFamily2  meaning = "family_name_2"
	meansInitials meaning = "initials"      // the given name where there is no other
	meansParticle meaning = "name_particle" // van, de: stands before the family name
	meansLine2    meaning = "address_line_2"
	meansPlace    meaning = "place" // postcode and city in one
	meansYear     meaning = "birth_year"
	meansMonth    meaning = "birth_month"
	meansDay      meaning = "birth_day"

	meansGiven   meaning = "given_name"
	meansMiddle  meaning = "middle_name"
	meansFamily  meaning = "family_name"
	meansFormer  meaning = "former_family_name"
	meansFull    meaning = "full_name"
	meansFirm    meaning = "organisation_name"
	meansTitle   meaning = "title"
	meansSuffix  meaning = "suffix"
	meansEmail   meaning = "email"
	meansPhone   meaning = "phone"
	meansMobile  meaning = "mobile_phone"
	meansLine    meaning = "address_line"
	meansStreet  meaning = "street"
	meansNumber  meaning = "house_number"
	meansUnit    meaning = "unit"
	meansPost    meaning = "postcode"
	meansCity    meaning = "city"
	meansRegion  meaning = "region"
	meansCountry meaning = "country_code"
	meansBirth   meaning = "birth_date"
	meansTaxID   meaning = "national_id"
	meansGender  meaning = "gender"
	meansType    meaning = "party_type"
	meansUpdated meaning = "updated_at"
)

// fields are the meanings that a column may be mapped to, in the order in
// which they are shown.
func fields() []meaning {
	return []meaning{
		meansType, meansFull, meansTitle, meansGiven, meansMiddle, meansFamily, meansSuffix, meansFormer, meansFirm,
		meansEmail, meansPhone, meansMobile, meansLine, meansStreet, meansNumber, meansUnit, meansPost, meansCity,
		meansRegion, meansCountry, meansBirth, meansTaxID, meansGender, meansUpdated, meansID,
	}
}

func (m meaning) isField() bool { return slices.Contains(fields(), m) }

func (m meaning) known() bool {
	return m.isField() || slices.Contains([]meaning{
		meansOther, meansName, meansThing, meansFamily2, meansInitials, meansParticle, meansLine2, meansPlace, meansYear, meansMonth, meansDay,
	}, m)
}

// isEvidence says whether a column of that meaning alone can tell parties
// from one another.
func (m meaning) isEvidence() bool {
	return slices.Contains([]meaning{
		meansFull, meansGiven, meansFamily, meansFirm, meansEmail, meansPhone, meansMobile, meansBirth, meansTaxID,
	}, m)
}

// isText says whether the field is cleansed as text by package transform.
func (m meaning) isText() bool {
	entity, err := schemas.EntityNamed("customer")
	if err != nil {
		return false
	}
	f, ok := entity.Field(string(m))
	return ok && f.Type == schemas.Text && m != meansID
}

// repeats says whether a file may have several columns of the meaning.
func (m meaning) repeats() bool { return m == meansEmail || m == meansPhone || m == meansMobile }
