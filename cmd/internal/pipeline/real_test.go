package pipeline_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/pipeline"
)

// real opens a project of testdata/projects whose feeds are not part of
// Loadstar; the test is skipped where they are absent.
func real(t *testing.T, name, feed string) (config.Config, string) {
	t.Helper()
	data := os.Getenv("LOADSTAR_DATA")
	if data == "" {
		data = "../../../../shared/data/feeds"
	}
	data, err := filepath.Abs(data)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(data, feed)); err != nil {
		t.Skipf("the data of %s are not here; LOADSTAR_DATA names their folder", name)
	}
	if testing.Short() {
		t.Skip("reads a large feed")
	}
	cfg := configured(t, filepath.Join("../../../testdata/projects", name))
	cfg.Warehouse = filepath.Join(t.TempDir(), "warehouse")
	return cfg, data
}

func expect(t *testing.T, cfg config.Config, query, want string) {
	t.Helper()
	if got := ask(t, cfg, query); got != want {
		t.Errorf("%s: %s, want %s", query, got, want)
	}
}

func TestOnlineRetail(t *testing.T) {
	t.Parallel()
	cfg, _ := real(t, "online-retail", "online-retail-daily")
	balanced(t, run(t, cfg, options()))
	expect(t, cfg, "select count(*) from fact_order_line", "541909")
	expect(t, cfg, "select sum(line_amount) from fact_order_line", "9747747.9340")
	expect(t, cfg, "select count(*) from fact_order_line where is_exact_duplicate", "5268")
	expect(t, cfg, "select count(*) from fact_order_line where customer_key = -1", "135080")
	expect(t, cfg, "select count(*) from fact_order_line where is_cancelled", "9288")
	expect(t, cfg, "select count(*) from dim_customer where customer_key > 0", "4372")
	whole := current(t, cfg).Manifest.Digests
	cfg.Warehouse = filepath.Join(t.TempDir(), "warehouse")
	for _, day := range []string{"2010-12-07", "2011-12-08", "2011-12-09"} {
		o := options()
		at, err := cfg.Company.ParseTime(day)
		if err != nil {
			t.Fatal(err)
		}
		o.AsOf = at
		run(t, cfg, o)
	}
	parts := current(t, cfg).Manifest.Digests
	for _, table := range []string{"ods.main.order_line", "ods.main.customer", "warehouse.main.fact_order_line", "warehouse.main.dim_product"} {
		if whole[table] == "" || whole[table] != parts[table] {
			t.Errorf("%s: loaded in three runs %s, in one %s", table, parts[table], whole[table])
		}
	}
}

func TestCDNow(t *testing.T) {
	t.Parallel()
	cfg, data := real(t, "cdnow", "cdnow")
	balanced(t, run(t, cfg, options()))
	expect(t, cfg, "select count(*), sum(line_amount), count(distinct customer_key) from fact_order_line", "69659 2500315.6300 23570")
	repeatOfCDNow(t, cfg, filepath.Join(data, "cdnow", "CDNOW_master.txt"))
	f, err := os.Open(filepath.Join(data, "cdnow", "cdnow_customers_summary.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(f).ReadAll()
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	// Days are counted in whole days and divided by 7 here, in floats: the
	// warehouse keeps none.
	answer := ask(t, cfg, `with sample as (
    select source_customer_key, cast(json_extract_string(attributes, '$.sample_id') as integer) as id
    from ods.customer where feed_name = 'purchase_sample'
),
bought as (
    select s.id, cast(strptime(cast(f.order_date_key as varchar), '%Y%m%d') as date) as day
    from fact_order_line as f inner join sample as s using (source_customer_key)
    where f.order_date_key <= 19970930
)
select id, count(distinct day) - 1, max(day) - min(day), date '1997-09-30' - min(day) from bought group by id order by id`)
	lines := strings.Split(answer, "\n")
	if len(lines) != 2357 || len(rows) != 2358 {
		t.Fatalf("%d customers, the summary has %d, want 2357", len(lines), len(rows)-1)
	}
	for i, line := range lines {
		got := strings.Fields(line)
		want := rows[i+1]
		if fmt.Sprint(got[0], got[1], weeks(t, got[2]), weeks(t, got[3])) != fmt.Sprint(want[0], want[1], number(t, want[2]), number(t, want[3])) {
			t.Fatalf("customer %s: got %v, want %v", want[0], got, want)
		}
	}
}

func weeks(t *testing.T, days string) string {
	t.Helper()
	n, err := strconv.Atoi(days)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%.2f", float64(n)/7)
}

func number(t *testing.T, text string) string {
	t.Helper()
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%.2f", n)
}

func TestAdventureWorks(t *testing.T) {
	t.Parallel()
	cfg, _ := real(t, "adventureworks", "adventureworks")
	r := run(t, cfg, options())
	balanced(t, r)
	if r.Identity.Customers != 19820 || r.Identity.Records != 19820 {
		t.Errorf("%d customers from %d records, want 19,820 each: a shared phone merges nobody", r.Identity.Customers, r.Identity.Records)
	}
	expect(t, cfg, "select count(email) = count(phone), count(email) > 19000, count(postcode) from dim_customer where customer_key > 0", "true true 19820")
}

func TestNoFeedAtAll(t *testing.T) {
	t.Parallel()
	cfg, _ := small(t, "")
	_, err := pipeline.Run(context.Background(), cfg, options())
	if err == nil || !strings.Contains(err.Error(), "names no file") {
		t.Fatalf("error %v, want one that says what is missing", err)
	}
}

// repeatOfCDNow counts repeat buyers and one cohort from the file itself, by
// other code than the KPIs.
func repeatOfCDNow(t *testing.T, cfg config.Config, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	days := map[string]map[string]bool{}
	for _, line := range strings.Split(string(text), "\n")[1:] {
		if f := strings.Fields(line); len(f) == 4 {
			if days[f[0]] == nil {
				days[f[0]] = map[string]bool{}
			}
			days[f[0]][f[1]] = true
		}
	}
	repeated, orders, cohort, active := 0, 0, 0, 0
	for _, bought := range days {
		orders += len(bought)
		if len(bought) > 1 {
			repeated++
		}
		first, later := "99", false
		for day := range bought {
			first = min(first, day)
			later = later || strings.HasPrefix(day, "199704")
		}
		if strings.HasPrefix(first, "199701") {
			cohort++
			if later {
				active++
			}
		}
	}
	expect(t, cfg, "select customer_count, repeat_customer_count, order_count from kpi_repeat_purchase where breakdown = 'all' and period_kind = 'all'",
		fmt.Sprint(len(days), repeated, orders))
	expect(t, cfg, "select cohort_customer_count, active_customer_count from kpi_cohort_retention where breakdown = 'all' and cohort = '1997-01' and months_since_first_order = 3",
		fmt.Sprint(cohort, active))
	expect(t, cfg, "select count(*), sum(frequency_count) from kpi_rfm", fmt.Sprint(len(days), orders))
}
