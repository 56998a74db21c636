package pipeline

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"loadstar/cmd/internal/intake"
	"loadstar/extract"
	"loadstar/load/publish"
	"loadstar/schemas"
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
	p.Notice = func(message string) { j.o.Watch.Note("feed " + a.feed.Name + ": " + message) }
	pages, err := extract.PullTable(ctx, j.warehouse.Landing(), p)
	if err != nil {
		return a, err
	}
	a.matched = 1
	for _, page := range pages {
		page.DeliveredAt = j.manifest.AsOf
		if isKnownPage(loaded, page) {
			j.noteAgain(&a, page)
			continue
		}
		a.news = append(a.news, page)
	}
	if len(pages) == 0 && len(loaded) > 0 { // nothing has changed since
		j.noteAgain(&a, extract.Landed{Path: loaded[len(loaded)-1].Path, DeliveredAt: j.manifest.AsOf})
		a.known--
	}
	return a, nil
}

// plug lands what the program of a feed wrote.
func (j *job) plug(ctx context.Context, a arrival) (arrival, error) {
	loaded := j.loaded(a.feed.Name)
	p := extract.Plugin{
		Feed: a.feed.Name, Dir: j.cfg.Dir, Command: a.feed.From.Command, Format: a.feed.From.Format, Fields: a.feed.From.Fields,
		Cursor: a.feed.From.Cursor, After: lastCursor(loaded), AsOf: j.manifest.AsOf, Timeout: a.feed.From.Timeout, Limit: a.feed.From.MaxOutput,
		Whole: a.feed.Contract.Delivery == schemas.Snapshot, Log: filepath.Join(j.warehouse.Dir, "log", a.feed.Name+".stderr"),
	}
	if len(loaded) > 0 {
		p.State = loaded[len(loaded)-1].State
	}
	landed, lines, err := extract.RunPlugin(ctx, j.warehouse.Landing(), p)
	if lines > 0 {
		// What it wrote may hold personal values, so it stays out of this log.
		j.o.Watch.Note(fmt.Sprintf("the plug-in of feed %s wrote %d lines to its log, %s", a.feed.Name, lines, p.Log))
	}
	if err != nil {
		return a, err
	}
	a.matched = 1
	landed.DeliveredAt = j.manifest.AsOf
	switch {
	case landed.SHA256 == "":
	case len(loaded) > 0 && loaded[len(loaded)-1].SHA256 == landed.SHA256:
		j.noteAgain(&a, landed)
	default:
		a.news = append(a.news, landed)
	}
	return a, nil
}

// lastCursor is the value up to which a feed was pulled.
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
