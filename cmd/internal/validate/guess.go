package validate

import (
	"fmt"
	"strings"

	"loadstar/transform"
)

// readsAs says how values that are not of a column's type could be read, ""
// where nothing fits all of them.
func readsAs(rule string, values []string) string {
	if len(values) == 0 {
		return ""
	}
	var fits []string
	switch rule {
	case "type.date", "type.timestamp":
		fits = layoutsOf(values)
	case "type.number", "type.integer":
		fits = marksOf(values)
	}
	if len(fits) == 0 {
		return ""
	}
	return "the values read as " + strings.Join(fits, " or ")
}

// layoutsOf are the date layouts that fit all values.
func layoutsOf(values []string) []string {
	var fits []string
	iso, err := transform.ParseLayout("iso")
	if err != nil || all(values, func(v string) bool { _, ok := iso.Parse(strings.TrimSpace(v)); return ok }) {
		return nil // each layout reads them: it is not what is wrong
	}
	for _, name := range []string{"dd.mm.yyyy", "dd/mm/yyyy", "mm/dd/yyyy", "dd-mm-yyyy", "mm-dd-yyyy", "yyyymmdd", "yyyy/mm/dd", "d month yyyy", "month d yyyy", "iso"} {
		layout, err := transform.ParseLayout(name)
		if err != nil {
			continue
		}
		if all(values, func(v string) bool { _, ok := layout.Parse(strings.TrimSpace(v)); return ok }) {
			fits = append(fits, "date: "+name)
		}
	}
	return fits
}

// marksOf are the number marks that fit all values.
func marksOf(values []string) []string {
	tables, err := transform.LoadTables()
	if err != nil {
		return nil
	}
	for _, m := range []transform.Marks{{Decimal: ',', Group: '.'}, {Decimal: '.', Group: ','}} {
		if all(values, func(v string) bool { _, bad := tables.ParseDecimal(v, m, 0); return bad == "" }) {
			return []string{fmt.Sprintf("numbers with decimal %q and group %q", string(m.Decimal), string(m.Group))}
		}
	}
	return nil
}

func all(values []string, fits func(string) bool) bool {
	for _, v := range values {
		if !fits(v) {
			return false
		}
	}
	return true
}
