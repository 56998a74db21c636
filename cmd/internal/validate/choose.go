package validate

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/intake"
	"loadstar/extract"
	"loadstar/schemas/fault"
	"loadstar/transform"
)

// UsageError says that the command line asks for what the project has not.
type UsageError struct{ err error }

// Error is the reason.
func (e *UsageError) Error() string { return e.err.Error() }

// Unwrap returns the cause.
func (e *UsageError) Unwrap() error { return e.err }

// choose makes the state of every feed and decides whose findings are
// reported. The other feeds are read as well where rows may point to them.
func (j *job) choose() error {
	names := make([]string, len(j.cfg.Feeds))
	for i, f := range j.cfg.Feeds {
		names[i] = f.Name
	}
	for _, name := range j.o.Feeds {
		if !slices.Contains(names, name) {
			return &UsageError{fault.Unknown(fault.ConfigValue, "feed", name, names)}
		}
	}
	for _, f := range j.cfg.Feeds {
		s := &feedState{
			feed: f, counts: FeedReport{Feed: f.Name}, pii: piiColumns(f), headers: map[string]bool{}, only: map[string]bool{}, rows: map[string]int64{},
			judged: len(j.o.Files) == 0 && (len(j.o.Feeds) == 0 || slices.Contains(j.o.Feeds, f.Name)),
		}
		j.feeds[f.Name] = s
		var err error
		if s.plan, err = transform.NewPlan(f.Contract, intake.Defaults(j.cfg.Company)); err != nil {
			j.configErrors(inFile(err, f.ContractFile))
			continue
		}
		s.plan = s.plan.Tolerant() // drift is reported here, with what else is wrong
		if s.files, _, err = intake.Find(j.cfg, f, time.Time{}); err != nil {
			s.refuse(j, "", err)
		}
	}
	for _, file := range j.o.Files {
		if err := j.chooseFile(file); err != nil {
			return err
		}
	}
	return nil
}

// chooseFile reports the findings of one file, which belongs to the feed
// whose pattern names it, to the one that was named, or, where it lies
// elsewhere, to the one whose deliveries have such a name.
func (j *job) chooseFile(file string) error {
	path, err := filepath.Abs(file)
	if err != nil {
		return &UsageError{err}
	}
	info, missing := os.Stat(path)
	if missing == nil && info.IsDir() {
		return &UsageError{fmt.Errorf("%s is a folder; name files, or none to look at all deliveries", file)}
	}
	if isYAML(file) {
		return j.chooseContract(path)
	}
	for _, s := range j.feeds {
		if slices.ContainsFunc(s.files, func(c intake.Candidate) bool { return samePath(c.Path, path) }) && j.isAsked(s) {
			s.judged, s.only[path] = true, true
			return nil
		}
	}
	var fits []*feedState
	for _, f := range j.cfg.Feeds {
		s := j.feeds[f.Name]
		if s.feed.From.Pattern == "" || !j.isAsked(s) {
			continue
		}
		matches, err := filepath.Match(filepath.Base(f.From.Pattern), filepath.Base(path))
		if err == nil && matches || len(j.o.Feeds) == 1 {
			fits = append(fits, s)
		}
	}
	switch {
	case len(fits) != 1 && missing != nil:
		return &UsageError{fmt.Errorf("%s can't be looked at: %w", file, errors.Unwrap(missing))}
	case len(fits) != 1:
		return &UsageError{fmt.Errorf("%s is a %s; name one with --feed", file, whose(fits))}
	}
	s := fits[0]
	s.judged, s.only[path] = true, true
	at, err := intake.DeliveredAt(s.feed.Contract, path, j.cfg.Company)
	if err != nil {
		s.refuse(j, path, err)
		return nil
	}
	s.files = append(s.files, intake.Candidate{Path: path, At: at})
	return nil
}

func (j *job) isAsked(s *feedState) bool {
	return len(j.o.Feeds) == 0 || slices.Contains(j.o.Feeds, s.feed.Name)
}

// chooseContract reports the deliveries of the feeds of a contract. The
// project's own file stands for all.
func (j *job) chooseContract(path string) error {
	found := false
	for _, s := range j.feeds {
		if samePath(s.feed.ContractFile, path) || samePath(j.cfg.File, path) {
			s.judged, found = true, true
		}
	}
	if !found {
		return &UsageError{fmt.Errorf("%s is no contract of %s", path, j.cfg.File)}
	}
	return nil
}

func samePath(a, b string) bool {
	x, errX := filepath.Abs(a)
	y, errY := filepath.Abs(b)
	return errors.Join(errX, errY) == nil && x == y
}

// whose says why a file belongs to no one feed.
func whose(fits []*feedState) string {
	if len(fits) == 0 {
		return "delivery of no feed: no pattern of loadstar.yaml fits its name"
	}
	var names []string
	for _, s := range fits {
		names = append(names, s.feed.Name)
	}
	return "delivery of several feeds (" + strings.Join(names, ", ") + ")"
}

// piiColumns are the headers, folded, of columns that the contract classifies
// as pii.
func piiColumns(f config.Feed) map[string]bool {
	pii := map[string]bool{}
	for _, o := range f.Contract.Objects {
		for _, p := range o.Properties {
			if p.PII {
				for _, name := range append([]string{p.Name}, p.Aliases...) {
					pii[foldName(name)] = true
				}
			}
		}
	}
	return pii
}

// isWanted says whether the findings of a delivery are reported.
func (s *feedState) isWanted(path string) bool {
	return s.judged && (len(s.only) == 0 || s.only[path])
}

// refuse reports a delivery, or a feed, that can't be read at all.
func (s *feedState) refuse(j *job, path string, err error) {
	short := path
	if rel, relErr := filepath.Rel(j.cfg.Dir, path); relErr == nil && path != "" {
		short = filepath.ToSlash(rel)
	}
	code := fault.CodeOf(err)
	if code == "" {
		code = fault.DeliveryOther
	}
	if errors.Is(err, extract.ErrNoFile) {
		code = fault.DeliveryMissing
	}
	s.unread = firstOf(s.unread, "a delivery can't be read")
	f := &Finding{Code: code, Severity: Error, Feed: s.feed.Name, File: j.shown(path), What: code.Title(), Reason: reasonOf(err, short)}
	f.Next = nextOf(code)
	f.at(occurrence{spot: spotIn(err, short), print: fingerprint(s.feed.Name, string(code), f.Reason), index: -1})
	s.findings = append(s.findings, f)
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
