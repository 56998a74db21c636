package transform

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"sync"
)

//go:embed tables/*.tsv
var tableFiles embed.FS

// Tables are the shipped word lists that the cleansers look things up in.
// They are frozen: nothing changes them after LoadTables.
type Tables struct {
	hash            string
	titles          map[string]titleWord
	suffixes        map[string]suffixWord
	particles       map[string]particle
	macNames        map[string]bool
	given           map[string]bool
	easternFamilies map[string]bool   // family names in Chinese, Japanese and Korean letters
	legalForms      map[string]string // any, last, weak
	orgWords        map[string]string // strong, weak
	countries       map[string]string // folded name or code -> alpha-2
	currencies      map[string]currency
	currencyWord    map[string]string // symbol or word -> code
	booleans        map[string]bool
	partyTypes      map[string]string
	placeholders    map[string]string // "kind text" -> kind
	unitWords       map[string]string
	streetWords     map[string]bool
	smallWords      map[string]bool
	positions       map[string]string // what somebody does: word, end
	dateWords       dateWords
	labels          rowLabels
	noValues        map[string]bool // lower case
}

type titleWord struct {
	canonical string
	needsDot  bool // a name as well: counts with a stop or before two words
}

type suffixWord struct{ canonical, kind string }

type particle struct{ kind, shown string }

type currency struct {
	code   string
	digits int // of the minor unit
}

// LoadTables returns the shipped tables.
func LoadTables() (*Tables, error) { return loadTables() }

// Hash names the content of all tables.
func (t *Tables) Hash() string { return t.hash }

var loadTables = sync.OnceValues(func() (*Tables, error) {
	names, err := fs.Glob(tableFiles, "tables/*.tsv")
	if err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	sum := sha256.New()
	rows := map[string][][]string{}
	for _, name := range names {
		text, err := tableFiles.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(text))
		sum.Write(text)
		rows[strings.TrimSuffix(strings.TrimPrefix(name, "tables/"), ".tsv")] = tableRows(string(text))
	}
	t := &Tables{hash: hex.EncodeToString(sum.Sum(nil))}
	if err := t.fill(rows); err != nil {
		return nil, err
	}
	return t, nil
})

func tableRows(text string) [][]string {
	var rows [][]string
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		rows = append(rows, strings.Split(line, "\t"))
	}
	return rows
}

func (t *Tables) fill(rows map[string][][]string) error {
	t.titles = map[string]titleWord{}
	for _, r := range rows["titles"] {
		for _, w := range strings.Fields(r[1]) {
			t.titles[w] = titleWord{r[0], len(r) > 2 && r[2] == "dot"}
		}
	}
	t.suffixes = map[string]suffixWord{}
	for _, r := range rows["suffixes"] {
		for _, w := range strings.Fields(r[2]) {
			t.suffixes[strings.ReplaceAll(w, ".", "")] = suffixWord{r[0], r[1]}
		}
	}
	t.particles = map[string]particle{}
	for _, r := range rows["particles"] {
		t.particles[r[0]] = particle{r[1], r[2]}
	}
	t.macNames = wordSet(rows["mac_names"])
	t.given = wordSet(rows["given_names"])
	t.easternFamilies = wordSet(rows["eastern_family_names"])
	t.streetWords = wordSet(rows["street_words"])
	t.smallWords = wordSet(rows["place_small_words"])
	t.orgWords = wordKinds(rows["organisation_words"])
	t.partyTypes = wordKinds(rows["party_types"])
	t.unitWords = wordKinds(rows["unit_words"])
	t.positions = wordKinds(rows["position_words"])
	t.legalForms = map[string]string{}
	for w, kind := range wordKinds(rows["legal_forms"]) {
		t.legalForms[strings.ReplaceAll(w, ".", "")] = kind
	}
	t.booleans = map[string]bool{}
	for w, kind := range wordKinds(rows["booleans"]) {
		t.booleans[w] = kind == "true"
	}
	t.placeholders = map[string]string{}
	for _, r := range rows["email_placeholders"] {
		t.placeholders[r[1]+" "+r[0]] = r[1]
	}
	t.labels.fill(rows["row_labels"])
	t.noValues = wordSet(rows["no_values"])
	t.fillCountries(rows["countries"])
	if err := t.dateWords.fill(rows); err != nil {
		return err
	}
	return t.fillCurrencies(rows["currencies"])
}

func (t *Tables) fillCountries(rows [][]string) {
	t.countries = map[string]string{}
	for _, r := range rows { // names first: no name may hide a code
		for _, name := range strings.Split(r[2], "|") {
			if key := foldWord(name); key != "" && t.countries[key] == "" {
				t.countries[key] = r[0]
			}
		}
	}
	for _, r := range rows {
		t.countries[foldWord(r[1])] = r[0]
	}
	for _, r := range rows {
		t.countries[foldWord(r[0])] = r[0]
	}
}

func (t *Tables) fillCurrencies(rows [][]string) error {
	t.currencies = map[string]currency{}
	t.currencyWord = map[string]string{}
	for _, r := range rows {
		digits, err := strconv.Atoi(r[1])
		if err != nil {
			return fmt.Errorf("read currency %s: %w", r[0], err)
		}
		t.currencies[r[0]] = currency{r[0], digits}
		t.currencyWord[strings.ToLower(r[0])] = r[0]
		for _, w := range strings.Split(r[2], "|") {
			if w != "" {
				t.currencyWord[w] = r[0]
			}
		}
	}
	return nil
}

func wordSet(rows [][]string) map[string]bool {
	set := make(map[string]bool, len(rows))
	for _, r := range rows {
		set[r[0]] = true
	}
	return set
}

func wordKinds(rows [][]string) map[string]string {
	kinds := make(map[string]string, len(rows))
	for _, r := range rows {
		kinds[r[0]] = r[1]
	}
	return kinds
}
