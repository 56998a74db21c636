package transform_test

import (
	"os"
	"path/filepath"
	"testing"

	"loadstar/schemas"
	"loadstar/transform"
)

func TestProjectContractsPlan(t *testing.T) {
	files, err := filepath.Glob("../testdata/projects/*/contracts/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("found %d contracts, %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c, err := schemas.ParseContract(file, text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := transform.NewPlan(c, transform.Defaults{}); err != nil {
			t.Error(err)
		}
	}
}
