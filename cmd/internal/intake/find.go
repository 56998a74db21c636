package intake

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"loadstar/cmd/internal/config"
	"loadstar/extract"
	"loadstar/schemas"
	"loadstar/schemas/fault"
	"loadstar/transform"
)

// Candidate is one file of a feed.
type Candidate struct {
	Path string    // absolute
	At   time.Time // the moment it speaks for; zero = the contract does not tell
}

// Find lists the files that a feed's pattern names, in ascending order of
// their names; none where the feed is pulled from a connection. waiting are
// those that are not complete yet at the moment now; a zero now leaves rules
// of time out.
func Find(cfg config.Config, feed config.Feed, now time.Time) (found []Candidate, waiting []string, err error) {
	if feed.From.Pattern == "" {
		return nil, nil, nil
	}
	paths, err := extract.Glob(cfg.Dir, feed.From.Pattern)
	if err != nil {
		return nil, nil, err
	}
	rule, err := extract.ParseReady(feed.From.Ready)
	if err != nil {
		return nil, nil, fault.New(fault.ConfigValue, "from: ready: %w", err)
	}
	if paths, waiting, err = rule.Split(paths, now); err != nil {
		return nil, nil, err
	}
	found = make([]Candidate, len(paths))
	for i, path := range paths {
		at, err := DeliveredAt(feed.Contract, path, cfg.Company)
		if err != nil {
			return nil, nil, err
		}
		found[i] = Candidate{Path: path, At: at}
	}
	return found, waiting, nil
}

// With lists the files that are read with each one of a feed.
func With(cfg config.Config, feed config.Feed) []extract.Continuation {
	var with []extract.Continuation
	for _, w := range feed.From.With {
		path := filepath.FromSlash(w.CSV)
		if !filepath.IsAbs(path) {
			path = filepath.Join(cfg.Dir, path)
		}
		with = append(with, extract.Continuation{Table: path, Key: w.Key, Of: w.Of, Columns: w.Columns})
	}
	return with
}

// DeliveredAt reads the moment of a delivery out of its path: the end of the
// named day, month or other period in the company's zone, or the named moment.
func DeliveredAt(c schemas.Contract, path string, company config.Company) (time.Time, error) {
	if c.Delivered == nil {
		return time.Time{}, nil
	}
	slashed := filepath.ToSlash(path)
	isFound := c.Delivered.Pattern.MatchString(slashed)
	if !isFound && c.Delivered.Optional {
		return time.Time{}, nil
	}
	if !isFound {
		return time.Time{}, fault.New(fault.DeliveryMissing, "%s does not match the contract's delivered pattern %s", path, c.Delivered.Pattern)
	}
	zone, err := time.LoadLocation(company.TimeZone)
	if err != nil {
		return time.Time{}, err
	}
	tables, err := transform.LoadTables()
	if err != nil {
		return time.Time{}, err
	}
	at, err := tables.PeriodEnd(joined(c.Delivered.Pattern, slashed), c.Delivered.Layout, zone)
	if err != nil {
		return time.Time{}, fault.New(fault.DeliveryMissing, "%s: the date in the name: %w", path, err)
	}
	return at.UTC(), nil
}

// joined are the texts of a pattern's groups that stand in no other group, with
// a hyphen between them: of year=2026/month=01 the year and the month.
func joined(pattern *regexp.Regexp, text string) string {
	at := pattern.FindStringSubmatchIndex(text)
	var parts []string
	end := -1
	for i := 2; i+1 < len(at); i += 2 {
		if at[i] >= 0 && at[i] >= end {
			parts = append(parts, text[at[i]:at[i+1]])
			end = at[i+1]
		}
	}
	return strings.Join(parts, "-")
}

// Effective is when the states of a delivery hold from; a delivery that tells
// no date holds from the beginning of time, so that equal bytes give equal
// tables whenever they are loaded.
func Effective(at time.Time) time.Time {
	if at.IsZero() {
		return time.Unix(0, 0).UTC()
	}
	return at
}

// Defaults are the company's settings that contracts fall back to.
func Defaults(c config.Company) transform.Defaults {
	return transform.Defaults{TimeZone: c.TimeZone, Country: c.Country, Currency: c.Currency}
}

// PlaceOf says where the rows of a decoded batch of a delivery stand.
func PlaceOf(feed string, l extract.Landed, sheet string) transform.Place {
	return transform.Place{FileKey: schemas.FileKey(feed, l.SHA256, sheet), File: l.Path, Delivered: Effective(l.DeliveredAt)}
}

// Undecoded gives the rows of a batch that never became columns to the object
// they are counted at. Such a row concerns every object of its contract, but
// it is one row: the first object has it.
func Undecoded(c schemas.Contract, l extract.Landed, b Batch) (object string, rejects []schemas.Reject) {
	object = b.Object
	if object == "" {
		object = c.Objects[0].Name
	}
	rejects = make([]schemas.Reject, len(b.Rejects))
	for i, r := range b.Rejects {
		r.Feed, r.Object = c.Feed, object
		r.At.File = l.Path
		r.At.FileKey = schemas.FileKey(c.Feed, l.SHA256, r.At.Sheet)
		rejects[i] = r
	}
	return object, rejects
}

// Conform is steps 3 and 4 for the batches of one delivery.
func Conform(plan *transform.Plan, feed string, l extract.Landed) Conformer {
	return func(dec schemas.Decoded) ([]schemas.Conformed, error) {
		conformed, err := plan.Apply(dec, PlaceOf(feed, l, dec.Sheet))
		if err != nil {
			return nil, fmt.Errorf("conform: %w", err)
		}
		return conformed, nil
	}
}
