package pipeline_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestDeliveriesThatLackSomething: a column that stays away empties its field,
// and a file under another name is read by nobody: the run says both, and
// neither of what is as it should be.
func TestDeliveriesThatLackSomething(t *testing.T) {
	t.Parallel()
	cfg, dir := oneFeed(t, "people", `csv: "drops/people*.csv"`, "crm", datedPeople+"  - {property: delivery, value: delta}\n", `  - name: people
    customProperties: [{property: entity, value: customer}]
    properties:
      - {name: customer_id, primaryKey: true}
      - {name: full_name}
      - {name: email}
      - {name: city, customProperties: [{property: absent, value: allowed}]}
`)
	says := func(warnings []string, text string) bool {
		return slices.ContainsFunc(warnings, func(w string) bool { return strings.Contains(w, text) })
	}
	drops := filepath.Join(dir, "drops")
	if err := os.Mkdir(drops, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(drops, "people_20260101.csv"), "customer_id,full_name,email,city\n1,Ada Berg,ada@example.com,Graz\n")
	write(t, filepath.Join(drops, "people_20260101.csv.done"), "")
	write(t, filepath.Join(drops, "notes.txt"), "for people")
	if r := run(t, cfg, options()); says(r.Warnings, "not delivered") || says(r.Warnings, "no feed reads") {
		t.Errorf("nothing is amiss: %q", r.Warnings)
	}
	write(t, filepath.Join(drops, "people_20260102.csv"), "customer_id,full_name\n2,Ben Carl\n")
	write(t, filepath.Join(drops, "People 20260103.csv"), "customer_id,full_name,email,city\n3,Eve Castell,eve@example.com,Ulm\n")
	r := run(t, cfg, options())
	if want := "feed people, drops/people_20260102.csv: column email is not delivered, its values are empty now"; !says(r.Warnings, want) || says(r.Warnings, "city") {
		t.Errorf("warnings are %q, want %q", r.Warnings, want)
	}
	if want := "no feed reads drops/People 20260103.csv: no pattern"; !says(r.Warnings, want) {
		t.Errorf("warnings are %q, want %q", r.Warnings, want)
	}
	write(t, filepath.Join(drops, "People\n20260104.csv"), "customer_id\n4\n")
	if r, want := run(t, cfg, options()), `no feed reads "drops/People\n20260104.csv"`; !says(r.Warnings, want) {
		t.Errorf("warnings are %q, want %q: a name writes no line of its own", r.Warnings, want)
	}
	text, err := os.ReadFile(cfg.File)
	if err != nil {
		t.Fatal(err)
	}
	write(t, cfg.File, string(text)+"ignore: [drops/People*]\n")
	write(t, filepath.Join(drops, "stages.csv"), "id,name\n1,New\n")
	if r := run(t, configured(t, dir), options()); says(r.Warnings, "People") || !says(r.Warnings, "no feed reads drops/stages.csv") {
		t.Errorf("warnings are %q, want none of what is to be ignored", r.Warnings)
	}
}
