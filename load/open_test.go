//go:build duckdb_arrow

package load_test

import (
	"context"
	"testing"

	"loadstar/load"
)

// open opens a build that is thrown away.
func open(t *testing.T) *load.Build { return openAt(t, t.TempDir()) }

// openAt opens a build in an empty folder, or goes on with what is there.
func openAt(t *testing.T, work string) *load.Build {
	t.Helper()
	if err := load.CopyEmpty(work); err != nil {
		t.Fatal(err)
	}
	b, err := load.Open(context.Background(), load.Options{Work: work, MemoryLimit: "500MB", Threads: 1, RunID: 1, Full: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Discard(); err != nil {
			t.Error(err)
		}
	})
	return b
}
