package sample_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"testing"

	"loadstar/cmd/internal/sample"
)

func TestPeople(t *testing.T) {
	t.Parallel()
	write := func(records int, seed uint64) []byte {
		var out bytes.Buffer
		if err := sample.People(t.Context(), records, seed, &out); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	text := write(3000, 1)
	if !bytes.Equal(text, write(3000, 1)) || bytes.Equal(text, write(3000, 2)) {
		t.Error("bytes do not follow from records and seed")
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	people := map[string]int{}
	for _, row := range rows[1:] {
		people[row[1]]++
	}
	if len(rows) != 3001 || len(people) > 2500 || len(people) < 1000 {
		t.Errorf("%d rows of %d people", len(rows), len(people))
	}
	if err := sample.People(t.Context(), 0, 1, &bytes.Buffer{}); err == nil {
		t.Error("no records: no error")
	}
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	if err := sample.People(stopped, 10, 1, &bytes.Buffer{}); err == nil {
		t.Error("a stopped run: no error")
	}
}
