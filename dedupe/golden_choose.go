package dedupe

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"loadstar/schemas"
)

// choice is one golden value and where it came from.
type choice struct {
	value  string
	member int // index into the members, -1 = no value
	rule   Rule
}

// golden is one golden record: a choice for each text field, birth date and
// opt-out.
type golden struct {
	text        []choice
	birth       choice // days since 1970-01-01 as text
	optOut      choice // "true" or "false"
	displayName string
	size        int // members at that moment
}

// chooser applies the rules to the members at one moment.
type chooser struct {
	fields  []string
	rules   []Rule
	birth   Rule
	trusted map[string]int
	address []bool
	index   map[string]int
}

func newChooser(r Rules) *chooser {
	c := &chooser{fields: schemas.PartyTextFields(), trusted: map[string]int{}, index: map[string]int{}, birth: ruleOf(r, "birth_date")}
	for i, system := range r.Trusted {
		c.trusted[system] = i + 1
	}
	for i, f := range c.fields {
		c.rules = append(c.rules, ruleOf(r, f))
		c.address = append(c.address, slices.Contains(addressFields(), f))
		c.index[f] = i
	}
	return c
}

func ruleOf(r Rules, field string) Rule {
	if rule, ok := r.Fields[field]; ok {
		return rule
	}
	return MostRecent
}

// choose makes the golden record of the members.
func (c *chooser) choose(members []state) golden {
	g := golden{text: make([]choice, len(c.fields)), size: len(members)}
	home := c.addressMember(members)
	for f := range c.fields {
		if c.address[f] && c.rules[f] == TogetherRule {
			g.text[f] = c.fromMember(members, home, f)
			continue
		}
		g.text[f] = c.pick(members, c.rules[f], func(s state) string { return s.text[f] })
	}
	g.birth = c.pick(members, c.birth, func(s state) string {
		if !s.known {
			return ""
		}
		return strconv.Itoa(int(s.birth))
	})
	g.optOut = c.optOut(members)
	g.displayName = c.displayName(g, members)
	return g
}

func (c *chooser) fromMember(members []state, member, field int) choice {
	if member < 0 || members[member].text[field] == "" {
		return choice{member: -1}
	}
	return choice{value: members[member].text[field], member: member, rule: TogetherRule}
}

// addressMember is the member whose address is taken whole: the newest that
// has a street or a postcode, else the newest with any part.
func (c *chooser) addressMember(members []state) int {
	best, bestParts := -1, 0
	for i, m := range members {
		parts := 0
		for f := range c.fields {
			if c.address[f] && m.text[f] != "" {
				parts++
				if c.fields[f] == "street" || c.fields[f] == "address_line" || c.fields[f] == "postcode" {
					parts += len(c.fields)
				}
			}
		}
		full, bestFull := parts > len(c.fields), bestParts > len(c.fields)
		switch {
		case parts == 0:
		case best < 0, full && !bestFull, full == bestFull && c.newer(m, members[best]):
			best, bestParts = i, parts
		}
	}
	return best
}

// optOut is true where any party refused.
func (c *chooser) optOut(members []state) choice {
	out := choice{member: -1}
	for i, m := range members {
		if m.optOut == 2 {
			return choice{value: "true", member: i, rule: "any refusal"}
		}
		if m.optOut == 1 && out.member < 0 {
			out = choice{value: "false", member: i, rule: "any refusal"}
		}
	}
	return out
}

// newer is the order of members behind every rule.
func (c *chooser) newer(a, b state) bool {
	return cmp.Or(cmp.Compare(b.at, a.at), cmp.Compare(c.distrust(a.system), c.distrust(b.system)),
		cmp.Compare(a.system, b.system), cmp.Compare(a.key, b.key)) < 0
}

func (c *chooser) distrust(system string) int {
	if rank, ok := c.trusted[system]; ok {
		return rank
	}
	return len(c.trusted) + 1
}

// pick chooses one value by a rule.
func (c *chooser) pick(members []state, rule Rule, value func(state) string) choice {
	best := -1
	for i, m := range members {
		if value(m) == "" {
			continue
		}
		if best < 0 || c.better(members, i, best, rule, value) {
			best = i
		}
	}
	if best < 0 {
		return choice{member: -1}
	}
	return choice{value: value(members[best]), member: best, rule: rule}
}

func (c *chooser) better(members []state, i, best int, rule Rule, value func(state) string) bool {
	a, b := value(members[i]), value(members[best])
	first := 0
	switch rule {
	case MostFrequent:
		first = cmp.Or(cmp.Compare(frequency(members, b, value), frequency(members, a, value)), cmp.Compare(len(b), len(a)))
	case Longest:
		first = cmp.Compare(len(b), len(a))
	case MostTrusted:
		first = cmp.Compare(c.distrust(members[i].system), c.distrust(members[best].system))
	}
	if first != 0 {
		return first < 0
	}
	return c.newer(members[i], members[best])
}

func frequency(members []state, value string, of func(state) string) int {
	n := 0
	for _, m := range members {
		if strings.EqualFold(of(m), value) {
			n++
		}
	}
	return n
}

// displayName is what people read: the name, else the organisation, else the
// e-mail address, else the id of the smallest member.
func (c *chooser) displayName(g golden, members []state) string {
	field := func(name string) string { return g.text[c.index[name]].value }
	if field("party_type") == "organisation" && field("organisation_name") != "" {
		return field("organisation_name")
	}
	var parts []string
	for _, f := range []string{"given_name", "family_name"} {
		if v := field(f); v != "" {
			parts = append(parts, v)
		}
	}
	name := strings.Join(parts, " ")
	return cmp.Or(name, field("full_name"), field("organisation_name"), field("email"), members[0].id)
}
