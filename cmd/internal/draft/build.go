package draft

import (
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// build turns what was found out into contracts.
func (d *drafter) build() {
	known := d.knownCustomers()
	for _, f := range d.drafted() {
		for _, t := range f.tables {
			objects := t.cleanPadded(d.objectsOf(t, known))
			for i := range objects {
				d.addRefusals(&objects[i], t)
			}
			f.contract.objects = append(f.contract.objects, d.partSuppliers(objects, t)...)
		}
		f.contract.objects = append(f.contract.objects, d.nestedObjects(f)...)
		f.nameObjects()
	}
}

// knownCustomers are the tables that tell who customers are.
func (d *drafter) knownCustomers() []provider { return d.providers() }

// nameObjects gives every object of a contract a name of its own.
func (f *feed) nameObjects() {
	taken := map[string]bool{}
	for i := range f.contract.objects {
		o := &f.contract.objects[i]
		base := o.name
		for n := 2; taken[o.name]; n++ {
			o.name = fmt.Sprintf("%s_%d", base, n)
		}
		taken[o.name] = true
	}
}

// objectsOf lists the schema objects of a table: its own entity, the party
// that its rows name, and stages that stand in columns of dates.
func (d *drafter) objectsOf(t *table, known []provider) []objectText {
	if objects, ok := d.peculiarObjects(t); ok {
		return objects
	}
	d.createFirst(t)
	party, hasParty := objectText{}, false
	if isAccount := t.entity().Name == "account"; len(t.verdict.Party) > 0 && !t.isLed() && !isAccount {
		if party, hasParty = d.partyObject(t); !hasParty {
			for _, c := range t.order {
				c.party = nil // another table tells who it is: what the row says is kept as it is
			}
		}
	}
	t.touches = d.findTouches(t)
	own := d.ownObject(t)
	d.onlyStages(t, &own)
	if t.log != nil {
		return d.logObjects(t, own, party)
	}
	objects := []objectText{own}
	switch {
	case t.isLed():
		objects[0].when = t.present
		return objects // lines: the whole names the customer
	case t.entity().Name == "account":
		objects = append([]objectText{d.accountParty(t)}, own)
	case hasParty:
		objects = append(objects, party)
	case len(t.verdict.Party) > 0:
	case t.entity().Name != "customer":
		if party, ok := d.bareCustomer(t, known); ok {
			objects = append(objects, party)
		}
	}
	objects = append(objects, d.besideObjects(t, known)...)
	objects = append(d.paymentObjects(t, objects), d.stageObjects(t)...)
	t.leaveCharges(objects)
	objects = append(objects, d.touchObjects(t, own)...)
	if sold, ok := d.soldObject(t, own); ok {
		objects = append(objects, sold)
	}
	if t.months != nil {
		objects = append(objects, d.monthObjects(t)...)
	}
	if t.led != nil && t.led.by != "" {
		for i := range objects {
			objects[i].when = append([]string{t.led.by}, objects[i].when...)
		}
	}
	return objects
}

// besideObjects lists what the rows of a table tell beside their own entity and
// who the party is: documents and articles of their own, campaigns, sellers.
func (d *drafter) besideObjects(t *table, known []provider) []objectText {
	var objects []objectText
	if line, ok := d.wholeLine(t); ok {
		objects = append(objects, line)
	}
	if sent, ok := d.shipmentObject(t); ok {
		objects = append(objects, sent)
	}
	if paid, ok := d.paidObject(t); ok {
		objects = append(objects, paid)
	}
	if campaign, ok := d.campaignObject(t); ok {
		objects = append(objects, campaign)
	}
	objects = append(objects, d.boughtObjects(t, known)...)
	if use, ok := d.addressUse(t); ok {
		objects = append(objects, use)
	}
	if len(t.product) > 0 {
		objects = append(objects, d.productObject(t))
	}
	if who, ok := d.staffObject(t); ok {
		objects = append(objects, who)
	}
	return objects
}

// peculiarObjects lists the objects of a table whose rows are laid out in a way
// of their own; ok is false where they are not.
func (d *drafter) peculiarObjects(t *table) (objects []objectText, ok bool) {
	switch {
	case t.ties != nil:
		return d.tieObjects(t), true
	case t.link != nil:
		return d.linkObjects(t), true
	case t.wide != nil:
		return d.rateObjects(t), true
	case t.months != nil && t.months.isTarget:
		return d.monthObjects(t), true
	}
	return nil, false
}

// ownObject maps the columns of a table onto its entity.
func (d *drafter) ownObject(t *table) objectText {
	o := objectText{
		name: objectName(t), entity: t.entity().Name, why: t.verdict.Why, path: t.path, repeats: t.key.repeats, references: t.references,
	}
	d.addParent(&o, t)
	isOwn := o.addPlace(t)
	for _, c := range t.order {
		if c.profile == t.verdict.Place && (isOwn || len(t.verdict.Party) > 0) {
			continue
		}
		if c.party != nil && c.field == nil || len(c.profile.Inner()) > 0 || c.profile.Deep.Records > 0 {
			continue // in the object of the party, or in objects of its own
		}
		if t.months == nil || !t.months.has(c.profile) {
			o.add(d.property(t, c, c.field))
		}
	}
	d.setKey(&o, t)
	d.setVersion(&o, t)
	if t.isLed() && t.feed.root().led.once {
		d.addProofs(&o, t.feed.root())
	}
	o.addCustomerID(t)
	d.addTaxKey(&o, t)
	if key := recognise.KeyField(t.entity()); t.isNamedByKey() && !o.feeds(key) {
		o.add(propertyText{name: key, field: key, aliases: []string{t.key.columns[0].profile.Name}, prefix: t.prefix, why: "its names are its keys"})
	}
	if own := t.byField(recognise.KeyField(t.entity())); own != nil && !o.feeds("name") && d.judge.Tables.NamesRow(t.entity(), own.profile) {
		o.add(propertyText{name: "name", field: "name", aliases: []string{own.profile.Name}, why: "its names are its keys"})
	}
	if lead := t.byField("lead_id"); t.entity().Name == "opportunity" && lead != nil && !o.feeds("opportunity_id") && !o.has("opportunity_id") && t.repeatShare(lead) == 1 {
		o.add(propertyText{name: "opportunity_id", field: "opportunity_id", aliases: []string{lead.profile.Name}, prefix: t.prefixes["lead_id"], why: "each lead has one deal at most: the lead's id names it"})
	}
	if t.entity().Name == "order_line" && o.feeds("unit_price") && !o.feeds("quantity") && !o.feeds("line_amount") && !o.has("quantity") {
		o.add(propertyText{name: "quantity", field: "quantity", logical: "number", constant: "1", why: "no column counts: each row is one"})
	}
	d.addOutcome(&o, t)
	d.addPaid(&o, t)
	d.addVoid(&o, t)
	d.addInterval(&o, t)
	d.addOtherCurrency(&o, t)
	d.addSheet(&o, t)
	d.addSeller(&o, t)
	d.addType(&o, t)
	d.addChannel(&o, t)
	return o
}

// addCustomerID names the customer of rows that no column names: what they belong
// to does, or their own key.
func (o *objectText) addCustomerID(t *table) {
	_, hasCustomer := t.entity().Field("customer_id")
	p := propertyText{name: "customer_id", field: "customer_id"}
	switch isAccount := t.entity().Name == "account" && len(t.key.columns) == 1 && !t.key.parent && !o.feeds("customer_id"); {
	case t.through != nil && hasCustomer:
		p.aliases, p.why = []string{t.through.profile.Name}, "no column names the customer: what the row belongs to does"
	case t.needsOwnIDs() && hasCustomer && t.key.hash:
		p.from, p.why = "$hash", "no column names the customer: the row's own key does"
	case t.needsOwnIDs() && hasCustomer:
		p.aliases, p.why = []string{t.key.columns[0].profile.Name}, "no column names the customer: the row's own key does"
	case isAccount:
		p.aliases, p.prefix, p.why = []string{t.key.columns[0].profile.Name}, t.prefix, "the organisation that the account is"
	default:
		return
	}
	o.add(p)
}

// isNamedByKey says whether the rows have no id, and their names are their keys.
func (t *table) isNamedByKey() bool {
	name := t.byField("name")
	return len(t.key.columns) == 1 && (t.months != nil || name != nil && t.key.columns[0] == name)
}

// addType says what kind of activity the rows of a table are that no column
// tells: its name does.
func (d *drafter) addType(o *objectText, t *table) {
	if t.entity().Name != "activity" || o.feeds("type") || o.has("type") {
		return
	}
	name := t.feed.namesOf(t)[0]
	p := propertyText{name: "type", field: "type", constant: strings.ToLower(name), why: fmt.Sprintf("no column says which kind: %q does", name)}
	for _, w := range append(d.judge.Tables.TellingWords(name), name) {
		for _, word := range []string{w, strings.TrimSuffix(w, "s"), strings.TrimSuffix(w, "es"), strings.TrimSuffix(w, "e"), strings.TrimSuffix(w, "n"), strings.TrimSuffix(w, "en")} {
			if known := d.judge.Tables.Word("activity", "type", word); known != "" {
				p.constant = known
			}
		}
	}
	if isKnown := p.constant != strings.ToLower(name); !isKnown && d.judge.IsCalendar(recognise.Question{Columns: t.survey.Columns}) {
		p.constant, p.why = "meeting", "no column says which kind: each begins and ends at a time of day"
	}
	o.add(p)
}

func objectName(t *table) string {
	if t.path != "" {
		return slug(t.path)
	}
	return pluralOf(t.entity().Name)
}

func pluralOf(entity string) string {
	switch {
	case strings.HasSuffix(entity, "y"):
		return strings.TrimSuffix(entity, "y") + "ies"
	case strings.HasSuffix(entity, "s"):
		return entity + "es"
	}
	return entity + "s"
}

// idNulls are the words for no id: 0 among counted ones is nobody's.
func idNulls(p *recognise.Profile) []string {
	words, n := nullWords(p), p.Deep.Numbers
	isZero := func(v recognise.Sampled) bool { return v.Text == "0" && v.Count > 1 }
	if n.Whole == p.Filled && n.Negative == 0 && slices.ContainsFunc(p.Sample(), isZero) && p.Deep.Distinct() > 1 {
		words = append(words, "0")
	}
	return words
}

// setKey marks the columns of the key.
func (d *drafter) setKey(o *objectText, t *table) {
	position := 0
	if t.key.parent {
		for i := range o.properties {
			if strings.HasPrefix(o.properties[i].from, "../") && o.properties[i].key > 0 {
				position = max(position, o.properties[i].key)
			}
		}
	}
	for _, c := range t.key.columns {
		for i := range o.properties {
			if p := &o.properties[i]; p.name == c.profile.Name && p.from == "" {
				position++
				p.key, p.required = position, true
				p.why += "; key: " + t.key.why
			}
		}
	}
	if t.key.hash {
		position++
		p := propertyText{name: "row_text", from: "$hash", key: position, why: t.key.why}
		if field := recognise.KeyField(t.entity()); !t.key.parent && !o.feeds(field) && (t.needsOwnIDs() || t.key.anew) {
			p.field = field
		}
		o.add(p)
	}
}

// setVersion marks the column that grows when a row changes.
func (d *drafter) setVersion(o *objectText, t *table) {
	if !t.key.exists() || t.feed.delivery.mode == schemas.Append {
		return
	}
	c := d.versionOf(t)
	if c == nil || c.momentType() == "" && !c.isWhole() {
		return
	}
	for i := range o.properties {
		p := &o.properties[i]
		if p.name != c.profile.Name || p.from != "" {
			continue
		}
		switch {
		case p.field == "" && c.momentType() == "":
			p.logical, p.why = "integer", "tells the newer of two states of a row"
		case p.field == "":
			p.logical, p.why, p.unit = "timestamp", "tells the newer of two states of a row", c.unit
			if c.layout != t.feed.locale.date {
				p.layout = c.layout
			}
		}
		p.version, p.required = true, c.profile.Filled == t.survey.Rows
		return
	}
}

// momentType says whether a column holds moments.
func (c *columnDraft) momentType() string {
	switch {
	case c.openDate:
		return ""
	case c.layout != "" || strings.HasPrefix(c.unit, "epoch") || c.unit == "excel_days":
		return "timestamp"
	}
	return ""
}
