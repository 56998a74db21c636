package extract

import (
	"bytes"
	"errors"
	"strconv"
	"unicode/utf8"
)

// xmlKind is the kind of the part of an XML text that xmlScanner stands on.
type xmlKind uint8

const (
	xmlEnd   xmlKind = iota // the text is used up
	xmlOpen                 // <name …>
	xmlEmpty                // <name …/>
	xmlClose                // </name>
	xmlText                 // character data, as written
	xmlCData                // the inside of a CDATA section
)

var (
	errXMLCut     = errors.New("the XML ends within a tag")
	errXMLTag     = errors.New("the XML holds a malformed tag")
	errXMLDoctype = errors.New("the XML holds a document type definition, which no workbook needs")
	errXMLEntity  = errors.New("the XML holds an unknown or malformed entity")
)

// xmlScanner cuts XML that is wholly in memory into tags and text. It checks
// no nesting and resolves no prefixes: names are local names. What it hands
// out are slices of buf.
type xmlScanner struct {
	buf   []byte
	pos   int
	name  []byte // of a tag
	attrs []byte // of a tag, as written
	text  []byte
}

// next moves to the next tag or text. Comments and processing instructions
// are passed over.
func (s *xmlScanner) next() (xmlKind, error) {
	for s.pos < len(s.buf) {
		rest := s.buf[s.pos:]
		if rest[0] != '<' {
			n := bytes.IndexByte(rest, '<')
			if n < 0 {
				n = len(rest)
			}
			s.text = rest[:n]
			s.pos += n
			return xmlText, nil
		}
		if len(rest) < 2 {
			return xmlEnd, errXMLCut
		}
		switch rest[1] {
		case '/':
			return s.closing(rest)
		case '!':
			kind, err := s.special(rest)
			if kind == xmlCData || err != nil {
				return kind, err
			}
		case '?':
			n := bytes.Index(rest, []byte("?>"))
			if n < 0 {
				return xmlEnd, errXMLCut
			}
			s.pos += n + 2
		default:
			return s.opening(rest)
		}
	}
	return xmlEnd, nil
}

func (s *xmlScanner) closing(rest []byte) (xmlKind, error) {
	n := bytes.IndexByte(rest, '>')
	if n < 0 {
		return xmlEnd, errXMLCut
	}
	name := rest[2:n]
	for len(name) > 0 && name[len(name)-1] <= ' ' {
		name = name[:len(name)-1]
	}
	s.name = localName(name)
	s.pos += n + 1
	return xmlClose, nil
}

// special passes over a comment or stops at a CDATA section.
func (s *xmlScanner) special(rest []byte) (xmlKind, error) {
	start, end := []byte("<!--"), []byte("-->")
	kind := xmlEnd
	switch {
	case bytes.HasPrefix(rest, start):
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		start, end, kind = rest[:len("<![CDATA[")], []byte("]]>"), xmlCData
	case bytes.HasPrefix(rest, []byte("<!DOCTYPE")):
		return xmlEnd, errXMLDoctype
	default:
		return xmlEnd, errXMLTag
	}
	n := bytes.Index(rest[len(start):], end)
	if n < 0 {
		return xmlEnd, errXMLCut
	}
	s.text = rest[len(start) : len(start)+n]
	s.pos += len(start) + n + len(end)
	return kind, nil
}

func (s *xmlScanner) opening(rest []byte) (xmlKind, error) {
	i := 1
	for i < len(rest) && rest[i] > ' ' && rest[i] != '>' && rest[i] != '/' && rest[i] != '<' {
		i++
	}
	if i == 1 {
		return xmlEnd, errXMLTag
	}
	s.name = localName(rest[1:i])
	start := i
	for i < len(rest) {
		switch c := rest[i]; c {
		case '>':
			s.pos += i + 1
			if rest[i-1] == '/' && i > start {
				s.attrs = rest[start : i-1]
				return xmlEmpty, nil
			}
			s.attrs = rest[start:i]
			return xmlOpen, nil
		case '"', '\'':
			n := bytes.IndexByte(rest[i+1:], c)
			if n < 0 {
				return xmlEnd, errXMLCut
			}
			i += n + 2
		case '<':
			return xmlEnd, errXMLTag
		default:
			i++
		}
	}
	return xmlEnd, errXMLCut
}

func localName(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// skip passes over the rest of the element whose opening tag was just read.
func (s *xmlScanner) skip() error {
	for depth := 1; depth > 0; {
		kind, err := s.next()
		if err != nil {
			return err
		}
		switch kind {
		case xmlOpen:
			depth++
		case xmlClose:
			depth--
		case xmlEnd:
			return errXMLCut
		}
	}
	return nil
}

// nextAttr cuts the first attribute off attrs. ok is false where there is
// none left. The name keeps no prefix; the value is as written.
func nextAttr(attrs []byte) (name, value, rest []byte, ok bool) {
	i := 0
	for i < len(attrs) && (attrs[i] <= ' ' || attrs[i] == '/') {
		i++
	}
	start := i
	for i < len(attrs) && attrs[i] != '=' {
		i++
	}
	if i >= len(attrs) {
		return nil, nil, nil, false
	}
	name = attrs[start:i]
	for len(name) > 0 && name[len(name)-1] <= ' ' {
		name = name[:len(name)-1]
	}
	i++
	for i < len(attrs) && attrs[i] <= ' ' {
		i++
	}
	if i >= len(attrs) || attrs[i] != '"' && attrs[i] != '\'' {
		return nil, nil, nil, false
	}
	end := bytes.IndexByte(attrs[i+1:], attrs[i])
	if end < 0 {
		return nil, nil, nil, false
	}
	return localName(name), attrs[i+1 : i+1+end], attrs[i+2+end:], true
}

// attr returns the value of one attribute, nil where the tag has none of that
// name.
func (s *xmlScanner) attr(name string) []byte {
	for rest := s.attrs; ; {
		key, value, after, ok := nextAttr(rest)
		if !ok {
			return nil
		}
		if string(key) == name {
			return value
		}
		rest = after
	}
}

// appendXMLText appends character data with its entities replaced and its
// line ends made LF.
func appendXMLText(to, raw []byte) ([]byte, error) {
	for len(raw) > 0 {
		n := indexMarked(raw)
		if n < 0 {
			return append(to, raw...), nil
		}
		to = append(to, raw[:n]...)
		raw = raw[n:]
		if raw[0] == '\r' {
			to = append(to, '\n')
			raw = raw[1:]
			if len(raw) > 0 && raw[0] == '\n' {
				raw = raw[1:]
			}
			continue
		}
		end := bytes.IndexByte(raw[:min(len(raw), 12)], ';')
		if end < 0 {
			return to, errXMLEntity
		}
		r, ok := entity(string(raw[1:end]))
		if !ok {
			return to, errXMLEntity
		}
		to = utf8.AppendRune(to, r)
		raw = raw[end+1:]
	}
	return to, nil
}

// indexMarked is the offset of the first character of raw that is not the
// text it stands for, -1 where there is none.
func indexMarked(raw []byte) int {
	n := bytes.IndexByte(raw, '&')
	if n >= 0 {
		raw = raw[:n]
	}
	if r := bytes.IndexByte(raw, '\r'); r >= 0 {
		return r
	}
	return n
}

func entity(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	code, err := strconv.ParseUint(digits, base, 32)
	if err != nil || code == 0 || code > utf8.MaxRune || !utf8.ValidRune(rune(code)) {
		return 0, false
	}
	return rune(code), true
}

// unescapeCell replaces the _xHHHH_ escapes with which workbooks write
// characters that XML can't hold. It works in place.
func unescapeCell(text []byte) []byte {
	at := bytes.Index(text, []byte("_x"))
	if at < 0 {
		return text
	}
	out := text[:at]
	for rest := text[at:]; len(rest) > 0; {
		if r, ok := cellEscape(rest); ok {
			out = utf8.AppendRune(out, r)
			rest = rest[len("_x0000_"):]
			continue
		}
		out = append(out, rest[0])
		rest = rest[1:]
	}
	return out
}

// cellEscape reads an _xHHHH_ at the start of text. Half a surrogate pair
// and NUL are no characters and stay as they are written.
func cellEscape(text []byte) (rune, bool) {
	if len(text) < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_' {
		return 0, false
	}
	code, err := strconv.ParseUint(string(text[2:6]), 16, 32)
	if err != nil || code == 0 || !utf8.ValidRune(rune(code)) {
		return 0, false
	}
	return rune(code), true
}
