package dedupe_test

import (
	"bufio"
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"loadstar/dedupe"
)

func shippedNames(t testing.TB) *dedupe.Names {
	t.Helper()
	n, err := dedupe.NewNames(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestNicknameGroups(t *testing.T) {
	n := shippedNames(t)
	for _, c := range []struct {
		a, b string
		want dedupe.VariantKind
	}{
		{"robert", "bob", dedupe.VariantNickname},
		{"robert", "bobby", dedupe.VariantNickname},
		{"bob", "bobby", dedupe.VariantNickname},
		{"robert", "albert", dedupe.VariantNone}, // both may be called Bert
		{"robert", "robert", dedupe.VariantNone},
		{"robert", "", dedupe.VariantNone},
		{"johannes", "hans", dedupe.VariantNickname},
		{"francisco", "paco", dedupe.VariantNickname},
		{"giuseppe", "beppe", dedupe.VariantNickname},
		{"guillaume", "gui", dedupe.VariantNickname},
		{"malgorzata", "gosia", dedupe.VariantNickname},
		{"katariina", "kati", dedupe.VariantNickname},
		{"mohammad", "md", dedupe.VariantNickname},
		{"oleksandr", "sashko", dedupe.VariantNickname},
		{"gheorghe", "ghita", dedupe.VariantNickname},
		{"yitzhak", "itzik", dedupe.VariantNickname},
		{"aleksandr", "sasha", dedupe.VariantNickname},
		{"cornelis", "kees", dedupe.VariantNickname},
		{"joao", "joaozinho", dedupe.VariantNickname},
		{"lars", "lasse", dedupe.VariantNickname},
		{"deborah", "debbi", dedupe.VariantNickname},   // spelling by ending
		{"oluwaseyi", "oluwa", dedupe.VariantNickname}, // cut short
		{"betty", "lizzie", dedupe.VariantNickname},
		{"anna", "peter", dedupe.VariantNone},
		{"maria", "mario", dedupe.VariantNone},
		{"paul", "paula", dedupe.VariantNone},
		{"john", "joan", dedupe.VariantNone},
		{"daniel", "danielle", dedupe.VariantNone},
	} {
		if got := n.Variant(c.a, c.b); got != c.want {
			t.Errorf("Variant(%s, %s) = %q, want %q", c.a, c.b, got, c.want)
		}
		if n.Variant(c.a, c.b) != n.Variant(c.b, c.a) {
			t.Errorf("Variant(%s, %s) is not symmetric", c.a, c.b)
		}
	}
}

func TestCanonical(t *testing.T) {
	n := shippedNames(t)
	for token, want := range map[string]string{
		"bob": "robert", "robert": "robert", "bill": "william", "jack": "john", "liz": "elizabeth",
		"hans": "johannes", "xqzt": "xqzt", "": "", "maggie": "margaret",
	} {
		if got := n.Canonical(token); got != want {
			t.Errorf("Canonical(%s) = %s, want %s", token, got, want)
		}
	}
	var none *dedupe.Names
	if none.Canonical("bob") != "bob" || none.Known("bob") || none.Variant("bob", "robert") != dedupe.VariantNone || none.Hash() != "" {
		t.Error("a nil Names knows something")
	}
}

// TestNicknameCoverage measures the table against a list others made.
func TestNicknameCoverage(t *testing.T) {
	file, err := os.Open("../../shared/data/people/nicknames/names.csv")
	if err != nil {
		t.Skip("shared data are absent: ", err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	n := shippedNames(t)
	hits, total := 0, 0
	var misses []string
	for _, row := range rows[1:] {
		a, b := dedupe.Fold(row[0]), dedupe.Fold(row[2])
		total++
		if n.Variant(a, b) != dedupe.VariantNone {
			hits++
		} else {
			misses = append(misses, a+"/"+b)
		}
	}
	t.Logf("%d of %d pairs (%.2f %%); missed: %s", hits, total, 100*float64(hits)/float64(total), strings.Join(misses, " "))
	if hits*1000 < total*960 {
		t.Errorf("%d of %d pairs are variants, want 96 %%", hits, total)
	}
}

// TestNicknameFalseVariants draws pairs of different first names evenly.
func TestNicknameFalseVariants(t *testing.T) {
	var tokens []string
	for _, name := range []string{"dist.female.first", "dist.male.first"} {
		file, err := os.Open("../../shared/data/people/us_census_1990_names/" + name)
		if err != nil {
			t.Skip("shared data are absent: ", err)
		}
		lines := bufio.NewScanner(file)
		for lines.Scan() {
			if fields := strings.Fields(lines.Text()); len(fields) > 0 {
				tokens = append(tokens, strings.ToLower(fields[0]))
			}
		}
		file.Close()
	}
	n := shippedNames(t)
	variants, total := 0, 0
	for i := 0; i < len(tokens); i += 2 {
		for _, b := range tokens[i+1:] {
			total++
			if n.Variant(tokens[i], b) != dedupe.VariantNone {
				variants++
			}
		}
	}
	t.Logf("%d of %d pairs (%.3f %%)", variants, total, 100*float64(variants)/float64(total))
	if variants*1000 > total {
		t.Errorf("%d of %d pairs of different names are variants, want 0.1 %% at most", variants, total)
	}
}

func BenchmarkVariant(b *testing.B) {
	n := shippedNames(b)
	pairs := [][2]string{{"robert", "bob"}, {"anna", "peter"}, {"unknownish", "peter"}, {"debbi", "deborah"}}
	b.ReportAllocs()
	for i := range b.N {
		p := pairs[i%len(pairs)]
		n.Variant(p[0], p[1])
	}
}
