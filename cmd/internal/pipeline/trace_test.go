package pipeline_test

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/pipeline"
	"loadstar/load"
	"loadstar/load/publish"
	"loadstar/schemas"
)

// nested is a project of one feed of orders with their lines.
func nested(t *testing.T) (config.Config, string) {
	t.Helper()
	return oneFeed(t, "orders", `jsonl: "orders.jsonl"`, "store", `  - {property: error_share, value: 1}
`, `  - name: orders
    customProperties: [{property: entity, value: order}]
    properties:
      - {name: order_id, primaryKey: true}
      - {name: total_amount, logicalType: number, required: true}
  - name: lines
    customProperties: [{property: entity, value: order_line}, {property: path, value: lines}]
    properties:
      - {name: order_id, primaryKey: true, customProperties: [{property: from, value: ../order_id}]}
      - {name: line_id, primaryKey: true}
      - {name: quantity, logicalType: number, required: true}
`)
}

// TestNestedRejects refuses several elements of one record: each is counted,
// and a trace of the record tells of each.
func TestNestedRejects(t *testing.T) {
	t.Parallel()
	cfg, dir := nested(t)
	write(t, filepath.Join(dir, "orders.jsonl"),
		`{"order_id":"1","total_amount":10,"lines":[{"line_id":1,"quantity":2},{"line_id":2,"quantity":"many"},{"line_id":3,"quantity":"few"}]}
{"order_id":"2","total_amount":"much","lines":[{"line_id":1,"quantity":"none"},{"line_id":2,"quantity":1}]}
`)
	r := run(t, cfg, options())
	balanced(t, r)
	if f := r.Feeds[0]; f.Read != 7 || f.Loaded != 3 || f.Quarantined != 4 {
		t.Errorf("read %d, loaded %d, quarantined %d; want 7, 3, 4", f.Read, f.Loaded, f.Quarantined)
	}
	var found []pipeline.Traced
	withReader(t, cfg, func(v publish.Version, r *load.Reader) {
		var err error
		if found, err = pipeline.Trace(context.Background(), cfg, v, r, schemas.Place{File: "orders.jsonl", Row: 1}); err != nil {
			t.Fatal(err)
		}
	})
	if len(found) != 1 || len(found[0].Violations) != 2 {
		t.Fatalf("traced %+v", found)
	}
	var fates []string
	for _, f := range found[0].Fates {
		fates = append(fates, f.Entity+" "+f.Outcome)
	}
	slices.Sort(fates)
	if want := []string{"order loaded", "order_line loaded"}; !slices.Equal(fates, want) {
		t.Errorf("fates %v, want %v", fates, want)
	}
}
