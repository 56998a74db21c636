package dedupe_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"sync/atomic"
	"testing"

	"loadstar/dedupe"
)

// run trains and matches records; the model may be given.
func run(t testing.TB, r *dedupe.Records, m *dedupe.Model, d dedupe.Decisions, s dedupe.Settings) (*dedupe.Model, *dedupe.Result) {
	t.Helper()
	n := names(t)
	if m == nil {
		var err error
		if m, err = dedupe.Train(t.Context(), r, n, s); err != nil {
			t.Fatal(err)
		}
	}
	result, err := dedupe.Match(t.Context(), r, n, m, d, s)
	if err != nil {
		t.Fatal(err)
	}
	return m, result
}

// together says whether two keys share a cluster.
func together(result *dedupe.Result, a, b int64) bool {
	for _, cluster := range result.Clusters {
		if slices.Contains(cluster, a) {
			return slices.Contains(cluster, b)
		}
	}
	return false
}

// TestSameBytes: neither row order nor worker count changes model, clusters or pairs.
func TestSameBytes(t *testing.T) {
	file := newMade(1500, 3)
	keys := make([]int64, len(file.parties))
	for i := range keys {
		keys[i] = int64(i + 1)
	}
	s := dedupe.DefaultSettings()
	s.Workers = 1
	wantModel, want := run(t, recordsWith(t, file.parties, keys, nil), nil, nil, s)
	for _, workers := range []int{1, 2, 8} {
		rng := rand.New(rand.NewPCG(uint64(workers), 1))
		parties, shuffled := slices.Clone(file.parties), slices.Clone(keys)
		rng.Shuffle(len(keys), func(i, j int) {
			parties[i], parties[j] = parties[j], parties[i]
			shuffled[i], shuffled[j] = shuffled[j], shuffled[i]
		})
		s.Workers = workers
		m, got := run(t, recordsWith(t, parties, shuffled, nil), nil, nil, s)
		if m.Hash() != wantModel.Hash() {
			t.Errorf("%d workers, shuffled rows: another model", workers)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%d workers, shuffled rows: another result", workers)
		}
	}
}

func TestModelSurvivesJSON(t *testing.T) {
	m, _ := run(t, recordsOf(t, newMade(500, 4).parties), nil, nil, dedupe.DefaultSettings())
	text, err := m.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	var back dedupe.Model
	if err := back.UnmarshalJSON(text); err != nil {
		t.Fatal(err)
	}
	if back.Hash() != m.Hash() {
		t.Error("the hash changed on the way through JSON")
	}
	if err := back.UnmarshalJSON([]byte(`{"format":99,"persons":[]}`)); !errors.Is(err, dedupe.ErrModelFormat) {
		t.Errorf("a model of another format: %v", err)
	}
}

// TestDecisions: "not same" parts, "same" joins, the last one on a pair holds,
// and a contradiction is reported.
func TestDecisions(t *testing.T) {
	file := newMade(600, 5)
	r := recordsOf(t, file.parties)
	s := dedupe.DefaultSettings()
	m, plain := run(t, r, nil, nil, s)
	i := slices.IndexFunc(plain.Clusters, func(c []int64) bool { return len(c) == 3 })
	merged := plain.Clusters[i]
	apart := plain.Clusters[(i+1)%len(plain.Clusters)]

	split := dedupe.Decisions{{Left: merged[0], Right: merged[1], Same: false}}
	_, got := run(t, r, m, split, s)
	if together(got, merged[0], merged[1]) {
		t.Error("not same did not part a merged pair")
	}
	_, got = run(t, r, m, append(split, dedupe.Decision{Left: merged[1], Right: merged[0], Same: true}), s)
	if !together(got, merged[0], merged[1]) {
		t.Error("the last decision on a pair did not hold")
	}
	_, got = run(t, r, m, dedupe.Decisions{{Left: merged[0], Right: apart[0], Same: true}}, s)
	if !together(got, merged[0], apart[0]) {
		t.Error("same did not join")
	}
	_, got = run(t, r, m, dedupe.Decisions{
		{Left: merged[0], Right: apart[0], Same: true},
		{Left: merged[1], Right: apart[0], Same: true},
		{Left: merged[0], Right: merged[1], Same: false},
	}, s)
	if together(got, merged[0], merged[1]) || len(got.Report.Conflicts) != 1 {
		t.Errorf("contradiction: conflicts %v", got.Report.Conflicts)
	}
	if _, again := run(t, r, m, nil, s); !reflect.DeepEqual(again, plain) {
		t.Error("withdrawn decisions left a trace")
	}
}

// TestDecisionsOnRest: "same" joins records that tell nothing, and a person with
// an organisation, unless a decision keeps them apart.
func TestDecisionsOnRest(t *testing.T) {
	t.Parallel()
	file := newMade(600, 5)
	n := int64(len(file.parties))
	r := recordsOf(t, append(slices.Clone(file.parties), party{"postcode": "10115"}, party{"postcode": "80331"}, party{}, party{"party_type": "organisation", "organisation_name": "Berg Holz GmbH"}))
	same := func(a, b int64) dedupe.Decision { return dedupe.Decision{Left: a, Right: b, Same: true} }
	decisions := dedupe.Decisions{same(n+1, n+2), same(1, n+4), same(2, n+3)}
	m, got := run(t, r, nil, decisions, dedupe.DefaultSettings())
	for _, p := range [][2]int64{{n + 1, n + 2}, {1, n + 4}, {2, n + 3}} {
		if !together(got, p[0], p[1]) {
			t.Errorf("%d and %d are two customers", p[0], p[1])
		}
	}
	if together(got, n+1, n+3) {
		t.Error("records that tell nothing became one without a decision")
	}
	decisions = append(decisions, dedupe.Decision{Left: 1, Right: n + 4})
	if _, got = run(t, r, m, decisions, dedupe.DefaultSettings()); together(got, 1, n+4) {
		t.Error("the later decision did not hold")
	}
}

// TestIncremental delivers a file in ten batches, each matched against the
// customers of those before: the partition is nearly that of one batch, and the
// ledger alone tells it, with a reason for each event.
func TestIncremental(t *testing.T) {
	t.Parallel()
	file := newMade(1200, 6)
	s := dedupe.DefaultSettings()
	keys := make([]int64, len(file.parties))
	for i := range keys {
		keys[i] = int64(i + 1)
	}
	order := rand.New(rand.NewPCG(1, 1)).Perm(len(keys))
	m, whole := run(t, recordsOf(t, file.parties), nil, nil, s)
	state := dedupe.NewState()
	moved := map[dedupe.EventType]int{}
	var last *dedupe.Result
	for step := 1; step <= 10; step++ {
		upTo := len(order) * step / 10
		var parties []party
		var batchKeys []int64
		for _, i := range order[:upTo] {
			parties, batchKeys = append(parties, file.parties[i]), append(batchKeys, keys[i])
		}
		_, last = run(t, recordsWith(t, parties, batchKeys, state.Members), m, nil, s)
		events, next, err := dedupe.Assign(state, last.Clusters, int64(step))
		if err != nil {
			t.Fatal(err)
		}
		dedupe.AddReasons(events, last.Pairs)
		for _, e := range events {
			moved[e.Type]++
			if e.Reason == "" {
				t.Errorf("batch %d: an event without a reason: %+v", step, e)
			}
		}
		state = next
	}
	truth := map[int64]string{}
	for _, cluster := range whole.Clusters {
		for _, key := range cluster {
			truth[key] = fmt.Sprint(cluster[0])
		}
	}
	agree := dedupe.Evaluate(last.Clusters, truth)
	t.Logf("ten batches against one: %.3f %% of pairs, events %v", 100*agree.F1, moved)
	if agree.F1 < .998 { // one cluster of this small and dirty file is half a thousandth
		t.Errorf("ten batches against one: %.3f %% of pairs", 100*agree.F1)
	}
	for _, cluster := range last.Clusters {
		for _, key := range cluster {
			if state.Members[key] != state.Members[cluster[0]] {
				t.Errorf("records %d and %d are one by the last batch and two by the ledger", key, cluster[0])
			}
		}
	}
	_, rerun := run(t, recordsWith(t, file.parties, keys, state.Members), m, nil, s)
	if !reflect.DeepEqual(rerun.Clusters, last.Clusters) || rerun.Report.Pairs != 0 {
		t.Error("a rerun without news changed clusters or compared pairs")
	}
	anew := recordsWith(t, file.parties, keys, state.Members)
	anew.Afresh()
	retrained, rematched := run(t, anew, nil, nil, s)
	if retrained.Hash() != m.Hash() || !reflect.DeepEqual(rematched.Clusters, whole.Clusters) || !reflect.DeepEqual(rematched.Pairs, whole.Pairs) {
		t.Error("deciding on all records anew after ten batches is not what one batch gives")
	}
}

// TestSharedContactsMergeNobody: one phone and address of many, different
// names or none at all.
func TestSharedContactsMergeNobody(t *testing.T) {
	file := newMade(700, 8)
	first := int64(len(file.parties) + 1)
	for i := range 200 {
		p := party{"party_type": "person", "phone": "+441110005555", "street": "market square", "house_number": "1",
			"postcode": "10001", "city": "bigton", "email": "office@firm.example"}
		if i%2 == 0 {
			p["given_name"], p["family_name"] = givenNames[i%len(givenNames)], file.families[(i*7)%len(file.families)]
		}
		file.parties = append(file.parties, p)
	}
	_, result := matched(t, recordsOf(t, file.parties))
	for _, cluster := range result.Clusters {
		inside := 0
		for _, key := range cluster {
			if key >= first {
				inside++
			}
		}
		if inside > 2 {
			t.Errorf("%d records merged on a shared phone, address and e-mail", inside)
		}
	}
}

func TestNoEvidence(t *testing.T) {
	parties := make([]party, 5000)
	for i := range parties {
		parties[i] = party{"country_code": "GB", "party_type": "unknown"}
	}
	_, result := matched(t, recordsOf(t, parties))
	if len(result.Clusters) != len(parties) || result.Report.Reason == "" || result.Report.Pairs != 0 {
		t.Errorf("%d clusters, %d pairs, reason %q", len(result.Clusters), result.Report.Pairs, result.Report.Reason)
	}
	_, result = matched(t, recordsOf(t, nil))
	if len(result.Clusters) != 0 {
		t.Error("no records made clusters")
	}
}

func TestDuplicateKeysAreRefused(t *testing.T) {
	r := recordsWith(t, []party{{"given_name": "ann"}, {"given_name": "bob"}}, []int64{7, 7}, nil)
	if _, err := dedupe.Train(t.Context(), r, nil, dedupe.DefaultSettings()); !errors.Is(err, dedupe.ErrDuplicateKey) {
		t.Errorf("got %v", err)
	}
}

// TestManyAlike: ten thousand people called John Smith among a hundred thousand
// records neither explode the pairs nor merge.
func TestManyAlike(t *testing.T) {
	t.Parallel()
	const smiths, records = 10_000, 100_000
	file := newMade(42_000, 9)
	file.parties = file.parties[:min(len(file.parties), records-smiths)]
	first := int64(len(file.parties) + 1)
	for range smiths {
		file.parties = append(file.parties, party{"party_type": "person", "given_name": "john", "family_name": "smith",
			"city":       file.cities[file.rng.IntN(len(file.cities))],
			"birth_date": fmt.Sprintf("%d%02d%02d", 1930+file.rng.IntN(75), 1+file.rng.IntN(12), 1+file.rng.IntN(28))})
	}
	r := recordsOf(t, file.parties)
	s := dedupe.DefaultSettings()
	_, result := run(t, r, nil, nil, s)
	if pairs, most := result.Report.Pairs, 10*int64(r.Len()); pairs > most {
		t.Errorf("%d pairs of %d records, want %d at most", pairs, r.Len(), most)
	}
	merged, largest := 0, 0
	for _, cluster := range result.Clusters {
		if len(cluster) > 1 && cluster[len(cluster)-1] >= first {
			merged += len(cluster) - 1
			largest = max(largest, len(cluster))
		}
	}
	t.Logf("%d records, %d pairs; %d of the %d namesakes merged, at most %d into one", r.Len(), result.Report.Pairs, merged, smiths, largest)
	if merged > smiths/10 || largest > 4 {
		t.Errorf("%d of %d namesakes merged, %d into one", merged, smiths, largest)
	}
}

// TestAlarm: a cluster over the alarm size is reported.
func TestAlarm(t *testing.T) {
	file := newMade(500, 10)
	for range 60 {
		file.parties = append(file.parties, party{"party_type": "person", "given_name": "wilhelmina", "family_name": "quackenbush",
			"birth_date": "19610203", "email": "w.quackenbush@mail.example", "national_id": "QX9981273"})
	}
	_, result := matched(t, recordsOf(t, file.parties))
	if len(result.Report.Alarms) != 1 || result.Report.Alarms[0].Size != 60 {
		t.Errorf("alarms %v", result.Report.Alarms)
	}
}

// TestCompared: who watches hears of every pair that is compared.
func TestCompared(t *testing.T) {
	r, s := recordsOf(t, newMade(300, 13).parties), dedupe.DefaultSettings()
	var heard atomic.Int64
	s.Compared = func(pairs int64) { heard.Add(pairs) }
	_, result := run(t, r, nil, nil, s)
	if heard.Load() != result.Report.Pairs || heard.Load() == 0 {
		t.Errorf("heard of %d pairs, %d were compared", heard.Load(), result.Report.Pairs)
	}
}
