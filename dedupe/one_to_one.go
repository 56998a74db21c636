package dedupe

import (
	"context"
	"fmt"
	"maps"
	"slices"
)

// Links says how many records of one source (source_system) a customer may have.
type Links uint8

// Kinds of Links.
const (
	LinksMany Links = iota // any number, for sources hold duplicates
	LinksAuto              // one where matching finds the sources clean, else any number
	LinksOne               // at most one
)

// cleanShare is the share of a source's records up to which duplicates inside
// it may be wrong merges: such a source counts as clean.
const cleanShare = 0.005

// LinkReport says whether a customer may have one record of each source at most.
type LinkReport struct {
	OneToOne bool
	Why      string        // "" where LinksMany was asked for
	Sources  []SourceCount // by name; counted for LinksAuto only
}

// SourceCount is what matching finds in one source when nothing is asked of it.
type SourceCount struct {
	Source     string
	Records    int
	Duplicates int // records beyond the first in a cluster
}

// isClean says whether hardly any record has a duplicate in its own source.
func (c SourceCount) isClean() bool { return float64(c.Duplicates) <= cleanShare*float64(c.Records) }

// link decides whether a customer has at most one record of each source, and
// decides the components again where it turns out so.
func (run *matching) link(ctx context.Context) error {
	report := &run.result.Report.Links
	switch {
	case run.settings.Links == LinksMany:
		return nil
	case len(run.f.r.sources) < 2:
		report.Why = "there are not two sources"
		return nil
	case run.settings.Links == LinksOne:
		report.Why = "it was asked for"
	default:
		report.Sources = run.countSources()
		for _, c := range report.Sources {
			if !c.isClean() {
				report.Why = fmt.Sprintf("%s has %d duplicates among %d records", c.Source, c.Duplicates, c.Records)
				return nil
			}
		}
		report.Why = fmt.Sprintf("no source has duplicates in more than %.1f %% of its records", 100*cleanShare)
	}
	report.OneToOne, run.rules.oneToOne = true, true
	run.forest = newForest(run.f.r.Len())
	for _, decide := range run.again {
		if err := decide(ctx); err != nil {
			return err
		}
	}
	return nil
}

// countSources counts the records of each source, and those that share their
// cluster with another of the same source.
func (run *matching) countSources() []SourceCount {
	type holding struct {
		root   uint32
		source uint16
	}
	counts := map[uint16]*SourceCount{}
	for name, number := range run.f.r.sources {
		counts[number] = &SourceCount{Source: name}
	}
	seen := make(map[holding]bool, run.f.r.Len())
	for i := range run.f.r.rows {
		c := counts[run.f.r.rows[i].source]
		if c == nil {
			continue
		}
		c.Records++
		h := holding{run.forest.root(uint32(i)), run.f.r.rows[i].source}
		if seen[h] {
			c.Duplicates++
		}
		seen[h] = true
	}
	var list []SourceCount
	for _, name := range slices.Sorted(maps.Keys(run.f.r.sources)) {
		list = append(list, *counts[run.f.r.sources[name]])
	}
	return list
}

// rivals says whether the two are of one source, of which a customer has one
// record at most.
func (u *rules) rivals(p pair) bool {
	if !u.oneToOne {
		return false
	}
	source := u.r.rows[p.left()].source
	return source != 0 && source == u.r.rows[p.right()].source
}

// holdRivals says whether two of the members are rivals.
func (u *rules) holdRivals(members []uint32) bool {
	if !u.oneToOne {
		return false
	}
	seen := map[uint16]bool{}
	for _, m := range members {
		source := u.r.rows[m].source
		if source != 0 && seen[source] {
			return true
		}
		seen[source] = true
	}
	return false
}
