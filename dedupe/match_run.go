package dedupe

import (
	"cmp"
	"context"
	"maps"
	"slices"
)

// reviewSlack is how far below the cut a pair is still worth a look.
const reviewSlack = 5 * millibit

// matching is one call of Match.
type matching struct {
	f        *features
	settings Settings
	rules    *rules
	forest   forest // clusters decided so far
	result   Result
	edges    []reviewed
	again    []func(context.Context) error // decide the components of each kind
	nobody   map[uint32]bool               // mentions by an address or a number that nobody has
}

// reviewed is a scored pair with its levels.
type reviewed struct {
	edge
	levels levels
}

// part decides the records of one kind.
func (run *matching) part(ctx context.Context, k kind, part *partModel) error {
	members := run.f.parts[k]
	if len(members) < 2 || part.Reason != "" {
		run.explainNothing(k, part)
		return run.decideBy(ctx, func(context.Context) error {
			run.settle(members)
			return nil
		})
	}
	which := everyRecord
	if run.f.r.prior {
		which = newRecords
	}
	proposed, err := run.f.candidates(ctx, k, run.settings, which)
	if err != nil {
		return err
	}
	report := &run.result.Report
	report.Pairs += int64(len(proposed.pairs))
	report.Passes = append(report.Passes, proposed.passes...)
	report.Cut = max(report.Cut, part.Cut)
	scorer := newScorer(part, run.f, members)
	edges, err := run.score(ctx, scorer, proposed)
	if err != nil {
		return err
	}
	run.edges = append(run.edges, edges...)
	return run.decideBy(ctx, func(ctx context.Context) error { return run.group(ctx, scorer, members, edges) })
}

// decideBy decides now and keeps how, for it may have to be done again.
func (run *matching) decideBy(ctx context.Context, decide func(context.Context) error) error {
	run.again = append(run.again, decide)
	return decide(ctx)
}

func (run *matching) explainNothing(k kind, part *partModel) {
	if k != person || len(run.f.parts[organisation]) > 1 {
		return
	}
	run.result.Report.Reason = part.Reason
	if part.Reason == "" {
		run.result.Report.Reason = "fewer than two records with a name, birth date, e-mail, phone, address or id"
	}
}

// settle applies decisions and prior customers alone.
func (run *matching) settle(members []uint32) {
	run.rules.bind(run.forest, members)
}

// settleRest applies decisions and prior customers to records that tell nothing
// by which they could be compared, and decisions on two of different kinds.
func (run *matching) settleRest(context.Context) error {
	isRest := make([]bool, run.f.r.Len())
	for i := range isRest {
		isRest[i] = true
	}
	for k := range run.f.parts {
		for _, m := range run.f.parts[k] {
			isRest[m] = false
		}
	}
	var rest []uint32
	for i, is := range isRest {
		if is && !run.f.r.rows[i].isMention() { // whom a mention means is looked for anew
			rest = append(rest, uint32(i))
		}
	}
	run.settle(rest)
	for _, p := range slices.Sorted(maps.Keys(run.rules.same)) {
		l, r := p.left(), p.right()
		isAcross := isRest[l] != isRest[r] || run.f.r.rows[l].kind != run.f.r.rows[r].kind
		if isAcross && !run.rules.clashIn(run.forest, p) {
			run.forest.join(l, r)
		}
	}
	return nil
}

// score keeps the pairs above the review floor, in the order of pairs.
func (run *matching) score(ctx context.Context, scorer *scorer, proposed proposal) ([]reviewed, error) {
	const chunk = 1 << 14
	pairs := proposed.pairs
	floor := scorer.part.Cut - reviewSlack
	workers := max(run.settings.Workers, 1)
	comparers := make(chan *comparer, workers)
	for range workers {
		comparers <- newComparer(run.f)
	}
	found := make([][]reviewed, (len(pairs)+chunk-1)/chunk)
	err := parallel(ctx, workers, len(found), func(i int) {
		c := <-comparers
		end := min((i+1)*chunk, len(pairs))
		for at := i * chunk; at < end; at++ {
			p := pairs[at]
			pattern := proposed.pattern(at, c)
			if score := scorer.score(pattern); score > floor {
				found[i] = append(found[i], reviewed{edge{p, score}, pattern.levels})
			}
		}
		comparers <- c
		if run.settings.Compared != nil {
			run.settings.Compared(int64(end - i*chunk))
		}
	})
	return slices.Concat(found...), err
}

// group forms components and decides each.
func (run *matching) group(ctx context.Context, scorer *scorer, members []uint32, scored []reviewed) error {
	components := newForest(run.f.r.Len())
	run.rules.bind(components, members)
	equal := run.f.equalSets(members)
	bound := run.rules.bound(equal)
	for _, set := range equal {
		for _, m := range set[1:] {
			if bound[m] == bound[set[0]] {
				components.join(set[0], m)
			}
		}
	}
	var edges []edge
	for _, e := range scored {
		if e.score > scorer.part.Cut-edgeSlack {
			components.join(e.pair.left(), e.pair.right())
			edges = append(edges, e.edge)
		}
	}
	edges = byComponent(edges, components)
	groups := components.groups(members)
	own := make([][]edge, len(groups))
	at := 0
	for i, g := range groups {
		start := at
		for at < len(edges) && components.root(edges[at].pair.left()) == g[0] {
			at++
		}
		own[i] = edges[start:at]
	}
	return run.decide(ctx, grouper{r: run.f.r, scorer: scorer, cut: scorer.part.Cut, rules: run.rules, bound: bound}, groups, own)
}

// byComponent orders edges by the smallest member of their components; inside
// one they stay in order.
func byComponent(edges []edge, components forest) []edge {
	order := make([]uint64, len(edges)) // component above, place below
	for i, e := range edges {
		order[i] = uint64(components.root(e.pair.left()))<<32 | uint64(i)
	}
	order = radixSort(order, make([]uint64, len(order)), 32/8)
	sorted := make([]edge, len(edges))
	for to, from := range order {
		sorted[to] = edges[uint32(from)]
	}
	return sorted
}

func (run *matching) decide(ctx context.Context, g grouper, groups [][]uint32, edges [][]edge) error {
	workers := max(run.settings.Workers, 1)
	comparers := make(chan *comparer, workers)
	for range workers {
		comparers <- newComparer(run.f)
	}
	const chunk = 256
	clusters := make([][][]uint32, len(groups))
	err := parallel(ctx, workers, (len(groups)+chunk-1)/chunk, func(n int) {
		c := <-comparers
		for i := n * chunk; i < min((n+1)*chunk, len(groups)); i++ {
			clusters[i] = g.component(c, groups[i], edges[i])
		}
		comparers <- c
	})
	if err != nil {
		return err
	}
	for _, of := range clusters {
		for _, cluster := range of {
			for _, m := range cluster[1:] {
				run.forest.join(cluster[0], m)
			}
		}
	}
	return nil
}

// finish writes clusters and pairs in the terms of source keys.
func (run *matching) finish() {
	n := run.f.r.Len()
	keys := make([]int64, 0, n)
	everyone := make([]uint32, n)
	for i := range everyone {
		everyone[i] = uint32(i)
	}
	groups := run.forest.groups(everyone)
	alone := n
	for _, g := range groups {
		alone -= len(g)
	}
	run.result.Clusters = make([][]int64, 0, alone+len(groups))
	next := 0
	for i := range everyone {
		start := len(keys)
		switch {
		case run.forest.root(uint32(i)) != uint32(i):
			continue
		case next < len(groups) && groups[next][0] == uint32(i):
			for _, m := range groups[next] {
				keys = append(keys, run.f.r.rows[m].key)
			}
			next++
		default:
			keys = append(keys, run.f.r.rows[i].key)
		}
		cluster := keys[start:len(keys):len(keys)]
		if run.nobody[uint32(i)] {
			continue
		}
		run.result.Clusters = append(run.result.Clusters, cluster)
		if size := len(cluster); run.settings.AlarmSize > 0 && size > run.settings.AlarmSize {
			run.result.Report.Alarms = append(run.result.Report.Alarms, Alarm{cluster[0], size})
		}
	}
	run.result.Report.Clusters = len(run.result.Clusters)
	run.finishPairs()
}

func (run *matching) finishPairs() {
	slices.SortFunc(run.edges, func(a, b reviewed) int { return cmp.Compare(a.pair, b.pair) })
	pairs := make([]Pair, len(run.edges))
	for i, e := range run.edges {
		p := Pair{Left: run.f.r.rows[e.pair.left()].key, Right: run.f.r.rows[e.pair.right()].key}
		p.Levels, p.Score = int64(e.levels), e.score
		p.Decision = Apart
		switch {
		case run.rules.decidedApart(e.pair):
			p.Decision = Forbidden
		case run.rules.same[e.pair]:
			p.Decision = Decided
		case run.forest.root(e.pair.left()) == run.forest.root(e.pair.right()):
			p.Decision = Merged
		case run.rules.rivals(e.pair):
			p.Decision = Rivals
		}
		pairs[i] = p
	}
	run.result.Pairs = pairs
}
