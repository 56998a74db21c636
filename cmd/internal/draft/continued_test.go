package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestContinuedTables: a database that numbers all its records in one table says
// there which were deleted, and one that keeps the buyers of orders apart says
// there whose they are: both are read with the tables that they continue. A list
// of things with a flag of its own, whose numbers are those of other tables by
// accident, continues nothing.
func TestContinuedTables(t *testing.T) {
	t.Parallel()
	statements := []string{
		`create table entities (crmid integer primary key, smownerid int, setype text, deleted int, createdtime text)`,
		`create table contactdetails (contactid integer primary key, firstname text, lastname text, email text)`,
		`create table potential (potentialid integer primary key, potentialname text, contact_id int, amount numeric, sales_stage text)`,
		`create table "order" (id text primary key, order_number text, order_date text, amount_total numeric)`,
		`create table order_customer (id text primary key, order_id text, customer_id text, email text, first_name text, last_name text)`,
		`create table product (id integer primary key, name text, unit_price numeric, brand text, deleted int)`,
		`create table supplier_note (id integer primary key, note text)`,
	}
	stages := []string{"Prospecting", "Proposal", "Closed Won", "Closed Lost"}
	for i := range 60 {
		letters := fmt.Sprintf("%c%c", 'a'+i%26, 'a'+i/26)
		statements = append(statements,
			fmt.Sprintf(`insert into entities values (%d, 7, 'Contacts', %d, '2026-01-%02d 08:00:00'), (%d, 7, 'Potentials', %d, '2026-02-%02d 08:00:00')`, 1000+i, i%9/8, 1+i%28, 2000+i, i%7/6, 1+i%28),
			fmt.Sprintf(`insert into contactdetails values (%d, 'Ada', 'Berg%s', 'a%d@mail.example')`, 1000+i, letters, i),
			fmt.Sprintf(`insert into potential values (%d, 'Roof %d', %d, %d.50, '%s')`, 2000+i, i, 1000+i, 100+i, stages[i%4]),
			fmt.Sprintf(`insert into "order" values ('o%06x', 'N%d', '2026-03-%02d', %d.25)`, i*7919, 500+i, 1+i%28, 20+i),
			fmt.Sprintf(`insert into order_customer values ('r%06x', 'o%06x', 'c%06x', 'b%d@mail.example', 'Eve', 'Lind%s')`, i*104729, i*7919, i%20, i%20, letters),
			fmt.Sprintf(`insert into product values (%d, 'Tor %d', %d.10, 'Brand', %d)`, 1+i, i, 10+i, i%5/4),
			fmt.Sprintf(`insert into supplier_note values (%d, 'note %d')`, 1+i, i))
	}
	dir, report := fromSQLite(t, "crm", statements)
	project := text(t, dir, "loadstar.yaml")
	holds(t, project, []string{
		`more_1.\"deleted\"`, `left join \"entities\" as more_1 on more_1.\"crmid\" = base.\"potentialid\"`, `on more_1.\"crmid\" = base.\"contactid\"`,
		`left join \"order_customer\" as more_1 on more_1.\"order_id\" = base.\"id\"`, "table: product,",
	})
	if strings.Contains(project, `\"product\" as more`) {
		t.Errorf("products continue another table:\n%s", project)
	}
	holds(t, text(t, dir, "contracts/crm_potential.yaml"), []string{"{property: field, value: is_deleted}", "{property: field, value: created_at}", "{property: delivery, value: snapshot}"})
	holds(t, text(t, dir, "contracts/crm_contactdetails.yaml"), []string{"{property: field, value: is_deleted}"})
	holds(t, text(t, dir, "contracts/crm_order.yaml"), []string{"{property: field, value: customer_id}", "{property: field, value: email}"})
	holds(t, fmt.Sprint(report.LeftOut), []string{"entities its rows tell more of those of other tables", "order_customer its rows tell more of those of other tables"})
}

// TestContinuedFiles: dumps of tables in files are read with those that continue
// them, where they are written alike and no day is in their names; a file that
// lies in another folder continues nothing.
func TestContinuedFiles(t *testing.T) {
	t.Parallel()
	buyers := "id,order_id,customer_id,email,first_name,last_name\n" + rows(100, 140, "r#,o#,c#,b#@mail.example,Eve,Lind")
	files := map[string]string{
		"dump/customer.csv":       "id,first_name,last_name,email\n" + rows(100, 140, "c#,Eve,Lind,b#@mail.example"),
		"dump/order.csv":          "id,order_number,order_date,amount_total\n" + rows(100, 140, "o#,N#,2026-03-05,20.25"),
		"dump/order_customer.csv": buyers,
	}
	dir, report, err := drops(t, files)
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "loadstar.yaml"), []string{`/dump/order.csv", with: [{csv: "../../001/drops/dump/order_customer.csv", key: order_id, of: id, columns: [customer_id, email, first_name, last_name]}]}`})
	holds(t, text(t, dir, "contracts/dump_order.yaml"), []string{"{property: field, value: customer_id}", "{property: delivery, value: snapshot}"})
	holds(t, fmt.Sprint(report.LeftOut), []string{"order_customer.csv its rows tell more of those of other tables"})

	delete(files, "dump/order_customer.csv")
	files["other/order_customer.csv"] = buyers
	if dir, _, err = drops(t, files); err != nil || strings.Contains(text(t, dir, "loadstar.yaml"), "with:") {
		t.Errorf("%v: a file of another folder continues this one", err)
	}
}
