package recognise

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"loadstar/schemas"
)

// lexicon knows the words of the shipped tables by what they are cut to: the
// headers of old databases hold a few letters of each word.
type lexicon struct {
	count map[string]int      // in how many labels of the tables a word stands
	langs map[string][]string // languages of a word
	cut   map[string][]string // words by their first letters
	bare  map[string][]string // words by their letters without vowels
}

func newLexicon() *lexicon {
	return &lexicon{count: map[string]int{}, langs: map[string][]string{}, cut: map[string][]string{}, bare: map[string][]string{}}
}

// fewestLetters is how many letters of a word must be left for it to be known
// by them.
const fewestLetters = 3

func (l *lexicon) add(label, language string) {
	for _, w := range HeaderTokens(label) {
		l.count[w]++
		if !slices.Contains(l.langs[w], language) {
			l.langs[w] = append(l.langs[w], language)
		}
		if l.count[w] > 1 || !isLatin(w) {
			continue
		}
		for n := fewestLetters; n < len(w); n++ {
			l.cut[w[:n]] = append(l.cut[w[:n]], w)
		}
		if bare := withoutVowels(w); len(bare) >= fewestLetters && bare != w {
			l.bare[bare] = append(l.bare[bare], w)
		}
	}
}

func isLatin(word string) bool {
	return utf8.RuneCountInString(word) == len(word) && strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") == ""
}

// withoutVowels keeps the first letter and the consonants, of two equal ones side
// by side one.
func withoutVowels(word string) string {
	var b strings.Builder
	for i := range len(word) {
		if i == 0 || !strings.ContainsRune("aeiouy", rune(word[i])) && word[i] != word[i-1] {
			b.WriteByte(word[i])
		}
	}
	return b.String()
}

// longForms lists what a part of a header can be short for, likeliest first: a
// word, one that the tables name an abbreviation of, one that begins so, one
// whose consonants they are.
func (t *WordTables) longForms(part string) []longForm {
	const most = 6
	var found []longForm
	add := func(sure int, words ...string) {
		slices.SortFunc(words, func(a, b string) int {
			return cmp.Or(cmp.Compare(t.lexicon.count[b], t.lexicon.count[a]), cmp.Compare(a, b))
		})
		for _, w := range words {
			if !slices.ContainsFunc(found, func(f longForm) bool { return f.word == w }) && len(found) < most {
				found = append(found, longForm{w, sure})
			}
		}
	}
	for _, long := range t.business.short[part] {
		add(3, long)
	}
	if t.lexicon.count[part] > 0 {
		add(3, part)
	}
	add(2, slices.Clone(t.lexicon.cut[part])...)
	byConsonants := 1
	if len(part) > fewestLetters {
		byConsonants = 2 // four of them are as good as the first letters
	}
	add(byConsonants, slices.Clone(t.lexicon.bare[part])...)
	return found
}

// longForm is a word that a part of a header may be short for.
type longForm struct {
	word string
	sure int // 3 a word or a listed abbreviation, 2 its first letters or four consonants, 1 three of them
}

// reading is a header, or a name, with its words written out.
type reading struct {
	words []string
	sure  int
	half  bool // a word of it is left out
}

// in counts the words that a language has.
func (r reading) in(l *lexicon, language string) int {
	n := 0
	for _, w := range r.words {
		if slices.Contains(l.langs[w], language) {
			n++
		}
	}
	return n
}

// readings lists how the words of a code can be written out, likeliest first.
func (t *WordTables) readings(tokens []string) []reading {
	const most = 40
	if len(tokens) == 1 {
		return t.glued(tokens[0])
	}
	if len(tokens) == 0 {
		return nil
	}
	list := []reading{{}}
	for _, token := range tokens {
		own := []reading{}
		for _, f := range t.longForms(token) {
			own = append(own, reading{words: []string{f.word}, sure: f.sure})
		}
		if t.lexicon.count[token] == 0 {
			own = append(own, t.glued(token)...)
		}
		if len(own) == 0 {
			return nil // a word that stands for nothing may change what the others mean
		}
		var next []reading
		for _, r := range own {
			for _, before := range list {
				next = append(next, reading{words: slices.Concat(before.words, r.words), sure: before.sure + r.sure, half: before.half || r.half})
			}
		}
		slices.SortStableFunc(next, bySureness)
		list = next[:min(len(next), most)]
	}
	return list
}

func bySureness(a, b reading) int { return cmp.Compare(b.sure, a.sure) }

// glued parts a word in two that stand for words each, at last for one of
// them: whose the column is may stand in no table. A word that is cut late
// stands for its whole.
func (t *WordTables) glued(token string) []reading {
	const shortest, longest = 4, 14
	if len(token) < shortest || len(token) > longest || !isLatin(token) {
		return nil
	}
	var list, halves []reading
	for _, w := range t.longForms(token) {
		list = append(list, reading{words: []string{w.word}, sure: w.sure + 2})
	}
	for at := 2; at <= len(token)-2; at++ {
		for _, a := range t.longForms(token[:at]) {
			for _, b := range t.longForms(token[at:]) {
				if a.sure < 2 || b.sure < 2 {
					continue
				}
				list = append(list, reading{words: []string{a.word, b.word}, sure: a.sure + b.sure})
				if at >= fewestLetters || len(t.business.short[token[:at]]) > 0 {
					halves = append(halves, reading{words: []string{b.word}, sure: a.sure + b.sure, half: true})
				}
				if len(token)-at >= fewestLetters || len(t.business.short[token[at:]]) > 0 {
					halves = append(halves, reading{words: []string{a.word}, sure: a.sure + b.sure, half: true})
				}
			}
		}
	}
	const most, mostHalves = 40, 12
	slices.SortStableFunc(list, bySureness)
	slices.SortStableFunc(halves, bySureness)
	seen := map[string]bool{}
	halves = slices.DeleteFunc(halves, func(r reading) bool {
		isAgain := seen[r.words[0]]
		seen[r.words[0]] = true
		return isAgain
	})
	return append(list[:min(len(list), most)], halves[:min(len(halves), mostHalves)]...)
}

// SpellOut notes for the columns of a table what their headers say where they
// are codes (FECFAC, CUST_NM): the likeliest words that name a field which the
// values fit. Headers that are understood as they stand keep their words. names
// are those of the table.
func (j *Judge) SpellOut(columns []*Profile, names []string) {
	shared := sharedEnds(columns, names)
	language := j.Tables.languageOf(columns)
	small := map[*Profile]string{} // words written small and parted by nothing may be words of any kind
	for _, p := range columns {
		tokens := HeaderTokens(p.Name)
		if p.Filled == 0 || len(tokens) == 0 || !isCode(p.Name) || j.meansSomething(p.Name, p) {
			continue
		}
		isSmall := len(tokens) == 1 && p.Name == strings.ToLower(p.Name)
		readings := j.Tables.readings(tokens)
		if isSmall {
			readings = slices.DeleteFunc(readings, func(r reading) bool { return len(r.words) < 2 })
		}
		slices.SortStableFunc(readings, func(a, b reading) int {
			if a.half != b.half {
				return map[bool]int{true: 1, false: -1}[a.half]
			}
			return cmp.Or(bySureness(a, b), cmp.Compare(b.in(j.Tables.lexicon, language), a.in(j.Tables.lexicon, language)))
		})
		for _, f := range j.Tables.longForms(withoutEnd(tokens[0], shared)) {
			if len(tokens) == 1 && f.sure > 1 && !isSmall {
				readings = append(readings, reading{words: []string{f.word}, sure: f.sure})
			}
		}
		isTyped := max(p.dateShare(), p.numberShare(), p.share(isEmail), p.share(isPhone)) >= fitsField
		for _, r := range readings {
			if r.half && !isTyped {
				continue // texts fit too much
			}
			if text := strings.Join(r.words, " "); j.meansSomething(text, p) {
				if p.says = text; isSmall {
					p.says, small[p] = "", text
				}
				break
			}
		}
	}
	const fewest = 3
	for p, text := range small {
		if len(small) >= fewest {
			p.says = text
		}
	}
}

// languageOf is the language that most headers can be written out in.
func (t *WordTables) languageOf(columns []*Profile) string {
	votes := map[string]int{}
	for _, p := range columns {
		seen := map[string]bool{}
		for _, r := range t.readings(HeaderTokens(p.Name)) {
			for _, language := range t.lexicon.langs[r.words[0]] {
				if !r.half && r.in(t.lexicon, language) == len(r.words) {
					seen[language] = true
				}
			}
		}
		for language := range seen {
			votes[language]++
		}
	}
	best := ""
	for language, n := range votes {
		if n > votes[best] || n == votes[best] && language < best {
			best = language
		}
	}
	return best
}

// isCode says whether a header is written as codes are: in letters of one
// size, its words joined or parted by underscores.
func isCode(header string) bool {
	return !strings.ContainsAny(header, " .") && (header == strings.ToUpper(header) || header == strings.ToLower(header))
}

// meansSomething says whether a text names a field that the values of a column
// fit.
func (j *Judge) meansSomething(text string, p *Profile) bool {
	for _, g := range headerMeanings(text, j.Tables) {
		if g.sure < 2 || g.meaning == MeansOther {
			continue
		}
		if _, ok := j.recogniser().fits(g.meaning, p); ok {
			return true
		}
	}
	return slices.ContainsFunc(j.fieldsNamed(text), func(f schemas.Field) bool {
		_, ok := j.fitsField(f, p)
		return ok
	})
}

// fieldsNamed lists the fields of all entities that a text is surely a word for.
func (j *Judge) fieldsNamed(text string) []schemas.Field {
	if found, ok := j.named[text]; ok {
		return found
	}
	var found []schemas.Field
	for _, e := range j.entities {
		for _, g := range j.Tables.headerFields(text, e) {
			f, _ := e.Field(g.Field)
			isKnown := slices.ContainsFunc(found, func(o schemas.Field) bool { return o.Name == f.Name && o.Type == f.Type })
			if g.Sure >= 2 && !isKnown {
				found = append(found, f)
			}
		}
	}
	j.named[text] = found
	return found
}

// sharedEnds lists the letters with which several headers of a table begin or
// end: they say whose columns they are. Two do where the table's name begins so.
func sharedEnds(columns []*Profile, names []string) []string {
	const shortest, longest, fewest = 2, 5, 3
	count := map[string]int{}
	for _, p := range columns {
		tokens := HeaderTokens(p.Name)
		if len(tokens) != 1 || !isCode(p.Name) || !isLatin(tokens[0]) {
			continue
		}
		for n := shortest; n <= min(longest, len(tokens[0])-shortest); n++ {
			count[tokens[0][:n]+"-"]++
			count["-"+tokens[0][len(tokens[0])-n:]]++
		}
	}
	var list []string
	for end, n := range count {
		isCalled := len(names) > 0 && len(end) > fewestLetters && strings.HasPrefix(Fold(names[0]), strings.Trim(end, "-"))
		if n >= fewest || isCalled && n > 1 {
			list = append(list, end)
		}
	}
	slices.SortFunc(list, func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
	})
	return list
}

// withoutEnd takes a shared beginning or end off a header.
func withoutEnd(token string, ends []string) string {
	for _, end := range ends {
		rest, ok := token, false
		if first, isFirst := strings.CutSuffix(end, "-"); isFirst {
			rest, ok = strings.CutPrefix(token, first)
		} else {
			rest, ok = strings.CutSuffix(token, end[1:])
		}
		if ok && len(rest) >= 2 {
			return rest
		}
	}
	return ""
}
