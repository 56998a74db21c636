package dedupe

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// StoredOverride is one line of decisions/*.jsonl: a value that a person set
// for a customer. It is tied to one party of the customer, so that it stays
// with that party when customers are merged, split or rebuilt. The newest line
// on a party and field holds; a withdrawn one takes it back.
type StoredOverride struct {
	Field     string    `json:"field"`
	Value     string    `json:"value"`    // as cleansed; "" = the customer has none
	Party     int64     `json:"party"`    // source_customer_key
	Customer  int64     `json:"customer"` // the customer it was then, for people who read the file
	Withdrawn bool      `json:"withdrawn,omitempty"`
	Who       string    `json:"who"`
	When      time.Time `json:"when"`
	Why       string    `json:"why"`
}

// OverrideFields are the fields that a person may set.
func OverrideFields() []string {
	return slices.DeleteFunc(goldenFields(), func(f string) bool { return f == "emails" || f == "phones" })
}

// Check says what is wrong with an override, nil if nothing is.
func (o StoredOverride) Check() error {
	switch {
	case o.Party == 0:
		return errors.New("party must be a source_customer_key")
	case !slices.Contains(OverrideFields(), o.Field):
		return fmt.Errorf("field %q cannot be set; fields are %s", o.Field, strings.Join(OverrideFields(), ", "))
	case o.When.IsZero():
		return errors.New("when is missing")
	case o.Field == "birth_date" && o.Value != "":
		if _, err := time.Parse(time.DateOnly, o.Value); err != nil {
			return errors.New("birth_date is not of the form 1980-12-31")
		}
	case o.Field == "is_opted_out" && o.Value != "" && o.Value != "true" && o.Value != "false":
		return errors.New("is_opted_out is not true or false")
	}
	return nil
}

// Overrides are the overrides that hold, by party, oldest first.
type Overrides map[int64][]StoredOverride

// HoldingOverrides are those of all that hold: of several on a party and field
// the newest, of equally new ones the last.
func HoldingOverrides(all []StoredOverride) Overrides {
	ordered := slices.Clone(all)
	slices.SortStableFunc(ordered, func(a, b StoredOverride) int { return a.When.Compare(b.When) })
	type place struct {
		party int64
		field string
	}
	last := map[place]int{}
	for i, o := range ordered {
		last[place{o.Party, o.Field}] = i
	}
	holding := Overrides{}
	for i, o := range ordered {
		if last[place{o.Party, o.Field}] == i && !o.Withdrawn {
			holding[o.Party] = append(holding[o.Party], o)
		}
	}
	return holding
}

// Differ lists the parties whose overrides are others, ascending.
func (o Overrides) Differ(other Overrides) []int64 {
	var parties []int64
	for _, sides := range [...][2]Overrides{{o, other}, {other, o}} {
		for party, set := range sides[0] {
			if !slices.EqualFunc(set, sides[1][party], func(a, b StoredOverride) bool {
				return a.Field == b.Field && a.Value == b.Value && a.When.Equal(b.When)
			}) {
				parties = append(parties, party)
			}
		}
	}
	slices.Sort(parties)
	return slices.Compact(parties)
}

// of are the overrides of a customer with these states, oldest first.
func (o Overrides) of(states []state) []StoredOverride {
	if len(o) == 0 {
		return nil
	}
	var set []StoredOverride
	seen := map[int64]bool{}
	for _, s := range states {
		if !seen[s.key] {
			seen[s.key] = true
			set = append(set, o[s.key]...)
		}
	}
	slices.SortStableFunc(set, func(a, b StoredOverride) int {
		if c := a.When.Compare(b.When); c != 0 {
			return c
		}
		return int(min(1, max(-1, a.Party-b.Party)))
	})
	return set
}

// withOverrides adds a moment for each time at which a person set a value.
func withOverrides(moments []moment, set []StoredOverride) []moment {
	for _, o := range set {
		at := o.When.UnixMicro()
		after, exact := slices.BinarySearchFunc(moments, at, func(m moment, at int64) int {
			return int(min(1, max(-1, m.at-at)))
		})
		if !exact && after > 0 {
			moments = slices.Insert(moments, after, moment{at: at, members: moments[after-1].members})
		}
	}
	return moments
}

// override puts what persons had set until the moment in the place of what the
// sources say.
func (c *chooser) override(g *golden, set []StoredOverride, at int64) {
	for _, o := range set {
		if o.When.UnixMicro() > at {
			continue
		}
		value := o.Value
		if o.Field == "birth_date" && value != "" {
			const secondsOfDay = 86_400
			day, err := time.Parse(time.DateOnly, value)
			if err != nil {
				continue // Check refused it
			}
			value = strconv.FormatInt(day.Unix()/secondsOfDay, 10)
		}
		g.fields[c.index[o.Field]] = choice{value: value, member: -1, rule: Override, party: o.Party}
	}
}
