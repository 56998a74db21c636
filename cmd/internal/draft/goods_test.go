package draft_test

import (
	"strings"
	"testing"
)

// TestGoods: a table whose keys lines hold is that of the products, whatever it
// is called; one whose keys they lack is not. The time of day of an order stands
// in a column of its own.
func TestGoods(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"pizza_types.csv":   "pizza_type_id,name,category\n" + rows(10, 22, "t#,The Pizza #,Classic"),
		"pizzas.csv":        "pizza_id,pizza_type_id,size,price\n" + rows(10, 22, "p#_s,t#,S,12\np#_m,t#,M,16.5"),
		"trays.csv":         "tray_id,size,price\n" + rows(10, 22, "y#,S,12"),
		"orders.csv":        "order_id,date,time\n" + rows(10, 60, "#,2026-03-17,11:#:00"),
		"order_details.csv": "order_details_id,order_id,pizza_id,quantity\n" + rows(10, 22, "1#,#,p#_s,1\n2#,#,p#_m,2"),
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/pizzas.yaml"), []string{
		"entity, value: product}", "- name: pizza_id\n        primaryKey: true\n        primaryKeyPosition: 1\n        customProperties:\n          - {property: field, value: product_id}",
		"- name: pizza_type_id\n        customProperties:\n          - {property: field, value: name}\n          - {property: words, value: {t10: The Pizza 10,", "field, value: unit_price}",
	})
	holds(t, text(t, dir, "contracts/order_details.yaml"), []string{"- name: pizza_id\n        customProperties:\n          - {property: field, value: product_id}"})
	holds(t, text(t, dir, "contracts/orders.yaml"), []string{"field, value: ordered_at}\n          - {property: time, value: time}"})
	for _, f := range r.Feeds {
		if f.Name == "trays" {
			t.Error("trays became products, which no line holds")
		}
	}
	for _, l := range r.LeftOut {
		if strings.HasSuffix(l.Place, "pizzas.csv") {
			t.Errorf("pizzas are said to be left out: %s", l.Why)
		}
	}
}
