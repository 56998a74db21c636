package recognise

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"loadstar/transform"
)

//go:embed tables/*.tsv
var tableFiles embed.FS

// WordTables are the shipped tables; they never change once read.
type WordTables struct {
	headers       map[string][]headerWord // by folded text
	labels        []string                // the texts of headers, as written
	noise         map[string]bool
	other         map[string]bool
	event         map[string]bool // of dates: what somebody did or had done
	regions       map[string]bool // words for a part of a country
	counts        map[string]bool // words for how many there are of something
	histories     map[string]bool // words for a table of what became of something
	nulls         map[string]bool
	besideNumbers map[string]bool   // words for "no value" where they stand beside numbers or dates
	given         map[string]bool   // folded given names that no other table knows
	country       map[string]string // by kind and mark
	clean         *transform.Tables // which knows the words of dates
	business      businessWords
	lexicon       *lexicon
}

// headerWord is one thing that a header's text can mean.
type headerWord struct {
	meaning   Meaning
	languages []string
}

// ReadTables returns the shipped tables. They are shared and must not be
// changed.
func ReadTables() (*WordTables, error) { return readTables() }

var readTables = sync.OnceValues(func() (*WordTables, error) {
	clean, err := transform.LoadTables()
	if err != nil {
		return nil, err
	}
	t := &WordTables{
		clean: clean, headers: map[string][]headerWord{}, noise: map[string]bool{}, other: map[string]bool{}, event: map[string]bool{}, regions: map[string]bool{}, counts: map[string]bool{}, histories: map[string]bool{},
		nulls: map[string]bool{}, besideNumbers: map[string]bool{}, given: map[string]bool{}, business: newBusinessWords(), country: map[string]string{}, lexicon: newLexicon(),
	}
	for name, add := range map[string]func([]string) error{
		"headers": t.addHeader, "words": t.addWords, "countries": t.addCountry,
		"fields": t.addField, "entities": t.addEntity, "stages": t.addStage, "values": t.addValue,
		"given": t.addGiven,
		"nulls": t.addNull,
	} {
		text, err := tableFiles.ReadFile("tables/" + name + ".tsv")
		if err != nil {
			return nil, fmt.Errorf("read table: %w", err)
		}
		for n, line := range strings.Split(string(text), "\n") {
			if line == "" || strings.HasPrefix(line, "# ") {
				continue
			}
			if err := add(strings.Split(line, "\t")); err != nil {
				return nil, fmt.Errorf("table %s, line %d: %w", name, n+1, err)
			}
		}
	}
	return t, nil
})

func (t *WordTables) addHeader(cells []string) error {
	if len(cells) != 3 {
		return fmt.Errorf("%d cells, want meaning, language and words", len(cells))
	}
	m := Meaning(cells[0])
	if !m.Known() {
		return fmt.Errorf("unknown meaning %q", m)
	}
	for _, label := range strings.Split(cells[2], "|") {
		key := FoldKey(label)
		known := slices.IndexFunc(t.headers[key], func(w headerWord) bool { return w.meaning == m })
		switch {
		case known < 0:
			t.headers[key] = append(t.headers[key], headerWord{m, []string{cells[1]}})
		case !slices.Contains(t.headers[key][known].languages, cells[1]):
			t.headers[key][known].languages = append(t.headers[key][known].languages, cells[1])
		}
		t.lexicon.add(label, cells[1])
		t.labels = append(t.labels, label)
	}
	return nil
}

func (t *WordTables) addWords(cells []string) error {
	if len(cells) != 2 {
		return fmt.Errorf("%d cells, want a kind and words", len(cells))
	}
	into, ok := map[string]map[string]bool{"noise": t.noise, "other": t.other, "region": t.regions, "event": t.event, "count": t.counts, "history": t.histories}[cells[0]]
	if !ok {
		return fmt.Errorf("unknown kind %q", cells[0])
	}
	for _, word := range strings.Fields(cells[1]) {
		into[word] = true
	}
	return nil
}

func (t *WordTables) addGiven(cells []string) error {
	if len(cells) != 2 {
		return fmt.Errorf("%d cells, want language and names", len(cells))
	}
	for _, name := range strings.Fields(cells[1]) {
		t.given[Fold(name)] = true
	}
	return nil
}

func (t *WordTables) addCountry(cells []string) error {
	if len(cells) != 3 {
		return fmt.Errorf("%d cells, want kind, mark and country", len(cells))
	}
	t.country[cells[0]+" "+cells[1]] = cells[2]
	return nil
}

// Month is the month that a name stands for, 0 where it is none.
func (t *WordTables) Month(name string) int { return t.clean.Month(name) }

// Fold writes letters small and without accents.
func Fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch r {
		case 'ß':
			b.WriteString("ss")
		case 'ł':
			b.WriteByte('l')
		case 'ø':
			b.WriteByte('o')
		case 'æ':
			b.WriteString("ae")
		case 'ı':
			b.WriteByte('i')
		default:
			if !unicode.Is(unicode.Mn, r) {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// FoldKey reduces a header to its letters and digits.
func FoldKey(s string) string { return strings.Join(HeaderTokens(s), "") }

// HeaderTokens cuts a header into folded words: at punctuation, where small
// letters meet large ones, and where letters meet digits.
func HeaderTokens(header string) []string {
	var spaced strings.Builder
	var before rune
	runes := []rune(header)
	for i, r := range runes {
		upper := unicode.IsUpper(r) && (unicode.IsLower(before) ||
			unicode.IsUpper(before) && i+1 < len(runes) && unicode.IsLower(runes[i+1]))
		digit := unicode.IsDigit(r) != unicode.IsDigit(before) && unicode.IsLetter(before) != unicode.IsLetter(r)
		if before != 0 && (upper || digit) {
			spaced.WriteByte(' ')
		}
		spaced.WriteRune(r)
		before = r
	}
	return strings.FieldsFunc(Fold(spaced.String()), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// addNull takes a word for "no value"; one that means something elsewhere says
// so in a second cell.
func (t *WordTables) addNull(cells []string) error {
	switch {
	case len(cells) == 1:
		t.nulls[cells[0]] = true
	case cells[1] == "beside numbers":
		t.besideNumbers[cells[0]] = true
	default:
		return fmt.Errorf("a word for no value is %q, want nothing or \"beside numbers\"", cells[1])
	}
	return nil
}
