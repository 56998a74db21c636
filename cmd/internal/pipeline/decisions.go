package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"loadstar/dedupe"
	"loadstar/load/publish"
)

// Decisions reads every human judgement on pairs of a warehouse, in the order
// of their files and lines.
func Decisions(w publish.Warehouse) ([]dedupe.StoredDecision, error) {
	all, err := readDecisions(w)
	return all.Pairs, err
}

// readDecisions reads every human judgement: on pairs, names and values.
func readDecisions(w publish.Warehouse) (all dedupe.Judgements, err error) {
	files, err := filepath.Glob(filepath.Join(w.Decisions(), "*.jsonl"))
	if err != nil {
		return all, fmt.Errorf("list decisions: %w", err)
	}
	slices.Sort(files)
	for _, file := range files {
		lines, err := os.ReadFile(file)
		if err != nil {
			return all, fmt.Errorf("read decisions: %w", err)
		}
		found, err := dedupe.ParseDecisions(lines)
		if err != nil {
			return all, fmt.Errorf("decisions %s: %w", filepath.Base(file), err)
		}
		all.Pairs, all.Names, all.Values = append(all.Pairs, found.Pairs...), append(all.Names, found.Names...), append(all.Values, found.Values...)
	}
	return all, nil
}

// Where Loadstar itself writes judgements. Other files of the folder count as
// well, and may hold all kinds.
const (
	decisionFile     = "review.jsonl"
	nameDecisionFile = "names.jsonl"
	overrideFile     = "customers.jsonl"
)

// Decide appends judgements on pairs; the next run replays them. Either all are
// on disk or the error says so.
func Decide(w publish.Warehouse, judgements ...dedupe.StoredDecision) error {
	return appendDecisions(w, decisionFile, judgements)
}

// DecideNames does the same for judgements on names.
func DecideNames(w publish.Warehouse, judgements ...dedupe.NameDecision) error {
	return appendDecisions(w, nameDecisionFile, judgements)
}

// Override does the same for values that a person sets for customers.
func Override(w publish.Warehouse, set ...dedupe.StoredOverride) error {
	return appendDecisions(w, overrideFile, set)
}

func appendDecisions[D interface{ Check() error }](w publish.Warehouse, file string, judgements []D) error {
	for _, d := range judgements {
		if err := d.Check(); err != nil {
			return err
		}
	}
	if err := appendLines(filepath.Join(w.Decisions(), file), judgements); err != nil {
		return fmt.Errorf("write decision: %w", err)
	}
	return nil
}

// appendLines appends values to a file of JSON lines that may hold personal
// data, and makes its folder. When it returns nil all are on disk.
func appendLines[T any](path string, values []T) (err error) {
	lines, err := lineEnd(path)
	if err != nil {
		return err
	}
	for _, v := range values {
		line, err := json.Marshal(v)
		if err != nil {
			return err
		}
		lines = append(append(lines, line...), '\n')
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o640)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.Write(lines); err != nil {
		return err
	}
	return f.Sync()
}

// lineEnd is what a file lacks so that the next line stands alone: an editor,
// or a machine that stopped in the middle of a line, may have left its last
// line open.
func lineEnd(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if len(text) == 0 || text[len(text)-1] == '\n' {
		return nil, nil
	}
	return []byte{'\n'}, nil
}
