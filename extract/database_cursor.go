package extract

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// pullNew lands the rows that the cursor says are new, page by page, and
// those of the lookback. It goes on where an earlier attempt ended. after is
// the greatest cursor value taken so far.
func (d *database) pullNew(ctx context.Context, landingDir string) (pages []Landed, after string, err error) {
	if pages, err = readProgress(landingDir, d.pull); err != nil {
		return nil, "", err
	}
	after = d.pull.After
	if len(pages) > 0 {
		after = pages[len(pages)-1].Cursor
	}
	// Rows that were written before the snapshot, but committed after an
	// earlier one, have a cursor that was passed already.
	again, err := d.lookback(ctx, landingDir, after)
	if err != nil {
		return nil, "", err
	}
	w := &pagesWriter{d: d, landingDir: landingDir, pages: pages, cursor: after}
	defer w.discard()
	where, args, err := d.between(after, "")
	if err != nil {
		return nil, "", err
	}
	query := d.selection(d.all()) + d.from + where + " order by " + d.quoted(d.cursor) + ", " + d.order(d.all())
	if _, _, err := d.rows(ctx, query, args, w, nil); err != nil {
		return nil, "", d.refuse(ctx, "read its rows", err)
	}
	if err := w.end(); err != nil {
		return nil, "", err
	}
	return append(w.pages, again...), w.cursor, nil
}

// between is the condition of rows above after and up to the end of the pull,
// or up to upTo where that is given.
func (d *database) between(after, upTo string) (where string, args []any, err error) {
	column := d.table[d.cursor]
	where = " where " + d.quoted(d.cursor) + " is not null"
	if upTo == "" && !d.pull.UpTo.IsZero() {
		upTo = d.clock(column, d.pull.UpTo, d.pull.Zone)
	}
	for _, bound := range []struct{ operator, text string }{{" > ", after}, {" <= ", upTo}} {
		if bound.text == "" {
			continue
		}
		value, err := d.bound(column, bound.text)
		if err != nil {
			return "", nil, fmt.Errorf("cursor column %q: %w", column.name, err)
		}
		args = append(args, value)
		where += " and " + d.quoted(d.cursor) + bound.operator + d.parameter(len(args), column)
	}
	return where, args, nil
}

// lookback lands the rows between after less the lookback and after.
func (d *database) lookback(ctx context.Context, landingDir, after string) ([]Landed, error) {
	if after == "" || d.pull.Lookback == "" {
		return nil, nil
	}
	from, err := before(after, d.pull.Lookback)
	if err != nil {
		return nil, fmt.Errorf("lookback %s: %w", d.pull.Lookback, err)
	}
	out, err := d.newPage(landingDir, d.all())
	if err != nil {
		return nil, err
	}
	defer out.discard()
	where, args, err := d.between(from, after)
	if err != nil {
		return nil, err
	}
	query := d.selection(d.all()) + d.from + where + " order by " + d.quoted(d.cursor) + ", " + d.order(d.all())
	if _, _, err := d.rows(ctx, query, args, out, nil); err != nil {
		return nil, d.refuse(ctx, "read the rows of its lookback", err)
	}
	if out.count == 0 {
		return nil, nil
	}
	page, err := out.commit(d.pull.path()+lookbackPart, after)
	return []Landed{page}, err
}

// pagesWriter cuts the rows of a cursor into pages, between two values of it.
type pagesWriter struct {
	d          *database
	landingDir string
	pages      []Landed
	page       *page
	row        []byte // values of the row that is being added
	ends       []int  // where they end; negative = null
	cursor     string
}

func (w *pagesWriter) add(_ int, text []byte, isNull bool) {
	w.row = append(w.row, text...)
	end := len(w.row)
	if isNull {
		end = -end - 1
	}
	w.ends = append(w.ends, end)
}

func (w *pagesWriter) endRow() error {
	from := 0
	if w.d.cursor > 0 {
		from = position(w.ends[w.d.cursor-1])
	}
	cursor := w.row[from:position(w.ends[w.d.cursor])]
	if isEndless(string(cursor)) {
		return fmt.Errorf("cursor column %q holds %s, behind which nothing would ever be new: leave such rows out by a query", w.d.pull.Cursor, cursor)
	}
	isNew := string(cursor) != w.cursor
	limit := int64(pageRows)
	if w.d.pull.pageRows > 0 {
		limit = int64(w.d.pull.pageRows)
	}
	if w.page != nil && isNew && w.page.count >= limit {
		if err := w.end(); err != nil {
			return err
		}
	}
	if w.page == nil {
		var err error
		if w.page, err = w.d.newPage(w.landingDir, w.d.all()); err != nil {
			return err
		}
	}
	if isNew {
		w.cursor = string(cursor)
	}
	from = 0
	for i, end := range w.ends {
		w.page.add(i, w.row[from:position(end)], end < 0)
		from = position(end)
	}
	w.row, w.ends = w.row[:0], w.ends[:0]
	return w.page.endRow()
}

// isEndless says whether a cursor value is greater than all that will come.
func isEndless(cursor string) bool {
	switch cursor {
	case "infinity", "Infinity", "NaN", "+Inf":
		return true
	}
	return false
}

func position(end int) int {
	if end < 0 {
		return -end - 1
	}
	return end
}

// end lands the current page and notes that it is there.
func (w *pagesWriter) end() error {
	if w.page == nil {
		return nil
	}
	page, err := w.page.commit(w.d.pull.path(), w.cursor)
	if err != nil {
		return err
	}
	w.page = nil
	w.pages = append(w.pages, page)
	return writeProgress(w.landingDir, w.d.pull, w.pages)
}

func (w *pagesWriter) discard() {
	if w.page != nil {
		w.page.discard()
	}
}

var errNotBack = errors.New("it must be a time like 10m, 12h or 2d where the cursor is one, and a number where the cursor is a number")

// before is the cursor value that lies so far below another, in its form.
func before(cursor, lookback string) (string, error) {
	if n, err := strconv.ParseInt(lookback, 10, 64); err == nil {
		at, err := strconv.ParseInt(cursor, 10, 64)
		if err != nil || n < 0 || at-n > at {
			return "", errNotBack
		}
		return strconv.FormatInt(at-n, 10), nil
	}
	back, err := ParseLookback(lookback)
	if err != nil {
		return "", errNotBack
	}
	for _, layout := range []string{
		"2006-01-02 15:04:05.999999999Z07:00", time.RFC3339Nano, "2006-01-02 15:04:05.999999999",
		"2006-01-02T15:04:05.999999999", "2006-01-02 15:04", time.DateOnly,
	} {
		if at, err := time.Parse(layout, cursor); err == nil {
			return at.Add(-back).Format(layout), nil
		}
	}
	return "", errNotBack
}

// ParseLookback reads a time like "90s", "10m", "12h" or "2d".
func ParseLookback(text string) (time.Duration, error) {
	unit := time.Duration(1)
	if days, ok := strings.CutSuffix(text, "d"); ok {
		text, unit = days+"h", 24
	}
	back, err := time.ParseDuration(text)
	if err != nil || back < 0 {
		return 0, fmt.Errorf("%q is no time like 90s, 10m, 12h or 2d", text)
	}
	return unit * back, nil
}
