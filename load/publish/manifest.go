package publish

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// FormatVersion is the version of the files this release writes. A folder of
// another format is rebuilt from landing, never altered.
const FormatVersion = 15

// Manifest describes one published version: what went in, under which
// settings, and what came out.
type Manifest struct {
	Format     int               `json:"format"`
	Version    int64             `json:"version"`
	Run        int64             `json:"run"`    // the run that built it; equal to Version
	Parent     int64             `json:"parent"` // version it was derived from, 0 = none
	AsOf       time.Time         `json:"as_of"`
	StartedAt  time.Time         `json:"started_at"`
	FinishedAt time.Time         `json:"finished_at"`
	Full       bool              `json:"full"`   // rebuilt from landing
	Hashes     map[string]string `json:"hashes"` // config, contracts, transform, sql, model, dictionary
	Deliveries []Delivery        `json:"deliveries"`
	Again      []Again           `json:"again,omitempty"`
	Ledger     []string          `json:"ledger"`  // ledger files whose events hold, in order
	Digests    map[string]string `json:"digests"` // catalog.schema.table -> digest
	Rows       map[string]int64  `json:"rows"`
	Sizes      map[string]int64  `json:"sizes"`       // bytes of each database file
	FreshSizes map[string]int64  `json:"fresh_sizes"` // bytes after the last full Shape
	FreshRows  int64             `json:"fresh_rows"`  // rows of all tables then
	Warnings   []string          `json:"warnings,omitempty"`
	Report     json.RawMessage   `json:"report,omitempty"` // the run's report, as the pipeline writes it
}

// Delivery is one delivery that a version holds, in the order of loading.
type Delivery struct {
	Feed        string    `json:"feed"`
	Path        string    `json:"path"` // as delivered
	SHA256      string    `json:"sha256"`
	Size        int64     `json:"size"`
	DeliveredAt time.Time `json:"delivered_at"`
	Run         int64     `json:"run"`
	Rows        int64     `json:"rows"`
	Sheets      []string  `json:"sheets,omitempty"` // worksheets with rows, in alphabetical order; not kept by earlier releases
	Cursor      string    `json:"cursor,omitempty"`
	State       string    `json:"state,omitempty"` // that a plug-in left
	Keys        bool      `json:"keys,omitempty"`  // it holds the keys of all rows, and nothing else
}

// Again is a file or pull that brought nothing: an earlier delivery of the feed
// had the same bytes. It tells that the feed is alive.
type Again struct {
	Feed        string    `json:"feed"`
	Path        string    `json:"path"` // as delivered
	SHA256      string    `json:"sha256"`
	DeliveredAt time.Time `json:"delivered_at"`
	Run         int64     `json:"run"`
}

// Bloated names the database file that holds much more than its rows need: it
// has grown beyond 1.25 times what a fresh one of as many rows takes. Space of
// rows that were removed is used again, but not always all of it. file is ""
// where none has, where fresh sizes are not known, and for small files.
func (m Manifest) Bloated() (file string, size, fresh int64) {
	const least = 256 << 20
	if m.FreshRows == 0 {
		return "", 0, 0
	}
	rows := max(m.rowCount(), m.FreshRows)
	for _, name := range []string{WarehouseFile, ODSFile} {
		size, fresh = m.Sizes[name], int64(float64(m.FreshSizes[name])*float64(rows)/float64(m.FreshRows))
		if size >= least && size > fresh+fresh/4 {
			return name, size, fresh
		}
	}
	return "", 0, 0
}

// rowCount is how many rows all tables have.
func (m Manifest) rowCount() (rows int64) {
	for _, n := range m.Rows {
		rows += n
	}
	return rows
}

const manifestName = "manifest.json"

func readManifest(dir string) (Manifest, error) {
	var m Manifest
	text, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		return m, fmt.Errorf("read manifest: %w", err)
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return m, fmt.Errorf("read manifest of %s: %w", filepath.Base(dir), err)
	}
	return m, nil
}

func writeManifest(dir string, m Manifest) error {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	return writeSynced(filepath.Join(dir, manifestName), append(text, '\n'), 0o644)
}
