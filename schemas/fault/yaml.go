package fault

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// Codes are those of the errors of one kind of document.
type Codes struct {
	Syntax  Code // no YAML
	Unknown Code // a key that nothing reads
	Value   Code // a value of the wrong kind
	Open    Code // a value that was left for people to fill in
}

// Places of the keys of a mapping; "" is where the mapping begins. A field of
// this type in a struct that is decoded into is filled with those of its keys'
// values.
type Places map[string]Place

// openMark begins the values that are still to be filled in.
const openMark = "TODO"

// Decode reads one YAML document into target, a pointer to a struct with yaml
// tags as goccy/go-yaml has them. It finds all errors at once, each with its
// place; keys that no field takes are errors, and no error shows a value.
func Decode(text []byte, codes Codes, target any) List {
	file, err := parse(text)
	if err != nil {
		return List{syntaxError(codes.Syntax, err)}
	}
	d := &decoder{codes: codes, lines: strings.Split(string(text), "\n"), anchors: map[string]ast.Node{}}
	switch {
	case len(file.Docs) > 1 && file.Docs[1].Body != nil:
		d.fault(file.Docs[1].Body, codes.Syntax, "a second document begins here, expected one")
	case len(file.Docs) == 0 || file.Docs[0].Body == nil:
		d.faults.Add(Place{1, 1}, codes.Syntax, errors.New("the document is empty"))
	default:
		ast.Walk(d, file.Docs[0].Body)
		if _, isMapping := d.pairs(d.resolve(file.Docs[0].Body), 0); !isMapping {
			d.fault(file.Docs[0].Body, codes.Syntax, "expected keys and values")
			return d.faults
		}
		d.decode(file.Docs[0].Body, reflect.ValueOf(target).Elem())
	}
	return d.faults
}

// Visit notes the anchors of the document.
func (d *decoder) Visit(n ast.Node) ast.Visitor {
	if a, ok := n.(*ast.AnchorNode); ok {
		d.anchors[a.Name.String()] = a.Value
	}
	return d
}

// Value is a value whose type is not known yet: Into decodes it.
type Value struct {
	node ast.Node
	from *decoder
}

// SetYAML is called by Decode.
func (v *Value) SetYAML(w Value) { *v = w }

// Place is where the value begins.
func (v Value) Place() Place {
	if v.node == nil {
		return Place{}
	}
	return placeOf(v.node)
}

// Into decodes the value into target, a pointer. The error is a List.
func (v Value) Into(target any) error {
	if v.node == nil {
		return errors.New("the value is missing")
	}
	d := &decoder{codes: v.from.codes, lines: v.from.lines, anchors: v.from.anchors}
	d.decode(v.node, reflect.ValueOf(target).Elem())
	return d.faults.Err()
}

type valueSetter interface{ SetYAML(Value) }

type decoder struct {
	codes   Codes
	lines   []string
	anchors map[string]ast.Node
	faults  List
}

func (d *decoder) fault(n ast.Node, code Code, format string, args ...any) {
	d.faults.Add(placeOf(n), code, New(code, format, args...))
}

func placeOf(n ast.Node) Place {
	if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 && !m.IsFlowStyle {
		n = m.Values[0].Key
	}
	if m, ok := n.(*ast.MappingValueNode); ok {
		n = m.Key
	}
	return tokenPlace(n.GetToken())
}

func tokenPlace(t *token.Token) Place {
	if t == nil || t.Position == nil {
		return Place{}
	}
	return Place{t.Position.Line, t.Position.Column}
}

// decode reads a node into a settable value.
func (d *decoder) decode(n ast.Node, to reflect.Value) {
	n = d.resolve(n)
	if setter, ok := to.Addr().Interface().(valueSetter); ok {
		if !d.isOpen(n) {
			setter.SetYAML(Value{node: n, from: d})
		}
		return
	}
	if _, isNull := n.(*ast.NullNode); isNull || n == nil {
		return
	}
	if d.isOpen(n) {
		return
	}
	switch to.Kind() {
	case reflect.Pointer:
		to.Set(reflect.New(to.Type().Elem()))
		d.decode(n, to.Elem())
	case reflect.Struct:
		d.decodeStruct(n, to)
	case reflect.Slice:
		d.decodeSlice(n, to)
	case reflect.Map:
		d.decodeMap(n, to)
	case reflect.Interface:
		d.decodeAny(n, to)
	default:
		d.decodeScalar(n, to)
	}
}

// maxAliases bounds how often one value leads to another: an anchor may hold
// an alias of itself.
const maxAliases = 20

// resolve follows anchors, aliases and tags to the node they stand for.
func (d *decoder) resolve(n ast.Node) ast.Node {
	for hops := 0; ; hops++ {
		switch known := n.(type) {
		case *ast.AnchorNode:
			n = known.Value
		case *ast.AliasNode:
			to, ok := d.anchors[known.Value.String()]
			if !ok || hops > maxAliases {
				d.fault(known, d.codes.Value, "no anchor is called %s", known.Value.String())
				return nil
			}
			n = to
		case *ast.TagNode:
			n = known.Value
		default:
			return n
		}
	}
}

// isOpen reports a value that was left for people to fill in, with the
// comment that stands behind it.
func (d *decoder) isOpen(n ast.Node) bool {
	s, ok := n.(*ast.StringNode)
	if !ok || !strings.HasPrefix(s.Value, openMark) {
		return false
	}
	question := strings.TrimSpace(strings.TrimLeft(strings.TrimPrefix(s.Value, openMark), ": "))
	if at := placeOf(n); at.Line > 0 && at.Line <= len(d.lines) {
		if _, comment, found := strings.Cut(d.lines[at.Line-1], " #"); found {
			question = strings.TrimSpace(question + " " + strings.TrimSpace(comment))
		}
	}
	d.fault(n, d.codes.Open, "init left this open: %s", firstText(question, "a value is needed"))
	d.faults[len(d.faults)-1].Next = "write the value in place of " + openMark
	return true
}

func firstText(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// pairs are the keys and values of a mapping.
func (d *decoder) pairs(n ast.Node, depth int) ([]*ast.MappingValueNode, bool) {
	var own []*ast.MappingValueNode
	if depth > maxAliases {
		return nil, false
	}
	switch m := n.(type) {
	case *ast.MappingNode:
		own = m.Values
	case *ast.MappingValueNode:
		own = []*ast.MappingValueNode{m}
	default:
		return nil, false
	}
	var all []*ast.MappingValueNode
	for _, p := range own {
		if !p.Key.IsMergeKey() {
			all = append(all, p)
			continue
		}
		if merged, ok := d.pairs(d.resolve(p.Value), depth+1); ok {
			all = append(merged, all...)
		}
	}
	return all, true
}

func keyText(p *ast.MappingValueNode) string {
	if s, ok := p.Key.(*ast.StringNode); ok {
		return s.Value
	}
	return p.Key.String()
}

func (d *decoder) decodeStruct(n ast.Node, to reflect.Value) {
	pairs, ok := d.pairs(n, 0)
	if !ok {
		d.noMapping(n)
		return
	}
	fields := map[string]int{}
	var names []string
	places := Places{"": placeOf(n)}
	for i := range to.NumField() {
		field := to.Type().Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		if field.Type == reflect.TypeOf(places) {
			to.Field(i).Set(reflect.ValueOf(places))
			continue
		}
		if name == "-" || name == "" {
			continue
		}
		fields[name] = i
		names = append(names, name)
	}
	for _, p := range pairs {
		key := keyText(p)
		i, known := fields[key]
		if !known {
			unknown := Unknown(d.codes.Unknown, "key", key, names)
			d.faults.Add(placeOf(p), d.codes.Unknown, unknown)
			continue
		}
		places[key] = placeOf(p.Value)
		d.decode(p.Value, to.Field(i))
	}
}

// noMapping says that a mapping was expected, and what stands there.
func (d *decoder) noMapping(n ast.Node) {
	if _, isList := n.(*ast.SequenceNode); isList {
		d.fault(n, d.codes.Value, "expected a mapping of keys and values, found a list: write each entry as `name: …`, without a dash")
		return
	}
	d.fault(n, d.codes.Value, "expected a mapping of keys and values")
}

func (d *decoder) decodeSlice(n ast.Node, to reflect.Value) {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		d.fault(n, d.codes.Value, "expected a list")
		return
	}
	to.Set(reflect.MakeSlice(to.Type(), len(list.Values), len(list.Values)))
	for i, v := range list.Values {
		d.decode(v, to.Index(i))
	}
}

func (d *decoder) decodeMap(n ast.Node, to reflect.Value) {
	pairs, ok := d.pairs(n, 0)
	if !ok {
		d.noMapping(n)
		return
	}
	to.Set(reflect.MakeMap(to.Type()))
	for _, p := range pairs {
		value := reflect.New(to.Type().Elem()).Elem()
		d.decode(p.Value, value)
		to.SetMapIndex(reflect.ValueOf(keyText(p)).Convert(to.Type().Key()), value)
	}
}

// decodeAny keeps what nothing reads.
func (d *decoder) decodeAny(n ast.Node, to reflect.Value) {
	if s, ok := n.(ast.ScalarNode); ok {
		if v := reflect.ValueOf(s.GetValue()); v.IsValid() {
			to.Set(v)
		}
	}
}

// decodeScalar reads text, numbers and booleans. Text is taken as it is
// written: 1.10 stays 1.10.
func (d *decoder) decodeScalar(n ast.Node, to reflect.Value) {
	text, ok := scalarText(n)
	if !ok {
		d.fault(n, d.codes.Value, "expected a single value")
		return
	}
	switch to.Kind() {
	case reflect.String:
		to.SetString(text)
	case reflect.Bool:
		b, isBool := n.(*ast.BoolNode)
		if !isBool {
			d.fault(n, d.codes.Value, "expected true or false")
			return
		}
		to.SetBool(b.Value)
	case reflect.Int, reflect.Int64:
		v, err := strconv.ParseInt(text, 10, 64)
		if _, quoted := n.(*ast.StringNode); err != nil || quoted {
			d.fault(n, d.codes.Value, "expected a whole number")
			return
		}
		to.SetInt(v)
	case reflect.Float64:
		v, err := strconv.ParseFloat(text, 64)
		if _, quoted := n.(*ast.StringNode); err != nil || quoted {
			d.fault(n, d.codes.Value, "expected a number")
			return
		}
		to.SetFloat(v)
	default:
		d.fault(n, d.codes.Value, "values of kind %s are not read", to.Kind())
	}
}

// scalarText is a scalar as it is written, without quotes.
func scalarText(n ast.Node) (string, bool) {
	switch s := n.(type) {
	case *ast.StringNode:
		return s.Value, true
	case *ast.LiteralNode:
		return fmt.Sprint(s.GetValue()), true
	case ast.ScalarNode:
		return s.GetToken().Value, true
	}
	return "", false
}
