package recognise

import (
	"fmt"
	"slices"
	"strings"

	"loadstar/schemas"
)

// nameBeside finds the column that names, in words, what another holds the id
// of: "Account Name" beside "Account Name.id", "Owner" beside "owner_id". nil
// where there is none.
func (j *Judge) nameBeside(id *Profile, columns []*Profile) *Profile {
	tokens := HeaderTokens(id.Says())
	for n := len(tokens) - 1; n > 0; n-- {
		if !j.Tables.business.ids[strings.Join(tokens[n:], "")] {
			continue
		}
		stem := strings.Join(tokens[:n], "")
		for _, p := range columns {
			if key := FoldKey(p.Says()); p != id && (key == stem || key == stem+"name") {
				return p
			}
		}
	}
	return nil
}

// addNames keeps the names of employees whose ids stand beside them; the name
// of an account is none of the row's own.
func (j *Judge) addNames(e schemas.Entity, fields []FieldColumn, columns []*Profile) []FieldColumn {
	byColumn, taken := map[*Profile]FieldColumn{}, map[string]bool{}
	for _, f := range fields {
		byColumn[f.Column], taken[f.Field.Name] = f, true
	}
	for _, f := range fields {
		if !strings.HasSuffix(f.Field.Name, "_id") || f.Field.Name == keyField(e) {
			continue
		}
		p := j.nameBeside(f.Column, columns)
		if p == nil {
			continue
		}
		if byColumn[p].Field.Name == "name" {
			delete(byColumn, p)
		}
		name, ok := e.Field("employee_name")
		if _, done := byColumn[p]; ok && !done && !taken[name.Name] && f.Field.Name == "employee_id" {
			byColumn[p] = FieldColumn{Column: p, Field: name, Sure: 2, Why: fmt.Sprintf("the name of whom %q means", f.Column.Name)}
		}
	}
	list := fields[:0:0]
	for _, p := range columns {
		if f, ok := byColumn[p]; ok {
			list = append(list, f)
		}
	}
	return list
}

// NamesRow says whether a column is called as the entity itself and holds names
// in words: "account" in a table of accounts. It is key and name in one.
func (t *WordTables) NamesRow(e schemas.Entity, p *Profile) bool {
	_, ok := e.Field("name")
	return ok && slices.Contains(t.entityNames(FoldKey(p.Says())), e.Name) && p.Filled > 0 && !p.IsKeyLike() && p.share(hasLetter) >= .9
}

// closeNames leaves the names of employees, accounts, products out of what
// says who the row is about.
func (j *Judge) closeNames(fields []FieldColumn, columns []*Profile, closed map[*Profile]bool) {
	for _, f := range fields {
		if !strings.HasSuffix(f.Field.Name, "_id") || slices.Contains([]string{"customer_id", "party_id", "contact_id", "lead_id"}, f.Field.Name) {
			continue
		}
		if p := j.nameBeside(f.Column, columns); p != nil {
			closed[p] = true
		}
	}
}

// closeThings leaves out columns whose header says, whole, what was sold, and
// only in part the name of somebody: "product first name".
func (j *Judge) closeThings(of string, columns []*Profile, closed map[*Profile]bool) {
	line, err := schemas.EntityNamed(strings.TrimSuffix(of, "_line") + "_line")
	if err != nil {
		return
	}
	for _, p := range columns {
		isSold := slices.ContainsFunc(j.Tables.headerFields(p.Says(), line), func(g FieldGuess) bool { return g.Field == "description" && g.Sure == 3 })
		isCalled := slices.ContainsFunc(headerMeanings(p.Says(), j.Tables), func(g guess) bool { return g.sure == 3 && g.meaning != MeansThing })
		if isSold && !isCalled {
			closed[p] = true
		}
	}
}
