package matchfile

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/cmd/internal/recognise"
	"loadstar/dedupe"
	"loadstar/schemas"
	"loadstar/transform"
)

// partyObject is the schema object of the inferred contract.
const partyObject = "party"

// contract is what the understanding of a file says in the terms of a
// contract: cleansing goes the same way as in a run.
func (u *understanding) contract() schemas.Contract {
	party := schemas.Object{Name: partyObject, Entity: "customer"}
	add := func(o *schemas.Object, name string, field recognise.Meaning, logical string) {
		o.Properties = append(o.Properties, schemas.Property{Name: name, Logical: logical, Field: string(field)})
	}
	for _, f := range u.text {
		add(&party, string(f.field), f.field, "string")
	}
	if u.hasBirth() {
		add(&party, string(recognise.MeansBirth), recognise.MeansBirth, "date")
	}
	c := schemas.Contract{
		Feed: "match", System: "match", Dialect: schemas.Dialect{Format: "csv", Header: 1},
		Locale: schemas.Locale{Country: u.country, Date: "iso", TimeZone: "UTC"}, Objects: []schemas.Object{party},
	}
	for i, f := range u.more {
		o := schemas.Object{Name: moreName(f, i), Entity: "customer"}
		field := f.field
		if field == recognise.MeansMaker { // cleansed as names are
			field = recognise.MeansFirm
		}
		add(&o, moreName(f, i), field, "string")
		c.Objects = append(c.Objects, o)
	}
	return c
}

func moreName(f fieldColumns, i int) string { return fmt.Sprintf("more %d %s", i+1, f.field) }

// chunkRows is what one decoded chunk becomes. Rows that could not be read
// have a number and nothing else.
type chunkRows struct {
	total      int     // rows of the file in the chunk
	numbers    []int32 // of the readable rows, within the chunk from 0
	unreadable []int32
	content    []int64         // hash of what is compared
	texts      []*array.String // by PartyTextFields, nil = no such field
	birth      *array.Int32
	years      bool            // of birth is known no more
	ages       bool            // of birth is known as much as the ages tell
	makers     *array.String   // of things, nil = not told
	points     *array.String   // where the parties are, nil = not told
	attributes []*array.String // what no field takes
	updated    []int64
	truth, ids []string
}

// reader turns decoded chunks of one file into parties.
type reader struct {
	in     *input
	u      understanding
	plan   *transform.Plan
	tables *recognise.WordTables
	truth  string // column, "" = none
	ids    bool   // the record ids are needed
}

func newReader(in *input, u understanding, t *recognise.WordTables) (*reader, error) {
	plan, err := transform.NewPlan(u.contract(), transform.Defaults{})
	if err != nil {
		return nil, fmt.Errorf("plan %s: %w", in.Path, err)
	}
	return &reader{in: in, u: u, plan: plan, tables: t}, nil
}

// read hands the chunks of the file to take in their order.
func (r *reader) read(ctx context.Context, workers int, take func(chunkRows) error) error {
	source, err := r.in.Source()
	if err != nil {
		return err
	}
	return recognise.InOrder(ctx, workers, source, r.chunk, take)
}

func (r *reader) chunk(dec schemas.Decoded) (chunkRows, error) {
	c := r.in.ColumnsOf(dec.Record, r.tables)
	var out chunkRows
	out.number(c, dec.Rejects)
	if c.Rows == 0 {
		return out, nil
	}
	prepared := r.prepare(c, &out)
	defer func() { prepared.Release() }()
	conformed, err := r.cleanse(&prepared)
	if err != nil {
		return out, err
	}
	defer func() {
		for _, p := range conformed {
			p.Record.Release()
		}
	}()
	out.take(conformed, prepared, r.u)
	return out, nil
}

// cleanse takes the rows through the plan. Those that it refuses for being none
// (rows of sums, drawn lines) stay in their places, blank: they are nobody's.
func (r *reader) cleanse(prepared *arrow.RecordBatch) ([]schemas.Conformed, error) {
	for {
		conformed, err := r.plan.Apply(schemas.Decoded{Record: *prepared}, transform.Place{File: r.in.Path})
		if err != nil {
			return nil, fmt.Errorf("cleanse %s: %w", r.in.Path, err)
		}
		refused := map[int]bool{}
		for _, p := range conformed {
			for _, reject := range p.Rejects {
				refused[int(reject.At.Row)-1] = true
			}
		}
		if len(refused) == 0 {
			return conformed, nil
		}
		for _, p := range conformed {
			p.Record.Release()
		}
		if (*prepared), err = withBlank(*prepared, refused); err != nil {
			return nil, fmt.Errorf("cleanse %s: %w", r.in.Path, err)
		}
	}
}

// withBlank is a batch in whose place rows have nothing but their number. A row
// that is blank can't be refused again.
func withBlank(record arrow.RecordBatch, rows map[int]bool) (arrow.RecordBatch, error) {
	defer record.Release()
	columns, changed := make([]arrow.Array, record.NumCols()), false
	for k := range columns {
		texts, ok := record.Column(k).(*array.String)
		if !ok {
			record.Column(k).Retain()
			columns[k] = record.Column(k)
			continue
		}
		b := array.NewStringBuilder(memory.DefaultAllocator)
		for i := range texts.Len() {
			if texts.IsNull(i) || rows[i] {
				changed = changed || texts.IsValid(i)
				b.AppendNull()
				continue
			}
			b.Append(texts.Value(i))
		}
		columns[k] = b.NewArray()
		b.Release()
	}
	defer func() {
		for _, c := range columns {
			c.Release()
		}
	}()
	if !changed {
		return nil, errors.New("a blank row was refused")
	}
	return array.NewRecordBatch(record.Schema(), columns, record.NumRows()), nil
}

// number gives the rows of a chunk their places in the file, the unreadable
// ones among them.
func (out *chunkRows) number(c recognise.TextColumns, rejects []schemas.Reject) {
	var bad []int64
	for _, r := range rejects {
		if len(bad) == 0 || bad[len(bad)-1] != r.At.Row {
			bad = append(bad, r.At.Row)
		}
	}
	slices.Sort(bad)
	next := int32(0)
	for i := range c.Rows {
		for len(bad) > 0 && c.Lines != nil && bad[0] < c.Lines.Value(i) {
			out.unreadable = append(out.unreadable, next)
			bad = bad[1:]
			next++
		}
		out.numbers = append(out.numbers, next)
		next++
	}
	for range bad {
		out.unreadable = append(out.unreadable, next)
		next++
	}
	out.total = int(next)
}

// prepare makes the batch that the inferred contract describes: a column for
// each field, and what else is read of the rows.
func (r *reader) prepare(c recognise.TextColumns, out *chunkRows) arrow.RecordBatch {
	fields := []arrow.Field{{Name: schemas.ColRow, Type: arrow.PrimitiveTypes.Int64}}
	columns := []arrow.Array{rowNumbers(c.Rows)}
	add := func(name string, values func(i int) string) {
		b := array.NewStringBuilder(memory.DefaultAllocator)
		defer b.Release()
		b.Reserve(c.Rows)
		for i := range c.Rows {
			v := values(i)
			if v == "" {
				b.AppendNull()
				continue
			}
			b.Append(v)
		}
		fields = append(fields, arrow.Field{Name: name, Type: arrow.BinaryTypes.String, Nullable: true})
		columns = append(columns, b.NewArray())
	}
	for _, f := range r.u.text {
		add(string(f.field), field(c, f))
	}
	for i, f := range r.u.more {
		add(moreName(f, i), field(c, f))
	}
	if r.u.hasBirth() {
		add(string(recognise.MeansBirth), r.birthDates(c))
	}
	known := len(columns) // a contract knows no field for the others
	if len(r.u.point) > 0 {
		add(dedupe.Point, r.point(c))
	}
	for i, a := range r.u.attributes {
		add(dedupe.Attribute(i), a.value(c))
	}
	out.content = contentHashes(fields, columns, c.Rows)
	out.keepAside(fields[known:], columns[known:])
	fields, columns = fields[:known], columns[:known]
	r.asides(c, out)
	record := array.NewRecordBatch(arrow.NewSchema(fields, nil), columns, int64(c.Rows))
	for _, column := range columns {
		column.Release()
	}
	return record
}

// point joins latitude and longitude.
func (r *reader) point(c recognise.TextColumns) func(i int) string {
	latitude, longitude := c.Joined(r.u.point[:1]), c.Joined(r.u.point[1:])
	return func(i int) string {
		lat, lon := latitude(i), longitude(i)
		if lat == "" || lon == "" {
			return ""
		}
		return lat + "," + lon
	}
}

// field reads the text that makes a field.
func field(c recognise.TextColumns, f fieldColumns) func(i int) string {
	value := c.Joined(f.columns)
	if len(f.needs) > 0 && len(f.needs) < len(f.columns) {
		all, needed := value, c.Joined(f.needs)
		value = func(i int) string {
			if needed(i) == "" {
				return ""
			}
			return all(i)
		}
	}
	if f.part == nil {
		return value
	}
	return func(i int) string { return f.part(value(i)) }
}

// take keeps the cleansed columns of a chunk.
func (out *chunkRows) take(conformed []schemas.Conformed, prepared arrow.RecordBatch, u understanding) {
	main := conformed[0].Record
	names := schemas.PartyTextFields()
	out.texts = make([]*array.String, len(names))
	for i, name := range names {
		column := textColumn(main, name)
		if column == nil || column.NullN() == column.Len() {
			continue
		}
		if name == "party_type" && u.namesNoPersons() {
			out.texts[i] = withoutUnknown(column)
			continue
		}
		column.Retain()
		out.texts[i] = column
	}
	for _, m := range []recognise.Meaning{recognise.MeansPhone, recognise.MeansMobile} {
		i := slices.Index(names, string(m))
		if raw := textColumn(prepared, string(m)); raw != nil {
			out.texts[i] = withDigits(out.texts[i], raw)
		}
	}
	if at := main.Schema().FieldIndices(string(recognise.MeansBirth)); len(at) > 0 {
		if birth, ok := main.Column(at[0]).(*array.Int32); ok {
			birth.Retain()
			out.birth, out.years, out.ages = birth, u.year != "", u.age != ""
		}
	}
	for k, f := range u.more {
		if f.field == recognise.MeansMaker {
			if out.makers = textColumn(conformed[k+1].Record, string(recognise.MeansFirm)); out.makers != nil {
				out.makers.Retain()
			}
		}
	}
	for _, list := range []struct {
		field recognise.Meaning
		into  string
	}{{recognise.MeansEmail, "emails"}, {recognise.MeansPhone, "phones"}, {recognise.MeansMobile, "phones"}} {
		i := slices.Index(names, list.into)
		for k, f := range u.more {
			if f.field != list.field {
				continue
			}
			more := textColumn(conformed[k+1].Record, string(f.field))
			if f.field != recognise.MeansEmail {
				more = withDigits(more, textColumn(prepared, moreName(f, k)))
			}
			out.texts[i] = appendList(out.texts[i], more)
		}
	}
}

// withoutUnknown takes parties of which nothing but a number or an address is
// known for organisations, where all others are.
func withoutUnknown(types *array.String) *array.String {
	b := array.NewStringBuilder(memory.DefaultAllocator)
	defer b.Release()
	for i := range types.Len() {
		if v := types.Value(i); types.IsValid(i) && v != "unknown" {
			b.Append(v)
		} else {
			b.Append("organisation")
		}
	}
	return b.NewStringArray()
}

func textColumn(record arrow.RecordBatch, name string) *array.String {
	at := record.Schema().FieldIndices(name)
	if len(at) == 0 {
		return nil
	}
	column, _ := record.Column(at[0]).(*array.String)
	return column
}
