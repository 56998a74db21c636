package draft_test

import "testing"

// TestClock: a date whose time of day stands in another column has it in the
// order and in the line that stands for it; of two dates each has its own.
func TestClock(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{
		"orders.csv":  "Order ID,Order Date,Order Time,Order Total,Customer Email\n" + rows(10, 60, "#,21/05/2026,10:#:00,1#.50,ada#@example.org"),
		"tickets.csv": "Ticket ID,Subject,Created Date,Created Time,Resolved Date,Resolved Time\n" + rows(10, 60, "T#,Help #,2026-05-21,10:#,2026-05-22,11:# PM"),
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/orders.yaml"), []string{
		"field, value: ordered_at}\n          - {property: time, value: Order Time}",
		"name: Order Date\n        logicalType: timestamp\n        required: true\n        customProperties:\n          - {property: field, value: none}\n          - {property: time, value: Order Time}",
	})
	holds(t, text(t, dir, "contracts/tickets.yaml"), []string{
		"- {property: time, value: Created Time}", "- {property: time, value: Resolved Time}",
	})
}
