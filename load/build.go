//go:build duckdb_arrow

package load

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"loadstar/schemas"
)

//go:embed ods/*.sql
var odsFiles embed.FS

// The two databases of a version, and what a build needs beside them.
const (
	stageFile     = "stage.duckdb"
	odsFile       = "ods.duckdb"
	warehouseFile = "warehouse.duckdb"
)

// unlogged attaches a database without a write-ahead log: a build that does
// not come to its end is thrown away, so no commit need wait for the disk.
const unlogged = " (recovery_mode no_wal_writes, " + smallBlocks + ")"

// smallBlocks are a quarter of DuckDB's 256 KB. Each column that gets rows
// starts a block in memory, and a day writes a few rows into a thousand
// columns: with small ones it takes a fifth less processor time, a small
// version half the space, a large one a tenth less. Still smaller ones make
// checkpoints dearer than they save.
const smallBlocks = "block_size 65536"

// published attaches a database that is to be published, in smaller row groups
// than DuckDB's 122,880: the last one of each table that gets rows is written
// again by each run. Copies keep that size only if each attachment names it.
const published = " (recovery_mode no_wal_writes, row_group_size 30720, " + smallBlocks + ")"

// slowCompression are methods left out of the choice that a checkpoint makes
// for each column: trying them took a sixth of the time it took to write a
// version, and saved a fifteenth of its size.
const slowCompression = "zstd,alprd,roaring"

// littleCompression is left out as well where there is little to write: it
// halved the time it took to write such a version, for a fiftieth of its size.
const littleCompression = ",fsst"

// Options say where and for which run a version is built.
type Options struct {
	Work         string // private folder; ods.duckdb and warehouse.duckdb in it may be copies of the current version
	IdentityFrom string // ods.duckdb of the version whose identity a rebuild carries over, "" = none
	MemoryLimit  string // DuckDB's memory_limit, "1GB"
	Threads      int
	Lanes        int // connections that make models, ask checks and take digests at the same time; 0 = one
	RunID        int64
	AsOf         time.Time
	Full         bool   // both databases start empty
	Little       bool   // the version will hold so little that writing it takes longer than reading it
	Counted      func() // called after each check and each table's digest; nil = not called
}

func (o Options) slowCompression() string {
	if o.Little {
		return slowCompression + littleCompression
	}
	return slowCompression
}

// Build is a version being built. It is used by one goroutine at a time.
type Build struct {
	*database
	o            Options
	entities     []schemas.Entity
	closed       bool
	partiesReady bool
	staged       map[stageKey]*stageTable // not merged yet
	counter      int64                    // stage tables so far
	rejects      int64                    // refused rows so far
	refusing     *rejectRows              // refused rows that are not written yet
	stale        *staleness               // what this build wrote to makes stale; all is until Shape
	creating     chan error               // of tables that are created meanwhile, see created; nil = none
}

// Open opens the work folder's databases and creates what is missing.
func Open(ctx context.Context, o Options) (*Build, error) {
	entities, err := schemas.Entities()
	if err != nil {
		return nil, err
	}
	d, err := openDatabase(ctx,
		"attach if not exists "+literal(filepath.Join(o.Work, stageFile))+" as stage"+unlogged,
		"use stage",
		"set preserve_insertion_order = false")
	if err != nil {
		return nil, err
	}
	d.counted, d.home = o.Counted, "use stage"
	b := &Build{database: d, o: o, entities: entities, staged: map[stageKey]*stageTable{}, refusing: newRejectRows(), stale: newStaleness(d, nil, false)}
	b.stale.isFresh = o.Full
	if err := b.prepare(ctx); err != nil {
		return nil, fmt.Errorf("prepare work databases: %w", errors.Join(err, b.Discard()))
	}
	return b, nil
}

func (b *Build) prepare(ctx context.Context) error {
	settings := []string{
		"set memory_limit = " + literal(b.o.MemoryLimit),
		"set temp_directory = " + literal(filepath.Join(b.o.Work, "spill")),
		"set timezone = 'UTC'",
		"set disabled_compression_methods = " + literal(b.o.slowCompression()),
		"pragma disable_checkpoint_on_shutdown", // Finish writes what is to stay
		"attach " + literal(filepath.Join(b.o.Work, odsFile)) + " as ods" + published,
		"attach " + literal(filepath.Join(b.o.Work, warehouseFile)) + " as warehouse" + published,
		"attach ':memory:' as staging (" + smallBlocks + ")",
		"create schema if not exists ods.idn",
		"create schema if not exists ods.quarantine",
		"create schema if not exists warehouse.meta",
		"create schema if not exists changed",
		"create schema if not exists src",
		"create schema if not exists affected",
		"create schema if not exists scratch",
	}
	if !b.o.Full { // rows keep their places until the end: DigestsSince relies on it
		settings = append(settings, "set wal_autocheckpoint = '1TB'")
	}
	if err := b.execAll(ctx, settings); err != nil {
		return err
	}
	if err := b.SetThreads(ctx, b.o.Threads); err != nil {
		return err
	}
	if err := b.createEntities(ctx); err != nil {
		return err
	}
	if err := b.ensureStar(ctx); err != nil {
		return err
	}
	return b.carryIdentity(ctx)
}

// SetThreads says with how many threads DuckDB goes on; 0 = as it does.
func (b *Build) SetThreads(ctx context.Context, n int) error {
	if n <= 0 {
		return nil
	}
	if _, err := b.exec(ctx, fmt.Sprintf("set threads = %d", n)); err != nil {
		return fmt.Errorf("set threads: %w", err)
	}
	return nil
}

// LendMemory makes DuckDB give back what it holds in memory, and do with little
// until back is called. What can't be given back is kept.
func (b *Build) LendMemory(ctx context.Context) (back func() error) {
	const little = "128MB"
	_, _ = b.exec(ctx, "set memory_limit = "+literal(little)) // fails where more is in use
	return func() error {
		if _, err := b.exec(ctx, "set memory_limit = "+literal(b.o.MemoryLimit)); err != nil {
			return fmt.Errorf("set memory limit: %w", err)
		}
		return nil
	}
}

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

// carryIdentity copies schema idn from another version: identity is state,
// which a rebuild keeps.
func (b *Build) carryIdentity(ctx context.Context) error {
	if b.o.IdentityFrom == "" {
		return nil
	}
	if err := b.execAll(ctx, []string{"attach " + literal(b.o.IdentityFrom) + " as earlier (read_only)"}); err != nil {
		return err
	}
	rows, err := b.texts(ctx, "select table_name from duckdb_tables() where database_name = 'earlier' and schema_name = 'idn' order by all")
	if err != nil {
		return err
	}
	for _, row := range rows {
		table := "idn." + quote(row[0])
		if _, err := b.exec(ctx, "insert into ods."+table+" by name select * from earlier."+table); err != nil {
			return err
		}
	}
	_, err = b.exec(ctx, "detach earlier")
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

// sqlFile reads an embedded statement. Names in braces stand for identifiers
// and are replaced by the given ones, which callers have quoted.
func sqlFile(files fs.FS, name string, identifiers ...string) (string, error) {
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return "", fmt.Errorf("read statement %s: %w", name, err)
	}
	return strings.NewReplacer(identifiers...).Replace(string(text)), nil
}

// Discard closes a build without finishing it. It is safe after Finish.
func (b *Build) Discard() error {
	if b.closed {
		return nil
	}
	b.closed = true
	for _, t := range b.staged {
		if t.feeder != nil {
			t.feeder.abort()
		}
	}
	b.refusing.release()
	return errors.Join(b.created(), b.close())
}

// Finish writes everything to the two database files and closes them. No
// write-ahead log is left beside them.
func (b *Build) Finish(ctx context.Context) error {
	if len(b.staged) > 0 {
		return fmt.Errorf("finish version: %d staged objects were not merged", len(b.staged))
	}
	if err := b.compress(ctx, lasting); err != nil {
		return fmt.Errorf("finish version: %w", err)
	}
	if err := errors.Join(b.besides(ctx, "checkpoint warehouse", func() error {
		_, err := b.exec(ctx, "checkpoint ods")
		return err
	}), b.execAll(ctx, []string{"detach ods", "detach warehouse"})); err != nil {
		return fmt.Errorf("finish version: %w", err)
	}
	if err := b.Discard(); err != nil {
		return fmt.Errorf("finish version: %w", err)
	}
	for _, name := range []string{odsFile, warehouseFile} {
		if _, err := os.Stat(filepath.Join(b.o.Work, name+".wal")); err == nil {
			return fmt.Errorf("finish version: %s still has a write-ahead log", name)
		}
	}
	return nil
}
