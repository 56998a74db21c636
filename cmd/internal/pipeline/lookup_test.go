package pipeline_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/pipeline"
	"loadstar/load/publish"
)

func openLookup(t testing.TB, cfg config.Config) *pipeline.Lookup {
	t.Helper()
	l, err := pipeline.OpenLookup(context.Background(), cfg, publish.Warehouse{Dir: cfg.Warehouse}, current(t, cfg), 2)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestLookupCleanses finds customers by what a caller says, which is written
// otherwise than in the feed.
func TestLookupCleanses(t *testing.T) {
	t.Parallel()
	cfg, dir := small(t, "")
	write(t, dir+"/people.csv", doubles())
	run(t, cfg, options())
	l := openLookup(t, cfg)
	for name, q := range map[string]pipeline.Query{
		"title, case, e-mail in capitals": {Name: "Dr. ADA BERG", Email: " Ada@Example.COM "},
		"family name first":               {Name: "Berg, Ada", BirthDate: "1990-1-2"},
		"e-mail alone":                    {Email: "ada@example.com"},
		"typo and birth date":             {Given: "Ada", Family: "Breg", BirthDate: "1990-01-02"},
	} {
		a, err := l.Find(q, 3)
		if err != nil || len(a.Candidates) == 0 || a.Candidates[0].Name != "Ada Berg" {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
	}
	var wrong *pipeline.QueryError
	for name, q := range map[string]pipeline.Query{
		"nothing": {}, "spaces": {Name: "  "}, "address alone": {City: "Kiel", Street: "Hafen 1"}, "no date": {BirthDate: "1990-02-30"},
		"not UTF-8": {Name: "\xff\xfe"}, "long": {Name: strings.Repeat("x", 501)}, "placeholder": {Email: "n/a"},
	} {
		if _, err := l.Find(q, 3); !errors.As(err, &wrong) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	if a, err := l.Find(pipeline.Query{Name: "Ada Berg", Phone: "--"}, 3); err != nil || !slices.Contains(a.Ignored, "phone") {
		t.Errorf("a phone number that is none is not told: %+v, %v", a, err)
	}
}

// BenchmarkLookup looks up from the raw query on; what a larger warehouse adds
// is measured in package dedupe.
func BenchmarkLookup(b *testing.B) {
	cfg := project(b, 1500, 1)
	run(b, cfg, options())
	l := openLookup(b, cfg)
	queries := []pipeline.Query{{Name: "Ada Berg"}, {Name: "Peter Müller", City: "Köln", Phone: "0221 4711123"}, {Email: "info@example.com"},
		{Given: "John", Family: "Smith", BirthDate: "1970-03-04", Street: "12 High Street", Postcode: "SW1A 1AA", City: "London"}, {Company: "Nordwind Property"}}
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		from := time.Now()
		if _, err := l.Find(queries[i%len(queries)], 5); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(from))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1000, "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1000, "p99-µs")
}
