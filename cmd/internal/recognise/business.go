package recognise

import (
	"slices"
	"strings"

	"loadstar/schemas"
)

// businessWords are the shipped tables of entities and their fields.
type businessWords struct {
	fields    map[string][]fieldWord // by folded header
	names     map[string][]string    // entities by folded name
	needs     map[string][][]string  // by entity: one field of each group
	ids       map[string]bool        // folded words that stand for a key
	lines     map[string]bool        // folded words for the number of a line
	counts    map[string]bool        // folded words for the number of a row of a list
	nets      map[string]bool        // folded words for an amount without tax
	taxed     map[string]bool        // words before a tax: with, without
	taxes     map[string]bool        // taxes on sales
	fees      map[string]bool        // folded headers of a payment service's fees
	gross     map[string]bool        // folded headers of what was paid, with them
	stages    map[string]string      // sales stages by folded word
	units     map[string]bool        // words for a hundredth of a currency
	aside     map[string]bool        // by entity and word: a table of that name is none
	second    map[string]bool        // words for seconds, and their parts
	lives     map[string]bool        // words for what is told of people alone
	settles   map[string]bool        // names of orders that may be payments
	revisions map[string]bool        // words for which version of a thing a row is
	places    map[string]bool        // words for where things are sold: before the name of an entity they say whose rows it has
	sold      map[string]bool        // words for those whom the company sells to
	suppliers map[string]bool        // and for those whom it buys from
	file      map[string]bool        // words in the names of files that say nothing of the rows
	heads     map[string]bool        // names of entities that end compounds, in languages that write those in one
	short     map[string][]string    // words by their abbreviation, of each language
	codes     map[string]bool        // currencies, which say nothing of a field
	begins    map[string]bool        // folded words for when an event begins
	ends      map[string]bool        // and for when it ends
	invites   map[string]bool        // folded words for who arranges an event, or takes part

	moments   map[string]bool              // folded words of headers that only say that days stand below
	things    map[string]bool              // folded words of stages that beside others say what moves, not where it stands
	negations map[string]bool              // folded words after which a stage is not that stage
	overs     map[string]bool              // folded words that say that something is over, not how it ended
	touches   map[string]bool              // folded words for having been in touch, by whatever way
	ordinals  map[string]int               // folded words that count: first is 1
	values    map[string]map[string]string // by entity.field: canonical words by folded word
}

// fieldWord is one thing that a header can mean in business tables.
type fieldWord struct {
	entities []string // nil = all that have the field
	field    string
	language string
}

func newBusinessWords() businessWords {
	return businessWords{
		fields: map[string][]fieldWord{}, names: map[string][]string{}, needs: map[string][][]string{}, ids: map[string]bool{},
		lines: map[string]bool{}, counts: map[string]bool{}, file: map[string]bool{}, heads: map[string]bool{}, aside: map[string]bool{}, places: map[string]bool{}, sold: map[string]bool{}, suppliers: map[string]bool{}, lives: map[string]bool{}, moments: map[string]bool{}, second: map[string]bool{}, settles: map[string]bool{}, revisions: map[string]bool{}, units: map[string]bool{}, codes: map[string]bool{}, begins: map[string]bool{}, ends: map[string]bool{}, invites: map[string]bool{}, values: map[string]map[string]string{}, nets: map[string]bool{}, taxed: map[string]bool{}, taxes: map[string]bool{}, fees: map[string]bool{}, gross: map[string]bool{}, stages: map[string]string{}, short: map[string][]string{},
		things: map[string]bool{}, negations: map[string]bool{}, overs: map[string]bool{}, touches: map[string]bool{}, ordinals: map[string]int{},
	}
}

// SaysOver says whether a header asks whether something is over, or when it
// was, without saying how it ended: "Is Closed", "Abgeschlossen am".
func (t *WordTables) SaysOver(header string) bool {
	return slices.ContainsFunc(HeaderTokens(header), func(w string) bool { return t.business.overs[w] })
}

// SaysPaid says whether a header asks whether something was paid, when, or how
// much of it: "Bezahlt am", "Amount paid", "Pagata".
func (t *WordTables) SaysPaid(header string) bool {
	tokens := HeaderTokens(header)
	isPaid := func(word string) bool { return t.Word("invoice", "settled", word) == "paid" }
	isNegated := slices.ContainsFunc(tokens, func(w string) bool { return t.business.negations[w] && !t.business.moments[w] })
	isOfPayment := slices.ContainsFunc(tokens, func(w string) bool { return slices.Contains(t.entityNames(w), "payment") }) &&
		(t.MayMean(header, "payment", "paid_at") || t.MayMean(header, "payment", "amount"))
	return !isNegated && (isPaid(header) || isOfPayment || slices.ContainsFunc(tokens, isPaid))
}

// Word gives the canonical word that a source's word stands for in a field,
// "" where the field has none or the word is unknown.
func (t *WordTables) Word(entity, field, word string) string {
	switch entity + "." + field {
	case "lead.status", "opportunity.status", "opportunity.last_stage", "stage_event.stage":
		return t.Stage(word)
	}
	return t.business.values[entity+"."+field][FoldKey(word)]
}

// SaysRevision says whether a header speaks of which version of a thing a row is.
func (t *WordTables) SaysRevision(header string) bool {
	return slices.ContainsFunc(HeaderTokens(header), func(w string) bool { return t.business.revisions[w] })
}

// IsMinor says whether a header speaks of hundredths of a currency: amount in
// cents.
func (t *WordTables) IsMinor(header string) bool {
	for _, w := range HeaderTokens(header) {
		if t.business.units[w] {
			return true
		}
	}
	return false
}

func (t *WordTables) isSecond(word string) bool { return t.business.second[word] }

// TellsType says whether a word of a header says that the column holds types.
func (t *WordTables) TellsType(header string) bool {
	return slices.ContainsFunc(HeaderTokens(header), func(w string) bool { return t.isFieldWord(w, "type") })
}

// MoneyRow says what a word of a payment service's row type speaks of: a
// payment, a refund, a transfer (also of fees); "" where it is unknown.
func (t *WordTables) MoneyRow(word string) string {
	found := t.meanings("payment.row", word)
	for _, kind := range []string{"refund", "transfer", "payment"} {
		if found[kind] {
			return kind
		}
	}
	return ""
}

// IsCharge says whether a word of a row's type speaks of what a marketplace or
// payment service charges for its work.
func (t *WordTables) IsCharge(word string) bool { return t.meanings("row.charge", word)["charge"] }

// meanings are what the words of a text, or two of them together, mean where
// one subject is told.
func (t *WordTables) meanings(subject, text string) map[string]bool {
	found := map[string]bool{}
	tokens := HeaderTokens(text)
	for i, w := range tokens {
		found[t.business.values[subject][w]] = true
		if i > 0 {
			found[t.business.values[subject][tokens[i-1]+w]] = true
		}
	}
	return found
}

// IsNet says whether a header speaks of an amount without tax, or of goods
// alone.
func (t *WordTables) IsNet(header string) bool {
	tokens := HeaderTokens(header)
	for i, w := range tokens {
		if t.business.nets[w] || i > 0 && t.business.nets[tokens[i-1]+w] {
			return true
		}
	}
	return false
}

// holdsTotal says whether a word of a header is one for a sum: "importo totale"
// beside "tariffa".
func (t *WordTables) holdsTotal(header string) bool {
	return slices.ContainsFunc(HeaderTokens(header), func(w string) bool { return t.clean.TotalLabels()[w] })
}

// keyField is the field that names the rows of an entity, "" where none does.
func keyField(e schemas.Entity) string {
	name := e.Name + "_id"
	switch e.Name {
	case "order_line", "invoice_line":
		name = "line_id"
	case "campaign_spend":
		name = "spend_id"
	case "web_event":
		name = "event_id"
	case "survey_response":
		name = "response_id"
	}
	if _, ok := e.Field(name); ok {
		return name
	}
	return ""
}

// referenceField is the field by which an entity names another.
func referenceField(from schemas.Entity, to string) string {
	target, err := schemas.EntityNamed(to)
	if err != nil {
		return ""
	}
	field := keyField(target)
	if to == "account" || to == "contact" || to == "customer" {
		field = to + "_id"
	}
	if _, ok := from.Field(field); ok && field != "line_id" {
		return field
	}
	return ""
}

// Which part of a name names an entity.
type namePlace int

const (
	nameNone  namePlace = iota
	nameBegin           // or the middle
	nameEnd
	nameWhole
)

// TellingWords cuts the name of a file into words, without those at its ends
// that say nothing of its rows.
func (t *WordTables) TellingWords(name string) []string {
	return cutEnds(t.parted(HeaderTokens(name)), func(w string) bool { return t.business.file[w] || CountDigits(w) == len(w) })
}

// namesEntity says which part of a text names an entity: all of it, the end,
// or another part.
func (t *WordTables) namesEntity(text, entity string) namePlace {
	tokens := t.TellingWords(text)
	all := HeaderTokens(text)
	for n := len(all); n > 1 && len(all) > len(tokens); n-- {
		whole := t.business.names[strings.Join(all[len(all)-n:], "")]
		switch {
		case len(whole) == 0:
		case slices.Contains(whole, entity) && n == len(all):
			return nameWhole // "sales register", whatever a register may be of
		case slices.Contains(whole, entity):
			return nameEnd
		default:
			return min(t.wordsName(tokens, entity), nameBegin)
		}
	}
	return max(t.wordsName(tokens, entity), t.wordsName(t.expanded(tokens), entity), t.codeNames(text, tokens, entity))
}

// NamesCustomer says whether a word of a header names a customer.
func (t *WordTables) NamesCustomer(header string) bool {
	return slices.ContainsFunc(HeaderTokens(header), func(w string) bool { return slices.Contains(t.entityNames(w), "customer") })
}

func (t *WordTables) wordsName(tokens []string, entity string) namePlace {
	place := nameNone
	for n := len(tokens); n > 0; n-- {
		for i := 0; i+n <= len(tokens); i++ {
			if !slices.Contains(t.entityNames(strings.Join(tokens[i:i+n], "")), entity) {
				continue
			}
			switch {
			case n == len(tokens):
				return nameWhole
			case i == len(tokens)-n:
				place = max(place, nameEnd)
			default:
				place = max(place, nameBegin)
			}
		}
	}
	return place
}

// isAside says whether a name speaks of something that is no entity of that
// kind: shipping is no order line, a supplier no customer.
func (t *WordTables) isAside(name, entity string) bool {
	words := t.TellingWords(name)
	isAside := func(w string) bool { return t.business.aside[entity+" "+w] }
	if entity == "customer" && slices.ContainsFunc(words, func(w string) bool { return t.business.sold[w] }) {
		words = slices.DeleteFunc(words, t.saysSupplier) // "clienti fornitori" are both
	}
	if t.namesEntity(name, entity) >= nameEnd { // "shipping line" still is none, "shop sales" are sales
		before := ""
		if len(words) > 1 {
			before = words[len(words)-2]
		}
		return isAside(before) && !t.business.places[before]
	}
	return slices.ContainsFunc(words, isAside)
}

// isOfSeller says whether a header speaks of somebody who is no customer.
func (t *WordTables) isOfSeller(header string) bool {
	return slices.ContainsFunc(HeaderTokens(header), func(w string) bool { return t.business.aside["customer "+w] })
}

// HoldsIDWord says whether a header begins or ends with a word for a key:
// "MitglNr", "N° dossier".
func (t *WordTables) HoldsIDWord(header string) bool {
	tokens := HeaderTokens(header)
	return len(tokens) > 1 && (t.business.ids[tokens[0]] || t.business.ids[tokens[len(tokens)-1]])
}

// IsIDWord says whether a header is no more than a word for a key.
func (t *WordTables) IsIDWord(header string) bool { return t.business.ids[FoldKey(header)] }

// IsCount says whether a header may stand above numbers that only count the rows
// of a list: "Lp.", "lfd. Nr.", and signs alone.
func (t *WordTables) IsCount(header string) bool {
	key := FoldKey(header)
	return key == "" || t.business.counts[key]
}

// IDOf is what a header calls the thing whose key it holds, folded: "talao" of
// talao_id and of "Nr talao"; "" where none of its words is one for a key.
func (t *WordTables) IDOf(header string) string {
	tokens := HeaderTokens(header)
	switch n := len(tokens); {
	case n < 2:
		return ""
	case t.business.ids[tokens[n-1]]:
		return strings.Join(dropJoints(tokens[:n-1]), "")
	case t.business.ids[tokens[0]]:
		return strings.Join(dropJoints(tokens[1:]), "")
	}
	return ""
}

func (t *WordTables) entityNames(key string) []string {
	if found := t.business.names[key]; len(found) > 0 {
		return found
	}
	singular, _ := strings.CutSuffix(key, "s")
	if found := t.business.names[singular]; len(found) > 0 {
		return found
	}
	return t.business.names[withoutUmlauts(key)]
}

var umlauts = strings.NewReplacer("ae", "a", "oe", "o", "ue", "u") // it is built but once: that costs more than its use

// withoutUmlauts writes ae, oe, ue as the tables have ä, ö, ü: a, o, u.
func withoutUmlauts(key string) string {
	for i := 1; i < len(key); i++ {
		if key[i] == 'e' && strings.IndexByte("aou", key[i-1]) >= 0 {
			return umlauts.Replace(key)
		}
	}
	return key
}

// KeyField is the field that names the rows of an entity, "" where none does.
func KeyField(e schemas.Entity) string { return keyField(e) }

// ReferenceField is the field by which rows of an entity name another, ""
// where there is none.
func ReferenceField(from schemas.Entity, to string) string { return referenceField(from, to) }

// MayBePayments says whether a name of orders is one of payments too.
func (t *WordTables) MayBePayments(name string) bool { return t.business.settles[FoldKey(name)] }

// EntityNames lists the entities that a word names.
func (t *WordTables) EntityNames(word string) []string { return t.entityNames(FoldKey(word)) }

// MayMean says whether a header, or a part of it, is a word for a field of an
// entity.
func (t *WordTables) MayMean(header, entity, field string) bool {
	e, err := schemas.EntityNamed(entity)
	return err == nil && slices.ContainsFunc(t.headerFields(header, e), func(g FieldGuess) bool { return g.Field == field && g.Sure > 1 })
}

// isFieldWord says whether the whole of a header is a word for a field of some
// entity.
func (t *WordTables) isFieldWord(header, field string) bool {
	return slices.ContainsFunc(t.business.fields[FoldKey(header)], func(w fieldWord) bool { return w.field == field })
}

// SaysRefusal says whether a header, or words in it, say that somebody is not to
// be written to or called: "Person - Email Opt Out". Nobody minds telefaxes.
func (t *WordTables) SaysRefusal(header string) bool {
	tokens := HeaderTokens(header)
	if slices.Contains(tokens, "fax") || slices.Contains(tokens, "faxes") {
		return false
	}
	for from := range tokens {
		for to := from + 1; to <= len(tokens); to++ {
			if t.isFieldWord(strings.Join(tokens[from:to], " "), "is_opted_out") {
				return true
			}
		}
	}
	return false
}

// MeansField says whether the whole of a header is a word for a field that
// several entities have.
func (t *WordTables) MeansField(header, field string) bool {
	return slices.ContainsFunc(t.business.fields[FoldKey(header)], func(w fieldWord) bool { return w.field == field && w.entities == nil })
}
