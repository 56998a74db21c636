package publish

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// Holder tells who runs a job on a warehouse folder.
type Holder struct {
	PID   int       `json:"pid"`
	Host  string    `json:"host"`
	Run   int64     `json:"run"`
	Since time.Time `json:"since"`
}

// String names the holder for people.
func (h Holder) String() string {
	return fmt.Sprintf("run %d of process %d on %s, since %s", h.Run, h.PID, h.Host, h.Since.UTC().Format(time.RFC3339))
}

// LockedError says that another run holds the warehouse.
type LockedError struct{ Holder Holder }

// Error names the holder.
func (e *LockedError) Error() string {
	return fmt.Sprintf("the warehouse is locked by %s; wait for it to end", e.Holder)
}

// Lock is the right to build the next version. The operating system frees it
// when the process dies, so a dead holder never blocks; its note stays in the
// file and says who it was.
type Lock struct {
	file *flock.Flock
	// TakenOver is the holder that died without unlocking, if there was one.
	TakenOver *Holder
}

const lockName = "run.lock"

// Acquire takes the lock of a warehouse folder or returns a *LockedError.
func (w Warehouse) Acquire(h Holder) (*Lock, error) {
	if err := os.MkdirAll(w.Dir, 0o755); err != nil {
		return nil, fmt.Errorf("create warehouse folder: %w", err)
	}
	path := filepath.Join(w.Dir, lockName)
	file := flock.New(path)
	got, err := file.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock warehouse: %w", err)
	}
	previous, readErr := readHolder(path)
	if !got {
		return nil, &LockedError{Holder: previous}
	}
	l := &Lock{file: file}
	if readErr == nil && previous.PID != 0 {
		l.TakenOver = &previous
	}
	text, err := json.Marshal(h)
	if err == nil {
		err = writeSynced(path, append(text, '\n'), 0o644)
	}
	if err != nil {
		return nil, fmt.Errorf("lock warehouse: %w", errors.Join(err, file.Unlock()))
	}
	return l, nil
}

// Release gives the lock back and empties its note.
func (l *Lock) Release() error {
	err := os.Truncate(l.file.Path(), 0)
	if err := errors.Join(err, l.file.Unlock()); err != nil {
		return fmt.Errorf("unlock warehouse: %w", err)
	}
	return nil
}

func readHolder(path string) (Holder, error) {
	var h Holder
	text, err := os.ReadFile(path)
	if err != nil {
		return h, err
	}
	return h, json.Unmarshal(text, &h)
}
