package dedupe_test

import (
	"fmt"
	"testing"

	"loadstar/dedupe"
)

// TestEqualRecords: records that nothing tells apart are one, however common
// each of their values, unless a decision or their source parts them.
func TestEqualRecords(t *testing.T) {
	t.Parallel()
	file := newMade(300, 21)
	common := party{"party_type": "person", "given_name": "john", "family_name": file.families[0], "city": file.cities[0], "street": file.streets[0]}
	for i := range 40 { // a street full of people of one name
		other := party{"party_type": "person", "given_name": "john", "family_name": file.families[0], "city": file.cities[0],
			"street": file.streets[0], "house_number": fmt.Sprint(200 + i), "birth_date": fmt.Sprintf("19%02d0%d12", 30+i, 1+i%9)}
		file.parties = append(file.parties, other)
	}
	at := int64(len(file.parties))
	file.parties = append(file.parties, common, common, common)
	r := recordsOf(t, file.parties)
	m, result := matched(t, r)
	if !together(result, at+1, at+2) || !together(result, at+2, at+3) {
		t.Error("equal records are apart")
	}
	_, parted := run(t, r, m, dedupe.Decisions{{Left: at + 1, Right: at + 3}}, dedupe.DefaultSettings())
	if together(parted, at+1, at+3) {
		t.Error("equal records that were decided to be two are together")
	}
}

// TestPhrases: words that always stand together say once what they say.
func TestPhrases(t *testing.T) {
	t.Parallel()
	file := newMade(10, 5)
	var parties []party
	thing := func(name string) {
		parties = append(parties, party{"party_type": "organisation", "organisation_name": name})
	}
	kinds := []string{"external hard drive", "home theater system", "wireless laser printer", "digital video camera"}
	for i := range 240 {
		brand, kind := file.families[i%11], kinds[i%len(kinds)]
		thing(fmt.Sprintf("%s %s %s%d", brand, kind, file.word(1, 1), 100+i))
		if i%3 == 0 {
			thing(fmt.Sprintf("%s %s with two year warranty - %s", kind, parties[len(parties)-1]["organisation_name"][len(brand)+len(kind)+2:], brand))
		}
	}
	truth := map[int64]string{}
	entity := 0
	for i := range parties {
		if (i+1)%4 != 2 {
			entity++
		}
		truth[int64(i+1)] = fmt.Sprint(entity)
	}
	_, result := matched(t, recordsOf(t, parties))
	if s := dedupe.Evaluate(result.Clusters, truth); s.Precision < .99 || s.Recall < .95 {
		t.Errorf("F1 %.4f, precision %.4f, recall %.4f", s.F1, s.Precision, s.Recall)
	}
}
