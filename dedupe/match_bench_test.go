package dedupe_test

import (
	"os"
	"strconv"
	"testing"

	"loadstar/dedupe"
)

// benchRecords makes the file of the benchmarks: 100,000 records, or about
// LOADSTAR_BENCH_RECORDS.
func benchRecords(b *testing.B) []party {
	b.Helper()
	records := 100_000
	if n, err := strconv.Atoi(os.Getenv("LOADSTAR_BENCH_RECORDS")); err == nil {
		records = n
	}
	return newMade(records*4/9, 1).parties
}

func BenchmarkTrainAndMatch(b *testing.B) {
	r := recordsOf(b, benchRecords(b))
	n, s := names(b), dedupe.DefaultSettings()
	b.ReportAllocs()
	for b.Loop() {
		r.Freeze() // forgets what an earlier round prepared
		m, err := dedupe.Train(b.Context(), r, n, s)
		if err != nil {
			b.Fatal(err)
		}
		result, err := dedupe.Match(b.Context(), r, n, m, nil, s)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(result.Report.Pairs)/float64(r.Len()), "pairs/record")
	}
	b.ReportMetric(float64(r.Len())*float64(b.N)/b.Elapsed().Seconds(), "records/s")
}

func BenchmarkAdd(b *testing.B) {
	parties := benchRecords(b)
	keys := make([]int64, len(parties))
	for i := range keys {
		keys[i] = int64(i + 1)
	}
	all := batch(b, parties, keys, nil)
	defer all.Release()
	for b.Loop() {
		r := dedupe.NewRecords()
		if err := r.Add(all); err != nil {
			b.Fatal(err)
		}
		r.Freeze()
	}
	b.ReportMetric(float64(len(parties))*float64(b.N)/b.Elapsed().Seconds(), "records/s")
}
