package publish

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// spareBytes must stay free beside the copy of a version, for what a run adds.
const spareBytes = 256 << 20

// Prepare empties the work folder (a killed run may have left its own there)
// and, where from names a version, copies its databases into it. It returns
// the work folder.
func (w Warehouse) Prepare(from *Version) (string, error) {
	if err := w.Sweep(); err != nil {
		return "", err
	}
	for _, dir := range []string{w.Work(), w.versions(), w.ledger(), w.Landing(), w.Decisions()} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return "", fmt.Errorf("prepare warehouse: %w", err)
		}
	}
	if from == nil {
		return w.Work(), w.checkSpace(0)
	}
	var size int64
	for _, name := range []string{WarehouseFile, ODSFile} {
		info, err := os.Stat(filepath.Join(from.Dir, name))
		if err != nil {
			return "", fmt.Errorf("prepare next version: %w", err)
		}
		size += info.Size()
	}
	if err := w.checkSpace(size); err != nil {
		return "", err
	}
	for _, name := range []string{WarehouseFile, ODSFile} {
		if err := copyFile(filepath.Join(from.Dir, name), filepath.Join(w.Work(), name)); err != nil {
			return "", err
		}
	}
	return w.Work(), nil
}

func (w Warehouse) checkSpace(size int64) error {
	free, err := freeBytes(w.Dir)
	if err != nil {
		return fmt.Errorf("measure free space: %w", err)
	}
	if need := uint64(size) + spareBytes; free < need {
		return fmt.Errorf("%s has %d MB free, the next version needs %d MB; run `loadstar gc` or free some space",
			w.Dir, free>>20, need>>20)
	}
	return nil
}

// Sweep removes what a killed run left: the work folder and half-made versions.
func (w Warehouse) Sweep() error {
	if err := os.RemoveAll(w.Work()); err != nil {
		return fmt.Errorf("sweep work folder: %w", err)
	}
	half, err := filepath.Glob(filepath.Join(w.versions(), "*"+halfMade))
	if err != nil {
		return fmt.Errorf("sweep versions: %w", err)
	}
	for _, dir := range half {
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("sweep versions: %w", err)
		}
	}
	return nil
}

const halfMade = ".half"

// Step names a point of Publish, in order, for tests that stop there.
type Step string

// The steps of Publish.
const (
	StepLedger  Step = "ledger written"
	StepVersion Step = "version complete"
	StepPointer Step = "pointer swapped"
)

// Publish makes the databases in the work folder the current version. ledger
// holds this run's events (JSON Lines, may be empty). The order is what makes
// it all or nothing: ledger, then version, each durable, then the pointer.
// after, if not nil, is called behind each step.
func (w Warehouse) Publish(m Manifest, ledger []byte, after func(Step)) error {
	if after == nil {
		after = func(Step) {}
	}
	if err := writeSynced(filepath.Join(w.ledger(), ledgerName(m.Version)), ledger, 0o644); err != nil {
		return fmt.Errorf("write ledger: %w", err)
	}
	if err := syncPath(w.ledger()); err != nil {
		return err
	}
	after(StepLedger)
	if err := w.assemble(&m); err != nil {
		return err
	}
	after(StepVersion)
	if err := w.Point(m.Version); err != nil {
		return err
	}
	after(StepPointer)
	return w.Sweep()
}

func (w Warehouse) assemble(m *Manifest) error {
	final := filepath.Join(w.versions(), versionName(m.Version))
	half := final + halfMade
	if err := os.Mkdir(half, 0o755); err != nil {
		return fmt.Errorf("assemble version: %w", err)
	}
	m.Sizes = map[string]int64{}
	modes := map[string]os.FileMode{WarehouseFile: 0o644, ODSFile: 0o640}
	for _, name := range []string{WarehouseFile, ODSFile} {
		from, to := filepath.Join(w.Work(), name), filepath.Join(half, name)
		if _, err := os.Stat(from + ".wal"); err == nil {
			return fmt.Errorf("assemble version: %s was not checkpointed", name)
		}
		if err := os.Rename(from, to); err != nil {
			return fmt.Errorf("assemble version: %w", err)
		}
		if err := errors.Join(os.Chmod(to, modes[name]), syncPath(to)); err != nil {
			return fmt.Errorf("assemble version: %w", err)
		}
		info, err := os.Stat(to)
		if err != nil {
			return fmt.Errorf("assemble version: %w", err)
		}
		m.Sizes[name] = info.Size()
	}
	if m.Full || m.FreshSizes == nil {
		m.FreshSizes, m.FreshRows = m.Sizes, m.rowCount()
	}
	if err := writeManifest(half, *m); err != nil {
		return err
	}
	if err := syncPath(half); err != nil {
		return err
	}
	if err := os.Rename(half, final); err != nil {
		return fmt.Errorf("assemble version: %w", err)
	}
	return syncPath(w.versions())
}

// Point makes a kept version the current one, in one rename.
func (w Warehouse) Point(number int64) error {
	if _, err := w.Version(number); err != nil {
		return err
	}
	next := w.pointer() + ".next"
	if err := os.RemoveAll(next); err != nil {
		return fmt.Errorf("swap pointer: %w", err)
	}
	if err := os.Symlink(filepath.Join("versions", versionName(number)), next); err != nil {
		return fmt.Errorf("swap pointer: %w", err)
	}
	if err := os.Rename(next, w.pointer()); err != nil {
		return fmt.Errorf("swap pointer: %w", err)
	}
	return syncPath(w.Dir)
}

// Collect removes all but the newest keep versions and the current one, and
// returns the numbers removed. Readers that hold one open keep their file.
func (w Warehouse) Collect(keep int) ([]int64, error) {
	current, err := w.Current()
	if err != nil {
		return nil, err
	}
	kept, err := w.Kept()
	if err != nil {
		return nil, err
	}
	var removed []int64
	for i, n := range kept {
		if n == current.Number || i >= len(kept)-keep {
			continue
		}
		if err := os.RemoveAll(filepath.Join(w.versions(), versionName(n))); err != nil {
			return removed, fmt.Errorf("remove version %d: %w", n, err)
		}
		removed = append(removed, n)
	}
	return removed, nil
}
