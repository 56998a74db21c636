package validate

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// FeedReport counts what was looked at of one feed.
type FeedReport struct {
	Feed       string `json:"feed"`
	Deliveries int    `json:"deliveries"`
	Rows       int64  `json:"rows"`
	Bad        int64  `json:"bad"` // rows that break the contract
	Excluded   int64  `json:"excluded"`
}

// Report is the outcome of a validation.
type Report struct {
	Findings []*Finding   `json:"findings"`
	Feeds    []FeedReport `json:"feeds"`
	Notes    []string     `json:"notes"`
	Known    int64        `json:"known"` // violations that the baseline knows

	project string // loadstar.yaml, as it is shown
}

// Failed says how a validation failed; Config where configuration or a
// contract is wrong, so that the deliveries could not be judged by it.
type Failed struct {
	Config     bool
	Violations int64
	Findings   int
}

// Error counts what was found.
func (f *Failed) Error() string {
	if f.Config {
		return fmt.Sprintf("%s in the configuration and contracts", plural(int64(f.Findings), "error"))
	}
	return fmt.Sprintf("%s of %s", plural(f.Violations, "violation"), plural(int64(f.Findings), "kind"))
}

// Err is nil where the report has no error, else a *Failed.
func (r *Report) Err() error {
	var config, data Failed
	for _, f := range r.Findings {
		switch {
		case f.Severity != Error:
		case f.config:
			config.Findings++
		default:
			data.Findings++
			data.Violations += f.Count
		}
	}
	config.Config = true
	switch {
	case config.Findings > 0:
		return &config
	case data.Findings > 0:
		return &data
	}
	return nil
}

// settle puts findings in their order: errors first, then by file and place.
func (r *Report) settle() {
	for _, f := range r.Findings {
		f.settle()
	}
	slices.SortStableFunc(r.Findings, func(a, b *Finding) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a.Feed, b.Feed), strings.Compare(a.File, b.File),
			strings.Compare(string(a.Code), string(b.Code)), strings.Compare(a.Column, b.Column),
			cmp.Compare(a.first().Line, b.first().Line), strings.Compare(a.What, b.What))
	})
}

func rank(f *Finding) int {
	switch {
	case f.config:
		return 0
	case f.Severity == Error:
		return 1
	case f.Severity == Warning:
		return 2
	}
	return 3
}

func plural(n int64, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
