package draft

import (
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// render writes the contract of a feed. With decided, open questions get
// their likeliest answer: to try the rest.
func (d *drafter) render(f *feed, decided bool) *document {
	w := &document{}
	var entities []string
	for _, o := range f.contract.objects {
		if !slices.Contains(entities, o.entity) {
			entities = append(entities, o.entity)
		}
	}
	w.comment(0, "Drafted by `loadstar init` from whole samples. Each guess stands with its evidence; correct what is wrong.")
	w.comment(0, fmt.Sprintf("Seen: %s.", f.seen()))
	for _, n := range f.notes {
		w.comment(0, "Note: "+n)
	}
	w.add(0, "apiVersion: v3.1.0")
	w.add(0, "kind: DataContract")
	w.add(0, "id: %s", strings.ReplaceAll(f.name, "_", "-"))
	w.add(0, "name: %s", f.name)
	w.add(0, "version: 0.1.0")
	w.add(0, "status: draft")
	w.add(0, "description: {purpose: %s}", scalar("Rows of "+strings.Join(entities, ", ")))
	w.add(0, "customProperties:")
	w.comment(2, f.whySystem)
	w.add(2, "- {property: system, value: %s}", scalar(f.system))
	w.comment(2, f.delivery.why)
	w.add(2, "- {property: delivery, value: %s}", f.delivery.mode)
	if f.delivery.partition != "" {
		w.add(2, "- {property: partition, value: '%s'}", strings.ReplaceAll(f.delivery.partition, "'", "''"))
	}
	if f.delivery.mode != schemas.Snapshot {
		w.add(2, "- {property: allow, value: [absent, empty, shrink]}")
	}
	if pattern, layout := f.delivered(d.judge.Clean); pattern != "" {
		w.add(2, "- {property: delivered, value: {pattern: '%s', layout: %q}}", strings.ReplaceAll(pattern, "'", "''"), layout)
	}
	if share := f.contract.errorShare; share != "" {
		w.comment(2, f.contract.whyShare)
		w.add(2, "- {property: error_share, value: %s}", share)
	}
	f.renderDialect(w, d.judge.Tables)
	f.renderLocale(w, decided, d.company)
	w.add(0, "schema:")
	for _, o := range f.contract.objects {
		f.renderObject(w, o, decided)
	}
	return w
}

// seen says what the draft was made from.
func (f *feed) seen() string {
	rows := 0
	for _, p := range f.parts {
		rows += p.surveys[0].Rows
	}
	if f.parts[0].drop.table != "" {
		return fmt.Sprintf("table %s, %d rows", f.parts[0].drop.table, rows)
	}
	return fmt.Sprintf("%d file(s), %d rows", len(f.parts), rows)
}

func (f *feed) renderDialect(w *document, words *recognise.WordTables) {
	d := f.parts[0].file.Dialect
	for _, n := range f.parts[0].file.Notes {
		w.comment(2, n)
	}
	if f.parts[0].drop.table != "" {
		w.add(2, "- {property: dialect, value: {format: table}}")
		return
	}
	parts := []string{"format: " + d.Format}
	if d.Encoding != "" && d.Encoding != "utf-8" {
		parts = append(parts, "encoding: "+d.Encoding)
	}
	switch d.Format {
	case "csv", "fixed":
		if d.Format == "csv" && d.Delimiter != "," {
			parts = append(parts, "delimiter: "+scalar(strings.ReplaceAll(d.Delimiter, "\t", `\t`)))
		}
		if f.isEscaped() {
			w.comment(2, "quotes within quotes stand behind a backslash")
			parts = append(parts, "escape: '"+backslash+"'")
		}
		if d.Skip > 0 {
			parts = append(parts, fmt.Sprintf("skip: %d", d.Skip))
		}
		if d.Header != 1 {
			parts = append(parts, fmt.Sprintf("header: %d", d.Header))
		}
	case "excel":
		parts = append(parts, f.excelDialect(w)...)
	}
	if len(d.Records) > 0 {
		w.comment(2, "the file is one object around the records")
		parts = append(parts, "records: "+list(d.Records))
	}
	if f.endsLines() {
		w.comment(2, "each sample ends with the end of a line: one that does not is cut off")
		parts = append(parts, "final_newline: required")
	}
	if totals := f.totals(words); totals != "" {
		w.comment(2, "rows of sums are set aside, not loaded")
		parts = append(parts, "totals: "+totals)
	}
	w.add(2, "- {property: dialect, value: {%s}}", strings.Join(parts, ", "))
}

// excelDialect says where the table stands in its workbook.
func (f *feed) excelDialect(w *document) (parts []string) {
	d := f.parts[0].file.Dialect
	parts = append(parts, fmt.Sprintf("header: %d", d.Header))
	if len(d.HeaderFind) > 0 {
		parts = append(parts, "header_find: "+list(d.HeaderFind))
	}
	if d.HeaderIn > 0 {
		parts = append(parts, fmt.Sprintf("header_within: %d", d.HeaderIn))
	}
	if slices.ContainsFunc(f.parts, func(p *part) bool { return p.file.Dialect.MergedCells != "" }) {
		w.comment(2, "cells are merged over rows: each row has their value")
		parts = append(parts, "merged_cells: fill")
	}
	if d.Columns != "" {
		parts = append(parts, fmt.Sprintf("columns: %q", d.Columns))
	}
	if len(d.NextTable) > 0 {
		w.comment(2, "another table stands below: this one ends before it")
		parts = append(parts, "next_table: "+list(d.NextTable))
	}
	if d.Sheets != "*" && d.Sheets != "" {
		parts = append(parts, "sheets: "+list(strings.Split(d.Sheets, "/")))
	}
	if d.NotSheets != "" {
		w.comment(2, "other feeds read the other sheets; a run tells of new ones")
		parts = append(parts, "not_sheets: "+list(strings.Split(d.NotSheets, "/")))
	}
	return parts
}

// endsLines says whether every sample ends with the end of a line.
func (f *feed) endsLines() bool {
	return slices.Contains([]string{"csv", "fixed", "jsonl"}, f.format()) &&
		!slices.ContainsFunc(f.parts, func(p *part) bool { return !p.file.EndsLine })
}

// totals writes the rules for rows of sums.
func (f *feed) totals(t *recognise.WordTables) string {
	if format := f.format(); !slices.Contains([]string{"csv", "excel", "fixed"}, format) || len(f.tables) == 0 {
		return ""
	}
	var rules []string
	for _, c := range f.root().survey.Columns {
		var begin, end, patterns []string
		for label := range c.Deep.Totals {
			if recognise.IsRuler(label) {
				patterns = []string{"^[" + recognise.RulerMarks + "]{2}"}
				continue
			}
			words, isEnd := t.TotalWords(label)
			to := &begin
			if isEnd {
				to = &end
			}
			if words = regexpText(words); words != "" && !slices.Contains(*to, words) {
				*to = append(*to, words)
			}
		}
		if slices.Sort(begin); len(begin) > 0 {
			patterns = append(patterns, "^(?i:"+strings.Join(begin, "|")+`)(\P{L}|$)`)
		}
		if slices.Sort(end); len(end) > 0 {
			patterns = append(patterns, `\P{L}(?i:`+strings.Join(end, "|")+`)\P{L}*$`)
		}
		if titles := f.sectionsIn(c.Name); titles != "" {
			patterns = append(patterns, titles)
		}
		if len(patterns) > 0 {
			rules = append(rules, fmt.Sprintf("{column: %s, pattern: '%s'}", scalar(c.Name), strings.ReplaceAll(strings.Join(patterns, "|"), "'", "''")))
		}
	}
	if len(rules) == 0 {
		return ""
	}
	return "[" + strings.Join(rules, ", ") + "]"
}

func (f *feed) renderLocale(w *document, decided bool, company schemas.Locale) {
	l := f.locale
	for _, why := range []string{l.whyMarks, l.whyCountry, l.whyCurrency} {
		w.comment(2, why)
	}
	w.add(2, "- property: locale")
	w.add(4, "value:")
	if l.openMarks && !decided {
		w.ask(6, `is 1,234 a thousand or one and some? Write decimal: "." or ","`, "decimal: TODO")
	} else {
		w.add(6, "decimal: %q", l.decimal)
	}
	if l.group != "" {
		w.add(6, "group: %q", l.group)
		if l.indian {
			w.add(6, "grouping: %s", schemas.IndianGrouping)
		}
	}
	open := f.openDates()
	switch {
	case len(open) > 0 && l.date == "" && !decided:
		w.ask(6, dateQuestion(open), "date: TODO")
	case len(open) > 0 && l.date == "":
		w.add(6, "date: %s", scalar(open[0].layout))
	case l.date != "":
		w.add(6, "date: %s", scalar(l.date))
	default:
		w.add(6, "date: iso")
	}
	if l.country != "" && l.country != company.Country {
		w.add(6, "country: %s", scalar(l.country))
	}
	if l.currency != "" && l.currency != company.Currency {
		w.add(6, "currency: %s", l.currency)
	}
}

func dateQuestion(open []*columnDraft) string {
	var names []string
	for _, c := range open {
		if q := fmt.Sprintf("%q", c.profile.Name); !slices.Contains(names, q) {
			names = append(names, q)
		}
	}
	return fmt.Sprintf("is the day or the month first in %s? No date has a number above 12 in either place. Write %s or %s", strings.Join(names, ", "), open[0].layout, twin(open[0].layout))
}
