package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"loadstar/cmd/internal/draft"
	"loadstar/cmd/internal/matchfile"
	"loadstar/load"
)

// TestNoValueSteersTheTerminal prints names of files, sheets and columns that
// were made to.
func TestNoValueSteersTheTerminal(t *testing.T) {
	t.Parallel()
	const evil = "x\x1b[2Jy"
	var out bytes.Buffer
	question := draft.Question{Feed: "feed", Text: evil, Seen: []string{evil}, Answers: []string{evil}}
	if _, _, err := asker(strings.NewReader("1\n"), &out)(question); err != nil {
		t.Fatal(err)
	}
	w := &barWatcher{out: &out}
	w.Begin("read", evil, 1, "")
	w.End(1, 2*barDelay)
	w.Note(evil)
	spot := matchfile.Spot{Source: evil, Row: 1, Values: map[string]string{"name": evil}}
	printMatch(&out, matchfile.Report{
		Inputs:     []matchfile.InputReport{{Path: evil, Format: "excel", Sheet: evil, Delimiter: evil, Notes: []string{evil}}},
		Notes:      []string{evil},
		Evaluation: &matchfile.Evaluation{Truth: evil, Notes: []string{evil}, Misses: []matchfile.Example{{Left: spot, Right: spot, Why: evil}}},
	})
	if n := strings.Count(out.String(), "x\uFFFD[2Jy"); n < 12 || strings.Contains(out.String(), "\x1b") {
		t.Errorf("%d of the texts are shown:\n%q", n, out.String())
	}
}

func TestExportedIsNoFormula(t *testing.T) {
	t.Parallel()
	line := exported(load.Violation{File: "-a.csv", Sheet: "@s", Column: "+c", Reason: "=r", Value: "=cmd|'/c calc'!A1", Raw: `{"a":"=1"}`, Row: "7", Rule: "type.date"})
	for _, want := range []string{"'-a.csv", "'@s", "'+c", "'=r", "'=cmd|'/c calc'!A1", `{"a":"=1"}`, "7"} {
		if !slices.Contains(line, want) {
			t.Errorf("%q lacks %q", line, want)
		}
	}
}

func TestSheetsAreInertAndPrivate(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "list.csv")
	rows := [][]string{{"1", "=1+1"}, {"2", "Ann"}}
	if err := writeSheet(path, "list", nil, []string{"key", "name"}, rows); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if want := "key,name\n1,'=1+1\n2,Ann\n"; err != nil || string(text) != want {
		t.Errorf("%q, %v, want %q", text, err, want)
	}
	if rows[0][1] != "=1+1" {
		t.Error("the caller's rows were changed")
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if err := writeSheet(path, "list", nil, []string{"key"}, nil); err == nil {
		t.Error("a file that exists is overwritten")
	}
}
