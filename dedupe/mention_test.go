package dedupe_test

import (
	"fmt"
	"slices"
	"testing"

	"loadstar/dedupe"
)

// TestMentions: a deal that only names somebody, or a call that only has a
// number, is of the one customer that it can mean.
func TestMentions(t *testing.T) {
	t.Parallel()
	told := func(system, given, family, email, phone string) party {
		return party{"source_system": system, "party_type": "person", "given_name": given, "family_name": family, "email": email, "phone": phone}
	}
	firm := func(system, name string) party {
		return party{"source_system": system, "party_type": "organisation", "organisation_name": name, "city": "Bonn"}
	}
	mention := func(system, given, family, email, phone string) party {
		p := told(system, given, family, email, phone)
		p["is_mention"] = "yes"
		return p
	}
	mentioned := func(p party) party { p["is_mention"], p["city"] = "yes", ""; return p }
	deal := func(system, given, family string) party { return mention(system, given, family, "", "") }
	call := func(phone string) party { return mention("calls", "", "", "", phone) }
	worksAt := func(p party, firm string) party { p["organisation_name"] = firm; return p }
	parties := []party{
		1:  told("crm", "Ida", "Vogel", "ida@post.example", "+4915098765432"),
		2:  told("crm", "Otto", "Krause", "otto@mail.example", "+4915055555432"),
		3:  told("shop", "Otto", "Krause", "krause.o@web.example", "+4915055555999"),
		4:  told("shop", "Ewa", "Nowak", "ewa@web.example", "+48601602603"),
		5:  told("crm", "Paul", "Lang", "paul@a.example", "+4915011111111"),
		6:  told("crm", "Paul", "Lang", "lang@b.example", "+4915022222222"),
		7:  firm("crm", "Alphahaus Visser B.V."),
		8:  deal("crm", "Ida", "Vogel"),     // the only one of that name
		9:  deal("crm", "Otto", "Krause"),   // the one of its own system
		10: deal("deals", "Otto", "Krause"), // one of two
		11: deal("crm", "Paul", "Lang"),     // one of two
		12: deal("crm", "Ewa", "Nowak"),     // known in another system alone
		13: deal("crm", "Alphahaus", "Visser"),
		14: deal("crm", "Nobody", "Knows"),
		15: deal("crm", "Nobody", "Knows"),
		16: call("+48601602603"),
		17: call("+4900000000000"), // nobody's
		18: mention("calls", "", "", "ida@post.example", ""),
		19: worksAt(told("crm", "Mia", "Roth", "mia@one.example", ""), "One GmbH"),
		20: worksAt(told("crm", "Mia", "Roth", "mroth@two.example", ""), "Two GmbH"),
		21: worksAt(deal("crm", "Mia", "Roth"), "Two"),
		22: firm("crm", "Hafen Huber GmbH"),
		23: firm("crm", "Hafen Huber AG"),
		24: mentioned(firm("crm", "Hafen Huber AG")), // of the two that has its legal form
	}[1:]
	for i := range 40 { // others, for a name to be a name
		parties = append(parties, told("crm", fmt.Sprint("Given", string(rune('a'+i%20))), fmt.Sprint("Family", string(rune('a'+i))), fmt.Sprintf("other%d@mail.example", i), ""))
	}
	_, result := matched(t, recordsOf(t, parties))
	of := map[int64]int{}
	for n, cluster := range result.Clusters {
		for _, key := range cluster {
			of[key] = n + 1
		}
	}
	for _, same := range [][2]int64{{1, 8}, {2, 9}, {4, 12}, {7, 13}, {14, 15}, {4, 16}, {1, 18}, {20, 21}, {23, 24}} {
		if of[same[0]] == 0 || of[same[0]] != of[same[1]] {
			t.Errorf("%v are two", same)
		}
	}
	for _, apart := range [][2]int64{{2, 10}, {3, 10}, {5, 11}, {6, 11}, {5, 6}, {19, 21}, {2, 3}, {22, 24}, {22, 23}} {
		if of[apart[0]] == 0 || of[apart[0]] == of[apart[1]] {
			t.Errorf("%v are one, or nobody", apart)
		}
	}
	if of[17] != 0 {
		t.Errorf("a number that nobody has is customer %d", of[17])
	}
	shuffled := slices.Clone(result.Clusters)
	_, again := matched(t, recordsOf(t, parties))
	if fmt.Sprint(again.Clusters) != fmt.Sprint(shuffled) {
		t.Error("the same records give other customers")
	}
}

// TestMentionStays: somebody who comes to bear a name later takes no mention
// from whom it was found to mean; one that meant nobody is looked for again.
func TestMentionStays(t *testing.T) {
	t.Parallel()
	parties := []party{
		{"source_system": "crm", "party_type": "person", "given_name": "Ida", "family_name": "Vogel", "email": "ida@post.example"},
		{"source_system": "crm", "party_type": "person", "given_name": "Ida", "family_name": "Vogel", "is_mention": "yes"},
		{"source_system": "crm", "party_type": "person", "given_name": "Ewa", "family_name": "Nowak", "is_mention": "yes"},
		{"source_system": "crm", "party_type": "person", "given_name": "Ida", "family_name": "Vogel", "email": "vogel.i@other.example", "birth_date": "19700101"},
		{"source_system": "crm", "party_type": "person", "given_name": "Ewa", "family_name": "Nowak", "email": "ewa@web.example"},
	}
	keys := []int64{1, 2, 3, 4, 5}
	_, result := matched(t, recordsWith(t, parties, keys, map[int64]int64{1: 100, 2: 100, 3: 101}))
	if got := fmt.Sprint(result.Clusters); got != "[[1 2] [3 5] [4]]" {
		t.Errorf("clusters %s, want [[1 2] [3 5] [4]]", got)
	}
}

// TestMentionsAreSilent: what is only mentioned says nothing in a golden record
// that others speak in.
func TestMentionsAreSilent(t *testing.T) {
	t.Parallel()
	firm := stateRow{customer: 1, key: 10, at: 5, system: "crm", fields: party{"party_type": "organisation", "organisation_name": "Alphahaus Visser B.V."}}
	deal := stateRow{customer: 1, key: 11, at: 3, system: "crm", mention: true, fields: party{"party_type": "person", "full_name": "Alphahaus Visser", "given_name": "Alphahaus", "family_name": "Visser"}}
	records, _ := goldenOf(t, dedupe.DefaultRules(), stateBatches([]stateRow{deal, firm}, 2))
	if len(records) != 1 || records[0]["valid_from"] != "3" || records[0]["given_name"] != "" || records[0]["party_type"] != "organisation" {
		t.Errorf("golden %v: want the organisation, from the first mention on", records)
	}
}

// TestLookupOfMentions: a customer whom nothing but deals name can be looked up.
func TestLookupOfMentions(t *testing.T) {
	t.Parallel()
	var parties []party
	keys, customers := numbered(62)
	for i := range 60 {
		parties = append(parties, party{"party_type": "person", "given_name": fmt.Sprint("Given", string(rune('a'+i%20))), "family_name": fmt.Sprint("Family", string(rune('a'+i%26)), string(rune('a'+i/26))), "email": fmt.Sprintf("p%d@mail.example", i)})
	}
	for range 2 {
		parties = append(parties, party{"party_type": "person", "given_name": "Ida", "family_name": "Quillfeather", "is_mention": "yes"})
	}
	customers[62] = customers[61]
	x, _ := indexed(t, parties, keys, customers)
	found := find(t, x, 3, party{"party_type": "person", "given_name": "Ida", "family_name": "Quillfeather"})
	if len(found.Findings) == 0 || found.Findings[0].Customer != customers[61] {
		t.Errorf("found %+v, want customer %d", found, customers[61])
	}
}
