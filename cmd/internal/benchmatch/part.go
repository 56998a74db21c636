package benchmatch

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/apache/arrow-go/v18/arrow"

	"loadstar/cmd/internal/matchfile"
	"loadstar/dedupe"
)

// measurePart measures one part in this process and prints its figures.
func (o options) measurePart(ctx context.Context, out io.Writer) error {
	var f figures
	var err error
	switch o.part {
	case "package":
		f, err = measurePackage(ctx, o.file, o.pairs)
	case "new":
		f, err = measureNew(ctx, o.file, o.fresh)
	case "command":
		f, err = measureCommand(ctx, o.file, filepath.Join(o.dir, "results"))
	default:
		err = fmt.Errorf("part %q is not known: write package, new or command", o.part)
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(f)
}

// stopwatch takes wall and processor time of one stretch of work.
type stopwatch struct {
	begun     time.Time
	processor float64
}

func start() stopwatch {
	processor, _ := used()
	return stopwatch{time.Now(), processor}
}

func (s stopwatch) took() (seconds, processor float64) {
	now, _ := used()
	return time.Since(s.begun).Seconds(), now - s.processor
}

func settings(pairs float64) dedupe.Settings {
	s := dedupe.DefaultSettings()
	s.Workers = runtime.GOMAXPROCS(0)
	if pairs > 0 {
		s.PairsPerRecord = pairs
	}
	return s
}

// measurePackage reads a file into records, trains and matches.
func measurePackage(ctx context.Context, file string, pairs float64) (figures, error) {
	names, err := dedupe.NewNames(nil, nil)
	if err != nil {
		return figures{}, err
	}
	whole := start()
	r := dedupe.NewRecords()
	persons, err := readPeople(file, r.Add)
	if err != nil {
		return figures{}, err
	}
	r.Freeze()
	read, _ := whole.took()
	s := settings(pairs)
	matching := start()
	model, err := dedupe.Train(ctx, r, names, s)
	if err != nil {
		return figures{}, err
	}
	trained, _ := matching.took()
	result, err := dedupe.Match(ctx, r, names, model, nil, s)
	if err != nil {
		return figures{}, err
	}
	matched, processor := matching.took()
	f := figures{Part: "package dedupe", Records: r.Len(), PairsRecord: float64(result.Report.Pairs) / float64(r.Len())}
	if pairs > 0 {
		f.Part = fmt.Sprintf("package dedupe, %.3g pairs a record", pairs)
	}
	f.Seconds, f.Processor = whole.took()
	f.Note = fmt.Sprintf("read and intern %.2f s, train %.2f s, match %.2f s; without reading %.2f s, %.2f s of processors", read, trained, matched-trained, matched, processor)
	_, peak := used()
	f.PeakMB = peak >> 20
	f.score(result.Clusters, persons)
	return f, nil
}

func (f *figures) score(clusters [][]int64, persons []int32) {
	s := scores(clusters, persons)
	f.Precision, f.Recall, f.F1 = s.Precision, s.Recall, s.F1
}

// silent shows no progress.
type silent struct{}

func (silent) Begin(string, int64, string) {}
func (silent) Add(int64)                   {}
func (silent) End(int64, time.Duration)    {}

// measureCommand is loadstar match: columns recognised by header and content,
// values cleansed, results written.
func measureCommand(ctx context.Context, file, out string) (figures, error) {
	if err := os.RemoveAll(out); err != nil {
		return figures{}, fmt.Errorf("empty %s: %w", out, err)
	}
	o := matchfile.Options{Inputs: []string{file}, Ignore: []string{"record_id", "person_id"}, Out: out,
		Workers: runtime.GOMAXPROCS(0), Watch: silent{}, Now: time.Now}
	whole := start()
	report, err := matchfile.Run(ctx, o)
	if err != nil {
		return figures{}, err
	}
	f := figures{Part: "loadstar match", Records: report.Records}
	f.PairsRecord = float64(report.Matching.Compared) / float64(report.Records)
	f.Seconds, f.Processor = whole.took()
	_, peak := used()
	f.PeakMB = peak >> 20
	persons, err := readPeople(file, func(arrow.RecordBatch) error { return nil })
	if err != nil {
		return figures{}, err
	}
	clusters, err := readClusters(filepath.Join(out, "clusters.csv"))
	if err != nil {
		return figures{}, err
	}
	f.score(clusters, persons)
	return f, nil
}
