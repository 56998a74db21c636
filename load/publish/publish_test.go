package publish_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loadstar/load/publish"
)

func warehouse(t *testing.T) publish.Warehouse {
	t.Helper()
	return publish.Warehouse{Dir: filepath.Join(t.TempDir(), "warehouse")}
}

// build publishes one version whose files hold the given text.
func build(t *testing.T, w publish.Warehouse, text string, after func(publish.Step)) int64 {
	t.Helper()
	var from *publish.Version
	if v, err := w.Current(); err == nil {
		from = &v
	}
	work, err := w.Prepare(from)
	if err != nil {
		t.Fatal(err)
	}
	number, err := w.Next()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{publish.WarehouseFile, publish.ODSFile} {
		if err := os.WriteFile(filepath.Join(work, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Publish(publish.Manifest{Format: 1, Version: number, Run: number}, []byte("{}\n"), after); err != nil {
		t.Fatal(err)
	}
	return number
}

func content(t *testing.T, w publish.Warehouse) string {
	t.Helper()
	v, err := w.Current()
	if errors.Is(err, publish.ErrNoVersion) {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	a, err := os.ReadFile(filepath.Join(v.Dir, publish.WarehouseFile))
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(v.Dir, publish.ODSFile))
	if err != nil {
		t.Fatal(err)
	}
	if string(a) != string(b) {
		t.Fatalf("half a version: %q and %q", a, b)
	}
	return string(a)
}

func TestPublishAndRollback(t *testing.T) {
	w := warehouse(t)
	first := build(t, w, "one", nil)
	second := build(t, w, "two", nil)
	if got := content(t, w); got != "two" {
		t.Fatalf("current holds %q", got)
	}
	if err := w.Point(first); err != nil {
		t.Fatal(err)
	}
	if got := content(t, w); got != "one" {
		t.Fatalf("after the rollback current holds %q", got)
	}
	if third := build(t, w, "three", nil); third != second+1 {
		t.Fatalf("run number %d after a rollback, want %d: numbers are never used twice", third, second+1)
	}
	if err := w.Point(99); err == nil || !strings.Contains(err.Error(), "1, 2, 3") {
		t.Fatalf("error %v, want one that lists what is kept", err)
	}
}

type stop struct{}

func TestKilledBehindEachStep(t *testing.T) {
	for step, want := range map[publish.Step]string{
		publish.StepLedger: "one", publish.StepVersion: "one", publish.StepPointer: "two",
	} {
		t.Run(string(step), func(t *testing.T) {
			w := warehouse(t)
			build(t, w, "one", nil)
			func() {
				defer func() {
					if _, ok := recover().(stop); !ok {
						t.Error("not stopped")
					}
				}()
				build(t, w, "two", func(at publish.Step) {
					if at == step {
						panic(stop{})
					}
				})
			}()
			if got := content(t, w); got != want {
				t.Fatalf("killed behind %q: current holds %q, want %q", step, got, want)
			}
			if number := build(t, w, "three", nil); number != 3 {
				t.Fatalf("the rerun has number %d, want 3: the killed run's number is spent", number)
			}
			if got := content(t, w); got != "three" {
				t.Fatalf("after the rerun current holds %q", got)
			}
		})
	}
}

func TestPublishRefusesUncheckpointedDatabase(t *testing.T) {
	w := warehouse(t)
	work, err := w.Prepare(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{publish.WarehouseFile, publish.ODSFile, publish.ODSFile + ".wal"} {
		if err := os.WriteFile(filepath.Join(work, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	err = w.Publish(publish.Manifest{Version: 1}, nil, nil)
	if err == nil || !strings.Contains(err.Error(), "checkpointed") {
		t.Fatalf("error %v", err)
	}
	if got := content(t, w); got != "" {
		t.Fatalf("published %q", got)
	}
}

func TestPrepareSweepsAndCopies(t *testing.T) {
	w := warehouse(t)
	build(t, w, "one", nil)
	if err := os.MkdirAll(w.Work(), 0o755); err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(w.Work(), "stage.duckdb.wal")
	if err := os.WriteFile(left, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	v, err := w.Current()
	if err != nil {
		t.Fatal(err)
	}
	work, err := w.Prepare(&v)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
		t.Error("a killed run's file is still there")
	}
	text, err := os.ReadFile(filepath.Join(work, publish.ODSFile))
	if err != nil || string(text) != "one" {
		t.Errorf("copy holds %q, %v", text, err)
	}
}

func TestCollectKeepsCurrent(t *testing.T) {
	w := warehouse(t)
	for range 5 {
		build(t, w, "x", nil)
	}
	if err := w.Point(1); err != nil {
		t.Fatal(err)
	}
	removed, err := w.Collect(2)
	if err != nil {
		t.Fatal(err)
	}
	if len(removed) != 2 || removed[0] != 2 || removed[1] != 3 {
		t.Errorf("removed %v, want 2 and 3", removed)
	}
}

func TestLock(t *testing.T) {
	w := warehouse(t)
	since := time.Date(2026, 4, 1, 6, 0, 0, 0, time.UTC)
	first, err := w.Acquire(publish.Holder{PID: 41, Host: "a", Run: 7, Since: since})
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Acquire(publish.Holder{PID: 42, Host: "b", Run: 8, Since: since})
	var locked *publish.LockedError
	if !errors.As(err, &locked) || locked.Holder.PID != 41 || !strings.Contains(err.Error(), "process 41 on a") {
		t.Fatalf("error %v, want one that names the holder", err)
	}
	if err := first.Release(); err != nil {
		t.Fatal(err)
	}
	second, err := w.Acquire(publish.Holder{PID: 42, Host: "b", Run: 8, Since: since})
	if err != nil {
		t.Fatal(err)
	}
	if second.TakenOver != nil {
		t.Errorf("a released lock counts as taken over from %v", second.TakenOver)
	}
	if err := second.Release(); err != nil {
		t.Fatal(err)
	}
	note := []byte(`{"pid":40,"host":"a","run":6,"since":"2026-04-01T05:00:00Z"}`)
	if err := os.WriteFile(filepath.Join(w.Dir, "run.lock"), note, 0o600); err != nil {
		t.Fatal(err)
	}
	third, err := w.Acquire(publish.Holder{PID: 43, Host: "b", Run: 9, Since: since})
	if err != nil {
		t.Fatal(err)
	}
	if third.TakenOver == nil || third.TakenOver.PID != 40 {
		t.Errorf("a dead holder's lock is taken over without saying so: %+v", third.TakenOver)
	}
}

// TestBloated: a file that grows faster than its rows is made afresh; growth by
// rows, and small files, are left alone.
func TestBloated(t *testing.T) {
	t.Parallel()
	const megabyte = 1 << 20
	for name, test := range map[string]struct {
		warehouse, ods, rows, freshRows int64
		want                            string
	}{
		"as large as its rows":       {600, 500, 2_000_000, 1_000_000, ""},
		"larger":                     {370, 630, 1_000_000, 1_000_000, publish.ODSFile},
		"larger than its rows":       {800, 500, 2_000_000, 1_000_000, publish.WarehouseFile},
		"larger, and fewer rows":     {400, 500, 1_000, 1_000_000, publish.WarehouseFile},
		"a little larger":            {370, 620, 1_000_000, 1_000_000, ""},
		"fresh rows are not known":   {900, 900, 1_000_000, 0, ""},
		"small, whatever its growth": {200, 200, 1_000, 1_000, ""},
	} {
		m := publish.Manifest{
			Rows:       map[string]int64{"warehouse.main.fact_touch": test.rows / 2, "ods.main.activity": test.rows - test.rows/2},
			Sizes:      map[string]int64{publish.WarehouseFile: test.warehouse * megabyte, publish.ODSFile: test.ods * megabyte},
			FreshSizes: map[string]int64{publish.WarehouseFile: 300 * megabyte, publish.ODSFile: 500 * megabyte},
			FreshRows:  test.freshRows,
		}
		if name == "small, whatever its growth" {
			m.FreshSizes = map[string]int64{publish.WarehouseFile: megabyte, publish.ODSFile: megabyte}
		}
		if got, _, _ := m.Bloated(); got != test.want {
			t.Errorf("%s: %q is bloated, want %q", name, got, test.want)
		}
	}
}
