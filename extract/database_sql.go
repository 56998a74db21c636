package extract

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// sqlSnapshot is a snapshot through database/sql: one connection, in a read
// transaction.
type sqlSnapshot struct {
	db   *sql.DB
	conn *sql.Conn
	// text appends the exact text of a value of a column.
	text func(to []byte, value any, declared string) ([]byte, error)
	// parameter makes a value that was read a parameter.
	parameter func(value any) any
}

func (s *sqlSnapshot) close() error {
	// Nothing was written: closing the connection ends the transaction.
	return errors.Join(s.conn.Close(), s.db.Close())
}

func (s *sqlSnapshot) columns(ctx context.Context, query string) (columns []sourceColumn, err error) {
	rows, err := s.conn.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	for _, t := range types {
		columns = append(columns, sourceColumn{name: t.Name(), declared: t.DatabaseTypeName()})
	}
	return columns, rows.Err()
}

func (s *sqlSnapshot) rows(ctx context.Context, query string, args []any, sink rowSink, keep []int) (count int64, last []any, err error) {
	// Prepared, MySQL gives numbers as numbers; as text it rounds floats.
	statement, err := s.conn.PrepareContext(ctx, query)
	if err != nil {
		return 0, nil, err
	}
	defer func() { err = errors.Join(err, statement.Close()) }()
	rows, err := statement.QueryContext(ctx, args...)
	if err != nil {
		return 0, nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	types, err := rows.ColumnTypes()
	if err != nil {
		return 0, nil, err
	}
	values, targets, declared := make([]any, len(types)), make([]any, len(types)), make([]string, len(types))
	for i, t := range types {
		targets[i], declared[i] = &values[i], t.DatabaseTypeName()
	}
	var text []byte
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return count, nil, err
		}
		for i, value := range values {
			if text, err = s.text(text[:0], value, declared[i]); err != nil {
				return count, nil, fmt.Errorf("column %s: %w", types[i].Name(), err)
			}
			sink.add(i, text, value == nil)
		}
		count++
		if err := sink.endRow(); err != nil {
			return count, nil, err
		}
	}
	if count > 0 {
		for _, i := range keep {
			last = append(last, s.parameter(values[i]))
		}
	}
	return count, last, rows.Err()
}
