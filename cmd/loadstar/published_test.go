package main_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"loadstar/load"
	"loadstar/load/publish"
)

// TestPlaceCarriesNoMeaning runs the job in three time zones and two locales:
// equal digests.
func TestPlaceCarriesNoMeaning(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the job several times")
	}
	want := ""
	for _, place := range []struct{ zone, locale string }{
		{"UTC", "C"}, {"America/New_York", "de_DE.UTF-8"}, {"Asia/Tokyo", "C"},
	} {
		dir := sampleCompany(t)
		for _, args := range [][]string{{"run", "-C", dir, "--as-of", "2026-03-31"}, {"run", "-C", dir}} {
			cmd := loadstar(args...)
			cmd.Env = append(cmd.Env, "TZ="+place.zone, "LC_ALL="+place.locale, "LANG="+place.locale)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%s, %s: %v\n%s", place.zone, place.locale, err, out)
			}
		}
		switch got := say(t, 0, "digest", "-C", dir); want {
		case "":
			want = got
		case got:
		default:
			t.Errorf("%s, %s gives\n%s\nwant\n%s", place.zone, place.locale, got, want)
		}
	}
}

// open opens the current version as any reader does.
func open(t *testing.T, w publish.Warehouse) (*load.Reader, publish.Version) {
	t.Helper()
	v, err := w.Current()
	if err != nil {
		t.Fatal(err)
	}
	r, err := load.OpenReader(context.Background(), filepath.Join(v.Dir, publish.WarehouseFile), filepath.Join(v.Dir, publish.ODSFile))
	if err != nil {
		t.Fatalf("version %d does not open: %v", v.Number, err)
	}
	return r, v
}

// lookAt asks a version which run made it and how many customers it has, in
// the published table and in the one it comes from.
func lookAt(t *testing.T, r *load.Reader) (run, customers string) {
	t.Helper()
	_, rows, err := r.Rows(context.Background(), `select
    (select run_id from main.about),
    (select count(*) from main.dim_customer where customer_key > 0),
    (select count(distinct customer_key) from ods.idn.source_record)`, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1 || rows[0][1] != rows[0][2] || rows[0][1] == "0" {
		t.Fatalf("half a state: run, customers, customers of the records are %v", rows)
	}
	return rows[0][0], rows[0][1]
}

// TestReadersDuringRuns polls the published files while other processes run,
// and holds one version open throughout: no open is refused, no half state is
// seen, no run fails.
func TestReadersDuringRuns(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the job several times")
	}
	dir := sampleCompany(t)
	say(t, 0, "run", "-C", dir, "--as-of", "2026-03-31")
	w := publish.Warehouse{Dir: filepath.Join(dir, "warehouse")}
	held, first := open(t, w)
	_, customers := lookAt(t, held)
	seen := map[int64]string{}
	polls := 0
	for _, args := range [][]string{{"run", "-C", dir}, {"run", "-C", dir, "--full"}, {"run", "-C", dir, "--full"}, {"run", "-C", dir, "--full"}} {
		cmd := loadstar(args...)
		cmd.Stdout, cmd.Stderr = io.Discard, os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- cmd.Wait() }()
		for running := true; running; polls++ {
			select {
			case err := <-done:
				if err != nil {
					t.Fatalf("loadstar %v: %v", args, err)
				}
				running = false
			default:
			}
			r, v := open(t, w)
			_, n := lookAt(t, r)
			if was, known := seen[v.Number]; known && was != n {
				t.Errorf("version %d had %s customers and has %s", v.Number, was, n)
			}
			seen[v.Number] = n
			if err := r.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if polls < 5 || len(seen) < 4 {
		t.Errorf("%d looks saw versions %v: the test tests nothing", polls, seen)
	}
	if _, now := lookAt(t, held); now != customers {
		t.Errorf("version %d, held open, had %s customers and has %s", first.Number, customers, now)
	}
	if err := held.Close(); err != nil {
		t.Fatal(err)
	}
}
