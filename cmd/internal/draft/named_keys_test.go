package draft_test

import (
	"fmt"
	"testing"
)

// TestNamedKeys: where a database says that a column called name is the key of
// its rows, it is their id, and columns that hold such names are references:
// the customer of an order, the order of a line, whose a phone number is. A deal
// that was converted is won, where others were lost.
func TestNamedKeys(t *testing.T) {
	t.Parallel()
	statements := []string{
		`create table tabCustomer (name text not null primary key, customer_name text, email_id text)`,
		`create table "tabContact Phone" (name text not null primary key, parent text, phone text, is_primary_phone int)`,
		`create table "tabSales Order" (name text not null primary key, customer text, customer_name text, transaction_date text, grand_total numeric, status text)`,
		`create table "tabSales Order Item" (name text not null primary key, parent text, idx int, item_code text, qty int, rate numeric, amount numeric)`,
		`create table "tabOpportunity" (name text not null primary key, party_name text, status text, opportunity_amount numeric, transaction_date text)`,
	}
	for i := range 60 {
		who := fmt.Sprintf("Ada Berg%c%c", 'a'+i%26, 'a'+i/26)
		statements = append(statements,
			fmt.Sprintf(`insert into tabCustomer values ('%s', '%s', 'a%d@mail.example')`, who, who, i),
			fmt.Sprintf(`insert into "tabContact Phone" values ('f%07x', '%s', '+43 664 55%05d', 1)`, i*1299709%16777213, who, i*37),
			fmt.Sprintf(`insert into "tabSales Order" values ('SO-%05d', '%s', '%s', '2026-03-%02d', %d.50, 'Completed')`, i, who, who, 1+i%20, 100+i),
			fmt.Sprintf(`insert into "tabSales Order Item" values ('%07x', 'SO-%05d', 1, 'ITEM-%d', 1, %d.50, %d.50)`, i*7919, i, i%9, 100+i, 100+i),
			fmt.Sprintf(`insert into "tabOpportunity" values ('OP-%05d', '%s', '%s', %d, '2026-03-%02d')`, i, who, []string{"Open", "Converted", "Lost"}[i%3], 900+i, 1+i%20))
	}
	dir, _ := fromSQLite(t, "erp", statements)
	field := func(column, name string) string {
		return fmt.Sprintf("- name: %s\n        customProperties:\n          - {property: field, value: %s}", column, name)
	}
	key := "- name: name\n        primaryKey: true\n        primaryKeyPosition: 1\n        customProperties:\n          - {property: field, value: "
	for feed, want := range map[string][]string{
		"erp_tabcustomer":         {key + "customer_id}"},
		"erp_tabcontact_phone":    {"entity, value: contact_point}", field("parent", "party_id")},
		"erp_tabsales_order":      {key + "order_id}", field("customer", "customer_id")},
		"erp_tabsales_order_item": {field("parent", "order_id")},
		"erp_tabopportunity":      {field("party_name", "customer_id"), "Converted: won"},
	} {
		holds(t, text(t, dir, "contracts/"+feed+".yaml"), want)
	}
}
