package extract

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

const (
	// pageRows is how many rows a page of new rows has at least, where there
	// are more: what a broken connection costs at most.
	pageRows = 1_000_000
	// chunkRows is how many rows of a keyed table one statement reads.
	chunkRows = 250_000
)

// pullTable is one attempt.
func pullTable(ctx context.Context, landingDir string, p Pull) (_ []Landed, err error) {
	d, err := openDatabase(ctx, p)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	if d.cursor < 0 {
		page, err := d.whole(ctx, landingDir, p.path(), d.all())
		if err != nil {
			return nil, err
		}
		return []Landed{page}, nil
	}
	pages, after, err := d.pullNew(ctx, landingDir)
	if err != nil {
		return nil, err
	}
	empty, err := d.withoutCursor(ctx, landingDir, after)
	if err != nil {
		return nil, err
	}
	pages = append(pages, empty...)
	if p.Sweep {
		page, err := d.sweep(ctx, landingDir, after)
		if err != nil {
			return nil, err
		}
		pages = append(pages, page)
	}
	return pages, dropProgress(landingDir, p)
}

// all are the indexes of all columns.
func (d *database) all() []int {
	all := make([]int, len(d.table))
	for i := range all {
		all[i] = i
	}
	return all
}

// whole lands the columns of all rows as one page.
func (d *database) whole(ctx context.Context, landingDir, path string, columns []int) (Landed, error) {
	out, err := d.newPage(landingDir, columns)
	if err != nil {
		return Landed{}, err
	}
	defer out.discard()
	if d.unique != nil && isSubset(d.unique, columns) {
		err = d.readChunks(ctx, columns, out)
	} else {
		_, _, err = d.rows(ctx, d.selection(columns)+d.from+" order by "+d.order(columns), nil, out, nil)
	}
	if err != nil {
		return Landed{}, d.refuse(ctx, "read its rows", err)
	}
	return out.commit(path, "")
}

func isSubset(part, of []int) bool {
	return !slices.ContainsFunc(part, func(i int) bool { return !slices.Contains(of, i) })
}

// readChunks reads by a unique key, some rows a statement: none runs long, and
// none has to sort.
func (d *database) readChunks(ctx context.Context, columns []int, out *page) error {
	keep := make([]int, len(d.unique))
	for i, key := range d.unique {
		keep[i] = slices.Index(columns, key)
	}
	size := chunkRows
	if d.pull.pageRows > 0 {
		size = d.pull.pageRows
	}
	order := fmt.Sprintf(" order by %s limit %d", d.list(d.unique, d.quoted), size)
	where, args := "", []any(nil)
	for {
		count, last, err := d.rows(ctx, d.selection(columns)+d.from+where+order, args, out, keep)
		if err != nil || count < int64(size) {
			return err
		}
		where, args = d.behind(last)
	}
}

// behind is the condition of rows whose unique key is greater than that of the
// last row. It is written out: row comparison does not use an index everywhere.
func (d *database) behind(last []any) (where string, args []any) {
	var or []string
	for i, key := range d.unique {
		var and []string
		for j, before := range d.unique[:i] {
			args = append(args, last[j])
			and = append(and, d.quoted(before)+" = "+d.parameter(len(args), d.table[before]))
		}
		args = append(args, last[i])
		and = append(and, d.quoted(key)+" > "+d.parameter(len(args), d.table[key]))
		or = append(or, "("+strings.Join(and, " and ")+")")
	}
	return " where " + strings.Join(or, " or "), args
}

func (d *database) list(columns []int, each func(int) string) string {
	terms := make([]string, len(columns))
	for i, c := range columns {
		terms[i] = each(c)
	}
	return strings.Join(terms, ", ")
}

func (d *database) selection(columns []int) string {
	return "select " + d.list(columns, func(i int) string { return d.value(d.table[i], d.quoted(i)) })
}

// order is the order of all rows: by the unique key, or by the contract's key
// and everything else after it.
func (d *database) order(columns []int) string {
	if d.unique != nil && isSubset(d.unique, columns) {
		return d.list(d.unique, d.quoted)
	}
	terms := []string{}
	if len(d.ordered) > 0 {
		terms = append(terms, d.list(d.ordered, d.quoted))
	}
	return strings.Join(append(terms, d.list(columns, func(i int) string { return d.bytewise(d.quoted(i)) })), ", ")
}

// withoutCursor lands the rows whose cursor is null, which every pull reads.
func (d *database) withoutCursor(ctx context.Context, landingDir, after string) ([]Landed, error) {
	out, err := d.newPage(landingDir, d.all())
	if err != nil {
		return nil, err
	}
	defer out.discard()
	query := d.selection(d.all()) + d.from + " where " + d.quoted(d.cursor) + " is null order by " + d.order(d.all())
	if _, _, err := d.rows(ctx, query, nil, out, nil); err != nil {
		return nil, d.refuse(ctx, "read its rows without cursor", err)
	}
	if out.count == 0 {
		return nil, nil
	}
	page, err := out.commit(d.pull.path()+nullPart, after)
	return []Landed{page}, err
}

// sweep lands the keys of all rows.
func (d *database) sweep(ctx context.Context, landingDir, after string) (Landed, error) {
	if len(d.ordered) == 0 {
		return Landed{}, errors.New("its keys can't be swept: the contract names no key (primaryKey)")
	}
	page, err := d.whole(ctx, landingDir, d.pull.path()+keysPart, d.ordered)
	page.Keys, page.Cursor = true, after
	return page, err
}

// page is a page on its way into the landing folder.
type page struct {
	*textParquet
	out   *incoming
	feed  string
	count int64
}

func (d *database) newPage(landingDir string, columns []int) (*page, error) {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = d.table[c].name
	}
	out, err := newIncoming(landingDir)
	if err != nil {
		return nil, err
	}
	writer, err := newTextParquet(names, out)
	if err != nil {
		out.discard()
		return nil, err
	}
	return &page{textParquet: writer, out: out, feed: d.pull.Feed}, nil
}

func (p *page) endRow() error {
	p.count++
	return p.textParquet.endRow()
}

// discard drops what was written; after commit it does nothing.
func (p *page) discard() {
	p.abandon()
	p.out.discard()
}

func (p *page) commit(path, cursor string) (Landed, error) {
	if err := p.textParquet.close(); err != nil {
		return Landed{}, err
	}
	l := Landed{Feed: p.feed, Path: path, Cursor: cursor, Rows: p.count}
	var err error
	l.SHA256, l.Size, l.File, err = p.out.commit()
	return l, err
}
