package benchmatch

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/dedupe"
)

// columns are the columns of sample.PeopleColumns that matching reads, by the
// party field they are.
func columns() []struct{ column, field string } {
	return []struct{ column, field string }{
		{"given_name", "given_name"}, {"middle_name", "middle_name"}, {"family_name", "family_name"}, {"suffix", "suffix"},
		{"address_line", "address_line"}, {"postcode", "postcode"}, {"city", "city"}, {"country", "country_code"},
		{"email", "email"}, {"phone", "phone"},
	}
}

// reader reads a made file into batches of parties.
type reader struct {
	rows    *csv.Reader
	at      map[string]int // column -> cell
	keys    *array.Int64Builder
	dates   *array.Int32Builder
	texts   []*array.StringBuilder
	next    int64 // key of the next row, from 1
	truth   []int32
	persons map[string]int32
}

const batchRows = 1 << 16

// readPeople calls use with the parties of a file, keyed by their row number
// from 1, and returns the number of the person of each. The batch is valid
// until use returns.
func readPeople(file string, use func(arrow.RecordBatch) error) (persons []int32, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("read people: %w", err)
	}
	defer f.Close()
	r, err := newReader(f)
	if err != nil {
		return nil, fmt.Errorf("read people: %w", err)
	}
	batches, stop := r.batches()
	defer stop()
	for b := range batches {
		if b.err != nil {
			return nil, fmt.Errorf("read people: %w", b.err)
		}
		err = use(b.batch)
		b.batch.Release()
		if err != nil {
			return nil, err
		}
	}
	return r.truth, nil
}

// parsed is a batch of rows, or why there is none.
type parsed struct {
	batch arrow.RecordBatch
	err   error
}

// batches reads ahead by one batch while another is used; stop waits for the
// reading to end.
func (r *reader) batches() (batches <-chan parsed, stop func()) {
	out, stopped := make(chan parsed), make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		defer close(out)
		for {
			batch, err := r.batch()
			if errors.Is(err, io.EOF) {
				return
			}
			select {
			case out <- parsed{batch, err}:
			case <-stopped:
				if batch != nil {
					batch.Release()
				}
				return
			}
			if err != nil {
				return
			}
		}
	})
	return out, func() {
		close(stopped)
		wait.Wait()
	}
}

func newReader(f io.Reader) (*reader, error) {
	r := &reader{rows: csv.NewReader(bufio.NewReaderSize(f, 1<<18)), at: map[string]int{}, next: 1, persons: map[string]int32{}}
	r.rows.ReuseRecord = true
	header, err := r.rows.Read()
	if err != nil {
		return nil, err
	}
	for i, name := range header {
		r.at[name] = i
	}
	r.keys = array.NewInt64Builder(memory.DefaultAllocator)
	r.dates = array.NewInt32Builder(memory.DefaultAllocator)
	for range columns() {
		r.texts = append(r.texts, array.NewStringBuilder(memory.DefaultAllocator))
	}
	return r, nil
}

// batch reads some rows; io.EOF after the last.
func (r *reader) batch() (arrow.RecordBatch, error) {
	rows := int64(0)
	for ; rows < batchRows; rows++ {
		cells, err := r.rows.Read()
		if errors.Is(err, io.EOF) && rows > 0 {
			break
		}
		if err != nil {
			return nil, err
		}
		r.add(cells)
	}
	fields := []arrow.Field{
		{Name: "source_customer_key", Type: arrow.PrimitiveTypes.Int64},
		{Name: "birth_date", Type: arrow.PrimitiveTypes.Int32, Nullable: true},
	}
	arrays := []arrow.Array{r.keys.NewArray(), r.dates.NewArray()}
	for i, c := range columns() {
		fields = append(fields, arrow.Field{Name: c.field, Type: arrow.BinaryTypes.String, Nullable: true})
		arrays = append(arrays, r.texts[i].NewArray())
	}
	defer func() {
		for _, a := range arrays {
			a.Release()
		}
	}()
	return array.NewRecordBatch(arrow.NewSchema(fields, nil), arrays, rows), nil
}

func (r *reader) add(cells []string) {
	r.keys.Append(r.next)
	r.next++
	if born, err := time.Parse(time.DateOnly, cells[r.at["birth_date"]]); err == nil {
		r.dates.Append(int32(born.Unix() / 86400))
	} else {
		r.dates.AppendNull()
	}
	for i, c := range columns() {
		if value := cells[r.at[c.column]]; value != "" {
			r.texts[i].Append(value)
		} else {
			r.texts[i].AppendNull()
		}
	}
	person := cells[r.at["person_id"]]
	number, ok := r.persons[person]
	if !ok {
		number = int32(len(r.persons))
		r.persons[string([]byte(person))] = number
	}
	r.truth = append(r.truth, number)
}

// scores counts pairs of clusters of row numbers against the truth.
func scores(clusters [][]int64, persons []int32) dedupe.Scores {
	truth := make(map[int64]string, len(persons))
	for i, p := range persons {
		truth[int64(i+1)] = fmt.Sprint(p)
	}
	return dedupe.Evaluate(clusters, truth)
}
