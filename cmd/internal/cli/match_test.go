package cli

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loadstar/cmd/internal/matchfile"
)

var update = flag.Bool("update", false, "write the golden files anew")

const matchData = "../../../testdata/match/"

// call runs one command line.
func call(args ...string) (code int, out, errOut string) {
	var o, e bytes.Buffer
	code = Run(args, strings.NewReader(""), &o, &e)
	return code, o.String(), e.String()
}

// TestMatchScreen compares what a person sees with the golden screen, but for
// the last line, which holds the time and the folder.
func TestMatchScreen(t *testing.T) {
	code, out, errOut := call("match", "--input", matchData+"persons_de.csv", "--truth", "Einheit", "--out", t.TempDir())
	if code != exitOK {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	got, _, _ := strings.Cut(out, "\nWritten in ")
	golden := matchData + "persons_de.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the screen is\n%s\nwant\n%s", got, want)
	}
}

func TestMatchJSON(t *testing.T) {
	dir := t.TempDir()
	code, out, errOut := call("match", "-i", matchData+"link_a.csv", "-i", matchData+"link_b.jsonl", "--truth-pairs", matchData+"link_pairs.csv",
		"--ignore", "entity", "--format", "json", "-o", dir)
	if code != exitOK {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	var r matchfile.Report
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Inputs) != 2 || r.Evaluation == nil || r.Evaluation.TruePairs != 55 || len(r.Files) != 5 {
		t.Errorf("report %s", out)
	}
}

func TestMatchExitCodes(t *testing.T) {
	damaged := filepath.Join(t.TempDir(), "x.xlsx")
	if err := os.WriteFile(damaged, []byte("PK\x03\x04 garbage"), 0o600); err != nil {
		t.Fatal(err)
	}
	in, out := matchData+"persons_de.csv", t.TempDir()
	for _, c := range []struct {
		code int
		says string
		args []string
	}{
		{exitUsage, "no input", []string{"--out", out}},
		{exitUsage, "no output folder", []string{"--input", in}},
		{exitUsage, "unknown flag", []string{"--nonsense"}},
		{exitUsage, "no such file", []string{"--input", "/nowhere.csv", "--out", out}},
		{exitUsage, `no file has a column "x"`, []string{"--input", in, "--map", "x=email", "--out", out}},
		{exitUsage, "--format", []string{"--input", in, "--format", "xml", "--out", out}},
		{exitUsage, "--threshold", []string{"--input", in, "--threshold", "NaN", "--out", out}},
		{exitUsage, "--one-to-one", []string{"--input", in, "--one-to-one=perhaps", "--out", out}},
		{exitUsage, "second --input", []string{"--input", in, "--one-to-one", "--out", out}},
		{exitUsage, "--workers", []string{"--input", in, "--workers", "-1", "--out", out}},
		{exitUsage, "--truth-pattern", []string{"--input", in, "--truth-pattern", "(", "--out", out}},
		{exitUsage, "extra", []string{"extra"}},
		{exitFailure, "workbook", []string{"--input", damaged, "--out", out}},
	} {
		code, _, errOut := call(append([]string{"match"}, c.args...)...)
		if code != c.code || !strings.Contains(errOut, c.says) {
			t.Errorf("match %q: exit %d, want %d: %s", c.args, code, c.code, errOut)
		}
	}
}

// TestMatchThreshold: more bits asked for, fewer merges.
func TestMatchThreshold(t *testing.T) {
	count := func(args ...string) int {
		code, out, errOut := call(append([]string{"match", "-i", matchData + "link_a.csv", "--format", "json", "-o", t.TempDir()}, args...)...)
		var r matchfile.Report
		if err := json.Unmarshal([]byte(out), &r); err != nil || code != exitOK {
			t.Fatalf("exit %d, %v: %s", code, err, errOut)
		}
		return r.Matching.Clusters
	}
	if low, high := count(), count("--threshold", "60"); high <= low {
		t.Errorf("%d clusters, %d at 60 bits", low, high)
	}
}
