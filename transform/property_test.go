package transform_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"loadstar/schemas"
	"loadstar/transform"
)

// messy draws text like that of people's spreadsheets.
func messy() *rapid.Generator[string] {
	words := []string{
		"john", "MARY", "Smith", "o'brien", "MCDONALD", "van", "der", "Berg", "Dr.", "mr", "&", "and", "Jr.", "III", "PhD", "(Bob)", "\"Bob\"", "née", "Müller", "ßen",
		"GmbH", "Ltd.", "& Co", "University", "S.A.", "12", "12a", "12-14", "Flat", "3", "Apt 4B", "High", "ST", "Hauptstraße", "5TH", "PO Box", "#4", ",", "/", "-", "Иван", "山田",
		"al-Rashid", "St.", "upon", "de la", "J.", "JW", "\u00a0", " ", "e\u0301", "sw1a1aa", "D-10115", "N/A", "none@x.de", "a.b@firm.co", "<a@b.de>", "€", "1.234,5", "Rose Cottage", "’", "Σ",
	}
	return rapid.OneOf(
		rapid.Map(rapid.SliceOfN(rapid.SampledFrom(words), 0, 6), func(w []string) string { return strings.Join(w, " ") }),
		rapid.String(),
		rapid.StringMatching(`[A-Za-z'. ,&-]{0,20}`),
	)
}

func TestCleansersAreIdempotent(t *testing.T) {
	tb := tables(t)
	cleansers := map[string]func(string) string{
		"Text": transform.Text, "Line": transform.Line, "Company": transform.Company,
		"FullName": tb.FullName, "GivenName": tb.GivenName, "FamilyName": tb.FamilyName, "Title": tb.Title, "Suffix": tb.Suffix,
		"Email": tb.Email, "Country": tb.Country, "PartyType": tb.PartyType, "PlaceName": tb.PlaceName, "Region": tb.Region,
		"HouseNumber": transform.HouseNumber,
		"Currency":    func(s string) string { return tb.Currency(s, "EUR") },
	}
	for _, country := range []string{"", "GB", "US", "DE", "NL", "SE"} {
		cleansers["Postcode "+country] = func(s string) string { return transform.Postcode(s, country) }
		cleansers["Phone "+country] = func(s string) string { e164, _ := transform.Phone(s, country); return e164 }
	}
	for name, clean := range cleansers {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				s := messy().Draw(t, "text")
				once := clean(s)
				if twice := clean(once); twice != once {
					t.Fatalf("%q becomes %q, then %q", s, once, twice)
				}
			})
		})
	}
}

// TestPartsAreClean says that splitting leaves nothing to clean in its parts.
func TestPartsAreClean(t *testing.T) {
	tb := tables(t)
	rapid.Check(t, func(t *rapid.T) {
		s := messy().Draw(t, "text")
		p := tb.SplitName(s)
		if p.Organisation != "" && p != (transform.Person{Organisation: p.Organisation}) {
			t.Fatalf("%q is both organisation and person: %+v", s, p)
		}
		if again := tb.Title(p.Title); again != p.Title {
			t.Fatalf("title %q becomes %q", p.Title, again)
		}
		if whole := tb.SplitWhole(s, "GB"); transform.Postcode(whole.Postcode, "GB") != whole.Postcode || tb.PlaceName(whole.City) != whole.City && strings.Trim(whole.City, " ,;") == whole.City {
			t.Fatalf("place %q %q of %q is not clean", whole.Postcode, whole.City, s)
		}
		a := tb.SplitAddress(s, "GB")
		if again := tb.PlaceName(a.Street); again != a.Street && strings.Trim(a.Street, " ,;") == a.Street {
			t.Fatalf("street %q of %q becomes %q", a.Street, s, again)
		}
	})
}

const mixedProperties = `
- {name: customer_id}
- {name: full_name}
- {name: email}
- {name: phone}
- {name: address_line}
- {name: postcode}
- {name: country_code}
- {name: birth_date, logicalType: date}
- {name: updated_at, logicalType: timestamp}
- {name: is_opted_out, logicalType: boolean}
- {name: score, logicalType: number, logicalTypeOptions: {minimum: 0}}
`

// TestSplitsAndColumnOrderCarryNoMeaning cuts a delivery into batches at
// random, shuffles rows and columns, and expects the same rows and rejects.
func TestSplitsAndColumnOrderCarryNoMeaning(t *testing.T) {
	p := plan(t, contract(t, "- {property: delivery, value: append}", "customer", mixedProperties))
	header := []string{"customer_id", "full_name", "email", "phone", "address_line", "postcode", "country_code", "birth_date", "updated_at", "is_opted_out", "score", "note", "colour"}
	rapid.Check(t, func(t *rapid.T) {
		var rows [][]string
		for range rapid.IntRange(1, 12).Draw(t, "rows") {
			rows = append(rows, drawRow(t))
		}
		whole := outcome(t, p, header, rows, []int{len(rows)})
		seed := rapid.Uint64().Draw(t, "seed")
		rng := rand.New(rand.NewPCG(seed, 1))
		order := rng.Perm(len(header))
		var header2 []string
		for _, j := range order {
			header2 = append(header2, header[j])
		}
		var rows2 [][]string
		for _, i := range rng.Perm(len(rows)) {
			var row []string
			for _, j := range order {
				row = append(row, rows[i][j])
			}
			rows2 = append(rows2, row)
		}
		var cuts []int
		for left := len(rows2); left > 0; {
			n := rng.IntN(left) + 1
			cuts = append(cuts, n)
			left -= n
		}
		if parts := outcome(t, p, header2, rows2, cuts); !slices.Equal(whole, parts) {
			t.Fatalf("whole\n%s\nparts\n%s", strings.Join(whole, "\n"), strings.Join(parts, "\n"))
		}
	})
}

func drawRow(t *rapid.T) []string {
	pick := func(of ...string) string { return rapid.SampledFrom(of).Draw(t, "value") }
	return []string{
		pick("1", "2", "", null), messy().Draw(t, "name"), pick("a@firm.de", "n/a", "B@Firm.de", ""), pick("020 7946 0018", "0", "", "030 901820"),
		messy().Draw(t, "address"), pick("sw1a1aa", "10115", ""), pick("GB", "Germany", "Atlantis", ""), pick("1980-01-31", "1980-02-30", ""),
		pick("2024-10-27 01:30", "2024-07-01T10:00Z", "soon", ""), pick("ja", "no", "perhaps", ""), pick("1.5", "-1", "x", ""), pick("", "x", "y"), pick("", null, "red"),
	}
}

// outcome is every row and reject as text, without its line, sorted.
func outcome(t interface{ Fatalf(string, ...any) }, p *transform.Plan, header []string, rows [][]string, cuts []int) []string {
	var all []string
	for _, n := range cuts {
		out, err := p.Apply(decoded(header, rows[:n]...), transform.Place{FileKey: 1, Delivered: time.Unix(0, 0)})
		rows = rows[n:]
		if err != nil {
			t.Fatalf("apply: %v", err)
		}
		rec := out[0].Record
		for i := range int(rec.NumRows()) {
			var b strings.Builder
			for j, f := range rec.Schema().Fields() {
				if f.Name != schemas.ColSourceRow {
					fmt.Fprintf(&b, "%s=%s ", f.Name, valueText(rec.Column(j), i))
				}
			}
			all = append(all, b.String())
		}
		for _, r := range out[0].Rejects {
			all = append(all, r.Column+" "+r.Rule+" "+r.Value)
		}
		rec.Release()
	}
	slices.Sort(all)
	return all
}

// TestPlanIsSafeForConcurrentUse shares one plan between workers.
func TestPlanIsSafeForConcurrentUse(t *testing.T) {
	p := plan(t, contract(t, "- {property: delivery, value: append}", "order_line", plainProperties))
	dec, _ := plainRows(200)
	want := column(t, apply(t, p, dec).Record, "content_hash")
	results := make(chan []string)
	for range 4 {
		go func() {
			out, err := p.Apply(dec, place())
			if err != nil || len(out) != 1 {
				results <- nil
				return
			}
			results <- column(t, out[0].Record, "content_hash")
		}()
	}
	for range 4 {
		if got := <-results; !slices.Equal(got, want) {
			t.Error("workers that share a plan disagree")
		}
	}
}
