//go:build duckdb_arrow

package load

import (
	"regexp"
	"slices"
	"strings"
)

// unitOf reads the unit off the house's suffixes and the type; money is what
// amounts of the table are in.
func unitOf(name, kind, money string) string {
	for _, u := range []struct{ suffix, unit string }{
		{"reporting_amount", "money in the company's currency"}, {"velocity_amount", "money in the company's currency, a day"},
		{"amount", money}, {"unit_price", money}, {"unit_cost", money}, {"cost_per_lead", money}, {"cost_per_order", money},
		{"amount_per_customer", money}, {"margin_per_customer", money},
		{"_date_key", "day, yyyymmdd; see dim_date"}, {"_days", "days"}, {"_minutes", "minutes"}, {"_seconds", "seconds"}, {"_weeks", "weeks"},
		{"_percent", "percent, 0 to 100"}, {"_count", "number"}, {"_weight", "millionths"}, {"_millibits", "thousandths of a bit"},
		{"_bytes", "bytes"}, {"_share", "share, 0 to 1"}, {"_rate", "share, 0 to 1"}, {"_rate_by_amount", "share, 0 to 1"}, {"_ratio", "ratio"},
		{"_score", "points"}, {"_key", "key"}, {"_number", "number from 1"}, {"quantity", "units"},
		{"actual_value", "unit of the metric"}, {"target_value", "unit of the metric"}, {"year_before_value", "unit of the metric"},
	} {
		if strings.HasSuffix(name, u.suffix) {
			return u.unit
		}
	}
	switch {
	case slices.Contains([]string{"conversion", "conversion_from_first", "retention"}, name):
		return "share, 0 to 1"
	case slices.Contains([]string{"return_on_ad_spend", "attainment", "lift"}, name):
		return "ratio"
	case strings.HasPrefix(name, "days_"):
		return "days"
	case strings.HasPrefix(name, "months_"):
		return "months"
	case kind == "boolean":
		return "true or false"
	case kind == "timestamptz":
		return "moment, UTC"
	case kind == "date":
		return "day"
	case kind == "integer" || kind == "bigint" || kind == "ubigint" || strings.HasPrefix(kind, "decimal"):
		return "number"
	case kind == "varchar":
		return "text"
	}
	return ""
}

var columnWord = regexp.MustCompile(`[a-z][a-z0-9_]*`)

// ofFormula fills what a KPI says from what its columns say: the units of its
// measures, and the sources of the columns that the formula names, of all
// measures where it names none, of all columns where those only count rows.
func ofFormula(kpi *catalogueRow, columns []catalogueRow) {
	_, formula, _ := strings.Cut(kpi.Meaning, "Formula: ")
	named := columnWord.FindAllString(formula, -1)
	var units, sources, measures, all []string
	for _, c := range columns {
		if c.Sources != "" {
			all = append(all, strings.Split(c.Sources, ", ")...)
		}
		if slices.Contains([]string{"", "text", "key", "moment, UTC", "true or false", "number from 1"}, c.Unit) || strings.HasPrefix(c.Unit, "day, ") {
			continue
		}
		if !slices.Contains(units, c.Unit) {
			units = append(units, c.Unit)
		}
		to := &measures
		if slices.Contains(named, c.Column) {
			to = &sources
		}
		if c.Sources != "" {
			*to = append(*to, strings.Split(c.Sources, ", ")...)
		}
	}
	for _, instead := range [][]string{measures, all} { // a number of rows is computed from no column
		if len(sources) == 0 {
			sources = instead
		}
	}
	slices.Sort(sources)
	kpi.Unit, kpi.Sources = strings.Join(units, "; "), strings.Join(slices.Compact(sources), ", ")
}

// questionOf asks what a column of a table answers.
func questionOf(table, column, unit string) string {
	for _, kind := range []string{"dim_", "fact_", "kpi_"} {
		table = strings.TrimPrefix(table, kind)
	}
	of := strings.ReplaceAll(table, "_", " ")
	about := func(ending string) string { return strings.ReplaceAll(strings.TrimSuffix(column, ending), "_", " ") }
	switch {
	case unit == "true or false" && strings.HasPrefix(column, "has_"):
		return "How many rows of " + of + " have " + strings.TrimPrefix(about(""), "has ") + "?"
	case unit == "true or false":
		return "How many rows of " + of + " are " + strings.TrimPrefix(about(""), "is ") + "?"
	case strings.HasSuffix(column, "_date_key"):
		return "How many rows of " + of + " fall into each month, by " + about("_key") + "?"
	case unit == "moment, UTC" || unit == "day":
		return "When was the first, and when the last " + of + ", by " + about("_at") + "?"
	case unit == "key":
		return "Which " + about("_key") + " does each row of " + of + " belong to?"
	case unit == "number" && strings.HasSuffix(column, "_count"):
		return "How many " + about("_count") + " are there in " + of + "?"
	case unit == "text" || unit == "":
		return "Which " + about("") + " occur in " + of + ", and how often?"
	}
	return "How high is " + about("") + " in " + of + ", and where is it highest?"
}
