package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/array"

	"loadstar/extract"
	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// noPlaceError says why a delivery has no such place.
type noPlaceError struct{ reason string }

func (e *noPlaceError) Error() string { return e.reason }

func noPlace(format string, args ...any) error {
	return &noPlaceError{fmt.Sprintf(format, args...)}
}

// surveyed is what a delivery holds about one place of it.
type surveyed struct {
	sheets []string // in order, none where the format has no sheets
	isRow  bool     // a row, decoded or refused, stands at the place
	aside  string   // which rule set the row aside, "" = none
	first  int64    // the first row, 0 = there is none
	before int64    // the last row above the place, 0 = there is none
	last   int64    // the last row, rows set aside counted
}

// survey reads a delivery once to learn what stands at a place.
func survey(ctx context.Context, source extract.Source, at schemas.Place) (surveyed, error) {
	var s surveyed
	for chunk, err := range source.Chunks(ctx) {
		if err != nil {
			return s, err
		}
		dec, err := chunk(ctx)
		if err != nil {
			return s, err
		}
		if dec.Sheet != "" && !slices.Contains(s.sheets, dec.Sheet) {
			s.sheets = append(s.sheets, dec.Sheet)
		}
		if strings.EqualFold(dec.Sheet, at.Sheet) {
			s.add(dec, at.Row)
		}
		if dec.Record != nil {
			dec.Record.Release()
		}
	}
	return s, nil
}

func (s *surveyed) add(dec schemas.Decoded, asked int64) {
	s.last = max(s.last, dec.Last)
	if dec.Aside != "" {
		s.aside = dec.Aside
	}
	for _, reject := range dec.Rejects {
		s.row(reject.At.Row, asked)
	}
	if dec.Record == nil {
		return
	}
	for _, i := range dec.Record.Schema().FieldIndices(schemas.ColRow) {
		if rows, ok := dec.Record.Column(i).(*array.Int64); ok {
			for _, row := range rows.Int64Values() {
				s.row(row, asked)
			}
		}
	}
}

func (s *surveyed) row(row, asked int64) {
	s.isRow = s.isRow || row == asked
	s.last = max(s.last, row)
	if s.first == 0 || row < s.first {
		s.first = row
	}
	if row < asked {
		s.before = max(s.before, row)
	}
}

// place gives the sheet of a place as the delivery writes it, and which rule
// set the row aside; a *noPlaceError where there is no such place.
func (s surveyed) place(at schemas.Place) (sheet, aside string, err error) {
	quoted := make([]string, len(s.sheets))
	for i, name := range s.sheets {
		quoted[i] = fmt.Sprintf("%q", name)
	}
	i := slices.IndexFunc(s.sheets, func(name string) bool { return strings.EqualFold(name, at.Sheet) })
	switch {
	case i >= 0:
		sheet = s.sheets[i]
	case at.Sheet == "" && len(s.sheets) > 0:
		return "", "", noPlace("name the sheet, as FILE#SHEET!%d: the workbook has %s", at.Row, strings.Join(quoted, ", "))
	case at.Sheet != "" && len(s.sheets) == 0:
		return "", "", noPlace("the file has no sheets: write FILE:%d", at.Row)
	case at.Sheet != "":
		return "", "", noPlace("no sheet that the contract reads is called %q; %s", at.Sheet, fault.DidYouMean(at.Sheet, s.sheets))
	}
	switch {
	case s.isRow:
	case s.aside != "":
		aside = s.aside
	case s.last == 0:
		aside = "there is no row below the header"
	case at.Row > s.last:
		return "", "", noPlace("there is no such row, the last is %d", s.last)
	case at.Row < s.first:
		aside = "it is the header, or stands above it"
	default:
		aside = fmt.Sprintf("it belongs to the row that begins at %d", s.before)
	}
	return sheet, aside, nil
}
