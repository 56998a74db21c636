package matchfile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"loadstar/schemas"
)

// profile is what the values of one column show.
type profile struct {
	name   string
	filled int
	values *sketch
	dates  dateCounts
	inner  map[string]bool // JSON: keys of the records in it, dotted
}

// survey is what the rows of one sheet show.
type survey struct {
	rows    int
	columns []*profile // in the order of the file
	byName  map[string]*profile
}

func newSurvey() *survey { return &survey{byName: map[string]*profile{}} }

func (s *survey) column(name string) *profile {
	p := s.byName[name]
	if p == nil {
		p = &profile{name: name, values: newSketch(), inner: map[string]bool{}}
		s.byName[name] = p
		s.columns = append(s.columns, p)
	}
	return p
}

func (s *survey) merge(o *survey) {
	s.rows += o.rows
	for _, from := range o.columns {
		to := s.column(from.name)
		to.filled += from.filled
		to.values.merge(from.values)
		to.dates.merge(&from.dates)
		maps.Copy(to.inner, from.inner)
	}
}

func (p *profile) share(meets func(string) bool) float64 { return p.values.share(meets) }

// dateShare is the part of the values that are dates.
func (p *profile) dateShare() float64 {
	if p.filled == 0 {
		return 0
	}
	return float64(p.dates.dates()) / float64(p.filled)
}

// distinctShare is how many distinct values there are for each value.
func (p *profile) distinctShare() float64 {
	if p.filled == 0 {
		return 0
	}
	return min(p.values.distinct()/float64(p.filled), 1)
}

// piece is what one chunk adds to the surveys.
type piece struct {
	sheet  string
	survey *survey
}

// look surveys the file. Columns in hidden are not looked at.
func (in *input) look(ctx context.Context, o Options, t *wordTables, hidden func(string) bool) (*survey, error) {
	s, err := in.lookOnce(ctx, o, t, hidden)
	if err != nil {
		return nil, err
	}
	for range 3 { // records in records in records
		var nested []string
		found := false
		for _, p := range s.columns {
			if len(p.inner) == 0 {
				nested = append(nested, p.name)
				continue
			}
			found = true
			for _, key := range slices.Sorted(maps.Keys(p.inner)) {
				nested = append(nested, p.name+"."+key)
			}
		}
		if !found {
			return s, nil
		}
		in.nested = nested
		if s, err = in.lookOnce(ctx, o, t, hidden); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (in *input) lookOnce(ctx context.Context, o Options, t *wordTables, hidden func(string) bool) (*survey, error) {
	source, err := in.source()
	if err != nil {
		return nil, err
	}
	begun := o.Now()
	o.Watch.Begin("look at "+in.name, 0, "rows")
	sheets := map[string]*survey{}
	var order []string
	rows := int64(0)
	err = inOrder(ctx, o.Workers, source, func(dec schemas.Decoded) (piece, error) {
		return piece{dec.Sheet, in.lookAt(dec, t, hidden)}, nil
	}, func(p piece) error {
		if sheets[p.sheet] == nil {
			sheets[p.sheet] = newSurvey()
			order = append(order, p.sheet)
		}
		sheets[p.sheet].merge(p.survey)
		rows += int64(p.survey.rows)
		o.Watch.Add(int64(p.survey.rows))
		return nil
	})
	if err != nil {
		return nil, err
	}
	o.Watch.End(rows, o.Now().Sub(begun))
	return in.chooseSheet(sheets, order, t)
}

func (in *input) lookAt(dec schemas.Decoded, t *wordTables, hidden func(string) bool) *survey {
	s := newSurvey()
	c := in.columnsOf(dec.Record, t)
	s.rows = c.rows
	for k, name := range c.names {
		p := s.column(name)
		if hidden(name) {
			p.filled += c.rows - c.columns[k].NullN() // all that is looked at
			continue
		}
		for i := range c.rows {
			v := c.value(k, i)
			if v == "" {
				continue
			}
			p.filled++
			p.values.add(v, 1)
			p.dates.add(v)
			if c.lists && v[0] == '{' {
				innerKeys(v, p.inner)
			}
		}
	}
	return s
}

// innerKeys adds the keys of a JSON record.
func innerKeys(text string, to map[string]bool) {
	var record map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &record); err != nil {
		return
	}
	for key := range record {
		to[key] = true
	}
}

// chooseSheet takes the sheet with most columns that the tables know; of
// equal ones the first.
func (in *input) chooseSheet(sheets map[string]*survey, order []string, t *wordTables) (*survey, error) {
	if len(order) == 0 {
		return nil, fmt.Errorf("read %s: %w", in.path, errNoRows)
	}
	best, most := "", -1
	for _, sheet := range order {
		known := 0
		for _, p := range sheets[sheet].columns {
			if len(headerMeanings(p.name, t)) > 0 {
				known++
			}
		}
		if sheets[sheet].rows == 0 {
			known = 0
		}
		if known > most {
			best, most = sheet, known
		}
	}
	if len(order) > 1 {
		others := slices.DeleteFunc(slices.Clone(order), func(s string) bool { return s == best })
		in.note("worksheet %q is read; left out: %s (name one as %s#SHEET)", best, strings.Join(others, ", "), in.path)
	}
	if best != "" {
		in.sheet, in.report.Sheet = best, best
	}
	if sheets[best].rows == 0 {
		return nil, fmt.Errorf("read %s: %w", in.path, errNoRows)
	}
	return sheets[best], nil
}

var errNoRows = errors.New("it holds no row of data")
