package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
)

// findSystems says which source system each feed is of: ids are those of one
// system. A folder or a database is one; files that lie side by side are of
// one where their names begin alike or where ids of one are found in another:
// of files of different kinds ids that are no running numbers, below one header.
func (d *drafter) findSystems() {
	shared := d.sharedFolder()
	var loose []*feed
	for _, f := range d.feeds {
		folder := strings.TrimPrefix(strings.TrimPrefix(f.parts[0].drop.folder, shared), "/")
		switch {
		case f.parts[0].drop.table != "":
			f.system, f.whySystem = f.parts[0].drop.connection, "the database's name"
		case folder != "":
			top, _, _ := strings.Cut(folder, "/")
			f.system, f.whySystem = d.systemSlug(top), "the folder's name"
		default:
			loose = append(loose, f)
		}
	}
	d.partTwins(shared)
	groups := make([]int, len(loose))
	for i := range groups {
		groups[i] = i
	}
	join := func(a, b int) {
		from, to := groups[b], groups[a]
		for i := range groups {
			if groups[i] == from {
				groups[i] = to
			}
		}
	}
	for i, f := range loose {
		for k := range i {
			if d.samePrefix(f, loose[k]) {
				join(k, i)
			}
		}
		for _, to := range d.referredBy(f, loose) {
			join(min(i, to), max(i, to))
		}
	}
	for i, f := range loose {
		f.system, f.whySystem = d.systemName(loose, groups, i)
	}
}

// systemSlug names a system by a folder; one without Latin letters gets a
// number.
func (d *drafter) systemSlug(folder string) string {
	if isReadable(folder) {
		return slug(folder)
	}
	if d.systems[folder] == "" {
		d.systems[folder] = fmt.Sprintf("system_%d", len(d.systems)+1)
	}
	return d.systems[folder]
}

// sharedFolder is the folder that holds everything, where there is one.
func (d *drafter) sharedFolder() string {
	shared, first := "", true
	for _, f := range d.feeds {
		if f.parts[0].drop.table != "" {
			continue
		}
		folder := f.parts[0].drop.folder
		if first {
			shared, first = folder, false
			continue
		}
		for shared != "" && folder != shared && !strings.HasPrefix(folder, shared+"/") {
			at := strings.LastIndexByte(shared, '/')
			shared = shared[:max(at, 0)]
		}
	}
	isAll := !slices.ContainsFunc(d.feeds, func(f *feed) bool {
		return f.parts[0].drop.table == "" && f.parts[0].drop.folder != shared
	})
	if isAll && !strings.Contains(shared, "/") && d.formats() == 1 {
		return "" // one folder of one kind of file: it is the system
	}
	return shared
}

func (d *drafter) formats() int {
	seen := map[string]bool{}
	for _, f := range d.feeds {
		seen[f.format()] = true
	}
	return len(seen)
}

// samePrefix says whether two names begin with one word that names no entity.
func (d *drafter) samePrefix(a, b *feed) bool {
	first := func(f *feed) string {
		words := d.judge.Tables.TellingWords(f.parts[0].drop.plain)
		if len(words) < 2 || len(d.judge.Tables.EntityNames(words[0])) > 0 {
			return ""
		}
		return words[0]
	}
	return first(a) != "" && first(a) == first(b)
}

func sameFamily(a, b *feed) bool {
	family := func(f *feed) string { return strings.TrimSuffix(f.format(), "l") }
	return family(a) == family(b) && a.parts[0].drop.folder == b.parts[0].drop.folder
}

// referredBy lists the feeds beside one whose keys its references hold. Of
// several that hold those of one column, as tables of customers that all count
// from 1 do, those count whose file's name begins alike, else those whose key
// is called as the column, else those that hold most of them.
func (d *drafter) referredBy(from *feed, loose []*feed) (found []int) {
	for _, t := range slices.Concat(from.tables, from.spare) {
		for i, to := range loose {
			if to != from && sameFamily(from, to) && slices.ContainsFunc(to.tables, t.tiesTo) {
				found = append(found, i)
			}
		}
		for _, c := range t.order {
			var best []int
			var most reference
			for i, to := range loose {
				if to == from {
					continue
				}
				r, ok := c.refersTo(t, to, d.judge.Tables)
				ok = ok && (sameFamily(from, to) || r.isTelling)
				r.isAlike = d.samePrefix(from, to)
				switch order := r.compare(most); {
				case !ok || order < 0:
				case order > 0:
					best, most = []int{i}, r
				default:
					best = append(best, i)
				}
			}
			found = append(found, best...)
		}
	}
	return found
}

// reference is how well a column's values are keys of a table.
type reference struct {
	isAlike   bool    // the files' names begin alike
	isCalled  bool    // the key's header is the column's
	isTelling bool    // also between files of different kinds: the ids are no numbers that each counts for itself
	share     float64 // of its values that are keys
}

func (r reference) compare(o reference) int {
	rank := func(b bool) int { return map[bool]int{true: 1}[b] }
	return cmp.Or(cmp.Compare(rank(r.isAlike), rank(o.isAlike)), cmp.Compare(rank(r.isCalled), rank(o.isCalled)), cmp.Compare(r.share, o.share))
}

// refersTo says how a column of a table refers to a table of another feed; ok
// is false where it does not.
func (c *columnDraft) refersTo(t *table, to *feed, words *recognise.WordTables) (r reference, ok bool) {
	if c.profile.Deep.Distinct() == 0 {
		return r, false
	}
	for _, u := range to.tables {
		if len(u.key.columns) != 1 || u.key.parent {
			continue
		}
		key := u.key.columns[0]
		isCalled := recognise.FoldKey(c.profile.Name) == recognise.FoldKey(key.profile.Name)
		if isTwin := t.entity().Name == u.entity().Name && len(t.key.columns) == 1 && t.key.columns[0] == c; isTwin && key.profile.IsSerial() && (!isCalled || words.IsIDWord(c.profile.Says())) {
			continue // both count from 1
		}
		if !c.mayRefer(u, words) {
			continue
		}
		if share := within(c, key); share >= refersFrom && share > r.share {
			r, ok = reference{isCalled: isCalled, share: share}, true
			r.isTelling = isCalled && key.profile.Deep.Longest >= shortestKey && !key.profile.IsSerial() && c.profile.Deep.Distinct() >= fewestValues
		}
	}
	return r, ok
}

// refersFrom is the part of a column's values that are keys of what it means.
const refersFrom = .9

// mayRefer says whether a column speaks of the rows of a table: by the field
// that it feeds, or where it feeds none by the header of the table's key, as
// one for customers, or by its values where those are no numbers that others
// could have too.
func (c *columnDraft) mayRefer(u *table, words *recognise.WordTables) bool {
	key := u.key.columns[0].profile
	isParty := slices.Contains([]string{"account", "customer"}, u.entity().Name)
	if c.field == nil {
		isCalled := recognise.FoldKey(c.profile.Name) == recognise.FoldKey(key.Name) && (key.Deep.Longest >= shortestKey || !words.IsIDWord(key.Name))
		isCalled = isCalled || isParty && words.HoldsIDWord(c.profile.Says()) && words.NamesCustomer(c.profile.Says())
		isPlain := key.Deep.Longest >= longKey && c.profile.Deep.Distinct() >= fewestValues && !key.IsSerial()
		return c.party == nil && c.profile.IsKeyLike() && (isCalled || isPlain)
	}
	return strings.HasSuffix(c.field.Field.Name, "_id") &&
		(recognise.KeyField(u.entity()) == c.field.Field.Name || isParty && slices.Contains([]string{"customer_id", "party_id"}, c.field.Field.Name))
}

// shortestKey is the length of ids that say by themselves which table they are
// of: 17 is a key of many.
const shortestKey = 4

// longKey is the length from which ids that are not given out one after the
// other are those of one table alone, and fewestValues how many of them show it.
const (
	longKey      = 8
	fewestValues = 10
)

// within is the part of a column's distinct values that another has too.
func within(c, of *columnDraft) float64 {
	return float64(c.profile.Deep.Within(of.profile.Deep)) / float64(max(c.profile.Deep.Distinct(), 1))
}

// systemName names a group of files that lie side by side.
func (d *drafter) systemName(loose []*feed, groups []int, i int) (name, why string) {
	var members []*feed
	for k := range loose {
		if groups[k] == groups[i] {
			members = append(members, loose[k])
		}
	}
	if len(members) == 1 {
		return loose[i].name, "the file's name: no ids of it are found in another file"
	}
	isPrefixed := true
	for _, m := range members[1:] {
		isPrefixed = isPrefixed && d.samePrefix(members[0], m)
	}
	if isPrefixed {
		return slug(d.judge.Tables.TellingWords(members[0].parts[0].drop.plain)[0]), "the names of its files begin so"
	}
	if len(members) == len(loose) {
		return d.systemSlug(members[0].parts[0].drop.folderName()), fmt.Sprintf("its %d files refer to one another by their ids", len(members))
	}
	at := max(slices.IndexFunc(members, func(f *feed) bool { return f.root().entity().Name == "customer" }), 0)
	return members[at].name, fmt.Sprintf("%d files refer to one another by their ids", len(members))
}
