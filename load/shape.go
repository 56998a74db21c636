//go:build duckdb_arrow

package load

import (
	"cmp"
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
	if err := b.created(); err != nil {
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
	isDescribed := p.IsDescribed && p.Scope != Everything
	var traced <-chan tracedModels
	if !isDescribed {
		traced = b.traceBeside(ctx, models)
	}
	err = b.besideOthers(ctx, b.newSchedule(models, p).work)
	if isDescribed {
		return err
	}
	t := <-traced // also where making failed: it works on the same database
	if err = cmp.Or(err, t.err); err != nil {
		return err
	}
	from := p.Now()
	if err := describe(ctx, b.database, t, p); err != nil {
		return err
	}
	if p.Done != nil {
		p.Done(ModelReport{Model: "catalogue", Took: p.Now().Sub(from)})
	}
	return nil
}

// tracedModels are the columns of all models, followed to where they come from.
type tracedModels struct {
	tracer    *tracer
	catalogue catalogue
	err       error
}

// traceBeside follows the columns of the models, which takes their queries and
// no table, while they are made.
func (b *Build) traceBeside(ctx context.Context, models []model) <-chan tracedModels {
	done := make(chan tracedModels, 1)
	go func() {
		var t tracedModels
		t.err = b.apart(ctx, func(db *database) (err error) {
			if t.tracer, err = newTracer(ctx, db, models); err != nil {
				return err
			}
			return t.catalogue.trace(t.tracer, models)
		})
		done <- t
	}()
	return done
}

// describe adds the project's own marts and writes the catalogue.
func describe(ctx context.Context, db *database, t tracedModels, p ShapeParams) error {
	t.tracer.parseWith(ctx, db)
	profile, err := profileMart(p.Attributes)
	if err != nil {
		return err
	}
	marts := append([]Mart{profile}, p.Marts...)
	if err := db.ownMarts(ctx, t.tracer, marts); err != nil {
		return err
	}
	checks, err := Checks()
	if err != nil {
		return err
	}
	return t.catalogue.write(ctx, db, t.tracer, marts, append(checks, p.Checks...))
}
