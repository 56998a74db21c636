package draft

import "loadstar/cmd/internal/recognise"

// declaredKey prefers the column that the database says is the key of a table to
// another that is called an id: the number of a document, a postcode under
// "code". It returns own where there is none.
func (d *drafter) declaredKey(t *table, own *columnDraft) *columnDraft {
	field := recognise.KeyField(t.entity())
	c := t.columns[t.feed.parts[0].drop.key]
	if c == nil || c == own || field == "" || t.path != "" || t.feed.shipped != nil || c.party != nil {
		return own
	}
	isAddress := t.entity().Name == "customer" && c.field != nil && c.field.Field.Name == "address_id" // of people with an address each
	if c.field != nil && c.field.Field.Name != field && !isAddress {
		return own
	}
	if !t.isUnique(c) {
		return own
	}
	if of := t.byField(field); of != nil {
		of.field = nil
	}
	t.setField(c, field, "the database says that it is the key of the rows")
	return c
}
