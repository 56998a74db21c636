package sample

import (
	"slices"
	"sort"
	"strings"
	"testing"
)

// source is one source record with the person behind it.
type source struct {
	person int64
	rec    record
	truth  person
}

func sources(t *testing.T, customers int) (*world, []source) {
	t.Helper()
	w, err := newWorld(Options{Customers: customers, Days: 2, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	var list []source
	for i := range w.total(1) {
		p, records := w.records(i)
		for _, rec := range records {
			list = append(list, source{i, rec, p})
		}
	}
	return w, list
}

// pairwise scores the join that calls all records of one key one customer.
func pairwise(list []source, key func(source) string) (f1 float64) {
	sum := func(group func(source) string) (pairs int) {
		counts := map[string]int{}
		for _, s := range list {
			if k := group(s); k != "" {
				counts[k]++
			}
		}
		for _, n := range counts {
			pairs += n * (n - 1) / 2
		}
		return pairs
	}
	who := func(s source) string { return itoa(int(s.person)) + "#" }
	real, found := sum(who), sum(key)
	hits := sum(func(s source) string {
		if k := key(s); k != "" {
			return who(s) + k
		}
		return ""
	})
	return 2 * float64(hits) / float64(real+found)
}

func TestEasyJoinsFail(t *testing.T) {
	_, list := sources(t, 5000)
	joins := map[string]func(source) string{
		"e-mail": func(s source) string { return strings.ToLower(s.rec.email) },
		"phone":  func(s source) string { return s.rec.phone.e164() },
		"name and postcode": func(s source) string {
			name := strings.Fields(strings.ToLower(plain(join(s.rec.given, s.rec.family, s.rec.company))))
			slices.Sort(name)
			code := strings.ReplaceAll(s.rec.addr.postcode, " ", "")
			if code == "" {
				return ""
			}
			return strings.Join(name, " ") + code
		},
	}
	for name, key := range joins {
		f1 := pairwise(list, key)
		t.Logf("%s: F1 %.3f", name, f1)
		if f1 >= 0.80 {
			t.Errorf("joining on equal %s has F1 %.3f: the sample is too easy", name, f1)
		}
		if f1 < 0.1 {
			t.Errorf("joining on equal %s has F1 %.3f: the records share next to nothing", name, f1)
		}
	}
}

func TestPairsCanBeTold(t *testing.T) {
	_, list := sources(t, 5000)
	pairs, lost := 0, 0
	byPerson := map[int64][]source{}
	for _, s := range list {
		for _, other := range byPerson[s.person] {
			pairs++
			if weakest(s.truth, s.rec, []record{other.rec}) >= 0 {
				lost++
			}
		}
		byPerson[s.person] = append(byPerson[s.person], s)
	}
	t.Logf("%d of %d pairs share too little", lost, pairs)
	if lost*200 > pairs {
		t.Errorf("%d of %d true pairs share too little to be told", lost, pairs)
	}
}

func TestPopulation(t *testing.T) {
	w, list := sources(t, 20000)
	perCustomer := float64(len(list)) / float64(w.total(1))
	t.Logf("%.2f records a customer", perCustomer)
	if perCustomer < 1.5 || perCustomer > 1.7 {
		t.Errorf("%.2f records a customer, expected about 1.6", perCustomer)
	}
	persons, housed, most := 0, 0, 0
	families := map[string]int{}
	records := map[int64]int{}
	for _, s := range list {
		records[s.person]++
		most = max(most, records[s.person])
		if records[s.person] > 1 || s.truth.org {
			continue
		}
		persons++
		families[s.truth.family.latin]++
		if k := s.truth.unit.kind; k == household || k == twins || k == namesakes {
			housed++
		}
	}
	counts := make([]int, 0, len(families))
	for _, n := range families {
		counts = append(counts, n)
	}
	sort.Sort(sort.Reverse(sort.IntSlice(counts)))
	t.Logf("%d family names of %d persons, the first borne by %d; %d in households; at most %d records", len(families), persons, counts[0], housed, most)
	if len(families) < 2500 || counts[0]*40 > persons {
		t.Errorf("%d family names, the most frequent %d times: not like a population", len(families), counts[0])
	}
	if share := housed * 100 / persons; share < 12 || share > 18 {
		t.Errorf("%d %% live in households, expected 15", share)
	}
	if most > 5 {
		t.Errorf("a customer has %d records, expected at most 5", most)
	}
}
