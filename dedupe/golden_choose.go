package dedupe

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// choice is one golden value and where it came from.
type choice struct {
	value  string
	member int // index into the members, -1 = no value, or one that a person set
	rule   Rule
	party  int64 // that a person set the value for
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

	given, family int   // their indices
	halves        []int // both
	some, whole   []int // scratch of candidates
	lists         []list
}

// list is a field that joins what the parties have beside the chosen fields.
type list struct {
	field  int
	chosen []int
	all    []int // chosen and field
}

func newChooser(r Rules) *chooser {
	c := &chooser{fields: goldenFields(), units: units(r), trusted: map[string]int{}, index: map[string]int{}}
	for i, system := range r.Trusted {
		c.trusted[system] = i + 1
	}
	for i, f := range c.fields {
		c.index[f] = i
	}
	c.given, c.family = c.index["given_name"], c.index["family_name"]
	c.halves = []int{c.given, c.family}
	c.lists = []list{c.listOf("emails", "email"), c.listOf("phones", "phone", "mobile_phone")}
	return c
}

func (c *chooser) listOf(field string, chosen ...string) list {
	l := list{field: c.index[field]}
	for _, f := range chosen {
		l.chosen = append(l.chosen, c.index[f])
	}
	l.all = append(slices.Clone(l.chosen), l.field)
	return l
}

// choose makes the golden record of the members at a moment; set is what
// persons have set for the customer.
func (c *chooser) choose(members []state, set []StoredOverride, at int64) golden {
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
	c.override(&g, set, at)
	for _, l := range c.lists {
		l.join(&g, members)
	}
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
	for i, f := range c.halves {
		if g.fields[f].value == "" {
			c.take(g, members, u, c.halves[i:i+1])
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
		if agreed == AllAgree && (rule == MostFrequent || rule == Longest) {
			continue // equal values are equally frequent and long
		}
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
// where there are any. The answer is valid until the next call.
func (c *chooser) candidates(members []state, u int, fields []int) []int {
	c.some, c.whole = c.some[:0], c.whole[:0]
	for i := range members {
		text := members[i].text
		if !anyOf(text, fields) {
			continue
		}
		c.some = append(c.some, i)
		switch c.units[u].kind {
		case unitName:
			given := strings.Trim(text[c.given], ". ")
			if text[c.family] != "" && utf8.RuneCountInString(given) > 1 {
				c.whole = append(c.whole, i)
			}
		case unitAddress:
			if anyOf(text, c.units[u].core) {
				c.whole = append(c.whole, i)
			}
		}
	}
	if len(c.whole) > 0 {
		return c.whole
	}
	return c.some
}

func anyOf(text []string, fields []int) bool {
	for _, f := range fields {
		if text[f] != "" {
			return true
		}
	}
	return false
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
	var frequent []int64
	if rule == MostFrequent {
		frequent = frequencies(members, among, c.units[u].kind, fields)
	}
	kept, top := 0, int64(0)
	for k, i := range among {
		var rank int64
		if frequent != nil {
			rank = frequent[k]
		} else {
			rank = c.rank(&members[i], u, fields, rule)
		}
		if kept > 0 && rank < top {
			continue
		}
		if rank > top {
			kept = 0
		}
		among[kept], top = i, rank
		kept++
	}
	return among[:kept]
}

// rank is what a rule gives a member for itself, whatever the others have.
func (c *chooser) rank(m *state, u int, fields []int, rule Rule) int64 {
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
func (l list) join(g *golden, members []state) {
	var all []string
	member := -1
	for i := range members {
		for _, f := range l.all {
			if members[i].text[f] == "" {
				continue
			}
			for v := range strings.SplitSeq(members[i].text[f], "\n") {
				if v == "" || l.isChosen(g, v) {
					continue
				}
				all = append(all, v)
				if member < 0 {
					member = i
				}
			}
		}
	}
	if member >= 0 {
		slices.Sort(all)
		g.fields[l.field] = choice{value: strings.Join(slices.Compact(all), "\n"), member: member, rule: Union}
	}
}

func (l list) isChosen(g *golden, value string) bool {
	for _, f := range l.chosen {
		if g.fields[f].value == value {
			return true
		}
	}
	return false
}
