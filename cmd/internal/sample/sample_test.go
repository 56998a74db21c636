package sample_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loadstar/cmd/internal/sample"
	"loadstar/schemas"
)

func generate(t *testing.T, customers, days int, seed uint64) string {
	t.Helper()
	dir := t.TempDir()
	if _, err := sample.Generate(context.Background(), sample.Options{Customers: customers, Days: days, Seed: seed, Out: dir}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// digests are the hashes of all files of a project.
func digests(t *testing.T, dir string) map[string]string {
	t.Helper()
	sums := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(text)
		name, err := filepath.Rel(dir, path)
		sums[filepath.ToSlash(name)] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sums
}

func TestSameOptionsSameBytes(t *testing.T) {
	one, two, other := digests(t, generate(t, 700, 2, 7)), digests(t, generate(t, 700, 2, 7)), digests(t, generate(t, 700, 2, 8))
	if len(one) != len(two) || len(one) < 60 {
		t.Fatalf("%d and %d files", len(one), len(two))
	}
	for name, sum := range one {
		if two[name] != sum {
			t.Errorf("%s differs between two runs", name)
		}
	}
	if one["feeds/crm/contacts_2026-03-31.csv"] == other["feeds/crm/contacts_2026-03-31.csv"] {
		t.Error("another seed gives the same contacts")
	}
}

func TestLaterDaysLeaveDayZeroAlone(t *testing.T) {
	one, three := digests(t, generate(t, 500, 1, 3)), digests(t, generate(t, 500, 3, 3))
	for name, sum := range one {
		if strings.Contains(name, "2026-03-31") && three[name] != sum {
			t.Errorf("%s depends on the number of days", name)
		}
	}
	if _, ok := three["feeds/crm/contacts_2026-04-02.csv"]; !ok {
		t.Error("the third day delivers no contacts")
	}
}

func TestSmallCompanies(t *testing.T) {
	for _, customers := range []int{1, 10, 200} {
		dir := generate(t, customers, 3, 1)
		for _, name := range []string{"loadstar.yaml", "feeds/billing.sqlite", "feeds/sales/leads_2026-04-02.xlsx", "truth/totals.csv", "truth/funnels.csv"} {
			if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
				t.Errorf("%d customers: %v", customers, err)
			}
		}
	}
}

func TestRefuses(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "diary.txt"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sample.Generate(ctx, sample.Options{Customers: 1, Days: 1, Out: dir}); !errors.Is(err, sample.ErrNotSample) {
		t.Errorf("a folder of another kind: error %v", err)
	}
	if _, err := sample.Generate(ctx, sample.Options{Customers: 0, Days: 1, Out: t.TempDir()}); err == nil {
		t.Error("no customers: no error")
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	again := t.TempDir()
	if _, err := sample.Generate(stopped, sample.Options{Customers: 10, Days: 1, Out: again}); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped run: error %v", err)
	}
	var done, total int64
	o := sample.Options{Customers: 10, Days: 1, Out: again, Progress: func(d, t int64) { done, total = d, t }}
	if _, err := sample.Generate(ctx, o); err != nil {
		t.Errorf("after a stopped run: %v", err)
	}
	if done != total || total != 10 {
		t.Errorf("progress ended at %d of %d", done, total)
	}
}

func TestContractsParse(t *testing.T) {
	dir := generate(t, 1, 1, 1)
	files, err := filepath.Glob(filepath.Join(dir, "contracts", "*.yaml"))
	if err != nil || len(files) != 29 {
		t.Fatalf("%d contracts, %v", len(files), err)
	}
	project, err := os.ReadFile(filepath.Join(dir, "loadstar.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c, err := schemas.ParseContract(file, text)
		if err != nil {
			t.Error(err)
			continue
		}
		if !strings.Contains(string(project), "  "+c.Feed+": {contract: contracts/"+filepath.Base(file)) {
			t.Errorf("loadstar.yaml does not list %s", c.Feed)
		}
	}
}
