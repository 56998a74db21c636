package draft

import (
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// partyObject makes the customer that the rows of another entity name by more
// than an id. ok is false where nothing would name it.
func (d *drafter) partyObject(t *table) (objectText, bool) {
	o := objectText{name: "customers", entity: "customer", path: t.path, why: "its rows also say who the customer is"}
	switch c := t.byField("customer_id"); {
	case t.references["customer"] != "":
		return o, false // another system's customers: it tells who they are
	case t.through != nil:
		return o, false // so does what the rows belong to
	case t.known >= nearlyKnown && t.onlyNames() && t.ownName() == nil:
		return o, false // so does another table of the system
	case c != nil:
		o.repeats, o.references = true, t.references
		p := propertyText{
			name: c.profile.Name, field: "customer_id", key: 1, required: true, nulls: idNulls(c.profile), prefix: t.prefixes["customer_id"], why: "the customer's id; the same customer comes with many rows",
		}
		if mail := t.guestMail(); mail != "" {
			p.otherwise = []elseText{{column: mail}}
			p.why += "; guests have none, and are known by their address"
		} else if own := t.ownName(); own != nil {
			p.otherwise = own
			p.why += "; where a row has none, its own key names whom it tells of"
		} else if c.profile.Filled < t.survey.Rows || len(p.nulls) > 0 {
			o.when = append(o.when, c.profile.Name)
		}
		o.add(p)
	case t.needsOwnIDs() && t.key.hash:
		o.repeats = t.key.repeats
		o.add(propertyText{name: "row_text", from: "$hash", field: "customer_id", key: 1, why: "no column names the customer: the text of the row does"})
	case t.needsOwnIDs():
		o.repeats = t.key.repeats
		c := t.key.columns[0]
		o.add(propertyText{
			name: c.profile.Name, field: "customer_id", key: 1, required: true, why: "no column names the customer: the row's own key does",
		})
	default:
		return o, false
	}
	d.addNames(&o, t)
	if t.needsOwnIDs() {
		o.when = append(o.when, t.namelessRows()...)
		if why := t.mentions(); why != "" {
			o.add(propertyText{name: "is_mention", field: "is_mention", logical: "boolean", constant: "true", why: why})
		}
	}
	o.addPlace(t)
	t.addReach(&o)
	d.addMoments(&o, t)
	return o, true
}

// addNames maps the columns that say who the party is. Where one of them is the
// key of a log, its texts are both.
func (d *drafter) addNames(o *objectText, t *table) {
	for i := range t.verdict.Party {
		f := &t.verdict.Party[i]
		c := t.columns[f.Column.Name]
		if c == nil || c.party == nil || o.feeds(f.Field.Name) {
			continue
		}
		p := d.property(t, c, f)
		if t.log != nil && c == t.log.of {
			p.name, p.aliases = p.field, []string{p.name}
		} else if o.has(p.name) {
			continue
		}
		o.add(p)
	}
}

// mentions says why the rows of a table only mention somebody whom others tell
// of, "" where they may tell of a customer by themselves: a lead is somebody new,
// and so may be who orders with an address.
func (t *table) mentions() string {
	name := t.entity().Name
	isOnly := func(fields ...string) bool {
		return !slices.ContainsFunc(t.verdict.Party, func(f recognise.FieldColumn) bool { return !slices.Contains(fields, f.Field.Name) })
	}
	isTouch := slices.Contains([]string{"activity", "campaign_member", "survey_response", "consent"}, name)
	switch {
	case name == "lead" || name == "account" || len(t.verdict.Party) == 0:
	case isOnly("full_name", "organisation_name", "given_name", "family_name", "title", "country_code"):
		return "its rows only name somebody: the one customer who is called so is meant, or where several are nobody is known to be"
	case isTouch && isOnly("email", "phone", "mobile_phone"):
		return "its rows only have an address or a number: the one customer who has it is meant, else nobody"
	}
	return ""
}

// namelessRows lists the columns without which a row names nobody: the only one
// that says who the customer is, or all of them where they are filled on as many
// rows; nil where each row has them.
func (t *table) namelessRows() []string {
	var names []string
	filled := 0
	for _, f := range t.verdict.Party {
		if !slices.Contains([]string{"full_name", "organisation_name", "given_name", "family_name", "email", "phone", "mobile_phone"}, f.Field.Name) || f.Column.Filled == 0 {
			continue
		}
		if f.Column.Filled == t.survey.Rows || len(names) > 0 && f.Column.Filled != filled {
			return nil
		}
		names, filled = append(names, f.Column.Name), f.Column.Filled
	}
	return names
}

// guestMail is the column of e-mail addresses by which customers without an id
// are known, "" where all have one, or not all have an address.
func (t *table) guestMail() string {
	c := t.byField("customer_id")
	if c == nil || t.references["customer"] != "" || c.profile.Filled == t.survey.Rows && len(idNulls(c.profile)) == 0 {
		return ""
	}
	for _, f := range t.verdict.Party {
		if f.Field.Name == "email" && f.Column.Filled == t.survey.Rows {
			return f.Column.Name
		}
	}
	return ""
}

// ownName is the key of a table, for whoever its rows tell of without an id of
// the customer: a lead that has not become a contact yet, or a guest. nil where
// all have an id, or nothing but the id names anybody.
func (t *table) ownName() []elseText {
	c := t.byField("customer_id")
	if c == nil || t.references["customer"] != "" || t.path != "" || t.guestMail() != "" || t.mentions() != "" ||
		len(t.key.columns) != 1 || t.key.columns[0] == c || t.key.parent || t.key.hash || t.entity().Name == "customer" || t.entity().Name == "account" {
		return nil
	}
	known, nulls := c.profile.Filled, idNulls(c.profile)
	for _, v := range c.profile.Sample() {
		if slices.Contains(nulls, v.Text) {
			known -= v.Count
		}
	}
	tells := slices.ContainsFunc(t.verdict.Party, func(f recognise.FieldColumn) bool {
		return slices.Contains([]string{"family_name", "full_name", "organisation_name"}, f.Field.Name) && f.Column.Filled > known
	})
	if !tells {
		return nil
	}
	return []elseText{{column: t.key.columns[0].profile.Name, prefix: t.entity().Name + ":"}}
}

// nearlyKnown is the part of ids from which a table of customers tells who they
// are.
const nearlyKnown = .9

// onlyNames says whether the rows say nothing of the customer but names.
func (t *table) onlyNames() bool {
	return !slices.ContainsFunc(t.verdict.Party, func(f recognise.FieldColumn) bool {
		return !slices.Contains([]string{"full_name", "organisation_name", "given_name", "family_name", "title", "country_code"}, f.Field.Name)
	})
}

// addMoments gives a party or product the times of its row.
func (d *drafter) addMoments(o *objectText, t *table) {
	entity, err := schemas.EntityNamed(o.entity)
	if err != nil {
		return
	}
	names := []string{"updated_at"}
	if !o.repeats {
		names = append(names, "created_at")
	}
	for _, name := range names {
		c := t.byField(name)
		f, ok := entity.Field(name)
		if c == nil || !ok || o.has(c.profile.Name) || o.feeds(name) {
			continue
		}
		p := d.property(t, c, &recognise.FieldColumn{Column: c.profile, Field: f, Why: "as the row's"})
		p.version = name == "updated_at" && t.feed.delivery.mode != schemas.Append
		o.add(p)
	}
}

// accountParty makes the organisation that an account is.
func (d *drafter) accountParty(t *table) objectText {
	o := objectText{name: "organisations", entity: "customer", path: t.path, repeats: t.key.repeats, references: t.references, why: "an account is an organisation: it is matched with the others"}
	isNamed := t.byField("name") != nil // else it is called as the person is
	for _, c := range t.order {
		switch {
		case slices.Contains(t.key.columns, c):
			o.add(propertyText{name: c.profile.Name, field: "customer_id", key: 1 + slices.Index(t.key.columns, c), required: true, prefix: t.prefix, why: "the account's id"})
		case c.party != nil && !o.feeds(c.party.Field.Name) && !(isNamed && isOfPerson(c.party.Field.Name)):
			o.add(d.property(t, c, c.party))
		}
	}
	if name := t.byField("name"); name != nil && !o.feeds("organisation_name") {
		p := propertyText{name: name.profile.Name, field: "organisation_name", pii: true, why: "an account is an organisation"}
		if o.has(p.name) { // its names are its keys
			p.name, p.aliases = p.field, []string{p.name}
		}
		o.add(p)
	}
	o.addPlace(t)
	d.addMoments(&o, t)
	return o
}

// isOfPerson knows the fields of customer that only persons have: of an
// organisation they are those of somebody to ask there.
func isOfPerson(field string) bool {
	return slices.Contains([]string{"full_name", "title", "given_name", "middle_name", "family_name", "suffix", "former_family_name", "second_person_name", "birth_date", "gender"}, field)
}

// bareCustomer makes customers of the ids of a table that no feed tells more
// about.
func (d *drafter) bareCustomer(t *table, known []provider) (objectText, bool) {
	c := t.byField("customer_id")
	if c == nil || slices.Contains([]string{"web_event", "activity", "association", "campaign_member"}, t.entity().Name) {
		return objectText{}, false
	}
	return d.bareCustomers(t, c, known)
}

// bareCustomers makes customers of the ids that a column holds.
func (d *drafter) bareCustomers(t *table, c *columnDraft, known []provider) (objectText, bool) {
	o := objectText{name: "customers", entity: "customer", path: t.path, repeats: true, why: "no feed says who these customers are: their ids are kept"}
	if t.references["customer"] != "" || t.path != "" || c.profile.Filled == 0 {
		return o, false
	}
	const some = .3
	for _, p := range known {
		if within(c, p.key) >= some {
			return o, false
		}
	}
	o.add(propertyText{
		name: c.profile.Name, field: "customer_id", key: 1, required: true, nulls: nullWords(c.profile), why: "the customer's id; the same customer comes with many rows",
	})
	if c.profile.Filled < t.survey.Rows {
		o.when = append(o.when, c.profile.Name)
	}
	if country := t.byField("country_code"); country != nil {
		customer, err := schemas.EntityNamed("customer")
		if f, ok := customer.Field("country_code"); ok && err == nil {
			o.add(d.property(t, country, &recognise.FieldColumn{Column: country.profile, Field: f, Why: country.field.Why}))
		}
	}
	return o, true
}

// addParent gives the rows of an array what stands in the record that holds
// them.
func (d *drafter) addParent(o *objectText, t *table) {
	if t.parent == nil || t.parent.columns == nil {
		return
	}
	below := t.path
	if t.parent.path != "" {
		below = strings.TrimPrefix(t.path, t.parent.path+".")
	}
	up := strings.Repeat("../", strings.Count(below, ".")+1)
	if t.key.parent {
		for i, c := range t.parent.key.columns {
			p := propertyText{name: c.profile.Name, from: up + c.profile.Name, key: i + 1, why: "the key of the record that holds the row"}
			if o.clashes(t, p.name) {
				p.name = "parent_" + slug(c.profile.Name)
			}
			if c.field != nil {
				if _, ok := t.entity().Field(c.field.Field.Name); ok {
					p.field = c.field.Field.Name
				}
			}
			o.add(p)
		}
	}
	for _, name := range []string{"customer_id", "currency_code", "country_code", "ordered_at", "employee_id", "lead_id", "opportunity_id", "order_id", "invoice_id"} {
		c := t.parent.byField(name)
		f, ok := t.entity().Field(name)
		if c == nil || !ok || t.byField(name) != nil || o.feeds(name) {
			continue
		}
		p := d.property(t.parent, c, &recognise.FieldColumn{Column: c.profile, Field: f, Why: "as in the record that holds the row"})
		p.from, p.required, p.otherwise = up+c.profile.Name, false, nil
		if o.clashes(t, p.name) {
			p.name = "parent_" + slug(p.name)
		}
		o.add(p)
	}
	d.addParentVersion(o, t, up)
}

// clashes says whether a name from above is a column of the row itself.
func (o *objectText) clashes(t *table, name string) bool {
	return o.has(name) || t.columns[name] != nil
}

// addParentVersion takes the newer of two states of a row by that of the
// record that holds it.
func (d *drafter) addParentVersion(o *objectText, t *table, up string) {
	c := t.parent.byField("updated_at")
	if c == nil || d.versionOf(t) != nil || t.feed.delivery.mode == schemas.Append {
		return
	}
	p := propertyText{name: c.profile.Name, logical: "timestamp", from: up + c.profile.Name, version: true, unit: c.unit, why: "tells the newer of two states of the record"}
	if c.layout != t.feed.locale.date {
		p.layout = c.layout
	}
	if o.clashes(t, p.name) {
		p.name = "parent_" + slug(p.name)
	}
	o.add(p)
}
