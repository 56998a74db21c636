package pipeline

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"loadstar/cmd/internal/config"
	"loadstar/load"
	"loadstar/load/publish"
	"loadstar/schemas/fault"
)

// segmentName is how a segment may be called: its name becomes a file's.
var segmentName = regexp.MustCompile(`^[a-z][a-z0-9_-]*$`)

// Segment reads a saved query of the project: a .sql file in the folder that
// segments: of loadstar.yaml names. It must select customer_key.
func Segment(cfg config.Config, name string) (string, error) {
	if !segmentName.MatchString(name) {
		return "", fmt.Errorf("segment %q: use lower-case letters, digits, - and _", name)
	}
	if cfg.Segments == "" {
		return "", errors.New("loadstar.yaml names no folder of segments; add segments: FOLDER")
	}
	text, err := os.ReadFile(filepath.Join(cfg.Segments, name+".sql"))
	if errors.Is(err, os.ErrNotExist) {
		known := segments(cfg.Segments)
		if len(known) == 0 {
			return "", fmt.Errorf("read segment: %w; the folder holds no .sql file", err)
		}
		return "", fmt.Errorf("read segment: %w; %s", err, fault.DidYouMean(name, known))
	}
	if err != nil {
		return "", fmt.Errorf("read segment: %w", err)
	}
	return string(text), nil
}

// segments are the names of a folder's saved queries; none where it can't be
// read.
func segments(dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), ".sql"); ok {
			names = append(names, name)
		}
	}
	return names
}

// Select appends a selection of customers for a campaign to the warehouse; the
// next run puts it into fact_campaign_member. It holds keys only.
func Select(w publish.Warehouse, segment string, chosen []load.Selection) error {
	if err := appendLines(filepath.Join(w.Selections(), segment+".jsonl"), chosen); err != nil {
		return fmt.Errorf("write selection: %w", err)
	}
	return nil
}

// selections reads every selection of a warehouse, in the order of files and
// lines.
func selections(w publish.Warehouse) ([]load.Selection, error) {
	files, err := filepath.Glob(filepath.Join(w.Selections(), "*.jsonl"))
	if err != nil {
		return nil, fmt.Errorf("list selections: %w", err)
	}
	slices.Sort(files)
	var all []load.Selection
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read selections: %w", err)
		}
		for i, line := range bytes.Split(text, []byte("\n")) {
			if len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			var s load.Selection
			if err := json.Unmarshal(line, &s); err != nil || s.Campaign == "" || s.Party == 0 || s.At.IsZero() {
				return nil, fmt.Errorf("selections %s: line %d is not campaign, party and at", filepath.Base(file), i+1)
			}
			all = append(all, s)
		}
	}
	return all, nil
}
