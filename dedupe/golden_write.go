package dedupe

import (
	"slices"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/schemas"
)

// goldenBatch is how many customers one pair of batches holds.
const goldenBatch = 8192

type goldenWriter struct {
	chooser   *chooser
	emit      func(golden, values arrow.RecordBatch) error
	golden    *array.RecordBuilder
	values    *array.RecordBuilder
	customers int
}

func newGoldenWriter(rules Rules, emit func(golden, values arrow.RecordBatch) error) *goldenWriter {
	tables := schemas.IdentitySchemas()
	return &goldenWriter{
		chooser: newChooser(rules), emit: emit,
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

// customer writes the versions of one customer; states come in ascending
// (effective_at, source_customer_key).
func (w *goldenWriter) customer(key int64, states []state) error {
	var versions []version
	for _, m := range moments(states) {
		g := w.chooser.choose(m.members)
		if n := len(versions); n > 0 && versions[n-1].same(g) {
			versions[n-1].golden, versions[n-1].members = g, m.members
			continue
		}
		versions = append(versions, version{from: m.at, golden: g, members: m.members})
	}
	for i, v := range versions {
		to := int64(0)
		if i+1 < len(versions) {
			to = versions[i+1].from
		}
		w.row(key, v, to, i+1 == len(versions))
	}
	w.sources(key, versions[len(versions)-1])
	w.customers++
	if w.customers < goldenBatch {
		return nil
	}
	return w.flush()
}

// same compares what people see, not where it came from.
func (v version) same(g golden) bool {
	return v.size == g.size && v.birth.value == g.birth.value && v.optOut.value == g.optOut.value &&
		slices.EqualFunc(v.text, g.text, func(a, b choice) bool { return a.value == b.value })
}

func (w *goldenWriter) row(key int64, v version, to int64, isCurrent bool) {
	b := w.golden
	i := 0
	next := func() array.Builder { i++; return b.Field(i - 1) }
	next().(*array.Int64Builder).Append(key)
	next().(*array.Int64Builder).Append(v.from)
	if isCurrent {
		next().AppendNull()
	} else {
		next().(*array.Int64Builder).Append(to)
	}
	for _, c := range v.text {
		appendText(next(), c.value)
	}
	if days, err := strconv.ParseInt(v.birth.value, 10, 32); err == nil {
		next().(*array.Int32Builder).Append(int32(days))
	} else {
		next().AppendNull()
	}
	if v.optOut.member < 0 {
		next().AppendNull()
	} else {
		next().(*array.BooleanBuilder).Append(v.optOut.value == "true")
	}
	appendText(next(), v.displayName)
	next().(*array.Int64Builder).Append(int64(v.size))
	next().(*array.BooleanBuilder).Append(isCurrent)
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
	add := func(field string, c choice) {
		if c.member < 0 {
			return
		}
		from := v.members[c.member]
		w.values.Field(0).(*array.Int64Builder).Append(key)
		w.values.Field(1).(*array.StringBuilder).Append(field)
		appendText(w.values.Field(2), c.value)
		w.values.Field(3).(*array.StringBuilder).Append(from.system)
		w.values.Field(4).(*array.Int64Builder).Append(from.key)
		w.values.Field(5).(*array.StringBuilder).Append(string(c.rule))
	}
	for f, c := range v.text {
		add(w.chooser.fields[f], c)
	}
	add("birth_date", v.birth)
	add("is_opted_out", v.optOut)
}

func (w *goldenWriter) flush() error {
	if w.customers == 0 {
		return nil
	}
	w.customers = 0
	golden, values := w.golden.NewRecordBatch(), w.values.NewRecordBatch()
	defer golden.Release()
	defer values.Release()
	return w.emit(golden, values)
}
