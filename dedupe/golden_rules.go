package dedupe

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"loadstar/schemas"
)

// Rule names how survivorship chooses among the parties of a customer.
type Rule string

// The rules to choose from. Several are applied one after the other, each to
// those the one before left equal; behind all stand most_recent, most_trusted
// and the smallest source_customer_key.
const (
	MostFrequent Rule = "most_frequent" // the value most parties have
	MostRecent   Rule = "most_recent"   // the value that a party took on last
	MostTrusted  Rule = "most_trusted"  // of the source that stands first in Rules.Trusted
	MostComplete Rule = "most_complete" // of the party with most fields filled: of the group, of the whole row for a field alone
	Longest      Rule = "longest"       // the value with most letters
)

// What golden_value.rule says where no rule had to choose.
const (
	OnlyValue   Rule = "only_value"   // one party has a value
	AllAgree    Rule = "all_agree"    // all that have a value have the same
	Union       Rule = "union"        // further e-mail addresses and phone numbers of all parties
	AnyTrue     Rule = "any_true"     // one refusal of marketing counts for all
	smallestKey Rule = "smallest_key" // equal in everything else
	Override    Rule = "override"     // a person set it
)

// Groups of fields that are taken from one party whole, so that no golden
// record mixes two addresses or the halves of two names.
const (
	NameGroup    = "name"    // given_name, family_name, full_name
	AddressGroup = "address" // address_line to country_code
)

// Rules say how the golden record is made.
type Rules struct {
	Fields  map[string][]Rule // by field or group; what is missing takes MostRecent
	Trusted []string          // source systems, most trusted first; others come after them, all alike
	Set     Overrides         // what persons set; it beats every source from the moment it was set
}

// DefaultRules take names and what identifies a person as most parties have
// it, contact data and addresses as the newest has it.
func DefaultRules() Rules {
	fields := map[string][]Rule{NameGroup: {MostFrequent, Longest, MostRecent}, AddressGroup: {MostRecent, MostComplete}}
	for _, f := range []string{"party_type", "title", "suffix", "organisation_name", "gender", "birth_date", "national_id"} {
		fields[f] = []Rule{MostFrequent, Longest, MostRecent}
	}
	for _, f := range []string{"middle_name", "former_family_name"} {
		fields[f] = []Rule{Longest, MostFrequent, MostRecent}
	}
	return Rules{Fields: fields}
}

// Check refuses rules and fields that don't exist, and rules for what is not
// chosen: fields of a group, lists that are joined, the marketing refusal.
func (r Rules) Check() error {
	var names []string
	for _, u := range units(r) {
		if u.kind != unitJoined && u.kind != unitAnyTrue {
			names = append(names, u.name)
		}
	}
	slices.Sort(names)
	for _, field := range slices.Sorted(maps.Keys(r.Fields)) {
		if !slices.Contains(names, field) {
			return fmt.Errorf("survivorship of %q: rules can be set for %s", field, strings.Join(names, ", "))
		}
		for _, rule := range r.Fields[field] {
			if !slices.Contains([]Rule{MostFrequent, MostRecent, MostTrusted, MostComplete, Longest}, rule) {
				return fmt.Errorf("survivorship of %s: %q is not most_frequent, most_recent, most_trusted, most_complete or longest", field, rule)
			}
		}
	}
	return nil
}

// unit is what is chosen as one: a field, or a group of fields.
type unit struct {
	name   string
	kind   unitKind
	fields []int // into goldenFields
	core   []int // of a group: fields without one of which a party is taken only if none has any
	rules  []Rule
}

type unitKind uint8

const (
	unitField   unitKind = iota
	unitAddress          // taken whole
	unitName             // taken whole
	unitJoined           // emails, phones: all of all parties
	unitAnyTrue
)

// goldenFields are the fields of a golden record: the text fields, then the
// birth date (days since 1970-01-01) and the refusal ("true", "false") as text.
func goldenFields() []string { return append(schemas.PartyTextFields(), "birth_date", "is_opted_out") }

func units(r Rules) []unit {
	fields := goldenFields()
	at := func(names ...string) []int {
		var out []int
		for _, n := range names {
			out = append(out, slices.Index(fields, n))
		}
		return out
	}
	all := []unit{
		{name: NameGroup, kind: unitName, fields: at("given_name", "family_name", "full_name")},
		{name: AddressGroup, kind: unitAddress, core: at("street", "address_line", "postcode"),
			fields: at("address_line", "street", "house_number", "unit", "postcode", "city", "region", "country_code")},
	}
	grouped := append(slices.Clone(all[0].fields), all[1].fields...)
	for i, f := range fields {
		switch {
		case slices.Contains(grouped, i):
		case f == "emails" || f == "phones":
			all = append(all, unit{name: f, kind: unitJoined, fields: []int{i}})
		case f == "is_opted_out":
			all = append(all, unit{name: f, kind: unitAnyTrue, fields: []int{i}})
		default:
			all = append(all, unit{name: f, fields: []int{i}})
		}
	}
	for i := range all {
		all[i].rules = append(slices.Clone(r.Fields[all[i].name]), MostRecent, MostTrusted, smallestKey)
	}
	return all
}
