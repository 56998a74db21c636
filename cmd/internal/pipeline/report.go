package pipeline

import (
	"encoding/json"
	"fmt"
	"time"
)

// Report is what a run tells about itself; it is kept in the manifest.
type Report struct {
	Run       int64         `json:"run"`
	Parent    int64         `json:"parent"`
	AsOf      time.Time     `json:"as_of"`
	Full      bool          `json:"full"`
	Rematch   bool          `json:"rematch,omitempty"` // all records were decided anew
	Unchanged bool          `json:"unchanged"`         // nothing new: no version was built
	Seconds   float64       `json:"seconds"`
	Steps     []StepReport  `json:"steps"`
	Feeds     []FeedReport  `json:"feeds"`
	Identity  Identity      `json:"identity"`
	Names     Names         `json:"names"`
	Checks    []CheckReport `json:"checks"`
	Warnings  []string      `json:"warnings"`
	MaxRSS    int64         `json:"max_rss_bytes"`
}

// StepReport is the time one step took.
type StepReport struct {
	Step    Step    `json:"step"`
	Seconds float64 `json:"seconds"`
	Rows    int64   `json:"rows"`
}

// FeedReport counts one feed's rows: Read = Loaded + Quarantined +
// Redelivered + Superseded + Excluded, per entity a row becomes.
type FeedReport struct {
	Feed        string            `json:"feed"`
	Deliveries  int               `json:"deliveries"`
	Reread      int               `json:"reread,omitempty"` // deliveries of earlier runs that a rebuild read again
	Known       int               `json:"known"`            // deliveries skipped because their bytes are loaded already
	Read        int64             `json:"read"`
	Loaded      int64             `json:"loaded"`
	Quarantined int64             `json:"quarantined"`
	Redelivered int64             `json:"redelivered"`
	Superseded  int64             `json:"superseded"`
	Excluded    int64             `json:"excluded"`
	Deleted     int64             `json:"deleted"`
	Money       map[string]string `json:"money,omitempty"` // entity.field -> exact sum over rows read
}

// Identity counts what matching did.
type Identity struct {
	Records   int64    `json:"records"`
	Customers int64    `json:"customers"`
	Created   int64    `json:"created"`
	Absorbed  int64    `json:"absorbed"`
	Split     int64    `json:"split"`
	Doubtful  int64    `json:"doubtful"` // pairs that a person should judge
	Notes     []string `json:"notes,omitempty"`
}

// Names counts what the name dictionary learnt.
type Names struct {
	Tokens   int64   `json:"tokens"`
	New      int64   `json:"new"`
	Accepted int64   `json:"accepted"`
	Variants int64   `json:"variants"`
	Top1000  float64 `json:"top_1000_share"` // share of customers that the 1,000 most frequent names explain
	Top10000 float64 `json:"top_10000_share"`
}

// CheckReport is one check that found something.
type CheckReport struct {
	Name     string   `json:"name"`
	Severity string   `json:"severity"`
	Rows     int64    `json:"rows"`
	Sample   []string `json:"sample,omitempty"`
}

// DecodeReport reads a report kept in a manifest.
func DecodeReport(text json.RawMessage) (Report, error) {
	var r Report
	if err := json.Unmarshal(text, &r); err != nil {
		return r, fmt.Errorf("read report: %w", err)
	}
	return r, nil
}
