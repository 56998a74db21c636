package recognise

import (
	"slices"
	"strings"

	"loadstar/schemas"
)

// MayName says whether a text, or a part of it, is a name of an entity.
func (t *WordTables) MayName(text, entity string) bool {
	return t.namesEntity(text, entity) != nameNone
}

// NamesThing says whether a header is a word for the key of some entity, in
// rows of that one or of another.
func (j *Judge) NamesThing(p *Profile) bool {
	return slices.ContainsFunc(j.entities, func(e schemas.Entity) bool {
		return slices.ContainsFunc(j.Tables.headerFields(p.Says(), e), func(g FieldGuess) bool {
			return g.Sure > 1 && strings.HasSuffix(g.Field, "_id")
		})
	})
}

// codeNames says which part of a name names an entity where it is a code: the
// lines of invoices in LINFAC, the heads of them in CABFAC.
func (t *WordTables) codeNames(text string, tokens []string, entity string) namePlace {
	if len(tokens) != 1 || t.lexicon.count[tokens[0]] > 0 {
		return nameNone
	}
	readings := t.glued(tokens[0])
	for _, r := range readings {
		if r.half {
			break
		}
		if names := t.entityNames(strings.Join(r.words, "")); len(names) > 0 {
			if slices.Contains(names, entity) {
				return nameWhole
			}
			return nameNone
		}
	}
	if text != strings.ToUpper(text) {
		return nameNone // a part of a common word says nothing
	}
	const head, tail = 4, 2
	for at := max(head, len(tokens[0])-tail); at < len(tokens[0]); at++ {
		if slices.Contains(t.entityNames(tokens[0][:at]), entity) {
			return nameBegin // FACTF
		}
	}
	for at := fewestLetters; at <= len(tokens[0])-fewestLetters; at++ {
		for _, f := range t.longForms(tokens[0][at:]) {
			if f.sure > 1 && slices.Contains(t.entityNames(f.word), entity) {
				return nameEnd
			}
		}
	}
	return nameNone
}
