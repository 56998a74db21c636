package extract

import (
	"bytes"
	"fmt"
)

// jsonDepth bounds the nesting of a record.
const jsonDepth = 64

// jsonNode is one value of a parsed text. The values inside a container
// follow it directly; next is where the value behind it stands.
type jsonNode struct {
	key  cell  // of a value in an object; cellEscaped as in cells
	text cell  // the value's text, a string's without its quotes
	kind byte  // '{', '[', '"', '0' for a number, 't', 'f', 'n'
	step int32 // of a value in an object
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
	steps jsonSteps
}

func (p *jsonParser) fault(rule, format string, args ...any) *jsonFault {
	return &jsonFault{at: p.at, rule: rule, reason: fmt.Sprintf(format, args...)}
}

// record parses one value that fills text[from:to]; the result is nodes from
// the number returned on.
func (p *jsonParser) record(from, to int) (root int, fault *jsonFault) {
	p.at, p.size, p.depth = from, to, 0
	root = len(p.nodes)
	if len(p.steps.all) == 0 {
		p.steps.all = append(p.steps.all, jsonStep{isStart: true})
	}
	p.space()
	if fault = p.value(cell{}, 0); fault != nil {
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

// value parses the value of a key, or of a list that is its value.
func (p *jsonParser) value(key cell, step int32) *jsonFault {
	at := len(p.nodes)
	p.nodes = append(p.nodes, jsonNode{key: key, kind: p.peek(), step: step})
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
			fault = p.object(at, p.steps.start(step))
		} else {
			fault = p.array(step)
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

func (p *jsonParser) array(step int32) *jsonFault {
	p.at++
	p.space()
	if p.peek() == ']' {
		p.at++
		return nil
	}
	for {
		p.space()
		if fault := p.value(cell{}, step); fault != nil {
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

// object parses an object whose first key comes behind a step.
func (p *jsonParser) object(node int, step int32) *jsonFault {
	p.at++
	p.space()
	if p.peek() == '}' {
		p.at++
		return nil
	}
	for keys := 1; ; keys++ {
		p.space()
		at, repeated := p.at, false
		key, known := p.foreseen(step)
		if known > 0 {
			step = known
		} else {
			var fault *jsonFault
			if key, fault = p.key(); fault != nil {
				return fault
			}
			step, repeated = p.steps.after(step, jsonText(p.text, key))
		}
		p.space()
		child := len(p.nodes)
		if fault := p.value(key, step); fault != nil {
			return fault
		}
		if repeated || step == unknownStep && keys <= fewKeys && p.isRepeated(node, child) {
			p.at = at
			return p.fault("json.duplicate_key", "the key occurs twice in one object")
		}
		p.space()
		switch p.peek() {
		case ',':
			p.at++
		case '}':
			p.at++
			if step == unknownStep && keys > fewKeys {
				return p.repeatedAmongMany(node, at)
			}
			return nil
		default:
			return p.expected("a comma or }")
		}
	}
}

// foreseen reads the key, with its colon, that followed a step the last time; 0
// where something else follows.
func (p *jsonParser) foreseen(step int32) (key cell, next int32) {
	if step == unknownStep {
		return cell{}, 0
	}
	next = p.steps.all[step].next
	token := p.steps.all[next].token
	end := p.at + len(token)
	if next == 0 || end > p.size || string(p.text[p.at:end]) != string(token) {
		return cell{}, 0
	}
	key = cell{uint32(p.at + 1), uint32(end - 2)}
	p.at = end
	return key, next
}

// key reads a key and its colon.
func (p *jsonParser) key() (cell, *jsonFault) {
	if p.peek() != '"' {
		return cell{}, p.expected("a key in quotes")
	}
	key, fault := p.str()
	if fault != nil {
		return cell{}, fault
	}
	p.space()
	if p.peek() != ':' {
		return cell{}, p.expected("a colon")
	}
	p.at++
	return key, nil
}

// fewKeys is up to where keys that are not foreseen are compared with each
// other; beyond, a set finds repeated ones.
const fewKeys = 24

// isRepeated says whether an earlier key of the object equals the child's.
func (p *jsonParser) isRepeated(node, child int) bool {
	key := p.keyText(child)
	for i := node + 1; i < child; i = int(p.nodes[i].next) {
		if bytes.Equal(p.keyText(i), key) {
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
