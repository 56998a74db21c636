package draft

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
)

// provider is a table whose key names customers.
type provider struct {
	table  *table
	key    *columnDraft
	system string // that owns the ids
}

// needsOwnIDs says whether the parties that a table's rows name are called by
// the row's own key: nothing else names them.
func (t *table) needsOwnIDs() bool {
	return len(t.verdict.Party) > 0 && t.through == nil && t.byField("customer_id") == nil && t.entity().Name != "customer" && t.entity().Name != "account" && (len(t.key.columns) == 1 || t.key.hash) && !t.key.parent
}

// isCounted says whether a table's keys are short or running numbers, which any
// system may have.
func (p provider) isCounted() bool {
	return p.key.profile.Deep.Longest < shortestKey || p.key.profile.IsSerial()
}

func (d *drafter) providers() []provider {
	var list []provider
	d.eachTable(func(f *feed, t *table) {
		if len(t.key.columns) != 1 || t.key.parent {
			return
		}
		if t.entity().Name == "customer" || t.entity().Name == "account" || t.needsOwnIDs() {
			list = append(list, provider{t, t.key.columns[0], f.system})
		}
	})
	return list
}

// findReferences finds out whose ids the customer columns hold, and takes
// columns that no header explains for references where their values are the
// keys of another table.
func (d *drafter) findReferences(ctx context.Context) error {
	d.partIDs()
	d.partAccounts()
	if err := d.partCustomers(ctx); err != nil {
		return err
	}
	d.eachTable(func(f *feed, t *table) { d.guessReferences(t) })
	d.eachTable(func(f *feed, t *table) { d.findThrough(t) })
	providers := d.providers()
	var err error
	d.eachTable(func(f *feed, t *table) {
		for _, field := range []string{"customer_id", "referred_by_customer_id"} {
			c := t.byField(field)
			if err != nil || c == nil || t.entity().Name == "customer" || t.entity().Name == "account" || slices.Contains(t.key.columns, c) && len(t.key.columns) == 1 {
				continue
			}
			err = d.refer(ctx, t, c, providers)
		}
	})
	return err
}

// findThrough finds the column through which rows that only name their customer
// tell who it is: that of the deal, the lead or the order which they belong to,
// whose rows are the customers of their own.
func (d *drafter) findThrough(t *table) {
	if !t.needsOwnIDs() || t.mentions() == "" {
		return
	}
	for _, field := range []string{"opportunity_id", "lead_id", "order_id"} {
		c := t.byField(field)
		if c == nil || c.profile.Filled < t.survey.Rows || slices.Contains(t.key.columns, c) || c.profile.Deep.Distinct() < fewestValues {
			continue
		}
		d.eachTable(func(f *feed, u *table) {
			if t.through == nil && u != t && f.system == t.feed.system && recognise.KeyField(u.entity()) == field && u.needsOwnIDs() && !u.key.hash &&
				within(c, u.key.columns[0]) >= nearlyKnown {
				t.through = c
			}
		})
	}
}

// correctReferences takes a reference for one to another table where no value
// is a key of those that its header speaks of and nearly all are keys of that
// one: the parent of a call may be a deal.
func (d *drafter) correctReferences() {
	const hardly, nearlyAll, shortest = .05, .95, 4
	d.eachTable(func(f *feed, t *table) {
		for _, c := range t.order {
			if c.field == nil || !strings.HasSuffix(c.field.Field.Name, "_id") || slices.Contains(t.key.columns, c) || c.profile.Deep.Longest < shortest {
				continue
			}
			own, other, field := 0.0, 0.0, ""
			why := ""
			d.eachTable(func(g *feed, u *table) {
				if u == t || len(u.key.columns) != 1 || u.key.parent || g.parts[0].drop.folder != f.parts[0].drop.folder {
					return
				}
				share := within(c, u.key.columns[0])
				switch name := recognise.ReferenceField(t.entity(), u.entity().Name); {
				case name == c.field.Field.Name || name == "account_id" && c.field.Field.Name == "customer_id":
					own = max(own, share)
				case name != "" && share > other && t.byField(name) == nil:
					other, field, why = share, name, u.name()
				}
			})
			if own <= hardly && other >= nearlyAll {
				t.setField(c, field, fmt.Sprintf("its values are keys of %s, and of nothing that its header speaks of", why))
			}
		}
	})
}

// partIDs gives a feed whose rows are called by their own key a system of its
// own where the same ids are those of other customers: lead 17 is not customer
// 17.
func (d *drafter) partIDs() {
	known := d.providers()
	for _, p := range known {
		for _, o := range known {
			if p.table == o.table || !p.table.needsOwnIDs() || p.system != o.system || p.key.profile.Deep.Within(o.key.profile.Deep) == 0 {
				continue
			}
			f := p.table.feed
			f.system += "_" + p.table.entity().Name
			f.whySystem += fmt.Sprintf("; parted from %s, whose ids are partly the same", o.table.name())
			break
		}
	}
}

// partAccounts keeps the customers that accounts are apart from others of the
// system where their ids are partly the same: account 17 is not contact 17.
func (d *drafter) partAccounts() {
	known := d.providers()
	for _, p := range known {
		if p.table.entity().Name != "account" {
			continue
		}
		for _, o := range known {
			if o.table.entity().Name != "account" && p.system == o.system && p.key.profile.Deep.Within(o.key.profile.Deep) > 0 {
				p.table.prefix = "account:"
			}
		}
	}
}

// refer chooses the provider that knows most of the ids; of equal ones that of
// the own system, then the one whose key is called so. One that says other
// things of the same ids than the rows do is none.
func (d *drafter) refer(ctx context.Context, t *table, c *columnDraft, providers []provider) error {
	field := c.field.Field.Name
	const some = .3
	best, share := provider{}, 0.0
	inDoubt := t.countedProviders(c, providers, some)
	for _, p := range providers {
		if p.table == t {
			continue
		}
		s := within(c, p.key)
		if p.system != t.feed.system && p.isCounted() && (s < nearlyKnown || !t.onlyNames()) {
			continue // customer 17 of one system is not customer 17 of another
		}
		if p.system == t.feed.system {
			s += .05
		}
		if recognise.FoldKey(p.key.profile.Name) == recognise.FoldKey(c.profile.Name) {
			s += .01
		}
		if s <= share {
			continue
		}
		if inDoubt > 1 && field == "customer_id" && len(t.verdict.Party) > 0 && p.isCounted() {
			agreed, told, err := d.agreement(ctx, t, c, p)
			if err != nil {
				return err
			}
			if told && agreed < sameAgreed {
				continue
			}
		}
		best, share = p, s
	}
	if best.table == nil || share < some {
		return nil
	}
	if field == "customer_id" && best.system == t.feed.system {
		if t.known = share; t.known >= nearlyKnown && t.entity().Name != "lead" && t.ownName() == nil { // a lead is somebody new
			if err := d.dropOtherNames(ctx, t, c); err != nil {
				return err
			}
		}
	}
	if best.table.prefix != "" {
		if t.prefixes == nil {
			t.prefixes = map[string]string{}
		}
		t.prefixes[field] = best.table.prefix
	}
	c.field.Why += fmt.Sprintf("; %s of its ids are keys of %s", percent(min(share, 1)), best.table.name())
	if best.system != t.feed.system {
		if t.references == nil {
			t.references = map[string]string{}
		}
		t.references[strings.TrimSuffix(field, "_id")] = best.system
	}
	return nil
}

// countedProviders is how many tables of the system, whose keys any system may
// have, hold some of a column's values: it may mean each of them.
func (t *table) countedProviders(c *columnDraft, providers []provider, some float64) (n int) {
	for _, p := range providers {
		if p.table != t && p.system == t.feed.system && p.isCounted() && within(c, p.key) >= some {
			n++
		}
	}
	return n
}

// guessReferences takes columns without a meaning for references by their
// values alone.
func (d *drafter) guessReferences(t *table) {
	const nearlyAll = .95
	for _, c := range t.order {
		if c.field != nil || c.party != nil || c.profile.Deep.Distinct() < fewestValues {
			continue
		}
		d.eachTable(func(f *feed, u *table) {
			if c.field != nil || u == t || f.system != t.feed.system || len(u.key.columns) != 1 || u.key.parent ||
				!d.isShortFor(c, u) && (!c.profile.IsKeyLike() || u.key.columns[0].profile.Deep.Longest < shortestKey) {
				return
			}
			field := recognise.ReferenceField(t.entity(), u.entity().Name)
			if field == "" && u.entity().Name == "account" {
				field = recognise.ReferenceField(t.entity(), "customer") // the organisation that it is
			}
			if field == "" || t.byField(field) != nil || within(c, u.key.columns[0]) < nearlyAll {
				return
			}
			t.setField(c, field, fmt.Sprintf("its values are keys of %s", u.name()))
		})
	}
}

// isShortFor says whether a header is a word for a key beside the beginning of a
// word that the rows of a table of one database are called by: "fk_soc" of
// "societe".
func (d *drafter) isShortFor(c *columnDraft, u *table) bool {
	const shortest = 3
	of := d.judge.Tables.IDOf(c.profile.Name)
	if len(of) < shortest || c.profile.Deep.Distinct() < fewestValues || u.feed.parts[0].drop.table == "" {
		return false
	}
	words := recognise.HeaderTokens(u.feed.parts[0].drop.plain)
	return len(words) > 0 && strings.HasPrefix(words[len(words)-1], of)
}
