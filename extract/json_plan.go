package extract

import (
	"slices"
	"strings"

	"loadstar/schemas"
)

// jsonField says what becomes of one key of an object.
type jsonField struct {
	column    int  // of the batch, -1 = none
	elsewhere bool // its value is the rows of another schema object
	single    bool // it feeds a field, which holds no objects and lists
	inner     map[string]*jsonField
}

func newJSONField() *jsonField { return &jsonField{column: -1, inner: map[string]*jsonField{}} }

// takes says whether a value of that kind, which has no column, is read
// elsewhere: as rows of another schema object, or key by key.
func (f *jsonField) takes(kind byte) bool {
	isContainer := kind == '{' || kind == '['
	return f.elsewhere && isContainer || kind == '{' && len(f.inner) > 0
}

// isFlat says whether a value is none of the objects below whose keys fields
// are fed.
func (f *jsonField) isFlat(kind byte) bool {
	return f != nil && f.column < 0 && kind != '{' && kind != 'n' && f.feeds()
}

// feeds says whether a key below feeds a field, and none holds rows.
func (f *jsonField) feeds() bool {
	found := false
	for _, inner := range f.inner {
		if inner.elsewhere {
			return false
		}
		found = found || inner.column >= 0 && inner.single || inner.feeds()
	}
	return found && !f.elsewhere
}

// at returns the field at the end of path, adding what is missing.
func (f *jsonField) at(path []string) *jsonField {
	for _, key := range path {
		next := f.inner[key]
		if next == nil {
			next = newJSONField()
			f.inner[key] = next
		}
		f = next
	}
	return f
}

// jsonParent fills a column from a record above the row's.
type jsonParent struct {
	column int
	up     int // 1 = the object that holds the row's array
	path   []string
}

// jsonPlan says how the rows of one schema object are read out of a record.
type jsonPlan struct {
	name    string
	path    []string
	columns []string
	fields  *jsonField
	parents []jsonParent
	// alike are the columns by their names without regard to case and outer
	// white space, where one alone has the name.
	alike map[string]int
}

func foldKey(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// nested says whether the rows lie below the record.
func (p *jsonPlan) nested() bool { return len(p.path) > 0 }

func newJSONPlans(objects []schemas.Object) []*jsonPlan {
	var plans []*jsonPlan
	for _, o := range objects {
		p := &jsonPlan{name: o.Name, path: splitPath(o.Path), fields: newJSONField(), alike: map[string]int{}}
		for _, property := range o.Properties {
			if !readsAnother(property, o.Properties) {
				p.add(property)
			}
		}
		plans = append(plans, p)
	}
	for _, p := range plans {
		for _, other := range plans {
			if below, ok := strings.CutPrefix(joinPath(other.path), joinPath(p.path)); ok && below != "" {
				p.fields.at(splitPath(strings.Trim(below, "."))).elsewhere = true
			}
		}
	}
	return plans
}

// splitPath returns the keys of a dotted path.
func splitPath(path string) []string {
	if path == "" {
		return nil
	}
	return strings.Split(path, ".")
}

// joinPath writes keys with a dot behind each, so that one path is the prefix
// of another only where its keys are.
func joinPath(keys []string) string {
	if len(keys) == 0 {
		return ""
	}
	return strings.Join(keys, ".") + "."
}

// readsAnother says whether a property is called as another by an alias: both
// are read from one column, which that one makes.
func readsAnother(p schemas.Property, all []schemas.Property) bool {
	return slices.ContainsFunc(all, func(o schemas.Property) bool {
		return o.Name != p.Name && o.Constant == nil && o.From == "" && slices.Contains(p.Aliases, o.Name)
	})
}

// add makes a column of a property that is delivered.
func (p *jsonPlan) add(property schemas.Property) {
	switch {
	case property.Constant != nil:
	case strings.HasPrefix(property.From, "../"):
		if slices.Contains(p.columns, property.From) {
			return
		}
		parent := jsonParent{column: len(p.columns)}
		rest := property.From
		for strings.HasPrefix(rest, "../") {
			rest = rest[len("../"):]
			parent.up++
		}
		parent.path = splitPath(rest)
		p.columns = append(p.columns, property.From)
		p.parents = append(p.parents, parent)
	case property.From != "":
	case slices.Contains(p.columns, property.Name):
	default:
		column := len(p.columns)
		p.columns = append(p.columns, property.Name)
		for _, name := range append([]string{property.Name}, property.Aliases...) {
			if other, ok := p.alike[foldKey(name)]; !ok {
				p.alike[foldKey(name)] = column
			} else if other != column {
				p.alike[foldKey(name)] = -1 // two properties
			}
			// A key may hold dots itself.
			for _, field := range []*jsonField{p.fields.at(splitPath(name)), p.fields.at([]string{name})} {
				field.column, field.single = column, property.Field != "" || property.Logical != "" && property.Logical != "string"
			}
		}
	}
}
