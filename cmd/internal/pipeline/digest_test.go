package pipeline_test

import (
	"context"
	"testing"
	"time"

	"loadstar/load"
	"loadstar/load/publish"
)

// TestDigestsAreThoseOfTheFiles: what a version's manifest says of each table
// is what its files hold, however the run came by it.
func TestDigestsAreThoseOfTheFiles(t *testing.T) {
	t.Parallel()
	cfg := project(t, 150, 4)
	for day := range 4 {
		o := options()
		o.AsOf = time.Date(2026, 3, 31+day, 22, 59, 59, 999999000, time.UTC)
		if r := run(t, cfg, o); r.Unchanged || (day > 0 && r.Full) {
			t.Fatalf("day %d added nothing: %+v", day, r)
		}
		v := current(t, cfg)
		var digests []load.Digest
		withReader(t, cfg, func(_ publish.Version, r *load.Reader) {
			var err error
			if digests, err = r.Digests(context.Background()); err != nil {
				t.Fatal(err)
			}
		})
		counted := map[string]string{}
		for _, d := range digests {
			counted[d.Table] = d.Value
			if v.Manifest.Rows[d.Table] != d.Rows {
				t.Errorf("day %d: %s has %d rows, its manifest says %d", day, d.Table, d.Rows, v.Manifest.Rows[d.Table])
			}
		}
		same(t, "files and manifest", counted, v.Manifest.Digests)
	}
}
