package dedupe_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"loadstar/dedupe"
)

// cleanSources parts the records of a made file into two sources that hold
// each person once at most, and leaves the others out.
func cleanSources(file *made) (parties []party, truth map[int64]string) {
	met := map[string]int{}
	truth = map[int64]string{}
	for i, p := range file.parties {
		entity := file.truth[int64(i+1)]
		if met[entity]++; met[entity] > 2 {
			continue
		}
		p["source_system"] = []string{"crm", "shop"}[met[entity]-1]
		parties = append(parties, p)
		truth[int64(len(parties))] = entity
	}
	return parties, truth
}

// linked matches with a choice of links.
func linked(t *testing.T, r *dedupe.Records, m *dedupe.Model, links dedupe.Links) (*dedupe.Model, *dedupe.Result) {
	t.Helper()
	s := dedupe.DefaultSettings()
	s.Links = links
	return run(t, r, m, nil, s)
}

// TestOneToOne: between clean sources a customer has one record of each, which
// parts relatives that their records can't tell apart.
func TestOneToOne(t *testing.T) {
	t.Parallel()
	parties, truth := cleanSources(newMade(3000, 31))
	r := recordsOf(t, parties)
	m, free := linked(t, r, nil, dedupe.LinksMany)
	_, auto := linked(t, r, m, dedupe.LinksAuto)
	if links := auto.Report.Links; !links.OneToOne || links.Why == "" || len(links.Sources) != 2 {
		t.Fatalf("links %+v", links)
	}
	a, b := dedupe.Evaluate(free.Clusters, truth), dedupe.Evaluate(auto.Clusters, truth)
	t.Logf("precision %.4f, recall %.4f, F1 %.4f; one to one %.4f, %.4f, %.4f", a.Precision, a.Recall, a.F1, b.Precision, b.Recall, b.F1)
	if b.Precision <= a.Precision || b.Recall < a.Recall-.001 {
		t.Errorf("precision %.4f, recall %.4f; one to one %.4f, %.4f", a.Precision, a.Recall, b.Precision, b.Recall)
	}
	for _, cluster := range auto.Clusters {
		if len(cluster) > 2 || len(cluster) == 2 && parties[cluster[0]-1]["source_system"] == parties[cluster[1]-1]["source_system"] {
			t.Errorf("cluster %v holds two records of one source", cluster)
		}
	}
	_, asked := linked(t, r, m, dedupe.LinksOne)
	if !slices.EqualFunc(asked.Clusters, auto.Clusters, slices.Equal) || !asked.Report.Links.OneToOne {
		t.Error("asked for and found clean, the links differ")
	}
}

// TestOneToOneOrder: the links are the same in any order of rows.
func TestOneToOneOrder(t *testing.T) {
	t.Parallel()
	parties, _ := cleanSources(newMade(800, 32))
	keys := make([]int64, len(parties))
	for i := range keys {
		keys[i] = int64(i + 1)
	}
	_, want := linked(t, recordsWith(t, parties, keys, nil), nil, dedupe.LinksOne)
	rng := rand.New(rand.NewPCG(3, 3))
	rng.Shuffle(len(keys), func(i, j int) {
		parties[i], parties[j] = parties[j], parties[i]
		keys[i], keys[j] = keys[j], keys[i]
	})
	_, got := linked(t, recordsWith(t, parties, keys, nil), nil, dedupe.LinksOne)
	if !slices.EqualFunc(want.Clusters, got.Clusters, slices.Equal) || !slices.Equal(want.Pairs, got.Pairs) {
		t.Error("shuffled rows give other links")
	}
}

// TestOneToOneDirty: where a source has duplicates of its own, or there is
// just one, a customer may have several of its records.
func TestOneToOneDirty(t *testing.T) {
	t.Parallel()
	file := newMade(800, 33)
	for i, p := range file.parties {
		p["source_system"] = []string{"crm", "shop"}[i%2]
	}
	r := recordsOf(t, file.parties)
	m, free := linked(t, r, nil, dedupe.LinksMany)
	_, auto := linked(t, r, m, dedupe.LinksAuto)
	links := auto.Report.Links
	if links.OneToOne || links.Why == "" || links.Sources[0].Duplicates == 0 {
		t.Errorf("links %+v", links)
	}
	if !slices.EqualFunc(free.Clusters, auto.Clusters, slices.Equal) {
		t.Error("the sources are dirty, yet the clusters differ")
	}
	for _, p := range file.parties {
		p["source_system"] = "crm"
	}
	if _, one := linked(t, recordsOf(t, file.parties), m, dedupe.LinksOne); one.Report.Links.OneToOne || len(one.Clusters) != len(free.Clusters) {
		t.Errorf("one source: links %+v", one.Report.Links)
	}
}
