package draft_test

import (
	"strings"
	"testing"
)

// TestLed drafts orders whose first row alone tells of the order, and leaves a
// list of lines with an optional column as it is.
func TestLed(t *testing.T) {
	t.Parallel()
	orders := "order_no,email,ordered_on,customer,total,currency,quantity,item,unit_price\n" +
		rows(100, 120, "O-#,anna#@example.org,2026-02-03,Anna Abelstein,25.00,EUR,1,blue lamp,10.00\nO-#,anna#@example.org,,,,,3,red lamp,5.00")
	lines := "line_id,order_no,quantity,item,price,coupon,giver\n" + rows(100, 120, "#1,O-#,1,blue lamp,10.00,,\n#2,O-#,3,red lamp,5.00,X#,Y#")
	dir, r, err := drops(t, map[string]string{"shop/orders.csv": orders, "other/order_lines.csv": lines})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range r.Feeds {
		got[f.Name] = strings.Join(f.Entities, " ") + ", key " + f.Key
	}
	if want := "order customer order_line, key order_no"; got["shop_orders"] != want {
		t.Errorf("feeds %v: want shop_orders to be %q", got, want)
	}
	if want := "order_line, key line_id"; got["order_lines"] != want && got["other_order_lines"] != want {
		t.Errorf("feeds %v: want the lines to be %q", got, want)
	}
	contract := text(t, dir, "contracts/shop_orders.yaml")
	for _, want := range []string{"{property: when, value: total}", "{property: field, value: total_amount}", "{property: field, value: quantity}", "{property: field, value: unit_price}"} {
		if !strings.Contains(contract, want) {
			t.Errorf("the contract lacks %s:\n%s", want, contract)
		}
	}
}
