package recognise

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"loadstar/schemas"
)

// candidate is a field that a column may feed, and what speaks for or against it.
type candidate struct {
	at      int
	guess   FieldGuess
	rank    int
	days    int // 1 = of a moment, days alone
	literal int // 1 = an id that is called so by the name of the field itself
	priced  int // 1 = a total that may be the price of one
	gaps    int // 1 = of what each row has, a column that hardly any row fills
	aside   int // 1 = a total without tax, or the id of whom it was bought from; -1 = an amount that is called a total
}

// candidates lists the fields that columns may feed by their headers, the surest
// first.
func (j *Judge) candidates(e schemas.Entity, columns []*Profile) []candidate {
	var all []candidate
	most := 0
	for _, p := range columns {
		most = max(most, p.Filled)
	}
	for at, p := range columns {
		for rank, g := range j.Tables.headerFields(p.Says(), e) {
			if g.Sure == 3 || g.Field != keyField(e) || !j.Tables.tellsOfParty(p.Says()) { // "postal code" is no code of a line
				c := j.candidate(e, p, g)
				c.at, c.rank = at, rank
				if isOfEachRow(g.Field) && p.Filled*10 < most {
					c.gaps = 1
				}
				all = append(all, c)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.guess.Sure, a.guess.Sure), cmp.Compare(a.aside, b.aside), cmp.Compare(a.gaps, b.gaps), cmp.Compare(a.days, b.days), cmp.Compare(b.literal, a.literal), cmp.Compare(a.priced, b.priced), cmp.Compare(a.rank, b.rank), cmp.Compare(a.at, b.at))
	})
	return all
}

// candidate weighs a column as a field by what it is called and holds.
func (j *Judge) candidate(e schemas.Entity, p *Profile, g FieldGuess) candidate {
	c := candidate{guess: g}
	if of, isID := strings.CutSuffix(g.Field, "_id"); isID && (slices.Contains(HeaderTokens(p.Says()), of) || g.Field != keyField(e) && FoldKey(p.Says()) == FoldKey(g.Field)) {
		c.literal = 1
	}
	if e.Name == "web_event" && g.Field == "at" && p.epochShare() < fitsField && (p.Deep == nil || p.Deep.Timed == 0) {
		c.days = 1
	}
	if g.Field == "total_amount" && j.Tables.isFieldWord(p.Says(), "unit_price") {
		c.priced = 1
	}
	switch {
	case g.Field == "total_amount" && j.Tables.IsNet(p.Says()) || g.Field == "customer_id" && j.Tables.isOfSeller(p.Says()):
		c.aside = 1
	case g.Field == "total_amount" && j.Tables.holdsTotal(p.Says()):
		c.aside = -1
	}
	return c
}

// assign gives each column the likeliest field that its values fit; what is
// surest comes first.
func (j *Judge) assign(e schemas.Entity, columns []*Profile) []FieldColumn {
	byColumn := map[int]FieldColumn{}
	taken := map[string]bool{}
	for _, c := range j.candidates(e, columns) {
		f, _ := e.Field(c.guess.Field)
		if _, done := byColumn[c.at]; done || taken[f.Name] {
			continue
		}
		if f.Name == "status" && j.isStateOfAddress(e, columns[c.at], columns) {
			continue
		}
		if f.Type == schemas.Decimal && columns[c.at].Filled == 0 && c.guess.Sure == 1 {
			continue // a word of it alone says too little of amounts that nobody saw: "gift wrap price"
		}
		why, ok := j.fitsField(f, columns[c.at])
		if !ok || (f.Name == "name" || f.Name == "subject") && e.Name != "account" && slices.Contains(carriers(), e.Name) && (j.isOfPersons(columns[c.at]) || j.isGivenName(columns[c.at], columns)) {
			continue
		}
		if e.Name == "employee" && f.Name == "name" && j.Tables.NamesCustomer(columns[c.at].Says()) {
			continue // whom they sell to
		}
		if f.Name == "description" && c.guess.Sure < 3 && (j.holdsPersons(columns[c.at]) || j.isPartOfName(columns[c.at])) {
			continue // of who bought it
		}
		text := fmt.Sprintf("%q means %s", c.guess.Words, describe(Meaning(f.Name)))
		if why != "" {
			text += "; " + why
		}
		byColumn[c.at] = FieldColumn{Column: columns[c.at], Field: f, Sure: c.guess.Sure, Why: text}
		taken[f.Name] = true
	}
	j.addLoneAmount(e, columns, byColumn, taken)
	j.addStages(e, columns, byColumn, taken)
	return inOrderOf(columns, byColumn)
}

// isOfEachRow says whether each row of a table has a value for a field: when it
// happened, and how much it was.
func isOfEachRow(field string) bool {
	return slices.Contains([]string{"paid_at", "ordered_at", "invoiced_on", "at", "spent_on", "opened_at", "counted_on", "amount", "total_amount", "line_amount"}, field)
}

// addLoneAmount takes for the amount of an entity, where no column is called so,
// the only one that speaks of money: "expected revenue".
func (j *Judge) addLoneAmount(e schemas.Entity, columns []*Profile, byColumn map[int]FieldColumn, taken map[string]bool) {
	field := map[string]string{"lead": "estimated_amount", "opportunity": "amount", "payment": "amount", "order": "total_amount", "invoice": "total_amount"}[e.Name]
	f, ok := e.Field(field)
	if !ok || taken[field] {
		return
	}
	lone := -1
	for at, p := range columns {
		_, done := byColumn[at]
		speaks := slices.ContainsFunc(HeaderTokens(p.Says()), func(w string) bool {
			return j.Tables.isFieldWord(w, "line_amount") || j.Tables.isFieldWord(w, "unit_price")
		}) || strings.ContainsAny(p.Name, "€$£¥")
		if done || !speaks || p.Filled == 0 || p.numberShare() < fitsField || p.isPercentage() {
			continue
		}
		if lone >= 0 {
			return
		}
		lone = at
	}
	if lone >= 0 {
		byColumn[lone] = FieldColumn{Column: columns[lone], Field: f, Sure: 1, Why: "no other column speaks of money"}
	}
}

// addStages takes for the state of a pursuit, where no column is called so, the
// first whose words are those of a way to a sale: "milestone".
func (j *Judge) addStages(e schemas.Entity, columns []*Profile, byColumn map[int]FieldColumn, taken map[string]bool) {
	const field = "status"
	f, ok := e.Field(field)
	if !ok || taken[field] || e.Name != "lead" && e.Name != "opportunity" {
		return
	}
	for at, p := range columns {
		if _, done := byColumn[at]; done || !areOfPursuit(j.stagesIn(p)) {
			continue
		}
		byColumn[at] = FieldColumn{Column: p, Field: f, Sure: 1, Why: "its words are stages of a sale"}
		taken[field] = true
		return
	}
}

// isPartOfName says whether the whole of a header is a word for a part of a
// person's name: "first name" describes nothing.
func (j *Judge) isPartOfName(p *Profile) bool {
	return slices.ContainsFunc(headerMeanings(p.Says(), j.Tables), func(g guess) bool { return g.sure == 3 && slices.Contains(NamesOfPersons(), g.meaning) })
}

// isStateOfAddress says whether a column called "state" tells where somebody
// is: others beside it do, and its values are no words for a status.
func (j *Judge) isStateOfAddress(e schemas.Entity, p *Profile, columns []*Profile) bool {
	places := []Meaning{MeansPost, MeansCity, meansRegion, meansCountry}
	tells := func(o *Profile) bool {
		return slices.ContainsFunc(headerMeanings(o.Says(), j.Tables), func(g guess) bool { return g.sure > 1 && slices.Contains(places, g.meaning) })
	}
	isStatus := func(s string) bool { return j.Tables.Word(e.Name, "status", s) != "" }
	return tells(p) && slices.ContainsFunc(columns, func(o *Profile) bool { return o != p && tells(o) }) && p.share(isStatus) == 0
}

func inOrderOf(columns []*Profile, byColumn map[int]FieldColumn) []FieldColumn {
	var list []FieldColumn
	for at := range columns {
		if f, ok := byColumn[at]; ok {
			list = append(list, f)
		}
	}
	return list
}
