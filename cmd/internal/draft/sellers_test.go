package draft_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// TestSellersOfFiles: files that are called after sales people are one feed,
// whose rows are theirs; those that differ in other words are not.
func TestSellersOfFiles(t *testing.T) {
	t.Parallel()
	const header = "Company;Contact;E-mail;Phone;Stage;Deal value;Next step\n"
	const row = "Kessel # GmbH;Ada Bergman;ada#@example.org;030 55501#;Proposal;1#00;call"
	for _, c := range []struct {
		files []string
		names string // in the order of the files, "" = no seller is drafted
	}{
		{[]string{"Sales Team - Anna Meier.csv", "Sales Team - Ben Okafor.csv"}, "Anna Meier, Ben Okafor"},
		{[]string{"Anna Meier.csv", "Peter O'Neill.csv"}, "Anna Meier, Peter O'Neill"},
		{[]string{"Anna Meier pipeline 2026-01.csv", "Ben Okafor pipeline 2026-01.csv", "Anna Meier pipeline 2026-02.csv"}, "Anna Meier, Ben Okafor, Anna Meier"},
		{[]string{"leads_anna.csv", "leads_peter.csv"}, "anna, peter"},
		{[]string{"Leads–Élodie–2026.csv", "Leads–Ève–2026.csv"}, "Élodie, Ève"},
		{[]string{"Anna_Q1.csv", "Peter_Q1.csv"}, "Anna, Peter"},
		{[]string{"leads north.csv", "leads south.csv"}, ""},
		{[]string{"leads_2026-01.csv", "leads_2026-02.csv"}, ""},
	} {
		files := map[string]string{}
		for i, name := range c.files {
			header, row := header, row
			if i == 1 && c.names != "" { // somebody took notes
				header, row = strings.TrimSpace(header)+";Remarks\n", row+";nice"
			}
			files[name] = header + rows(100*(i+1), 100*(i+1)+20, row)
		}
		dir, _, err := drops(t, files)
		if err != nil {
			t.Errorf("%q: %v", c.files, err)
			continue
		}
		config := text(t, dir, "loadstar.yaml")
		if strings.Count(config, "from:") != 1 {
			t.Errorf("%q: want one feed:\n%s", c.files, config)
			continue
		}
		_, name, _ := strings.Cut(config, "contract: ")
		name, _, _ = strings.Cut(name, "\n")
		contract := text(t, dir, name)
		_, part, isSold := strings.Cut(contract, "property: part, value: '")
		if isSold != (c.names != "") {
			t.Errorf("%q: sellers drafted is %t:\n%s", c.files, isSold, contract)
		}
		if !isSold || c.names == "" {
			continue
		}
		part, _, _ = strings.Cut(part, "'}\n")
		expression := regexp.MustCompile(strings.ReplaceAll(part, "''", "'"))
		var names []string
		for _, file := range c.files {
			names = append(names, expression.FindStringSubmatch("../drops/" + file)[1])
		}
		if got := strings.Join(names, ", "); got != c.names {
			t.Errorf("%q are those of %s, want %s", c.files, got, c.names)
		}
		holds(t, contract, []string{"{property: field, value: employee_name}", `{property: from, value: "$file"}`})
	}
}

// TestNumbersThatBeginAnew: a list that counts its rows from 1 in each file has
// no key in that number, for the next file would replace the rows of the one
// before; a list that is the whole each time has.
func TestNumbersThatBeginAnew(t *testing.T) {
	t.Parallel()
	const header = "No;Name;E-mail;Date;Amount\n"
	list := func(first int) string {
		var b strings.Builder
		for i := range 20 {
			fmt.Fprintf(&b, "%d;Ada Bergman%c;ada%d@example.org;2026-01-%02d;%d.50\n", i+1, 'a'+i, first+i, i+1, 100+i)
		}
		return header + b.String()
	}
	for _, c := range []struct {
		second int
		want   string
	}{{100, "value: append"}, {0, "primaryKey"}} {
		dir, _, err := drops(t, map[string]string{"sales_2026-01.csv": list(0), "sales_2026-02.csv": list(c.second)})
		if err != nil {
			t.Fatal(err)
		}
		contract := text(t, dir, "contracts/sales.yaml")
		holds(t, contract, []string{c.want, "entity, value: order_line"})
		if isAnew := strings.Contains(contract, "begin anew in each file"); isAnew != (c.second > 0) {
			t.Errorf("second file from %d: numbers begin anew is %t:\n%s", c.second, isAnew, contract)
		}
	}
}

// TestTwinsOfBranches: folders of branches that hold files of the same names are
// a system each where their ids are those of others, and one where they are not.
func TestTwinsOfBranches(t *testing.T) {
	t.Parallel()
	list := func(first int) string {
		var b strings.Builder
		for i := range 20 {
			fmt.Fprintf(&b, "%d;Ada;Bergman;ada%d@example.org\n", i+1, first+i)
		}
		return "Customer no;First name;Last name;E-mail\n" + b.String()
	}
	for _, c := range []struct {
		second int
		want   string
	}{{100, "system, value: branches_south"}, {0, "system, value: branches}"}} {
		dir, _, err := drops(t, map[string]string{
			"branches/north/customers.csv": list(0), "branches/south/customers.csv": list(c.second), "other/customers.csv": list(500),
		})
		if err != nil {
			t.Fatal(err)
		}
		holds(t, text(t, dir, "contracts/branches_south_customers.yaml"), []string{c.want})
	}
}

// TestStaff: rows that name their sales person by an id and by name tell other
// feeds, which have the name alone, whose it is.
func TestStaff(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{
		"customers.csv": "customer_id,name,email\n" + rows(1, 60, "#,Ada Bergman #,ada#@example.org"),
		"orders.csv":    "order_id,customer_id,order_date,total,sales rep id,sales rep\n" + rows(1, 60, "10#,#,2026-01-05,20.50,7,Anna Meier\n20#,#,2026-01-06,20.75,8,Peter Schmidt"),
		"other.csv":     "order_id,customer_id,order_date,total,sales rep id,sales rep\n" + rows(1, 60, "30#,#,2026-01-05,20.50,#,Anna Meier\n40#,#,2026-01-06,20.75,1,Peter Schmidt"),
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/orders.yaml"), []string{"{property: entity, value: employee}", "- name: sales rep\n        classification: pii\n        customProperties:\n          - {property: field, value: name}"})
	if other := text(t, dir, "contracts/other.yaml"); strings.Contains(other, "value: employee}") {
		t.Errorf("ids with several names are employees:\n%s", other)
	}
}
