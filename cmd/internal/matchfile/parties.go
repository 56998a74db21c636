package matchfile

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/dedupe"
	"loadstar/schemas"
)

// place is a data row of an input.
type place struct {
	input int32
	row   int32 // from 1
}

// parties are the rows of all inputs, read and cleansed, about 200 bytes a
// row.
//
// A party's key comes from what is compared of it, never from its place, so
// that ties fall alike whatever the order of rows; equal rows are told apart
// by their count.
type parties struct {
	records *dedupe.Records
	places  []place
	keys    []int64
	chunks  []keptChunk
	truth   []string // by party, nil where no truth is read
	ids     []string // by party, "" = none
	byKey   []int32  // parties in ascending order of keys; filled by finish
	starts  []int32  // in byKey, by the upper bits of the key

	unreadable []place

	times map[int64]int32 // how often a content has been met
}

// keptChunk are the columns of parties from first on.
type keptChunk struct {
	first   int
	texts   []*array.String
	birth   *array.Int32
	years   bool // birth holds the first days of years, for no more is known
	updated []int64
}

func newParties() *parties {
	return &parties{records: dedupe.NewRecords(), times: map[int64]int32{}}
}

// readParties reads all inputs.
func readParties(ctx context.Context, o Options, readers []*reader) (*parties, error) {
	p := newParties()
	for i, r := range readers {
		begun := o.Now()
		o.Watch.Begin("read "+r.in.name, int64(r.in.report.Rows), "rows")
		next := int32(0)
		err := r.read(ctx, o.Workers, func(c chunkRows) error {
			o.Watch.Add(int64(c.total))
			err := p.add(c, r.in.name, int32(i), next)
			next += int32(c.total)
			return err
		})
		if err != nil {
			return nil, err
		}
		if err := r.in.Unchanged(); err != nil {
			return nil, err
		}
		r.in.report.Rows = int(next)
		o.Watch.End(int64(next), o.Now().Sub(begun))
	}
	p.finish()
	return p, nil
}

func (p *parties) add(c chunkRows, source string, input, firstRow int32) error {
	for _, n := range c.unreadable {
		p.unreadable = append(p.unreadable, place{input, firstRow + n + 1})
	}
	if len(c.numbers) == 0 {
		return nil
	}
	first := len(p.keys)
	for i, n := range c.numbers {
		p.places = append(p.places, place{input, firstRow + n + 1})
		p.keys = append(p.keys, p.newKey(c.content[i]))
	}
	if c.truth != nil || p.truth != nil {
		p.truth = padded(p.truth, first, c.truth, len(p.keys))
	}
	if c.ids != nil || p.ids != nil {
		p.ids = padded(p.ids, first, c.ids, len(p.keys))
	}
	kept := keptChunk{first: first, texts: c.texts, birth: c.birth, years: c.years, updated: c.updated}
	if c.ages {
		kept.birth = nil // no year of birth is known
	}
	p.chunks = append(p.chunks, kept)
	batch := partyBatch(p.keys[first:], source, c)
	defer batch.Release()
	return p.records.Add(batch)
}

// padded appends values from position first on, up to a length.
func padded(to []string, first int, values []string, length int) []string {
	to = append(to, make([]string, first-len(to))...)
	to = append(to, values...)
	return append(to, make([]string, length-len(to))...)
}

// newKey gives the n-th party of one content its key.
func (p *parties) newKey(content int64) int64 {
	n := p.times[content]
	p.times[content] = n + 1
	if n == 0 {
		return content
	}
	buf := binary.BigEndian.AppendUint64(nil, uint64(content))
	buf = binary.BigEndian.AppendUint32(buf, uint32(n))
	return schemas.Key63(schemas.HashID(buf))
}

// partyBatch is what matching reads of a chunk.
func partyBatch(keys []int64, source string, c chunkRows) arrow.RecordBatch {
	b := array.NewInt64Builder(memory.DefaultAllocator)
	defer b.Release()
	b.AppendValues(keys, nil)
	fields := []arrow.Field{{Name: "source_customer_key", Type: arrow.PrimitiveTypes.Int64}}
	columns := []arrow.Array{b.NewArray()}
	sources := array.NewStringBuilder(memory.DefaultAllocator)
	defer sources.Release()
	for range keys {
		sources.Append(source)
	}
	fields = append(fields, arrow.Field{Name: "source_system", Type: arrow.BinaryTypes.String})
	columns = append(columns, sources.NewArray())
	if c.birth != nil {
		fields = append(fields, arrow.Field{Name: "birth_date", Type: arrow.PrimitiveTypes.Int32, Nullable: true})
		columns = append(columns, c.birth)
	}
	for i, name := range schemas.PartyTextFields() {
		if c.texts[i] != nil {
			fields = append(fields, arrow.Field{Name: name, Type: arrow.BinaryTypes.String, Nullable: true})
			columns = append(columns, c.texts[i])
		}
	}
	if c.makers != nil {
		fields = append(fields, arrow.Field{Name: dedupe.MadeBy, Type: arrow.BinaryTypes.String, Nullable: true})
		columns = append(columns, c.makers)
	}
	if c.points != nil {
		fields = append(fields, arrow.Field{Name: dedupe.Point, Type: arrow.BinaryTypes.String, Nullable: true})
		columns = append(columns, c.points)
	}
	for i, values := range c.attributes {
		fields = append(fields, arrow.Field{Name: dedupe.Attribute(i), Type: arrow.BinaryTypes.String, Nullable: true})
		columns = append(columns, values)
	}
	return array.NewRecordBatch(arrow.NewSchema(fields, nil), columns, int64(len(keys)))
}

func (p *parties) finish() {
	p.times = nil
	p.records.Freeze()
	p.byKey = make([]int32, len(p.keys))
	for i := range p.byKey {
		p.byKey[i] = int32(i)
	}
	slices.SortFunc(p.byKey, func(a, b int32) int { return cmp.Compare(p.keys[a], p.keys[b]) })
	p.starts = make([]int32, 1<<startBits+1)
	for _, key := range p.keys {
		p.starts[key>>(63-startBits)+1]++
	}
	for i := 1; i < len(p.starts); i++ {
		p.starts[i] += p.starts[i-1]
	}
}

// startBits are the upper bits of a key by which its place is found: keys are
// hashes, so that few share them.
const startBits = 16

var errUnknownKey = errors.New("matching returned a record that it was not given")

// find gives the party of a key.
func (p *parties) find(key int64) (int32, error) {
	near := p.byKey
	if key >= 0 {
		at := key >> (63 - startBits)
		near = near[p.starts[at]:p.starts[at+1]]
	}
	at, ok := slices.BinarySearchFunc(near, key, func(i int32, key int64) int { return cmp.Compare(p.keys[i], key) })
	if !ok {
		return 0, errUnknownKey
	}
	return near[at], nil
}

// chunkOf gives the columns that hold a party, and where.
func (p *parties) chunkOf(party int32) (*keptChunk, int) {
	at, exact := slices.BinarySearchFunc(p.chunks, int(party), func(c keptChunk, first int) int { return cmp.Compare(c.first, first) })
	if !exact {
		at--
	}
	return &p.chunks[at], int(party) - p.chunks[at].first
}

// text gives a field of a party, "" where it has none.
func (p *parties) text(party int32, field int) string {
	c, i := p.chunkOf(party)
	if c.texts[field] == nil || c.texts[field].IsNull(i) {
		return ""
	}
	return c.texts[field].Value(i)
}

// clusterName is how a cluster is called in the results: by its smallest key,
// which its members' content gives.
func clusterName(smallest int64) string { return fmt.Sprintf("c%016x", smallest) }
