package draft_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestSections: titles above headers that come again are no records, and init
// tells that they are not read; a header that comes again without titles has none.
func TestSections(t *testing.T) {
	t.Parallel()
	for name, isTitled := range map[string]bool{"titled": true, "bare": false} {
		f := excelize.NewFile()
		row := 1
		add := func(cells ...any) {
			if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", row), &cells); err != nil {
				t.Fatal(err)
			}
			row++
		}
		for part, title := range []string{"New leads", "Quoted", "Won"} {
			if isTitled {
				add(title)
			}
			add("Name", "E-mail", "Phone", "Quote", "Enquiry date")
			for i := range 12 {
				add(fmt.Sprintf("Ada Berg%c%c", 'a'+part, 'a'+i), fmt.Sprintf("ada%d.%d@example.org", part, i), fmt.Sprintf("+44 7700 900%d%02d", part, i), 100+i, fmt.Sprintf("2026-01-%02d", 1+i))
			}
			row++
		}
		var b strings.Builder
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		dir, r, err := drops(t, map[string]string{"leads.xlsx": b.String()})
		if err != nil {
			t.Fatal(name, err)
		}
		contract := text(t, dir, "contracts/leads.yaml")
		if got := strings.Contains(contract, "totals: [{column: Name, pattern: '^(New leads|Quoted|Won)$'}]"); got != isTitled {
			t.Errorf("%s: titles are set aside is %t, want %t:\n%s", name, got, isTitled, contract)
		}
		if got := strings.Contains(strings.Join(r.Notes, "\n"), "leads: its rows stand in parts below titles"); got != isTitled {
			t.Errorf("%s: told %t, want %t: %v", name, got, isTitled, r.Notes)
		}
	}
}
