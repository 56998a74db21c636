package transform_test

import (
	"strings"
	"testing"
	"time"
)

// TestTimeOfDay: the time of day may stand in a column of its own. A row without
// it has the day; one whose time is none is refused, and so is a delivery that
// lacks the column.
func TestTimeOfDay(t *testing.T) {
	t.Parallel()
	p := plan(t, contract(t, "- property: locale\n  value: {decimal: \".\", date: dd/mm/yyyy}\n", "order_line", `
- {name: order, primaryKey: true, customProperties: [{property: field, value: order_id}]}
- {name: Date, logicalType: timestamp, customProperties: [{property: field, value: ordered_at}, {property: time, value: Uhrzeit}, {property: nulls, value: ["-"]}]}
`))
	got := apply(t, p, decoded([]string{"order", "Date", "uhrzeit"},
		[]string{"1", "01/12/2024", "9:05"},
		[]string{"2", "01/12/2024", "11:05:33 PM"},
		[]string{"3", "01/12/2024", " "},
		[]string{"4", "-", "11:05"},
		[]string{"5", "01/12/2024", "25:05"},
	))
	at := func(hour, minute, second int) string {
		return text(time.Date(2024, 12, 1, hour, minute, second, 0, time.UTC).UnixMicro())
	}
	same(t, "ordered_at", column(t, got.Record, "ordered_at"), []string{at(9, 5, 0), at(23, 5, 33), at(0, 0, 0), null})
	same(t, "attributes", column(t, got.Record, "attributes"), []string{`{"uhrzeit":"9:05"}`, `{"uhrzeit":"11:05:33 PM"}`, null, `{"uhrzeit":"11:05"}`})
	if len(got.Rejects) != 1 || !strings.Contains(got.Rejects[0].Reason, "moment") {
		t.Errorf("rejects %+v", got.Rejects)
	}
	if _, err := p.Bind("rows", []string{"order", "Date"}); err == nil || !strings.Contains(err.Error(), "Uhrzeit") {
		t.Errorf("a header without the time: %v", err)
	}
	refused(t, "order_line", "- {name: order_id, primaryKey: true, customProperties: [{property: time, value: x}]}", "that is a timestamp")
	refused(t, "order_line", "- {name: ordered_at, primaryKey: true, customProperties: [{property: unit, value: epoch_s}, {property: time, value: x}]}", "written as a date")
}
