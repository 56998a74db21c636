package pipeline

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/intake"
	"loadstar/extract"
	"loadstar/load"
	"loadstar/load/publish"
	"loadstar/schemas"
	"loadstar/transform"
)

// Traced is what is known about one delivered row.
type Traced struct {
	Feed, Path, SHA256 string
	Raw                []string // columns and values as delivered, by record; may be personal
	Undecoded          string   // why it could not be decoded, "" where it could
	Fates              []load.Fate
	Formulas           []extract.Formula // of the row, in a workbook
	Aside              string            // which rule set it aside, "" = none did
	Violations         [][]string        // object, rule, column, cell, reason
	Customers          [][]string        // key, display name
}

var (
	sheetPlace = regexp.MustCompile(`^(.+)#(.+)!([A-Za-z]{0,3})(\d+)$`)
	linePlace  = regexp.MustCompile(`^(.+):(\d+)$`)
)

// ParsePlace reads FILE:LINE or FILE#SHEET!A12 (or FILE#SHEET!12).
func ParsePlace(text string) (schemas.Place, error) {
	place, number := schemas.Place{}, ""
	if m := sheetPlace.FindStringSubmatch(text); m != nil {
		place, number = schemas.Place{File: m[1], Sheet: m[2]}, m[4]
	} else if m := linePlace.FindStringSubmatch(text); m != nil {
		place, number = schemas.Place{File: m[1]}, m[2]
	}
	var err error
	if place.Row, err = strconv.ParseInt(number, 10, 64); err == nil && place.Row > 0 {
		return place, nil
	}
	return schemas.Place{}, fmt.Errorf("%q is no place: write FILE:LINE or FILE#SHEET!A12, whose numbers count from 1", text)
}

// Trace follows one delivered row of a version: it reads the row again from
// the landed bytes, conforms it as the run did, and looks up what became of
// it in every delivery of that path that has the place; an error where none
// has.
func Trace(ctx context.Context, cfg config.Config, v publish.Version, r *load.Reader, at schemas.Place) ([]Traced, error) {
	var found []Traced
	var missing error
	for _, d := range v.Manifest.Deliveries {
		if d.Path != at.File && filepath.Base(d.Path) != at.File {
			continue
		}
		for _, f := range cfg.Feeds {
			if f.Name != d.Feed {
				continue
			}
			t, err := traceOne(ctx, cfg, f.Contract, d, r, at)
			var none *noPlaceError
			switch {
			case errors.As(err, &none):
				missing = fmt.Errorf("trace %s: %w", at, err)
			case err != nil:
				return nil, fmt.Errorf("trace %s: %w", at, err)
			default:
				found = append(found, t)
			}
		}
	}
	if len(found) == 0 && missing != nil {
		return nil, missing
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("no delivery of version %d is called %s; `loadstar status` lists them", v.Number, at.File)
	}
	return found, nil
}

func traceOne(ctx context.Context, cfg config.Config, c schemas.Contract, d publish.Delivery, r *load.Reader, at schemas.Place) (Traced, error) {
	t := Traced{Feed: d.Feed, Path: d.Path, SHA256: d.SHA256}
	warehouse := publish.Warehouse{Dir: cfg.Warehouse}
	landed := extract.Landed{Asked: at.Row, Feed: d.Feed, Path: d.Path, SHA256: d.SHA256, Size: d.Size,
		DeliveredAt: d.DeliveredAt, File: extract.LandedFile(warehouse.Landing(), d.SHA256)}
	source, err := extract.Open(c, landed)
	if err != nil {
		return t, err
	}
	seen, err := survey(ctx, source, at)
	if err != nil {
		return t, err
	}
	if at.Sheet, t.Aside, err = seen.place(at); err != nil {
		return t, err
	}
	if t.Formulas, err = extract.Formulas(c, landed, at.Sheet, at.Row); err != nil {
		return t, err
	}
	plan, err := transform.NewPlan(c, intake.Defaults(cfg.Company))
	if err != nil {
		return t, err
	}
	key := schemas.FileKey(d.Feed, d.SHA256, at.Sheet)
	if t.Violations, err = r.ViolationsAt(ctx, key, at.Row); err != nil {
		return t, err
	}
	if t.Customers, err = r.CustomersAt(ctx, key, at.Row); err != nil {
		return t, err
	}
	for chunk, err := range source.Chunks(ctx) {
		if err != nil {
			return t, err
		}
		dec, err := chunk(ctx)
		if err != nil {
			return t, err
		}
		if err := t.look(ctx, plan, r, dec, d, at, key); err != nil {
			return t, err
		}
	}
	return t, nil
}

// look searches one decoded batch for the row.
func (t *Traced) look(ctx context.Context, plan *transform.Plan, r *load.Reader, dec schemas.Decoded, d publish.Delivery, at schemas.Place, key int64) error {
	for _, reject := range dec.Rejects {
		if reject.At.Row == at.Row && reject.At.Sheet == at.Sheet {
			t.Undecoded, t.Raw = reject.Rule+": "+reject.Reason, append(t.Raw, reject.Raw)
		}
	}
	if dec.Record == nil {
		return nil
	}
	defer dec.Record.Release()
	if dec.Sheet != at.Sheet {
		return nil
	}
	for _, i := range rowsAt(dec.Record, at.Row) {
		if err := t.follow(ctx, plan, r, dec, i, transform.Place{FileKey: key, File: d.Path, Delivered: intake.Effective(d.DeliveredAt)}, at.Row); err != nil {
			return err
		}
	}
	return nil
}

// follow conforms one row of a decoded batch and looks up what became of it.
// A nested record is several: one for each element of its lists.
func (t *Traced) follow(ctx context.Context, plan *transform.Plan, r *load.Reader, dec schemas.Decoded, row int, place transform.Place, sourceRow int64) error {
	one := dec
	one.Record = dec.Record.NewSlice(int64(row), int64(row)+1)
	defer one.Record.Release()
	t.Raw = append(t.Raw, rawOf(one.Record))
	conformed, err := plan.Apply(one, place)
	if err != nil {
		return err
	}
	for _, c := range conformed {
		if c.Record == nil {
			continue
		}
		if c.Record.NumRows() > 0 {
			fate, fateErr := fateOf(ctx, r, c, place.FileKey, sourceRow)
			err = errors.Join(err, fateErr)
			t.Fates = append(t.Fates, fate)
		}
		c.Record.Release()
	}
	return err
}

func fateOf(ctx context.Context, r *load.Reader, c schemas.Conformed, key, row int64) (load.Fate, error) {
	id, ok := c.Record.Column(c.Record.Schema().FieldIndices(schemas.ColRowID)[0]).(*array.Decimal128)
	hash, ok2 := c.Record.Column(c.Record.Schema().FieldIndices(schemas.ColContentHash)[0]).(*array.Decimal128)
	if !ok || !ok2 {
		return load.Fate{}, errors.New("conformed batch has no row id")
	}
	return r.FateOf(ctx, c.Entity, key, row, id.Value(0), hash.Value(0))
}

// rowsAt are the rows of a decoded batch that stand at a line or worksheet row.
func rowsAt(batch arrow.RecordBatch, row int64) []int {
	indices := batch.Schema().FieldIndices(schemas.ColRow)
	if len(indices) == 0 {
		return nil
	}
	rows, ok := batch.Column(indices[0]).(*array.Int64)
	if !ok {
		return nil
	}
	var found []int
	for i := range rows.Len() {
		if rows.Value(i) == row {
			found = append(found, i)
		}
	}
	return found
}

func rawOf(batch arrow.RecordBatch) string {
	var parts []string
	for i, f := range batch.Schema().Fields() {
		if text, ok := batch.Column(i).(*array.String); ok && text.IsValid(0) {
			parts = append(parts, f.Name+"="+text.Value(0))
		}
	}
	return strings.Join(parts, " | ")
}
