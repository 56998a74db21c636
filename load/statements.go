//go:build duckdb_arrow

package load

import "strings"

// splitStatements cuts a .sql file at semicolons that end a line.
func splitStatements(text string) []string {
	var statements []string
	for _, part := range strings.Split(text, ";\n") {
		part = strings.TrimSuffix(strings.TrimSpace(part), ";")
		if part != "" {
			statements = append(statements, part)
		}
	}
	return statements
}

// usesParameter tells whether a statement binds $1.
func usesParameter(statement string) bool { return strings.Contains(statement, "$1") }
