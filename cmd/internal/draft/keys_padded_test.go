package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestPaddedIDs: ids that one table fills up with zeros and another does not are
// read without; where the zeros tell ids apart, or another system counts so,
// they stay.
func TestPaddedIDs(t *testing.T) {
	t.Parallel()
	list := func(header, row string) string {
		var b strings.Builder
		b.WriteString(header + "\n")
		for i := range 40 {
			b.WriteString(strings.NewReplacer("######", fmt.Sprintf("%06d", i+1), "#", fmt.Sprint(i+1)).Replace(row) + "\n")
		}
		return b.String()
	}
	people := list("Customer no,First name,Last name,E-mail", "######,Ada,Bergman,ada#@example.org")
	bills := list("Invoice no,Customer no,Invoice date,Total", "IN-#,#,2026-01-02,#.50")
	for _, c := range []struct {
		name   string
		files  map[string]string
		padded bool
	}{
		{"of one folder", map[string]string{"books/customers.csv": people, "books/invoices.csv": bills}, true},
		{"side by side, below one header", map[string]string{"customers.csv": people, "invoices.csv": bills}, true},
		{"both with zeros", map[string]string{"books/customers.csv": people, "books/invoices.csv": list("Invoice no,Customer no,Invoice date,Total", "IN-#,######,2026-01-02,#.50")}, false},
		{"zeros tell apart", map[string]string{"books/customers.csv": people + "7,Bo,Holm,bo@example.org\n", "books/invoices.csv": bills}, false},
		{"numbers of a column with gaps", map[string]string{"customers.csv": strings.NewReplacer("\n00000", "\n", "\n0000", "\n").Replace(people), "invoices.csv": list("Invoice no,Customer no,Invoice date,Total", "IN-#,#.0,2026-01-02,#.50") + "IN-99,,2026-01-02,9.50\n"}, true},
		{"of another system", map[string]string{"shop/customers.csv": people, "books/invoices.csv": list("Invoice no,Debtor,Invoice date,Total", "IN-#,#,2026-01-02,#.50")}, false},
	} {
		dir, r, err := drops(t, c.files)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		cleaned := 0
		for _, f := range r.Feeds {
			cleaned += strings.Count(text(t, dir, f.Contract), "{property: clean, value: id.unpadded}")
		}
		if c.padded != (cleaned >= 2) || !c.padded && cleaned > 0 {
			t.Errorf("%s: %d ids are read without zeros, want that to be %t", c.name, cleaned, c.padded)
		}
	}
}

// TestUnnumberedSales: sales that nobody numbered are orders of their buyers, or
// lines where they say what was sold; the title of a sheet may say so alone.
func TestUnnumberedSales(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{
		"web_orders.csv":      "order_date,first_name,last_name,email,total\n" + rows(100, 160, "2026-01-02,Ada,Bergman,ada#@example.org,#.50"),
		"farm_shop_sales.csv": "Date,Customer,Email,Product,Qty,Price,Total\n" + rows(100, 160, "2026-01-02,Ada Bergman,ada#@example.org,Oak Table,2,#.50,2#.00"),
		"stock.csv":           "Date,Product,Qty,Location\n" + rows(100, 160, "2026-01-02,P#,2,North"),
	})
	if err != nil {
		t.Fatal(err)
	}
	orders := text(t, dir, "contracts/web_orders.yaml")
	holds(t, fed(orders, "order_line", "row_text"), []string{"value: order_id}"})
	holds(t, fed(orders, "order_line", "total"), []string{"value: line_amount}"})
	holds(t, fed(text(t, dir, "contracts/farm_shop_sales.yaml"), "order_line", "Qty"), []string{"value: quantity}"})
	holds(t, text(t, dir, "contracts/stock.yaml"), []string{"entity, value: inventory}"})
}
