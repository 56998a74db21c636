package draft

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"loadstar/cmd/internal/recognise"
)

// Shares of the keys that two tables have in common on which they must agree
// in what they say of the person to speak of the same ones, and how many must
// be in common to tell.
const (
	sameAgreed   = .8
	sameKeys     = 5
	mostAgreedOn = 3 // columns
)

// partCustomers keeps the customers of several tables of a system apart where
// their ids are partly the same and those of others: user 17 is not subscriber
// 17. The table with the plainest ids keeps them as they are.
func (d *drafter) partCustomers(ctx context.Context) error {
	var own []provider
	for _, p := range d.providers() {
		if p.table.entity().Name == "customer" && p.table.prefix == "" && len(p.table.feed.parts) == 1 {
			own = append(own, p)
		}
	}
	slices.SortStableFunc(own, func(a, b provider) int { return cmp.Compare(d.plainness(b), d.plainness(a)) })
	for i, p := range own {
		if err := d.partFrom(ctx, p, own[:i]); err != nil {
			return err
		}
	}
	return nil
}

// partFrom gives a table of customers the beginning of ids that those before it
// have which speak of the same people, and where none does, one of its own if any
// speaks of others. One of those before that had the same ids until then, and
// speaks of others, gets its own.
func (d *drafter) partFrom(ctx context.Context, p provider, before []provider) error {
	var same *table
	var others []*table
	isApart := false
	for _, o := range before {
		if d.sameRows(p, o) {
			same = o.table
			continue
		}
		if p.system != o.system || p.key.profile.Deep.Within(o.key.profile.Deep) == 0 {
			continue
		}
		agreed, told, err := d.agreement(ctx, p.table, p.key, o)
		switch {
		case err != nil:
			return err
		case told && agreed >= sameAgreed && same == nil:
			same = o.table
		case told && agreed < sameAgreed:
			others = append(others, o.table)
		case !told && d.countsAlone(p) && d.countsAlone(o):
			isApart = true
		}
	}
	switch {
	case same != nil:
		p.table.keepApart(same.prefix)
		for _, o := range others {
			if o.prefix == same.prefix {
				o.keepApart(o.ownPrefix())
			}
		}
	case isApart || len(others) > 0:
		p.table.keepApart(p.table.ownPrefix())
	}
	return nil
}

// ownPrefix keeps the ids of a table apart from all others.
func (t *table) ownPrefix() string { return slug(t.feed.parts[0].drop.plain) + ":" }

// sameRows says whether two tables of a database tell of the same rows, each a
// part: they have the same keys, which do not simply count from one.
func (d *drafter) sameRows(p, o provider) bool {
	const fewest = 20
	n := p.key.profile.Deep.Distinct()
	if n < fewest || !sameDrop(p.table.feed, o.table.feed) || p.table.feed.parts[0].drop.table == "" || o.key.profile.Deep.Distinct() != n || within(p.key, o.key) < 1 {
		return false
	}
	isAbove := func(s string) bool { id, err := strconv.Atoi(s); return err != nil || id > n }
	return p.key.profile.Share(isAbove) > 0 && d.isDeclared(p) && d.isDeclared(o)
}

// isDeclared says whether the database says that a provider's key is one.
func (d *drafter) isDeclared(p provider) bool {
	return p.table.feed.parts[0].drop.key == p.key.profile.Name
}

// countsAlone says whether a table numbers its rows by itself, under a header
// that says no more than that it is a key.
func (d *drafter) countsAlone(p provider) bool {
	key := p.key.profile
	return key.Deep.Numbers.Whole == key.Filled && d.judge.Tables.IsIDWord(key.Says())
}

// keepApart gives the ids of a table of customers a beginning of their own.
func (t *table) keepApart(prefix string) {
	t.prefix = prefix
	if t.prefixes == nil {
		t.prefixes = map[string]string{}
	}
	t.prefixes["customer_id"] = prefix
}

// plainness is greater for a table whose key is called the customer's.
func (d *drafter) plainness(p provider) int {
	switch {
	case d.judge.Tables.NamesCustomer(p.key.profile.Name):
		return 2
	case len(d.judge.Tables.EntityNames(p.table.feed.parts[0].drop.plain)) > 0:
		return 1
	}
	return 0
}

// agreement is the part of the ids that a column of a table shares with a
// provider whose rows say the same of the person in both; told is false where
// they say nothing that can be compared. A column of one value tells nothing.
func (d *drafter) agreement(ctx context.Context, t *table, id *columnDraft, p provider) (share float64, told bool, err error) {
	here, there := [][]string{{id.profile.Name}}, [][]string{{p.key.profile.Name}}
	for _, f := range t.people() {
		g := slices.IndexFunc(p.table.people(), func(o recognise.FieldColumn) bool { return o.Field.Name == f.Field.Name })
		if g < 0 || len(here) > mostAgreedOn {
			continue
		}
		other := p.table.people()[g].Column
		if f.Column.Deep.Distinct() < sameKeys || other.Deep.Distinct() < sameKeys {
			continue
		}
		here, there = append(here, []string{id.profile.Name, f.Column.Name}), append(there, []string{p.key.profile.Name, other.Name})
	}
	if len(here) == 1 {
		return 0, false, nil
	}
	left, err := d.tuples(ctx, t, here)
	if err != nil {
		return 0, false, err
	}
	right, err := d.tuples(ctx, p.table, there)
	if err != nil {
		return 0, false, err
	}
	shared := left[0].Within(right[0])
	if shared < sameKeys {
		return 0, false, nil
	}
	most := 0
	for i := 1; i < len(left); i++ {
		most = max(most, left[i].Within(right[i]))
	}
	return float64(most) / float64(shared), true, nil
}

// tellsWho says whether a field says who somebody is.
func tellsWho(field string) bool {
	return slices.Contains([]string{"email", "full_name", "family_name", "organisation_name", "phone", "mobile_phone", "birth_date", "national_id"}, field)
}

// people are the columns of a table that say who somebody is.
func (t *table) people() []recognise.FieldColumn {
	var list []recognise.FieldColumn
	for _, f := range slices.Concat(t.verdict.Fields, t.verdict.Party) {
		if tellsWho(f.Field.Name) && f.Column.Filled > 0 {
			list = append(list, f)
		}
	}
	return list
}

// tuples are the distinct combinations of values of sets of columns over all
// drops of a table.
func (d *drafter) tuples(ctx context.Context, t *table, sets [][]string) ([]recognise.TupleSet, error) {
	all := make([]recognise.TupleSet, len(sets))
	for i := range all {
		all[i] = recognise.TupleSet{}
	}
	for _, p := range t.feed.parts {
		seen, _, err := p.file.Tuples(ctx, t.path, sets, recognise.Look{Workers: d.o.Workers}, d.judge.Tables)
		if err != nil {
			return nil, err
		}
		for i := range all {
			for h := range seen[i] {
				all[i][h] = struct{}{}
			}
		}
	}
	return all, nil
}
