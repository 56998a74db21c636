package matchfile

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/dedupe"
	"loadstar/schemas"
)

// Names of the result files.
const (
	clustersCSV     = "clusters.csv"
	clustersParquet = "clusters.parquet"
	pairsParquet    = "pairs.parquet"
	goldenCSV       = "golden.csv"
	reportJSON      = "report.json"
)

// outcome is what the results are written from.
type outcome struct {
	inputs  []*input
	parties *parties
	result  *dedupe.Result
	cluster []int64 // smallest key of the cluster, by party
}

func newOutcome(inputs []*input, p *parties, result *dedupe.Result) (*outcome, error) {
	o := &outcome{inputs: inputs, parties: p, result: result, cluster: make([]int64, len(p.keys))}
	for _, members := range result.Clusters {
		for _, key := range members {
			i, err := p.find(key)
			if err != nil {
				return nil, err
			}
			o.cluster[i] = members[0]
		}
	}
	return o, nil
}

// assigned is one line of the clusters.
type assigned struct {
	place
	name string
}

// eachAssigned goes through all rows of the inputs in their order, also those
// that could not be read: each of these is a cluster of its own.
func (o *outcome) eachAssigned(use func(assigned) error) error {
	unreadable := slices.Clone(o.parties.unreadable)
	byPlace := func(a, b place) int { return cmp.Or(cmp.Compare(a.input, b.input), cmp.Compare(a.row, b.row)) }
	alone := func(p place) assigned {
		text := "unreadable " + o.inputs[p.input].name + " " + strconv.Itoa(int(p.row))
		return assigned{p, clusterName(schemas.Key63(schemas.HashID([]byte(text))))}
	}
	for i, at := range o.parties.places {
		for len(unreadable) > 0 && byPlace(unreadable[0], at) < 0 {
			if err := use(alone(unreadable[0])); err != nil {
				return err
			}
			unreadable = unreadable[1:]
		}
		if err := use(assigned{at, clusterName(o.cluster[i])}); err != nil {
			return err
		}
	}
	for _, p := range unreadable {
		if err := use(alone(p)); err != nil {
			return err
		}
	}
	return nil
}

func (o *outcome) writeClusters(f *folder) error {
	err := f.writeCSV(clustersCSV, []string{"source", "row", "cluster_id"}, func(add func([]string) error) error {
		return o.eachAssigned(func(a assigned) error {
			return add([]string{o.inputs[a.input].name, strconv.Itoa(int(a.row)), a.name})
		})
	})
	if err != nil {
		return err
	}
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "source", Type: arrow.BinaryTypes.String}, {Name: "row", Type: arrow.PrimitiveTypes.Int64},
		{Name: "cluster_id", Type: arrow.BinaryTypes.String},
	}, nil)
	return f.writeParquet(clustersParquet, schema, func(add func(arrow.RecordBatch) error) error {
		b := newBatcher(schema, add)
		defer b.Release()
		err := o.eachAssigned(func(a assigned) error {
			b.Field(0).(*array.StringBuilder).Append(o.inputs[a.input].name)
			b.Field(1).(*array.Int64Builder).Append(int64(a.row))
			b.Field(2).(*array.StringBuilder).Append(a.name)
			return b.endRow()
		})
		if err != nil {
			return err
		}
		return b.flush()
	})
}

// batcher hands on batches of groupRows rows.
type batcher struct {
	*array.RecordBuilder
	add  func(arrow.RecordBatch) error
	rows int
}

func newBatcher(schema *arrow.Schema, add func(arrow.RecordBatch) error) *batcher {
	return &batcher{RecordBuilder: array.NewRecordBuilder(memory.DefaultAllocator, schema), add: add}
}

func (b *batcher) endRow() error {
	b.rows++
	if b.rows < groupRows {
		return nil
	}
	return b.flush()
}

func (b *batcher) flush() error {
	if b.rows == 0 {
		return nil
	}
	b.rows = 0
	batch := b.NewRecordBatch()
	defer batch.Release()
	return b.add(batch)
}

const bitsPerMillibit = 1000.0

// pairSchema has both places, the score and the level of each field.
func pairSchema() *arrow.Schema {
	fields := []arrow.Field{
		{Name: "left_source", Type: arrow.BinaryTypes.String}, {Name: "left_row", Type: arrow.PrimitiveTypes.Int64},
		{Name: "right_source", Type: arrow.BinaryTypes.String}, {Name: "right_row", Type: arrow.PrimitiveTypes.Int64},
		{Name: "score_bits", Type: arrow.PrimitiveTypes.Float64}, {Name: "score_millibits", Type: arrow.PrimitiveTypes.Int64},
		{Name: "decision", Type: arrow.BinaryTypes.String},
	}
	for _, name := range dedupe.PairFields() {
		fields = append(fields, arrow.Field{Name: "level_" + name, Type: arrow.BinaryTypes.String})
	}
	return arrow.NewSchema(fields, nil)
}

func (o *outcome) writePairs(f *folder) error {
	schema := pairSchema()
	fields := len(dedupe.PairFields())
	return f.writeParquet(pairsParquet, schema, func(add func(arrow.RecordBatch) error) error {
		b := newBatcher(schema, add)
		defer b.Release()
		for _, p := range o.result.Pairs {
			for k, key := range []int64{p.Left, p.Right} {
				i, err := o.parties.find(key)
				if err != nil {
					return err
				}
				at := o.parties.places[i]
				b.Field(2 * k).(*array.StringBuilder).Append(o.inputs[at.input].name)
				b.Field(2*k + 1).(*array.Int64Builder).Append(int64(at.row))
			}
			b.Field(4).(*array.Float64Builder).Append(float64(p.Score) / bitsPerMillibit)
			b.Field(5).(*array.Int64Builder).Append(int64(p.Score))
			b.Field(6).(*array.StringBuilder).Append(p.Decision)
			for i := range fields {
				b.Field(7 + i).(*array.StringBuilder).Append(p.Level(i))
			}
			if err := b.endRow(); err != nil {
				return err
			}
		}
		return b.flush()
	})
}
