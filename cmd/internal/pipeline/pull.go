package pipeline

import (
	"context"
	"time"

	"loadstar/cmd/internal/intake"
	"loadstar/extract"
	"loadstar/load/publish"
)

// pull lands the rows of a table or query that changed since the last run.
func (j *job) pull(ctx context.Context, a arrival) (arrival, error) {
	after := ""
	loaded := j.loaded(a.feed.Name)
	if a.feed.From.Cursor != "" {
		after = lastCursor(loaded)
	}
	upTo := time.Time{}
	if a.feed.From.Cursor != "" {
		upTo = j.o.AsOf
	}
	p, err := intake.PullOf(ctx, j.cfg, a.feed, after, upTo)
	if err != nil {
		return a, err
	}
	pages, err := extract.PullTable(ctx, j.warehouse.Landing(), p)
	if err != nil {
		return a, err
	}
	a.matched = 1
	for _, page := range pages {
		page.DeliveredAt = j.manifest.AsOf
		if isKnownPage(loaded, page) {
			a.known++
			continue
		}
		a.news = append(a.news, page)
	}
	return a, nil
}

// lastCursor is the value up to which a feed was pulled, or the state that its
// plug-in left.
func lastCursor(loaded []publish.Delivery) string {
	for i := len(loaded) - 1; i >= 0; i-- {
		if loaded[i].Cursor != "" {
			return loaded[i].Cursor
		}
	}
	return ""
}

// isKnownPage says whether the same bytes were loaded and no new rows since:
// after new rows a state may have come back.
func isKnownPage(loaded []publish.Delivery, page extract.Landed) bool {
	for i := len(loaded) - 1; i >= 0; i-- {
		if loaded[i].SHA256 == page.SHA256 && loaded[i].Keys == page.Keys {
			return true
		}
		if !extract.IsPart(loaded[i].Path) {
			return false
		}
	}
	return false
}
