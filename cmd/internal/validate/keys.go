package validate

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// keyRow is one row under its key, or under a value that must be unique.
type keyRow struct {
	key     schemas.ID
	content schemas.ID // rows with equal keys must agree in it
	row     int64
	sheet   int32
}

// keyRows are the rows of one object of one delivery.
type keyRows struct {
	object schemas.Object
	column string // unique only
	rows   rowStore
	sheets []string
}

func (k *keyRows) sheet(name string) int32 {
	if i := slices.Index(k.sheets, name); i >= 0 {
		return int32(i)
	}
	k.sheets = append(k.sheets, name)
	return int32(len(k.sheets) - 1)
}

// collect keeps what the delivery's rows are compared by once all are read:
// keys, values that must be unique, and ids.
func (d *delivery) collect(object schemas.Object, sheet string, c schemas.Conformed) error {
	if c.Record == nil || c.Record.NumRows() == 0 {
		return nil
	}
	in, err := columnsOf(c.Record)
	if err != nil {
		return err
	}
	wanted := d.feed.isWanted(d.path)
	if len(d.feed.files) > 1 {
		d.addIDs(in)
	}
	if wanted && object.Keyed() && !takesLatest(object) {
		if err := d.keysOf(object).add(in, sheet); err != nil {
			return err
		}
	}
	if wanted {
		for _, set := range object.UniqueSets() {
			if err := d.addUnique(object, set, in, sheet, c.Record); err != nil {
				return err
			}
		}
	}
	return d.collectIDs(object, sheet, c.Record, in, wanted)
}

// takesLatest says whether several states of one key are in order.
func takesLatest(o schemas.Object) bool {
	return o.Repeats || slices.ContainsFunc(o.Properties, func(p schemas.Property) bool { return p.Version })
}

// lineageColumns of a conformed record.
type lineageColumns struct {
	rowID, content *array.Decimal128
	row            *array.Int64
}

func columnsOf(r arrow.RecordBatch) (lineageColumns, error) {
	var in lineageColumns
	var ok [3]bool
	for i, name := range []string{schemas.ColRowID, schemas.ColContentHash, schemas.ColSourceRow} {
		found := r.Schema().FieldIndices(name)
		if len(found) == 0 {
			return in, fmt.Errorf("conformed batch lacks %s", name)
		}
		switch column := r.Column(found[0]); i {
		case 0:
			in.rowID, ok[0] = column.(*array.Decimal128)
		case 1:
			in.content, ok[1] = column.(*array.Decimal128)
		case 2:
			in.row, ok[2] = column.(*array.Int64)
		}
	}
	if !ok[0] || !ok[1] || !ok[2] {
		return in, errors.New("lineage columns of the conformed batch have other types")
	}
	return in, nil
}

func (d *delivery) keysOf(o schemas.Object) *keyRows {
	if d.keys[o.Name] == nil {
		d.keys[o.Name] = &keyRows{object: o}
	}
	return d.keys[o.Name]
}

func (k *keyRows) add(in lineageColumns, sheet string) error {
	number := k.sheet(sheet)
	for i := range in.row.Len() {
		if err := k.rows.add(keyRow{in.rowID.Value(i), in.content.Value(i), in.row.Value(i), number}); err != nil {
			return err
		}
	}
	return nil
}

// valuesOf reads the values of a property by row, nil where there are none. One
// that feeds no field is kept among the attributes, by its name.
func valuesOf(r arrow.RecordBatch, p schemas.Property) func(row int) (string, bool) {
	if p.Field != "" {
		at := r.Schema().FieldIndices(p.Field)
		if len(at) == 0 {
			return nil
		}
		return func(row int) (string, bool) { return r.Column(at[0]).ValueStr(row), r.Column(at[0]).IsValid(row) }
	}
	at := r.Schema().FieldIndices(schemas.ColAttributes)
	if len(at) == 0 {
		return nil
	}
	attributes, isText := r.Column(at[0]).(*array.String)
	if !isText {
		return nil
	}
	return func(row int) (string, bool) {
		var values map[string]string
		if attributes.IsNull(row) || json.Unmarshal([]byte(attributes.Value(row)), &values) != nil {
			return "", false
		}
		value, ok := values[p.Name]
		return value, ok
	}
}

// addUnique keeps the rows that have all values of a set.
func (d *delivery) addUnique(o schemas.Object, set []schemas.Property, in lineageColumns, sheet string, r arrow.RecordBatch) error {
	values := make([]func(row int) (string, bool), len(set))
	for i, p := range set {
		if values[i] = valuesOf(r, p); values[i] == nil {
			return nil
		}
	}
	column := namesOf(set)
	key := o.Name + "\x00" + column
	if d.unique[key] == nil {
		d.unique[key] = &keyRows{object: o, column: column}
	}
	k := d.unique[key]
	number := k.sheet(sheet)
	texts := make([]string, len(set))
	for i := range in.row.Len() {
		complete := true
		for n, value := range values {
			var ok bool
			texts[n], ok = value(i)
			complete = complete && ok
		}
		if !complete {
			continue
		}
		if err := k.rows.add(keyRow{fingerprint(texts...), in.rowID.Value(i), in.row.Value(i), number}); err != nil {
			return err
		}
	}
	return nil
}

func namesOf(set []schemas.Property) string {
	names := make([]string, len(set))
	for i, p := range set {
		names[i] = p.Name
	}
	return strings.Join(names, ", ")
}

// compareKeys finds the rows that only the whole delivery shows to be wrong,
// by the rules of staging: a key that comes again with other content, a value
// that several rows share though it must be unique.
func (d *delivery) compareKeys() error {
	for _, o := range d.feed.feed.Contract.Objects {
		if k := d.keys[o.Name]; k != nil {
			if err := d.repeats(k, "key.conflict", keyColumn(o),
				"the same key comes more than once in this delivery with different content, and nothing says which is newer"); err != nil {
				return err
			}
		}
		for _, set := range o.UniqueSets() {
			k := d.unique[o.Name+"\x00"+namesOf(set)]
			if k == nil {
				continue
			}
			if err := d.repeats(k, "unique", k.column, "a value comes more than once in this delivery, and the contract says unique"); err != nil {
				return err
			}
		}
	}
	return nil
}

// drop lets go of what was kept for comparisons.
func (d *delivery) drop() error {
	var errs []error
	for _, kept := range []map[string]*keyRows{d.keys, d.unique} {
		for _, k := range kept {
			errs = append(errs, k.rows.close())
		}
	}
	d.keys, d.unique = nil, nil
	return errors.Join(errs...)
}

func keyColumn(o schemas.Object) string {
	for _, p := range o.KeyProperties() {
		if p.Constant == nil && p.From == "" {
			return p.Name
		}
	}
	return ""
}

func (d *delivery) repeats(k *keyRows, rule, column, reason string) error {
	return k.rows.each(func(rows []keyRow) {
		for from := 0; from < len(rows); {
			to, differ := from+1, false
			for ; to < len(rows) && rows[to].key == rows[from].key; to++ {
				differ = differ || rows[to].content != rows[from].content
			}
			for _, r := range rows[from:to] {
				if !differ {
					break
				}
				d.repeat(k, r, rule, column, reason)
			}
			from = to
		}
	})
}

func (d *delivery) repeat(k *keyRows, r keyRow, rule, column, reason string) {
	f := d.group(rule, column, reason)
	f.Code = fault.OfRule(rule)
	at := rowAt{k.sheets[r.sheet], r.row}
	d.bad[at] = true
	if f.seen[at] {
		return
	}
	f.seen[at] = true
	f.at(occurrence{
		spot:  Spot{Line: r.row, Sheet: at.sheet},
		print: fingerprint(d.feed.feed.Name, rule, column, printText(r.key), printText(r.content)),
		index: slices.Index(d.headers[headerKey{"", at.sheet}], column),
	})
}
