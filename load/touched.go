//go:build duckdb_arrow

package load

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"loadstar/schemas"
)

var (
	changedFact = regexp.MustCompile(`\bchanged\.(fact_\w+)`)
	checkedFact = regexp.MustCompile(`\bwarehouse\.(fact_\w+)`)
)

// keepChanges creates changed.<fact> for each fact whose changed rows the
// affected set of a model asks for, but changed.fact_customer, or a check that
// is asked of changed keys.
func (d *database) keepChanges(ctx context.Context, models []model) error {
	checks, err := Checks()
	if err != nil {
		return err
	}
	var asking [][]string
	for _, m := range models {
		asking = append(asking, changedFact.FindAllStringSubmatch(m.affected, -1)...)
	}
	for _, c := range checks {
		for _, header := range changedKeys.FindAllString(c.Query, -1) {
			asking = append(asking, checkedFact.FindAllStringSubmatch(header, -1)...)
		}
	}
	d.kept = map[string]bool{}
	for _, named := range asking {
		fact := named[1]
		if fact == "fact_customer" || d.kept[fact] {
			continue
		}
		d.kept[fact] = true
		if _, err := d.exec(ctx, "create or replace table changed."+quote(fact)+" as from warehouse."+quote(fact)+" limit 0"); err != nil {
			return fmt.Errorf("keep changes of %s: %w", fact, err)
		}
	}
	return nil
}

// noteChanges keeps rows that a fact loses or gets: models that are made anew
// in part find their affected set in them. Whose they are goes into
// changed.fact_customer, the whole rows into changed.<fact> where a model asks
// for them. rows selects the rows of from, which has the columns of target.
func (d *database) noteChanges(ctx context.Context, target schemas.StarTable, from, rows string) error {
	if !strings.HasPrefix(target.Name, "fact_") {
		return nil
	}
	var notes []string
	if slices.ContainsFunc(target.Columns, func(c schemas.StarColumn) bool { return c.Name == "customer_key" }) {
		notes = append(notes, "insert into changed.fact_customer select distinct "+literal(target.Name)+", customer_key from "+from+" where "+rows)
	}
	if d.kept[target.Name] {
		notes = append(notes, "insert into changed."+quote(target.Name)+" by name select * from "+from+" where "+rows)
	}
	for _, note := range notes {
		if _, err := d.exec(ctx, note); err != nil {
			return fmt.Errorf("note changes of %s: %w", target.Name, err)
		}
	}
	return nil
}

// parents are facts that rows of other facts belong to, by their first column.
var parents = []string{"fact_pipeline", "fact_online_funnel"}

// noteLost keeps which keys of a dimension or parent, values of its first
// column, leave: facts of earlier runs may then have no row left. It stops
// behind lostKeys.
func (d *database) noteLost(ctx context.Context, target schemas.StarTable, part string) error {
	if !strings.HasPrefix(target.Name, "dim_") && !slices.Contains(parents, target.Name) {
		return nil
	}
	key := quote(target.Columns[0].Name)
	lost, err := d.texts(ctx, "select "+key+" from "+target.Qualified()+" where "+part+
		" and rowid in (select old from scratch.difference) except select "+key+" from scratch.next limit "+strconv.Itoa(lostKeys+1))
	if err != nil {
		return fmt.Errorf("look for lost keys of %s: %w", target.Name, err)
	}
	for _, row := range lost {
		d.marks.noteLost(tableName(target.Qualified()), row[0])
	}
	return nil
}
