package publish

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// writeSynced writes a whole file and returns when its bytes are on disk.
func writeSynced(path string, text []byte, mode os.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return fmt.Errorf("write file: %w", err)
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write file %s: %w", filepath.Base(path), err)
	}
	return nil
}

// syncPath makes a file's bytes, or a folder's names, durable.
func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("sync: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("sync %s: %w", filepath.Base(path), err)
	}
	return nil
}

// copyFile copies from to to, sharing blocks where the file system can.
func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("copy version: %w", err)
	}
	info, err := source.Stat()
	if err != nil {
		return fmt.Errorf("copy version: %w", errors.Join(err, source.Close()))
	}
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, info.Mode().Perm()|0o200)
	if err != nil {
		return fmt.Errorf("copy version: %w", errors.Join(err, source.Close()))
	}
	if err := reflink(target, source); err != nil {
		_, err = io.Copy(target, source)
		if err != nil {
			return fmt.Errorf("copy version: %w", errors.Join(err, target.Close(), source.Close()))
		}
	}
	if err := errors.Join(target.Close(), source.Close()); err != nil {
		return fmt.Errorf("copy version: %w", err)
	}
	return nil
}
