package pipeline_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/pipeline"
	"loadstar/dedupe"
	"loadstar/load/publish"
	"loadstar/schemas"
)

// history is a small company whose feeds change at random from day to day: rows
// that come late, come again corrected, or are gone; rates that follow; whole
// files that arrive after newer ones; and people who decide and set values.
type history struct {
	t       *testing.T
	random  *rand.Rand
	cfg     config.Config
	dir     string
	people  []string
	deals   map[string][]string // id -> customer, stage, amount, owner
	orders  map[string][]string // id -> customer, status, currency, day
	late    map[string]string   // file -> text, to be delivered on another day
	touches int
}

// historyFeeds are the feeds, with the mode of their delivery and their schema.
var historyFeeds = map[string][2]string{
	"people": {"delta", `
  - name: people
    customProperties: [{property: entity, value: customer}]
    properties:
      - {name: customer_id, primaryKey: true}
      - {name: full_name}
      - {name: email}
      - {name: postcode}
`},
	"deals": {"snapshot", `
  - name: deals
    customProperties: [{property: entity, value: opportunity}]
    properties:
      - {name: opportunity_id, primaryKey: true}
      - {name: customer_id}
      - {name: status}
      - {name: amount, logicalType: number}
      - {name: employee_name}
`},
	"orders": {"snapshot", `
  - name: orders
    customProperties: [{property: entity, value: order}]
    properties:
      - {name: order_id, primaryKey: true}
      - {name: customer_id}
      - {name: status}
      - {name: currency_code}
      - {name: ordered_at, logicalType: timestamp}
  - name: order_lines
    customProperties: [{property: entity, value: order_line}]
    properties:
      - {name: order_id, primaryKey: true}
      - {name: amount, logicalType: number, customProperties: [{property: field, value: line_amount}]}
`},
	"payments": {"delta", `
  - name: payments
    customProperties: [{property: entity, value: payment}]
    properties:
      - {name: payment_id, primaryKey: true}
      - {name: order_id}
      - {name: amount, logicalType: number}
      - {name: currency_code}
      - {name: paid_at, logicalType: timestamp}
`},
	"rates": {"delta", `
  - name: rates
    customProperties: [{property: entity, value: exchange_rate}]
    properties:
      - {name: rate_on, primaryKey: true, logicalType: date}
      - {name: from_currency_code, primaryKey: true, primaryKeyPosition: 2}
      - {name: to_currency_code}
      - {name: rate, logicalType: number}
`},
	"touches": {"append", `
  - name: touches
    customProperties: [{property: entity, value: activity}]
    properties:
      - {name: activity_id, primaryKey: true}
      - {name: customer_id}
      - {name: type}
      - {name: direction}
      - {name: at, logicalType: timestamp}
`},
}

func newHistory(t *testing.T, seed uint64) *history {
	h := &history{
		t: t, random: rand.New(rand.NewPCG(seed, 1)), dir: t.TempDir(),
		deals: map[string][]string{}, orders: map[string][]string{}, late: map[string]string{},
	}
	var feeds strings.Builder
	for _, name := range slices.Sorted(maps.Keys(historyFeeds)) {
		fmt.Fprintf(&feeds, "  %[1]s: {contract: %[1]s.yaml, from: {csv: \"%[1]s_*.csv\"}}\n", name)
		write(t, filepath.Join(h.dir, name+".yaml"), fmt.Sprintf(`apiVersion: v3.1.0
kind: DataContract
id: %[1]s
name: %[1]s
version: 1.0.0
status: active
customProperties:
  - {property: system, value: crm}
  - {property: delivery, value: %[2]s}
  - {property: delivered, value: {pattern: '_(\d{8})', layout: "20060102"}}
  - {property: allow, value: [absent, empty, shrink]}
schema:%[3]s`, name, historyFeeds[name][0], historyFeeds[name][1]))
	}
	write(t, filepath.Join(h.dir, "loadstar.yaml"), "version: 1\ncompany: {name: Example, time_zone: Europe/Berlin, currency: EUR, country: DE}\nfeeds:\n"+feeds.String())
	h.cfg = configured(t, h.dir)
	given, family := []string{"Ada", "Ben", "Cleo", "Dan", "Eli", "Fay", "Gus", "Ida"}, []string{"Berg", "Carlsen", "Duarte", "Eklund", "Falk", "Grau", "Holm"}
	for i := range 40 {
		g, f := given[i%8], family[i%7]
		h.people = append(h.people, fmt.Sprintf("%d,%s %s,%s.%s%d@example.com,%05d", i+1, g, f, strings.ToLower(g), strings.ToLower(f), i%30, 10000+i%30))
	}
	return h
}

// maybe is true once in n times.
func (h *history) maybe(n int) bool { return h.random.IntN(n) == 0 }

func (h *history) one(of ...string) string { return of[h.random.IntN(len(of))] }

func (h *history) person() string { return fmt.Sprint(1 + h.random.IntN(42)) } // two of them nobody tells of

// deliver writes a file, or keeps it back for another day.
func (h *history) deliver(feed string, day time.Time, header string, rows []string) {
	if len(rows) == 0 {
		return
	}
	h.random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	name := fmt.Sprintf("%s_%s.csv", feed, day.Format("20060102"))
	text := header + "\n" + strings.Join(rows, "\n") + "\n"
	if h.maybe(7) {
		h.late[name] = text
		return
	}
	write(h.t, filepath.Join(h.dir, name), text)
}

// day lets a day pass: what is late may arrive, everything changes a little.
func (h *history) day(day time.Time) {
	for _, name := range slices.Sorted(maps.Keys(h.late)) {
		if h.maybe(2) {
			write(h.t, filepath.Join(h.dir, name), h.late[name])
			delete(h.late, name)
		}
	}
	moment := func() string {
		return day.Add(-time.Duration(h.random.IntN(72*60)) * time.Minute).Format("2006-01-02 15:04:05")
	}
	var people, payments, rates, touches []string
	for i, p := range h.people {
		if h.maybe(3) {
			if h.maybe(4) {
				p = strings.Replace(p, "@example.com", "@example.org", 1)
			}
			people, h.people[i] = append(people, p), p
		}
	}
	for range 4 {
		h.deals[fmt.Sprintf("d%d", h.random.IntN(60))] = []string{h.person(), "New", h.one("100", "250.50", ""), h.one("Mia Lang", "Tom Reuter")}
		h.orders[fmt.Sprintf("o%d", h.random.IntN(60))] = []string{h.person(), "open", h.one("EUR", "USD", "CHF"), moment()}
	}
	var deals, orders []string
	for _, id := range slices.Sorted(maps.Keys(h.deals)) {
		if h.maybe(9) {
			delete(h.deals, id)
			continue
		}
		if h.maybe(2) {
			h.deals[id][1] = h.one("Contacted", "Meeting", "Proposal", "Won", "Lost", "New", "Elsewhere")
		}
		deals = append(deals, id+","+strings.Join(h.deals[id], ","))
	}
	for _, id := range slices.Sorted(maps.Keys(h.orders)) {
		if h.maybe(12) {
			delete(h.orders, id)
			continue
		}
		if o := h.orders[id]; h.maybe(4) {
			o[1] = h.one("open", "cancelled", "shipped")
		}
		orders = append(orders, id+","+strings.Join(h.orders[id], ",")+","+h.one("10.00", "20.50", "-5.00"))
		if h.maybe(3) {
			payments = append(payments, fmt.Sprintf("p%d,%s,%s,%s,%s", len(payments)+100*day.Day(), id, h.one("10.00", "-4.00"), h.orders[id][2], moment()))
		}
	}
	for _, currency := range []string{"USD", "CHF"} {
		if h.maybe(2) {
			rates = append(rates, fmt.Sprintf("%s,%s,EUR,%s", day.AddDate(0, 0, -h.random.IntN(5)).Format("2006-01-02"), currency, h.one("0.91", "0.9234567", "1.05")))
		}
	}
	for range 3 {
		h.touches++
		touches = append(touches, fmt.Sprintf("t%d,%s,%s,%s,%s", h.touches, h.person(), h.one("call", "mail"), h.one("in", "out"), moment()))
	}
	h.deliver("people", day, "customer_id,full_name,email,postcode", people)
	h.deliver("deals", day, "opportunity_id,customer_id,status,amount,employee_name", deals)
	h.deliver("orders", day, "order_id,customer_id,status,currency_code,ordered_at,amount", orders)
	h.deliver("payments", day, "payment_id,order_id,amount,currency_code,paid_at", payments)
	h.deliver("rates", day, "rate_on,from_currency_code,to_currency_code,rate", rates)
	h.deliver("touches", day, "activity_id,customer_id,type,direction,at", touches)
}

// judge has somebody decide on two records, or set a value of one.
func (h *history) judge(at time.Time) {
	w := publish.Warehouse{Dir: h.cfg.Warehouse}
	left, right := schemas.CustomerKey("crm", fmt.Sprint(1+h.random.IntN(40))), schemas.CustomerKey("crm", fmt.Sprint(1+h.random.IntN(40)))
	if left != right && h.maybe(2) {
		d := dedupe.StoredDecision{Left: left, Right: right, Verdict: h.one(dedupe.VerdictSame, dedupe.VerdictNotSame, dedupe.VerdictUndecided), Who: "a clerk", Why: "asked", When: at}
		if err := pipeline.Decide(w, d); err != nil {
			h.t.Fatal(err)
		}
	}
	if h.maybe(2) {
		set, err := pipeline.Overrides(h.cfg, []pipeline.Setting{{Field: "city", Value: h.one("Hull", "Leeds")}}, dedupe.StoredOverride{Party: left, Who: "a clerk", Why: "asked", When: at})
		if err != nil {
			h.t.Fatal(err)
		}
		if err := pipeline.Override(w, set...); err != nil {
			h.t.Fatal(err)
		}
	}
}

// TestRandomHistories: whatever happened from day to day, the version that
// became of it is the one that a rebuild gives.
func TestRandomHistories(t *testing.T) {
	t.Parallel()
	const days = 4
	for _, seed := range []uint64{1, 2} {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			h := newHistory(t, seed)
			for i := range days {
				day := time.Date(2026, 3, 27+i, 0, 0, 0, 0, time.UTC)
				h.day(day)
				run(t, h.cfg, options())
				h.judge(day)
			}
			run(t, h.cfg, options())
			added := maps.Clone(current(t, h.cfg).Manifest.Digests)
			o := options()
			o.Full = true
			run(t, h.cfg, o)
			same(t, "added and rebuilt", added, current(t, h.cfg).Manifest.Digests)
			expect(t, h.cfg, "select count(*) > 10 from fact_order_line", "true")
			expect(t, h.cfg, "select count(*) > 10 from fact_stage_event", "true")
		})
	}
}
