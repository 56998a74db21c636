package transform

import (
	"regexp"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"loadstar/schemas"
)

// cell is the value of one field of the row at hand.
type cell struct {
	text string // of text fields
	num  int64  // integers, decimals × 10^4, days, microseconds, 1 = true
	ok   bool   // false = null
}

// run conforms the rows of one batch for one object. Its buffers are reused
// from row to row and die with it.
type run struct {
	plan    *Plan
	op      *objectPlan
	binding *Binding
	beside  []*run // of the other objects of the rows, for the first of them alone
	in      *batch
	zone    zone

	sources []source
	others  [][]source // by property: its alternatives
	times   []source   // by property: the time of day of its date
	prefix  string     // of the value being read
	ascii   bool       // its column is all ASCII
	cells   []cell
	memos   []memo
	faults  []breach
	extras  []extra // attributes that cleansing adds
	parsed  []bool  // decimal fields of the row that could be read
	buf     []byte  // hashed tuple
	json    []byte  // attributes
	sums    []schemas.ID
	out     *builder
	done    schemas.Conformed
}

// source gives the text of a column for each row.
type source struct {
	column textColumn
	fixed  string
	from   string // "$row" and "$hash" differ by row
	known  bool
}

// memo keeps what a column's last values became, by their text.
type memo struct {
	used        bool
	last        string
	moment      Moment // of last
	good        bool
	lastCleaned string // of last
	cleaned     map[string]string
}

// extra is an attribute that cleansing adds: what it could not use.
type extra struct{ key, value string }

func newRun(p *Plan, op *objectPlan, b *Binding, in *batch) *run {
	r := &run{
		plan: p, op: op, binding: b, in: in,
		zone:    zone{location: p.locale.zone, from: 1, to: 0},
		sources: make([]source, len(op.object.Properties)),
		others:  make([][]source, len(op.object.Properties)),
		times:   make([]source, len(op.object.Properties)),
		cells:   make([]cell, op.slots),
		memos:   make([]memo, len(op.columns)),
		parsed:  make([]bool, len(op.money)),
		sums:    make([]schemas.ID, len(op.money)),
		out:     newBuilder(p.pool, op, in.rows),
	}
	for i, prop := range op.object.Properties {
		r.sources[i] = r.newSource(prop, b.columns[i])
		for _, j := range b.others[i] {
			r.others[i] = append(r.others[i], r.newSource(schemas.Property{}, j))
		}
		r.times[i] = r.newSource(schemas.Property{}, b.times[i])
	}
	for k := range op.columns {
		c := &op.columns[k]
		if from := &r.sources[c.property].column; from.isPlain() && c.slot < len(op.outputs) {
			r.out.fields[c.slot].expect(len(from.text))
		}
	}
	r.done = schemas.Conformed{Object: op.object.Name, Entity: op.entity.Name}
	return r
}

func (r *run) newSource(p schemas.Property, column int) source {
	fixed := func(s string) source {
		if p.Part != nil {
			s = partOf(p.Part, s)
		}
		return source{fixed: s, known: s != ""}
	}
	switch {
	case p.Constant != nil:
		return fixed(*p.Constant)
	case p.From == "$sheet":
		return fixed(r.in.sheet)
	case p.From == "$file":
		return fixed(r.in.place.File)
	case p.From == "$delivered":
		return fixed(r.in.delivered)
	case p.From == "$row" || p.From == "$hash":
		return source{from: p.From}
	case column >= 0:
		return source{column: r.in.columns[column]}
	}
	return source{}
}

// partOf is the text of the first group, "" where the expression does not match.
func partOf(part *regexp.Regexp, s string) string {
	if found := part.FindStringSubmatch(s); found != nil {
		return found[1]
	}
	return ""
}

func (r *run) text(s *source, i int) (string, bool) {
	switch s.from {
	case "":
		if s.known {
			return s.fixed, true
		}
		return s.column.value(i)
	case "$row":
		return strconv.FormatInt(r.in.row.Value(i), 10), true
	default:
		return r.rowHash(i), true
	}
}

// rowHash hashes the row's text, whatever the order of its columns.
func (r *run) rowHash(i int) string {
	buf := r.buf[:0]
	for _, h := range r.binding.hashed {
		if s, ok := r.in.columns[h.column].value(i); ok {
			if s = Text(s); s != "" {
				buf = schemas.AppendPart(buf, h.name, true)
				buf = schemas.AppendPart(buf, s, true)
			}
		}
	}
	r.buf = buf
	return hexID(schemas.HashID(buf), 32)
}

// conform does all rows.
func (r *run) conform() schemas.Conformed {
	for i := 0; i < r.in.rows; i++ {
		if r.in.left[i] {
			r.done.Skipped++
			continue
		}
		if !r.concerns(i) {
			if r.isUnclaimed(i) {
				r.done.Read++
				r.readRow(i)
				r.refuseUnclaimed(i)
				continue
			}
			r.done.Skipped++
			continue
		}
		r.done.Read++
		r.readRow(i)
		if len(r.faults) == 0 {
			r.checkKeys(i)
		}
		column, reason := r.noRecord(i)
		switch {
		case reason != "":
			r.refuseWhole(i, column, "row.no_record", reason)
			continue
		case len(r.faults) > 0:
			r.reject(i)
			continue
		}
		r.emit(i)
	}
	r.done.Record = r.out.record()
	if len(r.op.money) > 0 {
		r.done.Money = make(map[string]schemas.ID, len(r.op.money))
		for i, name := range r.op.money {
			r.done.Money[name] = r.sums[i]
		}
	}
	return r.done
}

// readRow reads, checks and cleanses all columns of a row into its cells.
func (r *run) readRow(i int) {
	clear(r.cells)
	clear(r.parsed)
	r.faults, r.extras = r.faults[:0], r.extras[:0]
	for k := range r.op.columns {
		c := &r.op.columns[k]
		r.prefix, r.ascii = c.prop.Prefix, r.sources[c.property].column.ascii
		raw, present := r.text(&r.sources[c.property], i)
		if present && c.prop.Time != "" {
			raw = r.withTime(c, raw, i)
		}
		if present {
			present = r.readValue(k, c, raw)
		}
		if !present && len(c.prop.Else) > 0 {
			present = r.readElse(k, c, i)
		}
		if !present && c.prop.Required {
			r.missing(c, raw)
		}
	}
	if r.op.names != nil {
		r.cleanNames()
	}
	if r.op.address != nil {
		r.cleanAddress()
	}
	r.fillDefaults()
}

// withTime puts the time of day that stands in a column of its own behind a date.
func (r *run) withTime(c *column, date string, i int) string {
	at := &r.times[c.property]
	text, ok := r.text(at, i)
	if text = Text(text); !ok || text == "" || c.nulls[text] || Text(date) == "" || c.nulls[Text(date)] {
		return date
	}
	r.ascii = r.ascii && at.column.ascii
	return date + " " + text
}

// readElse reads the first alternative of a property that has a value.
func (r *run) readElse(k int, c *column, i int) bool {
	for n := range r.others[c.property] {
		r.prefix, r.ascii = c.prop.Else[n].Prefix, false
		if raw, ok := r.text(&r.others[c.property][n], i); ok && r.readValue(k, &c.others[n], raw) {
			return true
		}
	}
	return false
}

func (r *run) missing(c *column, raw string) {
	if len(r.faults) > 0 && r.faults[len(r.faults)-1].column.property == c.property {
		return // refused for a better reason already
	}
	rule, reason := "required", "a value is required"
	if c.prop.Key > 0 {
		rule, reason = "key.missing", "a key needs a value"
	}
	r.fault(c, rule, reason, raw)
}

// checkKeys refuses rows whose key came to nothing by cleansing.
func (r *run) checkKeys(int) {
	for _, slot := range r.op.keys {
		if r.cells[slot].ok {
			continue
		}
		for k := range r.op.columns {
			if c := &r.op.columns[k]; c.slot == slot {
				r.fault(c, "key.missing", "a key needs a value", "")
			}
		}
	}
}

// fillDefaults sets what the locale knows of a row.
func (r *run) fillDefaults() {
	op := r.op
	if s := op.currencySlot; s >= 0 && !op.outputs[s].mapped {
		r.cells[s] = cell{text: r.plan.locale.currency, ok: true}
	}
	if s := op.assumedSlot; s >= 0 && !op.outputs[s].mapped {
		r.cells[s] = cell{num: 1, ok: true}
	}
}

// emit hashes the row and appends it to the record.
func (r *run) emit(i int) {
	op := r.op
	attributes := r.attributes(i)
	id, content := r.hashRow(attributes)
	if s := op.customerSlot; op.entity.Name == "customer" && !r.cells[s].ok {
		r.cells[s] = cell{text: "h:" + hexID(id, 16), ok: true}
	}
	out := r.out
	out.rowID = append(out.rowID, id)
	out.content = append(out.content, content)
	out.sourceRow = append(out.sourceRow, r.in.row.Value(i))
	out.fileKey = append(out.fileKey, r.in.place.FileKey)
	at, known := r.versionAt()
	out.version.appendInt(at, known)
	if op.hasCustomer {
		r.appendCustomer(&out.customer, op.customerSlot, op.system)
	}
	if op.hasReferrer {
		r.appendCustomer(&out.referrer, op.referrerSlot, op.referrer)
	}
	for k := range op.outputs {
		out.fields[k].append(&r.cells[k])
	}
	out.attributes.appendText(attributes, attributes != "")
	out.rows++
}

func (r *run) appendCustomer(v *vector, slot int, system string) {
	if slot < 0 || !r.cells[slot].ok {
		v.appendInt(0, false)
		return
	}
	v.appendInt(schemas.CustomerKey(system, r.cells[slot].text), true)
}

// versionAt gives the moment of the row's state.
func (r *run) versionAt() (int64, bool) {
	if r.op.version < 0 {
		return 0, false
	}
	c := &r.op.columns[r.op.version]
	v := r.cells[c.slot]
	switch c.kind {
	case kindDate:
		micros, _ := r.zone.utc(Moment{Days: v.num})
		return micros, v.ok
	case kindDecimal:
		return v.num / powers[moneyPlaces], v.ok
	}
	return v.num, v.ok
}

// hashRow gives the row id and the content hash. The content is every field
// with a value and the attributes; a column that is empty and one that is not
// delivered are the same.
func (r *run) hashRow(attributes string) (id, content schemas.ID) {
	op := r.op
	buf := r.appendKey(r.buf[:0])
	start := len(buf)
	for _, k := range op.hashed {
		if r.cells[k].ok {
			buf = append(buf, op.outputs[k].namePart...)
			buf = r.appendCell(buf, k)
		}
	}
	if attributes != "" {
		buf = schemas.AppendPart(buf, schemas.ColAttributes, true)
		buf = schemas.AppendPart(buf, attributes, true)
	}
	r.buf = buf
	content = schemas.HashID(buf[start:])
	if len(op.keys) > 0 {
		return schemas.HashID(buf[:start]), content
	}
	return schemas.HashID(buf), content
}

// appendKey appends the tuple that names a row by its key.
func (r *run) appendKey(buf []byte) []byte {
	buf = append(buf, r.op.idPrefix...)
	for _, slot := range r.op.keys {
		buf = r.appendCell(buf, slot)
	}
	return buf
}

// appendCell appends a cell in canonical form: text as it is, all else as a
// whole number in the field's unit.
func (r *run) appendCell(buf []byte, slot int) []byte {
	v := &r.cells[slot]
	if v.text != "" || slot >= len(r.op.outputs) || r.op.outputs[slot].isText {
		return schemas.AppendPart(buf, v.text, v.ok)
	}
	buf = strconv.AppendInt(buf, v.num, 10)
	return schemas.AppendPart(buf, "", true)
}

// addMoney counts a decimal that could be read, whatever becomes of the row.
func (r *run) addMoney(c *column, v int64) {
	r.parsed[c.money] = true
	r.sums[c.money] = r.sums[c.money].Add(decimal128.FromI64(v))
}
