package dedupe

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// appendFirm writes an organisation's name as its distinct words in ascending
// order, without legal form and articles, so that word order and "Ltd"
// against "Limited" say nothing. A name of such words alone keeps them.
func appendFirm(buf []byte, name string) []byte {
	words, _ := splitForm(bytes.Fields(appendFold(nil, joinCodes(OneMeasure(name)))))
	letters := capitals(name)
	var kept [][]byte
	for i, w := range words {
		if (!emptyWord(string(w)) || slices.Contains(letters, string(w))) && !(i+1 < len(words) && saysNumber(string(w)) && isNumber(words[i+1])) {
			kept = append(kept, w)
		}
	}
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

// capitals lists the single letters that a name writes as capitals beside small
// ones: group E is no "and".
func capitals(name string) (letters []string) {
	if strings.ToUpper(name) == name {
		return nil
	}
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(word) == 1 && word[0] >= 'A' && word[0] <= 'Z' {
			letters = append(letters, strings.ToLower(word))
		}
	}
	return letters
}

// joinCodes takes the hyphens out of codes: MX-757 is written MX757 as often. A
// code holds digits, and of letters no word (8-port) and none that announces a
// number (No-1).
func joinCodes(name string) string {
	if !strings.Contains(name, "-") {
		return name
	}
	words := strings.Fields(name)
	for i, w := range words {
		if isCode(w) {
			words[i] = strings.ReplaceAll(w, "-", "")
		}
	}
	return strings.Join(words, " ")
}

func isCode(word string) bool {
	const longest = 3 // letters of a part that is no word
	letters, digits := false, false
	for part := range strings.SplitSeq(word, "-") {
		own := 0 // letters, of a part that has no digit
		for _, r := range part {
			switch {
			case '0' <= r && r <= '9':
				digits = true
				own = -len(part)
			case unicode.IsLetter(r):
				letters = true
				own++
			}
		}
		if own > longest || own > 0 && saysNumber(strings.ToLower(part)) {
			return false
		}
	}
	return letters && digits
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

// saysNumber reports words that announce a number: No. 5, Nr. 5, Store 5 are 5.
func saysNumber(w string) bool {
	switch w {
	case "no", "nr", "num", "number", "nummer", "numero", "nro", "numer", "cislo",
		"store", "shop", "branch", "location", "filiale", "sucursal", "tienda", "magasin", "negozio", "loja", "winkel", "sklep", "butik":
		return true
	}
	return false
}

// sisterWord reports words of companies that hold or manage another one, whose
// name they bear.
func sisterWord(w string) bool {
	switch w {
	case "holding", "beteiligungs", "beteiligung", "beteiligungen", "beteiligungsgesellschaft", "verwaltungs", "verwaltung",
		"verwaltungsgesellschaft", "besitz", "besitzgesellschaft", "vermogensverwaltung", "participations", "participation",
		"participaties", "partecipazioni", "participaciones", "participacoes", "beheer":
		return true
	}
	return false
}

// longWord writes common abbreviations out, and what stands as often in the
// plural in the singular.
func longWord(w []byte) []byte {
	long := ""
	switch string(w) {
	case "intl", "intnl", "internat":
		long = "international"
	case "natl":
		long = "national"
	case "bros", "brother":
		long = "brothers"
	case "mfg", "manuf", "mfrs":
		long = "manufacturing"
	case "svc", "svcs", "serv", "services":
		long = "service"
	case "tech", "technologies", "technol":
		long = "technology"
	case "ind", "inds", "indus", "industries":
		long = "industry"
	case "eng", "engg", "engrg":
		long = "engineering"
	case "hldg", "hldgs", "holdings":
		long = "holding"
	case "pharma", "pharm", "pharmaceuticals":
		long = "pharmaceutical"
	case "constr", "constrn":
		long = "construction"
	case "sys", "systems":
		long = "system"
	case "soln", "solns", "solutions":
		long = "solution"
	case "prod", "prods", "products":
		long = "product"
	case "ent", "enterprises":
		long = "enterprise"
	case "lab", "labs", "laboratories":
		long = "laboratory"
	case "comm", "comms", "communications":
		long = "communication"
	case "distr", "distrib", "distributors":
		long = "distribution"
	case "mktg":
		long = "marketing"
	case "log", "logist":
		long = "logistics"
	case "transp":
		long = "transport"
	case "assoc", "assn", "associates":
		long = "association"
	case "univ":
		long = "university"
	case "inst":
		long = "institute"
	case "hosp":
		long = "hospital"
	case "dept":
		long = "department"
	case "mgmt", "mgt":
		long = "management"
	case "ctr", "centre":
		long = "center"
	case "grp", "groupe", "gruppe":
		long = "group"
	case "bldg":
		long = "building"
	case "ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv":
		long = inDigits(string(w))
	case "ges":
		long = "gesellschaft"
	case "handelsges":
		long = "handelsgesellschaft"
	case "masch", "maschinen":
		long = "maschine"
	default:
		return w
	}
	return []byte(long)
}

// inDigits writes a Roman number of two letters and more in digits.
func inDigits(roman string) string {
	value, last := 0, 0
	for i := len(roman) - 1; i >= 0; i-- {
		v := map[byte]int{'i': 1, 'v': 5, 'x': 10}[roman[i]]
		if v < last {
			v = -v
		}
		value, last = value+v, max(last, v)
	}
	return strconv.Itoa(value)
}
