package pipeline_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loadstar/cmd/internal/badfeeds"
	"loadstar/cmd/internal/pipeline"
	"loadstar/schemas/fault"
)

// badProject writes a project with one feed for each case, and returns the
// feeds' names by that of their case.
func badProject(t *testing.T, cases []badfeeds.Case) (string, map[string]string) {
	t.Helper()
	dir := t.TempDir()
	config := "version: 1\ncompany: {name: Bad, time_zone: UTC, currency: EUR, country: DE}\nfeeds:\n"
	feeds := map[string]string{}
	for i, c := range cases {
		feed := fmt.Sprintf("bad_%d", i)
		feeds[c.Name] = feed
		content, err := c.Content()
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(feed, c.File)
		config += fmt.Sprintf("  %s: {contract: %s.yaml, from: {%s: %q}}\n", feed, feed, c.Format, file)
		contract := strings.Replace(c.Contract, "\nname: invoices\n", "\nname: "+feed+"\n", 1)
		for path, text := range map[string]string{file: string(content), feed + ".yaml": contract} {
			path = filepath.Join(dir, path)
			if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "loadstar.yaml"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, feeds
}

func badCases(t *testing.T, names ...string) []badfeeds.Case {
	t.Helper()
	var found []badfeeds.Case
	for _, c := range badfeeds.Cases() {
		for _, name := range names {
			if c.Name == name {
				found = append(found, c)
			}
		}
	}
	if len(found) != len(names) {
		t.Fatalf("found %d of %d cases", len(found), len(names))
	}
	return found
}

// TestBadDeliveriesEndToEnd loads one case of each kind of file into a
// warehouse: what the decoder counts is what the database holds.
func TestBadDeliveriesEndToEnd(t *testing.T) {
	t.Parallel()
	cases := badCases(t, "csv/ragged-short", "csv/repeated-header", "csv/totals-wrong", "encoding/mojibake", "excel/totals-formula-stale",
		"excel/error", "jsonl/cut", "nested/one-bad", "fixed/cut", "trailer/right", "arrow/five-places", "parquet/five-places", "packed/zip", "value/amount-other-currency")
	dir, feeds := badProject(t, cases)
	report := run(t, configured(t, dir), options())
	for _, c := range cases {
		for _, f := range report.Feeds {
			if f.Feed != feeds[c.Name] {
				continue
			}
			rows := map[string]bool{}
			for _, bad := range c.Want.Bad {
				at, _, _ := strings.Cut(bad, " ")
				rows[strings.TrimLeft(at, "Dat!ABCE")] = true
			}
			if f.Loaded != int64(c.Want.Loaded) || f.Quarantined != int64(len(rows)) || f.Excluded != int64(c.Want.Aside) {
				t.Errorf("%s: loaded %d, quarantined %d, excluded %d; expected %+v", c.Name, f.Loaded, f.Quarantined, f.Excluded, c.Want)
			}
		}
	}
	balanced(t, report)
}

// TestBadDeliveriesStopARun runs deliveries that are refused whole, or stopped
// at a gate: nothing is published.
func TestBadDeliveriesStopARun(t *testing.T) {
	t.Parallel()
	for _, c := range badCases(t, "packed/gzip-wrong-checksum", "header/renamed", "trailer/wrong-sum", "header/only", "rule/too-many-bad") {
		dir, _ := badProject(t, []badfeeds.Case{c})
		cfg := configured(t, dir)
		_, err := pipeline.Run(context.Background(), cfg, options())
		want := c.Want.Refused + c.Want.Gate
		if err == nil || !strings.Contains(err.Error(), want) || c.Want.Code != "" && fault.CodeOf(err) != c.Want.Code {
			t.Errorf("%s: error is %v, expected %s", c.Name, err, want)
		}
		if _, err := os.Stat(filepath.Join(cfg.Warehouse, "current")); err == nil {
			t.Errorf("%s: a version is published", c.Name)
		}
	}
}
