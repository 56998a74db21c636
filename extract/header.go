package extract

import (
	"fmt"
	"slices"
	"strings"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// joinHeader joins the parts of a header of several rows column by column.
func joinHeader(rows [][]string, with string) []string {
	var names []string
	for _, row := range rows {
		for i, part := range row {
			part = strings.TrimSpace(withoutBOM(part))
			if i == len(names) {
				names = append(names, "")
			}
			switch {
			case part == "":
			case names[i] == "":
				names[i] = part
			default:
				names[i] += with + part
			}
		}
	}
	return names
}

// withoutBOM drops byte order marks, which files that were joined keep within.
func withoutBOM(text string) string { return strings.TrimLeft(text, "\ufeff") }

// columnNames makes header texts unique: a blank one becomes column_N by its
// position, a repeated one gets a number. Names that are delivered once keep
// what they are called.
func columnNames(header []string) []string {
	delivered := map[string]bool{}
	for _, name := range header {
		delivered[strings.TrimSpace(name)] = true
	}
	taken := map[string]bool{schemas.ColRow: true, schemas.ColParentRow: true}
	names := make([]string, len(header))
	for i, name := range header {
		name = strings.TrimSpace(name)
		isBlank := name == ""
		if isBlank {
			name = fmt.Sprintf("column_%d", i+1)
		}
		unique := name
		for n := 2; taken[unique] || delivered[unique] && (isBlank || n > 2); n++ {
			unique = fmt.Sprintf("%s_%d", name, n)
		}
		taken[unique] = true
		names[i] = unique
	}
	return names
}

// refuseRepeated refuses a header in which a column that the contract lists
// occurs twice: nothing tells which is meant, unless an object lists the second.
func refuseRepeated(header []string, objects []schemas.Object) error {
	for _, o := range objects {
		for _, p := range o.Properties {
			for _, name := range append([]string{p.Name}, p.Aliases...) {
				first := slices.IndexFunc(header, func(h string) bool { return sameHeader(h, name) })
				if first < 0 || slices.ContainsFunc(objects, func(o schemas.Object) bool { return lists(o, name+"_2") }) {
					continue
				}
				if n := slices.IndexFunc(header[first+1:], func(h string) bool { return sameHeader(h, name) }); n >= 0 {
					return fault.New(fault.DeliveryHeader, "column %q occurs twice, as columns %d and %d; rename one, or list %q as well", name, first+1, first+n+2, name+"_2")
				}
			}
		}
	}
	return nil
}

func lists(o schemas.Object, name string) bool {
	return slices.ContainsFunc(o.Properties, func(p schemas.Property) bool { return sameHeader(p.Name, name) || slices.Contains(p.Aliases, name) })
}

// totalsRules finds the columns of the contract's totals rules.
func totalsRules(rules []schemas.Match, names []string, objects []schemas.Object) ([]columnMatch, error) {
	var found []columnMatch
	for _, rule := range rules {
		column := -1
		for i, name := range names {
			if sameHeader(name, rule.Column) || isAlias(name, rule.Column, objects) {
				column = i
				break
			}
		}
		if column < 0 {
			return nil, fault.New(fault.DeliveryHeader, "the contract looks for totals in column %q, which the header lacks", rule.Column)
		}
		found = append(found, columnMatch{column: column, pattern: rule.Pattern})
	}
	return found, nil
}

// sameHeader compares header texts without regard to case and white space.
func sameHeader(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

func isAlias(name, property string, objects []schemas.Object) bool {
	for _, o := range objects {
		for _, p := range o.Properties {
			if p.Name != property {
				continue
			}
			for _, alias := range p.Aliases {
				if sameHeader(name, alias) {
					return true
				}
			}
		}
	}
	return false
}
