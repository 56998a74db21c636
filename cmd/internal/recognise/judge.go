package recognise

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"loadstar/dedupe"
	"loadstar/schemas"
	"loadstar/transform"
)

// Judge finds out which entity the rows of a table are, and which field each
// column feeds. It keeps no state but a cache, and is not for concurrent use.
type Judge struct {
	Tables     *WordTables
	Clean      *transform.Tables
	Names      *dedupe.Names
	givenNames map[string]bool
	entities   []schemas.Entity
	weights    map[string]float64         // of fields: what few entities have says more
	named      map[string][]schemas.Field // fields of any entity that a text is surely a word for
}

// NewJudge reads the shipped tables.
func NewJudge() (*Judge, error) {
	j := &Judge{givenNames: map[string]bool{}, weights: map[string]float64{}, named: map[string][]schemas.Field{}}
	var err error
	if j.Tables, err = ReadTables(); err != nil {
		return nil, err
	}
	if j.Clean, err = transform.LoadTables(); err != nil {
		return nil, err
	}
	if j.Names, err = dedupe.NewNames(nil, nil); err != nil {
		return nil, err
	}
	if j.entities, err = schemas.Entities(); err != nil {
		return nil, err
	}
	j.entities = slices.DeleteFunc(slices.Clone(j.entities), func(e schemas.Entity) bool { return !j.canBe(e) })
	count := map[string]int{}
	for _, e := range j.entities {
		for _, f := range e.Fields {
			count[f.Name]++
		}
	}
	for name, n := range count {
		j.weights[name] = math.Log2(1 + float64(len(j.entities))/float64(n))
	}
	return j, nil
}

// canBe says whether a table can be taken for an entity: of others, as lists of
// stages, codes are replaced by what they mean.
func (j *Judge) canBe(e schemas.Entity) bool {
	return e.Name == "customer" || len(j.Tables.business.needs[e.Name]) > 0
}

// Question is what is known of a table whose entity is asked for.
type Question struct {
	Names   []string // what it is called: array path, table, sheet or file, then folders
	Parent  string   // entity of the record that holds the array, "" = it is no array
	Columns []*Profile
}

// Verdict is what a table is taken for.
type Verdict struct {
	Entity     schemas.Entity
	Why        string
	Fields     []FieldColumn // by column, in the order of the table
	Party      []FieldColumn // customer's fields beside the entity's own; empty for customer itself
	Place      *Profile      // column of a postcode and a city in one, nil = none
	Country    string        // of phones and postcodes without one
	CountryWhy string
	score      float64
	own        float64 // of it from fields
	bonus      float64 // of it from names
}

// FieldColumn is a column that feeds a field.
type FieldColumn struct {
	Column *Profile
	Field  schemas.Field
	Sure   int // 3 the header says so, 2 the header without whose it is, 1 a part of it, 0 the values
	Why    string
}

// carriers are the entities whose rows may name a party by more than its id.
func carriers() []string {
	return []string{
		"lead", "opportunity", "order", "order_line", "invoice", "payment", "activity", "case", "survey_response", "consent",
		"fulfilment", "campaign_member", "account", "subscription",
	}
}

// What speaks for an entity beside its fields, in the unit of the weights.
const (
	wholeName    = 9
	partOfName   = 5 // the end of it
	beginOfName  = 2
	folderName   = 1.5
	childBonus   = 6
	leastScore   = 5.5
	leastUnnamed = 8   // of fields alone, where no name says what the table is
	nearlyAsMuch = .8  // of the score of what explains most
	carriedPart  = .95 // of the weight of a party's field in another entity
)

// Decide takes the entity that explains most. ok is false where none explains
// enough; Why then says what was closest.
func (j *Judge) Decide(q Question) (v Verdict, ok bool) {
	q.Names = j.unsigned(q.Names)
	party := j.party(q.Columns, nil)
	var all []Verdict
	for _, e := range j.entities {
		if c, fits := j.weigh(e, q, party); fits {
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b Verdict) int { return cmp.Compare(b.score, a.score) })
	if len(all) == 0 {
		return Verdict{Why: "no entity has the fields that its columns name"}, false
	}
	v = j.paymentsNamedTransactions(j.ordersUnlessBilled(j.linesNamedOrders(j.customersNamedAccounts(j.leadsNamedContacts(j.accountsNamedCustomers(all), all), all, q), all), all), all, q)
	if !j.isEnough(v) {
		// What could be something else by its columns alone is what it is called.
		if at := slices.IndexFunc(all, func(v Verdict) bool { return v.bonus >= partOfName && j.isEnough(v) }); at >= 0 {
			v = all[at]
		} else if at := slices.IndexFunc(all, func(o Verdict) bool { return o.score > nearlyAsMuch*all[0].score && j.isEnough(o) }); at >= 0 {
			v = all[at]
		}
	}
	if !j.isEnough(v) {
		return Verdict{Why: fmt.Sprintf("its columns say too little; closest is %s", v.Entity.Name)}, false
	}
	if !j.isSomebody(v, q) {
		return Verdict{Why: fmt.Sprintf("it could be %s by its columns alone, and nobody is named or reached in it", v.Entity.Name)}, false
	}
	j.addParty(&v, q)
	if !j.isPeculiar(v) {
		return Verdict{Why: fmt.Sprintf("it could be %s by columns that any table has", v.Entity.Name)}, false
	}
	if len(all) > 1 && all[1].score > nearlyAsMuch*v.score {
		v.Why += fmt.Sprintf("; next likely: %s", all[1].Entity.Name)
	}
	return v, true
}

// isEnough says whether the columns, and the name where they are few, tell
// what the rows are.
func (j *Judge) isEnough(v Verdict) bool {
	isNamed := v.bonus >= beginOfName || v.Entity.Name == "customer" || j.columnsName(v)
	return v.score >= leastScore && v.own >= leastScore/2 && (isNamed || v.own >= leastUnnamed)
}

// has says whether a column is called as a field.
func (v Verdict) has(field string) bool {
	return slices.ContainsFunc(v.Fields, func(f FieldColumn) bool { return f.Field.Name == field && f.Sure > 0 && f.Column.Filled > 0 })
}

// nearlyDistinct is the share of distinct values of a column that names rows.
const nearlyDistinct = .97

// As judges the table as one of an entity that is known.
func (j *Judge) As(e schemas.Entity, q Question) Verdict {
	q.Names = j.unsigned(q.Names)
	v, _ := j.weigh(e, q, j.party(q.Columns, nil))
	v.Entity = e
	j.addParty(&v, q)
	return v
}

// weigh says how well the table can be read as rows of an entity.
func (j *Judge) weigh(e schemas.Entity, q Question, party *Recogniser) (Verdict, bool) {
	v := Verdict{Entity: e, Fields: j.assign(e, q.Columns)}
	v.Fields = j.addNames(e, j.addRoles(e, v.Fields, party), q.Columns)
	for _, f := range v.Fields {
		v.own += j.fieldScore(f)
	}
	isPursuit := e.Name == "lead" || e.Name == "opportunity"
	if isPursuit && (j.hasStageColumns(q.Columns) || j.isTouched(v, q.Columns)) {
		v.own += leastScore / 2 // they are fields of a pursuit, too
	}
	v.score = v.own
	if e.Name == "employee" || slices.Contains(carriers(), e.Name) {
		for _, c := range party.Columns {
			if w, ok := j.weights[string(c.Role)]; ok && !slices.ContainsFunc(v.Fields, func(f FieldColumn) bool { return f.Column == c.Profile }) {
				v.score += carriedPart * w * sureness(roleSure(c))
			}
		}
	}
	bonus, why := j.nameBonus(e, q)
	if isParty := slices.Contains([]string{"customer", "account", "lead", "employee"}, e.Name); (isParty || e.Name == "activity") && bonus < partOfName && j.IsCalendar(q) {
		if isParty {
			return v, false // who takes part in events
		}
		bonus, why = bonus+partOfName, "each row begins and ends at a time of day, as events of a calendar do"
	}
	if isPursuit && bonus < partOfName && j.isPursued(v, q.Columns) {
		bonus, why = partOfName, "its columns tell how far each row came on the way to a sale"
	}
	v.score += bonus
	v.bonus = bonus
	v.Why = fmt.Sprintf("%d of %d columns are fields of %s", len(v.Fields), len(q.Columns), e.Name)
	if why != "" {
		v.Why += "; " + why
	}
	return v, !j.isRuledOut(v, q, party) && j.hasNeeds(e, v, bonus, q, party)
}

// fieldScore is what a column says for an entity. That rows have some id, or
// an empty column, says nothing.
func (j *Judge) fieldScore(f FieldColumn) float64 {
	const hardly = .3
	if f.Column.Filled == 0 || j.Tables.business.ids[FoldKey(f.Column.Says())] {
		return hardly
	}
	return j.weights[f.Field.Name] * sureness(f.Sure)
}

func sureness(sure int) float64 { return []float64{.5, .4, .85, 1}[sure] }

func roleSure(c *Column) int {
	if c.By == byHeader {
		return max(c.sure, 1)
	}
	return 0
}

// hasNeeds says whether the fields are there without which a row of the
// entity says nothing. A line within its order or invoice has that one's id.
func (j *Judge) hasNeeds(e schemas.Entity, v Verdict, bonus float64, q Question, party *Recogniser) bool {
	least, parent := 2, q.Parent
	if bonus >= partOfName {
		least = 0
	}
	has := func(field string) bool {
		return parent != "" && e.Name == parent+"_line" && field == parent+"_id" || slices.ContainsFunc(v.Fields, func(f FieldColumn) bool {
			return f.Field.Name == field && (f.Sure >= least || f.Sure == 0) && f.Column.Filled > 0
		})
	}
	if e.Name == "customer" {
		reach := slices.ContainsFunc([]string{"email", "phone", "mobile_phone", "family_name", "birth_date", "national_id"}, has)
		called := has("full_name") || has("organisation_name") || has("given_name")
		placed := has("address_line") || has("street") || has("postcode")
		isEach := bonus >= beginOfName && slices.ContainsFunc(v.Fields, func(f FieldColumn) bool {
			return f.Field.Name == "customer_id" && f.Sure == 3 && f.Column.distinctShare() >= nearlyDistinct
		})
		return reach || called && (placed || bonus >= partOfName) || has("customer_id") && (bonus >= partOfName || isEach)
	}
	if len(j.Tables.business.needs[e.Name]) == 0 {
		return false
	}
	if slices.ContainsFunc(v.Fields, func(f FieldColumn) bool { return j.Tables.NamesRow(e, f.Column) && f.Field.Name == keyField(e) }) {
		base := has
		has = func(field string) bool { return field == "name" || base(field) }
	}
	if isNamed := slices.Contains([]string{"account", "product"}, e.Name) && bonus >= partOfName && has("name") && !has(keyField(e)); isNamed {
		base := has
		has = func(field string) bool { return field == keyField(e) || base(field) } // their names are their keys
	}
	isNaming := (e.Name == "activity" || e.Name == "subscription") && (party.Has(MeansFull) != nil || party.Has(MeansFirm) != nil) // a list of visits or of policies names whom
	if isReached := party.Has(MeansEmail) != nil || party.Has(MeansPhone) != nil || party.Has(MeansMobile) != nil; (isReached || isNaming) && bonus >= partOfName && slices.Contains(carriers(), e.Name) {
		base := has
		has = func(field string) bool { // its rows say who the customer is; a deal of theirs needs no name
			return field == "customer_id" || field == "name" && e.Name == "opportunity" || base(field)
		}
	}
	if isNamed := bonus >= partOfName && !has(keyField(e)); isNamed && slices.ContainsFunc(q.Columns, namesRows) {
		base := has
		has = func(field string) bool { return field == keyField(e) || base(field) } // whatever its id is called
	}
	if e.Name == "order" && bonus >= partOfName && !has(keyField(e)) && has("ordered_at") && has("total_amount") && party.Has(MeansEmail) != nil {
		base := has
		has = func(field string) bool { return field == keyField(e) || base(field) } // a list of sales that nobody numbered
	}
	for _, group := range j.Tables.business.needs[e.Name] {
		if bonus >= partOfName && slices.Equal(group, []string{"type"}) {
			continue // a table of calls, or of visits, says so by its name
		}
		if e.Name == "lead" && (slices.Contains(group, "next_step") || j.isTouched(v, q.Columns)) && j.isPursued(v, q.Columns) {
			continue // ticks below the names of stages say it, or the days of touches
		}
		if !slices.ContainsFunc(group, has) {
			return false
		}
	}
	return true
}

// namesRows says whether a column has another id on each row.
func namesRows(p *Profile) bool {
	const fewest = 5
	return p.Filled >= fewest && p.distinctShare() >= nearlyDistinct && p.IsKeyLike()
}

// nameBonus is what the names of the table say.
func (j *Judge) nameBonus(e schemas.Entity, q Question) (float64, string) {
	bonus, why := 0.0, ""
	for i, name := range q.Names {
		place := j.Tables.namesEntity(name, e.Name)
		if place == nameNone && (e.Name == "lead" || e.Name == "opportunity") && j.Tables.namesEntity(name, "employee") != nameNone {
			place = nameBegin // the sheet of sales people lists whom they sell to
		}
		if place == nameNone {
			continue
		}
		points := float64(partOfName)
		switch {
		case i > 0:
			points = folderName
		case place == nameWhole:
			points = wholeName
		case place == nameBegin:
			points = beginOfName
		}
		if bonus += points; why == "" {
			why = fmt.Sprintf("%q names it", name)
		}
	}
	if parent := q.Parent; parent != "" && e.Name == parent+"_line" {
		bonus += childBonus
		why = "it is an array within " + parent
	}
	return bonus, why
}
