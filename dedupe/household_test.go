package dedupe_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"loadstar/dedupe"
)

func households(t *testing.T, parties []party, customers map[int64]int64) map[int64]int64 {
	t.Helper()
	keys := make([]int64, len(parties))
	for i := range keys {
		keys[i] = int64(i + 1)
	}
	b := batch(t, parties, keys, nil)
	defer b.Release()
	r := dedupe.NewRecords()
	if err := r.Add(b); err != nil {
		t.Fatal(err)
	}
	return dedupe.Households(r, customers)
}

func TestHouseholds(t *testing.T) {
	at := func(family, street, number, unit, postcode string) party {
		return party{"party_type": "person", "given_name": "Any", "family_name": family, "street": street,
			"house_number": number, "unit": unit, "postcode": postcode, "city": "Wexbury"}
	}
	married := at("Fenwick", "Mill Lane", "4", "", "WX1 1AA")
	married["former_family_name"] = "Okoro"
	firm := at("Okoro", "Mill Lane", "4", "", "WX1 1AA")
	firm["party_type"] = "organisation"
	parties := []party{
		at("Okoro", "Mill Lane", "4", "", "WX1 1AA"), // 1
		at("OKORO", "mill lane", "4", "", "wx11aa"),  // 2: same home, written otherwise
		at("Okoro", "Mill Lane", "4", "b", "WX1 1AA"),
		at("Okoro", "Mill Lane", "5", "", "WX1 1AA"),
		at("Lund", "Mill Lane", "4", "", "WX1 1AA"),
		married,                             // 6: joins by her former name
		firm,                                // 7
		at("Okoro", "", "4", "", "WX1 1AA"), // 8: no street
		at("Fenwick", "Mill Lane", "4", "", "WX1 1AA"), // 9: joins through 6
		at("Okoro", "Mill Lane", "4", "", "WX1 1AA"),   // 10: second record of customer 101
	}
	customers := map[int64]int64{1: 101, 2: 102, 3: 103, 4: 104, 5: 105, 6: 106, 7: 107, 8: 108, 9: 109, 10: 101}
	want := map[int64]int64{101: 101, 102: 101, 106: 101, 109: 101}
	if got := households(t, parties, customers); !maps.Equal(got, want) {
		t.Errorf("households %v, want %v", got, want)
	}
	alone := map[int64]int64{1: 101, 2: 101, 10: 101}
	if got := households(t, parties, alone); len(got) != 0 {
		t.Errorf("one customer is a household of its own: %v", got)
	}
}

func TestHouseholdsAreBounded(t *testing.T) {
	var parties []party
	customers := map[int64]int64{}
	for i := range 13 {
		parties = append(parties, party{"party_type": "person", "given_name": fmt.Sprint("P", i), "family_name": "Sharma",
			"street": "Tower Road", "house_number": "1", "city": "Wexbury"})
		customers[int64(i+1)] = int64(i + 1)
	}
	if got := households(t, parties, customers); len(got) != 0 {
		t.Errorf("13 persons of one name in a tower are no household: %v", got)
	}
	if got := households(t, parties[:12], customers); len(got) != 12 {
		t.Errorf("%d persons share a household, want 12", len(got))
	}
}

func TestAddReasons(t *testing.T) {
	_, before := assign(t, dedupe.NewState(), 1, []int64{1}, []int64{2}, []int64{7, 8}, []int64{9})
	events, _ := assign(t, before, 2, []int64{1, 2, 3}, []int64{7}, []int64{8}, []int64{20})
	dedupe.AddReasons(events, []dedupe.Pair{
		{Left: 1, Right: 2, Score: 5100, Decision: dedupe.Merged},
		{Left: 1, Right: 3, Score: 12_034, Decision: dedupe.Merged},
		{Left: 2, Right: 3, Score: -700, Decision: dedupe.Decided},
		{Left: 7, Right: 8, Score: 9000, Decision: dedupe.Forbidden},
		{Left: 2, Right: 9, Score: 900, Decision: dedupe.Apart},
	})
	var got []string
	for _, e := range events {
		got = append(got, string(e.Type)+": "+e.Reason)
	}
	want := []string{
		"retire: no record any more",
		"split: decided not same: 7 and 8",
		"absorb: decided same: 2 and 3",
		"absorb: decided same: 2 and 3",
		"create: new party",
	}
	if !slices.Equal(got, want) {
		t.Errorf("reasons\n%q, want\n%q", got, want)
	}
}
