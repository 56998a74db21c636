package draft

import (
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
)

// findPadded finds ids that one table fills up with zeros and another does not
// (00042 or 42.0, and 42): nearly all references are keys without the zeros and hardly
// any with them. Both are then read without, and so is what else refers to the
// key.
func (d *drafter) findPadded() {
	for again := true; again; {
		again = false
		d.eachTable(func(f *feed, t *table) {
			for _, c := range t.order {
				if c.field == nil || !strings.HasSuffix(c.field.Field.Name, "_id") || f.shipped != nil || slices.Contains(t.key.columns, c) && len(t.key.columns) == 1 {
					continue
				}
				d.eachTable(func(g *feed, u *table) {
					if u != t && g.shipped == nil && len(u.key.columns) == 1 && !u.key.parent && c.mayRefer(u, d.judge.Tables) && d.isPadded(f, c, g, u.key.columns[0]) {
						why := fmt.Sprintf("; %s writes the same ids with other zeros", u.name())
						c.unpad(why)
						u.key.columns[0].unpad("; others write the same ids with other zeros")
						again = true
					}
				})
			}
		})
	}
}

// isPadded says whether a column refers to a key only without its zeros, of
// the same folder or database, or under the same header.
func (d *drafter) isPadded(f *feed, c *columnDraft, g *feed, key *columnDraft) bool {
	const hardly, nearlyAll, some = .1, .9, .2
	a, b := c.profile.Deep, key.profile.Deep
	if a.IsUnpadded && b.IsUnpadded || a.Distinct() < fewestValues || max(a.Padded(), b.Padded()) < some {
		return false
	}
	words := d.judge.Tables
	isCalled := recognise.FoldKey(c.profile.Name) == recognise.FoldKey(key.profile.Name) || words.IDOf(c.profile.Name) != "" && words.IDOf(c.profile.Name) == words.IDOf(key.profile.Name)
	isBeside := f.parts[0].drop.folder == g.parts[0].drop.folder && f.parts[0].drop.connection == g.parts[0].drop.connection && (f.parts[0].drop.folder != "" || f.parts[0].drop.connection != "")
	if !isCalled && !isBeside {
		return false
	}
	bareA, bareB := a.Unpadded(), b.Unpadded()
	return bareB.Distinct() == b.Distinct() && float64(a.Within(b)) <= hardly*float64(a.Distinct()) &&
		float64(bareA.Within(bareB)) >= nearlyAll*float64(bareA.Distinct())
}

// unpad takes the zeros off what is known of a column's values.
func (c *columnDraft) unpad(why string) {
	if c.profile.Deep.IsUnpadded {
		return
	}
	c.profile.Deep = c.profile.Deep.Unpadded()
	if c.field != nil {
		c.field.Why += why
	}
}

// cleanPadded has the ids of a table's objects read without the zeros that were
// found to differ.
func (t *table) cleanPadded(objects []objectText) []objectText {
	for i := range objects {
		for k := range objects[i].properties {
			p := &objects[i].properties[k]
			for _, name := range append([]string{p.name}, p.aliases...) {
				if c := t.columns[name]; c != nil && c.profile.Deep.IsUnpadded && p.from == "" && p.constant == "" && strings.HasSuffix(p.field, "_id") {
					p.clean = "id.unpadded"
				}
			}
		}
	}
	return objects
}
