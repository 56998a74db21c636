package matchfile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"
	"sync"

	"loadstar/cmd/internal/recognise"
	"loadstar/dedupe"
	"loadstar/transform"
)

// Run matches the files and writes the results to o.Out. The report is
// written there too. Errors of what was asked for are UsageErrors.
func Run(ctx context.Context, o Options) (Report, error) {
	if err := o.check(); err != nil {
		return Report{}, err
	}
	begun := o.Now()
	m := &matcher{o: o}
	if err := m.prepare(ctx); err != nil {
		return Report{}, err
	}
	if err := m.match(ctx); err != nil {
		return Report{}, err
	}
	if err := m.evaluate(ctx); err != nil {
		return Report{}, err
	}
	if err := m.write(); err != nil {
		return Report{}, err
	}
	m.report.Seconds = o.Now().Sub(begun).Seconds()
	return m.report, nil
}

// matcher is one call of Run.
type matcher struct {
	o        Options
	tables   *recognise.WordTables
	names    *dedupe.Names
	folder   *folder
	inputs   []*input
	readers  []*reader
	settings dedupe.Settings
	outcome  *outcome
	report   Report
}

// prepare looks at the files and finds out what their columns mean.
func (m *matcher) prepare(ctx context.Context) error {
	var err error
	if m.tables, err = recognise.ReadTables(); err != nil {
		return err
	}
	clean, err := transform.LoadTables()
	if err != nil {
		return err
	}
	if c := m.o.Country; c != "" && clean.Country(c) == "" {
		return usage("--country %s is no known country", c)
	} else if c != "" {
		m.o.Country = clean.Country(c)
	}
	if m.names, err = dedupe.NewNames(nil, nil); err != nil {
		return err
	}
	request, err := newRequest(m.o)
	if err != nil {
		return err
	}
	if m.inputs, err = openInputs(m.o, m.tables); err != nil {
		return err
	}
	if m.folder, err = newFolder(m.o.Out); err != nil {
		return err
	}
	var surveys []*recognise.Survey
	for _, in := range m.inputs {
		if err := in.checkDuplicates(request.ignored); err != nil {
			return err
		}
		s, err := in.look(ctx, m.o, m.tables, request.hidden)
		if err != nil {
			return err
		}
		surveys = append(surveys, s)
	}
	if err := request.checkColumns(m.o, surveys); err != nil {
		return err
	}
	all, err := m.understand(surveys, request, clean)
	if err != nil {
		return err
	}
	if err := m.alignAges(ctx, all); err != nil {
		return err
	}
	m.dropLoneIDs(all)
	m.joinNames(all, surveys)
	m.chooseAttributes(all)
	m.preferPoints(all)
	return m.openReaders(all, surveys, request)
}

// openReaders makes a reader of each input, as its columns are understood.
func (m *matcher) openReaders(all []understanding, surveys []*recognise.Survey, request *request) error {
	for i, in := range m.inputs {
		r, err := newReader(in, all[i], m.tables)
		if err != nil {
			return err
		}
		r.ids = m.o.TruthPairs != ""
		if at := slices.IndexFunc(surveys[i].Columns, func(p *recognise.Profile) bool { return request.truth(p.Name) }); at >= 0 {
			r.truth = surveys[i].Columns[at].Name
		}
		m.readers = append(m.readers, r)
	}
	return nil
}

// understand recognises the columns of all inputs. What one does not tell the
// others may: the country of its phones and postcodes, for a number would not be
// compared with itself otherwise, and that its names are those of persons.
func (m *matcher) understand(surveys []*recognise.Survey, request *request, clean *transform.Tables) ([]understanding, error) {
	all := make([]understanding, len(m.inputs))
	understand := func(i int, others elsewhere) (err error) {
		all[i], err = m.inputs[i].understand(surveys[i], request, m.o, others, m.tables, clean, m.names)
		return err
	}
	for i := range all {
		if err := understand(i, elsewhere{}); err != nil {
			return nil, err
		}
	}
	for i, others := range elsewheres(all) {
		lacksCountry, lacksPersons := all[i].country == "" && others.country != "", all[i].namesNoPersons() && len(others.called) > 0
		if !lacksCountry && !lacksPersons {
			continue
		}
		if err := understand(i, others); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// elsewheres is, for each input, what the other ones tell.
func elsewheres(all []understanding) []elsewhere {
	told := map[string]bool{}
	for _, u := range all {
		told[u.country] = true
	}
	delete(told, "")
	list := make([]elsewhere, len(all))
	for i := range list {
		list[i].called = map[string]bool{}
		for country := range told {
			if len(told) == 1 {
				list[i].country = country
			}
		}
		for k, u := range all {
			for _, w := range u.called {
				if k != i {
					list[i].called[w] = true
				}
			}
		}
	}
	return list
}

// match reads, cleanses and matches all rows.
func (m *matcher) match(ctx context.Context) error {
	p, err := readParties(ctx, m.o, m.readers)
	if err != nil {
		return err
	}
	m.settings = dedupe.DefaultSettings()
	m.settings.Workers, m.settings.Links, m.settings.Compared = m.o.Workers, m.o.links(), m.o.Watch.Add
	begun := m.o.Now()
	m.o.Watch.Begin("compare", 0, "pairs")
	model, err := dedupe.Train(ctx, p.records, m.names, m.settings)
	if err != nil {
		return fmt.Errorf("learn from the records: %w", err)
	}
	if m.o.Threshold != nil {
		if model, err = model.WithCut(int32(math.Round(*m.o.Threshold * bitsPerMillibit))); err != nil {
			return err
		}
	}
	result, err := dedupe.Match(ctx, p.records, m.names, model, nil, m.settings)
	if err != nil {
		return err
	}
	m.o.Watch.End(result.Report.Pairs, m.o.Now().Sub(begun))
	if m.outcome, err = newOutcome(m.inputs, p, result); err != nil {
		return err
	}
	m.count(p, result, model.Hash())
	return nil
}

// fewRecords is how many records of a kind teach little about how the same
// person is written twice.
const fewRecords = 100

func (m *matcher) count(p *parties, result *dedupe.Result, model string) {
	r := result.Report
	m.report.Records = len(p.keys)
	m.report.Matching = Matching{
		Persons: r.Persons, Organisations: r.Organisations, Compared: r.Pairs, CutBits: float64(r.Cut) / bitsPerMillibit,
		Clusters: r.Clusters, Duplicates: len(p.keys) - r.Clusters, Alarms: len(r.Alarms), Passes: r.Passes, Model: model, Reason: r.Reason,
	}
	if m.settings.Links != dedupe.LinksMany {
		m.report.Matching.OneToOne = &OneToOne{Applied: r.Links.OneToOne, Why: r.Links.Why}
	}
	if max(r.Persons, r.Organisations) < fewRecords {
		m.report.Notes = append(m.report.Notes, fmt.Sprintf("%d records are too few to learn from: they are weighed by what is typical of customer files", len(p.keys)))
	}
	const doubtful = 3000 // millibits below the cut
	for _, pair := range result.Pairs {
		switch {
		case pair.Decision == dedupe.Merged:
			m.report.Matching.Merged++
		case pair.Decision == dedupe.Apart && pair.Score > r.Cut-doubtful:
			m.report.Matching.Doubtful++
		}
	}
	for _, members := range result.Clusters {
		m.report.Matching.LargestSize = max(m.report.Matching.LargestSize, len(members))
	}
	unreadable := make([]int, len(m.inputs))
	for _, at := range p.unreadable {
		unreadable[at.input]++
	}
	for i, in := range m.inputs {
		if in.report.Unreadable = unreadable[i]; unreadable[i] > 0 {
			in.Note("%d rows can't be read (too many cells, an open quote, or other bytes): each is a cluster of its own, and none of the golden records", unreadable[i])
		}
		in.report.Notes = in.Notes
		m.report.Inputs = append(m.report.Inputs, in.report)
	}
}

func (m *matcher) evaluate(ctx context.Context) error {
	var t *truth
	var err error
	switch {
	case m.o.Truth != "":
		t, err = columnTruth(m.o, m.outcome.parties)
	case m.o.TruthPairs != "":
		t, err = pairTruth(ctx, m.o, m.tables, m.inputs, m.outcome.parties)
	default:
		return nil
	}
	if err != nil {
		return err
	}
	e := evaluation{outcome: m.outcome, truth: t, names: m.names, s: m.settings, show: m.o.ShowValues}
	m.report.Evaluation, err = e.evaluate(ctx)
	return err
}

// write writes all results.
func (m *matcher) write() error {
	begun := m.o.Now()
	m.o.Watch.Begin("write results", 0, "records")
	pairs := *m.folder
	var failed error
	var wait sync.WaitGroup
	wait.Go(func() { failed = m.outcome.writePairs(&pairs) })
	err := m.outcome.writeClusters(m.folder)
	wait.Wait()
	if err := errors.Join(err, failed); err != nil {
		return err
	}
	m.folder.files = append(m.folder.files, pairs.files...)
	if err := m.outcome.writeGolden(m.folder, m.o.Workers); err != nil {
		return err
	}
	m.report.Files = append(slices.Clone(m.folder.files), reportJSON)
	err = m.folder.write(reportJSON, func(out io.Writer) error { return m.report.Write(out) })
	m.o.Watch.End(int64(m.report.Records), m.o.Now().Sub(begun))
	for i, name := range m.report.Files {
		m.report.Files[i] = filepath.Join(m.o.Out, name)
	}
	return err
}

// Write writes the report as indented JSON.
func (r Report) Write(out io.Writer) error {
	w := json.NewEncoder(out)
	w.SetIndent("", "  ")
	w.SetEscapeHTML(false)
	return w.Encode(r)
}
