//go:build duckdb_arrow

package load

import (
	"context"
	"fmt"
	"strconv"

	"loadstar/schemas"
)

// Origin is where a fact's row was delivered.
type Origin struct {
	Key                     string // row id
	File, Sheet, Row        string
	Feed, SHA256, Delivered string
}

// Origins finds where the rows of a fact that meet a condition (SQL, "" = all)
// were delivered, at most limit.
func (r *Reader) Origins(ctx context.Context, fact, condition string, limit int) ([]Origin, error) {
	table, err := schemas.StarTableNamed("main", fact)
	if err != nil {
		return nil, err
	}
	if condition == "" {
		condition = "true"
	}
	if err := oneStatement(condition); err != nil {
		return nil, err
	}
	rows, err := r.texts(ctx, `select f.row_id, d.path, d.sheet, f.source_row, d.feed_name, d.sha256, strftime(d.delivered_at, '%Y-%m-%d %H:%M')
from (select * from `+table.Qualified()+` where `+condition+`) as f
left join warehouse.meta.delivery as d on f.source_file_key = d.file_key
order by d.path, d.sheet, f.source_row
limit `+strconv.Itoa(limit))
	if err != nil {
		return nil, fmt.Errorf("trace %s: %w", fact, err)
	}
	var found []Origin
	for _, c := range rows {
		found = append(found, Origin{Key: c[0], File: c[1], Sheet: c[2], Row: c[3], Feed: c[4], SHA256: c[5], Delivered: c[6]})
	}
	return found, nil
}

// Fate is what became of one delivered row as one entity.
type Fate struct {
	Entity  string
	Outcome string // loaded, redelivered, superseded, quarantined, not loaded
	Detail  string
}

// FateOf looks up what became of a conformed row. Its row id is taken without
// the number among equal rows, as transform gives it; several records of one
// place, as nested ones are, are told apart by their content.
func (r *Reader) FateOf(ctx context.Context, entity string, fileKey, sourceRow int64, rowID, contentHash schemas.ID) (Fate, error) {
	e, err := schemas.EntityNamed(entity)
	if err != nil {
		return Fate{}, err
	}
	table := "ods.main." + quote(e.Name)
	fate := Fate{Entity: entity}
	rows, err := r.texts(ctx, "select row_id from "+table+
		" where file_key = $1 and source_row = $2 and content_hash = $3::decimal(38, 0)", fileKey, sourceRow, contentHash.ToString(0))
	if err != nil {
		return fate, fmt.Errorf("look up %s: %w", entity, err)
	}
	if len(rows) > 0 {
		fate.Outcome, fate.Detail = "loaded", "row "+rows[0][0]
		return fate, nil
	}
	rows, err = r.texts(ctx, `select cast(o.content_hash as varchar) = $2, d.path, d.sheet, o.source_row
from `+table+` as o left join warehouse.meta.delivery as d on o.file_key = d.file_key
where o.row_id = $1::decimal(38, 0)`, rowID.ToString(0), contentHash.ToString(0))
	if err != nil {
		return fate, fmt.Errorf("look up %s: %w", entity, err)
	}
	if len(rows) == 0 {
		fate.Outcome = "not loaded"
		return fate, nil
	}
	fate.Outcome = "superseded"
	if rows[0][0] == "true" {
		fate.Outcome = "redelivered"
	}
	fate.Detail = schemas.Place{File: rows[0][1], Sheet: rows[0][2], Row: atoi(rows[0][3])}.String() + " holds the state that counts"
	return fate, nil
}

// CustomersAt lists the customers whose parties came from one delivered row:
// customer key and display name.
func (r *Reader) CustomersAt(ctx context.Context, fileKey, sourceRow int64) ([][]string, error) {
	return r.texts(ctx, `select distinct s.customer_key, d.display_name
from ods.main.customer as c
inner join ods.idn.source_record as s on c.source_customer_key = s.source_customer_key
left join warehouse.main.dim_customer as d on s.customer_key = d.customer_key
where c.file_key = $1 and c.source_row = $2
order by s.customer_key`, fileKey, sourceRow)
}

// ViolationsAt lists the broken rules of one delivered row.
func (r *Reader) ViolationsAt(ctx context.Context, fileKey, sourceRow int64) ([][]string, error) {
	return r.texts(ctx, `select r.object, v.rule, v.column_name, v.cell, v.reason
from ods.quarantine.row as r inner join ods.quarantine.violation as v on r.reject_id = v.reject_id
where r.file_key = $1 and r.source_row = $2 order by all`, fileKey, sourceRow)
}

func atoi(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
