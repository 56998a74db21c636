package quarantine

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"

	"loadstar/cmd/internal/config"
	"loadstar/extract"
	"loadstar/load"
	"loadstar/load/publish"
	"loadstar/schemas/fault"
)

// Given is one delivery on its way back to its sender.
type Given struct {
	Feed, Path string
	Rows       int // that are marked
	extract.Annotated
}

// suspect is one delivery with rows in quarantine.
type suspect struct {
	feed     config.Feed
	delivery publish.Delivery
	remarks  []extract.Remark
}

func (s suspect) landed(cfg config.Config) extract.Landed {
	d := s.delivery
	return extract.Landed{
		Feed: d.Feed, Path: d.Path, SHA256: d.SHA256, Size: d.Size, DeliveredAt: d.DeliveredAt, Cursor: d.Cursor,
		File: extract.LandedFile(publish.Warehouse{Dir: cfg.Warehouse}.Landing(), d.SHA256),
	}
}

// suspects gives open violations to the deliveries they came with, in the
// order of loading. Of a path that was delivered several times only the last
// one has open violations.
func suspects(cfg config.Config, v publish.Version, open []load.Violation) ([]suspect, error) {
	feeds := map[string]config.Feed{}
	for _, f := range cfg.Feeds {
		feeds[f.Name] = f
	}
	type key struct{ feed, path string }
	last := map[key]publish.Delivery{}
	var order []key
	for _, d := range v.Manifest.Deliveries {
		k := key{d.Feed, d.Path}
		if _, known := last[k]; !known {
			order = append(order, k)
		}
		last[k] = d
	}
	remarks := map[key][]extract.Remark{}
	for _, x := range open {
		row, err := strconv.ParseInt(x.Row, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("row of %s: %w", x.Place(), err)
		}
		k := key{x.Feed, x.File}
		remarks[k] = append(remarks[k], extract.Remark{
			Sheet: x.Sheet, Row: row, Cell: x.Cell, Column: x.Column, Text: x.Reason + " (" + string(fault.OfRule(x.Rule)) + ")",
		})
	}
	var found []suspect
	for _, k := range order {
		feed, known := feeds[k.feed]
		if len(remarks[k]) > 0 && known {
			found = append(found, suspect{feed: feed, delivery: last[k], remarks: remarks[k]})
		}
	}
	return found, nil
}

// Annotate writes a copy of each file that has open violations into a folder
// of its feed below folder, with the bad cells and rows marked. Tables have no
// file to give back and are left out.
func Annotate(ctx context.Context, cfg config.Config, v publish.Version, open []load.Violation, folder string) ([]Given, error) {
	found, err := suspects(cfg, v, open)
	if err != nil {
		return nil, err
	}
	var given []Given
	for _, s := range found {
		if err := ctx.Err(); err != nil {
			return given, err
		}
		if s.feed.From.Pattern == "" {
			continue
		}
		g := Given{Feed: s.feed.Name, Path: s.delivery.Path, Rows: rowsOf(s.remarks)}
		if g.Annotated, err = extract.Annotate(s.feed.Contract, s.landed(cfg), s.remarks, filepath.Join(folder, s.feed.Name)); err != nil {
			return given, fmt.Errorf("feed %s: %w", s.feed.Name, err)
		}
		given = append(given, g)
	}
	return given, nil
}

// place names a row of a delivery.
type place struct {
	sheet string
	row   int64
}

func rowsOf(remarks []extract.Remark) int {
	rows := map[place]bool{}
	for _, r := range remarks {
		rows[place{r.Sheet, r.Row}] = true
	}
	return len(rows)
}
