package extract

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/bits"
)

// jsonDepth bounds the nesting of a record.
const jsonDepth = 64

// jsonNode is one value of a parsed text. The values inside a container
// follow it directly; next is where the value behind it stands.
type jsonNode struct {
	key  cell // of a value in an object; cellEscaped as in cells
	text cell // the value's text, a string's without its quotes
	kind byte // '{', '[', '"', '0' for a number, 't', 'f', 'n'
	hash uint32
	next int32
}

// jsonFault says why a text is no JSON record.
type jsonFault struct {
	at           int // offset
	rule, reason string
}

// Error names the place within the record's line.
func (f *jsonFault) Error() string { return f.reason }

// jsonParser parses texts into nodes, which it keeps for reuse.
type jsonParser struct {
	text  []byte // followed by slack
	size  int    // without slack
	at    int
	depth int
	nodes []jsonNode
}

func (p *jsonParser) fault(rule, format string, args ...any) *jsonFault {
	return &jsonFault{at: p.at, rule: rule, reason: fmt.Sprintf(format, args...)}
}

// record parses one value that fills text[from:to]; the result is nodes from
// the number returned on.
func (p *jsonParser) record(from, to int) (root int, fault *jsonFault) {
	p.at, p.size, p.depth = from, to, 0
	root = len(p.nodes)
	p.space()
	if fault = p.value(cell{}); fault != nil {
		return root, fault
	}
	p.space()
	if p.at < p.size {
		return root, p.fault("json.syntax", "there is text behind the record")
	}
	return root, nil
}

func (p *jsonParser) space() {
	for p.at < p.size {
		switch p.text[p.at] {
		case ' ', '\t', '\r', '\n':
			p.at++
		default:
			return
		}
	}
}

// peek is the next byte, 0 at the end.
func (p *jsonParser) peek() byte {
	if p.at < p.size {
		return p.text[p.at]
	}
	return 0
}

func (p *jsonParser) value(key cell) *jsonFault {
	at := len(p.nodes)
	p.nodes = append(p.nodes, jsonNode{key: key, kind: p.peek()})
	start := p.at
	var fault *jsonFault
	switch c := p.peek(); {
	case c == '"':
		var text cell
		if text, fault = p.str(); fault == nil {
			p.nodes[at].text = text
		}
	case c == '{' || c == '[':
		if p.depth++; p.depth > jsonDepth {
			return p.fault("json.depth", "values are nested more than %d deep", jsonDepth)
		}
		if c == '{' {
			fault = p.object(at)
		} else {
			fault = p.array()
		}
		p.depth--
		p.nodes[at].text = cell{uint32(start), uint32(p.at)}
	case c == '-' || c >= '0' && c <= '9':
		p.nodes[at].kind = '0'
		fault = p.number()
		p.nodes[at].text = cell{uint32(start), uint32(p.at)}
	case c == 't':
		fault = p.word("true")
		p.nodes[at].text = cell{uint32(start), uint32(p.at)}
	case c == 'f':
		fault = p.word("false")
		p.nodes[at].text = cell{uint32(start), uint32(p.at)}
	case c == 'n':
		fault = p.word("null")
	case p.at >= p.size:
		return p.fault("json.syntax", "the record is cut off, expected a value")
	default:
		return p.fault("json.syntax", "expected a value")
	}
	p.nodes[at].next = int32(len(p.nodes))
	return fault
}

func (p *jsonParser) word(word string) *jsonFault {
	if p.at+len(word) > p.size || string(p.text[p.at:p.at+len(word)]) != word {
		return p.fault("json.syntax", "expected %s", word)
	}
	p.at += len(word)
	return nil
}

func (p *jsonParser) number() *jsonFault {
	if p.peek() == '-' {
		p.at++
	}
	if p.peek() == '0' {
		p.at++
	} else if !p.digits() {
		return p.fault("json.syntax", "expected a digit")
	}
	if p.peek() == '.' {
		p.at++
		if !p.digits() {
			return p.fault("json.syntax", "expected a digit behind the decimal point")
		}
	}
	if c := p.peek(); c == 'e' || c == 'E' {
		p.at++
		if c := p.peek(); c == '+' || c == '-' {
			p.at++
		}
		if !p.digits() {
			return p.fault("json.syntax", "expected a digit in the exponent")
		}
	}
	return nil
}

func (p *jsonParser) digits() bool {
	from := p.at
	for p.at < p.size && p.text[p.at] >= '0' && p.text[p.at] <= '9' {
		p.at++
	}
	return p.at > from
}

func (p *jsonParser) array() *jsonFault {
	p.at++
	p.space()
	if p.peek() == ']' {
		p.at++
		return nil
	}
	for {
		p.space()
		if fault := p.value(cell{}); fault != nil {
			return fault
		}
		p.space()
		switch p.peek() {
		case ',':
			p.at++
		case ']':
			p.at++
			return nil
		default:
			return p.expected("a comma or ]")
		}
	}
}

func (p *jsonParser) expected(what string) *jsonFault {
	if p.at >= p.size {
		return p.fault("json.syntax", "the record is cut off, expected %s", what)
	}
	return p.fault("json.syntax", "expected %s", what)
}

func (p *jsonParser) object(node int) *jsonFault {
	p.at++
	p.space()
	if p.peek() == '}' {
		p.at++
		return nil
	}
	for keys := 1; ; keys++ {
		p.space()
		if p.peek() != '"' {
			return p.expected("a key in quotes")
		}
		at := p.at
		key, fault := p.str()
		if fault != nil {
			return fault
		}
		p.space()
		if p.peek() != ':' {
			return p.expected("a colon")
		}
		p.at++
		p.space()
		child := len(p.nodes)
		if fault := p.value(key); fault != nil {
			return fault
		}
		p.nodes[child].hash = p.hashKey(key)
		if keys <= fewKeys && p.isRepeated(node, child) {
			p.at = at
			return p.fault("json.duplicate_key", "the key occurs twice in one object")
		}
		p.space()
		switch p.peek() {
		case ',':
			p.at++
		case '}':
			p.at++
			if keys > fewKeys {
				return p.repeatedAmongMany(node, at)
			}
			return nil
		default:
			return p.expected("a comma or }")
		}
	}
}

// fewKeys is up to where keys are compared with each other; beyond, a set
// finds repeated ones.
const fewKeys = 32

// isRepeated says whether an earlier key of the object equals the child's.
func (p *jsonParser) isRepeated(node, child int) bool {
	hash := p.nodes[child].hash
	for i := node + 1; i < child; i = int(p.nodes[i].next) {
		if p.nodes[i].hash == hash && bytes.Equal(p.keyText(i), p.keyText(child)) {
			return true
		}
	}
	return false
}

func (p *jsonParser) repeatedAmongMany(node, at int) *jsonFault {
	seen := map[string]bool{}
	for i := node + 1; i < len(p.nodes); i = int(p.nodes[i].next) {
		key := string(p.keyText(i))
		if seen[key] {
			p.at = at
			return p.fault("json.duplicate_key", "a key occurs twice in one object")
		}
		seen[key] = true
	}
	return nil
}

// keyText is the decoded key of a node; it may alias the text.
func (p *jsonParser) keyText(node int) []byte { return jsonText(p.text, p.nodes[node].key) }

// jsonText is the decoded text of a string; it may alias text.
func jsonText(text []byte, c cell) []byte {
	raw := text[c.from():c.end]
	if c.hasEscapes() {
		return jsonUnescape(nil, raw)
	}
	return raw
}

// hashKey is equal for equal keys.
func (p *jsonParser) hashKey(key cell) uint32 {
	text := jsonText(p.text, key)
	n := len(text)
	if n < 8 {
		var h uint32
		for _, c := range text {
			h = h*31 + uint32(c)
		}
		return h + uint32(n)<<24
	}
	first, last := binary.LittleEndian.Uint64(text), binary.LittleEndian.Uint64(text[n-8:])
	mixed := (first ^ bits.RotateLeft64(last, 29)) * 0x9E3779B97F4A7C15
	return uint32(mixed>>32) + uint32(n)
}
