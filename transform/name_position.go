package transform

import (
	"slices"
	"strings"
)

// withoutPositions leaves out the pieces of a name behind its first comma that
// say what the person does ("Anna Berg, Head of Sales"): they are no part of it.
func (t *Tables) withoutPositions(segments [][]string) [][]string {
	if len(segments) < 2 {
		return segments
	}
	rest := slices.DeleteFunc(slices.Clone(segments[1:]), t.isPosition)
	if len(rest) == 0 && len(segments[0]) < 2 {
		return segments // "Chef, Anna" is a name
	}
	return append(segments[:1:1], rest...)
}

// isPosition says whether words say what somebody does.
func (t *Tables) isPosition(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		w = strings.ToLower(strings.Trim(w, ".()"))
		if t.positions[w] != "" {
			return true
		}
		for _, part := range strings.FieldsFunc(w, func(r rune) bool { return r == '-' || r == '/' }) {
			if t.positions[part] != "" {
				return true
			}
		}
		for end, kind := range t.positions {
			if kind == "end" && len(w) > len(end)+2 && strings.HasSuffix(w, end) {
				return true
			}
		}
		return false
	})
}
