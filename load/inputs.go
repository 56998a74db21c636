//go:build duckdb_arrow

package load

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed inputs/*.sql
var inputFiles embed.FS

// compareInputs finds the parts of a model, by the values of its key, that the
// tables it names as compared make otherwise than in the version before, and
// puts them into scratch.other_input. isWhole tells that a table changed that all
// parts hang on.
//
// Helper tables are made anew by each run, so nothing tells which of their rows
// changed; sums of the rows' hashes by key do.
func (m model) compareInputs(ctx context.Context, db *database) (isWhole bool, err error) {
	var sums []string
	for _, table := range m.compared {
		if err := m.addInput(&sums, "inputs/keyed.sql", table); err != nil {
			return false, err
		}
	}
	for _, table := range m.wholeWith {
		if !strings.HasPrefix(table, "src.") {
			isWhole = isWhole || db.isWritten(table)
		} else if err := m.addInput(&sums, "inputs/whole.sql", table); err != nil {
			return false, err
		}
	}
	if err := db.compress(ctx, passing); err != nil {
		return false, err
	}
	if _, err := db.exec(ctx, "create or replace table scratch.input as\n"+strings.Join(sums, unionAll)); err != nil {
		return false, fmt.Errorf("sum up inputs: %w", err)
	}
	other, err := sqlFile(inputFiles, "inputs/other.sql", "{model}", literal(m.table))
	if err != nil {
		return false, err
	}
	if _, err := db.exec(ctx, other); err != nil {
		return false, fmt.Errorf("compare inputs: %w", err)
	}
	changed, err := db.texts(ctx, "select distinct input from scratch.other_input")
	if err != nil {
		return false, fmt.Errorf("compare inputs: %w", err)
	}
	for _, row := range changed {
		isWhole = isWhole || slices.Contains(m.wholeWith, row[0])
	}
	return isWhole, nil
}

// keepInputs keeps what the parts of scratch.other_input are made of now, for the
// next run to compare. It is called when the model is made: one that failed is
// to find the same parts when it is tried again.
func (m model) keepInputs(ctx context.Context, db *database) error {
	files := map[string]string{}
	for _, name := range []string{"forget", "keep"} {
		var err error
		if files[name], err = sqlFile(inputFiles, "inputs/"+name+".sql", "{model}", literal(m.table)); err != nil {
			return err
		}
	}
	if _, err := db.rewrite(ctx, files["forget"], files["keep"]); err != nil {
		return fmt.Errorf("keep inputs: %w", err)
	}
	return nil
}

// addInput adds the query that sums up one of the tables.
func (m model) addInput(sums *[]string, file, table string) error {
	query, err := sqlFile(inputFiles, file, "{name}", literal(table), "{table}", quoteTable(table), "{key}", quote(m.key))
	if err != nil {
		return err
	}
	*sums = append(*sums, trimStatement(query))
	return nil
}
