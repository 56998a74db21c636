package dedupe

import (
	"bytes"
	"slices"
)

// appendFirm writes an organisation's name as its distinct words in ascending
// order, without legal form and articles, so that word order and "Ltd"
// against "Limited" say nothing. A name of such words alone keeps them.
func appendFirm(buf []byte, name string) []byte {
	folded := appendFold(nil, name)
	words := bytes.Fields(folded)
	kept := slices.DeleteFunc(slices.Clone(words), func(w []byte) bool { return len(w) == 0 || emptyWord(string(w)) })
	if len(kept) == 0 {
		kept = words
	}
	slices.SortFunc(kept, bytes.Compare)
	kept = slices.CompactFunc(kept, bytes.Equal)
	for i, w := range kept {
		if i > 0 {
			buf = append(buf, ' ')
		}
		buf = append(buf, longWord(w)...)
	}
	return buf
}

// employerMark stands before each word of an employer's name: how often people
// work somewhere says nothing about how often organisations are called so.
const employerMark = '@'

// appendEmployer is appendFirm for the organisation that a person belongs to.
func appendEmployer(buf []byte, name string) []byte {
	for i, word := range bytes.Fields(appendFirm(nil, name)) {
		if i > 0 {
			buf = append(buf, ' ')
		}
		buf = append(append(buf, employerMark), word...)
	}
	return buf
}

// emptyWord reports words that most organisations could bear.
func emptyWord(w string) bool {
	switch w {
	case "ltd", "limited", "plc", "llc", "llp", "lp", "inc", "incorporated", "corp", "corporation", "co", "company",
		"gmbh", "ag", "kg", "ohg", "ug", "ev", "mbh", "kgaa", "se", "gbr", "sa", "sas", "sarl", "sasu", "eurl", "snc",
		"srl", "spa", "sl", "slu", "bv", "nv", "vof", "cv", "ab", "as", "asa", "oy", "oyj", "aps", "kft", "zrt", "doo", "sro",
		"spzoo", "ooo", "oao", "zao", "pjsc", "jsc", "pty", "pte", "sdn", "bhd", "kk", "kabushiki", "kaisha", "ltda", "eireli",
		"the", "and", "und", "et", "y", "e", "i", "der", "die", "das", "le", "la", "les", "el", "of", "de", "for", "fur":
		return true
	}
	return false
}

// longWord writes common abbreviations out.
func longWord(w []byte) []byte {
	switch string(w) {
	case "intl", "internat":
		return []byte("international")
	case "bros":
		return []byte("brothers")
	case "mfg":
		return []byte("manufacturing")
	case "svc", "svcs", "services":
		return []byte("service")
	case "tech":
		return []byte("technology")
	case "assoc", "assn":
		return []byte("association")
	case "univ":
		return []byte("university")
	case "dept":
		return []byte("department")
	case "natl":
		return []byte("national")
	case "mgmt":
		return []byte("management")
	case "grp":
		return []byte("group")
	case "bldg":
		return []byte("building")
	case "ges":
		return []byte("gesellschaft")
	}
	return w
}
