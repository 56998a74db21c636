package dedupe_test

import (
	"errors"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"golang.org/x/sys/unix"

	"loadstar/dedupe"
)

// processorTime is what this thread has used: the clock on the wall counts
// other programs too.
func processorTime(b *testing.B) time.Duration {
	var used unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Nano())
}

// BenchmarkLookup reports the p50 and p99 of the processor's time for looking up whole and partial
// records in a file of 100,000 records, or of LOADSTAR_BENCH_RECORDS.
func BenchmarkLookup(b *testing.B) {
	file := benchRecords(b)
	keys, customers := numbered(len(file))
	x, _ := indexed(b, file, keys, customers)
	var queries []arrow.RecordBatch
	for i := range 2000 {
		whole := file[i*len(file)/2000]
		fields := [][]string{{"given_name", "family_name"}, {"family_name", "postcode"}, {"email"}, {"phone"},
			{"given_name", "family_name", "city"}, {"given_name", "birth_date"}, {"family_name", "street", "city"}}[i%7]
		asked := party{}
		for _, f := range fields {
			asked[f] = whole[f]
		}
		if i%2 == 0 || asked["given_name"]+asked["family_name"]+asked["email"]+asked["phone"] == "" {
			asked = whole
		}
		queries = append(queries, batch(b, []party{asked}, []int64{1}, nil))
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var took []time.Duration
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		from := processorTime(b)
		_, err := x.Find(queries[i%len(queries)], 5)
		took = append(took, processorTime(b)-from)
		if err != nil && !errors.Is(err, dedupe.ErrEmptyQuery) {
			b.Fatal(err)
		}
		i++
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1000, "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1000, "p99-µs")
}
