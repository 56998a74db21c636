package extract

import "bytes"

// asFormula begins a text that a program wrote as a formula, ="00123", so that
// spreadsheets leave its digits alone.
const asFormula = `="`

// asText begins digits that somebody marked as text in a spreadsheet, '00123:
// the mark is no part of them.
const asText = '\''

// mayBeMarked says whether some cell may begin with one of these marks. Where a
// block of text ends carries no meaning.
func (s *csvSyntax) mayBeMarked(text []byte) bool {
	if bytes.Contains(text, []byte(asFormula)) {
		return true
	}
	last := s.delimiter[len(s.delimiter)-1]
	for at := 0; ; at++ {
		i := bytes.IndexByte(text[at:], asText)
		if i < 0 {
			return false
		}
		at += i
		if at == 0 || s.trim {
			return true
		}
		if before := text[at-1]; before == last || before == '\n' || before == '\r' || before == s.quote {
			return true
		}
	}
}

// markedDigits says whether a text is three digits or more behind a mark for
// text: '24 is a year.
func markedDigits(text []byte) bool {
	const shortest = len("'123")
	if len(text) < shortest || text[0] != asText {
		return false
	}
	for _, c := range text[1:] {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// plainTexts makes ="00123" and '00123 what they mean, 00123, in cells that hold
// nothing but such a text, with or without quotes of the file around it.
func (r *csvRows) plainTexts(row []cell) {
	for i, c := range row {
		text := r.text[c.from():c.end]
		if markedDigits(text) {
			row[i] = cell{uint32(c.from()+1) | cellQuoted, uint32(c.end)}
			continue
		}
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
