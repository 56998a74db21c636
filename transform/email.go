package transform

import (
	"strings"
	"unicode"
)

// Email cleans an e-mail address: "mailto:", angle brackets and a display
// name go, letters are small. Placeholders and text that cannot be an address
// give "". Of several addresses the first good one counts. Tags (+x) and dots
// stay; matching looks through tags. It is idempotent.
func (t *Tables) Email(s string) string {
	email, _ := t.firstEmail(s)
	return email
}

// firstEmail is Email; more says that the text holds another good address.
func (t *Tables) firstEmail(s string) (email string, more bool) {
	s = strings.ToLower(Text(s))
	if s == "" || t.placeholders["word "+strings.ReplaceAll(s, " ", "-")] != "" {
		return "", false
	}
	if !isASCII(s) {
		s = strings.Map(asciiEmailSign, s)
	}
	if from := strings.LastIndexByte(s, '<'); from >= 0 && strings.Count(s, "<") == 1 {
		if to := strings.IndexByte(s[from:], '>'); to > 0 {
			s = s[from+1 : from+to]
		}
	}
	for _, piece := range strings.FieldsFunc(s, isEmailGap) {
		piece = strings.TrimPrefix(piece, "mailto:")
		piece, _, _ = strings.Cut(piece, "?")
		piece = strings.Trim(piece, ".<>()[]\"':")
		if !isEmail(piece) || t.isPlaceholderEmail(piece) {
			continue
		}
		if email != "" && piece != email {
			return email, true
		}
		email = piece
	}
	return email, false
}

// asciiEmailSign writes the signs of an address that keyboards of East Asia
// have in full width as those of all others.
func asciiEmailSign(r rune) rune {
	switch r {
	case '＠':
		return '@'
	case '．', '。':
		return '.'
	}
	return r
}

func isEmailGap(r rune) bool { return unicode.IsSpace(r) || r == ';' || r == ',' || r == '|' }

func isEmail(s string) bool {
	local, domain, ok := strings.Cut(s, "@")
	if !ok || local == "" || len(local) > 64 || len(domain) > 253 || strings.Contains(domain, "@") {
		return false
	}
	if strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..") {
		return false
	}
	if strings.ContainsFunc(local, func(r rune) bool { return r <= ' ' || strings.ContainsRune(`()<>[]:\"/`, r) }) {
		return false
	}
	labels := strings.Split(domain, ".")
	if len(labels) < 2 {
		return false
	}
	for _, l := range labels {
		if l == "" || strings.HasPrefix(l, "-") || strings.HasSuffix(l, "-") || strings.ContainsFunc(l, isNoDomainRune) {
			return false
		}
	}
	top := labels[len(labels)-1]
	return len(top) >= 2 && !hasDigit(strings.TrimPrefix(top, "xn--")) || strings.HasPrefix(top, "xn--")
}

func isNoDomainRune(r rune) bool {
	return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
}

func (t *Tables) isPlaceholderEmail(s string) bool {
	local, domain, _ := strings.Cut(s, "@")
	name, _, _ := strings.Cut(domain, ".")
	return t.placeholders["domain "+domain] != "" ||
		t.placeholders["local "+local] != "" ||
		t.placeholders["weak "+local] != "" && local == name
}
