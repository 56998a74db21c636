package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"loadstar/cmd/internal/intake"
	"loadstar/extract"
	"loadstar/load"
	"loadstar/load/publish"
	"loadstar/schemas"
	"loadstar/schemas/fault"
	"loadstar/transform"
)

// delivery is one landed delivery on its way into the ODS.
type delivery struct {
	contract schemas.Contract
	landed   extract.Landed
	first    bool // loaded for the first time in this run (not a rebuild)
}

func newDelivery(contract schemas.Contract, l extract.Landed, first bool) delivery {
	if l.Keys {
		contract = contract.KeysOnly()
	}
	return delivery{contract: contract, landed: l, first: first}
}

// ingest takes every delivery through Decode, Conform, Cleanse and Stage
// (steps 2 to 5), in order of delivery.
func (j *job) ingest(ctx context.Context, build *load.Build, arrivals []arrival) error {
	var merging time.Duration
	defer func() {
		stage := &j.report.Steps[len(j.report.Steps)-1]
		stage.Seconds -= merging.Seconds()
		j.report.Steps = append(j.report.Steps, StepReport{Step: StepMerge, Seconds: merging.Seconds(), Rows: stage.Rows})
	}()
	return j.timed(StepStage, func() (int64, error) {
		var rows int64
		reports := map[string]*FeedReport{}
		for _, a := range arrivals {
			reports[a.feed.Name] = &FeedReport{Feed: a.feed.Name, Known: a.known, Money: map[string]string{}}
		}
		money := newMoneyTotals()
		for _, d := range j.deliveries(arrivals) {
			report := reports[d.contract.Feed]
			n, err := j.ingestOne(ctx, build, d, report, money, &merging)
			rows += n
			if err != nil {
				return rows, fmt.Errorf("stage %s, %s: %w", d.contract.Feed, d.landed.Path, err)
			}
		}
		for _, feed := range slices.Sorted(maps.Keys(j.unfinished)) {
			j.note(j.unfinished[feed])
		}
		for _, a := range arrivals {
			money.into(a.feed.Name, reports[a.feed.Name])
			j.report.Feeds = append(j.report.Feeds, *reports[a.feed.Name])
		}
		return rows, j.gateRows(ctx, build, arrivals, reports)
	})
}

// deliveries lists what this run loads: the news, before them on a rebuild
// everything the previous version held, in order of delivery. Of two that no
// moment tells apart the one that was loaded first comes first, then the feed's
// name and the path decide.
func (j *job) deliveries(arrivals []arrival) []delivery {
	var list []delivery
	contracts := map[string]schemas.Contract{}
	for _, a := range arrivals {
		contracts[a.feed.Name] = a.feed.Contract
	}
	if j.previous != nil {
		dropped := map[string]int{}
		for _, d := range j.previous.Manifest.Deliveries {
			contract, known := contracts[d.Feed]
			switch {
			case j.manifest.Full && !known:
				dropped[d.Feed]++
			case j.manifest.Full:
				list = append(list, newDelivery(contract, extract.Landed{
					Feed: d.Feed, Path: d.Path, SHA256: d.SHA256, Size: d.Size, DeliveredAt: d.DeliveredAt, Rows: d.Rows,
					Keys: d.Keys, Cursor: d.Cursor, State: d.State, File: extract.LandedFile(j.warehouse.Landing(), d.SHA256),
				}, false))
			default:
				j.manifest.Deliveries = append(j.manifest.Deliveries, d)
			}
		}
		for _, feed := range slices.Sorted(maps.Keys(dropped)) {
			j.note(fmt.Sprintf("feed %s is not in loadstar.yaml any more: the rebuild leaves its %d deliveries out", feed, dropped[feed]))
		}
	}
	var news []delivery
	for _, a := range arrivals {
		for _, l := range a.news {
			news = append(news, newDelivery(a.feed.Contract, l, true))
		}
	}
	slices.SortStableFunc(news, func(a, b delivery) int {
		return cmp.Or(cmp.Compare(a.contract.Feed, b.contract.Feed), extract.ComparePaths(a.landed.Path, b.landed.Path))
	})
	list = append(list, news...)
	slices.SortStableFunc(list, func(a, b delivery) int { return a.landed.DeliveredAt.Compare(b.landed.DeliveredAt) })
	return list
}

// ingestOne returns the rows of the delivery, and adds to merging how long it
// took to merge them.
func (j *job) ingestOne(ctx context.Context, build *load.Build, d delivery, report *FeedReport, money moneyTotals, merging *time.Duration) (int64, error) {
	from := j.o.Now()
	j.o.Watch.Begin(StepStage, d.contract.Feed+" "+d.landed.Path, d.landed.Rows, "rows")
	readAs := d.contract
	readAs.Allow.Empty = readAs.Allow.Empty || j.o.Accept // gated, where it is, with what holds no row
	source, err := extract.Open(readAs, d.landed)
	if err != nil {
		return 0, err
	}
	plan, err := transform.NewPlan(d.contract, intake.Defaults(j.cfg.Company))
	if err != nil {
		return 0, err
	}
	target := load.Delivery{
		Feed: d.contract.Feed, System: d.contract.System, Path: d.landed.Path, SHA256: d.landed.SHA256,
		Mode: d.contract.Delivery, Partition: d.contract.Partition, Duplicates: d.contract.Duplicates, DeliveredAt: intake.Effective(d.landed.DeliveredAt),
		Sequence: int64(len(j.manifest.Deliveries) + 1), Size: d.landed.Size, Cursor: d.landed.Cursor, Keys: d.landed.Keys,
	}
	target.Late, target.LateInList = j.isLate(d)
	in := newEntry(build, target, d)
	lacks := lacking{plan: plan, contract: d.contract}
	err = intake.Each(ctx, j.o.Workers, source, intake.Conform(plan, d.contract.Feed, d.landed), func(b intake.Batch) error {
		for _, note := range b.Notes {
			j.note("feed " + d.contract.Feed + ", " + note)
		}
		j.o.Watch.Add(b.Rows)
		return errors.Join(lacks.look(b), in.take(ctx, b))
	})
	if err == nil {
		err = build.Settle(ctx)
	}
	if fault.CodeOf(err) == fault.DeliveryEmpty {
		err = gateNothing(d)
	}
	if err != nil {
		return in.rows, err
	}
	j.noteDelivery(d, lacks, source)
	staged := j.o.Now()
	counts, err := in.merge(ctx)
	*merging += j.o.Now().Sub(staged)
	if err != nil {
		return in.rows, err
	}
	j.gateCounts(d, in)
	j.gateKeys(d, counts)
	if d.landed.Keys {
		report.deleted(counts)
	} else {
		report.add(counts, d.first)
	}
	money.add(d.contract, in.totals)
	j.manifest.Deliveries = append(j.manifest.Deliveries, publish.Delivery{
		Feed: d.contract.Feed, Path: d.landed.Path, SHA256: d.landed.SHA256, Size: d.landed.Size,
		DeliveredAt: d.landed.DeliveredAt, Run: j.manifest.Run, Rows: in.rows, Sheets: in.filledSheets(), Cursor: d.landed.Cursor, State: d.landed.State, Keys: d.landed.Keys,
	})
	j.o.Watch.End(in.rows, j.o.Now().Sub(from))
	return in.rows, nil
}

// noteDelivery tells of columns that a delivery lacks, and keeps that it says that
// more records follow behind its own, until another one of its feed comes.
func (j *job) noteDelivery(d delivery, lacks lacking, source extract.Source) {
	if note := lacks.note(d.contract.Feed, d.landed.Path); note != "" {
		j.note(note)
	}
	delete(j.unfinished, d.contract.Feed)
	paged, ok := source.(extract.Paged)
	if !ok || !d.first || paged.Follows() == "" {
		return
	}
	if j.unfinished == nil {
		j.unfinished = map[string]string{}
	}
	j.unfinished[d.contract.Feed] = fmt.Sprintf("feed %s, %s: %q says that more records follow, which no later file holds: deliver all pages", d.contract.Feed, d.landed.Path, paged.Follows())
}

// isLate tells whether the previous version holds a later delivery of the feed,
// and whether one of the list that this one is the whole of.
func (j *job) isLate(d delivery) (inFeed, inList bool) {
	if !d.first || j.manifest.Full {
		return false, false
	}
	list := d.contract.Partition.Of(d.landed.Path)
	for _, o := range j.loaded(d.contract.Feed) {
		if d.landed.DeliveredAt.Before(o.DeliveredAt) {
			inFeed, inList = true, inList || d.contract.Partition.Of(o.Path) == list
		}
	}
	return inFeed, inList
}

// entry stages the batches of one delivery and keeps the counts that the
// balance is proved with.
type entry struct {
	build    *load.Build
	delivery load.Delivery
	landed   extract.Landed
	contract schemas.Contract
	totals   map[string]*schemas.ControlTotal // by object
	rows     int64                            // rows of the delivery, counted once
	sheets   map[string]int64                 // rows of the sheets recorded as files
}

func newEntry(build *load.Build, target load.Delivery, d delivery) *entry {
	in := &entry{build: build, delivery: target, landed: d.landed, contract: d.contract,
		totals: map[string]*schemas.ControlTotal{}, sheets: map[string]int64{}}
	for _, o := range d.contract.Objects {
		in.totals[o.Name] = &schemas.ControlTotal{Feed: d.contract.Feed, Object: o.Name, SHA256: target.SHA256}
	}
	return in
}

func (in *entry) take(ctx context.Context, b intake.Batch) error {
	in.rows += b.Rows
	if err := in.record(ctx, b.Sheet); err != nil {
		return err
	}
	in.sheets[b.Sheet] += b.Rows
	for _, o := range in.contract.Objects {
		if b.Object == "" || b.Object == o.Name {
			in.totals[o.Name].Excluded.Add(b.Excluded)
		}
	}
	if err := in.takeUndecoded(ctx, b); err != nil {
		return err
	}
	for i, c := range b.Conformed {
		object, err := in.contract.Object(c.Object)
		if err == nil {
			in.totals[c.Object].Add(c)
			err = in.build.Stage(ctx, in.delivery, object, c)
		}
		if err == nil && len(c.Rejects) > 0 {
			err = in.build.Quarantine(ctx, in.delivery, c.Rejects)
		}
		if c.Record != nil {
			c.Record.Release()
		}
		if err != nil {
			for _, rest := range b.Conformed[i+1:] {
				rest.Record.Release()
			}
			return err
		}
	}
	return nil
}

// record notes the file, or the sheet of it, that rows come from.
func (in *entry) record(ctx context.Context, sheet string) error {
	if _, isKnown := in.sheets[sheet]; isKnown {
		return nil
	}
	in.sheets[sheet] = 0
	return in.build.File(ctx, in.delivery, schemas.FileKey(in.contract.Feed, in.delivery.SHA256, sheet), sheet)
}

// filledSheets are the worksheets that had rows, nil where the format has none.
func (in *entry) filledSheets() (names []string) {
	for _, name := range slices.Sorted(maps.Keys(in.sheets)) {
		if name != "" && in.sheets[name] > 0 {
			names = append(names, name)
		}
	}
	return names
}

// takeUndecoded quarantines rows that never became columns.
func (in *entry) takeUndecoded(ctx context.Context, b intake.Batch) error {
	if len(b.Rejects) == 0 {
		return nil
	}
	object, rejects := intake.Undecoded(in.contract, in.landed, b)
	for _, r := range rejects {
		if err := in.record(ctx, r.At.Sheet); err != nil {
			return err
		}
	}
	total := in.totals[object]
	before := total.Quarantined
	total.Add(schemas.Conformed{Rejects: rejects})
	total.Read += total.Quarantined - before
	in.rows += total.Quarantined - before
	return in.build.Quarantine(ctx, in.delivery, rejects)
}

// merge moves every object of the delivery from stage to the ODS.
func (in *entry) merge(ctx context.Context) (map[string]load.Counts, error) {
	counts := map[string]load.Counts{}
	for _, o := range in.contract.Objects {
		total := in.totals[o.Name]
		total.Read += total.Excluded.Total()
		c, err := in.build.Merge(ctx, in.delivery, o, *total)
		if err != nil {
			return nil, fmt.Errorf("merge %s: %w", o.Name, err)
		}
		counts[o.Name] = c
	}
	return counts, nil
}

// deleted takes over what keys alone tell: which rows are gone.
func (r *FeedReport) deleted(counts map[string]load.Counts) {
	for _, c := range counts {
		r.Deleted += c.Deleted
	}
}

func (r *FeedReport) add(counts map[string]load.Counts, first bool) {
	if first {
		r.Deliveries++
	} else {
		r.Reread++
	}
	for _, c := range counts {
		r.Read += c.Read
		r.Loaded += c.Loaded
		r.Quarantined += c.Quarantined
		r.Redelivered += c.Redelivered
		r.Superseded += c.Superseded
		r.Excluded += c.Excluded
		r.Deleted += c.Deleted
	}
}
