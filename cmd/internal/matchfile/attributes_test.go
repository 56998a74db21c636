package matchfile_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"loadstar/cmd/internal/matchfile"
)

// lamps are the offers of two shops for lamps of few names, with headers that
// nobody knows; the row of a lamp in the first is its row in the second.
func lamps() (first, second string) {
	rng := rand.New(rand.NewPCG(4, 2))
	words := func(list string) string { all := strings.Fields(list); return all[rng.IntN(len(all))] }
	var a, b strings.Builder
	a.WriteString("lampe,glow,breadth,outlay,listed\n")
	b.WriteString("lampe,tint,span,cost,seen\n")
	for row := range 150 {
		name := words("Desk Wall Floor Garden Hall Porch Table Stair") + " " + words("lamp lantern light beacon torch globe")
		tint, span, cost := words("taupe ochre teal slate cerise"), 20+rng.IntN(200), 5+rng.Float64()*200
		fmt.Fprintf(&a, "%s,%s,%d,%.2f,%d\n", name, tint, span, cost, row+1)
		fmt.Fprintf(&b, "%s,%s,%d,\"%s\",%d\n", strings.ToUpper(name), tint, span, strings.ReplaceAll(fmt.Sprintf("%.2f", cost*(1+rng.Float64()/50)), ".", ","), 900-row)
	}
	return a.String(), b.String()
}

// TestAttributes: columns that nobody understands tell things of one name apart,
// and the report says so. Those of two inputs are one by their values.
func TestAttributes(t *testing.T) {
	first, second := lamps()
	o := options(t, file(t, "p.csv", first), file(t, "q.csv", second))
	report := run(t, o)
	found := clusters(t, o)
	right, wrong := 0, 0
	for i := range 150 {
		mine := found[fmt.Sprint("p.csv ", i+1)]
		for k := range 150 {
			switch {
			case found[fmt.Sprint("q.csv ", k+1)] != mine:
			case i == k:
				right++
			default:
				wrong++
			}
		}
	}
	t.Logf("%d right links, %d wrong ones", right, wrong)
	if right < 130 || wrong > 15 {
		t.Errorf("%d right links, %d wrong ones", right, wrong)
	}
	for _, in := range report.Inputs {
		for i, field := range []string{"organisation_name", "attribute", "attribute", "attribute", ""} {
			if c := in.Columns[i]; c.Field != field {
				t.Errorf("%s of %s is taken for %q: %s", c.Column, in.Source, c.Field, c.Why)
			}
		}
	}
}

// TestAttributesLeftOut: what the user leaves out or does not map is no attribute,
// nor is a column of one value, of numbers that count up, or of long texts.
func TestAttributesLeftOut(t *testing.T) {
	var rows strings.Builder
	rows.WriteString("lampe,glow,serial,kind,story,zone\n")
	for row := range 120 {
		fmt.Fprintf(&rows, "Desk lamp %s,%s,%d,lamp,%s%s,%d\n", strings.Repeat("x", row%40+1), []string{"taupe", "teal"}[row%2], row+1, strings.Repeat("long text ", 6), strings.Repeat("y", row%50+1), row%7)
	}
	fields := func(change func(*matchfile.Options)) string {
		o := options(t, file(t, "p.csv", rows.String()))
		change(&o)
		var all []string
		for _, c := range run(t, o).Inputs[0].Columns {
			all = append(all, c.Field)
		}
		return strings.Join(all, " ")
	}
	if got := fields(func(*matchfile.Options) {}); got != "organisation_name attribute    attribute" {
		t.Errorf("fields %q", got)
	}
	if got := fields(func(o *matchfile.Options) { o.Ignore = []string{"glow"} }); got != "organisation_name     attribute" {
		t.Errorf("without glow the fields are %q", got)
	}
	if got := fields(func(o *matchfile.Options) { o.Map = []string{"lampe=organisation_name"} }); got != "organisation_name     " {
		t.Errorf("with a map the fields are %q", got)
	}
}

// TestThingsByAddress: where nothing names or reaches anybody, street and number
// name what the rows are of.
func TestThingsByAddress(t *testing.T) {
	o := options(t, file(t, "p.csv", "street,house number,postcode,rooms\nLinden Lane,7,10115,3\nLinden Lane,7,10115,3\nLinden Lane,9,10115,2\nMill Road,7,10117,4\nHarbour Street,1,10119,4\n"))
	run(t, o)
	if found := clusters(t, o); found["p.csv 1"] != found["p.csv 2"] || found["p.csv 1"] == found["p.csv 3"] || found["p.csv 1"] == found["p.csv 4"] {
		t.Errorf("clusters %v", found)
	}
}
