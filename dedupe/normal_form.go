package dedupe

import (
	"bytes"
	"slices"
	"strings"
)

// splitForm parts the legal form off the words of an organisation's name, folded.
// It is written at the end (Ltd, GmbH & Co. KG, mit beschränkter Haftung) or before
// the name (ООО, AB); of several parts those that say more are joined, in one
// spelling. form is "" where there is none; name is never empty where words is not.
func splitForm(words [][]byte) (name [][]byte, form string) {
	words = partForms(words)
	var parts []string // from the last to the first
	name = words
	for len(name) > 1 {
		part, length := formAtEnd(name[1:])
		if length == 0 {
			break
		}
		parts = append(parts, part)
		name = name[:len(name)-length]
	}
	if len(parts) == 0 && len(name) > 1 {
		if form := leadingForm(string(name[0])); form != "" {
			return name[1:], form
		}
	}
	slices.Reverse(parts)
	form = strings.Join(slices.DeleteFunc(slices.Clone(parts), addsToForm), "")
	if form == "" && slices.Contains(parts, "pty") {
		form = "ltd"
	}
	return name, form
}

// partForms parts forms off the names that are written in one with them.
func partForms(words [][]byte) [][]byte {
	for _, form := range []string{"股份有限公司", "有限公司", "株式会社", "有限会社", "주식회사"} {
		last := len(words) - 1
		if last < 0 {
			break
		}
		if rest, ok := bytes.CutSuffix(words[last], []byte(form)); ok && len(rest) > 0 {
			return append(slices.Clone(words[:last]), rest, []byte(form))
		}
		if rest, ok := bytes.CutPrefix(words[0], []byte(form)); ok && len(rest) > 0 {
			return append(slices.Concat([][]byte{rest}, words[1:]), []byte(form))
		}
	}
	return words
}

// addsToForm reports parts of a form that say no more beside another one: and
// Co., Pty, Pvt. A company alone has no form.
func addsToForm(part string) bool { return part == "" || part == "co" || part == "pty" }

// formAtEnd reads the last words as a part of a form, the longest first; a small
// word between two parts is one that says nothing.
func formAtEnd(words [][]byte) (part string, length int) {
	const longest = 4
	for length := min(longest, len(words)); length > 0; length-- {
		if part := formOf(string(bytes.Join(words[len(words)-length:], nil))); part != "" {
			return part, length
		}
	}
	return "", 0
}

// leadingForm reads the forms that stand before a name.
func leadingForm(word string) string {
	switch word {
	case "ooo", "oao", "zao", "pao", "tov":
		return word
	case "ab", "株式会社", "有限会社", "株", "주식회사":
		return formOf(word)
	}
	return ""
}

// formOf is the one spelling of a form whose words are written together.
func formOf(words string) string {
	switch words {
	case "ltd", "limited":
		return "ltd"
	case "plc", "publiclimitedcompany":
		return "plc"
	case "llc", "limitedliabilitycompany", "limitedliabilityco", "ltdliabilityco":
		return "llc"
	case "llp", "limitedliabilitypartnership":
		return "llp"
	case "lp", "limitedpartnership":
		return "lp"
	case "inc", "incorporated":
		return "inc"
	case "corp", "corporation":
		return "corp"
	case "co", "company", "compagnie", "cie", "undco", "andco", "etcie", "etco", "yco", "uco":
		return "co"
	case "pty", "proprietary", "pvt", "private", "pte", "sdn":
		return "pty"
	case "bhd", "berhad":
		return "bhd"
	case "kk", "kabushikikaisha":
		return "kk"
	case "pllc", "kft", "zrt", "nyrt", "oyj", "asa", "vof", "snc", "sca", "sasu", "eurl", "eireli", "gbr", "ohg", "kgaa", "ek", "eg", "se",
		"slu", "sau", "aps", "ivs", "eood", "ood":
		return words
	case "offenehandelsgesellschaft":
		return "ohg"
	case "gesellschaftburgerlichenrechts":
		return "gbr"
	case "eingetragenerkaufmann", "eingetragenekauffrau", "ekfm", "ekfr":
		return "ek"
	case "gmbh", "mbh", "gesellschaftmbh", "gesmbh", "gesellschaftmitbeschrankterhaftung", "mitbeschrankterhaftung":
		return "gmbh"
	case "ggmbh":
		return "ggmbh"
	case "ag", "aktiengesellschaft":
		return "ag"
	case "kg", "cokg", "ucokg", "undcokg", "andcokg", "etcokg", "kommanditgesellschaft":
		return "kg"
	case "ug", "ughaftungsbeschrankt", "haftungsbeschrankt", "unternehmergesellschaft", "unternehmergesellschafthaftungsbeschrankt":
		return "ug"
	case "ev", "eingetragenerverein":
		return "ev"
	case "sa", "societeanonyme", "sociedadanonima", "sociedadeanonima":
		return "sa"
	case "sarl", "societearesponsabilitelimitee":
		return "sarl"
	case "sas", "societeparactionssimplifiee":
		return "sas"
	case "srl", "societaaresponsabilitalimitata":
		return "srl"
	case "spa", "societaperazioni":
		return "spa"
	case "sl", "sociedadlimitada":
		return "sl"
	case "bv", "beslotenvennootschap":
		return "bv"
	case "nv", "naamlozevennootschap":
		return "nv"
	case "ab", "aktiebolag":
		return "ab"
	case "as", "aksjeselskap", "aktieselskab":
		return "as"
	case "oy", "osakeyhtio":
		return "oy"
	case "lda", "ltda", "limitada":
		return "ltda"
	case "spzoo", "spolkazoo":
		return "spzoo"
	case "sro", "spolsro":
		return "sro"
	case "doo":
		return "doo"
	case "ooo", "oao", "zao", "pao":
		return words
	case "jsc", "pjsc", "ojsc", "cjsc":
		return words
	case "株式会社", "株", "주식회사":
		return "kabu"
	case "有限会社", "有限公司":
		return "yugen"
	case "股份有限公司":
		return "gufen"
	}
	return ""
}
