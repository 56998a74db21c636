package dedupe_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"

	"loadstar/dedupe"
)

// indexed indexes records of which customers names the customers.
func indexed(t testing.TB, parties []party, keys []int64, customers map[int64]int64) (*dedupe.Index, *dedupe.Model) {
	t.Helper()
	r := recordsWith(t, parties, keys, customers)
	m, err := dedupe.Train(t.Context(), r, names(t), dedupe.DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	x, err := dedupe.NewIndex(t.Context(), r, names(t), m, 2)
	if err != nil {
		t.Fatal(err)
	}
	return x, m
}

func numbered(n int) (keys []int64, customers map[int64]int64) {
	customers = map[int64]int64{}
	for i := range n {
		keys = append(keys, int64(i+1))
		customers[int64(i+1)] = int64(1000 + i)
	}
	return keys, customers
}

func find(t testing.TB, x *dedupe.Index, limit int, readings ...party) dedupe.Found {
	t.Helper()
	keys, _ := numbered(len(readings))
	query := batch(t, readings, keys, nil)
	defer query.Release()
	found, err := x.Find(query, limit)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestLookupScoresAsExplain takes records out of a file, looks them up in the
// rest, and compares each score and each field with what Explain says of the
// whole file.
func TestLookupScoresAsExplain(t *testing.T) {
	t.Parallel()
	file := newMade(900, 5).parties
	keys, customers := numbered(len(file))
	whole := recordsWith(t, file, keys, nil)
	m, err := dedupe.Train(t.Context(), whole, names(t), dedupe.DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	compared, strong := 0, 0
	for q := 7; q < len(file); q += 53 {
		rest := recordsWith(t, slices.Concat(file[:q], file[q+1:]), slices.Concat(keys[:q], keys[q+1:]), customers)
		x, err := dedupe.NewIndex(t.Context(), rest, names(t), m, 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range find(t, x, 5, file[q]).Findings {
			want, err := dedupe.Explain(whole, names(t), m, f.Left, keys[q])
			if err != nil {
				t.Fatal(err)
			}
			const rounding = 60 // millibits: the file of the index is one record smaller
			if d := f.Score - want.Score; d > rounding || d < -rounding {
				t.Errorf("record %d scores %d with %d, Explain says %d\n%v\n%v", q, f.Score, f.Left, want.Score, f.Explanation, want)
			}
			if len(f.Fields) != len(want.Fields) {
				t.Errorf("record %d with %d: fields %v, Explain says %v", q, f.Left, f.Fields, want.Fields)
			}
			for i := range min(len(f.Fields), len(want.Fields)) {
				if f.Fields[i].Level != want.Fields[i].Level {
					t.Errorf("record %d with %d: %v, Explain says %v", q, f.Left, f.Fields[i], want.Fields[i])
				}
			}
			compared++
			if f.Score >= f.Cut {
				strong++
			}
		}
	}
	if compared < 50 || strong < 15 {
		t.Errorf("only %d findings were compared, %d of them strong", compared, strong)
	}
}

// TestLookupFindsWhatMatchJoins looks every fifth record of a file up in the
// others: whoever shares a customer with it is found.
func TestLookupFindsWhatMatchJoins(t *testing.T) {
	t.Parallel()
	file := newMade(3000, 6).parties
	keys, _ := numbered(len(file))
	_, result := matched(t, recordsWith(t, file, keys, nil))
	customer := map[int64]int64{}
	for _, cluster := range result.Clusters {
		for _, k := range cluster {
			customer[k] = cluster[0]
		}
	}
	var rest, asked []party
	var restKeys, askedKeys []int64
	for i, k := range keys {
		if i%5 == 0 {
			asked, askedKeys = append(asked, file[i]), append(askedKeys, k)
			continue
		}
		rest, restKeys = append(rest, file[i]), append(restKeys, k)
	}
	x, _ := indexed(t, rest, restKeys, customer)
	has := map[int64]bool{}
	for _, k := range restKeys {
		has[customer[k]] = true
	}
	could, did := 0, 0
	for i, k := range askedKeys {
		if !has[customer[k]] {
			continue
		}
		could++
		if found := find(t, x, 1, asked[i]); len(found.Findings) == 1 && found.Findings[0].Customer == customer[k] {
			did++
		}
	}
	if could < 300 || did*1000 < could*985 {
		t.Errorf("%d of %d records find their customer", did, could)
	}
}

func TestLookupCases(t *testing.T) {
	t.Parallel()
	file := newMade(1200, 8).parties
	for i := range 60 {
		name := fmt.Sprintf("%s %s", []string{"Hansa", "Alster", "Elbe", "Spree", "Isar"}[i%5], []string{"Druckerei", "Bau", "Handel", "Transport", "Verlag", "Technik"}[i/5%6])
		file = append(file, party{"party_type": "organisation", "organisation_name": name + " GmbH", "phone": fmt.Sprintf("+49409990%03d", i%30), "city": "Hamburg"})
	}
	file = append(file,
		party{"given_name": "Ottilie", "family_name": "Zwiebelring", "email": "otti@example.com", "phone": "+4930111222", "birth_date": "1980-05-06"},
		party{"party_type": "organisation", "organisation_name": "Quirl Maschinenbau GmbH", "phone": "+4940555666", "city": "Bremen"},
		party{"party_type": "organisation", "organisation_name": "Nordlicht Reederei AG", "city": "Kiel"})
	keys, customers := numbered(len(file))
	x, _ := indexed(t, file, keys, customers)
	person, firm := customers[int64(len(file)-2)], customers[int64(len(file)-1)]
	for name, c := range map[string]struct {
		query []party
		want  int64
	}{
		"e-mail alone":             {[]party{{"email": "OTTI@example.com"}}, person},
		"phone alone":              {[]party{{"phone": "+49 30 111222"}}, person},
		"name with a typo":         {[]party{{"given_name": "Otilie", "family_name": "Zwiebelring"}}, person},
		"name in one, birth date":  {[]party{{"full_name": "Ottilie Zwiebelring", "birth_date": "1980-05-06"}}, person},
		"swapped":                  {[]party{{"given_name": "Zwiebelring", "family_name": "Ottilie"}}, person},
		"organisation, a word off": {[]party{{"party_type": "organisation", "organisation_name": "Quirl Maschinenbau"}}, firm},
		"two readings":             {[]party{{"full_name": "Maschinenbau Quirl"}, {"party_type": "organisation", "organisation_name": "Maschinenbau Quirl"}}, firm},
	} {
		found := find(t, x, 3, c.query...)
		if len(found.Findings) == 0 || found.Findings[0].Customer != c.want {
			t.Errorf("%s: %+v, want customer %d", name, found, c.want)
		}
	}
	if found := find(t, x, 3, party{"given_name": "Xqwzj", "family_name": "Vvkkpq", "birth_date": "1811-01-31"}); len(found.Findings) != 0 {
		t.Errorf("a person that nobody resembles finds %+v", found.Findings)
	}
	for _, empty := range []party{{}, {"city": "Kiel"}, {"given_name": "...", "phone": "12"}} {
		query := batch(t, []party{empty}, []int64{1}, nil)
		if _, err := x.Find(query, 3); !errors.Is(err, dedupe.ErrEmptyQuery) {
			t.Errorf("%v: %v, want ErrEmptyQuery", empty, err)
		}
		query.Release()
	}
}

// TestLookupFillers: what the records have for want of a birth date or phone says
// nothing in a query either.
func TestLookupFillers(t *testing.T) {
	t.Parallel()
	file := newMade(900, 17).parties
	for i := range file {
		if i%4 == 0 {
			file[i]["birth_date"], file[i]["phone"] = "1900-01-01", "+49999999999"
		}
	}
	file = append(file, party{"given_name": "Ottilie", "family_name": "Zwiebelring", "email": "otti@example.com", "phone": "+4930111222", "birth_date": "1980-05-06"})
	keys, customers := numbered(len(file))
	x, _ := indexed(t, file, keys, customers)
	plain := find(t, x, 1, party{"given_name": "Ottilie", "family_name": "Zwiebelring"})
	filled := find(t, x, 1, party{"given_name": "Ottilie", "family_name": "Zwiebelring", "birth_date": "1900-01-01", "phone": "+49999999999"})
	if len(plain.Findings) != 1 || len(filled.Findings) != 1 || plain.Findings[0].Score != filled.Findings[0].Score {
		t.Errorf("found %+v, with fillers %+v", plain.Findings, filled.Findings)
	}
}

// TestLookupOrganisations: names of organisations that are compared word by
// word, as matching compares them.
func TestLookupOrganisations(t *testing.T) {
	t.Parallel()
	file := newMade(300, 12)
	firm := func(name, city string) party {
		return party{"party_type": "organisation", "organisation_name": name, "city": city}
	}
	for i := range 200 {
		file.parties = append(file.parties, firm(file.families[i]+" Trading Ltd", file.cities[i%len(file.cities)]))
	}
	at := len(file.parties)
	file.parties = append(file.parties, firm("Quillfeather Glazing Ltd.", "brackton"), firm("Quillfeather Glazing Holding", "brackton"),
		firm("Tarnbeck Bakery 1", "brackton"), firm("Tarnbeck Bakery 2", "brackton"))
	keys, customers := numbered(len(file.parties))
	x, _ := indexed(t, file.parties, keys, customers)
	for name, want := range map[string]int{"Glazing Quilfeather": 0, "Tarnbeck Bakery No. 2": 3, "Tarnbeck Bakery #1": 2} {
		found := find(t, x, 5, firm(name, "brackton")).Findings
		if len(found) == 0 || found[0].Customer != int64(1000+at+want) || found[0].Score < found[0].Cut {
			t.Errorf("%s: %+v, want customer %d", name, found, 1000+at+want)
		}
	}
}

// TestLookupManyAlike looks for a name that many bear: it says so.
func TestLookupManyAlike(t *testing.T) {
	t.Parallel()
	file := newMade(900, 9).parties
	for range 400 {
		file = append(file, party{"given_name": "John", "family_name": "Smith"})
	}
	keys, customers := numbered(len(file))
	x, _ := indexed(t, file, keys, customers)
	found := find(t, x, 5, party{"given_name": "John", "family_name": "Smith"})
	if len(found.Findings) != 5 || found.Alike < 200 || !found.LeftOut {
		t.Fatalf("%d findings, %d alike, left out %v", len(found.Findings), found.Alike, found.LeftOut)
	}
	if found.Findings[0].Score >= found.Findings[0].Cut {
		t.Error("one of 400 of one name is told to be the one")
	}
}

// TestLookupIsConcurrent gives equal answers to many callers at once.
func TestLookupIsConcurrent(t *testing.T) {
	t.Parallel()
	file := newMade(600, 10).parties
	keys, customers := numbered(len(file))
	x, _ := indexed(t, file, keys, customers)
	var queries []arrow.RecordBatch
	var want []dedupe.Found
	for i := range 40 {
		query := batch(t, file[i*7:i*7+1], []int64{1}, nil)
		defer query.Release()
		found, err := x.Find(query, 3)
		if err != nil {
			t.Fatal(err)
		}
		queries, want = append(queries, query), append(want, found)
	}
	var wait sync.WaitGroup
	for worker := range 8 {
		wait.Go(func() {
			for n := range 3 * len(queries) {
				i := (n*7 + worker) % len(queries)
				got, err := x.Find(queries[i], 3)
				if err != nil || len(got.Findings) != len(want[i].Findings) || len(got.Findings) > 0 && got.Findings[0].Score != want[i].Findings[0].Score {
					t.Errorf("query %d: %v %v, alone %v", i, got, err, want[i])
				}
			}
		})
	}
	wait.Wait()
}
