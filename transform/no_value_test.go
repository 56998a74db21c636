package transform_test

import (
	"testing"

	"loadstar/schemas"
)

const codes = `
- {name: Nr, primaryKey: true, primaryKeyPosition: 1, customProperties: [{property: field, value: invoice_id}]}
- {name: Customer, customProperties: [{property: field, value: customer_id}]}
`

// TestNoValueInIDs: what stands for no value names neither a row nor anything
// that the row points to.
func TestNoValueInIDs(t *testing.T) {
	c := contract(t, "- {property: delivery, value: delta}", "invoice", codes)
	got := apply(t, plan(t, c), decoded([]string{"Nr", "Customer"},
		[]string{"1", "NULL"}, []string{"nan", "C-2"}, []string{"3", "n/a"}, []string{"(null)", "C-4"}, []string{"-", "C-5"}, []string{"NA", "None-7"},
	))
	same(t, "ids", column(t, got.Record, "invoice_id"), []string{"1", "3", "NA"})
	same(t, "customers", column(t, got.Record, "customer_id"), []string{null, null, "None-7"})
	same(t, "attributes", column(t, got.Record, "attributes"), []string{`{"Customer":"NULL"}`, `{"Customer":"n/a"}`, null})
	var rules []string
	for _, r := range got.Rejects {
		rules = append(rules, r.Rule+" "+r.Value)
	}
	same(t, "rules", rules, []string{"key.missing nan", "key.missing (null)", "key.missing -"})
}

// TestNoValueInIDsThatMayBe: a pattern says how an id looks, and one part of a
// key of several may be anything.
func TestNoValueInIDsThatMayBe(t *testing.T) {
	c := contract(t, "- {property: delivery, value: delta}", "order_line", `
- {name: Order, primaryKey: true, primaryKeyPosition: 1, customProperties: [{property: field, value: order_id}]}
- {name: Size, primaryKey: true, primaryKeyPosition: 2, customProperties: [{property: field, value: line_id}]}
- {name: Product, logicalTypeOptions: {pattern: "^[A-Z]+$"}, customProperties: [{property: field, value: product_id}]}
`)
	got := apply(t, plan(t, c), decoded([]string{"Order", "Size", "Product"}, []string{"1", "-", "NULL"}))
	same(t, "lines", column(t, got.Record, "line_id"), []string{"-"})
	same(t, "products", column(t, got.Record, "product_id"), []string{"NULL"})
}

// TestUnseenMarksInIDs: an id is the same with and without what nobody sees.
func TestUnseenMarksInIDs(t *testing.T) {
	c := contract(t, "- {property: delivery, value: delta}", "invoice", codes)
	got := apply(t, plan(t, c), decoded([]string{"Nr", "Customer"}, []string{"I\u200b-1", "\u202aC-\u20602\u202c"}, []string{"Ä-2", "C-2"}))
	same(t, "ids", column(t, got.Record, "invoice_id"), []string{"I-1", "Ä-2"})
	same(t, "customers", column(t, got.Record, "customer_id"), []string{"C-2", "C-2"})
}

// TestSeveralInOneCell: what one field cannot hold stays as delivered.
func TestSeveralInOneCell(t *testing.T) {
	c := contract(t, "- {property: delivery, value: append}", "customer", `
- {name: phone}
- {name: email}
- {name: country, customProperties: [{property: field, value: country_code}]}
`)
	c.Locale = schemas.Locale{Country: "DE"}
	got := apply(t, plan(t, c), decoded([]string{"phone", "email", "country"},
		[]string{"030 123456 / 0171 1234567", "a@firm.de; b@firm.de", "n/a"},
		[]string{"Tel: +49 30 123456", "A Roe <a@firm.de>", "NA"},
		[]string{"+49 30 123456 (home)", "a@firm.de", "Namibia"},
		[]string{"0049 (0)30 123456 ext. 12", "A <a@firm.de>, B <b@firm.de>", "N.A."},
		[]string{"030 12345O", "a＠firm.de", ""},
	))
	same(t, "phones", column(t, got.Record, "phone"), []string{"+4930123456", "+4930123456", "+4930123456", "+4930123456", null})
	same(t, "e-mails", column(t, got.Record, "email"), []string{"a@firm.de", "a@firm.de", "a@firm.de", "a@firm.de", "a@firm.de"})
	same(t, "countries", column(t, got.Record, "country_code"), []string{null, "NA", "NA", null, null})
	same(t, "attributes", column(t, got.Record, "attributes"), []string{
		`{"country":"n/a","email":"a@firm.de; b@firm.de","phone":"030 123456 / 0171 1234567"}`, null, `{"phone":"+49 30 123456 (home)"}`,
		`{"country":"N.A.","email":"A <a@firm.de>, B <b@firm.de>","phone_extension":"12"}`, `{"phone":"030 12345O"}`,
	})
}
