//go:build duckdb_arrow

package load

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"time"

	"loadstar/schemas"
)

// RunRecord is what a version tells about the run that built it.
type RunRecord struct {
	Run, Parent           int64
	AsOf                  time.Time
	StartedAt, FinishedAt time.Time
	Full                  bool
	TimeZone, Currency    string
	FiscalYearStart       int
	ConfigHash            string
}

// RecordRun adds a row to meta.run.
func (b *Build) RecordRun(ctx context.Context, r RunRecord) error {
	_, err := b.exec(ctx, `insert into warehouse.meta.run by name select
    $1 as run_id, $2 as parent_run_id, $3 as as_of, $4 as started_at, $5 as finished_at, $6 as is_full,
    $7 as company_time_zone, $8 as company_currency, $9 as fiscal_year_start, $10 as config_hash`,
		r.Run, r.Parent, r.AsOf, r.StartedAt, r.FinishedAt, r.Full, r.TimeZone, r.Currency, int32(r.FiscalYearStart), r.ConfigHash)
	if err != nil {
		return fmt.Errorf("record run: %w", err)
	}
	return nil
}

// ModelHash names everything in this package that decides what the star looks
// like: a version built by another must be rebuilt.
func ModelHash() (string, error) {
	h := sha256.New()
	for _, files := range []embed.FS{modelFiles, odsFiles, funnelFiles, seedFiles} {
		err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := files.ReadFile(path)
			if err != nil {
				return err
			}
			h.Write([]byte(path))
			h.Write(text)
			return nil
		})
		if err != nil {
			return "", fmt.Errorf("hash models: %w", err)
		}
	}
	ddl, err := starText()
	if err != nil {
		return "", err
	}
	h.Write([]byte(ddl))
	return hex.EncodeToString(h.Sum(nil)), nil
}

func starText() (string, error) {
	star, err := schemas.Star()
	if err != nil {
		return "", err
	}
	entities, err := schemas.Entities()
	if err != nil {
		return "", err
	}
	text := fmt.Sprint(star)
	for _, e := range entities {
		text += fmt.Sprint(e)
	}
	return text, nil
}
