package extract

import "strings"

// What stands beside an amount whose number format shows another number than
// its cell holds: it is no number then.
const (
	shownNegative = "(shown with a minus)"
	shownPointed  = "(shown with a decimal mark that is text)"
)

// formatPart is a piece of a number format: the place of a digit, or what
// stands beside digits.
type formatPart struct {
	text    string
	isDigit bool
	isText  bool // quoted: it counts for nothing but what it shows
}

// formatParts are those of the first section of a number format, without what
// is not shown as it is; nil where the section is for some numbers only.
func formatParts(code string) (parts []formatPart) {
	for i := 0; i < len(code); i++ {
		end := -1
		switch c := code[i]; c {
		case ';':
			return parts
		case '_', '*':
			i++
		case '[':
			if end = strings.IndexByte(code[i:], ']'); end < 0 || strings.ContainsAny(code[i:i+end], "<>=") {
				return nil
			}
			i += end
		case '\\':
			if i++; i < len(code) {
				parts = append(parts, formatPart{text: code[i : i+1], isText: true})
			}
		case '"':
			if end = strings.IndexByte(code[i+1:], '"'); end < 0 {
				return nil
			}
			parts = append(parts, formatPart{text: code[i+1 : i+1+end], isText: true})
			i += end + 1
		default:
			parts = append(parts, formatPart{text: code[i : i+1], isDigit: c == '0' || c == '#' || c == '?'})
		}
	}
	return parts
}

// shownOtherwise says how a number format shows another number than the one it
// is given: -0.00 and "-"0.00 are costs that were typed without their sign,
// 0"."00 are cents. "" = it does not.
func shownOtherwise(code string) string {
	before, places, digits, isPointed := "", 0, false, false
	var last formatPart
	for _, p := range formatParts(code) {
		switch {
		case p.isDigit:
			isPointed = isPointed || digits && last.isText && (last.text == "." || last.text == ",")
			digits = true
			if isPointed {
				places++
			}
		case !digits:
			before += p.text
		}
		last = p
	}
	if digits && strings.NewReplacer("−", "-", "–", "-", "$", "", "€", "", "£", "", "\u00a0", "", " ", "").Replace(before) == "-" {
		return shownNegative
	}
	const mostPlaces = 2 // with three, the mark groups thousands
	if isPointed && places <= mostPlaces {
		return shownPointed
	}
	return ""
}
