package extract

import (
	"fmt"
	"strings"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// joinHeader joins the parts of a header of several rows column by column.
func joinHeader(rows [][]string, with string) []string {
	var names []string
	for _, row := range rows {
		for i, part := range row {
			part = strings.TrimSpace(part)
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
