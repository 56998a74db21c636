package dedupe

import (
	"strings"
	"unicode/utf8"
)

// genderCodes number the codes of one letter or digit by which each source tells
// genders, from 1. What they mean is known once all of them are: M is a woman
// beside H (hombre, mujer), and a man beside W.
type genderCodes map[genderCode]byte

type genderCode struct {
	source uint16
	code   rune
}

// mostCodes of one source fit into the marks of a record.
const mostCodes = 7

// marksOf reads a gender: a word at once, a code as its number.
func (g genderCodes) marksOf(value string, source uint16) byte {
	value = strings.TrimRight(strings.TrimSpace(strings.ToLower(value)), ".")
	if utf8.RuneCountInString(value) != 1 {
		return genderOf(value)
	}
	r, _ := utf8.DecodeRuneInString(value)
	key := genderCode{source, r}
	if number, ok := g[key]; ok {
		return number << genderBits
	}
	number := byte(1)
	for other := range g {
		if other.source == source {
			number++
		}
	}
	if number > mostCodes {
		return 0
	}
	g[key] = number
	return number << genderBits
}

// readGenders sets the genders that codes tell.
func (r *Records) readGenders() {
	if len(r.genders) == 0 {
		return
	}
	codes, sources := map[uint16]string{}, map[uint16]bool{}
	for key := range r.genders {
		sources[key.source] = true
	}
	for source := range sources {
		var of [mostCodes + 1]rune
		for key, number := range r.genders {
			if key.source == source {
				of[number] = key.code
			}
		}
		codes[source] = string(of[1:])
	}
	meanings := map[genderCode]byte{}
	for key := range r.genders {
		meanings[key] = meaningOf(key.code, codes[key.source], len(sources) == 1)
	}
	byNumber := map[uint16]*[mostCodes + 1]byte{}
	for key, number := range r.genders {
		if byNumber[key.source] == nil {
			byNumber[key.source] = &[mostCodes + 1]byte{}
		}
		byNumber[key.source][number] = meanings[key]
	}
	for i := range r.rows {
		rec := &r.rows[i]
		if number := rec.marks >> genderBits; number != 0 {
			rec.marks = rec.marks&^(female|male) | byNumber[rec.source][number]
		}
	}
}

// pairsOfCodes are a man's and a woman's code where one of them means something
// else by itself: férfi and nő, hombre and mujer. They count where a source has
// both, and none of the codes behind the colon.
const pairsOfCodes = "fn:mw hm:fw jm:fw ek: lp: ud:m bg:m"

// meaningOf reads a code by those that its source has beside it; isOnly says that
// no other source has codes.
func meaningOf(code rune, all string, isOnly bool) byte {
	for _, pair := range strings.Fields(pairsOfCodes) {
		codes, unless, _ := strings.Cut(pair, ":")
		if strings.ContainsRune(all, rune(codes[0])) && strings.ContainsRune(all, rune(codes[1])) && !strings.ContainsAny(all, unless) {
			return byPlace(code, codes)
		}
	}
	switch {
	case strings.ContainsRune("fwkvzжž女여θ", code):
		return female
	case strings.ContainsRune("mhм男남α", code):
		return male
	case strings.ContainsRune(all, '2'):
		return byPlace(code, "12")
	case isOnly: // which is which matters little
		return byPlace(code, "01")
	}
	return 0
}

// byPlace is the gender of a code in a pair of a man's and a woman's.
func byPlace(code rune, pair string) byte {
	switch code {
	case rune(pair[0]):
		return male
	case rune(pair[1]):
		return female
	}
	return 0
}

// IsGender says whether a value tells a gender, or is a code of one letter or
// digit, as those of genders are.
func IsGender(value string) bool {
	value = strings.TrimRight(strings.TrimSpace(strings.ToLower(value)), ".")
	return utf8.RuneCountInString(value) <= 1 || genderOf(value) != 0
}

// genderOf reads a gender by its word in lower case, or a form of address; 0
// where that tells none.
func genderOf(word string) byte {
	word, _, _ = strings.Cut(word, " ")
	switch word {
	case "female", "woman", "women", "girl", "lady", "mrs", "ms", "miss", "feminin", "féminin", "femme", "fille", "madame", "mme", "mlle",
		"frau", "fräulein", "mädchen", "femenino", "mujer", "señora", "sra", "mulher", "femminile", "femmina", "donna", "signora",
		"vrouw", "mevrouw", "mevr", "mw", "kvinna", "kvinde", "kvinne", "flicka", "fru", "nainen", "kobieta", "pani", "žena", "ženská", "zena",
		"nő", "kadın", "kadin", "bayan", "kız", "женский", "жен", "женщина", "γυναίκα", "θήλυ", "أنثى", "女性", "女子", "여자", "여성",
		"perempuan", "wanita", "นาง", "nữ", "naine", "sieviete", "moteris", "femeie", "жіноча", "नारी", "महिला":
		return female
	case "male", "man", "men", "boy", "mr", "mister", "sir", "homme", "garçon", "monsieur", "herr", "herrn", "hr", "junge", "hombre", "varón", "varon",
		"señor", "sr", "homem", "uomo", "signor", "signore", "sig", "heer", "dhr", "meneer", "mand", "mann", "pojke", "mies", "mężczyzna", "pan",
		"muž", "mužský", "muz", "férfi", "erkek", "bay", "мужской", "муж", "мужчина", "άνδρας", "άρρεν", "ذكر", "男性", "男子", "남자", "남성",
		"laki-laki", "pria", "nam", "mees", "vīrietis", "vyras", "bărbat", "чоловіча", "पुरुष":
		return male
	}
	for _, begin := range []string{"fem", "fém", "weib", "vrou", "kvin", "жен"} {
		if strings.HasPrefix(word, begin) {
			return female
		}
	}
	for _, begin := range []string{"masc", "mask", "masch", "männ", "maenn", "mannel", "муж"} {
		if strings.HasPrefix(word, begin) {
			return male
		}
	}
	return 0
}
