//go:build duckdb_arrow

package load

import (
	"regexp"
	"strings"
)

// Tables are named in one way here, whatever a statement calls them:
// ods.customer, ods.idn.state, warehouse.dim_date, warehouse.meta.run,
// src.pursuit, changed.golden.

var (
	comment     = regexp.MustCompile(`--[^\n]*`)
	writeTarget = regexp.MustCompile(`(?i)\b(?:insert\s+into|delete\s+from|update|merge\s+into|truncate)\s+([\w."]+)`)
	mention     = regexp.MustCompile(`(?i)(?:\b(from|join)\s+)?((?:"?\w+"?\.){1,2}"?\w+"?|\w+)(\s*\()?`)
)

// catalogOf names the catalog of the schemas that a version's queries name
// without it.
var catalogOf = map[string]string{"meta": "warehouse", "idn": "ods", "quarantine": "ods"}

// tableName brings the name of a table, or of a column with its table, into
// the form above; "" where it can be none.
func tableName(text string) string {
	parts := strings.Split(strings.ToLower(strings.ReplaceAll(text, `"`, "")), ".")
	if len(parts) == 1 || parts[0] == "main" {
		parts = append([]string{"warehouse"}, parts...)
	}
	if catalog, ok := catalogOf[parts[0]]; ok {
		parts = append([]string{catalog}, parts...)
	}
	switch parts[0] {
	case "ods", "warehouse":
		if len(parts) > 2 && parts[1] == "main" {
			parts = append(parts[:1], parts[2:]...)
		}
		n := 2
		if _, isSchema := catalogOf[parts[1]]; isSchema {
			n = 3
		}
		return strings.Join(parts[:min(n, len(parts))], ".")
	case "src", "changed":
		return strings.Join(parts[:2], ".")
	default:
		return ""
	}
}

// written is the table whose rows a statement adds, removes or changes, ""
// where it does nothing of that.
func written(statement string) string {
	m := writeTarget.FindStringSubmatch(comment.ReplaceAllString(statement, ""))
	if m == nil {
		return ""
	}
	return tableName(m[1])
}

// readTables are the tables that a query reads, and perhaps more: whatever is
// named like one counts. A name without a schema is one after from or join; it
// may be that of a subquery.
func readTables(query string) []string {
	var names []string
	known := map[string]bool{}
	for _, m := range mention.FindAllStringSubmatch(comment.ReplaceAllString(query, ""), -1) {
		isCall, isQualified := m[3] != "", strings.Contains(m[2], ".")
		if isCall || !isQualified && m[1] == "" {
			continue
		}
		if name := tableName(m[2]); name != "" && !known[name] {
			known[name] = true
			names = append(names, name)
		}
	}
	return names
}
