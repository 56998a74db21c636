package pipeline_test

import (
	"maps"
	"path/filepath"
	"strings"
	"testing"
)

// TestPartition: lists that are kept side by side, a file each, are each the
// whole of their own rows. What goes from one to another stays, whichever is
// read first, what leaves all is gone, a file may be again what it was, and a
// rebuild gives the same.
func TestPartition(t *testing.T) {
	t.Parallel()
	cfg, dir := small(t, "  - {property: delivery, value: snapshot}\n  - {property: partition, value: file}\n  - {property: allow, value: [shrink]}\n")
	rows := map[string]string{}
	header, rest, _ := strings.Cut(people+"5,Eve,Fox,eve@example.com,1990-03-04\n", "\n")
	for _, line := range strings.SplitAfter(rest, "\n") {
		id, _, _ := strings.Cut(line, ",")
		rows[id] = line
	}
	list := func(ids string) string {
		text := header + "\n"
		for _, id := range strings.Fields(ids) {
			if rows[id] == "" {
				t.Fatalf("no row %s", id)
			}
			text += rows[id]
		}
		return text
	}
	for _, day := range []struct{ a, b, want string }{
		{"1 2 3", "4 5", "1 2 3 4 5"},
		{"1 2", "3 4 5", "1 2 3 4 5"},
		{"1 2 4", "3 5", "1 2 3 4 5"},
		{"1 4", "5", "1 4 5"},
		{"1 2 4", "5", "1 2 4 5"}, // as it was
	} {
		write(t, filepath.Join(dir, "people_a.csv"), list(day.a))
		write(t, filepath.Join(dir, "people_b.csv"), list(day.b))
		run(t, cfg, options())
		expect(t, cfg, "select string_agg(customer_id, ' ' order by customer_id) from ods.customer where not coalesce(is_deleted, false)", day.want)
	}
	added := maps.Clone(current(t, cfg).Manifest.Digests)
	o := options()
	o.Full = true
	run(t, cfg, o)
	same(t, "added and rebuilt", added, current(t, cfg).Manifest.Digests)
}
