//go:build duckdb_arrow

package load

import (
	"slices"
	"strconv"
	"testing"
)

// TestMergeAndSplit: merging two customers leaves every total as it was, and
// splitting them again restores every row of every table.
func TestMergeAndSplit(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people", "facts", "service", "histories", "associations", "refunds")
	s.shape(Everything)
	before := s.contents()
	totals := []string{
		"select sum(line_amount), sum(reporting_amount), count(*) from warehouse.fact_order_line",
		"select sum(reporting_amount) from warehouse.fact_payment",
		"select sum(reporting_open_amount) from warehouse.fact_receivable",
		"select sum(estimated_amount) from warehouse.fact_pipeline",
		"select sum(order_reporting_amount), sum(paid_reporting_amount), sum(order_count), sum(touch_in_count) from warehouse.fact_customer_month",
		"select sum(linear_reporting_amount), sum(position_reporting_amount) from warehouse.fact_attribution where conversion_kind = 'order'",
		"select sum(reporting_margin_amount) from warehouse.fact_profitability",
		"select sum(ordered_amount) from warehouse.customer_overview",
	}
	var sums [][]string
	for _, query := range totals {
		sums = append(sums, s.rows(query))
	}
	// Bob (102) turns out to be Ann (101, 201); later he does not.
	s.move(102, 1)
	for i, query := range totals {
		s.want(query, sums[i]...)
	}
	s.want("select count(*) from warehouse.fact_order_line where customer_key = 2", "0")
	s.want("select source_customer_key, customer_key from warehouse.fact_case where case_id = 'c2'", "102|1")
	s.move(102, 2)
	after := s.contents()
	for table, want := range before {
		if !slices.Equal(after[table], want) {
			t.Errorf("%s\n got %q\nwant %q", table, after[table], want)
		}
	}
}

// move points a source record at another customer, tells of it as matching
// does, and shapes what changed.
func (s star) move(record, customer int64) {
	s.Helper()
	s.do("update ods.idn.source_record set customer_key = " + strconv.FormatInt(customer, 10) + " where source_customer_key = " + strconv.FormatInt(record, 10))
	s.do("insert into changed.moved values (" + strconv.FormatInt(record, 10) + ")")
	s.do("insert into changed.golden select customer_key from ods.idn.golden_customer")
	s.shape(WhatChanged)
	s.forget()
}
