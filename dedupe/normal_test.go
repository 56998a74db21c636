package dedupe_test

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"loadstar/dedupe"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"  O'Brien-Smith ": "obrien smith",
		"Łukasz Żółć":      "lukasz zolc",
		"Straße":           "strasse",
		"Åsa Øst":          "asa ost",
		"Анна Щукина":      "anna shchukina",
		"Γιώργος":          "giorgos",
		"李":                "李",
		"김민수":              "gimminsu",
		"さくら":              "sakura",
		"José":             "jose",
		"":                 "",
	} {
		if got := dedupe.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestFoldAsSQL: the names that load's macro src.latin is tested on too, so that SQL folds as Go does.
func TestFoldAsSQL(t *testing.T) {
	text, err := os.ReadFile("../testdata/match/folded.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
		name, want, _ := strings.Cut(line, ",")
		if got := dedupe.Fold(name); got != want {
			t.Errorf("Fold(%q) = %q, want %q", name, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Müller", "é́", "ẞ", "ǅ", "한국", "ｆｕｌｌ", "a\x00b", "\xff", "İI", "ＡＢ", "שלום"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := dedupe.Fold(s)
		if !utf8.ValidString(once) {
			t.Errorf("Fold(%q) is not UTF-8", s)
		}
		if twice := dedupe.Fold(once); twice != once {
			t.Errorf("Fold is not idempotent: %q, %q, %q", s, once, twice)
		}
	})
}
