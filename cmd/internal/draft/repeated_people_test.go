package draft_test

import (
	"strings"
	"testing"
)

// TestRepeatedPeople: a list that reads as customers is told of where the same
// people come again beside other numbers, and not where each comes once.
func TestRepeatedPeople(t *testing.T) {
	t.Parallel()
	const header = "No;First Name;Last Name;Email;Phone;Zzq;Zzr\n"
	once := header + rows(100, 160, "#;Ada;Bergman;ada#@example.org;+44 7700 900#;1#;2026-01-05")
	again := header + rows(100, 130, "1#;Ada;Bergman;ada#@example.org;+44 7700 900#;1#;2026-01-05\n2#;Ada;Bergman;ada#@example.org;+44 7700 900#;3#;2026-02-05")
	for name, c := range map[string]struct {
		text  string
		tells bool
	}{"once": {once, false}, "again": {again, true}} {
		_, r, err := drops(t, map[string]string{"people.csv": c.text})
		if err != nil {
			t.Fatal(name, err)
		}
		notes := strings.Join(r.Notes, "\n")
		if got := strings.Contains(notes, `people: its rows are taken for customers, but the same "Email" comes on several`); got != c.tells {
			t.Errorf("%s: told %t, want %t: %s", name, got, c.tells, notes)
		}
	}
}
