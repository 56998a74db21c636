package recognise

import (
	"slices"
	"strings"

	"loadstar/schemas"
)

// FieldGuess is what a header may mean in one entity.
type FieldGuess struct {
	Field string
	Words string // the words that were known
	Sure  int    // 3 the whole header, 2 without whose it is, 1 a part of it
}

// headerFields lists which fields of an entity a header may name, likeliest
// first.
func (t *WordTables) headerFields(header string, e schemas.Entity) []FieldGuess {
	found := t.guessFields(t.withoutTax(HeaderTokens(withoutGroups(header))), e)
	for _, name := range []string{"name", "subject"} {
		if _, ok := e.Field(name); ok && len(found) == 0 && t.IsBareName(header) {
			return []FieldGuess{{Field: name, Words: strings.Join(HeaderTokens(header), " "), Sure: 3}}
		}
	}
	if len(found) > 0 && found[0].Sure > 1 {
		return found
	}
	others := [][]string{t.expanded(HeaderTokens(withoutGroups(header)))}
	if plain := withoutAside(header); plain != header {
		others = append(others, HeaderTokens(withoutGroups(plain)))
	}
	for _, tokens := range others {
		for _, g := range t.guessFields(tokens, e) {
			if g.Sure = min(g.Sure, 2); !slices.ContainsFunc(found, func(o FieldGuess) bool { return o.Field == g.Field && o.Sure >= g.Sure }) {
				found = append(found, g)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b FieldGuess) int { return b.Sure - a.Sure })
	return found
}

// IsBareName says whether a header says no more than that the column holds
// names.
func (t *WordTables) IsBareName(header string) bool {
	return slices.ContainsFunc(headerMeanings(header, t), func(g guess) bool { return g.meaning == MeansName && g.sure == 3 })
}

// tellsOfParty says whether a header, without whose it is, is a word for where
// or how a party is reached: "postal code".
func (t *WordTables) tellsOfParty(header string) bool {
	reached := []Meaning{MeansPost, MeansCity, meansRegion, meansCountry, MeansPhone, MeansMobile, MeansEmail}
	return slices.ContainsFunc(headerMeanings(header, t), func(g guess) bool {
		return g.sure > 1 && slices.Contains(reached, g.meaning)
	})
}

// expanded writes out abbreviated words; nil where none is.
func (t *WordTables) expanded(tokens []string) []string {
	var words []string
	isOther := false
	for _, w := range tokens {
		if long := t.business.short[w]; len(long) > 0 {
			w, isOther = long[0], true
		}
		words = append(words, strings.Fields(w)...)
	}
	if !isOther {
		return nil
	}
	return words
}

// withoutAside leaves out what stands in brackets at the end of a header:
// "Grand Total (Base)".
func withoutAside(header string) string {
	text := strings.TrimSpace(header)
	at := strings.IndexAny(text, "([")
	if at <= 0 || !strings.HasSuffix(text, ")") && !strings.HasSuffix(text, "]") {
		return header
	}
	return strings.TrimSpace(text[:at])
}

// withoutTax leaves out the words that say whether an amount is with tax or
// without: "Subtotal (ex tax)", "totalPriceWithVat".
func (t *WordTables) withoutTax(tokens []string) []string {
	for i := 1; i+1 < len(tokens); i++ {
		if t.business.taxed[tokens[i]] && t.business.taxes[tokens[i+1]] {
			return slices.Concat(tokens[:i], tokens[i+2:])
		}
	}
	return tokens
}

// withoutGroups leaves out the names of records that only gather columns above
// a nested one: "totals.grandTotal", "relationships.contact.data.id".
func withoutGroups(header string) string {
	if !strings.Contains(header, ".") {
		return header
	}
	parts := strings.Split(header, ".")
	kept := parts[:0:0]
	for i, p := range parts {
		isGroup := slices.Contains([]string{"totals", "total", "summary", "properties", "attributes", "fields", "data", "details", "values", "relationships"}, FoldKey(p))
		if !isGroup || i == len(parts)-1 {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, ".")
}

func (t *WordTables) guessFields(tokens []string, e schemas.Entity) []FieldGuess {
	if len(tokens) == 0 {
		return nil
	}
	var found []FieldGuess
	add := func(sure int, words []string, fields ...string) {
		for _, f := range fields {
			if f == "status" && isOfPlace(tokens) || f == "type" && sure < 3 && isOfAnother(tokens) || f == "customer_id" && sure < 3 && isAudit(tokens) {
				continue
			}
			if sure < 3 && t.isPartOfAmount(f, tokens, words) {
				continue
			}
			if _, ok := e.Field(f); ok && !slices.ContainsFunc(found, func(g FieldGuess) bool { return g.Field == f }) {
				found = append(found, FieldGuess{Field: f, Words: strings.Join(words, " "), Sure: sure})
			}
		}
	}
	add(3, tokens, t.fieldsOf(tokens, e)...)
	add(3, tokens, t.idsOf(tokens, e)...)
	add(2, tokens, t.ownID(tokens, e)...)
	for n := 1; n+1 < len(tokens) && t.noise[tokens[n-1]]; n++ { // "buyer contact id" names a contact
		add(2, tokens[n:], t.idsOf(tokens[n:], e)...)
	}
	bare := tokens
	for _, without := range []func(string) bool{t.isOwner(e), t.isOwnerOrNoise(e)} {
		if shorter := cutEnds(tokens, without); len(shorter) < len(bare) {
			bare = shorter
			add(2, bare, t.fieldsOf(bare, e)...)
			add(2, bare, t.idsOf(bare, e)...)
			if !t.isIDOfAnother(tokens, e) {
				add(2, bare, t.ownID(bare, e)...)
			}
		}
	}
	add(2, tokens, t.referenceOf(tokens, e)...)
	add(2, tokens, t.compoundField(tokens, e)...)
	for n := 1; n < len(bare); n++ {
		rest := bare[n:]
		if isOfOther := rest[0] == "name" && t.namesField(bare[:n]); len(strings.Join(rest, "")) >= shortestEnd && !isOfOther {
			add(1, rest, t.fieldsOf(rest, e)...)
			add(1, rest, t.idsOf(rest, e)...)
		}
	}
	for n := len(bare) - 1; n > 0; n-- {
		rest := bare[:n]
		if isCount := t.isFieldWord(strings.Join(bare[n:], " "), "quantity"); len(strings.Join(rest, "")) >= shortestBeginning && !isCount {
			add(1, rest, t.fieldsOf(rest, e)...)
		}
	}
	return found
}

// namesField says whether words are all of a header for a field that several
// entities have: the name of a status is none of the row.
func (t *WordTables) namesField(tokens []string) bool {
	return slices.ContainsFunc(t.business.fields[strings.Join(tokens, "")], func(w fieldWord) bool { return w.entities == nil })
}

// fieldsOf looks the whole of a header up; words of the entity itself come
// before those of any.
func (t *WordTables) fieldsOf(tokens []string, e schemas.Entity) []string {
	key := strings.Join(tokens, "")
	words := t.business.fields[key]
	if singular, ok := strings.CutSuffix(key, "s"); ok && len(words) == 0 {
		words = t.business.fields[singular]
	}
	if len(words) == 0 {
		words = t.business.fields[withoutUmlauts(key)]
	}
	if len(words) == 0 && len(tokens) > 1 {
		words = t.business.fields[singulars(tokens)]
	}
	var own, general []string
	for _, w := range words {
		switch {
		case w.entities == nil:
			general = append(general, w.field)
		case slices.Contains(w.entities, e.Name):
			own = append(own, w.field)
		}
	}
	return append(own, general...)
}

// singulars joins words without the s of their plural: "montants ttc".
func singulars(tokens []string) string {
	var b strings.Builder
	for _, w := range tokens {
		b.WriteString(strings.TrimSuffix(w, "s"))
	}
	return b.String()
}

// idsOf knows "order id", "OrderNumber", "id cliente", "Kundennummer": the
// name of an entity beside a word for its key.
func (t *WordTables) idsOf(tokens []string, e schemas.Entity) []string {
	var entities []string
	isLine := t.business.lines[strings.Join(tokens, "")]
	ids := t.business.ids
	for n := 1; n < len(tokens); n++ {
		if ids[strings.Join(tokens[n:], "")] {
			entities = append(entities, t.entityNames(strings.Join(tokens[:n], ""))...)
			if n > 1 && tokens[n-1] == "name" { // "Account Name.id"
				entities = append(entities, t.entityNames(strings.Join(tokens[:n-1], ""))...)
			}
		}
		if ids[strings.Join(tokens[:n], "")] {
			rest := tokens[n:]
			rest = dropJoints(rest)
			entities = append(entities, t.entityNames(strings.Join(rest, ""))...)
			isLine = isLine || t.business.lines[strings.Join(rest, "")]
		}
	}
	entities = append(entities, t.compoundID(strings.Join(tokens, ""))...)
	var fields []string
	isMoney := e.Name == "payment" || e.Name == "refund"
	for _, name := range entities {
		if isMoney && name == "order" && slices.ContainsFunc(tokens, func(w string) bool { return w == "transaction" || w == "txn" }) {
			name = "payment"
		}
		if f := t.fieldForID(name, e); f != "" {
			fields = append(fields, f)
		}
	}
	if isLine && (e.Name == "order_line" || e.Name == "invoice_line") {
		fields = append(fields, "line_id")
	}
	return fields
}

// compoundID parts "kundennummer", "bestellnr" and "idcliente".
func (t *WordTables) compoundID(word string) []string {
	const shortest = 3
	for n := shortest; n < len(word)-1; n++ {
		if !t.business.ids[word[n:]] {
			continue
		}
		for _, stem := range []string{word[:n], strings.TrimSuffix(word[:n], "n"), strings.TrimSuffix(word[:n], "s"), word[:n] + "e"} {
			if found := t.entityNames(stem); len(stem) >= shortest && len(found) > 0 {
				return found
			}
		}
	}
	for n := 2; n <= len(word)-shortest; n++ {
		if found := t.entityNames(word[n:]); t.business.ids[word[:n]] && len(found) > 0 {
			return found
		}
	}
	return nil
}

// compoundField parts "angebotssumme" and "rechnungsdatum": the entity's own
// name, then what the column holds of it.
func (t *WordTables) compoundField(tokens []string, e schemas.Entity) []string {
	const shortest = 4
	word := tokens[0]
	for n := shortest; n < len(word)-2; n++ {
		stem := word[:n]
		isOwn := slices.Contains(t.entityNames(stem), e.Name) || slices.Contains(t.entityNames(strings.TrimSuffix(stem, "s")), e.Name) || slices.Contains(t.entityNames(strings.TrimSuffix(stem, "n")), e.Name)
		if !isOwn {
			continue
		}
		for rest := append([]string{word[n:]}, tokens[1:]...); len(rest) > 0; rest = rest[:len(rest)-1] {
			if found := t.fieldsOf(rest, e); len(found) > 0 {
				return found
			}
		}
	}
	return nil
}

// fieldForID is the field of an entity that names another, or itself.
func (t *WordTables) fieldForID(named string, e schemas.Entity) string {
	switch {
	case named == e.Name:
		return keyField(e)
	case named == "invoice" && (e.Name == "order" || e.Name == "order_line"):
		return "order_id" // shops that send the invoice with the goods call it so
	}
	return referenceField(e, named)
}

// ownID takes a word for a key alone, or the entity's own name, for its key.
func (t *WordTables) ownID(tokens []string, e schemas.Entity) []string {
	key := strings.Join(tokens, "")
	if t.business.ids[key] || slices.Contains(t.entityNames(key), e.Name) && !t.isAmountWord(key) {
		if f := keyField(e); f != "" {
			return []string{f}
		}
	}
	return nil
}

// isIDOfAnother says whether a word of the header of a document's column names
// another entity: the account reference of an invoice is not its own.
func (t *WordTables) isIDOfAnother(tokens []string, e schemas.Entity) bool {
	isDocument := slices.Contains([]string{"order", "order_line", "invoice", "invoice_line", "payment", "refund", "opportunity", "case", "activity"}, e.Name)
	return isDocument && slices.ContainsFunc(tokens, func(w string) bool {
		names := t.entityNames(w)
		return len(names) > 0 && !slices.Contains(names, e.Name)
	})
}

// referenceOf takes the name of another entity for its key.
func (t *WordTables) referenceOf(tokens []string, e schemas.Entity) []string {
	var fields []string
	if t.isAmountWord(strings.Join(tokens, "")) {
		return nil
	}
	for _, name := range t.entityNames(strings.Join(tokens, "")) {
		if f := t.fieldForID(name, e); f != "" && name != e.Name {
			fields = append(fields, f)
		}
	}
	return fields
}

// isAmountWord says whether a word that names an entity is more often what it
// came to: "Sales" is no order's id.
func (t *WordTables) isAmountWord(word string) bool {
	return t.isFieldWord(word, "line_amount") || t.isFieldWord(word, "revenue_amount")
}

// isOwner knows words that say whose the column is, the entity's own name, or
// in what it is counted.
func (t *WordTables) isOwner(e schemas.Entity) func(string) bool {
	return func(w string) bool {
		names := t.entityNames(w)
		isDeal := (e.Name == "lead" || e.Name == "opportunity") && (slices.Contains(names, "lead") || slices.Contains(names, "opportunity"))
		return isDeal || slices.Contains(names, e.Name) || t.business.units[w] || t.business.codes[w]
	}
}

// isOwnerOrNoise also knows words such as customer and primary.
func (t *WordTables) isOwnerOrNoise(e schemas.Entity) func(string) bool {
	isOwner := t.isOwner(e)
	return func(w string) bool { return t.noise[w] || isOwner(w) }
}

// cutEnds drops words at both ends, with what joins them to the others
// ("status do pedido"), but for the last that is left.
func cutEnds(tokens []string, drop func(string) bool) []string {
	for len(tokens) > 1 && drop(tokens[0]) {
		tokens = dropJoints(tokens[1:])
	}
	for len(tokens) > 1 && drop(tokens[len(tokens)-1]) {
		tokens = tokens[:len(tokens)-1]
		for len(tokens) > 1 && isJoint(tokens[len(tokens)-1]) {
			tokens = tokens[:len(tokens)-1]
		}
	}
	return tokens
}

// dropJoints drops words at the beginning that only join others.
func dropJoints(tokens []string) []string {
	for len(tokens) > 1 && isJoint(tokens[0]) {
		tokens = tokens[1:]
	}
	return tokens
}

func isJoint(w string) bool {
	return slices.Contains([]string{"de", "du", "d", "of", "der", "des", "la", "le", "l", "del", "do", "da", "van", "no", "na", "di", "della"}, w)
}
