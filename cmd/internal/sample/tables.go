package sample

import (
	"embed"
	"fmt"
	"sort"
	"strings"
)

//go:embed tables/*.txt
var tableFiles embed.FS

// weighted is a list whose early entries are frequent: entry k has the weight
// 1/(k+flat), so a few names are common and many are rare.
type weighted[T any] struct {
	items []T
	upTo  []int
}

func newWeighted[T any](items []T, flat int) weighted[T] {
	w := weighted[T]{items: items}
	sum := 0
	for k := range items {
		sum += 1_000_000 / (k + flat)
		w.upTo = append(w.upTo, sum)
	}
	return w
}

func (w weighted[T]) pick(r *rng) T {
	at := r.below(w.upTo[len(w.upTo)-1])
	return w.items[sort.SearchInts(w.upTo, at+1)]
}

// name is one given or family name.
type name struct {
	latin  string
	native string // in its own script, "" = Latin
	short  []string
}

// culture is how names are made in one language.
type culture struct {
	code         string
	male, female weighted[name]
	family       weighted[name]
	head, tail   weighted[name]
	feminine     [][2]string // endings of family names that change for women
}

type city struct {
	country, name, region string
	areas                 []string
}

type street struct{ long, short string }

// tables are the frozen lists everything invented is drawn from.
type tables struct {
	cultures     map[string]culture
	cities       map[string][]city
	streetNames  map[string][]string
	streetTypes  map[string][]street
	companyFirst []string
	companyLast  []string
	companyForms map[string][]street
	mailDomains  weighted[string]
	mailWords    []string
	products     []product
}

func loadTables() (*tables, error) {
	t := &tables{
		cultures: map[string]culture{}, cities: map[string][]city{}, streetNames: map[string][]string{},
		streetTypes: map[string][]street{}, companyForms: map[string][]street{},
	}
	for _, code := range []string{"en", "de", "fr", "es", "it", "pl", "tr", "nordic", "ru", "el", "zh", "ar"} {
		lines, err := tableLines("names_" + code)
		if err != nil {
			return nil, err
		}
		t.cultures[code] = parseCulture(code, lines)
	}
	for _, load := range []func() error{t.loadPlaces, t.loadStreets, t.loadCompanies, t.loadMail, t.loadProducts} {
		if err := load(); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func tableLines(name string) ([]string, error) {
	text, err := tableFiles.ReadFile("tables/" + name + ".txt")
	if err != nil {
		return nil, fmt.Errorf("read table %s: %w", name, err)
	}
	var lines []string
	for _, line := range strings.Split(string(text), "\n") {
		if line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines, nil
}

// words splits a table line at blanks; an underscore stands for a blank.
func words(text string) []string {
	list := strings.Fields(text)
	for i := range list {
		list[i] = strings.ReplaceAll(list[i], "_", " ")
	}
	return list
}

func parseCulture(code string, lines []string) culture {
	c := culture{code: code}
	for _, line := range lines {
		key, rest, _ := strings.Cut(line, ": ")
		if key == "feminine" {
			for _, w := range words(rest) {
				from, to, _ := strings.Cut(w, "/")
				c.feminine = append(c.feminine, [2]string{from, to})
			}
			continue
		}
		var names []name
		for _, w := range words(rest) {
			parts := strings.Split(w, "/")
			n := name{short: parts[1:]}
			n.latin, n.native, _ = strings.Cut(parts[0], "=")
			names = append(names, n)
		}
		switch key {
		case "male":
			c.male = newWeighted(names, 8)
		case "female":
			c.female = newWeighted(names, 8)
		case "family":
			c.family = newWeighted(names, 10)
		case "head":
			c.head = newWeighted(names, 20)
		case "tail":
			c.tail = newWeighted(names, 10)
		}
	}
	return c
}

func (t *tables) loadPlaces() error {
	lines, err := tableLines("places")
	for _, line := range lines {
		p := strings.Split(line, "|")
		t.cities[p[0]] = append(t.cities[p[0]], city{p[0], p[1], p[2], strings.Fields(p[3])})
	}
	return err
}

func (t *tables) loadStreets() error {
	lines, err := tableLines("streets")
	for _, line := range lines {
		key, rest, _ := strings.Cut(line, ": ")
		country, what, _ := strings.Cut(key, " ")
		if what == "names" {
			t.streetNames[country] = words(rest)
			continue
		}
		t.streetTypes[country] = pairs(rest)
	}
	return err
}

func pairs(text string) []street {
	var list []street
	for _, w := range words(text) {
		long, short, both := strings.Cut(w, "/")
		if !both {
			short = long
		}
		list = append(list, street{long, short})
	}
	return list
}

func (t *tables) loadCompanies() error {
	lines, err := tableLines("companies")
	for _, line := range lines {
		key, rest, _ := strings.Cut(line, ": ")
		switch key {
		case "first":
			t.companyFirst = words(rest)
		case "second":
			t.companyLast = words(rest)
		default:
			country, _, _ := strings.Cut(key, " ")
			t.companyForms[country] = pairs(rest)
		}
	}
	return err
}

func (t *tables) loadMail() error {
	lines, err := tableLines("mail")
	for _, line := range lines {
		key, rest, _ := strings.Cut(line, ": ")
		if key == "personal" {
			t.mailDomains = newWeighted(words(rest), 3)
		} else {
			t.mailWords = words(rest)
		}
	}
	return err
}
