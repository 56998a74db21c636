package schemas

import "fmt"

// Place is where a value was delivered.
type Place struct {
	FileKey int64  // see FileKey
	File    string // path as delivered, for people
	Sheet   string // worksheet, "" where the format has none
	Row     int64  // line or worksheet row, from 1
	Cell    string // "C12" in a worksheet, else ""
}

// String names the place as people write it: file:line or file#sheet!cell.
func (p Place) String() string {
	switch {
	case p.Sheet != "" && p.Cell != "":
		return fmt.Sprintf("%s#%s!%s", p.File, p.Sheet, p.Cell)
	case p.Sheet != "":
		return fmt.Sprintf("%s#%s!%d", p.File, p.Sheet, p.Row)
	default:
		return fmt.Sprintf("%s:%d", p.File, p.Row)
	}
}

// Reject is one broken rule of one row. The row is kept whole in Raw; a row
// that breaks two rules gives two Rejects with the same Place and Raw.
type Reject struct {
	Feed   string
	Object string // schema object of the contract; "" where the row could not be decoded
	RowID  ID     // of the row, where it has a key that could be read; zero = unknown
	At     Place
	Column string        // source column, "" where the rule is about the whole row
	Rule   string        // stable code: "required", "type.date", "range", "csv.ragged", …
	Reason string        // what is wrong and what was expected, without the value
	Value  string        // the offending value; may be personal, never logged
	Raw    string        // the row as JSON object of source column -> text; may be personal
	Money  map[string]ID // decimal fields of the row that could be read (value × 10^MoneyScale)
}

// String leaves Value and Raw out: they may be personal.
func (r Reject) String() string {
	return fmt.Sprintf("%s: %s: %s: %s", r.At, r.Column, r.Rule, r.Reason)
}
