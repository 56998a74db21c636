package sample_test

import (
	"context"
	"os"
	"path/filepath"
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

func TestContractsParse(t *testing.T) {
	dir := generate(t, 1, 1, 1)
	files, err := filepath.Glob(filepath.Join(dir, "contracts", "*.yaml"))
	if err != nil || len(files) != 24 {
		t.Fatalf("%d contracts, %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := schemas.ParseContract(file, text); err != nil {
			t.Error(err)
		}
	}
}
