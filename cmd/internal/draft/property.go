package draft

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// property maps one column; field nil keeps it as an attribute.
func (d *drafter) property(t *table, c *columnDraft, field *recognise.FieldColumn) propertyText {
	p := propertyText{name: c.profile.Name, nulls: nullWords(c.profile)}
	if field == nil {
		p.why = "kept as it is: neither its header nor its values tell a field of " + t.entity().Name
		if c.notTyped != "" {
			p.why = "kept as it is: " + c.notTyped
		}
		p.logical, p.pii, p.lost = d.attributeType(t, c), c.isPersonal, c.lost
		if p.counts = t.key.hash && d.onlyCounts(t, c); p.counts {
			p.why = "its numbers only count the rows"
		}
		p.words = d.labelWords(t.entity().Name, c, "")
		if p.logical == "date" || p.logical == "timestamp" {
			p.layout = c.layout
		}
		return p
	}
	p.field, p.why, p.pii, p.sure = field.Field.Name, field.Why, field.Field.PII, field.Sure >= sureHeader
	if from := c.profile.Labels().From; from != "" {
		p.why += "; " + from + " tells what each code means"
	}
	p.prefix = t.prefixes[p.field]
	p.unit = c.unit
	p.nulls = append(p.nulls, c.notTold...)
	for _, other := range c.others {
		p.otherwise = append(p.otherwise, elseText{column: other.profile.Name})
		p.why += fmt.Sprintf("; else %q", other.profile.Name)
	}
	if why, ok := d.judge.FamilyFirst(c.profile); ok && p.field == string(recognise.MeansFull) {
		p.clean = "name.family_first"
		p.why += "; " + why
	}
	if strings.HasSuffix(p.field, "_id") && p.field != recognise.KeyField(t.entity()) {
		p.nulls = idNulls(c.profile)
	}
	if mail := t.guestMail(); mail != "" && p.field == "customer_id" && len(t.verdict.Party) > 0 {
		p.otherwise = []elseText{{column: mail}}
	} else if p.field == "customer_id" {
		p.otherwise = append(p.otherwise, t.ownName()...)
	}
	d.readAs(&p, t, c, field.Field.Type)
	p.required = isEssential(t.entity().Name, p.field) && t.fillShare(c) >= .95 && len(c.others) == 0
	d.setBounds(&p, c)
	if p.field == "discount_amount" && t.takesOff(c) {
		p.negate = true
		p.why += "; it is written below zero, and takes off"
	}
	p.words = d.wordsOf(t.entity().Name, c, field)
	if p.field == "status" && d.listsQuotes(t) {
		p.words = d.quoteWords(c, p.words)
	}
	return p
}

// readAs says how the values of a column are read for a field of a type.
func (d *drafter) readAs(p *propertyText, t *table, c *columnDraft, kind schemas.Type) {
	switch kind {
	case schemas.Decimal, schemas.Rate:
		p.logical = "number"
		if n := c.profile.Deep.Numbers.Noisy; n > 0 && kind == schemas.Decimal {
			p.float = true
			p.why += fmt.Sprintf("; %d have the noise of binary arithmetic behind their digits", n)
		}
	case schemas.Integer:
		p.logical = "integer"
	case schemas.Bool:
		if c.profile.DateShare() < datePart {
			p.logical = "boolean"
		} else {
			p.matches = "[1-9]" // 0000-00-00 is none
		}
	case schemas.Date, schemas.Timestamp:
		p.logical = string(kind)
		if c.profile.Deep.Timed > 0 {
			p.logical = string(schemas.Timestamp) // of which a date keeps the day
		}
		if of := t.timeOf(c); of != nil {
			p.time = of.profile.Name
			p.why += fmt.Sprintf("; its time of day stands in %q", p.time)
		}
		if c.layoutWhy != "" && !c.openDate {
			p.why += "; " + c.layout + ": " + c.layoutWhy
		}
		if c.layout != t.feed.locale.date && !(c.layout == "iso" && !slices.Contains([]string{"yyyymmdd"}, t.feed.locale.date)) {
			p.layout = c.layout
		}
		if c.openDate {
			p.layout, p.openLayout = "", c
			if t.feed.locale.date != "" {
				p.layout = c.layout
			}
		}
	}
}

// attributeType types a column that feeds no field only where its values agree:
// an attribute is hardly a reason to refuse a row. A word among hundreds of
// amounts or dates is.
func (d *drafter) attributeType(t *table, c *columnDraft) string {
	const nearlyAll, many = .985, 100
	p := c.profile
	least := float64(p.Filled)
	if p.Filled >= many {
		least *= nearlyAll
	}
	n := p.Deep.Numbers
	isNumber := func(count int) bool { return p.Filled > 0 && float64(count) >= least }
	switch {
	case p.Filled == 0 || p.Deep.Lists > 0:
		return ""
	case c.layout != "" && !c.openDate && isNumber(p.Dates.Dates()):
		if p.Deep.Timed > 0 {
			return "timestamp"
		}
		return "date"
	case p.Share(func(s string) bool { return strings.EqualFold(s, "true") || strings.EqualFold(s, "false") }) == 1:
		return "boolean"
	case n.Zeros > 0 || n.Open > 0 || p.Deep.Longest > 14 || n.Symbols["%"] > 0:
		return ""
	case n.Whole == p.Filled:
		return "integer"
	case (n.Point+n.Comma)*2 > p.Filled && isNumber(n.Whole+t.feed.locale.decimals(n)):
		return "number"
	}
	return ""
}

// decimals counts the numbers with decimals that the locale reads.
func (l locale) decimals(n recognise.NumberCounts) int {
	if l.decimal == "," {
		return n.Comma
	}
	return n.Point
}

// isEssential says whether a row of an entity says nothing without a field.
func isEssential(entity, field string) bool {
	return slices.Contains(map[string][]string{
		"order":          {"ordered_at", "total_amount"},
		"order_line":     {"quantity", "line_amount"},
		"invoice":        {"invoiced_on", "total_amount"},
		"invoice_line":   {"quantity", "line_amount"},
		"payment":        {"amount", "paid_at"},
		"refund":         {"amount", "at", "order_id"},
		"stage_event":    {"stage", "at"},
		"activity":       {"type", "at"},
		"web_event":      {"type", "at"},
		"opportunity":    {"status", "amount"},
		"lead":           {"status"},
		"campaign_spend": {"amount", "spent_on"},
		"target":         {"amount", "period_on"},
		"profitability":  {"period_on"},
		"exchange_rate":  {"rate", "rate_on"},
	}[entity], field)
}

// setBounds says that counts are not negative where the samples hardly ever
// are: the few are errors, not returns.
func (d *drafter) setBounds(p *propertyText, c *columnDraft) {
	n := c.profile.Deep.Numbers
	const hardly = .01
	switch p.field {
	case "probability_percent":
		p.minimum, p.maximum = "0", "100"
	case "duration_minutes", "impressions", "clicks", "estimated_amount", "budget_amount":
		if float64(n.Negative) <= hardly*float64(max(c.profile.Filled, 1)) {
			p.minimum = "0"
		}
	case "quantity":
		const enough = 100
		if float64(n.Negative) <= hardly*float64(c.profile.Filled) && c.profile.Filled >= enough {
			p.minimum = "0"
		}
	}
	if p.minimum == "0" && n.Negative > 0 {
		p.why += fmt.Sprintf("; %d of %d are negative, too few to be meant", n.Negative, c.profile.Filled)
	}
}

// wordsOf maps the source's words of a field where the tables know them.
func (d *drafter) wordsOf(entity string, c *columnDraft, field *recognise.FieldColumn) [][2]string {
	const mostWords = 60
	if words := d.labelWords(entity, c, field.Field.Name); words != nil {
		return words
	}
	if c.profile.Deep.Distinct() > mostWords {
		return nil
	}
	var words [][2]string
	beginning := d.sharedBeginning(c.profile)
	for _, v := range c.profile.Sample() {
		text := strings.TrimPrefix(v.Text, beginning)
		to := d.judge.Tables.Word(entity, field.Field.Name, text)
		if to == "" && beginning != "" && strings.HasSuffix(field.Field.Name, "status") {
			to = text
		}
		if to != "" && recognise.FoldKey(to) != recognise.FoldKey(v.Text) {
			words = append(words, [2]string{v.Text, to})
		}
	}
	slices.SortFunc(words, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	if entity == "opportunity" {
		return d.convertedWon(c, words)
	}
	return words
}

// convertedWon takes deals that were converted for won ones, where words of the
// column say that others were lost and none that any was won.
func (d *drafter) convertedWon(c *columnDraft, words [][2]string) [][2]string {
	ends, converted := map[string]bool{}, ""
	for _, v := range c.profile.Sample() {
		ends[d.judge.Tables.Word("opportunity", "status", v.Text)] = true
		if recognise.FoldKey(v.Text) == "converted" {
			converted = v.Text
		}
	}
	if converted == "" || !ends["lost"] || ends["won"] {
		return words
	}
	words = slices.DeleteFunc(words, func(w [2]string) bool { return w[0] == converted })
	return append(words, [2]string{converted, "won"})
}

// sharedBeginning is what all words of a column begin with and means nothing:
// the "wc-" of "wc-completed", "wc-cancelled" and "wc-refunded", the name of the
// thing in "order_paid". Other words in front change what is behind them:
// "not-paid", "in-transit", "pre-order".
func (d *drafter) sharedBeginning(p *recognise.Profile) string {
	const fewest, longest = 3, 12
	shared := ""
	for i, v := range p.Sample() {
		at := strings.IndexAny(v.Text, "-_.:")
		if at < 1 || at >= longest || at+1 == len(v.Text) || i > 0 && v.Text[:at+1] != shared {
			return ""
		}
		shared = v.Text[:at+1]
	}
	if p.Deep.Distinct() < fewest {
		return ""
	}
	word := recognise.FoldKey(shared)
	isShort := word != "" && len(word) < fewest && strings.Trim(word, "bcdfghjklmnpqrstvwxz") == ""
	if isShort || len(d.judge.Tables.EntityNames(word)) > 0 || d.judge.Tables.MeansField(word, "status") {
		return shared
	}
	return ""
}

// labelWords maps the codes of a column to what they mean, in the word of the
// field where the tables know one; nil where its values are no codes.
func (d *drafter) labelWords(entity string, c *columnDraft, field string) [][2]string {
	labels := c.profile.Labels().Of
	var words [][2]string
	for _, code := range slices.Sorted(maps.Keys(labels)) {
		words = append(words, [2]string{code, cmp.Or(d.judge.Tables.Word(entity, field, labels[code]), labels[code])})
	}
	return words
}

// nullWords are the words for "no value" that a column holds.
func nullWords(p *recognise.Profile) []string {
	const mostNulls = 8
	var words []string
	for w := range p.Deep.Nulls {
		words = append(words, w)
	}
	slices.Sort(words)
	return words[:min(len(words), mostNulls)]
}
