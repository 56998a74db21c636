package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestCalledAsCustomers: a bare word for customers above numbers of guests, or
// the names of contacts, is no id of theirs where the rows say otherwise; one
// whose values always stand beside the same people is.
func TestCalledAsCustomers(t *testing.T) {
	t.Parallel()
	list := func(header string, value func(i int) string) string {
		var b strings.Builder
		b.WriteString("Enquiry Date,Client Name,Email," + header + ",Status\n")
		for i := range 40 {
			who := i
			if header == "Customer" {
				who = i % 25
			}
			fmt.Fprintf(&b, "%s,Ada %s Bergmann,ada%d@example.org,%s,%s\n", dayOf(i, "2006-01-02"), string(rune('A'+who)), who, value(i), []string{"Enquiry", "Appointment", "Quote sent", "Won"}[i%4])
		}
		return b.String()
	}
	for name, c := range map[string]struct {
		header string
		value  func(i int) string
		isID   bool
	}{
		"how many":     {"Guests", func(i int) string { return fmt.Sprint(20 + i*7%30) }, false},
		"whom to ask":  {"Contact", func(i int) string { return []string{"Meier", "Vos", "Klein", "Roth", "Lang"}[i%5] }, false},
		"their number": {"Kundennummer", func(i int) string { return fmt.Sprint(20 + i*7%30) }, true},
		"a customer":   {"Customer", func(i int) string { return fmt.Sprintf("K%03d", i%25) }, true},
	} {
		dir, _, err := drops(t, map[string]string{"enquiries.csv": list(c.header, c.value)})
		if err != nil {
			t.Fatal(name, err)
		}
		contract := text(t, dir, "contracts/enquiries.yaml")
		_, column, _ := strings.Cut(contract, "- name: "+c.header+"\n")
		column, _, _ = strings.Cut(column, "- name: ")
		if got := strings.Contains(column, "value: customer_id}"); got != c.isID {
			t.Errorf("%s: %q is the customer's id: %t, want %t:\n%s", name, c.header, got, c.isID, contract)
		}
	}
}

// TestPursuitsWithoutID: the text of the row names a pursuit that no column does,
// also where the rows name their customer by id; amounts with the sign of their
// currency are no ids.
func TestPursuitsWithoutID(t *testing.T) {
	t.Parallel()
	deals := "Customer No,Date,Quote (£),Status\n"
	for i := range 30 {
		deals += fmt.Sprintf("C%03d,2026-01-%02d,\"£%d,%03d.50\",%s\n", i%10, 1+i/20, 1+i, i, []string{"Appointment", "Quote sent", "Won"}[i%3])
	}
	dir, r, err := drops(t, map[string]string{"deals.csv": deals})
	if err != nil {
		t.Fatal(err)
	}
	contract := text(t, dir, "contracts/deals.yaml")
	if r.Feeds[0].Key != "row_text" {
		t.Errorf("the key is %q, want the text of the row:\n%s", r.Feeds[0].Key, contract)
	}
	_, amount, _ := strings.Cut(contract, `- name: "Quote (£)"`)
	if amount, _, _ = strings.Cut(amount, "- name: "); !strings.Contains(amount, "logicalType: number") {
		t.Errorf("the quote is no amount:\n%s", contract)
	}
}

// TestStagesByWords: a column of stages is one whatever it is called, where none
// is called so; one that is called so comes before it.
func TestStagesByWords(t *testing.T) {
	t.Parallel()
	list := func(headers, more string) string {
		b := headers
		for i := range 40 {
			b += fmt.Sprintf("D%03d,Ada Berg%c,ada%d@example.org,2026-01-%02d,%d.50,%s%s\n", i, 'a'+i%26, i, 1+i%28, 100+i, []string{"New", "Demo", "Proposal", "Won"}[i%4], more)
		}
		return b
	}
	for file, c := range map[string]struct {
		text string
		want map[string]string
	}{
		"alone":  {list("Deal Id,Contact,Email,Created At,Value,Milestone\n", ""), map[string]string{"Milestone": "status"}},
		"beside": {list("Deal Id,Contact,Email,Created At,Value,Milestone,Stage\n", ",Negotiation"), map[string]string{"Stage": "status", "Milestone": "none"}},
	} {
		dir, _, err := drops(t, map[string]string{"opportunities.csv": c.text})
		if err != nil {
			t.Fatal(file, err)
		}
		wants(t, text(t, dir, "contracts/opportunities.yaml"), c.want)
	}
}

// TestStrangeWords: words of a column of stages that no stage is known by are
// told of; those that are known, and codes, are not.
func TestStrangeWords(t *testing.T) {
	t.Parallel()
	deals := "Deal ID;Kunde;Datum;Wert;Status\n"
	for i := range 40 {
		deals += fmt.Sprintf("D%03d;Bergmann %c GmbH;2026-01-%02d;%d,50;%s\n", i, 'A'+i%26, 1+i%28, 100+i, []string{"Termin", "Angebot", "Auftrag", "wartet auf Rückruf"}[i%4])
	}
	_, r, err := drops(t, map[string]string{"deals.csv": deals})
	if err != nil {
		t.Fatal(err)
	}
	notes := strings.Join(r.Notes, "\n")
	if !strings.Contains(notes, `"Status" holds words that no stage is known by (wartet auf Rückruf)`) {
		t.Errorf("nothing tells of the word:\n%s", notes)
	}
}
