//go:build duckdb_arrow

package load

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// schedule hands out models to connections that make them at the same time. A
// model waits for those before it, in the order of their files, that made what
// it reads or that read what it makes; so every table is what it is when all
// are made in turn. A helper table is made where a model needs it.
type schedule struct {
	build *Build
	p     ShapeParams

	mu      sync.Mutex
	changed *sync.Cond // a task got another state
	tasks   []*task
	failed  bool
}

// task is one model of a schedule.
type task struct {
	model
	state   taskState
	after   []*task // models to wait for; of helper tables none
	helpers []*task // helper tables that it reads
}

// taskState says how far a task is. They come in this order.
type taskState int

const (
	waiting taskState = iota // for others; a helper table: for a model that needs it
	wanted                   // is to be made when its helper tables are there
	making
	made
)

func (b *Build) newSchedule(models []model, p ShapeParams) *schedule {
	s := &schedule{build: b, p: p}
	s.changed = sync.NewCond(&s.mu)
	byName := map[string]*task{}
	for _, m := range models {
		t := &task{model: m}
		s.tasks = append(s.tasks, t)
		byName[m.name()] = t
	}
	reads := map[*task]map[string]bool{}
	for _, t := range s.tasks {
		reads[t] = map[string]bool{}
		s.collectReads(byName, t.model, reads[t])
	}
	for i, t := range s.tasks {
		for _, table := range t.reads {
			if helper := byName[table]; helper != nil && helper.isHelper() && helper != t {
				t.helpers = append(t.helpers, helper)
			}
		}
		if t.isHelper() {
			continue
		}
		for _, earlier := range s.tasks[:i] {
			if !earlier.isHelper() && (reads[t][everything] || reads[t][earlier.name()] || reads[earlier][t.name()]) {
				t.after = append(t.after, earlier)
			}
		}
	}
	return s
}

// everything stands, among the tables that a model reads, for all that were
// made before.
const everything = "*"

// collectReads adds the tables that a model reads to read, also those that it
// reads through helper tables and views, and the facts whose changes it asks for.
func (s *schedule) collectReads(byName map[string]*task, m model, read map[string]bool) {
	read[everything] = read[everything] || m.changes == "everything"
	for _, table := range slices.Concat(m.reads, m.rowsFrom) {
		if read[table] {
			continue
		}
		read[table] = true
		if fact, ok := strings.CutPrefix(table, "changed.fact_"); ok {
			s.collectChanges(fact, read)
		}
		if t := byName[table]; t != nil && t.isDerived() {
			s.collectReads(byName, t.model, read)
		}
	}
}

// collectChanges adds the facts that tell the rows of changed.fact_<name>:
// that fact, of changed.fact_customer all facts.
func (s *schedule) collectChanges(name string, read map[string]bool) {
	for _, t := range s.tasks {
		if fact, ok := strings.CutPrefix(t.table, "fact_"); ok && (fact == name || name == "customer") {
			read[t.name()] = true
		}
	}
}

// work makes models on one connection until none is left.
func (s *schedule) work(ctx context.Context, db *database) error {
	for {
		t, err := s.take(ctx, db)
		if t == nil || err != nil {
			return err
		}
		if err := s.do(ctx, db, t); err != nil {
			s.fail()
			return err
		}
	}
}

// do makes one model.
func (s *schedule) do(ctx context.Context, db *database, t *task) error {
	scope := s.p.Scope
	if t.isHelper() {
		scope = Everything
	}
	from := s.now()
	var rows int64
	if err := db.sparingly(ctx, func() (err error) {
		rows, err = t.run(ctx, db, scope)
		return err
	}); err != nil {
		return fmt.Errorf("shape %s: %w", t.table, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.p.Done != nil {
		s.p.Done(ModelReport{Model: t.table, Rows: rows, Took: s.p.Now().Sub(from)})
	}
	t.state = made
	s.changed.Broadcast()
	return nil
}

// take waits for a model that can be made now; nil = none is left.
func (s *schedule) take(ctx context.Context, db *database) (*task, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		if s.failed {
			return nil, nil
		}
		left, err := s.decide(ctx, db)
		if err != nil {
			s.failed = true
			s.changed.Broadcast()
			return nil, err
		}
		for _, t := range s.tasks {
			if t.state == wanted && allMade(t.helpers) {
				t.state = making
				return t, nil
			}
		}
		if !left {
			return nil, nil
		}
		s.changed.Wait()
	}
}

// decide finds out which of the models that wait for no other one are needed,
// and tells whether any is left that is not made.
func (s *schedule) decide(ctx context.Context, db *database) (left bool, err error) {
	for _, t := range s.tasks {
		if t.state == waiting && !t.isHelper() && allMade(t.after) {
			unneeded, err := s.isUnneeded(ctx, db, t.model)
			if err != nil {
				return false, err
			}
			if unneeded {
				t.state = made
				s.changed.Broadcast()
			} else {
				t.want()
			}
		}
		left = left || (t.state != made && !t.isHelper())
	}
	return left, nil
}

func (s *schedule) isUnneeded(ctx context.Context, db *database, m model) (unneeded bool, err error) {
	if m.isDerived() { // a view
		return s.p.Scope != Everything, nil
	}
	err = db.sparingly(ctx, func() error {
		unneeded, err = s.build.stale.isUnneeded(ctx, db, m, s.p.Scope)
		return err
	})
	return unneeded, err
}

// want marks a task, and the helper tables it reads, as to be made.
func (t *task) want() {
	if t.state != waiting {
		return
	}
	t.state = wanted
	for _, helper := range t.helpers {
		helper.want()
	}
}

// now asks the clock, as one goroutine at a time may.
func (s *schedule) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.p.Now()
}

func allMade(tasks []*task) bool {
	return !slices.ContainsFunc(tasks, func(t *task) bool { return t.state != made })
}

func (s *schedule) fail() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failed = true
	s.changed.Broadcast()
}
