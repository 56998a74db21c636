package schemas

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Change is one difference between two contracts of one feed.
type Change struct {
	Breaking bool   `json:"breaking"`
	Where    string `json:"where"` // "contract", "contacts", "contacts.email"
	What     string `json:"what"`
}

// DiffContracts lists what differs from old to new, breaking changes first. A
// change is breaking where a delivery that kept the old contract may be refused,
// set aside or read otherwise by the new one, or where what was filled in the
// warehouse, or the identity of its rows, changes.
func DiffContracts(from, to Contract) []Change {
	d := &contractDiff{where: "contract"}
	d.head(from, to)
	for _, o := range from.Objects {
		d.where = o.Name
		i := slices.IndexFunc(to.Objects, func(n Object) bool { return n.Name == o.Name })
		if i < 0 {
			d.breaks("the object is gone: %s is no longer filled from it", o.Entity)
			continue
		}
		d.object(o, to.Objects[i])
	}
	for _, o := range to.Objects {
		if slices.ContainsFunc(from.Objects, func(f Object) bool { return f.Name == o.Name }) {
			continue
		}
		d.where = o.Name
		d.note(needsColumn(o), "the object is new: it fills %s", o.Entity)
	}
	slices.SortStableFunc(d.changes, func(a, b Change) int {
		switch {
		case a.Breaking == b.Breaking:
			return 0
		case a.Breaking:
			return -1
		}
		return 1
	})
	return d.changes
}

type contractDiff struct {
	where   string
	changes []Change
}

func (d *contractDiff) note(breaking bool, format string, args ...any) {
	d.changes = append(d.changes, Change{Breaking: breaking, Where: d.where, What: fmt.Sprintf(format, args...)})
}

func (d *contractDiff) breaks(format string, args ...any) { d.note(true, format, args...) }

// differs notes a breaking change where two settings are not equal.
func (d *contractDiff) differs(what string, from, to any) {
	if !reflect.DeepEqual(from, to) {
		d.breaks("%s changes from %s to %s", what, shownSetting(from), shownSetting(to))
	}
}

func shownSetting(v any) string {
	text := strings.TrimSpace(fmt.Sprint(v))
	if text == "" || text == "<nil>" || text == "[]" || text == "map[]" {
		return "none"
	}
	return text
}

// toggled notes a setting that is stricter when it is on.
func whenText(o Object) string {
	parts := make([]string, len(o.When))
	for i, column := range o.When {
		parts[i] = column
		if is := o.WhenIs[column]; len(is) > 0 {
			parts[i] += " = " + strings.Join(is, " or ")
		}
		if not := o.WhenNot[column]; len(not) > 0 {
			parts[i] += " but " + strings.Join(not, " or ")
		}
		if slices.Contains(o.WhenLeaves, column) {
			parts[i] += ", others left out"
		}
	}
	return strings.Join(parts, ", ")
}

// together compares which combinations of columns must be unique.
func (d *contractDiff) together(from, to Object) {
	sets := map[string][2]bool{}
	for i, o := range []Object{from, to} {
		for _, names := range o.Together {
			names = slices.Clone(names)
			slices.Sort(names)
			set := sets[strings.Join(names, ", ")]
			set[i] = true
			sets[strings.Join(names, ", ")] = set
		}
	}
	for _, name := range slices.Sorted(maps.Keys(sets)) {
		d.toggled("a unique combination of "+name, sets[name][0], sets[name][1])
	}
}

func (d *contractDiff) toggled(what string, from, to bool) {
	switch {
	case to && !from:
		d.breaks("%s is demanded now", what)
	case from && !to:
		d.note(false, "%s is no longer demanded", what)
	}
}

func (d *contractDiff) head(from, to Contract) {
	d.differs("the feed's name", from.Feed, to.Feed)
	d.differs("system, which owns the ids,", from.System, to.System)
	d.differs("delivery", string(from.Delivery), string(to.Delivery))
	d.differs("partition", from.Partition.String(), to.Partition.String())
	d.differs("delivered", deliveredText(from.Delivered), deliveredText(to.Delivered))
	d.differs("duplicates", string(from.Duplicates), string(to.Duplicates))
	switch {
	case to.ErrorShare < from.ErrorShare:
		d.breaks("error_share falls from %g to %g", from.ErrorShare, to.ErrorShare)
	case to.ErrorShare > from.ErrorShare:
		d.note(false, "error_share rises from %g to %g", from.ErrorShare, to.ErrorShare)
	}
	switch {
	case from.Freshness == to.Freshness:
	case from.Freshness == 0 || to.Freshness > 0 && to.Freshness < from.Freshness:
		d.breaks("slaProperties promise a delivery within %s, before %s", to.Freshness, shownSetting(freshText(from.Freshness)))
	default:
		d.note(false, "slaProperties promise a delivery within %s, before %s", shownSetting(freshText(to.Freshness)), from.Freshness)
	}
	d.toggled("a delivery (allow: absent is gone)", !from.Allow.Absent, !to.Allow.Absent)
	d.toggled("a row (allow: empty is gone)", !from.Allow.Empty, !to.Allow.Empty)
	d.toggled("size (allow: shrink is gone)", !from.Allow.Shrink, !to.Allow.Shrink)
	d.settings("dialect", from.Dialect, to.Dialect)
	d.settings("locale", from.Locale, to.Locale)
}

// freshText is how old a feed may be, "" where nothing is promised.
func freshText(age time.Duration) string {
	if age == 0 {
		return ""
	}
	return age.String()
}

func deliveredText(a *DeliveredAt) string {
	if a == nil {
		return ""
	}
	return fmt.Sprintf("%s %s%s", a.Pattern, a.Layout, map[bool]string{true: " optional"}[a.Optional])
}

// settings compares two structs of settings field by field. Padding short
// rows takes all that refusing them took.
func (d *contractDiff) settings(what string, from, to any) {
	a, b := reflect.ValueOf(from), reflect.ValueOf(to)
	for i := range a.NumField() {
		name := strings.ToLower(a.Type().Field(i).Name)
		x, y := a.Field(i).Interface(), b.Field(i).Interface()
		if name == "ragged" && x == "reject" && y == "pad" {
			d.note(false, "dialect: ragged changes from reject to pad")
			continue
		}
		switch name {
		case "totals":
			x, y = fmt.Sprint(x), fmt.Sprint(y)
		case "trailer":
			x, y = trailerText(x), trailerText(y)
		}
		d.differs(what+": "+name, x, y)
	}
}

func trailerText(setting any) string {
	t, ok := setting.(*Trailer)
	if !ok || t == nil {
		return ""
	}
	return fmt.Sprintf("%s %+v %+v", patternText(t.Match), t.Rows, t.Sums)
}

func needsColumn(o Object) bool {
	return slices.ContainsFunc(o.Properties, func(p Property) bool { return p.Required && p.Constant == nil && p.From == "" })
}

func (d *contractDiff) object(from, to Object) {
	name := d.where
	d.differs("the entity", from.Entity, to.Entity)
	d.differs("path", from.Path, to.Path)
	d.differs("when", whenText(from), whenText(to))
	d.differs("repeats", from.Repeats, to.Repeats)
	if !maps.Equal(from.References, to.References) {
		d.differs("references", fmt.Sprint(from.References), fmt.Sprint(to.References))
	}
	d.together(from, to)
	d.bound("rowCount at least", lengthText(int(from.Rows.Least)), lengthText(int(to.Rows.Least)), true)
	d.bound("rowCount at most", countText(from.Rows.Most), countText(to.Rows.Most), false)
	var taken []string
	for _, p := range from.Properties {
		d.where = name + "." + p.Name
		now, found := propertyNow(p, to)
		switch {
		case !found && (p.Field != "" || p.Key > 0):
			d.breaks("the property is gone: field %s is no longer filled", p.Field)
		case !found:
			d.note(false, "the property is gone: its column is kept as an attribute, unchecked")
		default:
			taken = append(taken, now.Name)
			d.property(p, now)
		}
	}
	for _, p := range to.Properties {
		if !slices.Contains(taken, p.Name) {
			d.where = name + "." + p.Name
			d.note(p.Required && p.Constant == nil && p.From == "", "the property is new%s", map[bool]string{true: " and required"}[p.Required])
		}
	}
	d.where = name
}

// propertyNow is what a property is called now: it keeps its name, or its old
// name is an alias.
func propertyNow(p Property, to Object) (Property, bool) {
	for _, n := range to.Properties {
		if n.Name == p.Name {
			return n, true
		}
	}
	for _, n := range to.Properties {
		if slices.Contains(n.Aliases, p.Name) {
			return n, true
		}
	}
	return Property{}, false
}

func (d *contractDiff) property(from, to Property) {
	if from.Name != to.Name {
		d.note(false, "it is called %s now; the old header is still read", to.Name)
	}
	for _, alias := range from.Aliases {
		if alias != to.Name && !slices.Contains(to.Aliases, alias) {
			d.breaks("the header %q is no longer read", alias)
		}
	}
	for _, alias := range to.Aliases {
		if alias != from.Name && !slices.Contains(from.Aliases, alias) {
			d.note(false, "the header %q is read as well", alias)
		}
	}
	d.kind(from, to)
	if from.Field == "" && to.Field != "" {
		d.note(false, "it fills field %s now", to.Field)
	} else {
		d.differs("the field", from.Field, to.Field)
	}
	d.differs("its position in the key", from.Key, to.Key)
	d.toggled("a value", from.Required, to.Required)
	d.toggled("a unique value", from.Unique, to.Unique)
	d.toggled("the column (absent: allowed is gone)", !from.Absent, !to.Absent)
	switch {
	case from.PII && !to.PII:
		d.breaks("it is no longer classified as pii: its values will be shown")
	case to.PII && !from.PII:
		d.note(false, "it is classified as pii now")
	}
	d.reading(from, to)
	d.rules(from, to)
}

func (d *contractDiff) kind(from, to Property) {
	if from.Logical == "integer" && to.Logical == "number" {
		d.note(false, "logicalType widens from integer to number")
		return
	}
	d.differs("logicalType", from.Logical, to.Logical)
}

// reading compares how text becomes a value.
func (d *contractDiff) reading(from, to Property) {
	d.differs("version", from.Version, to.Version)
	d.differs("constant", constantText(from), constantText(to))
	d.differs("from", from.From, to.From)
	d.differs("part", patternText(from.Part), patternText(to.Part))
	d.differs("nulls", strings.Join(from.Nulls, ", "), strings.Join(to.Nulls, ", "))
	d.differs("layout", from.Layout, to.Layout)
	d.differs("unit", from.Unit, to.Unit)
	d.differs("clean", from.Clean, to.Clean)
	d.differs("start", from.Start, to.Start)
	d.differs("width", from.Width, to.Width)
	d.differs("matches", patternText(from.Matches), patternText(to.Matches))
	d.differs("prefix", from.Prefix, to.Prefix)
	d.differs("relationships", from.Relation, to.Relation)
	d.differs("negate", from.Negate, to.Negate)
	d.differs("float", from.Float, to.Float)
	d.differs("fill", from.FillDown, to.FillDown)
	d.differs("counts", from.IsCount, to.IsCount)
	d.differs("else", alternatives(from.Else), alternatives(to.Else))
	d.differs("time", from.Time, to.Time)
	for _, word := range slices.Sorted(maps.Keys(from.Words)) {
		if now, known := to.Words[word]; now != from.Words[word] {
			d.breaks("word %q becomes %s, before it became %s", word, map[bool]string{true: now, false: "itself"}[known], from.Words[word])
		}
	}
	for _, word := range slices.Sorted(maps.Keys(to.Words)) {
		if _, known := from.Words[word]; !known {
			d.note(false, "word %q becomes %s", word, to.Words[word])
		}
	}
}

func constantText(p Property) string {
	if p.Constant == nil {
		return ""
	}
	return strconv.Quote(*p.Constant)
}

func patternText(re fmt.Stringer) string {
	if v := reflect.ValueOf(re); !v.IsValid() || v.IsNil() {
		return ""
	}
	return re.String()
}

// alternatives lists the columns that stand in for a property, as a contract
// says them.
func alternatives(list []Alternative) string {
	var texts []string
	for _, a := range list {
		text := a.Prefix + a.Column
		if a.HasOwnWords() {
			text += fmt.Sprintf(" (words %v, nulls %v)", a.Words, a.Nulls)
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, ", ")
}
