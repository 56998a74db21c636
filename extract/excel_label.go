package extract

import (
	"strings"
	"unicode"

	"loadstar/schemas"
)

// labelUse says which of the labels that number formats make of whole numbers
// a column shows.
type labelUse uint8

const (
	labelNone  labelUse = iota // its numbers are counted with
	labelTexts                 // those with a text before or within the digits: INV-0042
	labelKeys                  // also those with nothing but a word behind them, which a unit is elsewhere: 42 A
)

// numberLabel is a number format that makes a label of a whole number: people
// see INV-0042 where the cell holds 42, and other feeds name it so.
type numberLabel struct {
	parts  []formatPart
	digits int
	use    labelUse // that a column must have at least
	// isNumbered says that a stroke parts a text in front from the digits: K-42
	// are no thousands.
	isNumbered bool
}

// labelOfFormat reads a number format that shows whole numbers with a text of
// its own; ok is false for any other, and where the text is but a sign, or
// parts thousands.
func labelOfFormat(code string) (l numberLabel, ok bool) {
	var before, behind, within string
	for _, p := range formatParts(strings.ReplaceAll(code, "General", "0")) {
		switch {
		case p.isDigit:
			l.digits++
			within, behind = within+behind, ""
		case !p.isText && !strings.Contains(" -/()+:", p.text):
			return l, false
		case l.digits == 0:
			before += p.text
		default:
			behind += p.text
		}
		l.parts = append(l.parts, p)
	}
	l.isNumbered = isLabelText(before) && strings.HasSuffix(before, "-")
	switch {
	case l.digits == 0:
		return l, false
	case isLabelText(before), strings.ContainsAny(within, "-/") || isLabelText(within), strings.IndexFunc(behind, unicode.IsDigit) >= 0:
		l.use = labelTexts
	case isLabelText(behind):
		l.use = labelKeys
	default:
		return l, false
	}
	return l, true
}

// isLabelText says whether a text that stands beside digits is more than a sign
// of numbers.
func isLabelText(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '#' || r == '№' }) >= 0
}

// append appends the label that a format shows for a whole number above 0. ok
// is false for any other.
func (l numberLabel) append(to, number []byte) (text []byte, ok bool) {
	if !isWholeText(number) || number[0] == '-' || len(number) > excelDigits {
		return to, false
	}
	at := len(number) - l.digits // of the next digit; what the format has no place for stands before its first
	first := true
	for _, p := range l.parts {
		if !p.isDigit {
			to = append(to, p.text...)
			continue
		}
		if first && at > 0 {
			to = append(to, number[:at]...)
		}
		first = false
		switch {
		case at >= 0:
			to = append(to, number[at])
		case p.text == "0":
			to = append(to, '0')
		}
		at++
	}
	return to, true
}

// labelUseOf says which labels the cells of a column show: those of text do,
// and numbers do not. Of a sample nothing is known yet.
func labelUseOf(name string, objects []schemas.Object) labelUse {
	use := labelTexts
	for _, o := range objects {
		entity, err := schemas.EntityNamed(o.Entity)
		for _, p := range o.Properties {
			if !sameHeader(p.Name, name) && !isAlias(name, p.Name, []schemas.Object{o}) {
				continue
			}
			field, isField := entity.Field(p.Field)
			switch {
			case err == nil && isField && field.Type != schemas.Text, p.Logical != "" && p.Logical != "string":
				return labelNone
			case p.Key > 0 || strings.HasSuffix(p.Field, "_id"):
				use = labelKeys
			}
		}
	}
	return use
}
