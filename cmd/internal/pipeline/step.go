package pipeline

import (
	"fmt"
	"time"

	"loadstar/schemas/fault"
)

// Step names one of the eight steps of a run.
type Step string

// The steps, in order. Decode, Conform and Cleanse stream through Stage: they
// are one pass over each delivery and are timed together. The second half of
// Stage, the merge into the ODS, is one pass over each staged delivery.
const (
	StepLand  Step = "land"
	StepStage Step = "stage" // decode, conform, cleanse, stage
	StepMerge Step = "merge" // upsert into ods
	StepMatch Step = "match"
	StepShape Step = "shape"
	StepProve Step = "prove"
)

// Watcher is told how a run goes. Its methods are called from one goroutine
// at a time.
type Watcher interface {
	// Begin opens a step (or a part of one, such as a feed or a model); total
	// is in units, 0 = unknown.
	Begin(step Step, part string, total int64, unit string)
	// Add tells that n more units are done.
	Add(n int64)
	// End closes what Begin opened.
	End(rows int64, took time.Duration)
	// Note tells something people should know.
	Note(message string)
}

// GateError says that a quality gate stopped the run before it published:
// the data is to be looked at, not the program.
type GateError struct {
	Code   fault.Code
	Feed   string // "" = the whole run
	Reason string
	Next   string // what to do
}

// Error names the feed, the reason and the next step.
func (e *GateError) Error() string {
	where := "run stopped before publishing"
	if e.Feed != "" {
		where = fmt.Sprintf("feed %s stopped the run before publishing", e.Feed)
	}
	return fmt.Sprintf("%s: %s\n  next: %s", where, e.Reason, e.Next)
}
