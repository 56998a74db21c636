package transform

import (
	"strings"
	"unicode"
)

// longestNoValue bounds the words for no value.
const longestNoValue = 12

// isNoValue knows what programs write where there is no value: NULL, nan, n/a.
func (t *Tables) isNoValue(text string) bool {
	return len(text) <= longestNoValue && !hasDigit(text) && t.noValues[strings.ToLower(text)]
}

// readCode reads the text of an id or a phone number. Marks that nobody sees are
// no part of it. What stands for no value names nothing: a row whose key it is has
// none, in an id of something else the text is kept as attribute. A contract
// that says how an id must look has the last word.
func (r *run) readCode(k int, c *column, text string) bool {
	if !r.ascii && !isASCII(text) {
		text = strings.Map(dropUnseen, text)
	}
	if c.isID && c.prop.Pattern == nil && c.allowed == nil && r.plan.tables.isNoValue(text) {
		return c.prop.Key == 0 && r.unusable(c, "", text, "required", "stands for no value: it names nothing")
	}
	return r.readText(k, c, r.prefix+text)
}

// dropUnseen drops what is not seen in an id: marks without a width, and those
// that turn the direction of writing, as telephones and web pages copy them along.
func dropUnseen(c rune) rune {
	if isInvisible(c) || unicode.Is(unicode.Bidi_Control, c) {
		return -1
	}
	return c
}
