package recognise

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Profile is what the values of one column show.
type Profile struct {
	Name   string
	Filled int
	values *sketch
	Dates  dateCounts
	inner  map[string]bool // JSON: keys of the records in it, dotted
	Deep   *Deep           // nil where only the meaning is asked for
	labels Labels
	says   string // the words of a header that is a code, "" where it is none
	isKey  bool   // a database says that it names the rows
}

// Says is the header as it is understood: its words, also where it is a code
// that holds a few letters of each.
func (p *Profile) Says() string {
	if p.says != "" {
		return p.says
	}
	name := p.Name
	for at := strings.LastIndex(name, ".$"); at > 0; at = strings.LastIndex(name, ".$") {
		name = name[:at] // MongoDB says of each value what it is: invoiceDate.$date
	}
	return name
}

// IsSpelt says whether the header is a code that was written out.
func (p *Profile) IsSpelt() bool { return p.says != "" }

// SetKey notes that a database takes the column for the key of its rows: its
// values are ids, though they may look like names.
func (p *Profile) SetKey() { p.says, p.isKey = "id", true }

// NamesRows says whether a database takes the column for the key of its rows,
// though it is called a name.
func (p *Profile) NamesRows() bool { return p.isKey }

// SpellAs sets the words that the header is understood as.
func (p *Profile) SpellAs(words string) { p.says = words }

// Merge adds what another part of the column shows.
func (p *Profile) Merge(o *Profile) {
	p.Filled += o.Filled
	p.says = cmp.Or(p.says, o.says)
	p.values.merge(o.values)
	p.Dates.merge(&o.Dates)
	maps.Copy(p.inner, o.inner)
	switch {
	case o.Deep == nil:
	case p.Deep == nil:
		p.Deep = o.Deep.Clone()
	default:
		p.Deep.merge(o.Deep)
	}
}

// Sampled is a distinct value and how often it occurs in the sample.
type Sampled struct {
	Text  string // what it means, where the column holds codes
	Raw   string // as it is delivered
	Count int
}

// Sample lists distinct values, the commonest first. It holds all of them
// where there are few.
func (p *Profile) Sample() []Sampled {
	var list []Sampled
	for _, v := range p.values.values {
		raw := v.raw
		if raw == "" {
			raw = v.text
		}
		list = append(list, Sampled{v.text, raw, v.count})
	}
	slices.SortFunc(list, func(a, b Sampled) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Text, b.Text))
	})
	return list
}

// Share is the part of the values that meet a condition.
func (p *Profile) Share(meets func(string) bool) float64 { return p.values.share(meets) }

func (p *Profile) share(meets func(string) bool) float64 { return p.values.share(meets) }

// dateShare is the part of the values that are dates.
func (p *Profile) dateShare() float64 {
	if p.Filled == 0 {
		return 0
	}
	return float64(p.Dates.dates()) / float64(p.Filled)
}

// distinctShare is how many distinct values there are for each value.
func (p *Profile) distinctShare() float64 {
	if p.Filled == 0 {
		return 0
	}
	return min(p.values.distinct()/float64(p.Filled), 1)
}

// Different is how many different values there are, about.
func (p *Profile) Different() float64 { return p.values.distinct() }

// DateShare is the part of the values that are dates.
func (p *Profile) DateShare() float64 { return p.dateShare() }

// Inner lists the keys of the records that a column holds.
func (p *Profile) Inner() []string { return slices.Sorted(maps.Keys(p.inner)) }
