package transform

import (
	"strings"
	"unicode/utf8"
)

// IsOrganisation says whether a text in a person's field names an
// organisation: by its legal form (GmbH, Ltd, S.A., & Co), or by words such
// as University where the rest does not read like a person.
func (t *Tables) IsOrganisation(s string) bool {
	words := strings.Fields(strings.ReplaceAll(s, ",", " "))
	if len(words) == 0 || len(words) == 1 && !strings.Contains(words[0], "株式会社") && !strings.Contains(words[0], "有限会社") {
		return false
	}
	if len(words) == 1 {
		return true
	}
	if t.hasLegalForm(words) {
		return true
	}
	// "Church, John" is a person however the word sounds.
	if before, _, ok := strings.Cut(s, ","); ok && !strings.Contains(strings.TrimSpace(before), " ") {
		return false
	}
	return t.hasOrganisationWords(words)
}

func (t *Tables) hasLegalForm(words []string) bool {
	for i := 1; i < len(words); i++ {
		w := words[i]
		key := legalKey(w)
		kind := t.legalForms[key]
		lastWord := i == len(words)-1
		afterAnd := words[i-1] == "&" || words[i-1] == "+" || strings.EqualFold(words[i-1], "and") || strings.EqualFold(words[i-1], "und")
		switch {
		case kind == "any":
			return true
		case kind == "weak" && (afterAnd || lastWord && key == "co" && !t.isGiven(words[0])):
			return true
		case kind == "last" && lastWord && t.isFormAtEnd(words):
			return true
		}
		if afterAnd && isFirmWord(key) {
			return true
		}
		// Spelled with spaces: "S. A.", "B. V.", "S. p. A.".
		if lastWord && utf8.RuneCountInString(key) == 1 && t.legalForms[spacedKey(words)] != "" && strings.HasSuffix(w, ".") && i >= 2 && !t.isGiven(words[0]) && isInitial(words[i-1]) {
			return spacedKey(words) != ""
		}
	}
	return false
}

func isFirmWord(key string) bool {
	switch key {
	case "sons", "son", "partner", "partners", "söhne", "sohn", "brothers", "daughters", "fils", "frères", "figli", "hijos", "zonen", "associates":
		return true
	}
	return false
}

func spacedKey(words []string) string {
	n := len(words)
	if n < 3 {
		return ""
	}
	return legalKey(words[n-2]) + legalKey(words[n-1])
}

// isFormAtEnd trusts a short legal form only where it is written as one.
func (t *Tables) isFormAtEnd(words []string) bool {
	w := words[len(words)-1]
	if strings.ContainsAny(w, "./") {
		return strings.Count(w, ".") > 1 || strings.Contains(w, "/")
	}
	if caseOf(w) != allUpper && caseOf(w) != mixed || t.isGiven(words[0]) {
		return false
	}
	for _, other := range words[:len(words)-1] {
		if c := caseOf(other); c == capital || c == mixed {
			return true
		}
	}
	// All in large letters: AG and BV are no family names, SA and SAS may be.
	switch strings.ToLower(w) {
	case "ag", "bv", "nv", "ug", "kk", "ek", "ev", "eg":
		return true
	}
	return false
}

func legalKey(w string) string {
	return strings.ReplaceAll(strings.Trim(strings.ToLower(w), ",;:()"), ".", "")
}

// hasOrganisationWords weighs the words: one strong word is enough, weak ones
// need a second sign.
func (t *Tables) hasOrganisationWords(words []string) bool {
	signs := 0
	for i, w := range words {
		lower := strings.Trim(strings.ToLower(w), ".,;:()")
		switch t.orgWords[lower] {
		case "strong":
			return true
		case "capitals": // HOA, but Nguyễn Văn Hoa
			if caseOf(w) == allUpper && caseOf(strings.Join(words, " ")) != allUpper {
				return true
			}
		case "weak":
			signs++
			if i == len(words)-1 && t.readsLikeFirm(words) {
				signs++
			}
		}
		switch {
		case i == 0 && lower == "the", i > 0 && (lower == "of" || lower == "for" || lower == "für" || lower == "at"):
			signs++
		case hasDigit(w):
			signs++
		case hasCompoundEnd(lower):
			return true
		}
	}
	return signs >= 2
}

// readsLikeFirm says of three words and more that they do not begin as a
// person's name does.
func (t *Tables) readsLikeFirm(words []string) bool {
	if len(words) < 3 || t.isGiven(words[0]) {
		return false
	}
	for i, w := range words {
		if isInitial(w) || i > 0 && t.isGiven(w) {
			return false
		}
	}
	_, title := t.titles[titleKey(words[0])]
	return !title
}

// hasCompoundEnd finds German compounds (Stadtwerke, Autohaus) whose last part
// tells an organisation.
func hasCompoundEnd(lower string) bool {
	for _, end := range []string{"gesellschaft", "verein", "verband", "werke", "handel", "betrieb", "technik", "genossenschaft", "universität", "krankenhaus", "apotheke"} {
		if rest, ok := strings.CutSuffix(lower, end); ok && len(rest) > 2 {
			return true
		}
	}
	return false
}
