package draft

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"loadstar/cmd/internal/recognise"
)

// codeCounts is what rows count as while nothing tells what their state's code
// means, by entity.
var codeCounts = map[string]string{
	"order":        "each of them is an order that stands, cancelled ones too",
	"invoice":      "each of them is an invoice that stands, void ones too",
	"payment":      "each of them is money that came, failed ones too",
	"subscription": "each of them runs until it says when it ends",
	"lead":         "no stage is known by them",
	"opportunity":  "no stage is known by them, and none is won or lost",
}

// noteCodes tells of states that are codes which no table and no word explains:
// cancelled orders would count, and deals would be at no stage.
func (d *drafter) noteCodes() {
	for _, f := range d.drafted() {
		for _, o := range f.contract.objects {
			counts := codeCounts[o.entity]
			for _, p := range o.properties {
				if p.field != "status" || counts == "" || p.constant != "" || len(p.otherwise) > 0 {
					continue
				}
				open := openCodes(f.profileOf(p.name), p)
				if strange := d.strangeWords(f.profileOf(p.name), p, open); len(strange) > 0 && (o.entity == "lead" || o.entity == "opportunity") {
					d.report.Notes = append(d.report.Notes, fmt.Sprintf("%s: %q holds words that no stage is known by (%s): they tell neither how far a row came nor that it was won or lost; say what they mean: {property: words, value: {%q: lost}}", f.name, p.name, strings.Join(strange, ", "), strange[0]))
				}
				if len(open) > 0 {
					d.report.Notes = append(d.report.Notes, fmt.Sprintf("%s: %q holds codes (%s) that nothing explains: %s; say what they mean: {property: words, value: {%q: …}}", f.name, p.name, strings.Join(open, ", "), counts, open[0]))
				}
			}
		}
	}
}

// strangeWords lists the words of a column of stages, the most frequent first,
// that its property gives no meaning and no stage is known by, but for codes.
func (d *drafter) strangeWords(p *recognise.Profile, as propertyText, codes []string) []string {
	const most, shown = 40, 5
	if p == nil || p.Deep.Distinct() < 2 || p.Deep.Distinct() > most {
		return nil
	}
	var strange []string
	for _, v := range p.Sample() {
		if as.tells(v) || slices.Contains(codes, v.Raw) || d.judge.Tables.Stage(v.Text) != "" || len(strange) == shown {
			continue
		}
		strange = append(strange, v.Raw)
	}
	return strange
}

// tells says whether a property says what a value means, or that it means none.
func (p propertyText) tells(v recognise.Sampled) bool {
	isIt := func(w [2]string) bool { return w[0] == v.Raw || w[0] == v.Text || w[0] == "*" }
	return slices.ContainsFunc(p.words, isIt) || slices.Contains(p.nulls, v.Raw)
}

// profileOf is the column of a name, nil where the feed has none.
func (f *feed) profileOf(name string) *recognise.Profile {
	var found *recognise.Profile
	f.eachColumn(func(_ *table, c *columnDraft) {
		if c.profile.Name == name && found == nil {
			found = c.profile
		}
	})
	return found
}

// openCodes lists the values of a column that are codes, digits or a letter or
// two, and that its property gives no word. One value tells nothing apart.
func openCodes(p *recognise.Profile, as propertyText) []string {
	const most, longest = 20, 2
	if p == nil || p.Deep.Distinct() < 2 || p.Deep.Distinct() > most {
		return nil
	}
	var open []string
	for _, v := range p.Sample() {
		isShort := len([]rune(v.Raw)) <= longest && strings.IndexFunc(v.Raw, func(r rune) bool { return !unicode.IsLetter(r) || unicode.In(r, unicode.Han, unicode.Hangul) }) < 0
		if !as.tells(v) && (isShort || recognise.CountDigits(v.Raw) == len(v.Raw)) {
			open = append(open, v.Raw)
		}
	}
	slices.Sort(open)
	return open
}
