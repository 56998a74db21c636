package recognise

import "slices"

// accountsNamedCustomers takes the likeliest, but customers that books keep as
// accounts ("Account Ref", "Account Name", "Contact Name") for accounts: the
// organisation would be lost, and each row be the person to ask there.
func (j *Judge) accountsNamedCustomers(all []Verdict) Verdict {
	at := slices.IndexFunc(all, func(v Verdict) bool { return v.Entity.Name == "account" })
	if all[0].Entity.Name != "customer" || at < 0 {
		return all[0]
	}
	byField := func(name string) *FieldColumn {
		i := slices.IndexFunc(all[at].Fields, func(f FieldColumn) bool { return f.Field.Name == name })
		if i < 0 || all[at].Fields[i].Sure < 2 {
			return nil
		}
		return &all[at].Fields[i]
	}
	id, name := byField("account_id"), byField("name")
	saysAccount := func(w string) bool { return slices.Contains(j.Tables.entityNames(w), "account") }
	if id == nil || name == nil || !slices.ContainsFunc(HeaderTokens(name.Column.Says()), saysAccount) ||
		slices.ContainsFunc(all[0].Fields, func(f FieldColumn) bool { return f.Column == name.Column || isOfPeople(f.Field.Name) }) ||
		id.Column.distinctShare() < nearlyDistinct || j.isOfPersons(name.Column) {
		return all[0]
	}
	account := all[at]
	account.bonus = all[0].bonus // the name says as much of them
	return account
}

// customersNamedAccounts takes for customers what is called accounts, whose names
// are those of persons: users have accounts, too.
func (j *Judge) customersNamedAccounts(v Verdict, all []Verdict, q Question) Verdict {
	at := slices.IndexFunc(all, func(o Verdict) bool { return o.Entity.Name == "customer" })
	if v.Entity.Name != "account" || at < 0 {
		return v
	}
	party := j.party(q.Columns, nil)
	isPerson := slices.ContainsFunc(v.Fields, func(f FieldColumn) bool {
		full := party.Has(MeansFull)
		return f.Field.Name == "name" && full != nil && full.Profile == f.Column && j.holdsPersons(f.Column)
	})
	if !isPerson || party.Has(MeansFirm) != nil {
		return v
	}
	customer := all[at]
	customer.bonus = v.bonus // the name says as much of them
	return customer
}

// leadsNamedContacts takes for pursuits what reads as a list of contacts, where
// the columns tell how far each came and what it may be worth.
func (j *Judge) leadsNamedContacts(v Verdict, all []Verdict) Verdict {
	at := slices.IndexFunc(all, func(o Verdict) bool { return o.Entity.Name == "lead" })
	if v.Entity.Name != "customer" || at < 0 || !j.tellsPursuits(all[at]) {
		return v
	}
	return all[at]
}

// tellsPursuits says whether one column says in words of several stages how far
// each row came, and another what it may be worth or when it began.
func (j *Judge) tellsPursuits(v Verdict) bool {
	const fewest = 3
	status := slices.IndexFunc(v.Fields, func(f FieldColumn) bool { return f.Field.Name == "status" && f.Sure > 0 })
	if v.Entity.Name != "lead" || status < 0 || !v.has("estimated_amount") && !v.has("created_at") {
		return false
	}
	return len(j.stagesIn(v.Fields[status].Column)) >= fewest
}

// linesNamedOrders takes what is named orders or invoices, and has no id of one,
// for their lines where it says what was sold, how many and at what price.
func (j *Judge) linesNamedOrders(v Verdict, all []Verdict) Verdict {
	at := slices.IndexFunc(all, func(o Verdict) bool { return o.Entity.Name == v.Entity.Name+"_line" })
	if at < 0 || v.has(v.Entity.Name+"_id") {
		return v
	}
	lines := all[at]
	if !lines.has("quantity") || !lines.has("unit_price") && !lines.has("line_amount") || !lines.has("product_id") && !lines.has("description") {
		return v
	}
	lines.bonus = v.bonus // the name says as much of them
	return lines
}

// ordersUnlessBilled takes for orders what nothing calls invoices, that has no
// field which invoices alone have, and whose id may be that of anything.
func (j *Judge) ordersUnlessBilled(v Verdict, all []Verdict) Verdict {
	if v.Entity.Name != "invoice" || v.has("due_on") || v.has("credited_invoice_id") {
		return v
	}
	if at := slices.IndexFunc(all, func(o Verdict) bool { return o.Entity.Name == "order" && o.numbersRows() }); at >= 0 && !v.has("invoice_id") && !v.has("invoiced_on") {
		all[at].bonus = v.bonus
		return all[at] // receipts whose own number is that of an order, whatever their table is called
	}
	if v.bonus > 0 {
		return v
	}
	at := slices.IndexFunc(all, func(o Verdict) bool { return o.Entity.Name == "order" && o.score > nearlyAsMuch*v.score })
	if at < 0 {
		return v
	}
	for _, f := range v.Fields {
		tokens := HeaderTokens(f.Column.Says())
		isCalled := slices.ContainsFunc(tokens, func(w string) bool { return slices.Contains(j.Tables.entityNames(w), "invoice") })
		isOwnID := f.Field.Name == "invoice_id" && slices.ContainsFunc(tokens, func(w string) bool { return !slices.Contains(bareIDs(), w) })
		if isCalled || isOwnID {
			return v
		}
	}
	return all[at]
}

// numbersRows says whether each row has an id of its own, of the entity.
func (v Verdict) numbersRows() bool {
	return slices.ContainsFunc(v.Fields, func(f FieldColumn) bool {
		return f.Field.Name == keyField(v.Entity) && f.Sure > 1 && f.Column.Filled > 0 && f.Column.distinctShare() >= nearlyDistinct
	})
}

// paymentsNamedTransactions takes for payments what is called transactions, and
// says which invoice or order was paid, and how: a till's receipts do not. Nor do
// leads and deals name orders or invoices.
func (j *Judge) paymentsNamedTransactions(v Verdict, all []Verdict, q Question) Verdict {
	at := slices.IndexFunc(all, func(o Verdict) bool { return o.Entity.Name == "payment" })
	if order := slices.IndexFunc(all, func(o Verdict) bool { return o.Entity.Name == "order" }); v.Entity.Name == "payment" && v.bonus < partOfName && order >= 0 {
		if o := all[order]; o.bonus >= partOfName && o.numbersRows() && o.has("total_amount") && !j.mayBeCalledPayments(q) {
			return o
		}
	}
	isDeal := v.Entity.Name == "lead" || v.Entity.Name == "opportunity"
	if isDeal && v.bonus < beginOfName && at >= 0 && (all[at].has("order_id") || all[at].has("invoice_id")) && all[at].has("amount") {
		return all[at]
	}
	if v.Entity.Name != "order" || at < 0 || v.has("total_amount") && slices.ContainsFunc(v.Fields, func(f FieldColumn) bool { return f.Field.Name == "shipping_amount" }) {
		return v
	}
	if v.bonus >= partOfName && v.numbersRows() && !j.mayBeCalledPayments(q) {
		return v // orders say how they are paid, and which invoice they got
	}
	payment := all[at]
	isOf := payment.has("invoice_id") || payment.has("order_id") && payment.has("payment_id")
	if !isOf || !payment.has("method") || payment.own < v.own {
		return v
	}
	payment.bonus = v.bonus // the name says as much of them
	return payment
}

// mayBeCalledPayments says whether the last word of a table's name is one for
// payments too.
func (j *Judge) mayBeCalledPayments(q Question) bool {
	if len(q.Names) == 0 {
		return false
	}
	words := j.Tables.TellingWords(q.Names[0])
	return len(words) > 0 && j.Tables.MayBePayments(words[len(words)-1])
}

// bareIDs are words of which an id's header may consist without saying whose.
func bareIDs() []string { return []string{"id", "uuid", "guid", "key", "nr", "no", "num", "number"} }

// columnsName says whether the columns themselves name the entity: "Opportunity
// Number", "Opportunity Result", or tell that the rows are pursuits.
func (j *Judge) columnsName(v Verdict) bool {
	const fewest = 2
	n := 0
	for _, f := range v.Fields {
		tokens := HeaderTokens(f.Column.Says())
		if len(tokens) > 1 && slices.Contains(j.Tables.entityNames(tokens[0]), v.Entity.Name) {
			n++
		}
	}
	return n >= fewest || j.tellsPursuits(v)
}

// comesAgain says whether the rows would be things of which there is one each,
// and name most of them several times: what happened to them, rather.
func (v Verdict) comesAgain() bool {
	const most = .5
	if !slices.Contains([]string{"product", "campaign", "employee", "account", "org_unit"}, v.Entity.Name) {
		return false
	}
	return slices.ContainsFunc(v.Fields, func(f FieldColumn) bool {
		return f.Field.Name == keyField(v.Entity) && f.Sure > 0 && f.Column.distinctShare() < most
	})
}

// listsGoods says whether what would be lines names each product once, and
// neither a document, nor a day or a buyer: what is sold or in stock.
func (v Verdict) listsGoods() bool {
	if v.Entity.Name != "order_line" && v.Entity.Name != "invoice_line" {
		return false
	}
	if slices.ContainsFunc([]string{"order_id", "invoice_id", "ordered_at", "customer_id"}, v.has) {
		return false
	}
	return slices.ContainsFunc(v.Fields, func(f FieldColumn) bool {
		return f.Field.Name == "product_id" && f.Sure > 0 && f.Column.Filled > 0 && f.Column.distinctShare() >= nearlyDistinct
	})
}

// isOnceEach says whether what would be payments comes once for each customer,
// with neither an id nor a day of its own: what customers pay in all.
func (v Verdict) isOnceEach() bool {
	return !v.has("payment_id") && !v.has("paid_at") && !v.has("invoice_id") && slices.ContainsFunc(v.Fields, func(f FieldColumn) bool {
		return f.Field.Name == "customer_id" && f.Column.distinctShare() >= nearlyDistinct
	})
}

// describesPeople says whether the rows are people, by what the columns tell of
// their lives: what they earn is no revenue.
func (j *Judge) describesPeople(q Question) bool {
	const fewest = 2
	n := 0
	for _, p := range q.Columns {
		if slices.ContainsFunc(HeaderTokens(p.Says()), func(w string) bool { return j.Tables.business.lives[w] }) {
			n++
		}
	}
	return n >= fewest
}

// isInvoiced says whether what would be taken for orders, or their lines, are
// invoices: their id is called so, and so is the table, or it says when they are
// due. Shops that send the invoice with the goods have neither.
func (j *Judge) isInvoiced(v Verdict, q Question) bool {
	if v.Entity.Name != "order" && v.Entity.Name != "order_line" {
		return false
	}
	names := func(text, entity string) bool {
		return slices.ContainsFunc(HeaderTokens(text), func(w string) bool { return slices.Contains(j.Tables.entityNames(w), entity) })
	}
	isCalled := slices.ContainsFunc(v.Fields, func(f FieldColumn) bool {
		return f.Field.Name == "order_id" && j.Tables.MayMean(f.Column.Says(), "invoice", "invoice_id") && !names(f.Column.Name, "order") && !j.Tables.business.ids[FoldKey(f.Column.Says())]
	})
	isDue := func(p *Profile) bool { return p.Filled > 0 && j.Tables.MayMean(p.Says(), "invoice", "due_on") }
	return isCalled && (len(q.Names) > 0 && j.Tables.namesEntity(q.Names[0], "invoice") != nameNone || slices.ContainsFunc(q.Columns, isDue))
}

// isSettled says whether the rows are those of a payment service: what was
// paid, its fee, and what is left, each in a column of that name.
func (j *Judge) isSettled(q Question) bool {
	has := func(is func(*Profile) bool) bool {
		return slices.ContainsFunc(q.Columns, func(p *Profile) bool { return p.numberShare() >= fitsField && is(p) })
	}
	return has(func(p *Profile) bool { return j.Tables.business.fees[FoldKey(p.Says())] }) &&
		has(func(p *Profile) bool { return j.Tables.business.gross[FoldKey(p.Says())] }) &&
		has(func(p *Profile) bool { return j.Tables.IsNet(p.Says()) })
}

// isOfPersonsInParts says whether what would be accounts are called by the given
// and family names of persons, and by nothing else.
func (j *Judge) isOfPersonsInParts(v Verdict, party *Recogniser) bool {
	given, family := party.Has(meansGiven), party.Has(MeansFamily)
	if given == nil || family == nil {
		return false
	}
	name := slices.IndexFunc(v.Fields, func(f FieldColumn) bool { return f.Field.Name == "name" })
	return name < 0 || v.Fields[name].Column == given.Profile || v.Fields[name].Column == family.Profile
}

// isOfPeople knows the fields that rows of people have, and accounts do not:
// an id beside the account's, and names in parts.
func isOfPeople(field string) bool {
	return slices.Contains([]string{"customer_id", "given_name", "family_name"}, field)
}
