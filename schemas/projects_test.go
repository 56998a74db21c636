package schemas_test

import (
	"os"
	"path/filepath"
	"testing"

	"loadstar/schemas"
)

func TestProjectContractsParse(t *testing.T) {
	files, err := filepath.Glob("../testdata/projects/*/contracts/*.yaml")
	if err != nil || len(files) < 10 {
		t.Fatalf("found %d contracts, %v", len(files), err)
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
