package transform

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// Binding is the header of one delivery resolved for one object.
type Binding struct {
	Object  string
	Unknown []string // columns no object of the rows lists; they become attributes
	Missing []string // optional properties without a column; they are null; none of a shipped contract, which lists all that any company may have

	columns    []int        // by property: index in the header, -1 = none
	others     [][]int      // by property: indexes of its alternatives, -1 = none
	times      []int        // by property: index of the column with its time of day, -1 = none
	attributes []attribute  // sorted by key
	when       []int        // indexes in the header of the columns that must have a value
	hashed     []hashColumn // sorted by name; only where $hash is used
}

// attribute is a column that is kept as it came.
type attribute struct {
	key      string
	prefix   string // the key as JSON, with its colon
	column   int    // index in the header, -1 = the property's own source
	property int    // -1 = not listed
}

type hashColumn struct {
	name   string
	column int
}

// Bind resolves the header of a delivery for one object of the contract. A
// column is found by its name or an alias, exactly or with case, spaces and
// punctuation folded. It fails if a required column is missing, naming the
// columns that are most alike.
func (p *Plan) Bind(object string, header []string) (*Binding, error) {
	op, err := p.objectNamed(object)
	if err != nil {
		return nil, err
	}
	b := &Binding{Object: object}
	folded := foldAll(header)
	if b.columns, err = p.resolve(op, header, folded); err != nil {
		return nil, fmt.Errorf("bind header of feed %s, object %s: %w", p.contract.Feed, object, err)
	}
	if b.others, err = otherColumns(op.object.Properties, b.columns, header, folded); err != nil {
		return nil, fmt.Errorf("bind header of feed %s, object %s: %w", p.contract.Feed, object, err)
	}
	if b.times, err = timeColumns(op.object.Properties, b.columns, header, folded); err != nil {
		return nil, fmt.Errorf("bind header of feed %s, object %s: %w", p.contract.Feed, object, err)
	}
	if !p.contract.Shipped {
		b.Missing = op.missing(b.columns)
	}
	for _, name := range op.object.When {
		j := whenColumn(name, op.object, b.columns, header, folded)
		if j < 0 {
			return nil, fmt.Errorf("bind header of feed %s, object %s: %w", p.contract.Feed, object, missingColumn(name, header, b.columns))
		}
		b.when = append(b.when, j)
	}
	p.bindAttributes(b, op, header, folded)
	if err := refuseRenamed(b, op.object); err != nil && !p.tolerant {
		return nil, fmt.Errorf("bind header of feed %s, object %s: %w", p.contract.Feed, object, err)
	}
	if op.usesHash {
		p.bindHash(b, op, header, folded)
	}
	return b, nil
}

// Columns compares a header with the properties of an object as Bind does, but
// refuses nothing: properties without a column, and columns that no object of
// the rows lists.
func (p *Plan) Columns(object string, header []string) (missing, unknown []string, err error) {
	op, err := p.objectNamed(object)
	if err != nil {
		return nil, nil, err
	}
	b := &Binding{Object: object}
	folded := foldAll(header)
	b.columns, _ = p.resolve(op, header, folded) // what it refuses is what is asked for
	p.bindAttributes(b, op, header, folded)
	if p.contract.Shipped {
		return nil, b.Unknown, nil // it lists what its system may deliver
	}
	return op.missing(b.columns), b.Unknown, nil
}

// missing are the delivered properties without a column.
func (op *objectPlan) missing(columns []int) []string {
	var names []string
	for i, prop := range op.object.Properties {
		if columns[i] < 0 && isDelivered(prop) {
			names = append(names, prop.Name)
		}
	}
	return names
}

// isDelivered says whether a property has a column of its own.
func isDelivered(p schemas.Property) bool {
	return p.Constant == nil && (p.From == "" || strings.HasPrefix(p.From, "../"))
}

// resolve finds the column of each property: exact names first, then folded
// ones among the columns that are still free, then by position where the
// delivery has no header.
func (p *Plan) resolve(op *objectPlan, header, folded []string) ([]int, error) {
	props := op.object.Properties
	columns := make([]int, len(props))
	taken := make([]bool, len(header))
	found := false
	for i, prop := range props {
		columns[i] = -1
		if isDelivered(prop) {
			columns[i] = exactColumn(prop, header)
		}
		if columns[i] >= 0 {
			taken[columns[i]] = true
			found = true
		}
	}
	for i, prop := range props {
		if columns[i] >= 0 || !isDelivered(prop) {
			continue
		}
		columns[i] = foldedColumn(prop, folded, taken)
		if columns[i] >= 0 {
			taken[columns[i]] = true
			found = true
		}
	}
	if !found && p.contract.Dialect.Header == 0 {
		byPosition(props, columns, header)
	}
	missing := ambiguous(props, columns, header, folded)
	for i, prop := range props {
		if columns[i] < 0 && prop.Required && isDelivered(prop) && len(prop.Else) == 0 {
			missing = append(missing, missingColumn(sourceName(prop), header, columns))
		}
	}
	return columns, errors.Join(missing...)
}

// ambiguous lists properties that two columns stand for: nothing tells which
// is meant.
func ambiguous(props []schemas.Property, columns []int, header, folded []string) []error {
	var found []error
	taken := map[int]bool{}
	for _, j := range columns {
		taken[j] = true
	}
	for i, prop := range props {
		if columns[i] < 0 {
			continue
		}
		for _, name := range append([]string{sourceName(prop)}, prop.Aliases...) {
			key := foldHeader(name)
			if key == "" {
				continue // a name of signs alone ("#") is found by itself
			}
			j := slices.Index(folded, key)
			for j >= 0 && taken[j] {
				next := slices.Index(folded[j+1:], key)
				if next < 0 {
					j = -1
					break
				}
				j += 1 + next
			}
			if j >= 0 {
				found = append(found, fault.New(fault.DeliveryHeader, "columns %q and %q both stand for %s; rename one, or list it as a property of its own",
					header[columns[i]], header[j], prop.Name))
				break
			}
		}
	}
	return found
}

// refuseRenamed refuses a header that lacks a listed column and brings one that
// is not listed: its values would be lost to their field.
func refuseRenamed(b *Binding, o schemas.Object) error {
	if len(b.Unknown) == 0 {
		return nil
	}
	for _, prop := range o.Properties {
		if !prop.Absent && slices.Contains(b.Missing, prop.Name) {
			return fault.New(fault.DriftRenamed, "column %q is missing, and no property lists %s; if it was renamed, add the new name to the aliases of %s, if it may be missing, set absent: allowed on it",
				prop.Name, quoteNames(b.Unknown[:min(3, len(b.Unknown))]), prop.Name)
		}
	}
	return nil
}

func sourceName(p schemas.Property) string {
	if strings.HasPrefix(p.From, "../") {
		return p.From
	}
	return p.Name
}

func exactColumn(p schemas.Property, header []string) int {
	for _, name := range append([]string{sourceName(p)}, p.Aliases...) {
		for j, h := range header {
			if h == name && !isLineage(h) {
				return j
			}
		}
	}
	return -1
}

func foldedColumn(p schemas.Property, folded []string, taken []bool) int {
	for _, name := range append([]string{sourceName(p)}, p.Aliases...) {
		key := foldHeader(name)
		for j, f := range folded {
			if f == key && key != "" && !taken[j] {
				return j
			}
		}
	}
	return -1
}

// byPosition gives the k-th delivered property the k-th column.
func byPosition(props []schemas.Property, columns []int, header []string) {
	next := 0
	for i, p := range props {
		if !isDelivered(p) {
			continue
		}
		for next < len(header) && isLineage(header[next]) {
			next++
		}
		if next < len(header) {
			columns[i] = next
			next++
		}
	}
}

// isLineage says whether a column is none of the row's content: where it stands,
// or the remarks of an annotated copy that came back.
func isLineage(name string) bool {
	return name == schemas.ColRow || name == schemas.ColParentRow || name == schemas.ColReasons
}

func foldAll(header []string) []string {
	folded := make([]string, len(header))
	for i, h := range header {
		if !isLineage(h) {
			folded[i] = foldHeader(h)
		}
	}
	return folded
}

// foldHeader is foldWord, but a column of the parent never stands for one of
// the row.
func foldHeader(h string) string {
	if rest, ok := strings.CutPrefix(h, "../"); ok {
		return "../" + foldWord(rest)
	}
	return foldWord(h)
}

// bindAttributes lists the columns that no field takes. Where several objects
// share the rows, a column that one of them lists is no attribute of the
// others, and one that nobody lists belongs to the objects whose rows are not
// repeated by others.
func (p *Plan) bindAttributes(b *Binding, op *objectPlan, header, folded []string) {
	listed := make([]bool, len(header))
	for i, j := range b.columns {
		if j >= 0 {
			listed[j] = true
		}
		if prop := op.object.Properties[i]; prop.Field == "" && !prop.IsCount && (j >= 0 || prop.Constant != nil) {
			b.attributes = append(b.attributes, newAttribute(prop.Name, j, i))
		}
	}
	listStandIns(op.object.Properties, b.columns, header, folded, listed)
	repeated := false
	for _, sibling := range p.siblings(op) {
		columns, err := p.resolve(sibling, header, folded)
		if err != nil {
			continue // its own binding reports it
		}
		for _, j := range columns {
			if j >= 0 {
				listed[j] = true
			}
		}
		listStandIns(sibling.object.Properties, columns, header, folded, listed)
		repeated = repeated || op.object.Repeats && !sibling.object.Repeats
	}
	for j, name := range header {
		if listed[j] || isLineage(name) {
			continue
		}
		b.Unknown = append(b.Unknown, name)
		if !repeated {
			b.attributes = append(b.attributes, newAttribute(name, j, -1))
		}
	}
	sort.SliceStable(b.attributes, func(i, j int) bool { return b.attributes[i].key < b.attributes[j].key })
}

func newAttribute(key string, column, property int) attribute {
	return attribute{key: key, prefix: string(append(appendJSON(nil, key), ':')), column: column, property: property}
}

// siblings are the other objects over the same rows.
func (p *Plan) siblings(op *objectPlan) []*objectPlan {
	var others []*objectPlan
	for _, o := range p.objects {
		if o != op && o.object.Path == op.object.Path {
			others = append(others, o)
		}
	}
	return others
}

// bindHash names the columns for $hash in a way that all objects of a row
// share, whatever header an alias stands for. One that only counts the rows is
// not among them.
func (p *Plan) bindHash(b *Binding, op *objectPlan, header, folded []string) {
	names := make([]string, len(header))
	counts := make([]bool, len(header))
	for _, o := range p.objects {
		if o.object.Path != op.object.Path {
			continue
		}
		columns, _ := p.resolve(o, header, folded)
		for i, j := range columns {
			if j >= 0 && names[j] == "" {
				names[j] = sourceName(o.object.Properties[i])
			}
			if j >= 0 && o.object.Properties[i].IsCount {
				counts[j] = true
			}
		}
	}
	for j, h := range header {
		if !isLineage(h) && !counts[j] {
			b.hashed = append(b.hashed, hashColumn{firstOf(names[j], h), j})
		}
	}
	sort.SliceStable(b.hashed, func(i, j int) bool { return b.hashed[i].name < b.hashed[j].name })
}

// missingColumn names a column that is not there and those most like it, of
// those that no other property has for its own.
func missingColumn(name string, header []string, bound []int) error {
	var free []string
	for j, h := range header {
		if !isLineage(h) && !slices.Contains(bound, j) {
			free = append(free, h)
		}
	}
	best := fault.Nearest(name, free, foldWord)
	if len(best) == 0 {
		return fault.New(fault.DeliveryColumn, "required column %q is missing; the columns are %s", name, quoteNames(header))
	}
	return fault.New(fault.DeliveryColumn, "required column %q is missing; did you mean %s? (add it to the aliases of %s)", name, quoteNames(best), name)
}

// Bounds of what a message tells of a header, which may be no header at all.
const (
	shownNames = 12
	shownName  = 40
)

func quoteNames(names []string) string {
	var quoted []string
	for _, n := range names {
		if isLineage(n) {
			continue
		}
		if len(quoted) == shownNames {
			quoted = append(quoted, "…")
			break
		}
		if short := []rune(n); len(short) > shownName {
			n = string(short[:shownName]) + "…"
		}
		quoted = append(quoted, fmt.Sprintf("%q", n))
	}
	return strings.Join(quoted, ", ")
}
