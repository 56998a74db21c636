package draft

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
)

// tableKey is what names the rows of a table.
type tableKey struct {
	columns []*columnDraft
	parent  bool                 // the key of the record that holds the array comes before
	hash    bool                 // the text of the row comes last: nothing else names it
	anew    bool                 // hash, for the numbers of the rows begin anew in each file
	repeats bool                 // the same key comes again, newer
	rows    []recognise.TupleSet // whole, of each drop, where nothing but their text names them
	why     string               // what tells
	tuples  []recognise.TupleSet // of each drop, where the key has several columns
}

func (k tableKey) exists() bool { return len(k.columns) > 0 || k.hash }

// Shares of a column that names rows: what is above tells a planted or broken
// row from a column that is no key.
const (
	keyFilled = .97
	keyUnique = .97

	compositeFilled = .995 // of each column of a key of several
)

// findKeys finds the key of each table: the columns that name its rows.
func (d *drafter) findKeys(ctx context.Context) error {
	var err error
	d.eachTable(func(f *feed, t *table) {
		if err == nil {
			err = d.dropCalled(ctx, t)
		}
		if err == nil {
			err = d.findKey(ctx, t)
		}
		if err == nil && t.key.hash && t.path == "" && len(f.parts) > 1 && f.format() == "excel" {
			err = d.findRows(ctx, t)
		}
	})
	return err
}

// findRows reads the rows of each drop, but for columns that only count them.
func (d *drafter) findRows(ctx context.Context, t *table) error {
	var columns []string
	for _, c := range t.order {
		if !c.profile.IsSerial() {
			columns = append(columns, c.profile.Name)
		}
	}
	for _, p := range t.feed.parts {
		found, _, err := p.file.Tuples(ctx, t.path, [][]string{columns}, recognise.Look{Workers: d.o.Workers}, d.judge.Tables)
		if err != nil {
			return err
		}
		t.key.rows = append(t.key.rows, found[0])
	}
	return nil
}

func (d *drafter) findKey(ctx context.Context, t *table) error {
	own := t.ownKey(d.judge.Tables)
	if own == nil {
		own = d.pursuitKey(t)
	}
	own = d.declaredKey(t, own)
	if t.led != nil || t.ties != nil {
		return nil // found with what it is
	}
	if t.wide != nil {
		t.key = tableKey{columns: []*columnDraft{t.columns[t.wide.on]}, why: "each day has its rates, and each rate its currencies"}
		return nil
	}
	if t.monthsKey(own) {
		return nil
	}
	for _, isOnlyText := range []func(context.Context, *table, *columnDraft) (bool, error){d.beginsAnew, d.countsRows} {
		if is, err := isOnlyText(ctx, t, own); err != nil || is {
			return err
		}
	}
	switch {
	case own != nil && t.isUnique(own) && !(isLine(t) && t.parentColumn() != nil && t.looksLikeLineNumber(own)):
		t.key = tableKey{columns: []*columnDraft{own}, why: t.uniqueWhy(own)}
		return nil
	case t.path != "":
		return d.arrayKey(ctx, t, own)
	case own != nil && !isLine(t) && d.versionOf(t) != nil && own.profile.Filled > 0 && t.fillShare(own) >= keyFilled && t.uniqueShare(own) > .2:
		t.key = tableKey{columns: []*columnDraft{own}, repeats: true, why: fmt.Sprintf("%s of its values are distinct: it comes again when the row changes (%s)", percent(t.uniqueShare(own)), d.versionOf(t).profile.Name)}
		return nil
	}
	if t.keyByContent(own == nil, d.judge.Tables) {
		_, err := d.countsRows(ctx, t, t.key.columns[0])
		return err
	}
	if name := t.byField("name"); own == nil && name != nil && (t.entity().Name == "account" || t.entity().Name == "product") && t.isUnique(name) {
		t.key = tableKey{columns: []*columnDraft{name}, why: "no column holds ids, and no two rows have the same name"}
		return nil
	}
	if own == nil && t.namesParty() {
		t.key = tableKey{hash: true, why: "no column names a row: its text does, also for the customer that it names"}
		return nil
	}
	if err := d.compositeKey(ctx, t); err != nil || t.key.exists() {
		return err
	}
	if t.isLed() {
		t.key = tableKey{columns: []*columnDraft{t.columns[t.feed.root().led.key]}, hash: true, why: "no column names the rows: the text of the row does"}
		return nil
	}
	if isPursuit(t) {
		t.key = tableKey{hash: true, why: "no column names a row: its text does"} // a pursuit without a key would be none
		return nil
	}
	isSheet := t.entity().Name == "customer" && t.feed.format() == "excel" // that somebody keeps, and delivers again
	if (len(t.verdict.Party) > 0 || isSheet) && t.byField("customer_id") == nil {
		t.key = tableKey{hash: true, why: "no column names a row: its text does, also for the customer that it names"}
	}
	return nil
}

// chooseKeys takes for the key of a table with two columns that may name its
// rows (an id, and the number that people see, or that of a payment) the one
// that the rows of other tables beside it name.
func (d *drafter) chooseKeys() {
	const hardly, nearlyAll = .05, .9
	d.eachTable(func(f *feed, t *table) {
		key := recognise.KeyField(t.entity())
		own := t.byField(key)
		isOwn := !t.key.exists() || len(t.key.columns) == 1 && t.key.columns[0] == own
		if f.shipped != nil || t.led != nil || t.path != "" || own == nil || !isOwn {
			return
		}
		for _, c := range t.order {
			if c == own || c.field != nil || c.party != nil || !t.isUnique(c) || !c.profile.IsKeyLike() {
				continue
			}
			isAlike := func(u *table) bool { return u.entity().Name == t.entity().Name }
			if d.keptBy(t, c, isAlike) != nil {
				continue // it names rows of another table: the deals that offers were made for
			}
			d.eachTable(func(g *feed, u *table) {
				ref := u.byField(recognise.ReferenceField(u.entity(), t.entity().Name))
				if u == t || ref == nil || slices.Contains(u.key.columns, ref) && len(u.key.columns) == 1 || g.parts[0].drop.folder != f.parts[0].drop.folder || c.field != nil {
					return
				}
				if within(ref, own) <= hardly && within(ref, c) >= nearlyAll {
					own.field = nil
					t.setField(c, key, fmt.Sprintf("rows of %s name it so", u.name()))
					t.key = tableKey{columns: []*columnDraft{c}, why: t.uniqueWhy(c)}
				}
			})
		}
	})
}

// setApart leaves out tables that read as orders or invoices of which each
// comes many times, without its date: they list something of them.
func (d *drafter) setApart() {
	const fewOnce = .6
	d.feeds = slices.DeleteFunc(d.feeds, func(f *feed) bool {
		t := f.root()
		own := t.byField(recognise.KeyField(t.entity()))
		isWhole := t.entity().Name == "order" && t.byField("ordered_at") == nil || t.entity().Name == "invoice" && t.byField("invoiced_on") == nil
		if f.shipped != nil || len(f.tables) > 1 || t.path != "" || !isWhole || own == nil || t.key.repeats || t.fillShare(own) < keyFilled || t.repeatShare(own) >= fewOnce {
			return false
		}
		d.left(f.parts[0].drop.path, fmt.Sprintf("it reads as %ss, but %q names most of them several times: it lists parts of them", t.entity().Name, own.profile.Name))
		return true
	})
}

// repeatShare is the part of a column's values in a drop that come first there.
func (t *table) repeatShare(c *columnDraft) float64 {
	filled, distinct := 0, 0
	for _, p := range t.feed.parts {
		for _, s := range p.surveys {
			if col := s.Column(c.profile.Name); s.Path == t.path && col != nil {
				filled, distinct = filled+col.Filled, distinct+col.Deep.Distinct()
			}
		}
	}
	return float64(distinct) / float64(max(filled, 1))
}

// ownKey is the column of the entity's key. A customer's may be called the id
// of a person or an account: each row has one of its own.
func (t *table) ownKey(words *recognise.WordTables) *columnDraft {
	own := t.byField(recognise.KeyField(t.entity()))
	if c := t.byField("customer_id"); t.entity().Name == "account" && own == nil && c != nil && t.isUnique(c) {
		t.setField(c, "account_id", c.field.Why+"; no two rows have the same, and no other column names them")
		return c
	}
	if t.entity().Name != "customer" {
		return own
	}
	if own != nil && t.isMostlyNobody(own) {
		own = t.keyOfGuests(own, words)
	}
	if own != nil {
		return t.keyOfContacts(own, words)
	}
	for _, field := range []string{"party_id", "account_id"} {
		if c := t.byField(field); c != nil && t.isUnique(c) && (field == "account_id" || words.NamesCustomer(c.profile.Says())) {
			t.setField(c, "customer_id", c.field.Why+"; no two rows have the same, and no other column names them")
			return c
		}
	}
	return nil
}

// isMostlyNobody says whether half of the rows have no id, or 0.
func (t *table) isMostlyNobody(c *columnDraft) bool {
	const half = 2
	none := t.survey.Rows - c.profile.Filled
	for _, v := range c.profile.Sample() {
		if slices.Contains(idNulls(c.profile), v.Text) || c.profile.Deep.Distinct() == 1 && v.Text == "0" {
			none += v.Count
		}
	}
	return none*half >= t.survey.Rows
}

// keyOfGuests takes for the key of people of whom few have a customer's id the
// column that is called an id and names each row: subscribers who never bought.
func (t *table) keyOfGuests(own *columnDraft, words *recognise.WordTables) *columnDraft {
	for _, c := range t.order {
		p := c.profile
		isFree := c.field == nil && c.party == nil || c.field != nil && c.field.Field.Name == "party_id"
		if isFree && (words.IsIDWord(p.Says()) || words.HoldsIDWord(p.Says())) && p.Filled == t.survey.Rows && t.isUnique(c) && p.IsKeyLike() {
			own.field = nil
			t.setField(c, "customer_id", "it names each row, and few have the id of a customer")
			return c
		}
	}
	return own
}

// keyOfContacts takes a column called an id that no two rows share for the key
// of people, where what is called the customer's comes several times: it is that
// of the organisation whose contacts they are.
func (t *table) keyOfContacts(own *columnDraft, words *recognise.WordTables) *columnDraft {
	const fewOnce = .9
	if t.byField("updated_at") != nil || t.byField("account_id") != nil || t.repeatShare(own) >= fewOnce {
		return own
	}
	for _, c := range t.order {
		p := c.profile
		isFree := c.field == nil && c.party == nil || c.field != nil && c.field.Field.Name == "party_id"
		if isFree && (words.IsIDWord(p.Says()) || words.HoldsIDWord(p.Says())) && p.Filled == t.survey.Rows && t.repeatShare(c) == 1 && p.IsKeyLike() && isCode(p) {
			t.setField(own, "account_id", own.field.Why+"; it comes several times, and another id names each row")
			t.setField(c, "customer_id", "no two rows have the same, and it is called an id")
			return c
		}
	}
	return own
}

// pursuitKey takes for the key of deals what is called the id of leads, or the
// other way round, where each row has one of its own and no other table has them.
func (d *drafter) pursuitKey(t *table) *columnDraft {
	const some = .3
	other := map[string]string{"lead": "opportunity", "opportunity": "lead"}[t.entity().Name]
	c := t.byField(other + "_id")
	if other == "" || c == nil || !t.isUnique(c) {
		return nil
	}
	known := false
	d.eachTable(func(_ *feed, u *table) {
		key := u.byField(other + "_id")
		known = known || u.entity().Name == other && key != nil && within(c, key) >= some
	})
	if known {
		return nil
	}
	t.setField(c, recognise.KeyField(t.entity()), c.field.Why+"; no two rows have the same, and no other column names them")
	return c
}

// namesParty says whether rows tell who the customer is, and no id does: several
// columns may name the row, but not the customer.
func (t *table) namesParty() bool {
	return len(t.verdict.Party) > 0 && t.byField("customer_id") == nil && t.path == "" && !t.isLed() && !isLine(t)
}

// versionOf is the column that grows when a row changes: a day, or the number of
// a deal's revision. nil where none does.
func (d *drafter) versionOf(t *table) *columnDraft {
	if c := t.byField("updated_at"); c != nil {
		return c
	}
	isVersion := func(c *columnDraft) bool {
		isDated := c.profile.DateShare() >= datePart || c.profile.EpochShare() >= datePart
		isRevision := t.entity().Name == "opportunity" && c.isWhole() && t.fillShare(c) == 1 && d.judge.Tables.SaysRevision(c.profile.Says())
		return c.field == nil && c.party == nil && (isDated && d.judge.Tables.MeansField(c.profile.Says(), "updated_at") || isRevision)
	}
	if at := slices.IndexFunc(t.order, isVersion); at >= 0 {
		return t.order[at]
	}
	return nil
}

func (t *table) fillShare(c *columnDraft) float64 {
	return float64(c.profile.Filled) / float64(max(t.survey.Rows, 1))
}

func (t *table) uniqueShare(c *columnDraft) float64 {
	return float64(c.profile.Deep.Distinct()) / float64(max(c.profile.Filled, 1))
}

// isUnique says whether a column names the rows of every drop. Snapshots hold
// the same rows again, so each drop is looked at by itself.
func (t *table) isUnique(c *columnDraft) bool {
	rows, filled, distinct := 0, 0, 0
	for _, p := range t.feed.parts {
		for _, s := range p.surveys {
			if col := s.Column(c.profile.Name); s.Path == t.path && col != nil {
				rows, filled, distinct = rows+s.Rows, filled+col.Filled, distinct+col.Deep.Distinct()
			}
		}
	}
	return rows > 0 && float64(filled) >= keyFilled*float64(rows) && float64(distinct) >= keyUnique*float64(filled)
}

func (t *table) uniqueWhy(c *columnDraft) string {
	twice := c.profile.Filled - c.profile.Deep.Distinct()
	if twice == 0 || len(t.feed.parts) > 1 {
		return "no two rows of a delivery have the same"
	}
	return fmt.Sprintf("%s of its values are distinct, %d come again", percent(t.uniqueShare(c)), twice)
}

// looksLikeLineNumber tells 1, 2, 3 within an order from ids.
func (t *table) looksLikeLineNumber(c *columnDraft) bool {
	const longest = 3
	return c.profile.Deep.Longest <= longest && c.profile.Deep.Numbers.Whole == c.profile.Filled
}

// parentColumn is the column that names the order or invoice of a line.
func (t *table) parentColumn() *columnDraft {
	if parent, ok := strings.CutSuffix(t.entity().Name, "_line"); ok {
		return t.byField(parent + "_id")
	}
	return nil
}

// keyByContent takes a column that names rows although its header does not say
// so: unique, and an id by its form.
func (t *table) keyByContent(noOwn bool, words *recognise.WordTables) bool {
	if !noOwn {
		return false
	}
	isMail := func(c *columnDraft) bool { return c.field != nil && c.field.Field.Name == "email" }
	inOrder := slices.Clone(t.order)
	slices.SortStableFunc(inOrder, func(a, b *columnDraft) int { // an address only where nothing else names the rows
		return map[bool]int{true: 1}[isMail(a)] - map[bool]int{true: 1}[isMail(b)]
	})
	for _, c := range inOrder {
		p := c.profile
		isFree := c.field == nil && (c.party == nil || c.isTaxID()) || t.entity().Name == "customer" && (c.field.Field.Name == "email" || c.isTaxID())
		if !isFree || !t.isUnique(c) || c.field == nil && !(p.IsKeyLike() && isCode(p)) {
			continue
		}
		why := "no two rows have the same, and it has the form of an id"
		if p.Deep.Distinct() != p.Filled || p.Filled < t.survey.Rows {
			if isForemost := c == t.order[0] && c.field == nil; !isForemost && !words.HoldsIDWord(p.Says()) {
				continue
			}
			why = fmt.Sprintf("it has the form of an id: %d of %d rows have one, %d of them another's", p.Filled, t.survey.Rows, p.Filled-p.Deep.Distinct())
		}
		if c.field == nil {
			t.setField(c, recognise.KeyField(t.entity()), why)
		}
		t.key = tableKey{columns: []*columnDraft{c}, why: why}
		return true
	}
	return false
}

// isTaxID says whether a column holds the numbers by which a state knows
// somebody.
func (c *columnDraft) isTaxID() bool {
	return c.field != nil && c.field.Field.Name == "national_id" || c.party != nil && c.party.Field.Name == "national_id"
}

// isCode tells codes from counts and amounts: running numbers, or of one
// length, or with letters.
func isCode(p *recognise.Profile) bool {
	const nearlyAll = .95
	isOfLength := func(s string) bool { return len(s) == p.Deep.Longest }
	if p.Share(recognise.IsClock) >= nearlyAll || p.DateShare() >= nearlyAll {
		return false // a moment, which things may share
	}
	return p.Deep.Numbers.Whole < p.Filled || p.IsSerial() || p.Share(isOfLength) >= nearlyAll
}
