package validate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"loadstar/cmd/internal/intake"
	"loadstar/extract"
	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// isLookedAt says whether the deliveries of a feed are read.
func (j *job) isLookedAt(s *feedState) bool { return s.plan != nil && (s.judged || j.isReferred(s)) }

// feed looks at every delivery of one feed, in order of delivery.
func (j *job) feed(ctx context.Context, s *feedState) error {
	if !j.isLookedAt(s) {
		return nil
	}
	s.unfed(j)
	s.ofNobody(j)
	if s.feed.From.IsPull() {
		return j.pulled(ctx, s)
	}
	if !s.feed.From.IsFile() {
		s.unread = "it comes from a command"
		if s.judged {
			j.note("feed %s comes from command %s, which is not run: only its contract was checked", s.feed.Name, s.feed.From.Command[0])
		}
		return nil
	}
	if len(s.files) == 0 && s.unread == "" {
		s.unread = "no file is there"
		if !s.feed.Contract.Allow.Absent {
			s.gate(j, fault.FeedAbsent, "", s.feed.From.Pattern+" names no file"+extract.WhyNoFile(j.cfg.Dir, s.feed.From.Pattern))
		}
		return nil
	}
	slices.SortStableFunc(s.files, func(a, b intake.Candidate) int {
		return cmp.Or(a.At.Compare(b.At), extract.ComparePaths(a.Path, b.Path))
	})
	for _, c := range s.files {
		landed, err := extract.InPlace(j.cfg.Dir, s.feed.Name, c.Path)
		if err != nil {
			s.refuse(j, c.Path, err)
			continue
		}
		landed.DeliveredAt = c.At
		if err := j.deliveryWith(ctx, s, landed, intake.With(j.cfg, s.feed)); err != nil {
			return err
		}
	}
	if s.judged && s.pages != "" {
		j.note("%s", s.pages)
	}
	s.forgiveMended(j)
	return nil
}

// unfed warns of objects whose rows would be known by their keys alone: their
// columns are kept as attributes, and no number of the warehouse counts them.
func (s *feedState) unfed(j *job) {
	if !s.judged {
		return
	}
	for _, o := range s.feed.Contract.Objects {
		isFed := slices.ContainsFunc(o.Properties, func(p schemas.Property) bool { return p.Field != "" && p.Key == 0 })
		if isFed || slices.Contains([]string{"association", "customer"}, o.Entity) && len(o.KeyProperties()) > 0 {
			continue // a tie is its key, and so is a customer that nothing more is known of
		}
		f := &Finding{
			Code: fault.ContractUnfed, Severity: Warning, Feed: s.feed.Name, What: fault.ContractUnfed.Title(),
			Reason: fmt.Sprintf("schema %s: no property but its key names a field of %s", o.Name, o.Entity), Next: nextOf(fault.ContractUnfed),
		}
		f.at(occurrence{print: fingerprint(f.Feed, string(f.Code), o.Name), index: -1})
		s.findings = append(s.findings, f)
	}
}

// pulled looks at the rows of a table in a database file. Servers are not
// asked and commands not run: a validation needs no network.
func (j *job) pulled(ctx context.Context, s *feedState) (err error) {
	connection := j.cfg.Connections[s.feed.From.Connection]
	if connection.Driver != "sqlite" {
		s.unread = "it is pulled"
		source := "a command, which is not run"
		if s.feed.From.Connection != "" {
			source = "connection " + s.feed.From.Connection + ", which is not asked"
		}
		if s.judged {
			j.note("feed %s is pulled from %s: only its contract was checked", s.feed.Name, source)
		}
		return nil
	}
	dir, err := os.MkdirTemp("", "loadstar-validate-")
	if err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	pull, err := intake.PullOf(ctx, j.cfg, s.feed, "", time.Time{})
	if err != nil {
		return err
	}
	pull.Sweep = false
	pages, err := extract.PullTable(ctx, dir, pull)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		s.refuse(j, "", err)
		return nil
	}
	for _, page := range pages {
		if err := j.delivery(ctx, s, page, page.File); err != nil {
			return err
		}
	}
	return nil
}

// deliveryWith reads a file, perhaps with what others tell of its rows.
func (j *job) deliveryWith(ctx context.Context, s *feedState, l extract.Landed, with []extract.Continuation) (err error) {
	if len(with) == 0 {
		return j.delivery(ctx, s, l, l.File)
	}
	text, err := os.CreateTemp("", "loadstar-validate-*")
	if err != nil {
		return fmt.Errorf("make file: %w", err)
	}
	defer func() { err = errors.Join(err, os.Remove(text.Name())) }()
	err = errors.Join(extract.WriteContinued(ctx, s.feed.Contract.Dialect, l.File, with, text), text.Close())
	if err != nil {
		if ctx.Err() == nil {
			s.refuse(j, l.File, err)
		}
		return ctx.Err()
	}
	path := l.File
	l.File = text.Name()
	return j.delivery(ctx, s, l, path)
}

// delivery decodes and conforms one delivery, which people know by a path, and
// keeps what is wrong with it.
func (j *job) delivery(ctx context.Context, s *feedState, l extract.Landed, path string) (err error) {
	d := newDelivery(j, s, l, path)
	defer func() { err = errors.Join(err, d.drop()) }()
	source, err := extract.Open(s.feed.Contract, l)
	if err == nil {
		err = intake.Each(ctx, j.o.Workers, source, intake.Conform(s.plan, s.feed.Name, l), d.take)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if own := (*spillError)(nil); errors.As(err, &own) {
		return err
	}
	if err != nil {
		if !s.isWanted(d.path) {
			s.unread = firstOf(s.unread, "a delivery can't be read")
			return nil
		}
		s.refuse(j, d.path, err)
		d.hintEncoding(s.findings[len(s.findings)-1])
		return nil
	}
	s.pages = ""
	if paged, ok := source.(extract.Paged); ok && paged.Follows() != "" {
		s.pages = fmt.Sprintf("feed %s, %s: %q says that more records follow, which no later file holds: deliver all pages", s.feed.Name, j.shown(path), paged.Follows())
	}
	if err := d.compareKeys(); err != nil {
		return err
	}
	j.known.add(d)
	if !s.isWanted(d.path) {
		return nil
	}
	d.drift()
	d.close()
	s.keep(d, l.DeliveredAt)
	s.counts.Deliveries++
	s.counts.Rows += d.rows
	s.counts.Bad += int64(len(d.bad))
	s.counts.Excluded += d.excluded
	s.gateSize(j, d)
	s.gateRows(j, d)
	return nil
}

// gateSize applies the size rules of a run to the deliveries at hand.
func (s *feedState) gateSize(j *job, d *delivery) {
	allow := s.feed.Contract.Allow
	list := s.feed.Contract.Partition.Of(d.path)
	previous, isSecond := s.rows[list]
	if !isSecond || s.feed.Contract.Delivery != schemas.Snapshot {
		previous = -1
	}
	s.rows[list] = d.rows
	switch {
	case d.rows == 0 && !allow.Empty && s.feed.From.Pattern != "":
		s.gate(j, fault.FeedEmpty, d.path, "it holds no row")
	case 2*d.rows < previous && !allow.Shrink:
		s.gate(j, fault.FeedShrank, d.path, fmt.Sprintf("it holds %d rows, under half of the %d before", d.rows, previous))
	}
}

// gateRows applies the numbers of rows that the contract asks for.
func (s *feedState) gateRows(j *job, d *delivery) {
	for _, o := range s.feed.Contract.Objects {
		if reason := o.Rows.Fault(d.counted[o.Name]); reason != "" {
			s.gate(j, fault.FeedRowCount, d.path, o.Name+": "+reason)
		}
	}
}

// gateFresh compares the newest delivery of each feed with the newest of all,
// which is the moment that a run speaks for.
func (j *job) gateFresh() {
	if len(j.o.Files) > 0 {
		return // the deliveries at hand are not all that there are
	}
	var asOf time.Time
	for _, s := range j.feeds {
		for _, c := range s.files {
			if c.At.After(asOf) {
				asOf = c.At
			}
		}
	}
	for _, f := range j.cfg.Feeds {
		s := j.feeds[f.Name]
		if most := f.Contract.Freshness; most > 0 && len(s.files) > 0 {
			s.gateAge(j, asOf, most)
		}
	}
}

func (s *feedState) gateAge(j *job, asOf time.Time, most time.Duration) {
	newest := s.files[0]
	for _, c := range s.files {
		if c.At.After(newest.At) {
			newest = c
		}
	}
	reason := fmt.Sprintf("it is of %s, more than %g hours before %s, the newest delivery of all", newest.At.Format(time.DateOnly), most.Hours(), asOf.Format(time.DateOnly))
	switch {
	case newest.At.IsZero():
		reason = fmt.Sprintf("nothing tells when it was delivered, and the contract promises one within %g hours; give it a delivered pattern", most.Hours())
	case asOf.Sub(newest.At) <= most:
		return
	}
	s.gate(j, fault.FeedStale, newest.Path, reason)
	if s.judged {
		s.findings[len(s.findings)-1].Severity = Warning
	}
}

// gate reports a rule about a whole feed or delivery.
func (s *feedState) gate(j *job, code fault.Code, path, reason string) {
	if !s.judged {
		return
	}
	f := &Finding{Code: code, Severity: Error, Feed: s.feed.Name, File: j.shown(path), What: code.Title(), Reason: reason, Next: nextOf(code)}
	f.at(occurrence{print: fingerprint(s.feed.Name, string(code), filepath.Base(path)), index: -1})
	s.findings = append(s.findings, f)
}

func (j *job) note(format string, args ...any) {
	j.report.Notes = append(j.report.Notes, fmt.Sprintf(format, args...))
}
