package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestViews: what shows the rows of other tables is left out, whatever it
// would read as; a view of tables that nobody understands is read; one whose
// query fails is named.
func TestViews(t *testing.T) {
	t.Parallel()
	statements := []string{
		`create table Customers (CustomerID text primary key, CompanyName text, ContactName text, City text, Country text, Phone text)`,
		`create table Orders (OrderID integer primary key, CustomerID text, OrderDate text, ShippedDate text)`,
		`create table "Order Details" (OrderID integer, ProductID integer, UnitPrice real, Quantity integer, primary key (OrderID, ProductID))`,
		`create table zz1 (a1 text primary key, a2 text, a3 text)`,
		`create view "Invoices" as select o.OrderID, o.OrderDate, c.CompanyName, d.ProductID, d.UnitPrice, d.Quantity, d.UnitPrice * d.Quantity as ExtendedPrice from Orders o join Customers c using (CustomerID) join "Order Details" d using (OrderID)`,
		`create view "Order Subtotals" as select OrderID, sum(ExtendedPrice) as Subtotal from Invoices group by 1`,
		`create view "Sales by Year" as select o.ShippedDate, o.OrderID, s.Subtotal from Orders o join "Order Subtotals" s using (OrderID)`,
		`create view big_customers as select * from [Customers] where City = 'Graz'`,
		`create view members as select a1 as member_id, a2 as full_name, a3 as email from zz1`,
		`create view broken as select * from nowhere`,
	}
	for i := range 40 {
		statements = append(statements,
			fmt.Sprintf(`insert into Customers values ('C%03d', 'Bergman %d Ltd', 'Ada Bergman', '%s', 'Austria', '+43 316 55%03d')`, i, i, []string{"Graz", "Linz"}[i%2], i),
			fmt.Sprintf(`insert into Orders values (%d, 'C%03d', '2026-03-%02d', '2026-03-%02d')`, 10248+i, i%30, 1+i%20, 4+i%20),
			fmt.Sprintf(`insert into "Order Details" values (%d, %d, %d.5, %d), (%d, %d, 7, 2)`, 10248+i, i%7, 10+i, 1+i%4, 10248+i, 10+i%7),
			fmt.Sprintf(`insert into zz1 values ('M%03d', 'Ada Bergman', 'ada%d@example.org')`, i, i))
	}
	_, report := fromSQLite(t, "books", statements)
	var feeds []string
	for _, f := range report.Feeds {
		feeds = append(feeds, f.Name)
	}
	if got, want := strings.Join(feeds, " "), "books_customers books_members books_order_details books_orders"; got != want {
		t.Errorf("feeds %s, want %s", got, want)
	}
	why := map[string]string{}
	for _, l := range report.LeftOut {
		why[strings.TrimPrefix(l.Place, "books table ")] = l.Why
	}
	for view, want := range map[string]string{"Invoices": "shows rows of table", "Sales by Year": "shows rows of table", "big_customers": "shows rows of table Customers", "broken": "nowhere", "zz1": "no entity"} {
		if !strings.Contains(why[view], want) {
			t.Errorf("%s was left out since %q, want %q", view, why[view], want)
		}
	}
}
