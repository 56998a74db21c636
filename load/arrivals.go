//go:build duckdb_arrow

package load

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Arrival is one file or pull of a feed, whether it brought anything or not.
type Arrival struct {
	Feed        string
	Path        string // as delivered
	SHA256      string
	DeliveredAt time.Time // moment it speaks for; 1970-01-01 = nothing tells
	Run         int64     // that saw it first
	IsKnown     bool      // an earlier one of the feed had the same bytes: nothing was loaded
}

// RecordArrivals keeps in meta.arrival what arrived so far. How fresh a feed
// is shows in what arrives, not in what is loaded.
func (b *Build) RecordArrivals(ctx context.Context, arrivals []Arrival) error {
	type row struct {
		Feed        string `json:"feed_name"`
		Path        string `json:"path"`
		SHA256      string `json:"sha256"`
		DeliveredAt int64  `json:"delivered_at"`
		Run         int64  `json:"run_id"`
		IsKnown     bool   `json:"is_known"`
	}
	rows := make([]row, len(arrivals))
	for i, a := range arrivals {
		rows[i] = row{a.Feed, a.Path, a.SHA256, a.DeliveredAt.UnixMicro(), a.Run, a.IsKnown}
	}
	text, err := json.Marshal(rows)
	if err != nil {
		return fmt.Errorf("record arrivals: %w", err)
	}
	query, err := sqlFile(feedFiles, "feeds/arrivals.sql")
	if err != nil {
		return err
	}
	if _, err := b.exec(ctx, query, string(text)); err != nil {
		return fmt.Errorf("record arrivals: %w", err)
	}
	return nil
}
