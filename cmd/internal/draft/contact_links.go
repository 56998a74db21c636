package draft

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// contactLink is what a table is made of whose rows tie the e-mail addresses or
// phone numbers of another table to those whom they reach.
type contactLink struct {
	point *columnDraft // ids of the addresses or numbers
	kind  *columnDraft // tells by a word which table the party is of, nil = each has a column of its own
	other []string     // words of it that mean nobody of the customers
	ends  []linkEnd
}

// linkEnd is a table of those who are reached.
type linkEnd struct {
	id    *columnDraft // of the party
	to    *table
	words []string // of the kind
}

// findContactLinks takes a table of nothing but e-mail addresses or phone
// numbers, which would be a customer each, for those of the people whom another
// table ties to them.
func (d *drafter) findContactLinks(ctx context.Context) error {
	entity, err := schemas.EntityNamed("contact_point")
	if err != nil {
		return err
	}
	for _, points := range d.barePoints() {
		for _, u := range d.mayLink(points.feed) {
			if u.order == nil {
				u.setColumns()
			}
			link, ok := d.linkOf(points, u)
			if !ok {
				continue
			}
			d.setPoints(points, entity)
			if err := d.setLink(ctx, u, points, link, entity); err != nil {
				return err
			}
		}
	}
	return nil
}

// barePoints are the tables of nothing but e-mail addresses or phone numbers, of
// those that read as customers and of those that no entity explains.
func (d *drafter) barePoints() []*table {
	var list []*table
	for _, f := range d.drafted() {
		if d.isBarePoints(f.root()) {
			list = append(list, f.root())
		}
	}
	for _, u := range d.unread {
		t := u.table
		at := slices.IndexFunc(t.survey.Columns, func(p *recognise.Profile) bool {
			return d.judge.Tables.IsIDWord(p.Says()) || d.judge.Tables.HoldsIDWord(p.Says())
		})
		if at < 0 || t.link != nil || !slices.ContainsFunc(t.survey.Columns, d.judge.HoldsEmail) {
			continue
		}
		if t.setColumns(); t.isUnique(t.order[at]) {
			t.key = tableKey{columns: []*columnDraft{t.order[at]}, why: t.uniqueWhy(t.order[at])}
			list = append(list, t)
		}
	}
	return list
}

// isBarePoints says whether rows that read as customers tell nothing of anybody
// but an e-mail address or a phone number. Those that a link was found for do.
func (d *drafter) isBarePoints(t *table) bool {
	if len(t.feed.tables) > 1 || t.entity().Name != "customer" && t.entity().Name != "contact_point" || t.link != nil || len(t.key.columns) != 1 || t.key.parent || t.key.hash {
		return false
	}
	reaches := func(field string) bool { return slices.Contains([]string{"email", "phone", "mobile_phone"}, field) }
	tells := slices.ContainsFunc(t.order, func(c *columnDraft) bool {
		return c.field != nil && c.profile.Filled > 0 && c.field.Field.PII && !reaches(c.field.Field.Name)
	})
	return !tells && t.byField("party_id") == nil && slices.ContainsFunc(t.order, func(c *columnDraft) bool { return c.field != nil && reaches(c.field.Field.Name) })
}

// mayLink are the tables beside a feed that may tie its rows to others: those
// that no entity explains, and those that read as people by ids alone.
func (d *drafter) mayLink(f *feed) []*table {
	var list []*table
	for _, u := range d.unread {
		list = append(list, u.table)
	}
	for _, g := range d.drafted() {
		if len(g.tables) == 1 && slices.Contains([]string{"customer", "contact", "contact_point", "consent", "association", "customer_address"}, g.root().entity().Name) {
			list = append(list, g.root())
		}
	}
	return slices.DeleteFunc(list, func(u *table) bool {
		tells := slices.ContainsFunc(u.survey.Columns, func(p *recognise.Profile) bool { return p.Filled > 0 && d.judge.HoldsEmail(p) })
		return u.feed == f || u.link != nil || u.ties != nil || tells || !sameDrop(u.feed, f)
	})
}

// sameDrop says whether two feeds are of one folder or database.
func sameDrop(a, b *feed) bool {
	x, y := a.parts[0].drop, b.parts[0].drop
	return x.folder == y.folder && x.connection == y.connection
}

// linkOf finds the columns of a table by which it ties the rows of points to
// customers, accounts or leads.
func (d *drafter) linkOf(points, u *table) (link contactLink, ok bool) {
	key := points.key.columns[0]
	for _, c := range u.order {
		if c.profile.Deep.Distinct() >= sameKeys && within(c, key) >= refersFrom && d.namesPoint(c, key, points) {
			link.point = c
			break
		}
	}
	if link.point == nil {
		return link, false
	}
	if link.addKinds(d, points, u); link.kind == nil {
		link.addColumns(d, points, u)
	}
	return link, len(link.ends) > 0
}

// namesPoint says whether a column means the rows of a table of addresses or
// numbers: by what it is called, or by ids that no others have.
func (d *drafter) namesPoint(c, key *columnDraft, points *table) bool {
	of := d.judge.Tables.IDOf(c.profile.Says())
	isCalled := of != "" && (isRowOf(of, points) || d.judge.Tables.MayMean(of, "customer", "email") || d.judge.Tables.MayMean(of, "customer", "phone"))
	return isCalled || key.profile.Deep.Longest >= longKey && !key.profile.IsSerial()
}

// isRowOf says whether a word is what one row of a table is called by the
// table's name.
func isRowOf(word string, t *table) bool {
	return isPlural(recognise.FoldKey(word), recognise.FoldKey(t.feed.parts[0].drop.plain))
}

// reachable are the tables of a place whose rows may have an address or a number.
func (d *drafter) reachable(points, u *table) []*table {
	var list []*table
	for _, p := range d.providers() {
		if p.table != points && p.table != u && p.table.link == nil && sameDrop(p.table.feed, points.feed) {
			list = append(list, p.table)
		}
	}
	d.eachTable(func(f *feed, t *table) {
		isLead := t.entity().Name == "lead" && len(t.verdict.Party) > 0 && len(t.key.columns) == 1 && !t.key.hash && !t.key.parent
		if isLead && f.shipped == nil && !slices.Contains(list, t) && sameDrop(f, points.feed) {
			list = append(list, t)
		}
	})
	return slices.DeleteFunc(list, func(t *table) bool { return t.key.hash })
}

// addKinds looks for a column whose words name tables, beside one of ids of
// their rows.
func (l *contactLink) addKinds(d *drafter, points, u *table) {
	const some = .5
	reachable := d.reachable(points, u)
	for _, kind := range u.order {
		seen := kind.profile.Sample()
		if kind == l.point || kind.profile.Filled != u.survey.Rows || len(seen) == 0 || len(seen) > mostKinds || kind.profile.Deep.Distinct() != len(seen) {
			continue
		}
		id := u.columns[idBeside(kind.profile.Name, "", u.survey.Columns, u.survey.Rows)]
		if id == nil || id == l.point {
			continue
		}
		ends, other, share := []linkEnd{}, []string{}, 0.0
		for _, v := range seen {
			to := d.tableCalled(v.Text, id, reachable)
			if to == nil {
				other = append(other, v.Text)
				continue
			}
			share += within(id, to.key.columns[0])
			if at := slices.IndexFunc(ends, func(e linkEnd) bool { return e.to == to }); at >= 0 {
				ends[at].words = append(ends[at].words, v.Text)
				continue
			}
			ends = append(ends, linkEnd{id: id, to: to, words: []string{v.Text}})
		}
		if len(ends) > 0 && share >= some {
			slices.Sort(other)
			l.kind, l.ends, l.other = kind, ends, other
			return
		}
	}
}

// tableCalled is the table that a word means: the one of that name, else of
// that entity the one that has most of the ids; nil where none has any.
func (d *drafter) tableCalled(word string, id *columnDraft, among []*table) (best *table) {
	const sameName = 2.0 // before any share
	if at := strings.LastIndexAny(word, `\.:/`); at >= 0 {
		word = word[at+1:]
	}
	entities := d.judge.Tables.EntityNames(word)
	most := 0.0
	isOther := slices.ContainsFunc(d.feeds, func(f *feed) bool { return isRowOf(word, f.root()) && !slices.Contains(among, f.root()) })
	for _, t := range among {
		share := within(id, t.key.columns[0])
		isCalled := isRowOf(word, t)
		isOf := !isOther && (slices.Contains(entities, t.entity().Name) || t.entity().Name == "customer" && slices.Contains(entities, "contact"))
		if share == 0 || !isCalled && !isOf {
			continue
		}
		if isCalled {
			share += sameName
		}
		if share > most {
			best, most = t, share
		}
	}
	return best
}

// addColumns looks for columns that hold ids of one table each.
func (l *contactLink) addColumns(d *drafter, points, u *table) {
	for _, c := range u.order {
		if c == l.point || c.profile.Deep.Distinct() == 0 || d.judge.Tables.IsIDWord(c.profile.Says()) {
			continue
		}
		for _, t := range d.reachable(points, u) {
			of := d.judge.Tables.IDOf(c.profile.Says())
			isCalled := of != "" && (isRowOf(of, t) || slices.Contains(d.judge.Tables.EntityNames(of), t.entity().Name) || d.judge.Tables.NamesCustomer(of) && t.entity().Name == "customer")
			isPlain := t.key.columns[0].profile.Deep.Longest >= longKey && !t.key.columns[0].profile.IsSerial()
			if (isCalled || isPlain) && within(c, t.key.columns[0]) >= refersFrom {
				l.ends = append(l.ends, linkEnd{id: c, to: t})
				break
			}
		}
	}
}

// setPoints makes a table that of addresses or numbers.
func (d *drafter) setPoints(t *table, entity schemas.Entity) {
	if t.entity().Name == entity.Name {
		return
	}
	key := t.key.columns[0].profile.Name
	t.verdict = d.judge.As(entity, recognise.Question{Names: t.feed.namesOf(t), Columns: t.survey.Columns})
	t.verdict.Party, t.verdict.Why = nil, "its rows tell nothing but how somebody is reached, and another table tells who"
	why := t.key.why
	t.setColumns()
	for _, c := range t.order {
		if c.field != nil && slices.Contains([]string{"party_id", "contact_point_id"}, c.field.Field.Name) {
			c.field = nil
		}
	}
	t.setField(t.columns[key], "contact_point_id", "it names the rows")
	t.key = tableKey{columns: []*columnDraft{t.columns[key]}, why: why}
	t.feed.tables = []*table{t}
	d.keepUnread(t)
}

// setLink makes a table that of the ties.
func (d *drafter) setLink(ctx context.Context, u, points *table, l contactLink, entity schemas.Entity) error {
	point, kind := l.point.profile.Name, ""
	if l.kind != nil {
		kind = l.kind.profile.Name
	}
	u.verdict = d.judge.As(entity, recognise.Question{Names: u.feed.namesOf(u), Columns: u.survey.Columns})
	u.verdict.Party, u.verdict.Why = nil, fmt.Sprintf("%q holds ids of %s", point, points.name())
	u.setColumns()
	for _, c := range u.order {
		if c.field != nil && !slices.Contains([]string{"updated_at", "is_deleted", "is_primary"}, c.field.Field.Name) {
			c.field = nil
		}
	}
	u.setField(u.columns[point], "contact_point_id", "its values are keys of "+points.name())
	l.point, l.kind = u.columns[point], u.columns[kind]
	names := []string{point}
	for i := range l.ends {
		e := &l.ends[i]
		e.id = u.columns[e.id.profile.Name]
		e.to.isReached = true
		if !slices.Contains(names, e.id.profile.Name) {
			names = append(names, e.id.profile.Name)
		}
	}
	if l.kind != nil {
		names = append(names, kind)
	}
	u.link, u.feed.tables = &l, []*table{u}
	key, err := d.keyOfLink(ctx, u, names)
	if err != nil {
		return err
	}
	u.key = tableKey{hash: key == nil, why: "the ids that are tied name the row"}
	for _, name := range key {
		u.key.columns = append(u.key.columns, u.columns[name])
	}
	d.keepUnread(u)
	return nil
}

// keepUnread takes a table among the feeds that was left out of them.
func (d *drafter) keepUnread(t *table) {
	at := slices.IndexFunc(d.unread, func(u unread) bool { return u.table == t })
	if at < 0 {
		return
	}
	d.unread = slices.Delete(d.unread, at, at+1)
	d.feeds = append(d.feeds, t.feed)
	d.sortFeeds()
	place := t.feed.parts[0].place()
	d.report.LeftOut = slices.DeleteFunc(d.report.LeftOut, func(l LeftOut) bool { return l.Place == place })
}

// keyOfLink is the column that names the ties, else the ids together; nil where
// neither does.
func (d *drafter) keyOfLink(ctx context.Context, u *table, ids []string) ([]string, error) {
	for _, c := range u.order {
		if d.judge.Tables.IsIDWord(c.profile.Says()) && u.isUnique(c) && !slices.Contains(ids, c.profile.Name) {
			return []string{c.profile.Name}, nil
		}
	}
	for _, name := range ids {
		if u.columns[name].profile.Filled < u.survey.Rows {
			return nil, nil
		}
	}
	counts, err := d.combinations(ctx, u, [][]string{ids})
	if err != nil || counts[0] < u.survey.Rows {
		return nil, err
	}
	return ids, nil
}
