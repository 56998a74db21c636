package pipeline_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestRunWithoutMarks: where the marks of delivered files can't be kept the run
// says so, and publishes.
func TestRunWithoutMarks(t *testing.T) {
	t.Parallel()
	cfg, dir := small(t, "")
	write(t, filepath.Join(dir, "people.csv"), people)
	if err := os.MkdirAll(filepath.Join(cfg.Warehouse, "landing", ".marks.json.next"), 0o750); err != nil {
		t.Fatal(err)
	}
	o := options()
	o.Now = func() time.Time { return time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC) } // marks of files of this moment are not kept
	r := run(t, cfg, o)
	if !slices.ContainsFunc(r.Warnings, func(w string) bool { return strings.Contains(w, "the next run reads all files again") }) {
		t.Errorf("warnings %q", r.Warnings)
	}
	expect(t, cfg, "select count(*) > 0 from dim_customer where customer_key > 0", "true")
}
