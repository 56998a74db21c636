package recognise

import (
	"slices"
	"strings"

	"loadstar/schemas"
)

// isRuledOut says whether something in a table speaks against what it would be
// taken for, whatever its columns are called.
func (j *Judge) isRuledOut(v Verdict, q Question, party *Recogniser) bool {
	switch v.Entity.Name {
	case "employee":
		sellsTo := slices.ContainsFunc(q.Columns, func(p *Profile) bool { return j.Tables.NamesCustomer(p.Says()) && j.holdsPersons(p) })
		if sellsTo || isOfManyFirms(party) { // whom somebody knows at other firms
			return true
		}
	case "account":
		if j.isOfPersonsInParts(v, party) { // people with an account, whom nothing but the parts of their names calls
			return true
		}
	case "payment":
		if v.isOnceEach() || j.countsGoods(q) { // what stands in a cart
			return true
		}
	case "lead", "opportunity":
		isOfCarts := v.Entity.Name == "opportunity" && j.countsGoods(q)
		if v.bonus < beginOfName && j.namesDocument(q) || isOfCarts || v.Entity.Name == "lead" && j.areAppointments(q) {
			return true
		}
	case "fulfilment":
		if j.isNoShipment(v, q) {
			return true
		}
	case "profitability", "target", "inventory":
		if party.Has(MeansEmail) != nil || j.describesPeople(q) { // books tell of things, not of whom to write to
			return true
		}
	}
	isSettled := v.Entity.Name != "payment" && j.isSettled(q)
	return v.bonus < partOfName && v.listsGoods() || v.bonus < beginOfName && v.comesAgain() ||
		isSettled || j.isOfOthers(v, q) || j.isInvoiced(v, q) || j.isCalledAside(v, q)
}

// areAppointments says whether a name that may be of leads is one of visits too
// (consultas), each row names its customer and a time of day, and no column tells
// a stage of a pursuit.
func (j *Judge) areAppointments(q Question) bool {
	if len(q.Names) == 0 || j.Tables.namesEntity(q.Names[0], "activity") < nameEnd {
		return false
	}
	hasTime, isKnown := false, false
	for _, p := range q.Columns {
		isStage := func(v Sampled) bool {
			stage := j.Tables.Stage(v.Text)
			return stage != "" && !strings.HasPrefix(stage, "lost") && stage != "no decision" // visits are called off too
		}
		if p.Deep != nil && p.Deep.Distinct() < p.Filled && slices.ContainsFunc(p.Sample(), isStage) {
			return false
		}
		hasTime = hasTime || p.dateShare() >= fitsField && p.Deep != nil && p.Deep.Timed > 0
		isKnown = isKnown || p.Deep != nil && p.Deep.Distinct() < p.Filled && j.Tables.NamesCustomer(p.Says()) && p.isIDs()
	}
	return hasTime && isKnown
}

// isNoShipment says whether what would be shipments is delivered for a price, as
// orders are, names neither an order nor who brings it, as anything may, or is
// called orders: they say when they were sent.
func (j *Judge) isNoShipment(v Verdict, q Question) bool {
	if j.isPriced(q) {
		return true
	}
	isCalledOrders := len(q.Names) > 0 && j.Tables.namesEntity(q.Names[0], "order") != nameNone
	return v.bonus < beginOfName && (isCalledOrders || !v.has("order_id") && !v.has("carrier") && !v.has("tracking_number"))
}

// isCalledAside says whether a table's name has a word of what is no such thing.
// "Shop sales" that nobody numbered are lines without an order.
func (j *Judge) isCalledAside(v Verdict, q Question) bool {
	if len(q.Names) == 0 || !j.Tables.isAside(q.Names[0], v.Entity.Name) {
		return false
	}
	if of, isLine := strings.CutSuffix(v.Entity.Name, "_line"); isLine && !v.has(of+"_id") {
		return j.Tables.isAside(q.Names[0], of)
	}
	return true
}

// isPriced says whether a column is the total of an order, by its header.
func (j *Judge) isPriced(q Question) bool {
	order, err := schemas.EntityNamed("order")
	return err == nil && slices.ContainsFunc(q.Columns, func(p *Profile) bool {
		isTotal := func(g FieldGuess) bool { return g.Field == "total_amount" && g.Sure > 1 }
		return p.numberShare() >= fitsField && slices.ContainsFunc(j.Tables.headerFields(p.Says(), order), isTotal)
	})
}
