package transform_test

import (
	"slices"
	"testing"

	"loadstar/schemas"
)

// TestPrefixKeepsTablesApart: an account and a contact of one number are two
// parties, and a deal without a contact is about its account.
func TestPrefixKeepsTablesApart(t *testing.T) {
	c, err := schemas.Connector("crm/opportunity")
	if err != nil {
		t.Fatal(err)
	}
	out := apply(t, plan(t, c), decoded([]string{"Opportunity Id", "contactid", "ACCOUNTID", "Status"},
		[]string{"1", "7", "9", "Won"},
		[]string{"2", "", "7", "Lost"},
		[]string{"3", "", "", "Lost"},
		[]string{"4", null, "Zoë", "Lost"},
	))
	same(t, "customers", column(t, out.Record, "customer_id"), []string{"contact:7", "account:7", null, "account:Zoë"})
	same(t, "accounts", column(t, out.Record, "account_id"), []string{"9", "7", null, "Zoë"})
}

// TestConditionOnTwoColumns: what is no payment is none, for either reason; what
// does not say what it is goes to quarantine.
func TestConditionOnTwoColumns(t *testing.T) {
	c, err := schemas.Connector("shopify/transaction")
	if err != nil {
		t.Fatal(err)
	}
	all, err := plan(t, c).Apply(decoded([]string{"id", "order_id", "amount", "kind", "status"},
		[]string{"1", "o", "10", "sale", "success"},
		[]string{"2", "o", "10", "authorization", "success"},
		[]string{"3", "o", "10", "sale", "failure"},
		[]string{"4", "o", "10", "", "success"},
	), place())
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(all, func(o schemas.Conformed) bool { return o.Object == c.Objects[0].Name })
	if at < 0 || c.Objects[0].Entity != "payment" {
		t.Fatalf("the first object is one of %s, conformed are %d", c.Objects[0].Entity, len(all))
	}
	out := all[at]
	same(t, "payments", column(t, out.Record, "payment_id"), []string{"1"})
	if out.Skipped != 2 || out.Read != 2 || len(out.Rejects) != 1 || out.Rejects[0].Rule != "row.unclaimed" {
		t.Errorf("%d rows read, %d do not concern it, rejects %v; want 2, 2 and the last row", out.Read, out.Skipped, out.Rejects)
	}
}

// TestConditionOfNoValue: lines that have a parent are parts of what it sells; a
// word that counts as no value is none either.
func TestConditionOfNoValue(t *testing.T) {
	t.Parallel()
	c := contract(t, "", "order_line", `
- {name: id, primaryKey: true, customProperties: [{property: field, value: line_id}]}
- {name: parent, customProperties: [{property: field, value: none}, {property: nulls, value: ["0"]}]}`)
	c.Objects[0].When, c.Objects[0].WhenIs = []string{"parent"}, map[string][]string{"parent": {""}}
	rows := decoded([]string{"id", "parent"}, []string{"1", ""}, []string{"2", "1"}, []string{"3", "0"}, []string{"4", null})
	same(t, "lines", column(t, apply(t, plan(t, c), rows).Record, "line_id"), []string{"1", "3", "4"})
	parts := c.Objects[0]
	parts.Name, parts.When, parts.WhenIs = "parts", []string{"parent"}, map[string][]string{"parent": {"1"}}
	c.Objects = append(c.Objects, parts)
	all, err := plan(t, c).Apply(decoded([]string{"id", "parent"}, []string{"1", ""}, []string{"2", "1"}, []string{"3", "9"}), place())
	if err != nil {
		t.Fatal(err)
	}
	for _, out := range all {
		if out.Record.NumRows() != 1 {
			t.Errorf("%s has %d rows, want one", out.Object, out.Record.NumRows())
		}
	}
	if len(all[0].Rejects) != 1 || all[0].Rejects[0].Rule != "row.unclaimed" || all[0].Rejects[0].At.Row != 4 {
		t.Errorf("rejects %v, want the last row: nobody has parent 9", all[0].Rejects)
	}
}

// TestAlternativeWithOwnWords: the same word says something else in another
// column; what has no words of its own is read as the first.
func TestAlternativeWithOwnWords(t *testing.T) {
	t.Parallel()
	c := contract(t, "", "opportunity", `
- {name: id, primaryKey: true, customProperties: [{property: field, value: opportunity_id}]}
- name: won
  customProperties:
    - {property: field, value: status}
    - {property: words, value: {"yes": won}}
    - {property: nulls, value: ["no"]}
    - {property: else, value: [{column: over, words: {"yes": lost}, nulls: ["no"]}, {column: stage}]}`)
	out := apply(t, plan(t, c), decoded([]string{"id", "won", "over", "stage"},
		[]string{"1", "yes", "yes", "Offer"},
		[]string{"2", "no", "yes", "Offer"},
		[]string{"3", "no", "no", "Offer"},
		[]string{"4", "", "no", "yes"},
		[]string{"5", "no", "no", ""},
	))
	same(t, "states", column(t, out.Record, "status"), []string{"won", "lost", "Offer", "won", null})
}

func TestEveryConnectorHasAPlan(t *testing.T) {
	names, err := schemas.Connectors()
	if err != nil || len(names) < 40 {
		t.Fatalf("%d contracts ship: %v", len(names), err)
	}
	for _, name := range names {
		c, err := schemas.Connector(name)
		if err != nil {
			t.Error(err)
			continue
		}
		plan(t, c)
		if c.Description == "" {
			t.Errorf("%s does not say what it is for", name)
		}
	}
}

func TestRefusedAlternatives(t *testing.T) {
	for _, c := range []struct{ property, want string }{
		{`- {name: id, primaryKey: true, customProperties: [{property: else, value: [{prefix: "x:"}]}]}`, "lacks its column"},
		{`- {name: quantity, logicalType: number, primaryKey: true, customProperties: [{property: prefix, value: "x:"}]}`, "holds text"},
		{`- {name: nowhere, primaryKey: true, customProperties: [{property: prefix, value: "x:"}]}`, "holds text"},
	} {
		refused(t, "order_line", c.property, c.want)
	}
}
