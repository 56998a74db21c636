package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// Names inside a version folder.
const (
	WarehouseFile = "warehouse.duckdb" // star and marts, for everybody
	ODSFile       = "ods.duckdb"       // ODS, identity and quarantine, for stewards
)

// Warehouse is a warehouse folder.
type Warehouse struct{ Dir string }

// Version is one published version.
type Version struct {
	Number   int64
	Dir      string // resolved once: it stays readable while newer versions come
	Manifest Manifest
}

// ErrNoVersion says that nothing has been published yet.
var ErrNoVersion = errors.New("the warehouse has no published version yet; run `loadstar run` first")

// Landing is the folder of the delivered bytes.
func (w Warehouse) Landing() string { return filepath.Join(w.Dir, "landing") }

// Work is the private folder of the running job.
func (w Warehouse) Work() string { return filepath.Join(w.Dir, "work") }

// Decisions is the folder of human judgements.
func (w Warehouse) Decisions() string { return filepath.Join(w.Dir, "decisions") }

// Selections is the folder of the customers selected for campaigns.
func (w Warehouse) Selections() string { return filepath.Join(w.Dir, "selections") }

func (w Warehouse) versions() string { return filepath.Join(w.Dir, "versions") }
func (w Warehouse) ledger() string   { return filepath.Join(w.Dir, "ledger") }
func (w Warehouse) pointer() string  { return filepath.Join(w.Dir, "current") }

func versionName(n int64) string { return fmt.Sprintf("%06d", n) }

// Current resolves the pointer once and reads the version it names.
func (w Warehouse) Current() (Version, error) {
	target, err := os.Readlink(w.pointer())
	if errors.Is(err, fs.ErrNotExist) {
		return Version{}, ErrNoVersion
	}
	if err != nil {
		return Version{}, fmt.Errorf("read current version: %w", err)
	}
	number, err := strconv.ParseInt(filepath.Base(target), 10, 64)
	if err != nil {
		return Version{}, fmt.Errorf("current points at %q, which is no version", target)
	}
	return w.Version(number)
}

// Version reads one kept version.
func (w Warehouse) Version(number int64) (Version, error) {
	dir := filepath.Join(w.versions(), versionName(number))
	m, err := readManifest(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return Version{}, fmt.Errorf("version %d is not kept; kept are %s", number, w.keptNames())
	}
	if err != nil {
		return Version{}, err
	}
	return Version{Number: number, Dir: dir, Manifest: m}, nil
}

// Kept lists the numbers of all versions on disk, ascending.
func (w Warehouse) Kept() ([]int64, error) {
	return numbered(w.versions(), "")
}

func (w Warehouse) keptNames() string {
	kept, err := w.Kept()
	if err != nil || len(kept) == 0 {
		return "none"
	}
	names := make([]string, len(kept))
	for i, n := range kept {
		names[i] = strconv.FormatInt(n, 10)
	}
	return strings.Join(names, ", ")
}

// numbered lists the entries of a folder that are a number and a suffix.
func numbered(dir, suffix string) ([]int64, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", filepath.Base(dir), err)
	}
	var numbers []int64
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), suffix)
		if !ok {
			continue
		}
		if n, err := strconv.ParseInt(name, 10, 64); err == nil {
			numbers = append(numbers, n)
		}
	}
	sort.Slice(numbers, func(i, j int) bool { return numbers[i] < numbers[j] })
	return numbers, nil
}

// Next is the number of the next run: above every version and every ledger
// file ever written, so that no number is used twice, not even after a
// rollback or a killed run.
func (w Warehouse) Next() (int64, error) {
	kept, err := w.Kept()
	if err != nil {
		return 0, err
	}
	ledgers, err := numbered(w.ledger(), ".jsonl")
	if err != nil {
		return 0, err
	}
	next := int64(1)
	for _, n := range append(kept, ledgers...) {
		next = max(next, n+1)
	}
	return next, nil
}

// Ledger returns the bytes of one ledger file named in a manifest.
func (w Warehouse) Ledger(name string) ([]byte, error) {
	text, err := os.ReadFile(filepath.Join(w.ledger(), filepath.Base(name)))
	if err != nil {
		return nil, fmt.Errorf("read ledger: %w", err)
	}
	return text, nil
}

// LedgerFiles lists every ledger file on disk in order, those of rolled-back
// and killed runs among them: their keys are spent.
func (w Warehouse) LedgerFiles() ([]string, error) {
	numbers, err := numbered(w.ledger(), ".jsonl")
	if err != nil {
		return nil, err
	}
	names := make([]string, len(numbers))
	for i, n := range numbers {
		names[i] = ledgerName(n)
	}
	return names, nil
}

func ledgerName(run int64) string { return versionName(run) + ".jsonl" }
