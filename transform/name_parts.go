package transform

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// splitSegments cuts a name at its commas and each piece at its spaces; a
// glued title ("Dr.Smith") is set apart.
func splitSegments(s string) [][]string {
	var segments [][]string
	for _, piece := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' }) {
		var words []string
		for _, w := range strings.Fields(piece) {
			if w = strings.Trim(w, "\"*_|"); !strings.ContainsFunc(w, isNameRune) {
				continue
			}
			words = append(words, splitGlued(w)...)
		}
		if len(words) > 0 {
			segments = append(segments, words)
		}
	}
	return segments
}

// isNameRune says whether a sign may be all there is of a word in a name: no
// stop, dash or picture is.
func isNameRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '&' || r == '+'
}

// splitGlued cuts "Dr.Smith" and "J.Smith" after the stop, but not "J.R.",
// "Dipl.-Ing." or "Ph.D.".
func splitGlued(w string) []string {
	i := strings.IndexByte(w, '.')
	if i <= 0 || i+1 >= len(w) {
		return []string{w}
	}
	next, _ := utf8.DecodeRuneInString(w[i+1:])
	rest := w[i+1:]
	if !unicode.IsLetter(next) || strings.ContainsRune(rest, '.') || utf8.RuneCountInString(rest) < 3 {
		return []string{w}
	}
	return []string{w[:i+1], rest}
}

func titleKey(w string) string {
	return strings.ReplaceAll(strings.ToLower(strings.Trim(w, ",")), ".", "")
}

func suffixKey(w string) string {
	return strings.ReplaceAll(strings.ToLower(strings.Trim(w, ",")), ".", "")
}

// takeTitles takes the titles off the front but leaves at least keep words.
func (t *Tables) takeTitles(words []string, keep int) (string, []string) {
	var titles []string
	for len(words) > keep {
		title, ok := t.titles[titleKey(words[0])]
		if !ok {
			break
		}
		bare := !strings.HasSuffix(words[0], ".")
		if title.needsDot && bare && len(words) < 3 && !(title.canonical == "Familie" && len(words) == 2) {
			break
		}
		// A title alone, or one that is a suffix as well ("Sr"), needs company.
		if len(words) == 1 && len(titles) == 0 && bare && !isCommonTitle(title.canonical) {
			break
		}
		titles = append(titles, title.canonical)
		words = words[1:]
		for len(words) > keep && isFaculty(words[0]) {
			titles = append(titles, strings.ToLower(words[0]))
			words = words[1:]
		}
	}
	return strings.Join(titles, " "), words
}

// titleBehind takes a form of address off the end of the given names, as lists of
// travellers write it: "MEIER, ANNA MRS". What may be an initial is none.
func (t *Tables) titleBehind(words []string) ([]string, string) {
	last := len(words) - 1
	if last < 1 || isInitial(words[last]) {
		return words, ""
	}
	title, ok := t.titles[titleKey(words[last])]
	if !ok || !isCommonTitle(title.canonical) || t.isGiven(words[last]) {
		return words, ""
	}
	return words[:last], title.canonical
}

// isFaculty tells what a doctorate is in: Dr. med., Dr. rer. nat., Dr. h.c.
func isFaculty(w string) bool {
	switch strings.ToLower(w) {
	case "med.", "dent.", "vet.", "jur.", "iur.", "phil.", "rer.", "nat.", "pol.", "oec.", "theol.", "habil.", "h.c.", "mult.":
		return true
	}
	return false
}

func isCommonTitle(canonical string) bool {
	switch canonical {
	case "Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Rev", "Herr", "Frau", "Mme", "Mlle", "Sra.", "Srta.":
		return true
	}
	return false
}

// takeSuffixes takes suffixes off the end but leaves at least keep words.
// afterComma says that a comma sets the last words apart already, so that
// short ones can be trusted.
func (t *Tables) takeSuffixes(words []string, keep int, trusted bool) ([]string, string) {
	var suffixes []string
	for len(words) > keep {
		w := words[len(words)-1]
		s, ok := t.suffixes[suffixKey(w)]
		if !ok || isDoubtfulSuffix(w, s, len(words), trusted || len(suffixes) > 0) {
			break
		}
		suffixes = append([]string{s.canonical}, suffixes...)
		words = words[:len(words)-1]
	}
	if len(words) > 0 && len(suffixes) == 0 && keep > 0 {
		words, suffixes = takeLaw(words)
	}
	return words, strings.Join(suffixes, " ")
}

// takeLaw takes "attorney at law" off the end.
func takeLaw(words []string) ([]string, []string) {
	n := len(words)
	if n >= 4 && strings.EqualFold(strings.Join(words[n-3:], " "), "attorney at law") {
		return words[:n-3], []string{"Attorney at Law"}
	}
	if n >= 3 && strings.EqualFold(words[n-1], "attorney") {
		return words[:n-1], []string{"Attorney"}
	}
	return words, nil
}

// isDoubtfulSuffix tells words that are family names as well (Ma, Do, V).
func isDoubtfulSuffix(w string, s suffixWord, words int, trusted bool) bool {
	if strings.Contains(strings.Trim(w, "."), ".") || trusted {
		return false
	}
	switch s.canonical {
	case "Jr", "Sr", "II", "III", "IV":
		return words < 3 && s.canonical == "Sr" && !strings.HasSuffix(w, ".") && words < 2
	case "PhD", "DDS", "DVM", "MBA", "PharmD", "MPhil", "Esq", "MBBS", "LLB", "LLM", "LLD", "MSc", "BSc", "FRCS", "FRCP", "MRCP", "Dipl.-Ing.":
		return words < 3
	case "MD":
		return words < 3
	case "V", "VI":
		return words < 3 || caseOf(w) != allUpper || strings.HasSuffix(w, ".") // V. is an initial
	default:
		return words < 3 || caseOf(w) != allUpper
	}
}

// allSuffixes says whether every word of a comma's piece is a suffix.
func (t *Tables) allSuffixes(words []string) bool {
	for _, w := range words {
		s, ok := t.suffixes[suffixKey(w)]
		if !ok || s.kind == "degree" && caseOf(w) == capital && utf8.RuneCountInString(w) <= 2 {
			return false
		}
	}
	return true
}

// takeAsides takes what stands in brackets or quotes, and a former name, out
// of a name.
func (t *Tables) takeAsides(s string) (rest, nickname, former string) {
	rest = cutCareOf(s)
	for {
		before, inside, after, ok := cutAside(rest)
		if !ok {
			break
		}
		if rest = Line(before + " " + after); rest == "" && nickname == "" && former == "" { // the whole name is in quotes or brackets
			return t.takeAsides(Line(inside))
		}
		if name, ok := cutFormer(inside); ok {
			former = name
		} else if nickname == "" {
			nickname = strings.Trim(Line(inside), `"'“”„`)
		}
	}
	words := strings.Fields(rest)
	for i, w := range words {
		if i > 0 && i+1 < len(words) && isFormerWord(w) {
			return strings.TrimRight(strings.Join(words[:i], " "), ","), nickname, strings.Join(words[i+1:], " ")
		}
	}
	return rest, nickname, former
}

// cutCareOf leaves the person of "attn. Jane Roe" and "Jane Roe c/o Smith".
func cutCareOf(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		switch lower := strings.ToLower(w); {
		case lower == "c/o" && i > 0:
			return strings.TrimRight(strings.Join(words[:i], " "), ",")
		case i > 0 || len(words) == 1:
		case lower == "c/o", lower == "z.hd.", lower == "z.h.", lower == "attn", lower == "attn.", lower == "attn:", lower == "att:":
			return strings.Join(words[1:], " ")
		}
	}
	return s
}

func cutFormer(inside string) (string, bool) {
	word, name, ok := strings.Cut(Line(inside), " ")
	return name, ok && isFormerWord(word)
}

func isFormerWord(w string) bool {
	switch strings.TrimRight(strings.ToLower(w), ".:") {
	case "née", "nee", "né", "geb", "geborene", "geboren", "formerly", "f/k/a", "fka", "nata", "urodz":
		return true
	}
	return false
}

// cutAside finds the first bracketed or quoted part. Single quotes count only
// at the borders of words.
func cutAside(s string) (before, inside, after string, found bool) {
	pairs := []struct{ open, end string }{{"(", ")"}, {"[", "]"}, {`"`, `"`}, {"“", "”"}, {"„", "“"}, {"«", "»"}, {" '", "' "}, {" ‘", "’ "}}
	for _, p := range pairs {
		start := strings.Index(s, p.open)
		if start < 0 {
			continue
		}
		from := start + len(p.open)
		length := strings.Index(s[from:], p.end)
		if length <= 0 {
			continue
		}
		return s[:start], s[from : from+length], s[from+length+len(p.end):], true
	}
	return s, "", "", false
}
