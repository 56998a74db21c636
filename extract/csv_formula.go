package extract

import "bytes"

// asFormula begins a text that a program wrote as a formula, ="00123", so that
// spreadsheets leave its digits alone.
const asFormula = `="`

// plainTexts makes ="00123" what it means, 00123, in cells that hold nothing
// but such a text, with or without quotes of the file around it.
func (r *csvRows) plainTexts(row []cell) {
	for i, c := range row {
		text := r.text[c.from():c.end]
		if !bytes.HasPrefix(text, []byte(asFormula)) {
			continue
		}
		quote := 1
		if c.hasEscapes() && r.escape == r.quote {
			quote++ // each is doubled
		}
		from, end := 1+quote, len(text)-quote
		if end < from || bytes.Count(text, []byte(asFormula[1:])) != 2*quote || text[len(text)-quote] != '"' || text[len(text)-1] != '"' {
			continue
		}
		row[i] = cell{uint32(c.from()+from) | cellQuoted, uint32(c.from() + end)}
	}
}
