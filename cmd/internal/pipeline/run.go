package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"loadstar/cmd/internal/config"
	"loadstar/dedupe"
	"loadstar/extract"
	"loadstar/load"
	"loadstar/load/publish"
)

// Options say how one run goes.
type Options struct {
	AsOf    time.Time        // moment the run speaks for; zero = the newest delivery's
	Full    bool             // rebuild from landing, ledger and decisions
	Rematch bool             // train the matching model anew and decide on all records with it
	Workers int              // 0 = one for each processor, or what little input goes best with
	Accept  bool             // publish although a feed's gate would stop the run
	Now     func() time.Time // the clock, asked only to time steps and stamp the run
	Watch   Watcher
	// After is called when a step is complete, for tests that stop there.
	After func(where string)
}

// job is the state of one run. It is used by one goroutine.
type job struct {
	cfg         config.Config
	o           Options
	warehouse   publish.Warehouse
	previous    *publish.Version // nil on the first run
	manifest    publish.Manifest // of the version being built
	report      Report
	events      []byte // ledger lines of this run
	overrides   dedupe.Overrides
	names       judgedNames
	isAutomatic bool              // the number of workers was not given
	miscounted  []error           // deliveries with another number of rows than their contracts say
	unfinished  map[string]string // by feed: what its last delivery says of more pages behind it
	started     time.Time
	marks       *extract.Marks // of delivered files
}

// Run executes the batch job and returns its report. The error is a
// *GateError where a quality gate stopped it, a *publish.LockedError where
// another run holds the warehouse; in every case the current version is as it
// was, unless Run returns nil and the report is not Unchanged.
func Run(ctx context.Context, cfg config.Config, o Options) (r Report, err error) {
	j := &job{cfg: cfg, o: o.withDefaults(), isAutomatic: o.Workers <= 0, warehouse: publish.Warehouse{Dir: cfg.Warehouse}}
	j.started = j.o.Now()
	number, err := j.warehouse.Next()
	if err != nil {
		return r, err
	}
	lock, err := j.warehouse.Acquire(publish.Holder{PID: os.Getpid(), Host: hostname(), Run: number, Since: j.started})
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	if lock.TakenOver != nil {
		j.note(fmt.Sprintf("took the lock over from %s, which is gone", lock.TakenOver))
	}
	for _, name := range cfg.Exposed {
		j.note(config.ExposedNote(name))
	}
	if err := j.open(); err != nil {
		return r, err
	}
	err = j.run(ctx)
	if errors.Is(err, load.ErrOutOfOrder) {
		err = j.again(ctx, err)
	}
	j.report.Seconds = j.o.Now().Sub(j.started).Seconds()
	if err != nil {
		return j.report, errors.Join(err, j.warehouse.Sweep())
	}
	return j.report, nil
}

// again runs the job as a rebuild, for the reason that it could not add.
func (j *job) again(ctx context.Context, reason error) error {
	warnings := j.report.Warnings
	j.previous, j.miscounted, j.o.Full = nil, nil, true
	if err := j.open(); err != nil {
		return err
	}
	j.report.Warnings = warnings
	j.note("rebuilding from landing: " + reason.Error())
	return j.run(ctx)
}

func (o Options) withDefaults() Options {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Watch == nil {
		o.Watch = silent{}
	}
	if o.After == nil {
		o.After = func(string) {}
	}
	return o
}

// open reads the state that the run starts from; the lock is held.
func (j *job) open() error {
	number, err := j.warehouse.Next()
	if err != nil {
		return err
	}
	j.manifest = publish.Manifest{Format: publish.FormatVersion, Version: number, Run: number, StartedAt: j.started, Full: j.o.Full}
	j.report = Report{Run: number, Full: j.o.Full, Rematch: j.o.Rematch}
	current, err := j.warehouse.Current()
	switch {
	case errors.Is(err, publish.ErrNoVersion):
		j.manifest.Full = true
	case err != nil:
		return err
	default:
		j.previous = &current
		j.manifest.Parent = current.Number
		j.report.Parent = current.Number
		j.manifest.Ledger = append(j.manifest.Ledger, current.Manifest.Ledger...)
	}
	return nil
}

// run is the batch job: eight steps, in order.
func (j *job) run(ctx context.Context) (err error) {
	own, err := readOwn(j.cfg)
	if err != nil {
		return err
	}
	feeds, err := j.land(ctx)
	if err != nil {
		return fmt.Errorf("land: %w", err)
	}
	j.o.After("land")
	if err := j.gateArrivals(feeds); err != nil {
		return err
	}
	if j.manifest.Hashes, err = j.hashes(); err != nil {
		return err
	}
	j.manifest.Hashes["marts"], j.manifest.Hashes["catalogue"] = own.hash, own.all
	params, err := j.shapeParams(own)
	if err != nil {
		return err
	}
	if reason := j.rebuildReason(feeds); reason != "" && !j.manifest.Full {
		j.manifest.Full, j.report.Full = true, true
		j.note("rebuilding from landing: " + reason)
	}
	if !j.manifest.Full && !j.o.Rematch && j.nothingNew(feeds) {
		j.report.Unchanged = true
		return nil
	}
	j.manifest.Again = j.comesAgain(feeds)
	build, err := j.openBuild(ctx, feeds)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, build.Discard()) }()
	if err := j.ingest(ctx, build, feeds); err != nil { // decode, conform, cleanse, stage
		return err
	}
	j.o.After("stage")
	if err := build.SetThreads(ctx, j.threads(j.allBytes(feeds))); err != nil {
		return err
	}
	if err := j.match(ctx, build); err != nil {
		return fmt.Errorf("match: %w", err)
	}
	debug.FreeOSMemory() // what matching held; DuckDB takes as much as it may from here on
	j.o.After("match")
	if err := j.shape(ctx, build, params); err != nil {
		return fmt.Errorf("shape: %w", err)
	}
	j.o.After("shape")
	if err := j.prove(ctx, build, own.checks); err != nil {
		return err
	}
	j.o.After("prove")
	return j.publish()
}

func (j *job) note(message string) {
	j.report.Warnings = append(j.report.Warnings, message)
	j.o.Watch.Note(message)
}

// timed runs one step and adds its time to the report.
func (j *job) timed(step Step, do func() (int64, error)) error {
	from := j.o.Now()
	rows, err := do()
	j.report.Steps = append(j.report.Steps, StepReport{Step: step, Seconds: j.o.Now().Sub(from).Seconds(), Rows: rows})
	return err
}

func hostname() string {
	name, err := os.Hostname()
	if err != nil {
		return "unknown host"
	}
	return name
}

// silent is the Watcher of runs that nobody looks at.
type silent struct{}

// Begin does nothing.
func (silent) Begin(Step, string, int64, string) {}

// Add does nothing.
func (silent) Add(int64) {}

// End does nothing.
func (silent) End(int64, time.Duration) {}

// Note does nothing.
func (silent) Note(string) {}
