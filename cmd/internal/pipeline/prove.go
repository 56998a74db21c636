package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"loadstar/cmd/internal/intake"
	"loadstar/load"
	"loadstar/load/publish"
	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// shape builds dimensions, facts and marts (step 7).
func (j *job) shape(ctx context.Context, build *load.Build, params load.ShapeParams) error {
	return j.timed(StepShape, func() (int64, error) {
		var rows int64
		if err := build.RecordRun(ctx, load.RunRecord{
			Run: j.manifest.Run, Parent: j.manifest.Parent, AsOf: j.manifest.AsOf, StartedAt: j.started, FinishedAt: j.o.Now(),
			Full: j.manifest.Full, TimeZone: j.cfg.Company.TimeZone, Currency: j.cfg.Company.Currency,
			FiscalYearStart: j.cfg.Company.FiscalYearStart, ConfigHash: j.cfg.SHA256,
		}); err != nil {
			return 0, err
		}
		if err := j.recordInputs(ctx, build); err != nil {
			return 0, err
		}
		params.Done = func(m load.ModelReport) {
			j.o.Watch.Begin(StepShape, m.Model, m.Rows, "rows")
			j.o.Watch.End(m.Rows, m.Took)
			rows += m.Rows
		}
		if j.manifest.Full {
			params.Scope = load.Everything
		}
		return rows, build.Shape(ctx, params)
	})
}

// recordInputs hands over what the star needs beside the deliveries: contracts
// and the selections for campaigns.
func (j *job) recordInputs(ctx context.Context, build *load.Build) error {
	if err := build.RecordFeeds(ctx, j.contracts()); err != nil {
		return err
	}
	if err := build.RecordArrivals(ctx, j.arrivals()); err != nil {
		return err
	}
	chosen, err := selections(j.warehouse)
	if err != nil {
		return err
	}
	return build.RecordSelections(ctx, chosen)
}

// arrivals lists all that was delivered so far, also what brought nothing.
func (j *job) arrivals() []load.Arrival {
	var list []load.Arrival
	for _, d := range j.manifest.Deliveries {
		list = append(list, load.Arrival{Feed: d.Feed, Path: d.Path, SHA256: d.SHA256, DeliveredAt: intake.Effective(d.DeliveredAt), Run: d.Run})
	}
	for _, d := range j.manifest.Again {
		list = append(list, load.Arrival{Feed: d.Feed, Path: d.Path, SHA256: d.SHA256, DeliveredAt: d.DeliveredAt, Run: d.Run, IsKnown: true})
	}
	return list
}

func (j *job) contracts() []schemas.Contract {
	all := make([]schemas.Contract, len(j.cfg.Feeds))
	for i, f := range j.cfg.Feeds {
		all[i] = f.Contract
	}
	return all
}

// prove runs the checks, takes the digests and closes the databases (step 8).
func (j *job) prove(ctx context.Context, build *load.Build, own []load.Check) error {
	return j.timed(StepProve, func() (int64, error) {
		shipped, err := load.Checks()
		if err != nil {
			return 0, err
		}
		var findings []load.Finding
		asked := len(shipped) + len(own)
		err = j.watched(StepProve, "checks", asked, func() (n int64, err error) {
			findings, err = build.Check(ctx, own...)
			return int64(asked), err
		})
		if err != nil {
			return 0, fmt.Errorf("prove: %w", err)
		}
		if err := j.gateChecks(findings); err != nil {
			return 0, err
		}
		if err := j.watched(StepProve, "digests", j.digestCount(), func() (int64, error) { return j.digests(ctx, build) }); err != nil {
			return 0, fmt.Errorf("prove: %w", err)
		}
		return int64(len(findings)), j.watched(StepProve, "files written", 0, func() (int64, error) { return 2, build.Finish(ctx) })
	})
}

// digestCount is how many tables the version before had, 0 = not known.
func (j *job) digestCount() int {
	if j.previous == nil {
		return 0
	}
	return len(j.previous.Manifest.Digests)
}

// watched shows one part of a step while it lasts; total is how many things it
// goes through, 0 = unknown.
func (j *job) watched(step Step, part string, total int, do func() (int64, error)) error {
	from := j.o.Now()
	j.o.Watch.Begin(step, part, int64(total), "done")
	n, err := do()
	if err == nil {
		j.o.Watch.End(n, j.since(from))
	}
	return err
}

// gateChecks stops the run where a check of severity error found rows.
func (j *job) gateChecks(findings []load.Finding) error {
	var broken []string
	for _, f := range findings {
		if f.Rows == 0 {
			continue
		}
		j.report.Checks = append(j.report.Checks, CheckReport{Name: f.Name, Severity: f.Severity, Rows: f.Rows, Sample: f.Sample})
		if f.Severity == load.SeverityError {
			broken = append(broken, fmt.Sprintf("%s (%d rows)", f.Name, f.Rows))
		}
	}
	if len(broken) == 0 {
		return nil
	}
	return &GateError{Code: fault.RunChecks, Reason: "checks failed: " + strings.Join(broken, ", "),
		Next: "each is a query that must return no row; see what it returns, mend the feed or the contract, and run again"}
}

func (j *job) digests(ctx context.Context, build *load.Build) (int64, error) {
	digests, err := j.takeDigests(ctx, build)
	if err != nil {
		return 0, err
	}
	j.manifest.Digests, j.manifest.Rows = map[string]string{}, map[string]int64{}
	for _, d := range digests {
		j.manifest.Digests[d.Table] = d.Value
		j.manifest.Rows[d.Table] = d.Rows
	}
	return int64(len(digests)), nil
}

// takeDigests counts every table on a rebuild, else what changed since the
// version that the build is a copy of.
func (j *job) takeDigests(ctx context.Context, build *load.Build) ([]load.Digest, error) {
	if j.manifest.Full {
		return build.Digests(ctx)
	}
	before := j.previous.Manifest
	return build.DigestsSince(ctx, load.Before{Dir: j.previous.Dir, Digests: before.Digests, Rows: before.Rows})
}

// publish writes the run's record and swaps the pointer.
func (j *job) publish() error {
	j.manifest.Ledger = append(j.manifest.Ledger, fmt.Sprintf("%06d.jsonl", j.manifest.Run))
	j.manifest.FinishedAt = j.o.Now()
	j.manifest.Warnings = j.report.Warnings
	j.report.Seconds = j.manifest.FinishedAt.Sub(j.started).Seconds()
	j.report.MaxRSS = maxRSS()
	if j.previous != nil && !j.manifest.Full {
		j.manifest.FreshSizes, j.manifest.FreshRows = j.previous.Manifest.FreshSizes, j.previous.Manifest.FreshRows
	}
	text, err := json.Marshal(j.report)
	if err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	j.manifest.Report = text
	err = j.warehouse.Publish(j.manifest, j.events, func(s publish.Step) { j.o.After(string(s)) })
	if err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	if _, err := j.warehouse.Collect(j.cfg.KeepVersions); err != nil {
		j.note(fmt.Sprintf("version %d is published, but older ones could not be removed: %v", j.manifest.Version, err))
	}
	return nil
}

// since is the time from a moment until now.
func (j *job) since(from time.Time) time.Duration { return j.o.Now().Sub(from) }
