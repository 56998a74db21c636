package pipeline

import (
	"testing"

	"loadstar/schemas"
)

func TestPlaces(t *testing.T) {
	t.Parallel()
	book := surveyed{sheets: []string{"Anna Berg", "Bo"}, first: 6, before: 6, last: 9}
	text := surveyed{first: 2, before: 4, last: 9}
	for _, c := range []struct {
		in           surveyed
		at           schemas.Place
		aside, fault string
	}{
		{book, schemas.Place{Sheet: "anna berg", Row: 3}, "it is the header, or stands above it", ""},
		{book, schemas.Place{Sheet: "Anna Breg", Row: 6}, "", `no sheet that the contract reads is called "Anna Breg"; did you mean Anna Berg?`},
		{book, schemas.Place{Row: 6}, "", `name the sheet, as FILE#SHEET!6: the workbook has "Anna Berg", "Bo"`},
		{text, schemas.Place{Sheet: "Bo", Row: 6}, "", "the file has no sheets: write FILE:6"},
		{text, schemas.Place{Row: 6}, "it belongs to the row that begins at 4", ""},
		{text, schemas.Place{Row: 10}, "", "there is no such row, the last is 9"},
		{surveyed{aside: "it is blank", first: 2, last: 9}, schemas.Place{Row: 5}, "it is blank", ""},
		{surveyed{isRow: true, first: 2, last: 9}, schemas.Place{Row: 5}, "", ""},
		{surveyed{}, schemas.Place{Row: 1}, "there is no row below the header", ""},
	} {
		_, aside, err := c.in.place(c.at)
		text := ""
		if err != nil {
			text = err.Error()
		}
		if aside != c.aside || text != c.fault {
			t.Errorf("%+v: %q, %q; want %q, %q", c.at, aside, text, c.aside, c.fault)
		}
	}
}
