package schemas

import (
	"fmt"
	"slices"
	"strings"
)

// dialectFormats says which formats a word of a dialect is for. Words that are
// not listed are for all.
var dialectFormats = map[string][]string{
	"encoding": {"csv", "fixed", "json", "jsonl"}, "compression": {"csv", "fixed", "json", "jsonl"},
	"delimiter": {"csv"}, "quote": {"csv"}, "escape": {"csv"}, "trim": {"csv"},
	"comment": {"csv", "fixed"}, "skip": {"csv", "fixed"}, "ragged": {"csv", "fixed"}, "trailer": {"csv", "fixed"},
	"header": {"csv", "fixed", "excel"}, "totals": {"csv", "fixed", "excel"},
	"header_join": {"csv", "excel"}, "header_find": {"csv", "excel"},
	"final_newline": {"csv", "fixed", "jsonl"}, "records": {"json", "jsonl"},
	"sheets": {"excel"}, "not_sheets": {"excel"}, "columns": {"excel"}, "table_ends": {"excel"}, "merged_cells": {"excel"},
	"hidden_rows": {"excel"}, "hidden_sheets": {"excel"}, "hidden_columns": {"excel"},
}

// nestedFormats may hold records in records, which a path leads to.
var nestedFormats = []string{"json", "jsonl", "parquet", "arrow"}

// CheckFormat refuses what a contract says about another format than its
// deliveries have: it would be read by nobody. Contracts that ship are for
// several formats.
func (c Contract) CheckFormat(format string) error {
	if c.Shipped || format == "" {
		return nil
	}
	for _, word := range c.DialectWords {
		if of, known := dialectFormats[word]; known && !slices.Contains(of, format) {
			return fmt.Errorf("dialect: %s is for %s, and the feed is %s", word, strings.Join(of, ", "), format)
		}
	}
	nested := slices.Contains(nestedFormats, format)
	for _, o := range c.Objects {
		if o.Path != "" && !nested {
			return fmt.Errorf("schema %s: path is for %s, and the feed is %s", o.Name, strings.Join(nestedFormats, ", "), format)
		}
		for _, p := range o.Properties {
			switch {
			case (p.Start != 0 || p.Width != 0) && format != "fixed":
				return fmt.Errorf("schema %s: property %s: start and width are for fixed, and the feed is %s", o.Name, p.Name, format)
			case strings.HasPrefix(p.From, "../") && !nested:
				return fmt.Errorf("schema %s: property %s: from: %s is for %s, and the feed is %s", o.Name, p.Name, p.From, strings.Join(nestedFormats, ", "), format)
			}
		}
	}
	return nil
}
