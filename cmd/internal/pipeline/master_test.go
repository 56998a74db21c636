package pipeline_test

import (
	"maps"
	"path/filepath"
	"testing"
	"time"

	"loadstar/cmd/internal/pipeline"
	"loadstar/dedupe"
	"loadstar/load/publish"
	"loadstar/schemas"
)

// TestMaster: what its own source calls one person is one customer, also where
// the records tell nothing else or came days apart, until somebody decides
// otherwise; a merge that the source tells later re-points what came before.
func TestMaster(t *testing.T) {
	t.Parallel()
	cfg, dir := oneFeed(t, "people", `csv: "people*.csv"`, "shop", "", `  - name: people
    customProperties: [{property: entity, value: customer}]
    properties:
      - {name: customer_id, primaryKey: true}
      - {name: master_id}
      - {name: postcode}
`)
	key := func(id string) int64 { return schemas.CustomerKey("shop", id) }
	one := func(a, b string, want bool) {
		t.Helper()
		if x, y := customersOf(t, cfg, key(a), key(b)); (x == y) != want {
			t.Errorf("%s and %s are customers %d and %d", a, b, x, y)
		}
	}
	write(t, filepath.Join(dir, "people1.csv"), "customer_id,master_id,postcode\nc1,u1,10115\nc2,u2,10115\nc3,u1,80331\nc4,u3,10115\n")
	run(t, cfg, options())
	one("c1", "c3", true)
	one("c1", "c2", false)
	one("c2", "c4", false)
	write(t, filepath.Join(dir, "people2.csv"), "customer_id,master_id,postcode\nc5,u2,20095\nc4,u1,10115\n")
	run(t, cfg, options())
	one("c2", "c5", true)
	one("c1", "c4", true)
	one("c3", "c4", true)
	added := maps.Clone(current(t, cfg).Manifest.Digests)
	o := options()
	o.Full = true
	run(t, cfg, o)
	same(t, "added and rebuilt", added, current(t, cfg).Manifest.Digests)
	judged := dedupe.StoredDecision{Left: key("c2"), Right: key("c5"), Verdict: dedupe.VerdictNotSame, Who: "a clerk", Why: "asked", When: time.Date(2026, 4, 1, 10, 0, 0, 0, time.UTC)}
	if err := pipeline.Decide(publish.Warehouse{Dir: cfg.Warehouse}, judged); err != nil {
		t.Fatal(err)
	}
	run(t, cfg, options())
	one("c2", "c5", false)
	one("c1", "c4", true)
}

// TestKeptRecord: a record that was joined names the one that was kept, which
// may have been joined into another since.
func TestKeptRecord(t *testing.T) {
	t.Parallel()
	cfg, dir := oneFeed(t, "people", `csv: "people*.csv"`, "crm", "", `  - name: people
    customProperties: [{property: entity, value: customer}]
    properties:
      - {name: customer_id, primaryKey: true}
      - {name: MasterRecordId, customProperties: [{property: field, value: master_id}]}
      - {name: family_name}
`)
	write(t, filepath.Join(dir, "people.csv"), "customer_id,MasterRecordId,family_name\n1,2,Berg\n2,3,Carlsen\n3,,Duarte\n4,,Eklund\n")
	run(t, cfg, options())
	key := func(id string) int64 { return schemas.CustomerKey("crm", id) }
	if a, b := customersOf(t, cfg, key("1"), key("3")); a != b {
		t.Errorf("1 and 3 are customers %d and %d", a, b)
	}
	if a, b := customersOf(t, cfg, key("3"), key("4")); a == b {
		t.Error("3 and 4 are one customer")
	}
}
