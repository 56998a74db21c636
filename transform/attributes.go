package transform

import (
	"sort"
	"unicode/utf8"
)

// attributes writes the row's unmapped values and what cleansing could not
// use as a JSON object with sorted keys, "" where there are none. The text is
// valid until the next row.
func (r *run) attributes(i int) string {
	b := r.json[:0]
	extras := r.extras
	if len(extras) > 1 {
		sort.SliceStable(extras, func(i, j int) bool { return extras[i].key < extras[j].key })
	}
	for k := range r.binding.attributes {
		a := &r.binding.attributes[k]
		text := r.attributeText(a, i)
		if text == "" {
			continue
		}
		for len(extras) > 0 && extras[0].key < a.key {
			b = appendExtra(b, extras[0])
			extras = extras[1:]
		}
		if len(extras) > 0 && extras[0].key == a.key {
			extras = extras[1:]
		}
		b = appendSeparator(b)
		b = append(b, a.prefix...)
		b = appendJSON(b, text)
	}
	for k, e := range extras {
		if k == 0 || e.key != extras[k-1].key {
			b = appendExtra(b, e)
		}
	}
	if len(b) == 0 {
		return ""
	}
	r.json = append(b, '}')
	return string(r.json)
}

func (r *run) attributeText(a *attribute, i int) string {
	var s string
	var ok bool
	if a.property >= 0 {
		s, ok = r.text(&r.sources[a.property], i)
	} else {
		s, ok = r.in.columns[a.column].value(i)
	}
	if !ok {
		return ""
	}
	s = Text(s)
	if a.property >= 0 && r.isNull(a.property, s) {
		return ""
	}
	return s
}

func (r *run) isNull(property int, s string) bool {
	for _, n := range r.op.object.Properties[property].Nulls {
		if Text(n) == s {
			return true
		}
	}
	return false
}

func appendSeparator(b []byte) []byte {
	if len(b) == 0 {
		return append(b, '{')
	}
	return append(b, ',')
}

func appendExtra(b []byte, e extra) []byte {
	b = appendSeparator(b)
	b = append(appendJSON(b, e.key), ':')
	return appendJSON(b, e.value)
}

const hexDigits = "0123456789abcdef"

// appendJSON writes a JSON string. Bytes that are not UTF-8 become the
// replacement character.
func appendJSON(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				b = append(append(b, s[start:i]...), "\uFFFD"...)
				start = i + 1
			}
			i += size
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' {
			i++
			continue
		}
		b = append(b, s[start:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		case '\t':
			b = append(b, '\\', 't')
		case '\r':
			b = append(b, '\\', 'r')
		default:
			b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
		i++
		start = i
	}
	return append(append(b, s[start:]...), '"')
}
