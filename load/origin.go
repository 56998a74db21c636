//go:build duckdb_arrow

package load

import (
	"context"
	"embed"
	"fmt"
	"path"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"loadstar/schemas"
)

//go:embed origins/*.sql origins/*.yaml
var originFiles embed.FS

// Origin is one delivered row that a row of the warehouse comes from.
type Origin struct {
	Of                      string // the row of the warehouse, by its columns
	Part                    string // what the delivered row is in it: lead, order, fact_payment
	File, Sheet, Row        string
	Feed, SHA256, Delivered string
}

// Origins are the delivered rows that rows of one table come from.
type Origins struct {
	Found    []Origin // in order of the rows, at most as many as asked for
	Total    int64    // of all of them
	Rows     int64    // rows of the table that meet the condition
	Without  int64    // of these, rows that no delivered row tells of
	NoneNote string   // what such rows are, "" = nothing is known of them
}

// UntraceableError says why a table cannot be traced, and what to do instead.
type UntraceableError struct{ Table, Instead string }

func (e *UntraceableError) Error() string {
	return fmt.Sprintf("%s has no delivered rows of its own: %s", e.Table, e.Instead)
}

// originTable is what origins/tables.yaml says of a table.
type originTable struct {
	Row    []string `yaml:"row"`
	Cannot string   `yaml:"cannot"`
	None   string   `yaml:"none"`
}

// originStep finds delivered rows of a table's rows (fact_row, part, file_key,
// source_row) or, through another table, its rows (fact_row and that table's
// columns by which they are known).
type originStep struct {
	query   string
	through string // table, "" = the step finds delivered rows
	by      string // columns of that table
}

type originCatalogue struct {
	tables map[string]originTable
	steps  map[string][]originStep
}

var (
	originThrough = regexp.MustCompile(`(?m)^-- Through: (\w+) by ([\w, ]+)$`)
	loadOrigins   = sync.OnceValues(readOrigins)
)

func readOrigins() (originCatalogue, error) {
	c := originCatalogue{steps: map[string][]originStep{}}
	text, err := originFiles.ReadFile("origins/tables.yaml")
	if err != nil {
		return c, fmt.Errorf("read origins: %w", err)
	}
	if err := yaml.UnmarshalWithOptions(text, &c.tables, yaml.Strict()); err != nil {
		return c, fmt.Errorf("read origins: %w", err)
	}
	files, err := originFiles.ReadDir("origins")
	if err != nil {
		return c, fmt.Errorf("read origins: %w", err)
	}
	for _, f := range files {
		table, isQuery := strings.CutSuffix(f.Name(), ".sql")
		if !isQuery {
			continue
		}
		text, err := originFiles.ReadFile(path.Join("origins", f.Name()))
		if err != nil {
			return c, fmt.Errorf("read origins: %w", err)
		}
		for _, query := range splitStatements(string(text)) {
			step := originStep{query: query}
			if m := originThrough.FindStringSubmatch(query); m != nil {
				step.through, step.by = m[1], m[2]
			}
			c.steps[table] = append(c.steps[table], step)
		}
	}
	return c, nil
}

// isDirect tells whether each row of a table names its delivered row itself.
func isDirect(t schemas.StarTable) bool {
	return slices.ContainsFunc(t.Columns, func(c schemas.StarColumn) bool { return c.Name == "source_file_key" })
}

// query selects what the rows of a table that asked selects come from:
// fact_row, part, file_key, source_row. asked gives the columns of the table
// and fact_row.
func (c originCatalogue) query(t schemas.StarTable, asked string) (string, error) {
	steps := c.steps[t.Name]
	if len(steps) == 0 {
		if !isDirect(t) {
			return "", fmt.Errorf("%s has no origins", t.Name)
		}
		return "select fact_row, " + literal(t.Name) + " as part, source_file_key as file_key, source_row\nfrom (" + asked + ")\nwhere source_file_key is not null", nil
	}
	var parts []string
	for _, s := range steps {
		found := "with asked as (" + asked + ")\nfrom (\n" + s.query + "\n)"
		if s.through == "" {
			parts = append(parts, "select fact_row, part, file_key, source_row from ("+found+")")
			continue
		}
		next, err := schemas.StarTableNamed(t.Schema, s.through)
		if err != nil {
			return "", err
		}
		part, err := c.query(next, "select next.*, step.fact_row from ("+found+") as step\ninner join "+next.Qualified()+" as next using ("+s.by+")")
		if err != nil {
			return "", err
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "\nunion all\n"), nil
}

// picked selects the rows of a table that meet a condition, each with what it
// is called by.
func (c originCatalogue) picked(t schemas.StarTable, condition string) string {
	var names []string
	for _, column := range c.tables[t.Name].Row {
		names = append(names, literal(column+" ")+" || cast("+quote(column)+" as varchar)")
	}
	return "select *, {'n': row_number() over (), 'name': concat_ws(', ', " + strings.Join(names, ", ") + ")} as fact_row\nfrom " +
		t.Qualified() + "\nwhere " + condition + "\n"
}

// isCondition refuses what is no condition on the rows of a table. A number
// would be one to DuckDB, which all rows meet.
func (r *Reader) isCondition(ctx context.Context, t schemas.StarTable, condition string, key []string) error {
	types, err := r.texts(ctx, "select column_type from (describe select (\n"+condition+"\n) from "+t.Qualified()+")")
	if err != nil {
		return err
	}
	if is := types[0][0]; is != "BOOLEAN" && len(key) > 0 {
		return fmt.Errorf("%s is no condition but of type %s: write one as %q", condition, is, key[0]+" = "+condition)
	}
	return nil
}

// Origins finds the delivered rows that the rows of a table which meet a
// condition (SQL, "" = all) come from, and gives at most limit of them (0 =
// all). An *UntraceableError says that there can be none.
func (r *Reader) Origins(ctx context.Context, table, condition string, limit int) (Origins, error) {
	c, err := loadOrigins()
	if err != nil {
		return Origins{}, err
	}
	t, err := schemas.StarTableNamed("main", table)
	if err != nil {
		if own := r.countedFrom(ctx, table); own != nil {
			return Origins{}, own
		}
		return Origins{}, err
	}
	how, declared := c.tables[table]
	switch {
	case how.Cannot != "":
		return Origins{}, &UntraceableError{table, how.Cannot}
	case !declared:
		return Origins{}, r.countedFrom(ctx, table)
	case len(c.steps[table]) > 0 && !r.HasODS:
		return Origins{}, fmt.Errorf("trace %s: its delivered rows stand in the ODS, whose file may not be read", table)
	}
	if condition == "" {
		condition = "true"
	}
	if err := oneStatement(condition); err != nil {
		return Origins{}, err
	}
	if err := r.isCondition(ctx, t, condition, how.Row); err != nil {
		return Origins{}, fmt.Errorf("trace %s: the condition: %w", table, err)
	}
	traced, err := c.query(t, "from picked")
	if err != nil {
		return Origins{}, err
	}
	found, err := r.origins(ctx, "with picked as materialized (\n"+c.picked(t, condition)+"),\ntraced as (\nselect distinct * from (\n"+traced+"\n)\n)\n", limit)
	if err != nil {
		return found, fmt.Errorf("trace %s: %w", table, err)
	}
	found.NoneNote = how.None
	return found, nil
}

func (r *Reader) origins(ctx context.Context, with string, limit int) (Origins, error) {
	var found Origins
	counted, err := r.texts(ctx, with+"select count(*), (select count(*) from picked), count(distinct fact_row.n) from traced")
	if err != nil {
		return found, err
	}
	found.Total, found.Rows = atoi(counted[0][0]), atoi(counted[0][1])
	found.Without = found.Rows - atoi(counted[0][2])
	bound := ""
	if limit > 0 {
		bound = "\nlimit " + strconv.Itoa(limit)
	}
	rows, err := r.texts(ctx, with+`select f.fact_row.name, f.part, d.path, d.sheet, f.source_row, d.feed_name, d.sha256, strftime(d.delivered_at, '%Y-%m-%d %H:%M')
from traced as f
left join warehouse.meta.delivery as d on f.file_key = d.file_key
order by f.fact_row.name, f.fact_row.n, f.part, d.path, d.sheet, f.source_row`+bound)
	for _, c := range rows {
		found.Found = append(found.Found, Origin{Of: c[0], Part: c[1], File: c[2], Sheet: c[3], Row: c[4], Feed: c[5], SHA256: c[6], Delivered: c[7]})
	}
	return found, err
}

// countedFrom says which tables a table or view is counted from that can be
// traced in its place; nil where the version has no such table.
func (r *Reader) countedFrom(ctx context.Context, table string) error {
	rows, err := r.texts(ctx, "select distinct from_table from warehouse.meta.lineage where table_name = $1 order by 1", "main."+table)
	if err != nil {
		return fmt.Errorf("trace %s: %w", table, err)
	}
	if len(rows) == 0 {
		return nil
	}
	c, err := loadOrigins()
	if err != nil {
		return err
	}
	var traceable, rest []string
	for _, row := range rows {
		name, isMain := strings.CutPrefix(row[0], "main.")
		how, declared := c.tables[name]
		switch {
		case isMain && declared && how.Cannot == "":
			traceable = append(traceable, name)
		case !isMain:
			rest = append(rest, row[0])
		}
	}
	sort.SliceStable(traceable, func(i, j int) bool {
		return strings.HasPrefix(traceable[i], "fact_") && !strings.HasPrefix(traceable[j], "fact_")
	})
	switch {
	case len(traceable) > 0:
		return &UntraceableError{table, fmt.Sprintf("its rows are counted from %s; trace the rows counted, as `loadstar trace %s \"…\"`", strings.Join(traceable, ", "), traceable[0])}
	case len(rest) > 0:
		return &UntraceableError{table, fmt.Sprintf("its rows are made from %s; ask these with `loadstar query`", strings.Join(rest, ", "))}
	}
	return &UntraceableError{table, "it is made of views that have no delivered rows of their own; `loadstar query \"from meta.lineage\"` names them"}
}
