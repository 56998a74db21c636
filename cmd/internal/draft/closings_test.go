package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// dealRows writes deals of which two of five are open, two lost and one won.
func dealRows(write func(b *strings.Builder, i int, state string)) string {
	var b strings.Builder
	for i := range 60 {
		write(&b, i, []string{"open", "lost", "open", "won", "lost"}[i%5])
	}
	return b.String()
}

// TestFlagsOfDeals: what is over and was not won is lost; what is not over is in
// its stage.
func TestFlagsOfDeals(t *testing.T) {
	t.Parallel()
	yes := func(is bool) string { return map[bool]string{true: "true", false: "false"}[is] }
	flags := func(stages bool) string {
		head := "Id,Name,Amount,IsClosed,IsWon,CreatedDate"
		if stages {
			head += ",StageName"
		}
		return head + "\n" + dealRows(func(b *strings.Builder, i int, state string) {
			fmt.Fprintf(b, "D%03d,Deal %d,%d.50,%s,%s,2026-03-%02d", i, i, 100+i, yes(state != "open"), yes(state == "won"), 1+i%28)
			if stages {
				b.WriteString("," + []string{"Qualification", "Demo", "Proposal"}[i%3])
			}
			b.WriteString("\n")
		})
	}
	dir, _, err := drops(t, map[string]string{"opportunity.csv": flags(false)})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/opportunity.yaml"), []string{
		`- {property: else, value: [{column: IsClosed, nulls: ["false"], words: {"true": lost}}]}`, `- {property: words, value: {"true": won}}`,
	})
	if dir, _, err = drops(t, map[string]string{"opportunity.csv": flags(true)}); err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/opportunity.yaml"), []string{
		`{column: IsClosed, nulls: ["false"], words: {"true": lost}}, {column: StageName, words: {`, "- {property: field, value: last_stage}",
	})
	// That a deal is not active says nothing of how it ended.
	dir, _, err = drops(t, map[string]string{"opportunity.csv": "Id,Name,Amount,Active,CreatedDate\n" + dealRows(func(b *strings.Builder, i int, state string) {
		fmt.Fprintf(b, "D%03d,Deal %d,%d.50,%s,2026-03-%02d\n", i, i, 100+i, yes(state == "open"), 1+i%28)
	})})
	if err != nil {
		t.Fatal(err)
	}
	if got := text(t, dir, "contracts/opportunity.yaml"); strings.Contains(got, "value: status}") {
		t.Error("a column that says whether a deal is active became its status")
	}
}

// TestClosings: dates of ends in a column for each kind of end, and what a deal
// brought beside what was expected of it.
func TestClosings(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{"deals.csv": "Deal - ID,Deal - Title,Deal - Value,Deal - Status,Deal - Deal created,Deal - Won time,Deal - Lost time,Actual value\n" +
		dealRows(func(b *strings.Builder, i int, state string) {
			at := map[string]string{state: fmt.Sprintf("2026-04-%02d 10:00:00", 1+i%28)}
			actual := ""
			if state == "won" {
				actual = fmt.Sprintf("%d.25", 90+i)
			}
			fmt.Fprintf(b, "%d,Deal %d,%d.50,%s,2026-03-%02d 09:00:00,%s,%s,%s\n", 100+i, i, 100+i, state, 1+i%28, at["won"], at["lost"], actual)
		})})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/deals.yaml"), []string{
		"- {property: field, value: closed_at}\n          - {property: else, value: [{column: Deal - Lost time}]}",
		"- name: Actual value\n        logicalType: number\n        customProperties:\n          - {property: field, value: amount}\n          - {property: else, value: [{column: Deal - Value}]}",
	})
}

// TestActualAlone: what was expected of deals counts where they are open, also
// where what they brought is called their amount.
func TestActualAlone(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{"opportunities.csv": "Id,Topic,Est. Revenue,Actual Revenue,Status,Created On\n" + dealRows(func(b *strings.Builder, i int, state string) {
		actual := ""
		if state == "won" {
			actual = fmt.Sprintf("%d.25", 90+i)
		}
		fmt.Fprintf(b, "D%03d,Deal %d,%d.50,%s,%s,2026-03-%02d\n", i, i, 100+i, actual, state, 1+i%28)
	})})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/opportunities.yaml"), []string{
		"- name: Actual Revenue\n        logicalType: number\n        customProperties:\n          - {property: field, value: amount}\n          - {property: else, value: [{column: Est. Revenue}]}",
	})
}
