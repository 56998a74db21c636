package matchfile

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/dedupe"
	"loadstar/schemas"
)

// writeGolden writes the survivors of each cluster: its name, its size, and
// every field that any party has.
func (o *outcome) writeGolden(f *folder, workers int) error {
	var fields []string
	for i, name := range schemas.PartyTextFields() {
		if slices.ContainsFunc(o.parties.chunks, func(c keptChunk) bool { return c.texts[i] != nil }) {
			fields = append(fields, name)
		}
	}
	header := append([]string{"cluster_id", "size"}, fields...)
	birth := o.parties.birthColumn()
	if birth != "" {
		header = append(header, birth)
	}
	return f.write(goldenCSV, func(out io.Writer) error {
		w := csv.NewWriter(out)
		if err := w.Write(header); err != nil {
			return err
		}
		if w.Flush(); w.Error() != nil {
			return w.Error()
		}
		return o.eachPortion(workers, func(clusters [][]int64) ([]byte, error) { return o.goldenRows(clusters, fields, birth) },
			func(rows []byte) error {
				_, err := out.Write(rows)
				return err
			})
	})
}

// goldenRows are the lines of some clusters.
func (o *outcome) goldenRows(clusters [][]int64, fields []string, birthColumn string) ([]byte, error) {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	err := dedupe.Golden(dedupe.DefaultRules(), o.states(clusters), func(golden, _ arrow.RecordBatch) error {
		return addGolden(golden, fields, birthColumn, w.Write)
	})
	w.Flush()
	return out.Bytes(), errors.Join(err, w.Error())
}

// eachPortion works on portions of the clusters side by side; take gets what
// comes of them in the order of the clusters.
func (o *outcome) eachPortion(workers int, work func(clusters [][]int64) ([]byte, error), take func([]byte) error) error {
	const portion = 8 << 10 // clusters
	type result struct {
		text []byte
		err  error
	}
	round := max(workers, 1)
	for rest := o.result.Clusters; len(rest) > 0; {
		var wait sync.WaitGroup
		results := make([]result, 0, round)
		for len(rest) > 0 && len(results) < round {
			now := rest[:min(portion, len(rest))]
			rest = rest[len(now):]
			results = append(results, result{})
			r := &results[len(results)-1]
			wait.Go(func() { r.text, r.err = work(now) })
		}
		wait.Wait()
		for _, r := range results {
			if r.err != nil {
				return r.err
			}
			if err := take(r.text); err != nil {
				return err
			}
		}
	}
	return nil
}

func addGolden(golden arrow.RecordBatch, fields []string, birthColumn string, add func([]string) error) error {
	column := func(name string) arrow.Array { return golden.Column(golden.Schema().FieldIndices(name)[0]) }
	keys, okKeys := column("customer_key").(*array.Int64)
	sizes, okSizes := column("member_count").(*array.Int64)
	current, okCurrent := column("is_current").(*array.Boolean)
	birth, okBirth := column("birth_date").(*array.Int32)
	if !okKeys || !okSizes || !okCurrent || !okBirth {
		return fmt.Errorf("golden records have other columns than expected")
	}
	for i := range int(golden.NumRows()) {
		if !current.Value(i) {
			continue
		}
		row := []string{clusterName(keys.Value(i)), strconv.FormatInt(sizes.Value(i), 10)}
		for _, name := range fields {
			text := ""
			if c, ok := column(name).(*array.String); ok && c.IsValid(i) {
				text = c.Value(i)
			}
			row = append(row, text)
		}
		if birthColumn != "" {
			text := ""
			if birth.IsValid(i) {
				text = isoDay(birth.Value(i))
			}
			if birthColumn == birthYear && text != "" {
				text = text[:4]
			}
			row = append(row, text)
		}
		if err := add(row); err != nil {
			return err
		}
	}
	return nil
}

// What the last column of golden.csv is called.
const (
	birthDate = "birth_date"
	birthYear = "birth_year"
)

// birthColumn says what the parties know of births: dates, years where no
// input has dates, "" where none knows either.
func (p *parties) birthColumn() string {
	column := ""
	for _, c := range p.chunks {
		switch {
		case c.birth == nil:
		case !c.years:
			return birthDate
		default:
			column = birthYear
		}
	}
	return column
}

func isoDay(days int32) string {
	const secondsOfDay = 86_400
	return time.Unix(int64(days)*secondsOfDay, 0).UTC().Format(time.DateOnly)
}

// states streams the parties of clusters, as dedupe.Golden wants them.
func (o *outcome) states(clusters [][]int64) iter.Seq2[arrow.RecordBatch, error] {
	return func(yield func(arrow.RecordBatch, error) bool) {
		b := newStateBuilder(o.parties)
		defer b.Release()
		for _, members := range clusters {
			if err := b.addCluster(members); err != nil {
				yield(nil, err)
				return
			}
			if b.rows < groupRows/2 {
				continue
			}
			if !b.hand(yield) {
				return
			}
		}
		if b.rows > 0 {
			b.hand(yield)
		}
	}
}

// stateBuilder builds batches of schemas.PartyVersionSchema. Columns that no
// party fills are filled with nulls when a batch is handed on.
type stateBuilder struct {
	*array.RecordBuilder
	p    *parties
	rows int

	key, customer, at *array.Int64Builder
	birth             *array.Int32Builder
	years             bool                   // birth dates are years, all of them
	texts             []*array.StringBuilder // by PartyTextFields, nil = never filled
	filled            map[int]bool           // columns that addRow fills
}

func newStateBuilder(p *parties) *stateBuilder {
	schema := schemas.PartyVersionSchema()
	b := &stateBuilder{RecordBuilder: array.NewRecordBuilder(memory.DefaultAllocator, schema), p: p, filled: map[int]bool{}, years: p.birthColumn() == birthYear}
	fill := func(name string) array.Builder {
		at := schema.FieldIndices(name)[0]
		b.filled[at] = true
		return b.Field(at)
	}
	b.key, _ = fill("source_customer_key").(*array.Int64Builder)
	b.customer, _ = fill("customer_key").(*array.Int64Builder)
	b.at, _ = fill("effective_at").(*array.Int64Builder)
	b.birth, _ = fill("birth_date").(*array.Int32Builder)
	b.texts = make([]*array.StringBuilder, len(schemas.PartyTextFields()))
	for i, name := range schemas.PartyTextFields() {
		if slices.ContainsFunc(p.chunks, func(c keptChunk) bool { return c.texts[i] != nil }) {
			b.texts[i], _ = fill(name).(*array.StringBuilder)
		}
	}
	return b
}

func (b *stateBuilder) hand(yield func(arrow.RecordBatch, error) bool) bool {
	for i, field := range b.Schema().Fields() {
		switch to := b.Field(i); {
		case b.filled[i]:
		case field.Nullable:
			to.AppendNulls(b.rows)
		default:
			to.AppendEmptyValues(b.rows)
		}
	}
	b.rows = 0
	batch := b.NewRecordBatch()
	defer batch.Release()
	return yield(batch, nil)
}

// addCluster adds the members in the order of time, then of keys.
func (b *stateBuilder) addCluster(members []int64) error {
	type member struct {
		party int32
		at    int64
	}
	all := make([]member, 0, len(members))
	for _, key := range members {
		i, err := b.p.find(key)
		if err != nil {
			return err
		}
		m := member{party: i}
		if c, k := b.p.chunkOf(i); c.updated != nil {
			m.at = c.updated[k]
		}
		all = append(all, m)
	}
	slices.SortStableFunc(all, func(x, y member) int {
		switch {
		case x.at < y.at:
			return -1
		case x.at > y.at:
			return 1
		}
		return 0
	})
	for _, m := range all {
		b.addRow(members[0], m.party, m.at)
	}
	return nil
}

func (b *stateBuilder) addRow(cluster int64, party int32, at int64) {
	c, k := b.p.chunkOf(party)
	b.key.Append(b.p.keys[party])
	b.customer.Append(cluster)
	b.at.Append(at)
	if c.birth != nil && c.birth.IsValid(k) && (!c.years || b.years) {
		b.birth.Append(c.birth.Value(k))
	} else {
		b.birth.AppendNull()
	}
	for i, to := range b.texts {
		switch {
		case to == nil:
		case c.texts[i] != nil && c.texts[i].IsValid(k):
			to.Append(c.texts[i].Value(k))
		default:
			to.AppendNull()
		}
	}
	b.rows++
}
