package extract

import (
	"bytes"
	"fmt"
	"strings"
	"sync"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// Bounds of a batch's columns and cells, so that records whose keys are data
// fail with a message and not for want of memory.
const (
	jsonColumns = 4096
	jsonCells   = 8 << 20
)

var errManyKeys = fault.New(fault.DeliveryTooLarge, "the records have more than %d different keys; list the object whose keys change as a property, then it is kept as JSON text", jsonColumns)

// jsonDecoder turns blocks into one batch for each schema object; it may be
// used concurrently.
type jsonDecoder struct {
	rowPlace
	encoding string
	lines    bool // a record's row is its line
	made     bool // from typed columns: places within the text tell nothing
	plans    []*jsonPlan
	free     *buffers
	batches  *sync.Pool // *jsonBatch
	pool     *schemas.Pool
}

// chunks yields one chunk for each object; they share the work of parsing,
// which the first one decoded does.
func (d *jsonDecoder) chunks(block jsonBlock, yield func(Chunk) bool) bool {
	return d.share(func() ([]schemas.Decoded, error) { return d.decode(block) }, yield)
}

func (d *jsonDecoder) share(parse func() ([]schemas.Decoded, error), yield func(Chunk) bool) bool {
	parse = sync.OnceValues(parse)
	for i := range d.plans {
		if !yield(once(func() (schemas.Decoded, error) {
			all, err := parse()
			if err != nil {
				return schemas.Decoded{}, err
			}
			return all[i], nil
		})) {
			return false
		}
	}
	return true
}

// jsonBatch is one block on its way to batches.
type jsonBatch struct {
	*jsonDecoder
	*jsonParser
	objects []*jsonRows
	above   []int // nodes of the objects above the row, from the record down
	out     []schemas.Decoded
	bad     *jsonFault // why a row of the record could not be read
	plain   []byte     // a text without its escapes
	path    []byte     // to the object at hand, with a dot behind each key
}

func (d *jsonDecoder) decode(block jsonBlock) ([]schemas.Decoded, error) {
	b, _ := d.batches.Get().(*jsonBatch)
	if b == nil {
		b = &jsonBatch{jsonDecoder: d, jsonParser: &jsonParser{}, objects: make([]*jsonRows, len(d.plans))}
	}
	b.text = block.text[:len(block.text)+slack]
	b.out = make([]schemas.Decoded, len(d.plans))
	for i, p := range d.plans {
		b.objects[i] = newJSONRows(p, b.objects[i])
	}
	b.out[0].Excluded.Blank = block.blank
	suspect := mayBeBad(block.text)
	for _, record := range block.records {
		b.nodes = b.nodes[:0]
		fault := b.record(record, suspect)
		if fault != nil {
			b.refuse(block, record, fault)
		}
	}
	var err error
	for i, o := range b.objects {
		b.out[i].Object = o.plan.name
		if len(o.rows) > 0 && err == nil {
			b.out[i].Record, err = o.finish(b.text, b.pool)
		}
	}
	all := b.out
	b.out, b.text = nil, nil
	d.batches.Put(b)
	d.free.put(block.text)
	if err != nil {
		for _, out := range all {
			if out.Record != nil {
				out.Record.Release()
			}
		}
		return nil, fmt.Errorf("read %s from line %d on: %w", d.at.File, block.place.line, fault.Mark(fault.DeliveryJSON, err))
	}
	return all, nil
}

func (b *jsonBatch) refuse(block jsonBlock, r jsonRecord, fault *jsonFault) {
	place := block.place.after(block.text[:min(fault.at, len(block.text))])
	reason := fmt.Sprintf("line %d, column %d: %s", place.line, place.column, fault.reason)
	switch {
	case b.made:
		reason = fault.reason
	case b.lines:
		reason = fmt.Sprintf("column %d: %s", place.column, fault.reason)
	}
	text := bytes.TrimSpace(block.text[r.from:r.to])
	b.out[0].Rejects = append(b.out[0].Rejects, b.reject(r.row, "", fault.rule, reason, rawLine(text)))
}

// record reads the rows of all objects out of one record; where it can't, it
// leaves none.
func (b *jsonBatch) record(r jsonRecord, suspect bool) *jsonFault {
	if suspect {
		if rule, reason := badText(b.text[r.from:r.to], b.encoding); rule != "" && rule != "nul" {
			return &jsonFault{at: r.from, rule: rule, reason: strings.Replace(reason, "the value", "the record", 1)}
		}
	}
	root, fault := b.jsonParser.record(r.from, r.to)
	if fault != nil {
		return fault
	}
	if b.nodes[root].kind != '{' {
		return &jsonFault{at: r.from, rule: "json.syntax", reason: "expected an object in braces"}
	}
	if fault := b.escapedText(); fault != nil {
		return fault
	}
	b.bad = nil
	for i, o := range b.objects {
		b.above = b.above[:0]
		if b.each(o, root, o.plan.path, r.row) {
			continue
		}
		for _, o := range b.objects[:i+1] {
			o.dropRow(r.row)
		}
		if b.bad != nil {
			return b.bad
		}
		return &jsonFault{at: r.from, rule: "json.duplicate_key", reason: "two keys of the record give the same column"}
	}
	return nil
}

// escapedText finds text that was spoilt and then escaped, as programs do that
// write JSON in ASCII.
func (b *jsonBatch) escapedText() *jsonFault {
	for _, n := range b.nodes {
		if n.kind != '"' || n.text.start&cellEscaped == 0 {
			continue
		}
		b.plain = jsonUnescape(b.plain[:0], b.text[n.text.from():n.text.end])
		if !mayBeBad(b.plain) {
			continue
		}
		if rule, reason := badText(b.plain, b.encoding); rule != "" {
			return &jsonFault{at: n.text.from(), rule: rule, reason: reason}
		}
	}
	return nil
}

// each reads the rows at path below a node; false where one has two values
// for a column.
func (b *jsonBatch) each(o *jsonRows, node int, path []string, row int64) bool {
	n := b.nodes[node]
	if n.kind == '[' && o.plan.nested() {
		for i := node + 1; i < int(n.next); i = int(b.nodes[i].next) {
			if !b.each(o, i, path, row) {
				return false
			}
		}
		return true
	}
	if len(path) == 0 {
		return b.row(o, node, row)
	}
	if n.kind != '{' {
		return n.kind == 'n' || b.nest(node, "expected an object in braces, or a list of them")
	}
	child := b.child(node, path[0])
	if child < 0 {
		return true
	}
	b.above = append(b.above, node)
	ok := b.each(o, child, path[1:], row)
	b.above = b.above[:len(b.above)-1]
	return ok
}

// nest notes that a value has the wrong shape; it is false.
func (b *jsonBatch) nest(node int, reason string) bool {
	b.bad = &jsonFault{at: b.nodes[node].text.from(), rule: "json.nested", reason: reason}
	return false
}

// isNothing says whether a value is what programs write for an object that is
// not there: [], "" or false.
func (b *jsonBatch) isNothing(node int) bool {
	text := b.nodes[node].text
	switch b.nodes[node].kind {
	case '[':
		return int(b.nodes[node].next) == node+1
	case '"':
		return text.from() == int(text.end)
	}
	return b.nodes[node].kind == 'f'
}

// child is the value of a key of an object, -1 where there is none.
func (b *jsonBatch) child(node int, key string) int {
	for i := node + 1; i < int(b.nodes[node].next); i = int(b.nodes[i].next) {
		if string(b.keyText(i)) == key {
			return i
		}
	}
	return -1
}

// row adds one row: an object, or a single value as column "value".
func (b *jsonBatch) row(o *jsonRows, node int, row int64) bool {
	kind := b.nodes[node].kind
	if kind == 'n' {
		return true
	}
	if kind != '{' && len(o.plan.fields.inner) > 0 && o.plan.fields.inner["value"] == nil {
		return b.nest(node, "expected an object in braces, or a list of them")
	}
	o.rows = append(o.rows, row)
	for _, p := range o.plan.parents {
		if at := b.parent(p); at >= 0 && !o.set(p.column, b.cell(at)) {
			return false
		}
	}
	if kind != '{' {
		return o.set(o.column(nil, []byte("value")), b.cell(node))
	}
	return b.fields(o, node, o.plan.fields, b.path[:0], keepUnlisted)
}

func (b *jsonBatch) parent(p jsonParent) int {
	if p.up > len(b.above) {
		return -1
	}
	node := b.above[len(b.above)-p.up]
	for _, key := range p.path {
		if b.nodes[node].kind != '{' {
			return -1
		}
		if node = b.child(node, key); node < 0 {
			return -1
		}
	}
	return node
}

// unlisted says what becomes of keys that no property lists.
type unlisted int

const (
	keepUnlisted unlisted = iota // they become columns of their own
	dropUnlisted                 // another column or schema object has them
)

// fields reads the keys of an object into columns; prefix is the path to it, at
// the beginning of b.path. It is false where a column gets two values.
func (b *jsonBatch) fields(o *jsonRows, node int, known *jsonField, prefix []byte, others unlisted) bool {
	flat := -1 // a key whose value should hold others
	for i := node + 1; i < int(b.nodes[node].next); i = int(b.nodes[i].next) {
		value, kind := b.cell(i), b.nodes[i].kind
		found := o.keyAt(b.nodes[i].step)
		if !found.isLooked {
			found.field, found.isLooked = known.inner[string(b.keyText(i))], true
		}
		field := found.field
		var column int
		switch {
		case field != nil && field.column >= 0:
			if field.single && (kind == '{' || kind == '[') {
				return b.nest(i, "expected a single value, found an object or a list; name the value by its path below the key")
			}
			column = field.column
		case others == dropUnlisted || kind == 'n' || field != nil && field.takes(kind):
			column = -1
		default:
			if found.column == 0 {
				found.column = o.column(prefix, b.keyText(i)) + 1
			}
			column = found.column - 1
			if column >= 0 && column < len(o.plan.columns) && (kind == '{' || kind == '[') {
				return b.nest(i, "expected a single value, found an object or a list; name the value by its path below the key")
			}
		}
		if !o.set(column, value) {
			return false
		}
		if field.isFlat(kind) && !b.isNothing(i) {
			flat = i
		}
		if field == nil || kind != '{' || len(field.inner) == 0 {
			continue
		}
		below := others
		if field.column >= 0 || field.elsewhere {
			below = dropUnlisted
		}
		b.path = append(append(b.path[:len(prefix)], b.keyText(i)...), '.')
		if !b.fields(o, i, field, b.path, below) {
			return false
		}
	}
	if flat >= 0 && !o.isSet(known.inner[string(b.keyText(flat))]) {
		return b.nest(flat, "expected an object in braces with the values that the contract names by their path")
	}
	return true
}

// cell is the text of a node: a string's meaning, a number as written, an
// object or array as JSON.
func (b *jsonBatch) cell(node int) cell {
	n := &b.nodes[node]
	if n.kind == 'n' {
		return cell{}
	}
	return cell{start: n.text.start | cellQuoted, end: n.text.end}
}
