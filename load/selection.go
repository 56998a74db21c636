//go:build duckdb_arrow

package load

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Selection is one party that was selected for a campaign by a segment.
type Selection struct {
	Segment  string    `json:"segment"`
	Campaign string    `json:"campaign"` // campaign_id
	Party    int64     `json:"party"`    // source_customer_key
	At       time.Time `json:"at"`
	Who      string    `json:"who"`
}

// RecordSelections hands selections over to fact_campaign_member; call it
// before Shape.
func (b *Build) RecordSelections(ctx context.Context, chosen []Selection) error {
	if chosen == nil {
		chosen = []Selection{}
	}
	text, err := json.Marshal(chosen)
	if err != nil {
		return fmt.Errorf("record selections: %w", err)
	}
	query, err := sqlFile(feedFiles, "feeds/selections.sql")
	if err != nil {
		return err
	}
	if _, err := b.exec(ctx, trimStatement(query), string(text)); err != nil {
		return fmt.Errorf("record selections: %w", err)
	}
	return nil
}
