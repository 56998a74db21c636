package pipeline_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/draft"
	"loadstar/cmd/internal/sample"
	"loadstar/dedupe"
	"loadstar/load"
	"loadstar/load/publish"
	"loadstar/schemas"
)

// silent watches nothing.
type silent struct{}

func (silent) Begin(string, int64, string) {}
func (silent) Add(int64)                   {}

// generated is the sample company's folder without its contracts.
func generated(t *testing.T, customers int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "company")
	if _, err := sample.Generate(context.Background(), sample.Options{Customers: customers, Days: 1, Seed: 3, Out: dir}); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"contracts", config.FileName} {
		if err := os.RemoveAll(filepath.Join(dir, part)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func drafted(t *testing.T, dir, feeds string) (config.Config, draft.Report) {
	t.Helper()
	r, err := draft.Run(context.Background(), draft.Options{Dir: dir, From: []string{filepath.Join(dir, feeds)}, Workers: 2, Watch: silent{}, Now: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	return configured(t, dir), r
}

// asDelivered finds what the truth speaks of in the drafted project.
type asDelivered struct {
	feeds   map[string]string // by the sample's name; nil = the same
	files   map[string]string // by the sample's path; nil = the same
	systems map[string]string // by role of the record; nil = the sample's
}

// TestDraftedStrangers does the same with four systems side by side in three
// languages.
func TestDraftedStrangers(t *testing.T) {
	t.Parallel()
	dir := generated(t, 250)
	if err := sample.Strangers(context.Background(), dir); err != nil {
		t.Fatal(err)
	}
	cfg, report := drafted(t, dir, sample.StrangersFolder)
	if len(report.Open) > 0 || len(report.LeftOut) > 0 {
		t.Errorf("open %v, left out %v: want none", report.Open, report.LeftOut)
	}
	run(t, cfg, options())
	const day = "_2026-03-31"
	as := asDelivered{
		feeds: map[string]string{
			"crm_contacts": "kunden_export", "crm_addresses": "kunden_adressen", "crm_leads": "anfragen", "store_customers": "clients",
			"store_orders": "commandes", "store_refunds": "remboursements", "billing_customers": "facturacion_clientes",
			"billing_invoices": "facturacion_facturas", "billing_invoice_lines": "facturacion_lineas_factura",
			"billing_payments": "facturacion_pagos", "sales_leads": "vertrieb",
		},
		files: map[string]string{
			"feeds/crm/contacts" + day + ".csv": "strangers/kunden_export.csv", "feeds/crm/leads" + day + ".csv": "strangers/anfragen.csv",
			"feeds/crm/addresses" + day + ".csv": "strangers/kunden_adressen.csv", "feeds/store/customers" + day + ".jsonl": "strangers/clients.jsonl",
			"feeds/store/orders" + day + ".jsonl": "strangers/commandes.jsonl", "feeds/store/refunds" + day + ".jsonl": "strangers/remboursements.jsonl",
			"feeds/sales/leads" + day + ".xlsx": "strangers/vertrieb.xlsx", "table:customers": "table:clientes", "table:invoices": "table:facturas",
			"table:invoice_lines": "table:lineas_factura", "table:payments": "table:pagos",
		},
		systems: map[string]string{
			"contact": "kunden_export", "second contact": "kunden_export", "lead": "anfragen", "store account": "clients", "guest": "clients",
			"billing": "facturacion", "worksheet": "vertrieb",
		},
	}
	t.Run("persons", func(t *testing.T) { draftedPersons(t, cfg, as) })
	t.Run("errors", func(t *testing.T) { draftedErrors(t, cfg, as) })
	t.Run("totals", func(t *testing.T) { draftedTotals(t, cfg, as) })
}

// TestDraftedSample runs the sample company with contracts that were drafted
// from its feeds, without a line edited, and compares what was published with
// what was planted.
func TestDraftedSample(t *testing.T) {
	t.Parallel()
	cfg, report := drafted(t, generated(t, 400), "feeds")
	if len(report.Open) > 0 || len(report.LeftOut) > 0 {
		t.Errorf("open %v, left out %v: want none", report.Open, report.LeftOut)
	}
	run(t, cfg, options())
	t.Run("persons", func(t *testing.T) { draftedPersons(t, cfg, asDelivered{}) })
	t.Run("errors", func(t *testing.T) { draftedErrors(t, cfg, asDelivered{}) })
	t.Run("totals", func(t *testing.T) { draftedTotals(t, cfg, asDelivered{}) })
}

// draftedFloor is the pairwise F1 that matching must reach by drafted
// contracts.
const draftedFloor = 0.95

func draftedPersons(t *testing.T, cfg config.Config, as asDelivered) {
	clusters := clustersOf(t, cfg)
	known := map[int64]bool{}
	for _, c := range clusters {
		for _, party := range c {
			known[party] = true
		}
	}
	truth, missing, roles := map[int64]string{}, 0, map[string]int{}
	for _, row := range truthTable(t, cfg, "persons.csv") {
		key := schemas.CustomerKey(row["source_system"], row["customer_id"])
		if as.systems != nil {
			system := as.systems[row["role"]]
			if system == "" {
				roles[row["role"]]++
				continue
			}
			key = schemas.CustomerKey(system, row["customer_id"])
		}
		if !known[key] {
			missing++
		}
		truth[key] = row["person_id"]
	}
	scores := dedupe.Evaluate(clusters, truth)
	t.Logf("drafted: precision %.4f, recall %.4f, F1 %.4f; %d of %d records are no party; not delivered: %v", scores.Precision, scores.Recall, scores.F1, missing, len(truth), roles)
	if scores.F1 < draftedFloor {
		t.Errorf("F1 %.4f, want at least %.2f", scores.F1, draftedFloor)
	}
	if missing > 0 {
		t.Errorf("%d records of persons are missing", missing)
	}
}

// draftedErrors looks for the planted errors at their places. Rules that only
// a person knows (allowed words) are not asked for.
func draftedErrors(t *testing.T, cfg config.Config, as asDelivered) {
	var violations []load.Violation
	withReader(t, cfg, func(_ publish.Version, r *load.Reader) {
		var err error
		if violations, err = r.Violations(context.Background(), load.ViolationFilter{}); err != nil {
			t.Fatal(err)
		}
	})
	found, used := map[string]int{}, 0
	for _, x := range violations {
		place := x.Place()
		if strings.HasPrefix(x.File, "table:") {
			place = x.File
		}
		found[x.Feed+" "+place]++
	}
	for _, row := range truthTable(t, cfg, "errors.csv") {
		if row["effect"] != "quarantined" {
			continue
		}
		place := row["file"] + ":" + row["place"]
		switch {
		case strings.Contains(row["file"], ".sqlite@"):
			place = "table:" + row["sheet"]
		case row["sheet"] != "":
			place = row["file"] + "#" + row["sheet"] + "!" + row["place"]
		}
		feed := row["feed"]
		if as.feeds != nil {
			if feed = as.feeds[feed]; feed == "" {
				continue
			}
			for from, to := range as.files {
				if rest, ok := strings.CutPrefix(place, from); ok {
					place = to + rest
				}
			}
		}
		key := feed + " " + place
		if found[key] == 0 {
			t.Errorf("planted, but not in quarantine: %s (%s, %s)", key, row["kind"], row["rule"])
			continue
		}
		found[key]--
		used++
	}
	for place, n := range found {
		if n > 0 {
			t.Errorf("in quarantine, but not planted: %s (%d)", place, n)
		}
	}
	t.Logf("%d planted errors found at their places", used)
}

// draftedTotals compares rows and sums of money, feed by feed and to the cent.
func draftedTotals(t *testing.T, cfg config.Config, as asDelivered) {
	truth, err := entitiesOfSample()
	if err != nil {
		t.Fatal(err)
	}
	sums := 0
	for _, row := range truthTable(t, cfg, "totals.csv") {
		column, isSum := strings.CutPrefix(row["measure"], "sum ")
		entity := truth[row["feed"]+" "+row["object"]]
		feed := row["feed"]
		if as.feeds != nil {
			feed = as.feeds[feed]
		}
		if !isSum || feed == "" {
			continue
		}
		got := ask(t, cfg, fmt.Sprintf("select case when sum(%s) = %s then 'exact' else coalesce(sum(%s), 0)::varchar end from ods.%q where feed_name = '%s'",
			column, row["value"], column, entity, feed))
		if got != "exact" {
			t.Errorf("%s, %s: the sum of %s is %s, planted is %s", row["feed"], row["object"], column, got, row["value"])
		}
		sums++
	}
	t.Logf("%d sums compared", sums)
}

// entitiesOfSample gives the entity of every object of the sample's own
// contracts.
func entitiesOfSample() (map[string]string, error) {
	entities := map[string]string{}
	files, err := filepath.Glob("../sample/contracts/*.yaml")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		c, err := schemas.ParseContract(file, text)
		if err != nil {
			return nil, err
		}
		for _, o := range c.Objects {
			entities[c.Feed+" "+o.Name] = o.Entity
		}
	}
	return entities, nil
}
