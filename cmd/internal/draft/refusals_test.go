package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestRefusals: whatever says that somebody is not to be written to counts: a
// word among states of a subscription, one of several columns of yes and no, a
// date beside them, and what stands beside a lead or an e-mail address.
func TestRefusals(t *testing.T) {
	t.Parallel()
	people := func(header string, cells func(i int) string) string {
		var b strings.Builder
		b.WriteString("id,first_name,last_name,email," + header + "\n")
		for i := range 60 {
			fmt.Fprintf(&b, "%d,Ada,Berg%c,p%d@mail.example,%s\n", 100+i, 'a'+i%26, i, cells(i))
		}
		return b.String()
	}
	pick := func(i int, words ...string) string { return words[i%len(words)] }
	for name, c := range map[string]struct {
		file, text string
		want       []string
	}{
		"states": {"contacts.csv", people("marketing_status", func(i int) string { return pick(i, "Subscribed", "Unsubscribed", "Subscribed", "Never asked") }), []string{
			"{property: field, value: is_opted_out}", "{property: words, value: {Unsubscribed: \"true\"}}", "{property: nulls, value: [Never asked, Subscribed]}"}},
		"several": {"contacts.csv", people("Do not allow Emails,Do not allow Bulk Emails,Unsubscribed Time", func(i int) string {
			return pick(i, "Allow", "Do Not Allow", "Allow") + "," + pick(i, "0", "0", "1") + "," + pick(i, "", "2026-01-02 10:00:00", "")
		}), []string{
			"{property: field, value: is_opted_out}", "value: \"[1-9]|^(Do Not Allow|1)$\"",
			"{property: else, value: [{column: Do not allow Bulk Emails, nulls: [\"0\"]}, {column: Unsubscribed Time}]}"}},
		"leads": {"leads.csv", people("lead_status,email_opt_out", func(i int) string { return pick(i, "New", "Contacted", "Qualified") + "," + pick(i, "false", "true") }), []string{
			"- name: email_opt_out\n        logicalType: boolean\n        customProperties:\n          - {property: field, value: is_opted_out}"}},
		"no refusal": {"contacts.csv", people("fax_opt_out,newsletter,status", func(i int) string { return "1," + pick(i, "0", "1") + "," + pick(i, "Active", "Declined") }), nil},
	} {
		dir, _, err := drops(t, map[string]string{c.file: c.text})
		if err != nil {
			t.Fatal(err)
		}
		contract := text(t, dir, "contracts/"+strings.Replace(c.file, ".csv", ".yaml", 1))
		if c.want == nil && strings.Contains(contract, "is_opted_out") {
			t.Errorf("%s: somebody refuses in\n%s", name, contract)
		}
		holds(t, contract, c.want)
	}
}
