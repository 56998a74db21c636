package dedupe_test

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"pgregory.net/rapid"

	"loadstar/dedupe"
	"loadstar/schemas"
)

// stateRow is one state of one party.
type stateRow struct {
	mention           bool
	customer, key, at int64
	system            string
	deleted           bool
	optOut            string // "", "true", "false"
	fields            party
}

// stateBatches yields states in batches of n rows.
func stateBatches(states []stateRow, n int) iter.Seq2[arrow.RecordBatch, error] {
	return func(yield func(arrow.RecordBatch, error) bool) {
		for i := 0; i < len(states); i += n {
			b := stateBatch(states[i:min(i+n, len(states))])
			more := yield(b, nil)
			b.Release()
			if !more {
				return
			}
		}
	}
}

func stateBatch(states []stateRow) arrow.RecordBatch {
	schema := schemas.PartyVersionSchema()
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	for _, s := range states {
		for c, field := range schema.Fields() {
			switch to := b.Field(c).(type) {
			case *array.Int64Builder:
				to.Append(map[string]int64{"customer_key": s.customer, "source_customer_key": s.key, "effective_at": s.at}[field.Name])
			case *array.Int32Builder:
				if day, ok := days(s.fields["birth_date"]); ok {
					to.Append(day)
				} else {
					to.AppendNull()
				}
			case *array.BooleanBuilder:
				switch {
				case field.Name == "is_deleted":
					to.Append(s.deleted)
				case field.Name == "is_mention":
					to.Append(s.mention)
				case field.Name == "is_opted_out" && s.optOut == "":
					to.AppendNull()
				default:
					to.Append(s.optOut == "true")
				}
			case *array.StringBuilder:
				value := s.fields[field.Name]
				switch field.Name {
				case "source_system":
					value = s.system
				case "customer_id":
					value = fmt.Sprint("C", s.key)
				}
				if value == "" {
					to.AppendNull()
				} else {
					to.Append(value)
				}
			}
		}
	}
	return b.NewRecordBatch()
}

// fataler is what testing.TB and rapid.T have in common.
type fataler interface {
	Helper()
	Fatal(args ...any)
}

// goldenOf makes golden records as rows of text, by column name.
func goldenOf(t fataler, rules dedupe.Rules, in iter.Seq2[arrow.RecordBatch, error]) (records, values []map[string]string) {
	t.Helper()
	err := dedupe.Golden(rules, in, func(golden, sources arrow.RecordBatch) error {
		if golden.NumRows() > 65_536 || sources.NumRows() > 65_536 {
			return errors.New("a batch is over 64k rows")
		}
		records, values = append(records, rowsOf(golden)...), append(values, rowsOf(sources)...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return records, values
}

func rowsOf(b arrow.RecordBatch) []map[string]string {
	var out []map[string]string
	for i := range int(b.NumRows()) {
		row := map[string]string{}
		for c, field := range b.Schema().Fields() {
			if b.Column(c).IsValid(i) {
				row[field.Name] = b.Column(c).ValueStr(i)
			}
		}
		out = append(out, row)
	}
	return out
}

func TestGoldenOverTime(t *testing.T) {
	home := party{"given_name": "Ida", "middle_name": "rose", "family_name": "Storm", "street": "Elm Row", "postcode": "E1", "email": "ida@x.example", "birth_date": "1980-02-03"}
	moved := party{"given_name": "Ida", "family_name": "Storm", "street": "Oak Way", "city": "Hull", "email": "ida@x.example"}
	records, values := goldenOf(t, dedupe.DefaultRules(), stateBatches([]stateRow{
		{customer: 7, key: 1, at: 100, system: "crm", fields: home},
		{customer: 7, key: 2, at: 200, system: "shop", fields: moved},
		{customer: 7, key: 2, at: 300, system: "shop", fields: moved}, // says nothing new
		{customer: 7, key: 2, at: 400, system: "shop", fields: moved, deleted: true},
		{customer: 7, key: 1, at: 500, system: "crm", fields: home, deleted: true}, // the last record stands
		{customer: 9, key: 3, at: 50, system: "shop", fields: party{"organisation_name": "Fjord Ltd", "party_type": "organisation"}, deleted: true},
	}, 2))
	var got []string
	for _, r := range records {
		got = append(got, fmt.Sprintf("%s %s-%s %s|%s%s|%s|%s|%s", r["customer_key"], r["valid_from"], r["valid_to"], r["display_name"],
			r["street"], r["postcode"], r["city"], r["member_count"], r["is_current"]))
	}
	want := []string{
		"7 100-200 Ida R. Storm|Elm RowE1||1|false",
		"7 200-400 Ida R. Storm|Oak Way|Hull|2|false", // the postcode of the other address stays out
		"7 400- Ida R. Storm|Elm RowE1||1|true",
		"9 50- Fjord Ltd|||1|true",
	}
	if !slices.Equal(got, want) {
		t.Errorf("records\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, v := range values {
		if v["customer_key"] == "7" && (v["source_customer_key"] != "1" || v["source_system"] != "crm") {
			t.Errorf("%s comes from %s", v["field"], v["source_system"])
		}
		if v["field"] == "birth_date" && v["value"] != "1980-02-03" {
			t.Errorf("birth date %q", v["value"])
		}
	}
}

func TestGoldenRules(t *testing.T) {
	at := func(key, when int64, system string, fields party) stateRow {
		return stateRow{customer: 1, key: key, at: when, system: system, fields: fields}
	}
	named := func(given, family string) party { return party{"given_name": given, "family_name": family} }
	var many []stateRow // each compared with each would take minutes
	for i := range int64(20_000) {
		many = append(many, at(i+1, 1, "a", named([]string{"Robert", "Bob", "ROBERT"}[i%3], fmt.Sprint("Quist", i/14_000))))
	}
	for name, c := range map[string]struct {
		rules  map[string][]dedupe.Rule
		states []stateRow
		field  string
		want   string
		rule   dedupe.Rule
	}{
		"swapped names don't mix": {states: []stateRow{at(1, 1, "a", named("Reed", "Maxwell")), at(2, 2, "b", named("Maxwell", "Reed")), at(3, 3, "c", named("Maxwell", "Reed"))},
			field: "display_name", want: "Maxwell Reed"},
		"each half counts": {states: []stateRow{at(1, 1, "a", named("Bob", "Quist")), at(2, 2, "b", named("Robert", "Qvist")), at(3, 3, "c", named("Robert", "Quist"))},
			field: "display_name", want: "Robert Quist"},
		"very many parties": {states: many, field: "display_name", want: "Robert Quist0"},
		"the commonest address, whole or in part": {rules: map[string][]dedupe.Rule{dedupe.AddressGroup: {dedupe.MostFrequent}},
			states: []stateRow{at(1, 1, "a", party{"street": "Elm Row"}), at(2, 2, "b", party{"street": "ELM ROW", "city": "Hull"}), at(3, 3, "c", party{"street": "Oak Way", "city": "York"})},
			field:  "street", want: "Elm Row", rule: dedupe.MostFrequent},
		"an initial is no name": {states: []stateRow{at(1, 1, "a", named("R.", "Quist")), at(2, 2, "b", named("R.", "Quist")), at(3, 3, "c", named("Robert", "Quist"))},
			field: "given_name", want: "Robert", rule: dedupe.OnlyValue},
		"halves are joined where nobody has both": {states: []stateRow{at(1, 1, "a", named("Ana", "")), at(2, 2, "b", named("", "Lund"))},
			field: "display_name", want: "Ana Lund"},
		"family name first":             {states: []stateRow{at(1, 1, "a", named("小明", "王"))}, field: "display_name", want: "王小明"},
		"e-mail where there is no name": {states: []stateRow{at(1, 1, "a", party{"email": "q@x.example"})}, field: "display_name", want: "q@x.example"},
		"id where there is nothing":     {states: []stateRow{at(1, 1, "a", party{})}, field: "display_name", want: "C1"},
		"newest phone": {states: []stateRow{at(1, 1, "a", party{"phone": "+441"}), at(2, 2, "b", party{"phone": "+442"})},
			field: "phone", want: "+442", rule: dedupe.MostRecent},
		"a row touched again is not newer": {states: []stateRow{at(1, 1, "a", party{"phone": "+441"}), at(2, 2, "b", party{"phone": "+442"}), at(1, 3, "a", party{"phone": "+441", "status": "active"})},
			field: "phone", want: "+442", rule: dedupe.MostRecent},
		"null is no news": {states: []stateRow{at(1, 1, "a", party{"phone": "+441"}), at(2, 2, "b", party{"city": "Hull"})},
			field: "phone", want: "+441", rule: dedupe.OnlyValue},
		"all agree": {states: []stateRow{at(1, 1, "a", party{"phone": "+441"}), at(2, 2, "b", party{"phone": "+441"})},
			field: "phone", want: "+441", rule: dedupe.AllAgree},
		"trusted source": {rules: map[string][]dedupe.Rule{"phone": {dedupe.MostTrusted}},
			states: []stateRow{at(1, 1, "billing", party{"phone": "+441"}), at(2, 2, "b", party{"phone": "+442"})},
			field:  "phone", want: "+441", rule: dedupe.MostTrusted},
		"longest": {rules: map[string][]dedupe.Rule{"status": {dedupe.Longest}},
			states: []stateRow{at(1, 1, "a", party{"status": "wöchentlich"}), at(2, 2, "b", party{"status": "täglich"})},
			field:  "status", want: "wöchentlich", rule: dedupe.Longest},
		"complete row": {rules: map[string][]dedupe.Rule{"email": {dedupe.MostComplete}},
			states: []stateRow{at(1, 1, "a", party{"email": "a@x.example", "city": "Hull"}), at(2, 2, "b", party{"email": "b@x.example"})},
			field:  "email", want: "a@x.example", rule: dedupe.MostComplete},
		"majority": {states: []stateRow{at(1, 1, "a", party{"birth_date": "19800101"}), at(2, 2, "b", party{"birth_date": "19800101"}), at(3, 3, "c", party{"birth_date": "19990909"})},
			field: "birth_date", want: "1980-01-01", rule: dedupe.MostFrequent},
		"further numbers": {states: []stateRow{at(1, 1, "a", party{"phone": "+443", "phones": "+447\n+449"}), at(2, 2, "b", party{"phone": "+445", "mobile_phone": "+446"})},
			field: "phones", want: "+443\n+447\n+449", rule: dedupe.Union},
		"one refusal counts": {states: []stateRow{{customer: 1, key: 1, at: 1, system: "a", optOut: "true"}, {customer: 1, key: 2, at: 2, system: "b", optOut: "false"}},
			field: "is_opted_out", want: "true", rule: dedupe.AnyTrue},
	} {
		rules := dedupe.DefaultRules()
		rules.Trusted = []string{"billing"}
		for f, r := range c.rules {
			rules.Fields[f] = r
		}
		records, values := goldenOf(t, rules, stateBatches(c.states, 10))
		if c.field == "display_name" {
			if got := records[len(records)-1]["display_name"]; got != c.want {
				t.Errorf("%s: display name %q, want %q", name, got, c.want)
			}
			continue
		}
		i := slices.IndexFunc(values, func(v map[string]string) bool { return v["field"] == c.field })
		if i < 0 || values[i]["value"] != c.want || values[i]["rule"] != string(c.rule) {
			t.Errorf("%s: %v, want %q by %s", name, values, c.want, c.rule)
		}
	}
}

func TestGoldenRefuses(t *testing.T) {
	none := func(golden, values arrow.RecordBatch) error { return nil }
	rules := dedupe.DefaultRules()
	for want, in := range map[string]iter.Seq2[arrow.RecordBatch, error]{
		"not ordered":  stateBatches([]stateRow{{customer: 2, key: 1, at: 1}, {customer: 1, key: 2, at: 1}}, 9),
		"customer 3":   stateBatches([]stateRow{{customer: 3, key: 1, at: 2}, {customer: 3, key: 2, at: 1}}, 1),
		"disk is full": func(yield func(arrow.RecordBatch, error) bool) { yield(nil, errors.New("disk is full")) },
	} {
		if err := dedupe.Golden(rules, in, none); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %q", err, want)
		}
	}
	for field, rule := range map[string]dedupe.Rule{"street": dedupe.Longest, "colour": dedupe.Longest, "emails": dedupe.Longest, "phone": "best"} {
		bad := dedupe.Rules{Fields: map[string][]dedupe.Rule{field: {rule}}}
		if err := dedupe.Golden(bad, stateBatches(nil, 1), none); err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("rule %s for %s: error %v", rule, field, err)
		}
	}
}

func TestGoldenProperties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		draw := func(label string, values ...string) string { return rapid.SampledFrom(values).Draw(rt, label) }
		var states []stateRow
		for range rapid.IntRange(1, 14).Draw(rt, "states") {
			states = append(states, stateRow{
				customer: rapid.Int64Range(1, 3).Draw(rt, "customer"), at: rapid.Int64Range(1, 5).Draw(rt, "at"),
				system: "s", mention: rapid.IntRange(0, 3).Draw(rt, "mention") == 0, deleted: rapid.IntRange(0, 3).Draw(rt, "deleted") == 0, optOut: draw("refusal", "", "true", "false"),
				fields: party{"given_name": draw("given", "", "Ana", "Anna"), "family_name": draw("family", "", "Lund"),
					"street": draw("street", "", "Elm", "Oak"), "city": draw("city", "", "Hull"), "phone": draw("phone", "", "+1", "+2"), "phones": draw("phones", "", "+3")},
			})
			s := &states[len(states)-1]
			s.key = s.customer*10 + rapid.Int64Range(0, 2).Draw(rt, "party")
		}
		byTime := func(a, b stateRow) int { return slices.Compare([]int64{a.customer, a.at}, []int64{b.customer, b.at}) }
		slices.SortStableFunc(states, byTime)
		records, values := goldenOf(rt, dedupe.DefaultRules(), stateBatches(states, 4))
		shuffled := rapid.Permutation(states).Draw(rt, "order")
		slices.SortStableFunc(shuffled, byTime) // states at one instant come in another order
		records2, values2 := goldenOf(rt, dedupe.DefaultRules(), stateBatches(shuffled, 3))
		if fmt.Sprint(records, values) != fmt.Sprint(records2, values2) {
			rt.Fatalf("the order of states at one instant matters:\n%v\n%v", records, records2)
		}
		checkIntervals(rt, states, records)
	})
}

// checkIntervals wants each customer's rows to follow one another without gap
// from its first state on, the last and only the last current.
func checkIntervals(t *rapid.T, states []stateRow, records []map[string]string) {
	first := map[string]string{}
	for _, s := range states {
		if _, known := first[fmt.Sprint(s.customer)]; !known {
			first[fmt.Sprint(s.customer)] = fmt.Sprint(s.at)
		}
	}
	for i, r := range records {
		isLast := i+1 == len(records) || records[i+1]["customer_key"] != r["customer_key"]
		if isFirst := i == 0 || records[i-1]["customer_key"] != r["customer_key"]; isFirst {
			if r["valid_from"] != first[r["customer_key"]] {
				t.Fatalf("customer %s begins at %s, its first state at %s", r["customer_key"], r["valid_from"], first[r["customer_key"]])
			}
			delete(first, r["customer_key"])
		}
		to, isOpen := r["valid_to"]
		if isOpen == isLast || (r["is_current"] == "true") != isLast || !isLast && (to != records[i+1]["valid_from"] || to <= r["valid_from"]) {
			t.Fatalf("row %d does not fit the next: %v", i, records)
		}
		if r["display_name"] == "" {
			t.Fatalf("row %d has no name to show", i)
		}
	}
	if len(first) > 0 {
		t.Fatalf("customers without a record: %v", first)
	}
}

func BenchmarkGolden(b *testing.B) {
	const customers = 100_000
	var states []stateRow
	for c := range int64(customers) {
		for p := range 1 + c%3 {
			states = append(states, stateRow{customer: c + 1, key: c*10 + p, at: p, system: "crm", fields: party{
				"given_name": "Given", "family_name": fmt.Sprint("Family", c), "email": fmt.Sprint(c, "@x.example"), "phone": fmt.Sprint("+44", c, p%2),
				"street": "Elm Row", "house_number": fmt.Sprint(p), "postcode": "E1 1AA", "city": "Hull"}})
		}
	}
	var batches []arrow.RecordBatch
	for chunk := range slices.Chunk(states, 65_536) {
		batches = append(batches, stateBatch(chunk))
	}
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		in := func(yield func(arrow.RecordBatch, error) bool) {
			for _, batch := range batches {
				if !yield(batch, nil) {
					return
				}
			}
		}
		if err := dedupe.Golden(dedupe.DefaultRules(), in, func(golden, values arrow.RecordBatch) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(customers*b.N)/b.Elapsed().Seconds(), "customers/s")
}
