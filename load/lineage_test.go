//go:build duckdb_arrow

package load

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"testing"

	"loadstar/schemas"
)

func testTracer(t *testing.T) (*tracer, []model) {
	t.Helper()
	s := newStar(t)
	models, err := readModels()
	if err != nil {
		t.Fatal(err)
	}
	l, err := newTracer(context.Background(), s.database, models)
	if err != nil {
		t.Fatal(err)
	}
	return l, models
}

// traced writes where each column of a query comes from.
func traced(t *testing.T, l *tracer, query string) string {
	t.Helper()
	r, err := l.trace(query)
	if err != nil {
		t.Fatalf("%v in\n%s", err, query)
	}
	var lines []string
	for _, name := range r.names {
		var from []string
		for o := range r.columns[name].from {
			from = append(from, o.table+"."+o.column)
		}
		sort.Strings(from)
		lines = append(lines, name+" <- "+strings.Join(from, " "))
	}
	return strings.Join(lines, "\n")
}

func TestLineage(t *testing.T) {
	t.Parallel()
	l, _ := testTracer(t)
	for _, c := range []struct{ query, want string }{
		{"select 1 as one, count(*) as n from warehouse.fact_touch", "one <- \nn <- "},
		{"select t.touch_type as kind from warehouse.fact_touch as t", "kind <- main.fact_touch.touch_type"},
		{"with a as (select order_id, total_amount * 2 as twice from ods.\"order\") select * exclude (order_id), twice + 1 as more from a",
			"twice <- ods.order.total_amount\nmore <- ods.order.total_amount"},
		{"select name from warehouse.dim_product union all select name from warehouse.dim_campaign",
			"name <- main.dim_campaign.name main.dim_product.name"},
		{"select unnest([{'member': name}, {'member': brand}], max_depth := 2) from warehouse.dim_product",
			"member <- main.dim_product.brand main.dim_product.name"},
		{"select lag(name) over (order by brand) as before from warehouse.dim_product", "before <- main.dim_product.name"},
		{"with whole as (select p as q from warehouse.dim_product as p) select q.name from whole", "name <- main.dim_product.name"},
		{"select (select max(name) from warehouse.dim_campaign) as best", "best <- main.dim_campaign.name"},
		{"select x.n from (select name from warehouse.dim_product) as x(n)", "n <- main.dim_product.name"},
		{"select 'a', name from warehouse.dim_product union all select brand, 'b' from warehouse.dim_product",
			"column 1 <- main.dim_product.brand\nname <- main.dim_product.name"},
		{"select slot.date_key from ods.activity as a left join src.time_slot as slot on slot.slot = src.slot(a.\"at\")",
			"date_key <- ods.activity.at"},
		{"select as_of from src.param", "as_of <- setting.param.as_of"},
		{"select customer_key, stage from meta.nothing_known as u",
			"customer_key <- meta.nothing_known.customer_key\nstage <- meta.nothing_known.stage"},
		{"select brand as b, b || 'x' as c from warehouse.dim_product", "b <- main.dim_product.brand\nc <- main.dim_product.brand"},
	} {
		if got := traced(t, l, c.query); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.query, got, c.want)
		}
	}
	for _, query := range []string{"", "delete from x", "select from", "select 1; select 2"} {
		if _, err := l.trace(query); err == nil {
			t.Errorf("%q is followed", query)
		}
	}
}

// TestLineageOfModels: each column that is filled from a source says so.
func TestLineageOfModels(t *testing.T) {
	t.Parallel()
	l, models := testTracer(t)
	columns, without := 0, []string{}
	for _, m := range models {
		if strings.HasPrefix(m.table, "src_") {
			continue
		}
		r, err := l.trace(m.query)
		if err != nil {
			t.Errorf("%s: %v", m.table, err)
			continue
		}
		table, err := schemas.StarTableNamed("main", m.table)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range table.Columns {
			columns++
			if len(r.columns[c.Name].from) == 0 && !strings.HasSuffix(c.Name, "_count") {
				without = append(without, fmt.Sprintf("%s.%s", m.table, c.Name))
			}
		}
	}
	t.Logf("%d columns, without source: %s", columns, strings.Join(without, " "))
	if 10*len(without) > columns {
		t.Errorf("%d of %d columns have no source", len(without), columns)
	}
}
