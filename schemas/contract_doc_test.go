package schemas_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"loadstar/schemas"
)

const contractDoc = "../docs/contracts.md"

// TestContractDoc compares the lists of docs/contracts.md with the entities;
// -update writes them.
func TestContractDoc(t *testing.T) {
	text, err := os.ReadFile(contractDoc)
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "<!-- entities -->\n", "<!-- end of entities -->"
	before, rest, ok := strings.Cut(string(text), begin)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("%s has no place for the entities", contractDoc)
	}
	want := before + begin + entityLists(t) + end + after
	if want == string(text) {
		return
	}
	if !*update {
		t.Fatalf("%s differs from the entities: run go test ./schemas -run TestContractDoc -update", contractDoc)
	}
	if err := os.WriteFile(contractDoc, []byte(want), 0o600); err != nil {
		t.Fatal(err)
	}
}

func entityLists(t *testing.T) string {
	t.Helper()
	entities, err := schemas.Entities()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, e := range entities {
		fmt.Fprintf(&b, "\n### %s\n\n%s. One row: %s.\n\n| field | type | meaning |\n|---|---|---|\n", e.Name, e.Meaning, e.Grain)
		for _, f := range e.Fields {
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", f.Name, f.Type, strings.ReplaceAll(f.Meaning, "|", `\|`))
		}
	}
	return b.String() + "\n"
}

// TestContractWordsInDoc: the page tells of every word of a contract.
func TestContractWordsInDoc(t *testing.T) {
	text, err := os.ReadFile(contractDoc)
	if err != nil {
		t.Fatal(err)
	}
	words := schemas.ContractWords()
	if len(words) < 30 {
		t.Fatalf("only %d words", len(words))
	}
	for _, word := range words {
		if !strings.Contains(string(text), "`"+word+"`") {
			t.Errorf("%s does not tell of %s", contractDoc, word)
		}
	}
	for _, layout := range schemas.Periods() {
		if !strings.Contains(string(text), layout) {
			t.Errorf("%s does not tell of the layout %s", contractDoc, layout)
		}
	}
}
