//go:build duckdb_arrow

package load

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"loadstar/schemas"
)

// deliver says of each row of a fixture that it stands in a file called as its
// entity, in the line that its row id names.
func (s star) deliver() {
	s.Helper()
	entities, err := schemas.Entities()
	if err != nil {
		s.Fatal(err)
	}
	for i, e := range entities {
		s.do(fmt.Sprintf("insert into warehouse.meta.delivery by name select %d as file_key, '%s' as feed_name, '%s.csv' as path, 'x' as sha256, '' as sheet", i+1, e.Name, e.Name))
		tables := []string{e.Name}
		if e.History {
			tables = append(tables, e.Name+versionSuffix)
		}
		for _, table := range tables {
			s.do(fmt.Sprintf("update ods.%s set file_key = %d, source_row = cast(row_id as bigint)", quote(table), i+1))
		}
	}
}

// wantOrigins traces every table of a shape of the fixtures people, facts,
// service and histories that deliver told of: each can be asked, and those
// that nothing was delivered for say what to do instead.
func (s star) wantOrigins() {
	s.Helper()
	r := &Reader{database: s.database, HasODS: true}
	all, err := schemas.Star()
	if err != nil {
		s.Fatal(err)
	}
	for _, table := range all {
		if table.Schema != "main" {
			continue
		}
		isFact := strings.HasPrefix(table.Name, "fact_")
		found, err := r.Origins(context.Background(), table.Name, "", 0)
		var instead *UntraceableError
		switch {
		case errors.As(err, &instead) && !isFact && strings.Contains(err.Error(), table.Name+" has no delivered rows of its own: "):
		case err != nil:
			s.Errorf("%s: %v", table.Name, err)
		case found.Total != int64(len(found.Found)) || isFact && found.Without > 0:
			s.Errorf("%s: %d of %d found; %d of %d rows come from nowhere", table.Name, len(found.Found), found.Total, found.Without, found.Rows)
		}
	}
	for _, c := range []struct {
		table, condition, want string
	}{
		{"fact_order_line", "order_id = 'o2'", "source_system shop, order_id o2, line_id 1: fact_order_line order_line:1604"},
		{"fact_pipeline", "opportunity_id = 'deal'", "source_system crm, lead_id parted, opportunity_id deal: " +
			"lead lead:4, opportunity opportunity:11, stage event stage_event:111, stage event stage_event:112, stage event stage_event:113"},
		{"fact_pipeline_daily", "date_key = 20240103", "date_key 20240103, funnel_name sales, stage_key 6173454580342048689, employee_key -2: " +
			"lead lead:1, stage event stage_event:101, stage event stage_event:102, stage event stage_event:104, stage event stage_event:105"},
		{"fact_customer_month", "customer_key = 1 and month_date_key = 20250401", "customer_key 1, month_date_key 20250401: " +
			"fact_invoice_line invoice_line:1801, fact_invoice_line invoice_line:1802, fact_order_line order_line:1601, " +
			"fact_order_line order_line:1602, fact_order_line order_line:1603, fact_payment payment:1901"},
		{"fact_attribution", "order_id = 'o1' and touch_number = 2", "conversion_kind order, source_system shop, order_id o1, " +
			"conversion_key 4838771205302463760, touch_number 2: " +
			"fact_order_line order_line:1601, fact_order_line order_line:1602, fact_order_line order_line:1603, fact_touch activity:2001"},
		{"fact_receivable", "invoice_id = 'i1'", "source_system billing, invoice_id i1: credit note invoice:1702, fact_payment payment:1901, invoice invoice:1701"},
		{"fact_order_fulfilment", "order_id = 'o2'", "source_system shop, order_id o2, shipment_number 1: " +
			"fact_order_line order_line:1604, fact_payment payment:1902, order order:1502"},
		{"dim_customer", "customer_key = 1", "customer_key 1: gives nothing customer:1001, gives nothing customer:1003"},
		{"dim_product", "product_id = 'px'", "product_id px: order_line order_line:1604"},
		{"funnel_sales", "breakdown = 'all' and step_name = 'Close'", "funnel_name sales, breakdown all, member (all), step_name Close: " +
			"lead lead:6, stage event stage_event:121, stage event stage_event:122, stage event stage_event:123"},
	} {
		found, err := r.Origins(context.Background(), c.table, c.condition, 0)
		if err != nil {
			s.Errorf("%s: %v", c.table, err)
		}
		var got []string
		of := ""
		for _, o := range found.Found {
			got = append(got, fmt.Sprintf("%s %s:%s", o.Part, strings.TrimSuffix(o.File, ".csv"), o.Row))
			of = o.Of
		}
		if text := of + ": " + strings.Join(got, ", "); text != c.want {
			s.Errorf("%s where %s:\n%s\nwant\n%s", c.table, c.condition, text, c.want)
		}
	}
	found, err := r.Origins(context.Background(), "fact_order_line", "", 2)
	if err != nil || len(found.Found) != 2 || found.Total != 6 {
		s.Errorf("%d of %d order lines are shown, %v", len(found.Found), found.Total, err)
	}
	for _, condition := range []string{"nope = 1", "true; drop table x", "true) union (select 1", "1", "'x'", "null"} {
		if _, err := r.Origins(context.Background(), "fact_touch", condition, 0); err == nil {
			s.Errorf("condition %q is taken", condition)
		}
	}
}
