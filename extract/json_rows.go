package extract

import (
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"loadstar/schemas"
)

// jsonRows collects the rows of one schema object.
type jsonRows struct {
	plan    *jsonPlan
	columns [][]cell       // may lack cells at the end
	names   []string       // of columns, the plan's first
	others  map[string]int // column by name
	rows    []int64
	tooMany bool      // different keys
	keys    []jsonKey // by the parser's steps
	unknown jsonKey
}

// jsonKey is what is known of a key of the rows, since it occurred before.
type jsonKey struct {
	isLooked bool
	field    *jsonField // nil = the contract does not name the key
	column   int        // of the batch, from 1, of such a key; 0 = none yet
}

// keyAt is what is known of the key at a step of the parser; of one that it
// does not remember nothing ever is.
func (r *jsonRows) keyAt(step int32) *jsonKey {
	if step == unknownStep {
		r.unknown = jsonKey{}
		return &r.unknown
	}
	for int(step) >= len(r.keys) {
		r.keys = append(r.keys, jsonKey{})
	}
	return &r.keys[step]
}

// newJSONRows starts a batch; it takes over the memory of an earlier one.
func newJSONRows(p *jsonPlan, old *jsonRows) *jsonRows {
	r := &jsonRows{plan: p, columns: make([][]cell, len(p.columns)), names: slices.Clone(p.columns), others: map[string]int{}}
	if old != nil {
		r.keys, r.rows = old.keys, old.rows[:0]
	}
	for i, name := range p.columns {
		r.others[name] = i
		if old != nil {
			r.columns[i] = old.columns[i][:0]
		}
	}
	for i := range r.keys {
		r.keys[i].column = 0
	}
	return r
}

// column finds or adds the column of a key that no property lists, -1 where
// there are too many.
func (r *jsonRows) column(prefix, key []byte) int {
	var scratch [128]byte
	name := append(append(scratch[:0], prefix...), key...)
	if column, ok := r.others[string(name)]; ok {
		return column
	}
	if column, ok := r.plan.alike[foldKey(string(name))]; ok && column >= 0 {
		r.others[string(name)] = column
		return column
	}
	if len(r.columns) >= jsonColumns {
		r.tooMany = true
		return -1
	}
	column := len(r.columns)
	r.columns = append(r.columns, nil)
	r.others[string(name)] = column
	switch shown := string(name); shown {
	case "":
		r.names = append(r.names, "unnamed")
	case schemas.ColRow, schemas.ColParentRow:
		r.names = append(r.names, shown+"_2")
	default:
		r.names = append(r.names, shown)
	}
	return column
}

// set gives the last row a value, in column -1 to nobody; false where it has
// one.
func (r *jsonRows) set(column int, c cell) bool {
	if column < 0 {
		return true
	}
	cells, row := r.columns[column], len(r.rows)-1
	if len(cells) > row {
		return false
	}
	for len(cells) < row {
		cells = append(cells, cell{})
	}
	r.columns[column] = append(cells, c)
	return true
}

// isSet says whether the last row has a value in a column of the fields below
// one, where it may have got it from a key with a dot in it.
func (r *jsonRows) isSet(f *jsonField) bool {
	for _, inner := range f.inner {
		if inner.column >= 0 && len(r.columns[inner.column]) == len(r.rows) || r.isSet(inner) {
			return true
		}
	}
	return false
}

// dropRow takes back the rows of a record.
func (r *jsonRows) dropRow(row int64) {
	for len(r.rows) > 0 && r.rows[len(r.rows)-1] == row {
		r.rows = r.rows[:len(r.rows)-1]
	}
	for i, cells := range r.columns {
		r.columns[i] = cells[:min(len(cells), len(r.rows))]
	}
}

// finish makes the batch: the columns of the contract in its order, then the
// others by name.
func (r *jsonRows) finish(text []byte, pool *schemas.Pool) (arrow.RecordBatch, error) {
	others := len(r.columns) - len(r.plan.columns)
	if r.tooMany || others > jsonColumns/16 && others*len(r.rows) > jsonCells {
		return nil, errManyKeys
	}
	order := make([]int, 0, len(r.columns))
	for i := range r.columns {
		if i < len(r.plan.columns) || len(r.columns[i]) > 0 {
			order = append(order, i)
		}
	}
	slices.SortFunc(order[len(r.plan.columns):], func(a, b int) int { return strings.Compare(r.names[a], r.names[b]) })
	fields := []arrow.Field{{Name: schemas.ColRow, Type: arrow.PrimitiveTypes.Int64}}
	place := func() arrow.Array { return pooledInt64s(pool, append(int64Space(pool, len(r.rows)), r.rows...)) }
	arrays := []arrow.Array{place()}
	if r.plan.nested() {
		fields = append(fields, arrow.Field{Name: schemas.ColParentRow, Type: arrow.PrimitiveTypes.Int64})
		arrays = append(arrays, place())
	}
	for _, column := range order {
		cells := r.columns[column]
		for len(cells) < len(r.rows) {
			cells = append(cells, cell{})
		}
		r.columns[column] = cells
		fields = append(fields, arrow.Field{Name: r.names[column], Type: arrow.BinaryTypes.String, Nullable: true})
		arrays = append(arrays, cellColumn(pool, text, cells, 1, len(r.rows), jsonUnescape))
	}
	return newRecord(arrow.NewSchema(fields, nil), arrays, len(r.rows)), nil
}
