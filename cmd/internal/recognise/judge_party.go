package recognise

import (
	"slices"

	"loadstar/schemas"
)

// party recognises the columns that say who somebody is. Columns in closed are
// left out.
func (j *Judge) party(columns []*Profile, closed map[*Profile]bool) *Recogniser {
	r := j.recogniser()
	for _, p := range columns {
		r.Columns = append(r.Columns, &Column{Profile: p, Closed: closed[p] || j.namesOther(p, columns)})
	}
	r.Recognise()
	return r
}

// namesOther says whether a column is the name of something that the row only
// names by an id beside it ("lead_id", "lead_name"), where another column is
// called a name, and no more, and holds those of persons.
func (j *Judge) namesOther(p *Profile, columns []*Profile) bool {
	tokens := HeaderTokens(p.Says())
	n := len(tokens) - 1
	if n < 1 || tokens[n] != "name" || slices.ContainsFunc(headerMeanings(p.Says(), j.Tables), func(g guess) bool { return g.meaning != MeansName && g.sure > 1 }) {
		return false
	}
	isItsID := func(o *Profile) bool {
		return slices.Equal(HeaderTokens(o.Says()), append(slices.Clone(tokens[:n]), "id"))
	}
	return slices.ContainsFunc(columns, isItsID) && slices.ContainsFunc(columns, func(o *Profile) bool { return o != p && j.isOfPersons(o) })
}

// isOfManyFirms says whether the people work for more firms than a group of
// companies has.
func isOfManyFirms(party *Recogniser) bool {
	const fewest, part = 5, .1
	firm := party.Has(MeansFirm)
	return firm != nil && firm.values.distinct() >= fewest && firm.distinctShare() >= part
}

// addRoles adds fields that the entity shares with customer: an employee's
// e-mail, the parts of an address.
func (j *Judge) addRoles(e schemas.Entity, fields []FieldColumn, party *Recogniser) []FieldColumn {
	byColumn := map[int]FieldColumn{}
	taken := map[string]bool{}
	columns := make([]*Profile, len(party.Columns))
	for at, c := range party.Columns {
		columns[at] = c.Profile
		for _, f := range fields {
			if f.Column == c.Profile {
				byColumn[at] = f
				taken[f.Field.Name] = true
			}
		}
	}
	for at, c := range party.Columns {
		name := roleField(c.Role, party)
		if c.Role == MeansID && e.Name != "customer" && !j.Tables.NamesCustomer(c.Says()) {
			continue // the id of some other thing
		}
		f, ok := e.Field(name)
		known, done := byColumn[at]
		isWeak := done && e.Name == "customer" && c.By == byHeader && f.PII && known.Sure < c.sure
		if !ok || taken[name] || done && !isWeak || e.Name != "customer" && c.By != byHeader && name != "email" && name != "phone" {
			continue
		}
		if done {
			delete(taken, known.Field.Name)
		}
		byColumn[at] = FieldColumn{Column: c.Profile, Field: f, Sure: roleSure(c), Why: c.Why}
		taken[name] = true
	}
	return inOrderOf(columns, byColumn)
}

// roleField is the field of customer that a meaning feeds.
func roleField(m Meaning, party *Recogniser) string {
	switch m {
	case MeansID:
		return "customer_id"
	case MeansParticle, meansNothing, MeansOther, MeansYear, MeansMonth, MeansAge, MeansLat, MeansLon, meansLine2, MeansPlace:
		return ""
	}
	return string(m)
}

// addParty finds the columns that say who the row is about.
func (j *Judge) addParty(v *Verdict, q Question) {
	closed := map[*Profile]bool{}
	if v.Entity.Name != "customer" {
		for _, f := range v.Fields {
			if v.Entity.Name != "account" || f.Field.Name != "name" {
				closed[f.Column] = true
			}
		}
	}
	if v.Entity.Name != "customer" {
		j.closeNames(v.Fields, q.Columns, closed)
		j.closeThings(v.Entity.Name, q.Columns, closed)
	}
	r := j.party(q.Columns, closed)
	v.Country, v.CountryWhy = r.Country()
	if c := r.Has(MeansPlace); c != nil && r.Has(MeansPost) == nil && r.Has(MeansCity) == nil {
		v.Place = c.Profile
	}
	if v.Entity.Name == "customer" || !slices.Contains(carriers(), v.Entity.Name) {
		return
	}
	customer, err := schemas.EntityNamed("customer")
	if err != nil {
		return
	}
	evidence := false
	for _, c := range r.Columns {
		if v.Entity.Name == "account" && !closed[c.Profile] && slices.ContainsFunc(v.Fields, func(f FieldColumn) bool { return f.Column == c.Profile }) {
			c.Set(MeansFirm, byHeader, "an account is an organisation")
		}
		f, ok := customer.Field(roleField(c.Role, r))
		if c.isThing && c.Role == MeansFirm {
			continue // "description": what was paid for, and not by whom
		}
		if !ok || !f.PII && f.Name != "country_code" || c.Role == MeansID || c.Closed {
			continue
		}
		if c.By != byHeader && !slices.Contains([]string{"email", "phone", "full_name", "birth_date"}, f.Name) || isConstant(c.Profile) && isOfOne(f.Name) {
			continue
		}
		evidence = evidence || c.Role.IsEvidence()
		v.Party = append(v.Party, FieldColumn{Column: c.Profile, Field: f, Sure: roleSure(c), Why: c.Why})
	}
	if !evidence {
		v.Party = nil
	}
	v.Party = slices.DeleteFunc(v.Party, func(f FieldColumn) bool {
		return slices.ContainsFunc(v.Party, func(o FieldColumn) bool {
			return o.Field.Name == f.Field.Name && o.Column != f.Column && o.Sure > f.Sure
		})
	})
	v.Party = slices.CompactFunc(v.Party, func(a, b FieldColumn) bool { return a.Field.Name == b.Field.Name })
}

// isOfOne knows the fields that hardly two customers have in common.
func isOfOne(field string) bool {
	return slices.Contains([]string{"full_name", "organisation_name", "email", "phone", "mobile_phone", "address_line"}, field)
}

// isConstant says whether all of many rows have one value: it tells of who sent
// the file, not of whom a row is about.
func isConstant(p *Profile) bool {
	const many = 20
	return p.Filled >= many && p.values.distinct() < 2
}

// isOfPersons says whether a column that is called names, and no more, holds
// those of persons: the row's own name is another.
func (j *Judge) isOfPersons(p *Profile) bool {
	return j.Tables.IsBareName(p.Says()) && j.holdsPersons(p)
}

// isGivenName says whether a column that is called names stands beside one of
// family names, as Nome beside Cognome does.
func (j *Judge) isGivenName(p *Profile, columns []*Profile) bool {
	isName := slices.ContainsFunc(headerMeanings(p.Says(), j.Tables), func(g guess) bool { return g.meaning == MeansName && g.sure > 1 })
	return isName && slices.ContainsFunc(columns, func(o *Profile) bool {
		return o != p && o.Filled > 0 && slices.ContainsFunc(headerMeanings(o.Says(), j.Tables), func(g guess) bool { return g.meaning == MeansFamily && g.sure > 1 })
	})
}

func (j *Judge) holdsPersons(p *Profile) bool { return j.recogniser().personShare(p) > .5 }

// FamilyFirst says whether a column of whole names has the family name first.
func (j *Judge) FamilyFirst(p *Profile) (why string, ok bool) { return j.recogniser().FamilyFirst(p) }

func (j *Judge) recogniser() *Recogniser {
	return &Recogniser{Tables: j.Tables, Clean: j.Clean, Names: j.Names, GivenNames: j.givenNames}
}
