package validate

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/intake"
	"loadstar/schemas"
	"loadstar/schemas/fault"
	"loadstar/transform"
)

// Options say what is looked at.
type Options struct {
	Project    string   // folder or its loadstar.yaml
	Files      []string // deliveries or contracts; none = all that the project names
	Feeds      []string // none = all
	Workers    int      // 0 = one for each processor
	ShowValues bool     // show the values of columns that the contract classifies as pii
	Dir        string   // where shown paths start, "" = as they are
	Env        config.Environment
	Own        func(config.Config) error // says in a fault.List what is wrong with the project's funnels, marts and checks; nil = they are not looked at
}

// job is one validation. It is used by one goroutine.
type job struct {
	o       Options
	cfg     config.Config
	report  *Report
	feeds   map[string]*feedState
	known   *targets
	pending []*references
}

// feedState is what is known of one feed.
type feedState struct {
	feed     config.Feed
	plan     *transform.Plan
	files    []intake.Candidate
	judged   bool // its findings are reported
	only     map[string]bool
	unread   string           // why its deliveries were not all read, "" = they were
	rows     map[string]int64 // of the last delivery of each list
	counts   FeedReport
	pii      map[string]bool
	headers  map[string]bool // drift that was reported
	findings []*Finding
	wholes   []whole // deliveries that others may mend
	pages    string  // that the last delivery says that more records follow, "" = it does not
}

// Run validates a project. The error is one of the file system or a cancelled
// context; what is wrong with the project is in the report.
func Run(ctx context.Context, o Options) (*Report, error) {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	j := &job{o: o, report: &Report{Notes: []string{}, Feeds: []FeedReport{}, Findings: []*Finding{}}, feeds: map[string]*feedState{}, known: newTargets()}
	defer func() { j.report.settle() }()
	j.report.project = config.FileName
	if done, err := j.loneContracts(); done || err != nil {
		return j.report, err
	}
	cfg, err := config.Load(o.Project)
	if err != nil {
		j.configErrors(err)
		return j.report, nil
	}
	j.cfg = cfg
	j.report.project = j.shown(cfg.File)
	if o.Own != nil {
		if err := o.Own(cfg); err != nil {
			j.configErrors(err)
		}
	}
	if len(cfg.Feeds) == 0 {
		j.note("%s lists no feed: there is nothing to check", j.shown(cfg.File))
	}
	if err := j.choose(); err != nil {
		return j.report, err
	}
	if j.report.Err() != nil {
		return j.report, nil
	}
	for _, f := range cfg.Feeds { // what points to the entity of a later feed is kept until that is read
		if s := j.feeds[f.Name]; j.isLookedAt(s) {
			j.noteReferences(s)
		}
	}
	for _, f := range cfg.Feeds {
		if err := ctx.Err(); err != nil {
			return j.report, err
		}
		if err := j.feed(ctx, j.feeds[f.Name]); err != nil {
			return j.report, fmt.Errorf("feed %s: %w", f.Name, err)
		}
	}
	j.gateFresh()
	j.compareReferences()
	for _, f := range cfg.Feeds {
		if s := j.feeds[f.Name]; s.judged {
			j.report.Feeds = append(j.report.Feeds, s.counts)
			j.report.Findings = append(j.report.Findings, s.findings...)
		}
	}
	return j.report, nil
}

// configErrors reports everything that is wrong with configuration and
// contracts.
func (j *job) configErrors(err error) {
	var list fault.List
	if !errors.As(err, &list) {
		var one *fault.Error
		if !errors.As(err, &one) {
			one = &fault.Error{Code: fault.ConfigValue, Reason: err.Error()}
		}
		list = fault.List{one}
	}
	for _, e := range list {
		f := &Finding{Code: e.Code, Severity: Error, File: j.shown(e.File), What: e.Code.Title(), Reason: e.Reason, Next: e.Next, config: true}
		f.at(occurrence{spot: Spot{Line: int64(e.At.Line), Char: e.At.Column}, print: fingerprint(string(e.Code), e.File, e.Reason), index: -1})
		j.report.Findings = append(j.report.Findings, f)
	}
}

// loneContracts checks contracts that were named where there is no project.
func (j *job) loneContracts() (bool, error) {
	if len(j.o.Files) == 0 || slices.ContainsFunc(j.o.Files, func(f string) bool { return !isYAML(f) }) {
		return false, nil
	}
	project := j.o.Project
	if info, err := os.Stat(project); err == nil && info.IsDir() {
		project = filepath.Join(project, config.FileName)
	}
	if _, err := os.Stat(project); err == nil {
		return false, nil
	}
	for _, file := range j.o.Files {
		text, err := os.ReadFile(file)
		if err != nil {
			return true, fmt.Errorf("read contract: %w", err)
		}
		contract, err := schemas.ParseContract(file, text)
		if err == nil {
			_, err = transform.NewPlan(contract, transform.Defaults{TimeZone: "UTC"})
		}
		if err != nil {
			j.configErrors(inFile(err, file))
		}
	}
	return true, nil
}

// inFile names the file of an error that has none.
func inFile(err error, file string) error {
	var list fault.List
	if !errors.As(err, &list) {
		list.Add(fault.Place{}, fault.ContractPlan, err)
	}
	return list.In(file)
}

func isYAML(path string) bool {
	ext := strings.ToLower(filepath.Ext(path))
	return ext == ".yaml" || ext == ".yml"
}

// shown is a path as it is written for people.
func (j *job) shown(path string) string {
	if j.o.Dir == "" || path == "" {
		return filepath.ToSlash(path)
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return filepath.ToSlash(path)
	}
	rel, err := filepath.Rel(j.o.Dir, full)
	if err != nil || strings.HasPrefix(rel, ".."+string(filepath.Separator)+"..") {
		return filepath.ToSlash(path)
	}
	return filepath.ToSlash(rel)
}
