package dedupe_test

import (
	"fmt"
	"testing"

	"loadstar/dedupe"
)

// madeOffers are clinics of plain names, of which many are of another one's name:
// what else is told of them tells them apart. Each clinic has the attributes own
// makes, and those noise makes anew for each record.
func madeOffers(seed uint64, own, noise func(file *made, clinic int) []string) labelled {
	const clinics = 800
	file := newMade(300, seed)
	file.labelled = labelled{truth: map[int64]string{}}
	kinds := []string{"dental clinic", "eye clinic", "medical centre", "heart clinic", "childrens hospital"}
	towns := []string{"cronau", "bergfelde", "oxmoor", "wendal", "lint", "garden", "abel", "stone"}
	for clinic := range clinics {
		name, told := towns[file.rng.IntN(8)]+" "+kinds[file.rng.IntN(5)], own(file, clinic)
		for range 1 + file.rng.IntN(2) {
			p := party{"party_type": "organisation", "organisation_name": name}
			for i, value := range append(append([]string{}, told...), noise(file, clinic)...) {
				if !file.chance(.08) {
					p[dedupe.Attribute(i)] = value
				}
			}
			file.parties = append(file.parties, p)
			file.truth[int64(len(file.parties))] = fmt.Sprint(clinic)
		}
	}
	return file.labelled
}

// TestAttributesTellApart: nothing but attributes tells 800 clinics of 40 names
// apart, and nobody says which of them do.
func TestAttributesTellApart(t *testing.T) {
	t.Parallel()
	telling := func(file *made, _ int) []string {
		return []string{fmt.Sprint("owner ", file.word(2, 3)), fmt.Sprint(20 + file.rng.IntN(900)), fmt.Sprint(1950 + file.rng.IntN(70)), []string{"public", "private", "church"}[file.rng.IntN(3)]}
	}
	row := 0
	noise := func(file *made, _ int) []string {
		row++
		return []string{fmt.Sprint(row), []string{"north", "south"}[file.rng.IntN(2)], fmt.Sprint(file.rng.IntN(9))}
	}
	for seed := range uint64(2) {
		_, result := matched(t, recordsOf(t, madeOffers(seed+3, telling, noise).parties))
		s := dedupe.Evaluate(result.Clusters, madeOffers(seed+3, telling, noise).truth)
		t.Logf("F1 %.4f, precision %.4f, recall %.4f", s.F1, s.Precision, s.Recall)
		if s.F1 < .95 || s.Precision < .92 {
			t.Errorf("F1 %.4f, precision %.4f", s.F1, s.Precision)
		}
	}
}

// TestAttributesOfNoUse: what says nothing of who somebody is changes nothing: the
// number of the row, its source, a batch, a random score, one value for all.
func TestAttributesOfNoUse(t *testing.T) {
	t.Parallel()
	file := newMade(900, 5)
	plain := file.labelled
	_, result := matched(t, recordsOf(t, plain.parties))
	before := dedupe.Evaluate(result.Clusters, plain.truth)
	var told []party
	for i, p := range plain.parties {
		with := party{}
		for field, value := range p {
			with[field] = value
		}
		order := (i*7919 + 13) % len(plain.parties) // rows of one person are apart
		with[dedupe.Attribute(0)], with[dedupe.Attribute(1)] = fmt.Sprint(order), []string{"crm", "shop", "till"}[order%3]
		with[dedupe.Attribute(2)], with[dedupe.Attribute(3)] = fmt.Sprint("batch ", order/50), fmt.Sprint(file.rng.IntN(100))
		with[dedupe.Attribute(4)] = "yes"
		told = append(told, with)
	}
	_, result = matched(t, recordsOf(t, told))
	after := dedupe.Evaluate(result.Clusters, plain.truth)
	t.Logf("F1 %.4f and %.4f", before.F1, after.F1)
	if after.F1 < before.F1-.003 || after.Precision < before.Precision-.003 {
		t.Errorf("F1 %.4f, precision %.4f; without %.4f and %.4f", after.F1, after.Precision, before.F1, before.Precision)
	}
}

// TestAttributesAnyOrder: workers and the order of rows carry no meaning.
func TestAttributesAnyOrder(t *testing.T) {
	t.Parallel()
	own := func(file *made, _ int) []string {
		return []string{file.word(2, 2), fmt.Sprint(file.rng.IntN(90))}
	}
	none := func(*made, int) []string { return nil }
	file := madeOffers(9, own, none)
	first, keys := recordsOf(t, file.parties), make([]int64, len(file.parties))
	shuffled := make([]party, len(file.parties))
	for i := range file.parties {
		at := (i*1009 + 17) % len(file.parties)
		shuffled[at], keys[at] = file.parties[i], int64(i+1)
	}
	n, s := names(t), dedupe.DefaultSettings()
	model, err := dedupe.Train(t.Context(), first, n, s)
	if err != nil {
		t.Fatal(err)
	}
	s.Workers = 5
	other, err := dedupe.Train(t.Context(), recordsWith(t, shuffled, keys, nil), n, s)
	if err != nil {
		t.Fatal(err)
	}
	if model.Hash() != other.Hash() {
		t.Error("another order of rows gives another model")
	}
	text, err := model.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	stored := &dedupe.Model{}
	if err := stored.UnmarshalJSON(text); err != nil {
		t.Fatal(err)
	}
	before, errBefore := dedupe.Match(t.Context(), first, n, model, nil, s)
	after, errAfter := dedupe.Match(t.Context(), recordsWith(t, shuffled, keys, nil), n, stored, nil, s)
	if errBefore != nil || errAfter != nil {
		t.Fatal(errBefore, errAfter)
	}
	if fmt.Sprint(before.Clusters) != fmt.Sprint(after.Clusters) || fmt.Sprint(before.Pairs) != fmt.Sprint(after.Pairs) {
		t.Error("a stored model matches otherwise")
	}
}
