//go:build duckdb_arrow

package load

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"loadstar/schemas"
)

// createEntities creates the ODS tables that are missing.
func (b *Build) createEntities(ctx context.Context) error {
	existing, err := b.tables(ctx)
	if err != nil {
		return err
	}
	var ods, changed []string
	for _, e := range b.entities {
		names := []string{e.Name}
		if e.History {
			names = append(names, e.Name+versionSuffix)
		}
		for _, name := range names {
			if !existing["ods.main."+name] {
				ods = append(ods, entityDDL(e, name)...)
			}
		}
		changed = append(changed, "create table changed."+quote(e.Name)+" (row_id decimal(38, 0))")
	}
	changed = append(changed,
		"create table changed.customer_key (source_customer_key bigint)",
		"create table changed.party (source_system varchar, party_id varchar)",
		"create table changed.moved (source_customer_key bigint)",
		"create table changed.customer_scope (customer_key bigint)",
		"create table changed.golden (customer_key bigint)",
		"create table changed.fact_customer (fact varchar, customer_key bigint)",
		"create table changed.file (file_key bigint, sha256 varchar, sheet varchar)",
	)
	if err := b.define(ctx, ods); err != nil {
		return err
	}
	return b.define(ctx, append(changed, rejectedTables()...))
}

// ensureStar creates the fixed tables that are missing.
func (b *Build) ensureStar(ctx context.Context) error {
	existing, err := b.tables(ctx)
	if err != nil {
		return err
	}
	star, err := schemas.Star()
	if err != nil {
		return err
	}
	ddl := map[string][]string{}
	for _, t := range star {
		if t.View || existing[t.Catalog+"."+t.Schema+"."+t.Name] {
			continue
		}
		place := t.Catalog
		if t.Catalog == schemas.CatalogWarehouse {
			place += "." + t.Schema
		}
		ddl[place] = append(ddl[place], t.DDL()...)
	}
	for _, place := range []string{"ods", "warehouse.meta"} {
		if err := b.define(ctx, ddl[place]); err != nil {
			return err
		}
	}
	if b.o.Lanes < 2 {
		return b.define(ctx, ddl["warehouse.main"])
	}
	b.creating = make(chan error, 1)
	go func() {
		b.creating <- b.apart(ctx, func(db *database) error { return db.define(ctx, ddl["warehouse.main"]) })
	}()
	return nil
}

// created waits for the tables of schema main, which nothing uses before Shape
// and which are created meanwhile: a table has a statement for each comment.
func (b *Build) created() error {
	if b.creating == nil {
		return nil
	}
	err := <-b.creating
	b.creating = nil
	if err != nil {
		return fmt.Errorf("create tables: %w", err)
	}
	return nil
}

// define is together of statements that create things and comment on them. The
// optimizer finds nothing in them, and looking took a third of their time.
func (d *database) define(ctx context.Context, statements []string) error {
	if _, err := d.exec(ctx, "pragma disable_optimizer"); err != nil {
		return err
	}
	err := d.together(ctx, statements)
	_, enableErr := d.exec(context.WithoutCancel(ctx), "pragma enable_optimizer")
	return errors.Join(err, enableErr)
}

// together runs statements that write one database in one transaction: each
// commit of its own would wait for the disk.
func (d *database) together(ctx context.Context, statements []string) error {
	if len(statements) == 0 {
		return nil
	}
	if _, err := d.exec(ctx, "begin"); err != nil {
		return err
	}
	if err := d.execAll(ctx, statements); err != nil {
		_, rollbackErr := d.exec(context.WithoutCancel(ctx), "rollback")
		return errors.Join(err, rollbackErr)
	}
	_, err := d.exec(ctx, "commit")
	return err
}

func (b *Build) tables(ctx context.Context) (map[string]bool, error) {
	rows, err := b.texts(ctx, "select database_name || '.' || schema_name || '.' || table_name from duckdb_tables()")
	if err != nil {
		return nil, err
	}
	names := map[string]bool{}
	for _, row := range rows {
		names[row[0]] = true
	}
	return names, nil
}

const versionSuffix = "_version"

// column is one column of an ODS table.
type column struct{ name, kind, comment string }

// entityColumns are the columns of an entity's ODS table, in order.
func entityColumns(e schemas.Entity) []column {
	columns := []column{
		{"row_id", "decimal(38, 0)", "hash of feed and source key, or of the content where the feed has no key"},
		{"content_hash", "decimal(38, 0)", "hash of every mapped value and attribute"},
		{"occurrence", "integer", "number of the row among equal rows of its delivery, from 1"},
		{"is_exact_duplicate", "boolean", "true where an equal row came before it in the same delivery"},
		{"feed_name", "varchar", "feed that delivered the row"},
		{"object_name", "varchar", "schema object of the feed's contract that the row is"},
		{"source_system", "varchar", "system that owns the ids in the row"},
		{"file_key", "bigint", "delivered file or sheet, see meta.delivery"},
		{"source_row", "bigint", "line or worksheet row in that file, from 1"},
		{"received_at", "timestamptz", "moment of the last delivery that told the state; 1970-01-01 where nothing tells"},
		{"effective_at", "timestamptz", "moment from which the state holds: its version column, else the delivery that told it first"},
	}
	if _, ok := e.Field("customer_id"); ok {
		columns = append(columns, column{schemas.ColCustomerKey, "bigint", "the party as its source system knows it; null where the row names none"})
	}
	if _, ok := e.Field("referred_by_customer_id"); ok {
		columns = append(columns, column{schemas.ColReferrerKey, "bigint", "the party that referred this one; null where the row names none"})
	}
	for _, f := range e.Fields {
		columns = append(columns, column{f.Name, strings.ToLower(f.Type.SQL()), f.Meaning})
	}
	columns = append(columns, column{schemas.ColAttributes, "varchar", "JSON object of the delivered columns that the contract maps onto no field"})
	if _, ok := e.Field("is_deleted"); !ok {
		columns = append(columns, column{"is_deleted", "boolean", "true where the last snapshot no longer holds the row"})
	}
	return columns
}

func entityDDL(e schemas.Entity, name string) []string {
	table := "ods.main." + quote(name)
	var lines, comments []string
	for _, c := range entityColumns(e) {
		lines = append(lines, "    "+quote(c.name)+" "+c.kind)
		comments = append(comments, "comment on column "+table+"."+quote(c.name)+" is "+literal(c.comment))
	}
	meaning := e.Meaning + ". Grain: " + e.Grain
	if name != e.Name {
		meaning = "Every state that " + e.Name + " had. Grain: one state of " + e.Grain
	}
	statements := []string{
		"create table " + table + " (\n" + strings.Join(lines, ",\n") + "\n)",
		"comment on table " + table + " is " + literal(meaning),
	}
	return append(statements, comments...)
}
