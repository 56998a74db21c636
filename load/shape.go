//go:build duckdb_arrow

package load

import (
	"context"
	"fmt"
	"time"
)

// Scope says how much of the warehouse a run shapes anew.
type Scope int

// The scopes.
const (
	Everything  Scope = iota // every model from the whole ODS
	WhatChanged              // models that declare their affected set touch only that
	Differences              // every model from the whole ODS, but only rows that differ are written
)

// ShapeParams are the settings of one Shape.
type ShapeParams struct {
	RunID           int64
	AsOf            time.Time // moment the run speaks for
	TimeZone        string    // IANA zone in which days are cut
	Currency        string    // ISO 4217 code of reporting amounts
	FiscalYearStart int       // month, 1..12
	BusinessHours   BusinessHours
	Attributes      []string // delivered columns of customers that become columns of customer_profile
	Scope           Scope
	IsDescribed     bool              // the version before has these marts and checks in its catalogue
	SameSettings    bool              // the version before was shaped with the settings of the same SettingsHash
	Funnels         []Funnel          // the project's own; one of the same name replaces a shipped one
	Marts           []Mart            // the project's own views
	Checks          []Check           // the project's own, for the catalogue
	Now             func() time.Time  // asked only to time the models; nil = not timed
	Done            func(ModelReport) // called after each model; nil = not called
}

// BusinessHours are the hours in which the company answers: those that
// response times in business minutes count. The zero value is Monday to
// Friday, 9:00 to 17:00.
type BusinessHours struct {
	Opens, Closes int      // minute of the day in the company's zone, 0..1440
	Days          []int    // ISO, 1 = Monday to 7 = Sunday
	Holidays      []string // days off: 2026-04-03, or 12-25 for that day of every year
}

// The hours of a company that names none.
const (
	defaultOpens  = 9 * 60
	defaultCloses = 17 * 60
)

func (h BusinessHours) orDefault() (BusinessHours, error) {
	if h.Opens == 0 && h.Closes == 0 {
		h.Opens, h.Closes = defaultOpens, defaultCloses
	}
	if len(h.Days) == 0 {
		h.Days = []int{1, 2, 3, 4, 5}
	}
	if h.Opens < 0 || h.Closes > 24*60 || h.Opens >= h.Closes {
		return h, fmt.Errorf("business hours run from minute %d to %d of the day, expected an earlier and a later one", h.Opens, h.Closes)
	}
	for _, day := range h.Days {
		if day < 1 || day > 7 {
			return h, fmt.Errorf("business day %d is not 1 (Monday) to 7 (Sunday)", day)
		}
	}
	return h, nil
}

// ModelReport tells about one finished model.
type ModelReport struct {
	Model string // name of its table
	Rows  int64  // rows written: all of the table, or the affected ones
	Took  time.Duration
}

// Shape fills the star (step 7). ODS and identity must be complete. A run that
// adds makes only the models that read what it changed.
func (b *Build) Shape(ctx context.Context, p ShapeParams) error {
	if p.Now == nil {
		p.Now = func() time.Time { return time.Time{} }
	}
	models, err := readModels()
	if err != nil {
		return err
	}
	if p.Scope == WhatChanged && !p.SameSettings { // which rows they touch is not known
		p.Scope = Differences
	}
	adds := p.Scope == WhatChanged
	if err := seed(ctx, b.database, p, adds); err != nil {
		return fmt.Errorf("seed star: %w", err)
	}
	b.stale = newStaleness(b.database, models, adds)
	b.stale.isFresh = b.o.Full && p.Scope == Everything
	if adds {
		if err := b.keepChanges(ctx, models); err != nil {
			return err
		}
		if err := b.stale.noteLastRows(ctx); err != nil {
			return err
		}
	}
	if err := b.make(ctx, models, p); err != nil {
		return err
	}
	if p.IsDescribed && p.Scope != Everything {
		return nil
	}
	from := p.Now()
	if err := describe(ctx, b.database, models, p); err != nil {
		return err
	}
	if p.Done != nil {
		p.Done(ModelReport{Model: "catalogue", Took: p.Now().Sub(from)})
	}
	return nil
}

// make runs the models in the order of their file names, each in a
// transaction of its own. A helper table waits for the first model that needs
// it; what is as it should be is left alone.
func (b *Build) make(ctx context.Context, models []model, p ShapeParams) error {
	from := p.Now()
	made := func(m model, rows int64) {
		now := p.Now()
		if p.Done != nil {
			p.Done(ModelReport{Model: m.table, Rows: rows, Took: now.Sub(from)})
		}
		from = now
	}
	for _, m := range models {
		if m.isHelper() {
			b.stale.waiting[m.name()] = true
			continue
		}
		if m.isDerived() && p.Scope != Everything {
			continue
		}
		if !m.isDerived() {
			unneeded, err := b.stale.isUnneeded(ctx, m, p.Scope)
			if err != nil {
				return err
			}
			if unneeded {
				continue
			}
		}
		var rows int64
		if err := b.sparingly(ctx, func() (err error) {
			if err := b.stale.ready(ctx, m, made); err != nil {
				return err
			}
			if rows, err = m.run(ctx, b.database, p.Scope); err != nil {
				return fmt.Errorf("shape %s: %w", m.table, err)
			}
			return nil
		}); err != nil {
			return err
		}
		made(m, rows)
	}
	return nil
}

// describe adds the project's own marts and writes the catalogue.
func describe(ctx context.Context, db *database, models []model, p ShapeParams) error {
	l, err := newTracer(ctx, db, models)
	if err != nil {
		return err
	}
	profile, err := profileMart(p.Attributes)
	if err != nil {
		return err
	}
	marts := append([]Mart{profile}, p.Marts...)
	if err := db.ownMarts(ctx, l, marts); err != nil {
		return err
	}
	checks, err := Checks()
	if err != nil {
		return err
	}
	return writeCatalogue(ctx, db, l, models, marts, append(checks, p.Checks...))
}
