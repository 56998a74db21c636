//go:build duckdb_arrow

package load

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
)

// A build has one connection that does its work in turn, and lanes: connections
// that make models, ask checks and take digests at the same time. Small queries
// do not keep several processors busy; several of them do.

// marks are what the statements of a build leave for later ones to know. The
// connections of the build share them.
type marks struct {
	mu      sync.Mutex
	written map[string]bool     // tables that rows were added to or removed from, see reads.go
	lost    map[string][]string // keys that left a dimension, see touched.go
	kept    map[string]bool     // facts whose changed rows are kept, see touched.go
	counted func()              // called by tell; nil = nobody listens

	compression compression  // of new rows, "" = DuckDB's choice
	lanes       int          // connections that work now, 0 or 1 = one
	alone       sync.RWMutex // held by what may not run beside others, see sparingly.go
}

func newMarks() *marks {
	return &marks{written: map[string]bool{}, lost: map[string][]string{}}
}

// tell says that one more of the things a long step goes through is done.
func (m *marks) tell() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.counted != nil {
		m.counted()
	}
}

// noteWritten notes that a table got or lost rows; "" is none.
func (m *marks) noteWritten(table string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if table != "" {
		m.written[table] = true
	}
}

// isWritten tells whether a table got or lost rows.
func (m *marks) isWritten(table string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.written[table]
}

// isAnyWritten tells whether the build wrote to any table.
func (m *marks) isAnyWritten() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.written) > 0
}

// noteLost notes keys that left a table.
func (m *marks) noteLost(table, key string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lost[table] = append(m.lost[table], key)
}

// lostKeysOf are the keys that left a table.
func (m *marks) lostKeysOf(table string) []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.lost[table]
}

// besideOthers gives work the build's connection and as many further ones as
// its options say, each on a goroutine of its own, and returns when all have
// ended. Each has schemas affected and scratch of its own; all else is shared.
func (b *Build) besideOthers(ctx context.Context, work func(context.Context, *database) error) (err error) {
	if b.o.Lanes < 2 {
		return work(ctx, b.database)
	}
	if err := b.compress(ctx, lasting); err != nil {
		return err
	}
	threads, err := b.number(ctx, "select current_setting('threads')")
	if err != nil {
		return fmt.Errorf("ask for threads: %w", err)
	}
	// DuckDB counts the thread of one connection among its own.
	if err := b.SetThreads(ctx, max(1, int(threads)-b.o.Lanes+1)); err != nil {
		return err
	}
	b.marks.lanes = b.o.Lanes
	defer func() {
		b.marks.lanes = 1
		err = errors.Join(err, b.SetThreads(context.WithoutCancel(ctx), int(threads)))
	}()
	caller := ctx
	ctx, end := context.WithCancelCause(caller)
	defer end(nil)
	var running sync.WaitGroup
	running.Go(func() {
		if err := work(ctx, b.database); err != nil {
			end(err)
		}
	})
	for i := range b.o.Lanes - 1 {
		running.Go(func() {
			if err := b.apart(ctx, func(db *database) error {
				if err := b.asLane(ctx, db, i+2); err != nil {
					return err
				}
				return work(ctx, db)
			}); err != nil {
				end(err)
			}
		})
	}
	running.Wait()
	if err := caller.Err(); err != nil {
		return err
	}
	return context.Cause(ctx) // what failed first: the others were ended by it
}

// asLane gives a connection schemas affected and scratch in a database of its
// own.
func (b *Build) asLane(ctx context.Context, db *database, number int) error {
	name := fmt.Sprintf("lane_%d", number)
	db.home = "set search_path = " + literal("stage.main,"+name+".affected,"+name+".scratch")
	if err := db.execAll(ctx, []string{
		"attach if not exists " + literal(filepath.Join(b.o.Work, name+".duckdb")) + " as " + name + unlogged,
		"create schema if not exists " + name + ".affected",
		"create schema if not exists " + name + ".scratch",
		db.home,
	}); err != nil {
		return fmt.Errorf("open %s: %w", name, err)
	}
	return nil
}

// each calls do once for each number below n, beside others.
func (b *Build) each(ctx context.Context, n int, do func(ctx context.Context, db *database, i int) error) error {
	var mu sync.Mutex
	next := 0
	return b.besideOthers(ctx, func(ctx context.Context, db *database) error {
		for {
			mu.Lock()
			i := next
			next++
			mu.Unlock()
			if i >= n {
				return nil
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := do(ctx, db, i); err != nil {
				return err
			}
		}
	})
}
