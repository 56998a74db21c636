package validate

import (
	"context"
	"errors"
	"fmt"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/intake"
	"loadstar/extract"
	"loadstar/transform"
)

// Broken is one broken rule of one row of a delivery.
type Broken struct {
	Sheet, Cell, Column string
	Row                 int64
	Code, Reason        string
}

// Judge reads one landed delivery by a feed's contract and lists what a run
// would refuse of it. An error says that the delivery as a whole is refused.
func Judge(ctx context.Context, cfg config.Config, feed config.Feed, l extract.Landed, workers int) (broken []Broken, err error) {
	if workers <= 0 {
		workers = 1
	}
	plan, err := transform.NewPlan(feed.Contract, intake.Defaults(cfg.Company))
	if err != nil {
		return nil, err
	}
	j := &job{o: Options{Workers: workers}, cfg: cfg, report: &Report{}, known: newTargets()}
	s := &feedState{feed: feed, plan: plan, judged: true, pii: piiColumns(feed), headers: map[string]bool{}, rows: map[string]int64{}}
	d := newDelivery(j, s, l, l.File)
	defer func() { err = errors.Join(err, d.drop()) }()
	source, err := extract.Open(feed.Contract, l)
	if err != nil {
		return nil, err
	}
	if err := intake.Each(ctx, workers, source, intake.Conform(plan, feed.Name, l), d.take); err != nil {
		return nil, fmt.Errorf("read %s: %w", l.Path, err)
	}
	if err := d.compareKeys(); err != nil {
		return nil, err
	}
	for _, f := range d.order {
		for _, o := range f.occurrences {
			broken = append(broken, Broken{
				Sheet: o.spot.Sheet, Cell: o.spot.Cell, Row: o.spot.Line, Column: f.Column, Code: string(f.Code), Reason: f.Reason,
			})
		}
	}
	return broken, nil
}
