package dedupe

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// displayName is what people read: first name, middle initials and last name,
// or the organisation's name; else the e-mail address, else the source's id.
func (c *chooser) displayName(g golden, members []state) string {
	field := func(name string) string { return g.fields[c.index[name]].value }
	person := cmp.Or(personName(field("given_name"), field("middle_name"), field("family_name")), field("full_name"))
	firm := field("organisation_name")
	if field("party_type") == "organisation" {
		person, firm = firm, person
	}
	return cmp.Or(person, firm, field("email"), members[0].id)
}

func personName(given, middle, family string) string {
	if given != "" && family != "" && familyFirst(given) && familyFirst(family) {
		return family + given
	}
	var parts []string
	if given != "" {
		parts = append(parts, given)
		for word := range strings.FieldsSeq(middle) {
			if r, _ := utf8.DecodeRuneInString(word); unicode.IsLetter(r) {
				parts = append(parts, string(unicode.ToUpper(r))+".")
			}
		}
	}
	if family != "" {
		parts = append(parts, family)
	}
	return strings.Join(parts, " ")
}

// familyFirst says whether a name is written in a script whose names run
// family name first and without a space.
func familyFirst(name string) bool {
	r, _ := utf8.DecodeRuneInString(name)
	return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana)
}
