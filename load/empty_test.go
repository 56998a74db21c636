//go:build duckdb_arrow

package load

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
)

// CopyEmpty writes the files of a build without rows into a folder, unless it
// holds some: to create and comment on all tables takes as long as most tests do.
func CopyEmpty(work string) error {
	if _, err := os.Stat(filepath.Join(work, odsFile)); err == nil {
		return nil
	}
	files, err := empty()
	if err != nil {
		return err
	}
	for name, bytes := range files {
		if err := os.WriteFile(filepath.Join(work, name), bytes, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// empty is what a build without rows writes, by the names of its files.
var empty = sync.OnceValues(func() (files map[string][]byte, err error) {
	work, err := os.MkdirTemp("", "loadstar-empty-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	b, err := Open(context.Background(), Options{Work: work, MemoryLimit: "500MB", Threads: 1, RunID: 1, Full: true})
	if err != nil {
		return nil, err
	}
	if err := b.Finish(context.Background()); err != nil {
		return nil, err
	}
	files = map[string][]byte{}
	for _, name := range []string{odsFile, warehouseFile} {
		if files[name], err = os.ReadFile(filepath.Join(work, name)); err != nil {
			return nil, err
		}
	}
	return files, nil
})
