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
				if open := openCodes(f.profileOf(p.name), p); len(open) > 0 {
					d.report.Notes = append(d.report.Notes, fmt.Sprintf("%s: %q holds codes (%s) that nothing explains: %s; say what they mean: {property: words, value: {%q: …}}", f.name, p.name, strings.Join(open, ", "), counts, open[0]))
				}
			}
		}
	}
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
		isKnown := slices.ContainsFunc(as.words, func(w [2]string) bool { return w[0] == v.Raw || w[0] == v.Text }) || slices.Contains(as.nulls, v.Raw)
		if !isKnown && (isShort || recognise.CountDigits(v.Raw) == len(v.Raw)) {
			open = append(open, v.Raw)
		}
	}
	slices.Sort(open)
	return open
}
