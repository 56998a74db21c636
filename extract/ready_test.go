package extract

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestReady(t *testing.T) {
	now := time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		rule           string
		files          []string
		ready, waiting string
	}{
		{"", []string{"a.csv", "b.csv.tmp"}, "a.csv b.csv.tmp", ""},
		{".done", []string{"a.csv", "a.csv.done", "b.csv", "b.done", "c.csv"}, "a.csv b.csv", "c.csv"},
		{"_SUCCESS", []string{"a.csv"}, "", "a.csv"},
		{"_SUCCESS", []string{"a.csv", "_SUCCESS"}, "a.csv", ""},
		{"90s", []string{"a.csv", "late.csv"}, "a.csv", "late.csv"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			dir := t.TempDir()
			for _, name := range c.files {
				at := now.Add(-2 * time.Minute)
				if strings.HasPrefix(name, "late") {
					at = now.Add(-time.Minute)
				}
				path := filepath.Join(dir, name)
				if err := os.WriteFile(path, nil, 0o600); err != nil {
					t.Fatal(err)
				}
				if err := os.Chtimes(path, at, at); err != nil {
					t.Fatal(err)
				}
			}
			rule, err := ParseReady(c.rule)
			if err != nil {
				t.Fatal(err)
			}
			files, err := Glob(dir, "*")
			if err != nil {
				t.Fatal(err)
			}
			ready, waiting, err := rule.Split(files, now)
			if err != nil || names(ready) != c.ready || names(waiting) != c.waiting {
				t.Errorf("ready %q, waiting %q, %v; expected %q and %q", names(ready), names(waiting), err, c.ready, c.waiting)
			}
		})
	}
	for _, rule := range []string{"*.done", "a/b", "-5s", "0s"} {
		if _, err := ParseReady(rule); err == nil {
			t.Errorf("rule %q is taken", rule)
		}
	}
}

func names(paths []string) string {
	var all []string
	for _, p := range paths {
		all = append(all, filepath.Base(p))
	}
	return strings.Join(all, " ")
}
