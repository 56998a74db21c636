package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/intake"
	"loadstar/extract"
	"loadstar/load/publish"
	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// arrival is what one feed delivered to this run.
type arrival struct {
	feed    config.Feed
	matched int              // files that the pattern names, or 1 for a pull
	later   int              // files delivered after the as-of moment
	known   int              // files whose bytes are loaded already
	again   []extract.Landed // those of them that no earlier run knew
	news    []extract.Landed // to be loaded, in order of delivery
}

// land keeps the delivered bytes of every feed (step 1) and settles the
// moment the run speaks for.
func (j *job) land(ctx context.Context) ([]arrival, error) {
	var arrivals []arrival
	err := j.timed(StepLand, func() (int64, error) {
		var files int64
		found, err := j.findFiles()
		if err != nil {
			return 0, err
		}
		if err := j.settleAsOf(found); err != nil {
			return 0, err
		}
		j.marks = extract.ReadMarks(j.warehouse.Landing(), j.started)
		for i, feed := range j.cfg.Feeds {
			a, err := j.landFeed(ctx, feed, found[i])
			if err != nil {
				return files, fmt.Errorf("feed %s: %w", feed.Name, err)
			}
			files += int64(len(a.news))
			arrivals = append(arrivals, a)
		}
		if err := j.marks.Write(); err != nil {
			j.note(err.Error() + ": the next run reads all files again")
		}
		return files, nil
	})
	return arrivals, err
}

func (j *job) findFiles() ([][]intake.Candidate, error) {
	found := make([][]intake.Candidate, len(j.cfg.Feeds))
	for i, feed := range j.cfg.Feeds {
		var waiting []string
		var err error
		if found[i], waiting, err = intake.Find(j.cfg, feed, j.started); err != nil {
			return nil, fmt.Errorf("feed %s: %w", feed.Name, err)
		}
		if len(waiting) > 0 {
			j.note(fmt.Sprintf("feed %s: %s and %d more are not complete yet (ready: %s) and wait for the next run",
				feed.Name, filepath.Base(waiting[0]), len(waiting)-1, feed.From.Ready))
		}
	}
	return found, j.noteStrays()
}

// noteStrays tells of files that no feed reads.
func (j *job) noteStrays() error {
	strays, err := intake.Strays(j.cfg)
	if err != nil || len(strays) == 0 {
		return err
	}
	const shown = 3
	for i, name := range strays {
		if strings.ContainsFunc(name, unicode.IsControl) { // a name shall not write lines of its own
			strays[i] = strconv.Quote(name)
		}
	}
	names := strings.Join(strays[:min(shown, len(strays))], ", ")
	if more := len(strays) - shown; more > 0 {
		names += fmt.Sprintf(" and %d more", more)
	}
	j.note("no feed reads " + names + ": no pattern of loadstar.yaml names such a file")
	return nil
}

// settleAsOf takes the newest delivery's moment where the user gave none:
// its date where a contract tells one, else the time of the newest file. A
// version never speaks for an earlier moment than the one it is built on, whose
// deliveries it holds.
func (j *job) settleAsOf(found [][]intake.Candidate) error {
	j.manifest.AsOf = j.o.AsOf
	if j.manifest.AsOf.IsZero() {
		for _, files := range found {
			for _, f := range files {
				if f.At.After(j.manifest.AsOf) {
					j.manifest.AsOf = f.At
				}
			}
		}
	}
	if j.manifest.AsOf.IsZero() {
		for _, files := range found {
			for _, f := range files {
				if info, err := os.Stat(f.Path); err == nil && info.ModTime().After(j.manifest.AsOf) {
					j.manifest.AsOf = info.ModTime().UTC().Truncate(time.Second)
				}
			}
		}
	}
	if j.manifest.AsOf.IsZero() {
		j.manifest.AsOf = j.started.UTC().Truncate(time.Second)
	}
	if p := j.previous; p != nil && j.manifest.AsOf.Before(p.Manifest.AsOf) {
		if !j.o.AsOf.IsZero() {
			return fmt.Errorf("--as-of %s is before version %d, which speaks for %s: go back first with `loadstar rollback`",
				j.o.AsOf.Format(time.RFC3339), p.Number, p.Manifest.AsOf.Format(time.RFC3339))
		}
		j.manifest.AsOf = p.Manifest.AsOf
	}
	j.report.AsOf = j.manifest.AsOf
	return nil
}

func (j *job) landFeed(ctx context.Context, feed config.Feed, files []intake.Candidate) (arrival, error) {
	a := arrival{feed: feed}
	if feed.From.IsPull() {
		return j.pull(ctx, a)
	}
	if !feed.From.IsFile() {
		return j.plug(ctx, a)
	}
	known := j.known(feed)
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return a, err
		}
		a.matched++
		if !f.At.IsZero() && !j.o.AsOf.IsZero() && f.At.After(j.o.AsOf) {
			a.later++
			continue
		}
		shelf := extract.Shelf{Dir: j.warehouse.Landing(), Project: j.cfg.Dir, HasSize: known.hasSize, Marks: j.marks}
		landed, err := landFile(ctx, shelf, feed, f.Path, intake.With(j.cfg, feed))
		if err != nil {
			return a, err
		}
		landed.DeliveredAt = f.At
		if known.has(landed) {
			j.noteAgain(&a, landed)
			continue
		}
		known.add(landed.Path, landed.SHA256, landed.DeliveredAt)
		a.news = append(a.news, landed)
	}
	slices.SortStableFunc(a.news, func(x, y extract.Landed) int {
		return cmp.Or(x.DeliveredAt.Compare(y.DeliveredAt), extract.ComparePaths(x.Path, y.Path))
	})
	return a, nil
}

// landFile keeps the bytes of a file, or its text with what others tell of its
// rows.
func landFile(ctx context.Context, shelf extract.Shelf, feed config.Feed, path string, with []extract.Continuation) (extract.Landed, error) {
	if len(with) > 0 {
		return extract.LandContinued(ctx, shelf, feed.Name, path, feed.Contract.Dialect, with)
	}
	return extract.Land(ctx, shelf, feed.Name, path)
}

// noteAgain counts a delivery whose bytes an earlier one had, and keeps it
// where no earlier run did: the feed is alive.
func (j *job) noteAgain(a *arrival, landed extract.Landed) {
	a.known++
	if landed.DeliveredAt.IsZero() {
		return
	}
	is := func(sha256 string, at time.Time) bool {
		return at.Equal(landed.DeliveredAt) && (sha256 == landed.SHA256 || landed.SHA256 == "")
	}
	isKnown := slices.ContainsFunc(j.loaded(a.feed.Name), func(d publish.Delivery) bool { return is(d.SHA256, d.DeliveredAt) }) ||
		slices.ContainsFunc(slices.Concat(a.news, a.again), func(l extract.Landed) bool { return is(l.SHA256, l.DeliveredAt) })
	if j.previous != nil {
		isKnown = isKnown || slices.ContainsFunc(j.previous.Manifest.Again, func(d publish.Again) bool {
			return d.Feed == a.feed.Name && is(d.SHA256, d.DeliveredAt)
		})
	}
	if !isKnown {
		a.again = append(a.again, landed)
	}
}

// comesAgain lists the deliveries that brought nothing, of earlier runs and of
// this one.
func (j *job) comesAgain(arrivals []arrival) []publish.Again {
	var list []publish.Again
	for _, a := range arrivals {
		if j.previous != nil {
			for _, d := range j.previous.Manifest.Again {
				if d.Feed == a.feed.Name {
					list = append(list, d)
				}
			}
		}
		for _, l := range a.again {
			list = append(list, publish.Again{Feed: a.feed.Name, Path: l.Path, SHA256: l.SHA256, DeliveredAt: l.DeliveredAt, Run: j.manifest.Run})
		}
	}
	return list
}

// seen tells which deliveries of one feed are loaded already. Equal bytes of
// an appending feed are the same rows whenever they come; of the other modes
// only the same bytes of the same moment are, for a state may come back: also to
// the file that it was in, where no moment tells the states apart.
type seen struct {
	mode   schemas.Delivery
	loaded map[string]bool
	last   map[string]string // sha256 of what each path brought last, of deliveries without a moment
	sizes  map[int64]bool    // of their bytes
}

func (s seen) key(sha256 string, at time.Time) string {
	if s.mode == schemas.Append {
		return sha256
	}
	return sha256 + at.UTC().Format(time.RFC3339Nano)
}

func (s seen) has(l extract.Landed) bool {
	isBack := s.mode != schemas.Append && l.DeliveredAt.IsZero() && s.last[l.Path] != "" && s.last[l.Path] != l.SHA256
	return s.loaded[s.key(l.SHA256, l.DeliveredAt)] && !isBack
}

func (s seen) hasSize(size int64) bool { return s.sizes[size] }

func (s seen) add(path, sha256 string, at time.Time) {
	s.loaded[s.key(sha256, at)] = true
	if at.IsZero() {
		s.last[path] = sha256
	}
}

func (j *job) known(feed config.Feed) seen {
	s := seen{mode: feed.Contract.Delivery, loaded: map[string]bool{}, last: map[string]string{}, sizes: map[int64]bool{}}
	for _, d := range j.loaded(feed.Name) {
		s.sizes[d.Size] = true
		s.add(d.Path, d.SHA256, d.DeliveredAt)
	}
	return s
}

// loaded lists the deliveries of a feed that the previous version holds.
func (j *job) loaded(feed string) []publish.Delivery {
	if j.previous == nil {
		return nil
	}
	var list []publish.Delivery
	for _, d := range j.previous.Manifest.Deliveries {
		if d.Feed == feed {
			list = append(list, d)
		}
	}
	return list
}

// gateArrivals stops the run where a feed that was there last time has gone.
func (j *job) gateArrivals(arrivals []arrival) error {
	var gates []error
	any := j.previous != nil
	for _, a := range arrivals {
		any = any || a.matched > 0
		if a.matched == 0 && len(j.loaded(a.feed.Name)) > 0 && !a.feed.Contract.Allow.Absent && !j.o.Accept {
			gates = append(gates, &GateError{
				Code:   fault.FeedAbsent,
				Feed:   a.feed.Name,
				Reason: fmt.Sprintf("it was delivered before and %s names no file now", a.feed.From.What()) + extract.WhyNoFile(j.cfg.Dir, a.feed.From.Pattern),
				Next:   "deliver it, or add `absent` to the contract's allow list",
			})
		}
		if a.matched == 0 && j.previous == nil && !a.feed.Contract.Allow.Absent && !j.o.Accept {
			gates = append(gates, &GateError{
				Code:   fault.FeedAbsent,
				Feed:   a.feed.Name,
				Reason: fmt.Sprintf("%s names no file", a.feed.From.What()) + extract.WhyNoFile(j.cfg.Dir, a.feed.From.Pattern),
				Next:   "check the path in loadstar.yaml, or add `absent` to the contract's allow list",
			})
		}
	}
	if !any {
		return errors.Join(append(gates, errors.New("no feed has any delivery"))...)
	}
	return errors.Join(gates...)
}

// nothingNew says whether the previous version already is the answer: nothing
// was delivered, judged, selected or set otherwise since.
func (j *job) nothingNew(arrivals []arrival) bool {
	if j.previous == nil {
		return false
	}
	for _, a := range arrivals {
		if len(a.news) > 0 {
			return false
		}
	}
	for _, name := range []string{"decisions", "marts", "selections", "catalogue", "settings"} {
		if j.manifest.Hashes[name] != j.previous.Manifest.Hashes[name] {
			return false
		}
	}
	return j.manifest.AsOf.Equal(j.previous.Manifest.AsOf) || j.o.AsOf.IsZero()
}
