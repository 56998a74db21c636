package recognise

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

// Profile is what the values of one column show.
type Profile struct {
	Name   string
	Filled int
	values *sketch
	Dates  dateCounts
	inner  map[string]bool // JSON: keys of the records in it, dotted
}

// Survey is what the rows of one sheet show.
type Survey struct {
	Rows    int
	Columns []*Profile // in the order of the file
	byName  map[string]*Profile
}

func newSurvey() *Survey { return &Survey{byName: map[string]*Profile{}} }

func (s *Survey) column(name string) *Profile {
	p := s.byName[name]
	if p == nil {
		p = &Profile{Name: name, values: newSketch(), inner: map[string]bool{}}
		s.byName[name] = p
		s.Columns = append(s.Columns, p)
	}
	return p
}

func (s *Survey) merge(o *Survey) {
	s.Rows += o.Rows
	for _, from := range o.Columns {
		to := s.column(from.Name)
		to.Filled += from.Filled
		to.values.merge(from.values)
		to.Dates.merge(&from.Dates)
		maps.Copy(to.inner, from.inner)
	}
}

func (p *Profile) share(meets func(string) bool) float64 { return p.values.share(meets) }

// dateShare is the part of the values that are dates.
func (p *Profile) dateShare() float64 {
	if p.Filled == 0 {
		return 0
	}
	return float64(p.Dates.dates()) / float64(p.Filled)
}

// distinctShare is how many distinct values there are for each value.
func (p *Profile) distinctShare() float64 {
	if p.Filled == 0 {
		return 0
	}
	return min(p.values.distinct()/float64(p.Filled), 1)
}

// piece is what one chunk adds to the surveys.
type piece struct {
	sheet  string
	survey *Survey
}

// Survey looks at all rows of the file. The values of columns in hidden are
// not looked at. progress is told the rows of each pass.
func (in *File) Survey(ctx context.Context, workers int, t *WordTables, hidden func(string) bool, progress func(int64)) (*Survey, error) {
	s, err := in.lookOnce(ctx, workers, t, hidden, progress)
	if err != nil {
		return nil, err
	}
	for range 3 { // records in records in records
		var nested []string
		found := false
		for _, p := range s.Columns {
			if len(p.inner) == 0 {
				nested = append(nested, p.Name)
				continue
			}
			found = true
			for _, key := range slices.Sorted(maps.Keys(p.inner)) {
				nested = append(nested, p.Name+"."+key)
			}
		}
		if !found {
			return s, nil
		}
		in.nested = nested
		if s, err = in.lookOnce(ctx, workers, t, hidden, progress); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (in *File) lookOnce(ctx context.Context, workers int, t *WordTables, hidden func(string) bool, progress func(int64)) (*Survey, error) {
	source, err := in.Source()
	if err != nil {
		return nil, err
	}
	sheets := map[string]*Survey{}
	var order []string
	err = InOrder(ctx, workers, source, func(dec schemas.Decoded) (piece, error) {
		return piece{dec.Sheet, in.lookAt(dec, t, hidden)}, nil
	}, func(p piece) error {
		if sheets[p.sheet] == nil {
			sheets[p.sheet] = newSurvey()
			order = append(order, p.sheet)
		}
		sheets[p.sheet].merge(p.survey)
		progress(int64(p.survey.Rows))
		return nil
	})
	if err != nil {
		return nil, err
	}
	return in.chooseSheet(sheets, order, t)
}

func (in *File) lookAt(dec schemas.Decoded, t *WordTables, hidden func(string) bool) *Survey {
	s := newSurvey()
	c := in.ColumnsOf(dec.Record, t)
	s.Rows = c.Rows
	for k, name := range c.names {
		p := s.column(name)
		if hidden(name) {
			p.Filled += c.Rows - c.columns[k].NullN() // all that is looked at
			continue
		}
		for i := range c.Rows {
			v := c.value(k, i)
			if v == "" {
				continue
			}
			p.Filled++
			p.values.add(v, 1)
			p.Dates.add(v)
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
func (in *File) chooseSheet(sheets map[string]*Survey, order []string, t *WordTables) (*Survey, error) {
	if len(order) == 0 {
		return nil, fmt.Errorf("read %s: %w", in.Path, errNoRows)
	}
	best, most := "", -1
	for _, sheet := range order {
		known := 0
		for _, p := range sheets[sheet].Columns {
			if len(headerMeanings(p.Name, t)) > 0 {
				known++
			}
		}
		if sheets[sheet].Rows == 0 {
			known = 0
		}
		if known > most {
			best, most = sheet, known
		}
	}
	if len(order) > 1 {
		others := slices.DeleteFunc(slices.Clone(order), func(s string) bool { return s == best })
		in.Note("worksheet %q is read; left out: %s (name one as %s#SHEET)", best, strings.Join(others, ", "), in.Path)
	}
	if best != "" {
		in.Sheet = best
	}
	if sheets[best].Rows == 0 {
		return nil, fmt.Errorf("read %s: %w", in.Path, errNoRows)
	}
	return sheets[best], nil
}

var errNoRows = errors.New("it holds no row of data")
