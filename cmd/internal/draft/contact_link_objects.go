package draft

import "slices"

// linkObjects makes an object of the ties to each table, and one of those to
// others: of users, or of tables that were left out.
func (d *drafter) linkObjects(t *table) []objectText {
	var objects []objectText
	for _, e := range t.link.ends {
		o := objectText{name: objectName(t) + "_of_" + slug(e.to.feed.name), entity: "contact_point", why: t.verdict.Why + ", and \"" + e.id.profile.Name + "\" ids of " + e.to.name()}
		if t.link.kind != nil {
			o.only = []wordsOnly{{column: t.link.kind.profile.Name, words: e.words}}
		} else {
			o.when = []string{e.id.profile.Name}
		}
		objects = append(objects, d.linkObject(t, o, &e))
	}
	if len(t.link.other) > 0 {
		o := objectText{name: objectName(t) + "_of_others", entity: "contact_point", why: "they reach nobody who is a customer"}
		o.only = []wordsOnly{{column: t.link.kind.profile.Name, words: t.link.other}}
		objects = append(objects, d.linkObject(t, o, nil))
	}
	return objects
}

// linkObject maps the columns of ties, to the parties of end where it is one.
func (d *drafter) linkObject(t *table, o objectText, end *linkEnd) objectText {
	for _, c := range t.order {
		p := d.property(t, c, c.field)
		if end != nil && c == end.id {
			p = propertyText{name: c.profile.Name, field: "party_id", required: true, prefix: end.to.partyPrefix(), why: "whom it reaches"}
		}
		if at := slices.Index(t.key.columns, c); at >= 0 {
			p.key, p.logical, p.required = at+1, "", true
		}
		o.add(p)
	}
	if t.key.hash {
		o.add(propertyText{name: "row_text", from: "$hash", key: 1, why: "no column names the ties: the text of the row does"})
	}
	d.setVersion(&o, t)
	return o
}

// partyPrefix is what stands before the keys of a table in the ids of the
// parties that its rows tell of.
func (t *table) partyPrefix() string {
	if t.isReached && t.tellsWhose() {
		return t.entity().Name + ":"
	}
	return t.prefix
}

// tellsWhose says whether the rows of a table that is neither of customers nor
// of accounts name the customer by a column of their own.
func (t *table) tellsWhose() bool {
	return t.byField("customer_id") != nil && t.entity().Name != "customer" && t.entity().Name != "account"
}

// addReach gives the party of a row that names its customer by another id the
// one by which a table of ties knows it.
func (t *table) addReach(o *objectText) {
	if !t.isReached || !t.tellsWhose() || o.feeds("party_id") {
		return
	}
	key := t.key.columns[0].profile.Name
	o.add(propertyText{name: "reached_as", field: "party_id", aliases: []string{key}, prefix: t.partyPrefix(), why: "a table of e-mail addresses or phone numbers knows it by the row's own key"})
}
