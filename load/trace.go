//go:build duckdb_arrow

package load

import (
	"context"
	"fmt"
	"strconv"

	"loadstar/schemas"
)

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
