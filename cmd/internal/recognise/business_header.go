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
	tokens := HeaderTokens(header)
	if len(tokens) == 0 {
		return nil
	}
	var found []FieldGuess
	add := func(sure int, words []string, fields ...string) {
		for _, f := range fields {
			if _, ok := e.Field(f); ok && !slices.ContainsFunc(found, func(g FieldGuess) bool { return g.Field == f }) {
				found = append(found, FieldGuess{Field: f, Words: strings.Join(words, " "), Sure: sure})
			}
		}
	}
	add(3, tokens, t.fieldsOf(tokens, e)...)
	add(3, tokens, t.idsOf(tokens, e)...)
	add(2, tokens, t.ownID(tokens, e)...)
	bare := tokens
	for _, without := range []func(string) bool{t.isOwner(e), t.isOwnerOrNoise(e)} {
		if shorter := cutEnds(tokens, without); len(shorter) < len(bare) {
			bare = shorter
			add(2, bare, t.fieldsOf(bare, e)...)
			add(2, bare, t.ownID(bare, e)...)
		}
	}
	add(2, tokens, t.referenceOf(tokens, e)...)
	for n := 1; n < len(bare); n++ {
		if rest := bare[n:]; len(strings.Join(rest, "")) >= shortestEnd {
			add(1, rest, t.fieldsOf(rest, e)...)
			add(1, rest, t.idsOf(rest, e)...)
		}
	}
	for n := len(bare) - 1; n > 0; n-- {
		if rest := bare[:n]; len(strings.Join(rest, "")) >= shortestBeginning {
			add(1, rest, t.fieldsOf(rest, e)...)
		}
	}
	return found
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

// idsOf knows "order id", "OrderNumber", "id cliente", "Kundennummer": the
// name of an entity beside a word for its key.
func (t *WordTables) idsOf(tokens []string, e schemas.Entity) []string {
	var entities []string
	ids := t.business.ids
	for n := 1; n < len(tokens); n++ {
		if ids[strings.Join(tokens[n:], "")] {
			entities = append(entities, t.entityNames(strings.Join(tokens[:n], ""))...)
		}
		if ids[strings.Join(tokens[:n], "")] {
			rest := tokens[n:]
			for len(rest) > 1 && slices.Contains([]string{"de", "du", "d", "of", "der", "des", "la", "le", "l", "del", "do", "da", "van"}, rest[0]) {
				rest = rest[1:]
			}
			entities = append(entities, t.entityNames(strings.Join(rest, ""))...)
		}
	}
	entities = append(entities, t.compoundID(strings.Join(tokens, ""))...)
	var fields []string
	for _, name := range entities {
		if f := t.fieldForID(name, e); f != "" {
			fields = append(fields, f)
		}
	}
	if key := strings.Join(tokens, ""); t.business.lines[key] && (e.Name == "order_line" || e.Name == "invoice_line") {
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
	if t.business.ids[key] || slices.Contains(t.entityNames(key), e.Name) {
		if f := keyField(e); f != "" {
			return []string{f}
		}
	}
	return nil
}

// referenceOf takes the name of another entity for its key.
func (t *WordTables) referenceOf(tokens []string, e schemas.Entity) []string {
	var fields []string
	for _, name := range t.entityNames(strings.Join(tokens, "")) {
		if f := referenceField(e, name); f != "" && name != e.Name {
			fields = append(fields, f)
		}
	}
	return fields
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

// cutEnds drops words at both ends, but for the last that is left.
func cutEnds(tokens []string, drop func(string) bool) []string {
	for len(tokens) > 1 && drop(tokens[0]) {
		tokens = tokens[1:]
	}
	for len(tokens) > 1 && drop(tokens[len(tokens)-1]) {
		tokens = tokens[:len(tokens)-1]
	}
	return tokens
}
