package dedupe

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// spelling is a name in its own script and the group of its spellings.
type spelling struct{ native, group string }

// readSpellings reads names in native scripts, by script, and the Latin
// spellings of each group.
func readSpellings(t *testing.T) (native map[string][]spelling, latin map[string][]string) {
	t.Helper()
	native, latin = map[string][]spelling{}, map[string][]string{}
	scripts := map[string]*unicode.RangeTable{"Cyrillic": unicode.Cyrillic, "Greek": unicode.Greek, "Georgian": unicode.Georgian,
		"Armenian": unicode.Armenian, "Hebrew": unicode.Hebrew, "Arabic": unicode.Arabic, "Hangul": unicode.Hangul,
		"Devanagari": unicode.Devanagari, "Bengali": unicode.Bengali}
	for _, name := range []string{"common-forenames-by-country.csv", "common-surnames-by-country.csv"} {
		text, err := os.ReadFile("../../shared/data/people/popular_names_by_country/" + name)
		if err != nil {
			t.Skip("shared data are absent: ", err)
		}
		rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		group, own, roman := slices.Index(rows[0], "Name Group"), slices.Index(rows[0], "Localized Name"), slices.Index(rows[0], "Romanized Name")
		for _, row := range rows[1:] {
			if row[roman] != "" {
				latin[name+row[group]] = append(latin[name+row[group]], plainName(row[roman]))
			}
			for script, table := range scripts {
				if strings.ContainsFunc(row[own], func(r rune) bool { return unicode.Is(table, r) }) {
					native[script] = append(native[script], spelling{plainName(row[own]), name + row[group]})
				}
			}
		}
	}
	return native, latin
}

func plainName(s string) string { return strings.ReplaceAll(Fold(s), " ", "") }

// nearest are the names closest to one: by edits, of equal ones those that
// sound alike first; by its skeleton where it is bare of vowels.
func nearest(e *editor, names []string, to string, bare bool, most int) []string {
	type near struct {
		name  string
		edits int
	}
	list := make([]near, len(names))
	sound := soundOf([]byte(to))
	for i, name := range names {
		list[i] = near{name, 2 * e.distance([]byte(name), []byte(to))}
		if bare {
			list[i].edits = 2 * skeletonDistance([]byte(to), []byte(name))
		}
		if soundOf([]byte(name)) != sound {
			list[i].edits++
		}
	}
	slices.SortFunc(list, func(a, b near) int { return cmp.Or(cmp.Compare(a.edits, b.edits), cmp.Compare(a.name, b.name)) })
	var found []string
	for _, n := range list[:min(most, len(list))] {
		found = append(found, n.name)
	}
	return found
}

// TestScripts holds what was measured (docs/matching.md). It looks names in their own script up among all Latin spellings:
// the right one is to be among the five nearest.
func TestScripts(t *testing.T) {
	t.Parallel()
	native, latin := readSpellings(t)
	var names []string
	for _, spellings := range latin {
		names = append(names, spellings...)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	var e editor
	floors := map[string]float64{"Devanagari": 1, "Bengali": .8, "Cyrillic": .97, "Greek": .95, "Georgian": .97, "Armenian": 1, "Hangul": .93,
		"Arabic": .95, "Hebrew": .95}
	for script, floor := range floors {
		found, total := 0, 0
		var misses []string
		for _, s := range native[script] {
			total++
			hits := nearest(&e, names, s.native, script == "Arabic" || script == "Hebrew", 5)
			if slices.ContainsFunc(latin[s.group], func(name string) bool { return slices.Contains(hits, name) }) {
				found++
			} else {
				misses = append(misses, s.native+"/"+strings.Join(latin[s.group], "|"))
			}
		}
		recall := float64(found) / float64(max(total, 1))
		t.Logf("%s: recall@5 %.3f of %d names among %d; missed %s", script, recall, total, len(names), strings.Join(misses, " "))
		if recall < floor {
			t.Errorf("%s: recall@5 %.3f, floor %.3f", script, recall, floor)
		}
	}
}
