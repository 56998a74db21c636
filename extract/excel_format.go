package extract

import "strings"

// builtinStyle is what the number formats that every workbook has show. Those
// of 27 to 36 and 50 to 58 are dates in the East Asian editions, and nothing
// in the others. 46 counts hours and is no date.
func builtinStyle(id int) styleKind {
	switch {
	case id == 22 || id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57 || id == 58:
		return styleDate
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id == 45 || id == 47, id == 55 || id == 56:
		return styleTime
	case id == 9 || id == 10:
		return stylePercent
	}
	return styleNumber
}

// formatStyle tells what a number format code shows, from its first section.
// Quoted text, escaped letters, colours, conditions and locales say nothing;
// a format that counts hours, minutes or seconds beyond the day, as [h]:mm
// does, is a number.
func formatStyle(code string) styleKind {
	var day, clock, month, percent bool
	lower := strings.ReplaceAll(strings.ToLower(code), "general", "")
	for i := 0; i < len(lower); i++ {
		switch c := lower[i]; c {
		case ';':
			i = len(lower)
		case '"':
			end := strings.IndexByte(lower[i+1:], '"')
			if end < 0 {
				i = len(lower)
			} else {
				i += end + 1
			}
		case '\\', '_', '*':
			i++
		case '[':
			end := strings.IndexByte(lower[i:], ']')
			if end < 0 {
				i = len(lower)
				break
			}
			if isElapsed(lower[i+1 : i+end]) {
				return styleNumber
			}
			i += end
		case '%':
			percent = true
		case 'y', 'd':
			day = true
		case 'm':
			month = true
		case 'h', 's':
			clock = true
		}
	}
	switch {
	case isPadding(code):
		return stylePadded + styleKind(len(code)-fewestPadded) // a width, at most widestPadded
	case day, month && !clock:
		return styleDate
	case clock && strings.Contains(lower, "mmm"):
		return styleDate
	case clock:
		return styleTime
	case percent:
		return stylePercent
	}
	return styleNumber
}

// Widths of number formats that show zeros before whole numbers.
const (
	fewestPadded = 2
	widestPadded = 20
)

// isPadding says whether a format is but zeros, as that of postcodes and
// article numbers: people see 01234 where the cell holds 1234.
func isPadding(code string) bool {
	return len(code) >= fewestPadded && len(code) <= widestPadded && strings.Trim(code, "0") == ""
}

// padded puts zeros before the whole number that text holds from start on.
func padded(text []byte, start int, kind styleKind) []byte {
	width := int(kind-stylePadded) + fewestPadded
	digits := text[start:]
	if len(digits) >= width || !isWholeText(digits) || digits[0] == '-' || digits[0] == '+' {
		return text
	}
	missing := width - len(digits)
	text = append(text, digits[:missing]...) // as many bytes as are missing, whatever they are
	copy(text[start+missing:], text[start:len(text)-missing])
	for i := range missing {
		text[start+i] = '0'
	}
	return text
}

func isElapsed(token string) bool {
	return token != "" && (strings.Trim(token, "h") == "" || strings.Trim(token, "m") == "" || strings.Trim(token, "s") == "")
}
