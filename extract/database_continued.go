package extract

import (
	"fmt"
	"strings"
)

// Continuation names a table whose rows tell more of those of another: one of
// each at most.
type Continuation struct {
	Table   string
	Key     string   // column that is unique in it
	Of      string   // column of the other table with the same ids
	Columns []string // what it tells
}

// Continued is the query for the table of a pull with columns of those that
// continue it. Rows that none continues have no value there.
func (p Pull) Continued(with []Continuation) (string, error) {
	dialect, err := dialectOf(p.Driver)
	if err != nil {
		return "", err
	}
	quoted := func(table string) string { return (&database{dialect: dialect, pull: Pull{Table: table}}).tableName() }
	columns, joins := []string{"base.*"}, []string{quoted(p.Table) + " as base"}
	for i, c := range with {
		more := fmt.Sprintf("more_%d", i+1)
		for _, name := range c.Columns {
			columns = append(columns, more+"."+dialect.quote(name))
		}
		joins = append(joins, fmt.Sprintf("left join %s as %s on %s.%s = base.%s", quoted(c.Table), more, more, dialect.quote(c.Key), dialect.quote(c.Of)))
	}
	return "select " + strings.Join(columns, ", ") + " from " + strings.Join(joins, " "), nil
}
