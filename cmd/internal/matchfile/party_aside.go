package matchfile

import (
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/cmd/internal/recognise"
	"loadstar/dedupe"
	"loadstar/schemas"
)

// keepAside keeps the columns that are compared as they are.
func (out *chunkRows) keepAside(fields []arrow.Field, columns []arrow.Array) {
	for i, f := range fields {
		texts, ok := columns[i].(*array.String)
		switch {
		case !ok:
		case f.Name == dedupe.Point:
			out.points = texts
		default:
			out.attributes = append(out.attributes, texts)
		}
	}
}

// contentHashes names the content of each row: what is compared of it.
func contentHashes(fields []arrow.Field, columns []arrow.Array, rows int) []int64 {
	hashes := make([]int64, rows)
	var buf []byte
	for i := range hashes {
		buf = buf[:0]
		for k, column := range columns {
			if texts, ok := column.(*array.String); ok && texts.IsValid(i) {
				buf = schemas.AppendPart(buf, fields[k].Name, true)
				buf = schemas.AppendPart(buf, texts.Value(i), true)
			}
		}
		hashes[i] = schemas.Key63(schemas.HashID(buf))
	}
	return hashes
}

// asides reads what is not compared: the moment of the row, its id, its truth.
func (r *reader) asides(c recognise.TextColumns, out *chunkRows) {
	if r.u.updated != "" {
		date := c.Joined([]string{r.u.updated})
		out.updated = make([]int64, c.Rows)
		for i := range c.Rows {
			if day, err := time.Parse(time.DateOnly, r.u.updatedLayout.Iso(date(i))); err == nil {
				out.updated[i] = day.UnixMicro()
			}
		}
	}
	keep := func(name string) []string {
		values := make([]string, c.Rows)
		value := c.Joined([]string{name})
		for i := range values {
			values[i] = strings.Clone(value(i))
		}
		return values
	}
	if r.truth != "" {
		out.truth = keep(r.truth)
	}
	if r.ids && r.u.id != "" {
		out.ids = keep(r.u.id)
	}
}

func rowNumbers(rows int) arrow.Array {
	b := array.NewInt64Builder(memory.DefaultAllocator)
	defer b.Release()
	b.Reserve(rows)
	for i := range rows {
		b.UnsafeAppend(int64(i + 1))
	}
	return b.NewArray()
}
