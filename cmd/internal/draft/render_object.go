package draft

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// renderWhen says which rows are an object's: those with values in some columns,
// and some words in others. It is "" where all are.
func renderWhen(o objectText) string {
	if len(o.only) == 0 {
		switch len(o.when) {
		case 0:
			return ""
		case 1:
			return scalar(o.when[0])
		}
		return list(o.when)
	}
	var parts []string
	for _, column := range o.when {
		if !slices.ContainsFunc(o.only, func(c wordsOnly) bool { return c.column == column }) {
			parts = append(parts, fmt.Sprintf("{column: %s}", scalar(column)))
		}
	}
	for _, c := range o.only {
		others := ""
		if c.leave {
			others = ", others: leave"
		}
		verb := "is"
		if c.not {
			verb = "not"
		}
		parts = append(parts, fmt.Sprintf("{column: %s, %s: %s%s}", scalar(c.column), verb, list(c.words), others))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func (f *feed) renderObject(w *document, o objectText, decided bool) {
	w.comment(2, o.why)
	w.add(2, "- name: %s", o.name)
	w.add(4, "customProperties:")
	w.add(6, "- {property: entity, value: %s}", o.entity)
	if o.path != "" {
		w.add(6, "- {property: path, value: %s}", scalar(o.path))
	}
	if when := renderWhen(o); when != "" {
		w.add(6, "- {property: when, value: %s}", when)
	}
	if o.repeats {
		w.add(6, "- {property: repeats, value: true}")
	}
	if len(o.references) > 0 {
		var pairs []string
		for _, key := range slices.Sorted(maps.Keys(o.references)) {
			pairs = append(pairs, key+": "+scalar(o.references[key]))
		}
		w.add(6, "- {property: references, value: {%s}}", strings.Join(pairs, ", "))
	}
	w.add(4, "properties:")
	for _, p := range o.properties {
		f.renderProperty(w, p, decided)
	}
}

func (f *feed) renderProperty(w *document, p propertyText, decided bool) {
	w.comment(6, p.why)
	w.add(6, "- name: %s", scalar(p.name))
	if p.logical != "" {
		w.add(8, "logicalType: %s", p.logical)
	}
	if p.required && p.key == 0 {
		w.add(8, "required: true")
	}
	if p.key > 0 {
		w.add(8, "primaryKey: true")
		w.add(8, "primaryKeyPosition: %d", p.key)
	}
	if p.pii {
		w.add(8, "classification: pii")
	}
	var bounds []string
	if p.minimum != "" {
		bounds = append(bounds, "minimum: "+p.minimum)
	}
	if p.maximum != "" {
		bounds = append(bounds, "maximum: "+p.maximum)
	}
	if len(bounds) > 0 {
		w.add(8, "logicalTypeOptions: {%s}", strings.Join(bounds, ", "))
	}
	w.add(8, "customProperties:")
	field := p.field
	if field == "" {
		field = "none"
	}
	w.add(10, "- {property: field, value: %s}", field)
	f.renderCustom(w, p, decided)
}

// isOnceAGroup says whether a column of one of these names is written once for
// several rows.
func (f *feed) isOnceAGroup(names []string) bool {
	return slices.ContainsFunc(f.parts, func(p *part) bool {
		return slices.ContainsFunc(names, func(name string) bool { return slices.Contains(p.file.Groups, name) })
	})
}

// renderCustom writes what is told of a property beside its name and field.
func (f *feed) renderCustom(w *document, p propertyText, decided bool) {
	custom := func(name, value string) {
		if value != "" {
			w.add(10, "- {property: %s, value: %s}", name, value)
		}
	}
	for _, at := range f.parts[0].file.Fixed {
		if at.Name == p.name && p.from == "" {
			custom("start", strconv.Itoa(at.Start))
			if at.Width > 0 {
				custom("width", strconv.Itoa(at.Width))
			}
		}
	}
	custom("aliases", orNothing(list, f.aliasesOf(p)))
	custom("constant", textOrNothing(p.constant))
	custom("else", orNothing(elseList, p.otherwise))
	custom("prefix", textOrNothing(p.prefix))
	custom("from", textOrNothing(p.from))
	if p.part != "" {
		custom("part", "'"+strings.ReplaceAll(p.part, "'", "''")+"'")
	}
	custom("version", yesOrNothing(p.version))
	custom("unit", p.unit)
	custom("clean", p.clean)
	if p.openLayout != nil && f.locale.date != "" && !decided {
		w.ask(10, dateQuestion([]*columnDraft{p.openLayout}), "- {property: layout, value: TODO}")
	} else {
		custom("layout", textOrNothing(p.layout))
	}
	if p.from == "" && f.isOnceAGroup(append([]string{p.name}, p.aliases...)) {
		custom("fill", "down")
	}
	if p.counts {
		custom("counts", "rows")
	}
	custom("time", textOrNothing(p.time))
	custom("nulls", orNothing(list, p.nulls))
	custom("negate", yesOrNothing(p.negate))
	custom("float", yesOrNothing(p.float))
	custom("matches", textOrNothing(p.matches))
	custom("words", orNothing(wordMap, p.words))
}

// orNothing writes several values, nothing where there are none.
func orNothing[T any](write func([]T) string, values []T) string {
	if len(values) == 0 {
		return ""
	}
	return write(values)
}

func textOrNothing(text string) string {
	if text == "" {
		return ""
	}
	return scalar(text)
}

func yesOrNothing(is bool) string {
	if is {
		return "true"
	}
	return ""
}
