package dedupe

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// choice is one golden value and where it came from.
type choice struct {
	value  string
	member int // index into the members, -1 = no value
	rule   Rule
}

// golden is one golden record, by goldenFields.
type golden struct {
	fields      []choice
	displayName string
	size        int // parties that speak at that moment
}

// chooser applies the rules to the members at one moment.
type chooser struct {
	fields  []string
	index   map[string]int
	units   []unit
	trusted map[string]int
}

func newChooser(r Rules) *chooser {
	c := &chooser{fields: goldenFields(), units: units(r), trusted: map[string]int{}, index: map[string]int{}}
	for i, system := range r.Trusted {
		c.trusted[system] = i + 1
	}
	for i, f := range c.fields {
		c.index[f] = i
	}
	return c
}

// choose makes the golden record of the members.
func (c *chooser) choose(members []state) golden {
	g := golden{fields: make([]choice, len(c.fields)), size: len(members)}
	for i := range g.fields {
		g.fields[i].member = -1
	}
	for u := range c.units {
		switch c.units[u].kind {
		case unitJoined: // needs the single addresses chosen first
		case unitAnyTrue:
			c.refusal(&g, members, c.units[u].fields[0])
		case unitName:
			c.fullName(&g, members, u)
		default:
			c.take(&g, members, u, c.units[u].fields)
		}
	}
	c.join(&g, members, "emails", "email")
	c.join(&g, members, "phones", "phone", "mobile_phone")
	g.displayName = c.displayName(g, members)
	return g
}

// take fills fields from the member that unit u chooses.
func (c *chooser) take(g *golden, members []state, u int, fields []int) int {
	member, rule := c.pick(members, u, fields)
	if member < 0 {
		return member
	}
	for _, f := range fields {
		if v := members[member].text[f]; v != "" {
			g.fields[f] = choice{value: v, member: member, rule: rule}
		}
	}
	return member
}

// fullName takes the name whole; a half that its party lacks comes from
// another party that has one.
func (c *chooser) fullName(g *golden, members []state, u int) {
	if c.take(g, members, u, c.units[u].fields) < 0 {
		return
	}
	for _, half := range []string{"given_name", "family_name"} {
		if f := c.index[half]; g.fields[f].value == "" {
			c.take(g, members, u, []int{f})
		}
	}
}

// pick chooses a member for the fields by the rules of unit u.
func (c *chooser) pick(members []state, u int, fields []int) (int, Rule) {
	left := c.candidates(members, u, fields)
	if len(left) < 2 {
		if len(left) == 0 {
			return -1, ""
		}
		return left[0], OnlyValue
	}
	agreed := Rule("")
	if sameValues(members, left, fields) {
		agreed = AllAgree
	}
	for _, rule := range c.units[u].rules {
		left = c.best(members, left, u, fields, rule)
		if agreed == "" && sameValues(members, left, fields) {
			agreed = rule
		}
		if len(left) == 1 {
			break
		}
	}
	return left[0], agreed
}

// candidates are the members with a value; of a group, those with its core
// where there are any.
func (c *chooser) candidates(members []state, u int, fields []int) []int {
	var some, whole []int
	for i, m := range members {
		has := func(f int) bool { return m.text[f] != "" }
		if !slices.ContainsFunc(fields, has) {
			continue
		}
		some = append(some, i)
		switch c.units[u].kind {
		case unitName:
			given := strings.Trim(m.text[c.index["given_name"]], ". ")
			if m.text[c.index["family_name"]] != "" && utf8.RuneCountInString(given) > 1 {
				whole = append(whole, i)
			}
		case unitAddress:
			if slices.ContainsFunc(c.units[u].core, has) {
				whole = append(whole, i)
			}
		}
	}
	if len(whole) > 0 {
		return whole
	}
	return some
}

func sameValues(members []state, among, fields []int) bool {
	for _, i := range among[1:] {
		for _, f := range fields {
			if members[i].text[f] != members[among[0]].text[f] {
				return false
			}
		}
	}
	return true
}

// best leaves those candidates that a rule ranks highest.
func (c *chooser) best(members []state, among []int, u int, fields []int, rule Rule) []int {
	var kept []int
	top := int64(0)
	for _, i := range among {
		rank := c.rank(members, i, u, fields, rule)
		if len(kept) > 0 && rank < top {
			continue
		}
		if len(kept) > 0 && rank > top {
			kept = kept[:0]
		}
		kept, top = append(kept, i), rank
	}
	return kept
}

func (c *chooser) rank(members []state, i, u int, fields []int, rule Rule) int64 {
	m := members[i]
	switch rule {
	case MostRecent:
		return m.since[u]
	case MostTrusted:
		if rank, ok := c.trusted[m.system]; ok {
			return int64(-rank)
		}
		return int64(-len(c.trusted) - 1)
	case MostComplete:
		if c.units[u].kind == unitField {
			return filled(m.text, nil)
		}
		return filled(m.text, fields)
	case Longest:
		letters := 0
		for _, f := range fields {
			letters += utf8.RuneCountInString(m.text[f])
		}
		return int64(letters)
	case MostFrequent:
		return c.frequency(members, m, u, fields)
	default: // smallestKey
		return -m.key
	}
}

// filled counts the values among the fields, nil = all.
func filled(text []string, fields []int) int64 {
	n := int64(0)
	for f, v := range text {
		if v != "" && (fields == nil || slices.Contains(fields, f)) {
			n++
		}
	}
	return n
}

// frequency counts the members that share the values of m: for names each
// half on its own, so that a rare half counts against a row; an address is
// shared whole.
func (c *chooser) frequency(members []state, m state, u int, fields []int) int64 {
	n := int64(0)
	for _, o := range members {
		shared := 0
		for _, f := range fields {
			if m.text[f] != "" && strings.EqualFold(m.text[f], o.text[f]) {
				shared++
			}
		}
		switch {
		case c.units[u].kind == unitName:
			n += int64(shared)
		case shared == int(filled(m.text, fields)):
			n++
		}
	}
	return n
}

// refusal is true where any party refused marketing.
func (c *chooser) refusal(g *golden, members []state, f int) {
	for _, want := range []string{"true", "false"} {
		for i, m := range members {
			if m.text[f] == want {
				g.fields[f] = choice{value: want, member: i, rule: AnyTrue}
				return
			}
		}
	}
}

// join collects what all parties have of a kind beside the chosen ones.
func (c *chooser) join(g *golden, members []state, list string, chosen ...string) {
	var all []string
	member := -1
	for i, m := range members {
		for _, field := range append(chosen, list) {
			for v := range strings.SplitSeq(m.text[c.index[field]], "\n") {
				isChosen := slices.ContainsFunc(chosen, func(f string) bool { return g.fields[c.index[f]].value == v })
				if v == "" || isChosen || slices.Contains(all, v) {
					continue
				}
				all = append(all, v)
				if member < 0 {
					member = i
				}
			}
		}
	}
	if member < 0 {
		return
	}
	slices.Sort(all)
	g.fields[c.index[list]] = choice{value: strings.Join(all, "\n"), member: member, rule: Union}
}
