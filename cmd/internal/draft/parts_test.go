package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestPartsOfAmounts: what was charged for shipping is no line's amount, a yes
// or no is no price, the number of a payment is no order's where lines name
// another column, and what all words for a state begin with means nothing.
func TestPartsOfAmounts(t *testing.T) {
	t.Parallel()
	var lines, orders strings.Builder
	lines.WriteString("order_item_id,order_id,product_id,product_qty,shipping_amount,product_net_revenue,prices_include_tax\n")
	orders.WriteString("id,status,transaction_id,date_created,total_amount\n")
	for i := 1; i <= 60; i++ {
		fmt.Fprintf(&lines, "%d,%d,P%d,%d,4.95,%d.40,%d\n", 9000+i, 500+i/2, i%7, i%3+1, i*3, i%2)
		payment := fmt.Sprint("ch_", i)
		if i%9 == 0 {
			payment = ""
		}
		fmt.Fprintf(&orders, "%d,wc-%s,%s,2026-01-%02d,%d.50\n", 500+i-1, []string{"completed", "cancelled", "on-hold"}[i%3], payment, i%28+1, i)
	}
	dir, _, err := drops(t, map[string]string{"shop/order_lookup.csv": lines.String(), "shop/orders.csv": orders.String()})
	if err != nil {
		t.Fatal(err)
	}
	for file, wanted := range map[string][]string{
		"shop_order_lookup": {field("product_net_revenue", "line_amount"), field("shipping_amount", "none"), field("prices_include_tax", "none"), field("product_qty", "quantity")},
		"shop_orders":       {field("id", "order_id"), field("transaction_id", "none"), `wc-cancelled: cancelled`},
	} {
		contract := plainly(text(t, dir, "contracts/"+file+".yaml"))
		for _, want := range wanted {
			if !strings.Contains(contract, want) {
				t.Errorf("%s lacks %q:\n%s", file, want, contract)
			}
		}
	}
}

// field is what plainly leaves of a column that feeds a field.
func field(column, field string) string { return column + "=" + field + "\n" }

// plainly leaves of a contract a line for each column, with its field, and the
// words of its values.
func plainly(contract string) string {
	var b strings.Builder
	column := ""
	for _, line := range strings.Split(contract, "\n") {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "- name: "); ok {
			column = name
		}
		if _, rest, ok := strings.Cut(line, "{property: field, value: "); ok {
			b.WriteString(column + "=" + strings.TrimSuffix(rest, "}") + "\n")
		}
		if strings.Contains(line, "wc-") {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

// TestWordsInFrontOfStates: what all words for a state begin with is left out
// only where it means nothing.
func TestWordsInFrontOfStates(t *testing.T) {
	t.Parallel()
	for beginning, isLeftOut := range map[string]bool{"wc-": true, "order_": true, "STATUS_": true, "not-": false, "in-": false, "pre-": false, "un-": false} {
		var orders strings.Builder
		orders.WriteString("order_id,customer_id,ordered_at,total,status\n")
		for i := 1; i <= 60; i++ {
			fmt.Fprintf(&orders, "O%d,C%d,2026-01-%02d,%d.50,%s%s\n", 500+i, i%9, i%28+1, i, beginning, []string{"paid", "shipped", "invoiced"}[i%3])
		}
		dir, _, err := drops(t, map[string]string{"shop/orders.csv": orders.String()})
		if err != nil {
			t.Fatal(err)
		}
		contract := text(t, dir, "contracts/shop_orders.yaml")
		if got := strings.Contains(contract, beginning+"shipped: shipped"); got != isLeftOut {
			t.Errorf("%q left out: %v, want %v:\n%s", beginning, got, isLeftOut, contract)
		}
	}
}

// TestBinaryAmounts: amounts with the noise of binary arithmetic are read.
func TestBinaryAmounts(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{"shop/payments.csv": "payment_id,order_id,paid_at,amount,method\n" + rows(100, 140, "P#,O#,2026-01-02,1#.67999999999999,card")})
	if err != nil || r.Feeds[0].Refused > 0 {
		t.Fatalf("%v, %+v", err, r.Feeds)
	}
	if contract := text(t, dir, "contracts/shop_payments.yaml"); !strings.Contains(contract, "{property: float, value: true}") {
		t.Errorf("the amounts are not said to be floats:\n%s", contract)
	}
}
