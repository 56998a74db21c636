package extract

import (
	"context"
	"iter"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// filledSource gives blank cells of some columns the value of the row above,
// as exports mean it that write an order's id in its first row only.
type filledSource struct {
	Source
	objects []schemas.Object
}

// filled wraps a source whose contract has such columns.
func filled(s Source, c schemas.Contract) (Source, error) {
	for _, o := range c.Objects {
		for _, p := range o.Properties {
			switch {
			case !p.FillDown:
			case c.Dialect.Header == 0 && (c.Dialect.Format == "csv" || c.Dialect.Format == "excel"):
				return nil, fault.New(fault.ContractPlan, "property %s: fill needs a header, which the dialect says there is none of", p.Name)
			default:
				return &filledSource{s, c.Objects}, nil
			}
		}
	}
	return s, nil
}

// carry is what stands above the first row of a chunk.
type carry struct {
	sheet, object string
	values        map[string]string // by column; none behind a row that was refused
}

// Chunks implements Source. Each chunk needs the one before: it decodes it
// where that has not been done.
func (s *filledSource) Chunks(ctx context.Context) iter.Seq2[Chunk, error] {
	return func(yield func(Chunk, error) bool) {
		above := func(context.Context) carry { return carry{} }
		for chunk, err := range s.Source.Chunks(ctx) {
			if err != nil {
				yield(nil, err)
				return
			}
			f := &filledChunk{source: s, chunk: chunk, above: above}
			above = f.last
			if !yield(f.decode, nil) {
				return
			}
		}
	}
}

// filledChunk is a chunk that is decoded once, by whoever needs it first.
type filledChunk struct {
	source *filledSource
	chunk  Chunk
	above  func(context.Context) carry
	done   sync.Once
	out    schemas.Decoded
	err    error
	below  carry
}

func (f *filledChunk) decode(ctx context.Context) (schemas.Decoded, error) {
	f.done.Do(func() {
		if f.out, f.err = f.chunk(ctx); f.err == nil {
			f.below = f.source.fill(&f.out, f.above(ctx))
		}
		f.above, f.chunk = nil, nil
	})
	return f.out, f.err
}

func (f *filledChunk) last(ctx context.Context) carry {
	if _, err := f.decode(ctx); err != nil {
		return carry{}
	}
	return f.below
}

// fill fills the blank cells of a chunk and tells what stands above the next.
func (s *filledSource) fill(dec *schemas.Decoded, above carry) carry {
	if above.sheet != dec.Sheet || above.object != dec.Object || above.values == nil {
		above = carry{sheet: dec.Sheet, object: dec.Object, values: map[string]string{}}
	}
	refused := make([]int64, 0, len(dec.Rejects))
	for _, r := range dec.Rejects {
		refused = append(refused, r.At.Row)
	}
	slices.Sort(refused)
	if dec.Record == nil {
		if len(refused) > 0 {
			clear(above.values)
		}
		return above
	}
	whole := dec.Record
	rows := whole.Column(whole.Schema().FieldIndices(schemas.ColRow)[0]).(*array.Int64)
	columns := slices.Clone(whole.Columns())
	var made []arrow.Array
	below := carry{sheet: dec.Sheet, object: dec.Object, values: map[string]string{}}
	for i, field := range whole.Schema().Fields() {
		if column, ok := columns[i].(*array.String); ok && s.isFilled(field.Name, dec.Object) {
			value, known := above.values[field.Name]
			columns[i], value, known = fillColumn(column, rows, refused, value, known)
			if made = append(made, columns[i]); known {
				below.values[field.Name] = value
			}
		}
	}
	dec.Record = array.NewRecordBatch(whole.Schema(), columns, whole.NumRows())
	for _, c := range made {
		c.Release()
	}
	whole.Release()
	return below
}

func (s *filledSource) isFilled(column, object string) bool {
	for _, o := range s.objects {
		for _, p := range o.Properties {
			if p.FillDown && (object == "" || object == o.Name) && (sameHeader(p.Name, column) || isAlias(column, p.Name, []schemas.Object{o})) {
				return true
			}
		}
	}
	return false
}

// fillColumn gives blank cells the value above. Behind a row that was refused
// nobody knows what stands above.
func fillColumn(column *array.String, rows *array.Int64, refused []int64, value string, known bool) (arrow.Array, string, bool) {
	b := array.NewStringBuilder(memory.DefaultAllocator)
	defer b.Release()
	next := 0
	passed := func(row int64) {
		for ; next < len(refused) && refused[next] < row; next++ {
			known = false
		}
	}
	for i := range column.Len() {
		passed(rows.Value(i))
		switch {
		case !column.IsNull(i) && strings.TrimFunc(column.Value(i), unicode.IsSpace) != "":
			value, known = strings.Clone(column.Value(i)), true
			b.Append(value)
		case known:
			b.Append(value)
		default:
			b.AppendNull()
		}
	}
	if next < len(refused) {
		known = false
	}
	return b.NewArray(), value, known
}
