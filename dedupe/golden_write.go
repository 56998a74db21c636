package dedupe

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/schemas"
)

// fullBatch is the number of rows after which a batch is handed on; one
// customer adds fewer than the rest of the 64k a batch may have.
const fullBatch = 32_768

type goldenWriter struct {
	chooser    *chooser
	set        Overrides
	emit       func(golden, values arrow.RecordBatch) error
	golden     *array.RecordBuilder
	values     *array.RecordBuilder
	rows, cell int // in the builders
}

func newGoldenWriter(rules Rules, emit func(golden, values arrow.RecordBatch) error) *goldenWriter {
	tables := schemas.IdentitySchemas()
	return &goldenWriter{
		chooser: newChooser(rules), set: rules.Set, emit: emit,
		golden: array.NewRecordBuilder(memory.DefaultAllocator, tables["golden_customer"]),
		values: array.NewRecordBuilder(memory.DefaultAllocator, tables["golden_value"]),
	}
}

func (w *goldenWriter) release() {
	w.golden.Release()
	w.values.Release()
}

// version is a golden record and when it began.
type version struct {
	from int64
	golden
	members []state
}

// customer writes the versions of one customer; states ascend in time.
func (w *goldenWriter) customer(key int64, states []state) error {
	var versions []version
	set := w.set.of(states)
	for _, m := range withOverrides(timeline(states, w.chooser.units), set) {
		v := version{from: m.at, golden: w.chooser.choose(m.members, set, m.at), members: m.members}
		if v.displayName == "" {
			v.displayName = strconv.FormatInt(key, 10)
		}
		if n := len(versions); n > 0 && versions[n-1].same(v) {
			v.from = versions[n-1].from // the same values, perhaps from another source
			versions[n-1] = v
			continue
		}
		versions = append(versions, v)
	}
	for i, v := range versions {
		if i+1 < len(versions) {
			w.row(key, v, &versions[i+1].from)
		} else {
			w.row(key, v, nil)
		}
	}
	w.sources(key, versions[len(versions)-1])
	if w.rows < fullBatch && w.cell < fullBatch {
		return nil
	}
	return w.flush()
}

// same compares what people see, not where it came from.
func (v version) same(o version) bool {
	return v.size == o.size && v.displayName == o.displayName &&
		slices.EqualFunc(v.fields, o.fields, func(a, b choice) bool { return a.value == b.value })
}

// row writes one version; to is nil for the current one. The columns are those
// of the schema: keys and times, the text fields, then the rest.
func (w *goldenWriter) row(key int64, v version, to *int64) {
	b := w.golden
	i := 0
	next := func() array.Builder { i++; return b.Field(i - 1) }
	next().(*array.Int64Builder).Append(key)
	next().(*array.Int64Builder).Append(v.from)
	if to == nil {
		next().AppendNull()
	} else {
		next().(*array.Int64Builder).Append(*to)
	}
	texts := len(v.fields) - 2
	for _, c := range v.fields[:texts] {
		appendText(next(), c.value)
	}
	if days, err := strconv.ParseInt(v.fields[texts].value, 10, 32); err == nil {
		next().(*array.Int32Builder).Append(int32(days))
	} else {
		next().AppendNull()
	}
	if refused := v.fields[texts+1]; refused.value == "" {
		next().AppendNull()
	} else {
		next().(*array.BooleanBuilder).Append(refused.value == "true")
	}
	appendText(next(), v.displayName)
	next().(*array.Int64Builder).Append(int64(v.size))
	next().(*array.BooleanBuilder).Append(to == nil)
	w.rows++
}

func appendText(b array.Builder, value string) {
	if value == "" {
		b.AppendNull()
		return
	}
	b.(*array.StringBuilder).Append(value)
}

// sources writes where each current value came from.
func (w *goldenWriter) sources(key int64, v version) {
	for f, c := range v.fields {
		var from state
		switch {
		case c.rule == Override:
			from = state{system: string(Override), key: c.party}
		case c.member < 0:
			continue
		default:
			from = v.members[c.member]
		}
		value := c.value
		if w.chooser.fields[f] == "birth_date" {
			value = isoDate(value)
		}
		w.values.Field(0).(*array.Int64Builder).Append(key)
		w.values.Field(1).(*array.StringBuilder).Append(w.chooser.fields[f])
		appendText(w.values.Field(2), value)
		w.values.Field(3).(*array.StringBuilder).Append(from.system)
		w.values.Field(4).(*array.Int64Builder).Append(from.key)
		w.values.Field(5).(*array.StringBuilder).Append(string(c.rule))
		w.cell++
	}
}

// isoDate writes days since 1970-01-01 as a date.
func isoDate(days string) string {
	n, err := strconv.ParseInt(days, 10, 32)
	if err != nil {
		return ""
	}
	const secondsOfDay = 86_400
	return time.Unix(n*secondsOfDay, 0).UTC().Format(time.DateOnly)
}

func (w *goldenWriter) flush() error {
	if w.rows == 0 {
		return nil
	}
	w.rows, w.cell = 0, 0
	golden, values := w.golden.NewRecordBatch(), w.values.NewRecordBatch()
	defer golden.Release()
	defer values.Release()
	if err := w.emit(golden, values); err != nil {
		return fmt.Errorf("write golden records: %w", err)
	}
	return nil
}
