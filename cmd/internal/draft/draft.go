package draft

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// contractFolder is the folder of contracts in a project.
const contractFolder = "contracts"

// Options say what to draft from, and where to.
type Options struct {
	Dir     string   // project folder, made where it is missing
	From    []string // files, folders, and databases as sqlite:FILE or by their URL
	Force   bool     // an existing loadstar.yaml is overwritten
	Workers int      // at least 1; carries no meaning for the result
	Ask     Asker    // nil: open questions become marked lines
	Company string   // name, "" = the folder's
	Country string   // ISO 3166-1 alpha-2, "" = told by the feeds
	Watch   Watcher
	Now     time.Time // tells the century of years of two digits
}

// Watcher is told how far the look at the samples is.
type Watcher interface {
	Begin(part string, total int64, unit string) // total 0 = unknown
	Add(n int64)
}

// Asker puts a question to a person and returns the number of the answer;
// answered is false where the person leaves it open.
type Asker func(q Question) (answer int, answered bool, err error)

// Question is what the samples do not tell.
type Question struct {
	Feed    string
	Text    string   // one sentence, with the column
	Answers []string // as people say them
	Seen    []string // a few values that show the doubt
	Likely  int      // answer that other evidence leans to
}

// Report says what was drafted.
type Report struct {
	Feeds     []FeedReport
	Open      []OpenLine
	LeftOut   []LeftOut
	Notes     []string
	Files     []string
	Asked     int
	Rows      int64
	Locations int // files and tables
}

// FeedReport is what became of one feed.
type FeedReport struct {
	Name       string
	Contract   string
	Entities   []string
	Files      int
	Rows       int
	Understood int // columns that feed a field
	Attributes int // columns kept as they are
	Delivery   string
	Key        string
	Refused    int // rows of the samples that go to quarantine
	Open       int
}

// OpenLine is a marked line that a person must decide.
type OpenLine struct {
	File string
	Line int
	Text string
}

// LeftOut is a file or table that no contract was written for.
type LeftOut struct{ Place, Why string }

// UsageError is a fault of what was asked for, not of a file's content.
type UsageError struct{ Err error }

// Error says what is wrong and what would be right.
func (e *UsageError) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *UsageError) Unwrap() error { return e.Err }

func usage(format string, args ...any) error { return &UsageError{fmt.Errorf(format, args...)} }

// drafter is one call of Run.
type drafter struct {
	o         Options
	judge     *recognise.Judge
	drops     []*drop
	databases []source
	empty     []string // files without a byte
	seen      map[string]bool
	connected map[string]bool   // names of databases
	systems   map[string]string // by folder: of those whose names hold no Latin letters
	feeds     []*feed
	lists     []*codeList // those that explain columns
	unread    []unread
	processes []*process // funnels of logs
	work      string     // folder of pulled tables
	company   schemas.Locale
	why       map[string]string // of the company's settings
	report    Report
}

// Run looks at all samples and writes the project.
func Run(ctx context.Context, o Options) (_ Report, err error) {
	d := &drafter{o: o, why: map[string]string{}, seen: map[string]bool{}, connected: map[string]bool{}, systems: map[string]string{}}
	if err := d.check(); err != nil {
		return Report{}, err
	}
	if d.judge, err = recognise.NewJudge(); err != nil {
		return Report{}, err
	}
	if err := d.gather(); err != nil {
		return Report{}, err
	}
	if d.work, err = os.MkdirTemp("", "loadstar-init-*"); err != nil {
		return Report{}, fmt.Errorf("make work folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(d.work)) }()
	plain := func(do func()) func(context.Context) error {
		return func(context.Context) error { do(); return nil }
	}
	for _, step := range []func(context.Context) error{
		d.look, d.anyFeed, plain(d.spellOut), plain(d.nameHeads),
		d.findShipped, d.lookUp, d.understand, plain(d.nameByLists), plain(d.leaveViews),
		d.findKeys, d.findHistories, d.findSalesLogs, d.findPayments, plain(d.chooseKeys), d.findNamedKeys, d.nameReferences, plain(d.findPadded),
		d.settleLines, plain(d.leaveOffers), d.joinWholes, d.findSummedRows, d.findOneLiners, d.findAmounts, d.findCharges, plain(d.setApart), d.anyFeed,
		d.findEmployees, d.findServants, plain(d.findShoppers), plain(d.findClosings), plain(d.chooseCampaigns), plain(d.correctReferences), d.findContactLinks, plain(d.leaveMereTies), plain(d.leaveCompanions), plain(d.leaveBare),
		plain(d.findSystems), plain(d.shareSystems), d.findReferences, plain(d.findDeliveries), d.findProducts, d.findStaff,
		plain(d.findLocales), plain(d.findCompany), plain(d.settleRates), plain(d.closeCurrencies), plain(d.closeMarks), plain(d.closeSheets),
		d.settle, plain(d.noteUndated), plain(d.nameAccounts), plain(d.build), d.tryAll, plain(d.noteLost), d.findProcesses, plain(d.noteWhole), plain(d.noteRepeated), plain(d.noteSections), plain(d.noteCodes), plain(d.notePipelines), d.write,
	} {
		if err := step(ctx); err != nil {
			return d.report, err
		}
	}
	return d.report, nil
}

// anyFeed refuses samples of which no feed came.
func (d *drafter) anyFeed(context.Context) error {
	if len(d.feeds) == 0 {
		return d.nothingFound()
	}
	return nil
}

func (d *drafter) check() error {
	switch {
	case len(d.o.From) == 0:
		return usage("no feed is named: say --from FILE, FOLDER, sqlite:FILE, postgres://… or mysql://…")
	case d.o.Dir == "":
		return usage("no project folder is named")
	case d.o.Workers < 1:
		return errors.New("draft: workers must be at least 1")
	}
	file := filepath.Join(d.o.Dir, config.FileName)
	if _, err := os.Stat(file); err == nil && !d.o.Force {
		return usage("%s is there already; --force overwrites it and the contracts beside it", file)
	}
	if info, err := os.Stat(d.o.Dir); err == nil && !info.IsDir() {
		return usage("%s is a file, not a folder", d.o.Dir)
	}
	return nil
}

// nothingFound says why no feed came of it.
func (d *drafter) nothingFound() error {
	var reasons []string
	for _, l := range d.report.LeftOut {
		reasons = append(reasons, l.Place+": "+l.Why)
	}
	if len(reasons) == 0 {
		return usage("--from %s holds no file that can be a feed (CSV, Excel, JSON, JSON Lines, Parquet, Arrow, SQLite)", strings.Join(d.o.From, ", "))
	}
	const most = 10
	return usage("no feed could be drafted:\n  %s", strings.Join(reasons[:min(len(reasons), most)], "\n  "))
}

// left notes what no contract is written for.
func (d *drafter) left(place, why string) {
	d.report.LeftOut = append(d.report.LeftOut, LeftOut{place, why})
}

// eachTable visits the tables of all feeds.
func (d *drafter) eachTable(visit func(f *feed, t *table)) {
	for _, f := range d.feeds {
		for _, t := range f.tables {
			visit(f, t)
		}
	}
}

// sortFeeds makes the order of feeds that of their names.
func (d *drafter) sortFeeds() {
	slices.SortFunc(d.feeds, func(a, b *feed) int { return strings.Compare(a.name, b.name) })
}
