package dedupe

import (
	"slices"
	"strings"
)

// frequencies counts, for each candidate, the members that share its values:
// for names each half on its own, so that a rare half counts against a row; an
// address is shared whole, in all that the candidate has of it. Values are
// counted once for each set of fields, not for each candidate: a customer may
// have very many parties.
func frequencies(members []state, among []int, kind unitKind, fields []int) []int64 {
	counts := make([]int64, len(among))
	if kind == unitName {
		for i := range fields {
			addShared(counts, members, among, fields[i:i+1], fields[i:i+1])
		}
		return counts
	}
	var done [][]int
	for _, i := range among {
		has := filledOf(members[i].text, fields)
		if !slices.ContainsFunc(done, func(o []int) bool { return slices.Equal(o, has) }) {
			done = append(done, has)
			addShared(counts, members, among, has, fields)
		}
	}
	return counts
}

// addShared adds to the counts of the candidates that have of all fields just
// those of has how many members share these values.
func addShared(counts []int64, members []state, among, has, all []int) {
	sharers := map[string]int64{}
	for i := range members {
		if key, ok := sharedKey(members[i].text, has); ok {
			sharers[key]++
		}
	}
	for k, i := range among {
		if !slices.Equal(filledOf(members[i].text, all), has) {
			continue
		}
		key, _ := sharedKey(members[i].text, has)
		counts[k] += sharers[key]
	}
}

// sharedKey joins the values of fields, whatever their case; ok is false where
// one is missing.
func sharedKey(text []string, fields []int) (key string, ok bool) {
	for n, f := range fields {
		if text[f] == "" {
			return "", false
		}
		v := strings.ToLower(strings.ToUpper(text[f]))
		if n == 0 {
			key = v
		} else {
			key += "\x00" + v
		}
	}
	return key, true
}

// filledOf are those of the fields that have a value.
func filledOf(text []string, fields []int) []int {
	has := make([]int, 0, len(fields))
	for _, f := range fields {
		if text[f] != "" {
			has = append(has, f)
		}
	}
	return has
}
