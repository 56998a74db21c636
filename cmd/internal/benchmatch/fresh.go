package benchmatch

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/dedupe"
	"loadstar/schemas"
)

// measureNew matches the last records of a file against the customers that the
// others have become: the edges alone, and with clusters, customer keys, the
// ledger's events and the golden records of the customers that changed.
func measureNew(ctx context.Context, file string, fresh int) (figures, error) {
	names, err := dedupe.NewNames(nil, nil)
	if err != nil {
		return figures{}, err
	}
	var batches []arrow.RecordBatch
	persons, err := readPeople(file, func(b arrow.RecordBatch) error {
		b.Retain()
		batches = append(batches, b)
		return nil
	})
	if err != nil {
		return figures{}, err
	}
	known := int64(len(persons) - fresh) // keys above are new: of people met before and of others
	s := settings(0)
	model, state, err := knownCustomers(ctx, batches, known, names, s)
	if err != nil {
		return figures{}, err
	}
	r := dedupe.NewRecords()
	for _, b := range batches {
		if err := r.Add(withCustomers(b, state.Members)); err != nil {
			return figures{}, err
		}
	}
	r.Freeze()
	watch := start()
	result, err := dedupe.Match(ctx, r, names, model, nil, s)
	if err != nil {
		return figures{}, err
	}
	edges, edgesProcessor := watch.took()
	events, next, err := dedupe.Assign(state, result.Clusters, 2)
	if err != nil {
		return figures{}, err
	}
	golden := 0
	touched := []int64{} // parties of customers with a new record
	for _, cluster := range result.Clusters {
		if cluster[len(cluster)-1] > known {
			touched = append(touched, cluster...)
		}
	}
	err = dedupe.Golden(dedupe.DefaultRules(), versions(batches, next.Members, touched), func(g, _ arrow.RecordBatch) error {
		golden += int(g.NumRows())
		return nil
	})
	if err != nil {
		return figures{}, err
	}
	f := figures{Part: fmt.Sprintf("%d new records against the others", fresh), Records: r.Len()}
	f.Seconds, f.Processor = watch.took()
	f.Note = fmt.Sprintf("edges and clusters %.2f s (%.2f s of processors), %d pairs compared; then %d events, %d golden records", edges, edgesProcessor, result.Report.Pairs, len(events), golden)
	_, peak := used()
	f.PeakMB = peak >> 20
	f.score(result.Clusters, persons)
	return f, nil
}

// knownCustomers trains on the records up to a key and gives their customers.
func knownCustomers(ctx context.Context, batches []arrow.RecordBatch, known int64, names *dedupe.Names, s dedupe.Settings) (*dedupe.Model, *dedupe.State, error) {
	r := dedupe.NewRecords()
	for _, b := range batches {
		part := b.NewSlice(0, min(b.NumRows(), max(known-firstKey(b)+1, 0)))
		err := r.Add(part)
		part.Release()
		if err != nil {
			return nil, nil, err
		}
	}
	r.Freeze()
	model, err := dedupe.Train(ctx, r, names, s)
	if err != nil {
		return nil, nil, err
	}
	result, err := dedupe.Match(ctx, r, names, model, nil, s)
	if err != nil {
		return nil, nil, err
	}
	_, state, err := dedupe.Assign(dedupe.NewState(), result.Clusters, 1)
	return model, state, err
}

// firstKey is the key of a batch's first row; keys count up.
func firstKey(b arrow.RecordBatch) int64 { return b.Column(0).(*array.Int64).Value(0) }

// withCustomers adds the customer that each party belongs to, and says which
// are new.
func withCustomers(b arrow.RecordBatch, customers map[int64]int64) arrow.RecordBatch {
	customer, changed := array.NewInt64Builder(memory.DefaultAllocator), array.NewBooleanBuilder(memory.DefaultAllocator)
	for i := range b.NumRows() {
		known := customers[firstKey(b)+i]
		customer.Append(known)
		if known == 0 {
			customer.SetNull(int(i))
		}
		changed.Append(known == 0)
	}
	fields := append(slices.Clone(b.Schema().Fields()),
		arrow.Field{Name: "customer_key", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
		arrow.Field{Name: "is_changed", Type: arrow.FixedWidthTypes.Boolean})
	columns := append(slices.Clone(b.Columns()), customer.NewArray(), changed.NewArray())
	return array.NewRecordBatch(arrow.NewSchema(fields, nil), columns, b.NumRows())
}

// versions gives the parties of keys, by customer, as survivorship reads them.
func versions(batches []arrow.RecordBatch, customers map[int64]int64, keys []int64) iter.Seq2[arrow.RecordBatch, error] {
	slices.SortFunc(keys, func(a, b int64) int {
		return cmp.Or(cmp.Compare(customers[a], customers[b]), cmp.Compare(a, b))
	})
	return func(yield func(arrow.RecordBatch, error) bool) {
		schema := schemas.PartyVersionSchema()
		b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
		defer b.Release()
		for _, key := range keys {
			at := (key - 1) / batchRows
			appendVersion(b, schema, batches[at], int(key-firstKey(batches[at])), customers[key])
		}
		batch := b.NewRecordBatch()
		defer batch.Release()
		yield(batch, nil)
	}
}

// appendVersion writes row i of a batch as the only state of its party.
func appendVersion(to *array.RecordBuilder, schema *arrow.Schema, from arrow.RecordBatch, i int, customer int64) {
	for c, field := range schema.Fields() {
		at := from.Schema().FieldIndices(field.Name)
		switch b := to.Field(c).(type) {
		case *array.Int64Builder:
			switch field.Name {
			case "source_customer_key":
				b.Append(firstKey(from) + int64(i))
			case "customer_key":
				b.Append(customer)
			default:
				b.Append(0)
			}
		case *array.Int32Builder:
			if column := from.Column(at[0]).(*array.Int32); column.IsValid(i) {
				b.Append(column.Value(i))
			} else {
				b.AppendNull()
			}
		case *array.StringBuilder:
			if field.Name == "source_system" {
				b.Append("bench")
				continue
			}
			if len(at) > 0 && from.Column(at[0]).IsValid(i) {
				b.Append(from.Column(at[0]).(*array.String).Value(i))
			} else {
				b.AppendNull()
			}
		case *array.BooleanBuilder:
			b.Append(false)
		}
	}
}

// readClusters reads clusters.csv of one input into lists of row numbers.
func readClusters(file string) ([][]int64, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("read clusters: %w", err)
	}
	defer f.Close()
	rows := csv.NewReader(f)
	rows.ReuseRecord = true
	if _, err := rows.Read(); err != nil {
		return nil, fmt.Errorf("read clusters: %w", err)
	}
	numbers := map[string]int{}
	var clusters [][]int64
	for {
		cells, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return clusters, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read clusters: %w", err)
		}
		row, err := strconv.ParseInt(cells[1], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("read clusters: row %q: %w", cells[1], err)
		}
		number, ok := numbers[cells[2]]
		if !ok {
			number = len(clusters)
			numbers[string([]byte(cells[2]))] = number
			clusters = append(clusters, nil)
		}
		clusters[number] = append(clusters[number], row)
	}
}
