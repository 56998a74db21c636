package intake

import (
	"context"
	"fmt"
	"time"

	"loadstar/cmd/internal/config"
	"loadstar/extract"
	"loadstar/schemas"
)

// PullOf says how the rows of a feed are pulled from its connection: those
// after a cursor value ("" = all) up to a moment (zero = all).
func PullOf(ctx context.Context, cfg config.Config, feed config.Feed, after string, upTo time.Time) (extract.Pull, error) {
	connection := cfg.Connections[feed.From.Connection]
	secrets, err := cfg.Secrets(ctx, feed.From.Connection)
	if err != nil {
		return extract.Pull{}, err
	}
	zone, err := time.LoadLocation(cfg.Company.TimeZone)
	if err != nil {
		return extract.Pull{}, fmt.Errorf("company.time_zone: %w", err)
	}
	key := keyColumns(feed.Contract.Objects[:1])
	if feed.From.Sweep {
		key = keyColumns(feed.Contract.KeysOnly().Objects)
	}
	return extract.Pull{
		Feed: feed.Name, Driver: connection.Driver, DSN: secrets.DSN, Password: secrets.Password,
		Table: feed.From.Table, Query: feed.From.Query, Cursor: feed.From.Cursor, After: after, UpTo: upTo, Zone: zone,
		Lookback: feed.From.Lookback, Key: key, Sweep: feed.From.Sweep,
		Timeout: connection.Waits.Whole, ConnectTimeout: connection.Waits.Connect, Retries: connection.Retries,
	}, nil
}

// keyColumns are the delivered columns of the keys of objects.
func keyColumns(objects []schemas.Object) []string {
	var columns []string
	seen := map[string]bool{}
	add := func(name string) {
		if name != "" && !seen[name] {
			seen[name] = true
			columns = append(columns, name)
		}
	}
	for _, o := range objects {
		for _, p := range o.KeyProperties() {
			if p.Constant == nil && p.From == "" {
				add(p.Name)
			}
		}
	}
	for _, o := range objects {
		if len(objects) > 1 {
			for _, name := range o.When {
				add(name)
			}
		}
	}
	return columns
}
