package dedupe

import (
	"cmp"
	"maps"
	"slices"
)

// What it takes to trust a new name.
const (
	acceptCustomers = 3 // distinct customers that show it
	acceptSources   = 2 // or source systems
)

// conclude turns the counts into the dictionary that follows prior.
func (l *lesson) conclude(prior *Dictionary, pairs pairCounts, table nicknameTable, run int64) *Dictionary {
	if prior == nil {
		prior = &Dictionary{}
	}
	d := &Dictionary{Variants: keepVariants(prior.Variants, l.variants(pairs, table, run))}
	misspelt := map[string]struct{}{}
	for _, v := range d.Variants {
		if v.Kind == VariantTypo.String() && v.Status == NameAccepted {
			misspelt[v.Token] = struct{}{}
		}
	}
	before := make(map[string]NameEntry, len(prior.Entries))
	for _, e := range prior.Entries {
		before[e.Token] = e
	}
	for id := uint32(1); int(id) < len(l.counts); id++ {
		e := l.entry(id, run)
		was := before[e.Token]
		_, isMisspelt := misspelt[e.Token]
		e.follow(was, l.counts[id].customers, isMisspelt)
		d.Entries = append(d.Entries, e)
		delete(before, e.Token)
	}
	for _, gone := range before { // no party shows it any more: only what a person said stays
		if gone.isDecided() {
			d.Entries = append(d.Entries, gone)
		}
	}
	d.sort()
	return d
}

func (l *lesson) entry(id uint32, run int64) NameEntry {
	c := l.counts[id].roles
	e := NameEntry{Token: l.text(id), Script: l.scripts[id], Given: c[roleGiven], Family: c[roleFamily], Middle: c[roleMiddle],
		Organisation: c[roleOrganisation], Sources: map[string]int64{}, FirstRun: run, LastRun: run}
	if l.isLatin[id] {
		e.Script = latin
	}
	for system, i := range l.systems {
		if counts := l.perSystem[i]; int(id) < len(counts) && counts[id] > 0 {
			e.Sources[system] = counts[id]
		}
	}
	return e
}

// follow gives e the runs and the status that was leads to. Where nothing new
// was seen the entry stays as it was: a rerun changes nothing.
func (e *NameEntry) follow(was NameEntry, customers int64, isMisspelt bool) {
	known := was.Token != ""
	if known {
		e.FirstRun = was.FirstRun
		if e.sameCounts(was) {
			e.LastRun = was.LastRun
		}
	}
	switch {
	case was.Status == NameRejected:
		e.Status = NameRejected
	case isMisspelt:
		e.Status = NameVariantOf
	case was.Status == NameAccepted, customers >= acceptCustomers, len(e.Sources) >= acceptSources:
		e.Status = NameAccepted
	case e.LastRun > e.FirstRun:
		e.Status = NameCandidate
	default:
		e.Status = NameNew
	}
}

func (e NameEntry) sameCounts(o NameEntry) bool {
	return e.Given == o.Given && e.Family == o.Family && e.Middle == o.Middle && e.Organisation == o.Organisation &&
		maps.Equal(e.Sources, o.Sources)
}

// isDecided tells a person's word from what was counted: a rejection, or an
// acceptance that never had counts.
func (e NameEntry) isDecided() bool {
	return e.Status == NameRejected || e.Status == NameAccepted && len(e.Sources) == 0
}

// keepVariants joins what was found with what a person decided before:
// rejections, and pairs accepted without evidence.
func keepVariants(prior, found []NameVariant) []NameVariant {
	type name struct{ token, of, kind string }
	kept := make(map[name]NameVariant, len(found))
	for _, v := range found {
		kept[name{v.Token, v.VariantOf, v.Kind}] = v
	}
	for _, was := range prior {
		key := name{was.Token, was.VariantOf, was.Kind}
		now, again := kept[key]
		switch {
		case again && was.Status == NameRejected:
			was.Evidence = now.Evidence
			kept[key] = was
		case again:
			now.FirstRun = was.FirstRun
			kept[key] = now
		case was.Status == NameRejected || was.Evidence == 0:
			kept[key] = was
		}
	}
	return slices.Collect(maps.Values(kept))
}

// report counts what is new against the dictionary before.
func (d *Dictionary) report(prior *Dictionary) LearnReport {
	if prior == nil {
		prior = &Dictionary{}
	}
	r := LearnReport{Tokens: int64(len(d.Entries))}
	before := make(map[string]string, len(prior.Entries))
	for _, e := range prior.Entries {
		before[e.Token] = e.Status
	}
	for _, e := range d.Entries {
		was, known := before[e.Token]
		if !known {
			r.New++
		}
		if e.Status == NameAccepted && was != NameAccepted {
			r.Accepted++
		}
	}
	pairs := make(map[[3]string]struct{}, len(prior.Variants))
	for _, v := range prior.Variants {
		pairs[[3]string{v.Token, v.VariantOf, v.Kind}] = struct{}{}
	}
	for _, v := range d.Variants {
		if _, known := pairs[[3]string{v.Token, v.VariantOf, v.Kind}]; !known {
			r.Variants++
		}
	}
	family, given := d.coverage(func(e NameEntry) int64 { return e.Family }), d.coverage(func(e NameEntry) int64 { return e.Given })
	r.Top1000, r.Top10000, r.GivenTop1000 = family(1000), family(10_000), given(1000)
	return r
}

// coverage returns the share of all bearers of names that the n most frequent
// names explain, as a function of n.
func (d *Dictionary) coverage(count func(NameEntry) int64) func(n int) float64 {
	var counts []int64
	all := int64(0)
	for _, e := range d.Entries {
		if c := count(e); c > 0 {
			counts = append(counts, c)
			all += c
		}
	}
	slices.SortFunc(counts, func(a, b int64) int { return cmp.Compare(b, a) })
	return func(n int) float64 {
		if all == 0 {
			return 0
		}
		top := int64(0)
		for _, c := range counts[:min(n, len(counts))] {
			top += c
		}
		return float64(top) / float64(all)
	}
}
