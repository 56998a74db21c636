package recognise

import (
	"strings"
	"testing"
)

// TestTurnedSheets: forms and tables on their side are told from tables whose
// first column holds words that are headers elsewhere.
func TestTurnedSheets(t *testing.T) {
	tables, err := ReadTables()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what, sheet string
		want        bool
	}{
		{"a form", "Kundenblatt\n\nFirma|Berg GmbH\nAnsprechpartner|Ada Berg\nTelefon|0221 471100\nE-Mail|ada@berg.example\nAngebot vom|2026-03-01\nSumme|1200", true},
		{"a table on its side", "Company|Berg Ltd|Tal Ltd|Ufer Ltd\nContact|Ada Berg|Ben Tal|Uwe Ufer\nPhone|555 0101|555 0102|555 0103\nEmail|a@berg.example|b@tal.example|u@ufer.example\nRevenue|100|200|300", true},
		{"a table", "Company|Contact|Phone|Email\nBerg Ltd|Ada Berg|555 0101|a@berg.example\nTal Ltd|Ben Tal|555 0102|b@tal.example\nUfer Ltd|Uwe Ufer|555 0103|u@ufer.example", false},
		{"amounts by month", "|2026-01-01|2026-02-01\nRevenue|100|200\nCost|50|60\nMargin|50|140\nDiscount|1|2", false},
		{"a list of stages", "Stage|Count\nLead|10\nContact|8\nMeeting|4\nOffer|2\nWon|1", false},
		{"a list of fields", "Field|Meaning\nEmail|Phone\nPhone|Email\nCompany|Name\nName|Company", false},
	} {
		var g sheetGrid
		for i, line := range strings.Split(c.sheet, "\n") {
			row := gridRow{number: int64(i + 1), cells: map[int]string{}}
			for at, cell := range strings.Split(line, "|") {
				if cell != "" {
					row.cells[at] = cell
				}
			}
			if len(row.cells) > 0 {
				g.first = append(g.first, row)
			}
		}
		if got := g.isTurned(tables); got != c.want {
			t.Errorf("%s is turned: %v, want %v", c.what, got, c.want)
		}
	}
}
