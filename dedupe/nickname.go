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
	endings map[string][]int32 // ending key -> groups of the tokens that have it
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

// indexEndings lets a spelling that the table lacks (debbi, brittnie) find the
// tokens that differ only in doubled letters and the spelling of the last sound.
func (t *nicknameTable) indexEndings() {
	t.endings = make(map[string][]int32, len(t.groups))
	for token, groups := range t.groups {
		slices.Sort(groups)
		key := string(appendEndingKey(nil, token))
		t.endings[key] = append(t.endings[key], groups...)
	}
	for key, groups := range t.endings {
		slices.Sort(groups)
		t.endings[key] = slices.Compact(groups)
	}
}

func (t *nicknameTable) has(token string) bool {
	_, ok := t.groups[token]
	return ok
}

// of returns the groups of a token, found by its ending where the table lacks
// the exact spelling.
func (t *nicknameTable) of(token string) []int32 {
	if groups, ok := t.groups[token]; ok {
		return groups
	}
	if len(token) > maxToken {
		return nil
	}
	var buf [maxToken]byte
	return t.endings[string(appendEndingKey(buf[:0], token))]
}

// share reports whether a group holds both tokens. A token known by its ending
// alone shares a group with its formal name only: two guesses are none.
func (t *nicknameTable) share(a, b string) bool {
	left := t.of(a)
	if len(left) == 0 {
		return false
	}
	right := t.of(b)
	exact := t.has(a) && t.has(b)
	i, j := 0, 0
	for i < len(left) && j < len(right) {
		switch {
		case left[i] < right[j]:
			i++
		case left[i] > right[j]:
			j++
		default:
			if head := t.heads[left[i]]; exact || head == a || head == b {
				return true
			}
			i++
			j++
		}
	}
	return false
}

// formalOf reports whether one of the tokens is the formal name of a group that
// holds the other.
func (t *nicknameTable) formalOf(a, b string) bool {
	for _, pair := range [2][2]string{{a, b}, {b, a}} {
		for _, group := range t.of(pair[0]) {
			if t.heads[group] == pair[1] {
				return true
			}
		}
	}
	return false
}

// clipped reports whether the shorter token is the longer one cut short, with
// or without a pet ending (yoshi for yoshihiko, daphie for daphne). Forms that
// the table has are left to it: they are names of their own or stand for others.
func (t *nicknameTable) clipped(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == len(b) || t.has(a) {
		return false // of two as long as each other neither is cut short
	}
	stem, shortest := a, minStem
	for _, ending := range [...]string{"ie", "ey", "ee", "y", "i"} {
		if s, ok := strings.CutSuffix(a, ending); ok {
			stem, shortest = s, minStem+1
			break
		}
	}
	if n := len(stem); n > shortest && stem[n-1] == stem[n-2] && !strings.HasPrefix(b, stem) {
		stem = stem[:n-1]
	}
	return len(stem) >= shortest && len(b) >= len(stem)+2 && strings.HasPrefix(b, stem)
}

// minStem is the fewest letters that tell one name from another, maxToken the
// most a name token is looked up with.
const (
	minStem  = 3
	maxToken = 48
)

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

// appendEndingKey appends token without doubled letters and with one spelling
// of the endings that sound alike: -ie, -ey, -ee, -i as -y; -ah as -a.
func appendEndingKey(buf []byte, token string) []byte {
	start := len(buf)
	for i := range len(token) {
		if i == 0 || token[i] != token[i-1] {
			buf = append(buf, token[i])
		}
	}
	key := buf[start:]
	n := len(key)
	if n < minStem+1 {
		return buf
	}
	switch end := string(key[n-2:]); {
	case end == "ie" || end == "ey":
		key[n-2] = 'y'
		buf = buf[:len(buf)-1]
	case end == "ah":
		buf = buf[:len(buf)-1]
	case key[n-1] == 'i', key[n-1] == 'e' && strings.HasSuffix(token, "ee"):
		key[n-1] = 'y'
	}
	return buf
}
