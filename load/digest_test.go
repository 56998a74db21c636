//go:build duckdb_arrow

package load

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// next finishes a build and opens the next one on a copy of it, as a run does.
func (s star) next(run int64) (star, Before) {
	s.Helper()
	ctx := context.Background()
	digests, err := s.Digests(ctx)
	if err == nil {
		err = s.Finish(ctx)
	}
	if err != nil {
		s.Fatal(err)
	}
	before := Before{Dir: s.o.Work, Digests: map[string]string{}, Rows: map[string]int64{}}
	for _, d := range digests {
		before.Digests[d.Table], before.Rows[d.Table] = d.Value, d.Rows
	}
	work := s.TempDir()
	for _, name := range []string{odsFile, warehouseFile} {
		bytes, err := os.ReadFile(filepath.Join(before.Dir, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(work, name), bytes, 0o600)
		}
		if err != nil {
			s.Fatal(err)
		}
	}
	b, err := Open(ctx, Options{Work: work, MemoryLimit: "1GB", Threads: 1, RunID: run})
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() {
		if err := b.Discard(); err != nil {
			s.Error(err)
		}
	})
	return star{s.TB, b}, before
}

// TestDigestsSince removes and adds rows of every table: the digests carried
// forward must be those of the tables.
func TestDigestsSince(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := newStar(t, "people", "facts", "histories")
	s.shape(Everything)
	for run := range int64(3) {
		var before Before
		s, before = s.next(run + 2)
		tables, err := s.digestTables(ctx)
		if err != nil {
			t.Fatal(err)
		}
		carried := 0
		for i, table := range tables {
			name := table.qualified(table.catalog)
			switch (int64(i) + run) % 4 {
			case 0: // untouched
			case 1:
				s.do("delete from " + name + " where rowid % 3 = 1")
			case 2:
				s.do("insert into " + name + " from " + name + " where rowid % 3 = 0")
			case 3:
				s.do("insert into " + name + " from " + name + " where rowid % 2 = 0")
				s.do("delete from " + name + " where rowid % 5 = 2")
			}
			carried += int(before.Rows[table.String()])
		}
		if carried < 100 {
			t.Fatalf("only %d rows in all tables", carried)
		}
		counted := 0
		s.counted = func() { counted++ }
		got, err := s.DigestsSince(ctx, before)
		if err != nil {
			t.Fatal(err)
		}
		if s.counted = nil; counted != len(got) {
			t.Errorf("told of %d tables of %d", counted, len(got))
		}
		want, err := s.Digests(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, want) {
			t.Errorf("run %d:\n got %v\nwant %v", run, got, want)
		}
	}
}

// TestDigestGuard alters a row in its place, which no statement of Loadstar
// does: the run that counts the table both ways refuses.
func TestDigestGuard(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := newStar(t, "people", "facts")
	s.shape(Everything)
	tables, err := s.digestTables(ctx)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(tables, func(t digestTable) bool { return t.name == "fact_order_line" })
	s, before := s.next(int64(len(tables) + i))
	s.do("update warehouse.fact_order_line set quantity = 4711 where rowid = 0")
	if _, err := s.DigestsSince(ctx, before); !errors.Is(err, ErrDigest) {
		t.Errorf("error %v, want %v", err, ErrDigest)
	}
}

// TestNoUpdateInPlace: a row that counts is replaced, never updated, so that
// its place tells whether it is new.
func TestNoUpdateInPlace(t *testing.T) {
	t.Parallel()
	update := regexp.MustCompile(`(?mi)^\s*update\s+(\S+)\s+set\s+(\w+)`)
	for _, files := range []fs.FS{odsFiles, modelFiles, seedFiles, checkFiles} {
		err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := fs.ReadFile(files, path)
			for _, m := range update.FindAllStringSubmatch(string(text), -1) {
				if table, column := m[1], m[2]; table != "verdict" && column != "received_at" {
					t.Errorf("%s updates %s of %s in its place", path, column, table)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(fmt.Errorf("walk: %w", err))
		}
	}
}
