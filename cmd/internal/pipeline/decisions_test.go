package pipeline_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loadstar/cmd/internal/pipeline"
	"loadstar/dedupe"
	"loadstar/load/publish"
)

// TestDecideAfterOpenLine writes behind a line that an editor left open: both
// judgements count. A line that a machine left half is named.
func TestDecideAfterOpenLine(t *testing.T) {
	t.Parallel()
	w := publish.Warehouse{Dir: t.TempDir()}
	if err := os.MkdirAll(w.Decisions(), 0o750); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(w.Decisions(), "review.jsonl")
	write(t, file, `{"left":1,"right":2,"verdict":"same","who":"a","when":"2026-04-01T10:00:00Z"}`)
	next := dedupe.StoredDecision{Left: 3, Right: 4, Verdict: dedupe.VerdictNotSame, Who: "b", When: time.Date(2026, 4, 2, 0, 0, 0, 0, time.UTC)}
	if err := pipeline.Decide(w, next); err != nil {
		t.Fatal(err)
	}
	if all, err := pipeline.Decisions(w); err != nil || len(all) != 2 {
		t.Errorf("%v, %+v", err, all)
	}
	if err := pipeline.Decide(w, dedupe.StoredDecision{Left: 3, Right: 3, Verdict: dedupe.VerdictSame}); err == nil {
		t.Error("a judgement of one record is written")
	}
	write(t, file, `{"left":1,"ri`)
	if err := pipeline.Decide(w, next); err != nil {
		t.Fatal(err)
	}
	if _, err := pipeline.Decisions(w); err == nil || !strings.Contains(err.Error(), "review.jsonl: line 1") {
		t.Errorf("half a line: %v", err)
	}
}
