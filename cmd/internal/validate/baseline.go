package validate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// baselineVersion names the form of baseline files and fingerprints.
const baselineVersion = 1

// Baseline lists violations that are known and do not fail a validation. It
// names them by what they hold, hashed, never by where they stand: a row that
// moves to another line or file stays known.
type Baseline struct {
	Version    int     `json:"version"`
	Violations []Known `json:"violations"`
}

// Known is a number of equal violations.
type Known struct {
	Fingerprint string `json:"fingerprint"`
	Count       int64  `json:"count"`
	Code        string `json:"code"`
	Feed        string `json:"feed"`
	Column      string `json:"column,omitempty"`
}

// ReadBaseline reads a baseline file; unknown keys and other versions are
// refused.
func ReadBaseline(text []byte) (Baseline, error) {
	var b Baseline
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&b); err != nil {
		return b, fmt.Errorf("it is no baseline: %w; write one with --write-baseline", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return b, errors.New("there is text behind the baseline; write it again with --write-baseline")
	}
	if b.Version != baselineVersion {
		return b, fmt.Errorf("it has version %d, this release reads %d; write it again with --write-baseline", b.Version, baselineVersion)
	}
	return b, nil
}

// Baseline makes a baseline of what was found.
func (r *Report) Baseline() Baseline {
	b := Baseline{Version: baselineVersion, Violations: []Known{}}
	for _, f := range r.Findings {
		if f.config || f.Severity == Note {
			continue
		}
		for print, count := range f.fingerprints {
			b.Violations = append(b.Violations, Known{Fingerprint: print, Count: count, Code: string(f.Code), Feed: f.Feed, Column: f.Column})
		}
	}
	slices.SortFunc(b.Violations, func(x, y Known) int {
		return strings.Compare(x.Feed+x.Code+x.Column+x.Fingerprint, y.Feed+y.Code+y.Column+y.Fingerprint)
	})
	return b
}

// Forgive takes what the baseline knows out of the report. Of more violations
// than are known the last ones count as new.
func (r *Report) Forgive(b Baseline) {
	known := map[string]int64{}
	for _, k := range b.Violations {
		known[k.Fingerprint] += k.Count
	}
	r.Findings = slices.DeleteFunc(r.Findings, func(f *Finding) bool {
		if f.config {
			return false
		}
		before := f.Count
		f.occurrences = slices.DeleteFunc(f.occurrences, func(o occurrence) bool {
			print := printText(o.print)
			if known[print] == 0 {
				return false
			}
			known[print]--
			return true
		})
		f.Count = int64(len(f.occurrences)) + f.overflow
		r.Known += before - f.Count
		f.show()
		return f.Count == 0
	})
}
