package matchfile

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"loadstar/dedupe"
	"loadstar/schemas"
)

const (
	examples      = 10        // of each kind of error
	mostTruePairs = 5_000_000 // that are looked up one by one
)

// evaluation compares the outcome with the truth.
type evaluation struct {
	*outcome
	truth  *truth
	names  *dedupe.Names
	s      dedupe.Settings
	show   bool
	scores map[[2]int64]dedupe.Pair
}

func (e *evaluation) evaluate(ctx context.Context) (*Evaluation, error) {
	s := dedupe.Evaluate(e.result.Clusters, e.truth.entity)
	if e.truth.across {
		if err := e.countAcross(&s); err != nil {
			return nil, err
		}
	}
	entities := map[string][]int64{}
	for key, entity := range e.truth.entity {
		entities[entity] = append(entities[entity], key)
	}
	out := &Evaluation{
		Truth: e.truth.from, Records: len(e.truth.entity), Entities: len(entities),
		TruePairs: s.TruePairs, FoundPairs: s.FoundPairs, CommonPairs: s.CommonPairs,
		Precision: s.Precision, Recall: s.Recall, F1: s.F1, BPrecision: s.BPrecision, BRecall: s.BRecall, BF1: s.BF1,
		Notes: e.truth.notes, FalseMerges: []Example{}, Misses: []Example{},
	}
	if err := e.falseMerges(out); err != nil {
		return nil, err
	}
	if s.TruePairs > mostTruePairs {
		out.Notes = append(out.Notes, fmt.Sprintf("there are more than %d true pairs: blocking recall and misses are not looked up", mostTruePairs))
		return out, nil
	}
	return out, e.misses(ctx, out, entities)
}

// counts says whether the truth tells about a pair.
func (e *evaluation) counts(left, right int64) bool {
	if !e.truth.across {
		return true
	}
	i, errLeft := e.parties.find(left)
	j, errRight := e.parties.find(right)
	return errLeft == nil && errRight == nil && e.parties.places[i].input != e.parties.places[j].input
}

// countAcross counts the pairs of two inputs only.
func (e *evaluation) countAcross(s *dedupe.Scores) error {
	type cell struct {
		group string
		input int32
	}
	byTruth, byCluster, byBoth := map[cell]int64{}, map[cell]int64{}, map[cell]int64{}
	for key, entity := range e.truth.entity {
		i, err := e.parties.find(key)
		if err != nil {
			return err
		}
		input, cluster := e.parties.places[i].input, clusterName(e.cluster[i])
		byTruth[cell{entity, input}]++
		byCluster[cell{cluster, input}]++
		byBoth[cell{entity + " " + cluster, input}]++
	}
	pairs := func(cells map[cell]int64) int64 {
		sums, total := map[string]int64{}, int64(0)
		for c, n := range cells {
			sums[c.group] += n
			total -= n * n
		}
		for _, n := range sums {
			total += n * n
		}
		return total / 2
	}
	s.TruePairs, s.FoundPairs, s.CommonPairs = pairs(byTruth), pairs(byCluster), pairs(byBoth)
	share := func(of, all int64) float64 {
		if all == 0 {
			return 1
		}
		return float64(of) / float64(all)
	}
	s.Precision, s.Recall = share(s.CommonPairs, s.FoundPairs), share(s.CommonPairs, s.TruePairs)
	s.F1 = 0
	if s.Precision+s.Recall > 0 {
		s.F1 = 2 * s.Precision * s.Recall / (s.Precision + s.Recall)
	}
	return nil
}

// falseMerges lists the merged pairs of different entities, those with most
// evidence first.
func (e *evaluation) falseMerges(out *Evaluation) error {
	e.scores = map[[2]int64]dedupe.Pair{}
	var wrong []dedupe.Pair
	for _, p := range e.result.Pairs {
		left, okLeft := e.truth.entity[p.Left]
		right, okRight := e.truth.entity[p.Right]
		switch {
		case !okLeft || !okRight || !e.counts(p.Left, p.Right):
		case left == right:
			e.scores[[2]int64{p.Left, p.Right}] = p
		case p.Decision == dedupe.Merged:
			wrong = append(wrong, p)
		}
	}
	slices.SortStableFunc(wrong, func(a, b dedupe.Pair) int { return cmp.Compare(b.Score, a.Score) })
	for _, p := range wrong[:min(examples, len(wrong))] {
		x, err := e.example(p.Left, p.Right, &p, "merged, but two entities")
		if err != nil {
			return err
		}
		out.FalseMerges = append(out.FalseMerges, x)
	}
	return nil
}

// missed is a true pair that was not merged.
type missed struct {
	left, right int64
	pair        *dedupe.Pair
	compared    bool
}

func (e *evaluation) misses(ctx context.Context, out *Evaluation, entities map[string][]int64) error {
	var pairs [][2]int64
	for _, entity := range slices.Sorted(maps.Keys(entities)) {
		keys := entities[entity]
		slices.Sort(keys)
		for i, left := range keys {
			for _, right := range keys[i+1:] {
				if e.counts(left, right) {
					pairs = append(pairs, [2]int64{left, right})
				}
			}
		}
	}
	proposed, err := dedupe.Proposed(ctx, e.parties.records, e.names, e.s, pairs)
	if err != nil {
		return err
	}
	met := 0
	var all []missed
	for i, p := range pairs {
		if proposed[i] {
			met++
		}
		same, err := e.together(p)
		if err != nil {
			return err
		}
		if same {
			continue
		}
		m := missed{left: p[0], right: p[1], compared: proposed[i]}
		if scored, ok := e.scores[p]; ok {
			m.pair = &scored
		}
		all = append(all, m)
	}
	if len(pairs) > 0 {
		recall := float64(met) / float64(len(pairs))
		out.BlockingRecall = &recall
	}
	slices.SortStableFunc(all, func(a, b missed) int {
		return cmp.Or(cmp.Compare(b.rank(), a.rank()), cmp.Compare(a.left, b.left), cmp.Compare(a.right, b.right))
	})
	for _, m := range all[:min(examples, len(all))] {
		x, err := e.example(m.left, m.right, m.pair, m.why(e.result.Report.Cut))
		if err != nil {
			return err
		}
		out.Misses = append(out.Misses, x)
	}
	return nil
}

// rank orders misses: most evidence first, then those only compared.
func (m missed) rank() int64 {
	switch {
	case m.pair != nil:
		return int64(m.pair.Score) + 1<<40
	case m.compared:
		return 1
	}
	return 0
}

func (m missed) why(cut int32) string {
	switch {
	case m.pair != nil && m.pair.Score >= cut:
		return "enough evidence, kept apart by the rest of the cluster or for want of evidence of its own"
	case m.pair != nil:
		return fmt.Sprintf("%.1f bits below the cut", float64(cut-m.pair.Score)/bitsPerMillibit)
	case m.compared:
		return "compared: far below the cut"
	}
	return "never compared: no blocking pass proposes it"
}

func (e *evaluation) together(pair [2]int64) (bool, error) {
	left, err := e.parties.find(pair[0])
	if err != nil {
		return false, err
	}
	right, err := e.parties.find(pair[1])
	return err == nil && e.cluster[left] == e.cluster[right], err
}

func (e *evaluation) example(left, right int64, pair *dedupe.Pair, why string) (Example, error) {
	x := Example{Why: why}
	for _, side := range []struct {
		key  int64
		spot *Spot
	}{{left, &x.Left}, {right, &x.Right}} {
		i, err := e.parties.find(side.key)
		if err != nil {
			return x, err
		}
		at := e.parties.places[i]
		*side.spot = Spot{Source: e.inputs[at.input].name, Row: int64(at.row)}
		if e.show {
			side.spot.Values = e.values(i)
		}
	}
	if pair == nil {
		return x, nil
	}
	bits := float64(pair.Score) / bitsPerMillibit
	x.ScoreBits, x.Levels = &bits, map[string]string{}
	for i, name := range dedupe.PairFields() {
		if level := pair.Level(i); level != "missing" {
			x.Levels[name] = level
		}
	}
	return x, nil
}

// values are the cleansed values of a party.
func (e *evaluation) values(party int32) map[string]string {
	values := map[string]string{}
	for f, name := range schemas.PartyTextFields() {
		if v := e.parties.text(party, f); v != "" && name != "party_type" {
			values[name] = v
		}
	}
	if c, i := e.parties.chunkOf(party); c.birth != nil && c.birth.IsValid(i) {
		values[birthDate] = isoDay(c.birth.Value(i))
		if c.years {
			values[birthDate] = values[birthDate][:4]
		}
	}
	return values
}
