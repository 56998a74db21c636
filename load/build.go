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
