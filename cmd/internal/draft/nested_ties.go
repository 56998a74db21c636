package draft

import (
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
)

// nestedTie is an array of records in deals, leads, cases or activities whose
// ids are those of customers or accounts.
type nestedTie struct {
	array *table
	id    *columnDraft
	field string // customer_id or account_id
	to    provider
}

// keepSpare keeps the arrays of a record that are no entity by themselves.
func (f *feed) keepSpare(all, kept []*table) {
	for _, t := range all {
		if t.path != "" && t.parent != nil && t.parent.path == "" && !slices.Contains(kept, t) {
			t.setColumns()
			f.spare = append(f.spare, t)
		}
	}
}

// nestedTies finds the arrays of a feed that tie its rows to customers.
func (d *drafter) nestedTies(f *feed) []nestedTie {
	const nearlyAll, fewest = .9, 10
	root := f.root()
	own := recognise.KeyField(root.entity())
	if !slices.Contains([]string{"opportunity_id", "lead_id", "case_id", "activity_id"}, own) || len(root.key.columns) != 1 || root.key.columns[0] != root.byField(own) {
		return nil
	}
	var found []nestedTie
	for _, t := range f.spare {
		for _, c := range t.order {
			if c.profile.Deep.Distinct() < fewest || !c.profile.IsKeyLike() {
				continue
			}
			for _, p := range d.providers() {
				if p.table.feed == f || p.system != f.system || within(c, p.key) < nearlyAll {
					continue
				}
				field := "customer_id"
				if p.table.entity().Name == "account" {
					field = "account_id"
				}
				if root.byField(field) == nil && !slices.ContainsFunc(found, func(o nestedTie) bool { return o.field == field }) {
					found = append(found, nestedTie{t, c, field, p})
				}
			}
		}
	}
	return found
}

// nestedObjects makes an association of each record of such an array.
func (d *drafter) nestedObjects(f *feed) []objectText {
	var objects []objectText
	for _, tie := range d.nestedTies(f) {
		key := f.root().key.columns[0].profile.Name
		up := strings.Repeat("../", strings.Count(tie.array.path, ".")+1)
		o := objectText{
			name: slug(tie.array.path), entity: "association", path: tie.array.path,
			why: fmt.Sprintf("the ids of %q are keys of %s", tie.array.path, tie.to.table.name()),
		}
		o.add(propertyText{name: "parent_" + slug(key), from: up + key, field: recognise.KeyField(f.root().entity()), key: 1, why: "the record that holds the row"})
		o.add(propertyText{name: tie.id.profile.Name, field: tie.field, key: 2, required: true, prefix: tie.to.table.prefix, why: "whom it is tied to"})
		objects = append(objects, o)
	}
	return objects
}
