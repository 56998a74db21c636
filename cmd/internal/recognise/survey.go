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

// Survey is what the rows of one table show: of a file, a worksheet, or an
// array of records.
type Survey struct {
	Sheet   string // worksheet
	Path    string // dotted path of the array within the record, "" = the record
	Rows    int
	Columns []*Profile // in the order of the file
	Rejects int        // rows that could not be decoded
	Quotes  int        // of them for their quotes
	Broken  string     // place and reason of the first of them
	byName  map[string]*Profile
}

func newSurvey() *Survey { return &Survey{byName: map[string]*Profile{}} }

// Column finds a column by its name, nil where there is none.
func (s *Survey) Column(name string) *Profile { return s.byName[name] }

func (s *Survey) column(name string, deep bool) *Profile {
	p := s.byName[name]
	if p == nil {
		p = &Profile{Name: name, values: newSketch(), inner: map[string]bool{}}
		if deep {
			p.Deep = newDeep()
		}
		s.byName[name] = p
		s.Columns = append(s.Columns, p)
	}
	return p
}

// Merge adds what another part of the table shows.
func (s *Survey) Merge(o *Survey) {
	s.Rows += o.Rows
	s.Rejects += o.Rejects
	s.Quotes += o.Quotes
	if s.Broken == "" {
		s.Broken = o.Broken
	}
	for _, from := range o.Columns {
		s.column(from.Name, from.Deep != nil).Merge(from)
	}
}

// Rename calls a column otherwise.
func (s *Survey) Rename(from, to string) {
	if p := s.byName[from]; p != nil {
		delete(s.byName, from)
		p.Name, s.byName[to] = to, p
	}
}

// EmptySurvey is that of a file with a header and no row.
func EmptySurvey(columns []string) *Survey {
	s := newSurvey()
	for _, name := range columns {
		s.column(name, true)
	}
	return s
}

// Clone is a survey that can be merged into without changing this one.
func (s *Survey) Clone() *Survey {
	c := newSurvey()
	c.Sheet, c.Path = s.Sheet, s.Path
	c.Merge(s)
	return c
}

// Of is the survey of some of the columns, which it shares, of so many rows.
func (s *Survey) Of(columns []string, rows int) *Survey {
	c := newSurvey()
	c.Sheet, c.Path, c.Rows = s.Sheet, s.Path, rows
	for _, name := range columns {
		if p := s.byName[name]; p != nil {
			c.byName[name] = p
			c.Columns = append(c.Columns, p)
		}
	}
	return c
}

// With is a survey of the columns of two, which it shares.
func (s *Survey) With(o *Survey) *Survey {
	c := newSurvey()
	c.Sheet, c.Path, c.Rows = s.Sheet, s.Path, max(s.Rows, o.Rows)
	for _, p := range append(slices.Clone(s.Columns), o.Columns...) {
		if c.byName[p.Name] == nil {
			c.byName[p.Name] = p
			c.Columns = append(c.Columns, p)
		}
	}
	return c
}

// Look says how closely to look at a file.
type Look struct {
	Workers  int
	Hidden   func(column string) bool // columns whose values are not looked at, nil = none
	Progress func(rows int64)         // told the rows of each pass, nil = nobody
	Deep     bool                     // also numbers, all distinct values, and arrays of records
}

// mostColumns bounds how many columns records are unfolded to.
const mostColumns = 600

// mostDepth is how deep records in records are followed.
const mostDepth = 6

// Surveys looks at all rows: one survey for each worksheet, and for each array
// of records where the look is deep.
func (in *File) Surveys(ctx context.Context, look Look, t *WordTables) ([]*Survey, error) {
	var surveys []*Survey
	for range mostDepth {
		var err error
		if surveys, err = in.lookOnce(ctx, look, t); err != nil {
			return nil, err
		}
		isNew := look.Deep && in.learnNulls(surveys, t)
		if !in.unfold(surveys, look.Deep) && !isNew {
			break
		}
	}
	return surveys, nil
}

// unfold notes the columns that hold records, and the arrays of records. It is
// false where there are none but those that are known.
func (in *File) unfold(surveys []*Survey, deep bool) bool {
	found := false
	columns := 0
	for _, s := range surveys {
		columns += len(s.Columns)
	}
	if columns > mostColumns {
		in.Note("its records hold more than %d values: what lies deeper is kept as it is", mostColumns)
		return false
	}
	for _, s := range surveys {
		var nested []string
		for _, p := range s.Columns {
			if len(p.inner) == 0 {
				nested = append(nested, p.Name)
			}
			for _, key := range slices.Sorted(maps.Keys(p.inner)) {
				nested = append(nested, p.Name+"."+key)
				found = true
			}
			if path := joinPath(s.Path, p.Name); deep && p.Deep.Records > 0 && !slices.Contains(in.arrays, path) {
				in.arrays = append(in.arrays, path)
				found = true
			}
		}
		if in.nested == nil {
			in.nested = map[string][]string{}
		}
		in.nested[s.Path] = nested
	}
	return found
}

func joinPath(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// piece is what one chunk adds to the surveys.
type piece struct {
	place  string
	survey *Survey
}

func (in *File) lookOnce(ctx context.Context, look Look, t *WordTables) ([]*Survey, error) {
	source, err := in.Source()
	if err != nil {
		return nil, err
	}
	if look.Hidden == nil {
		look.Hidden = func(string) bool { return false }
	}
	if look.Progress == nil {
		look.Progress = func(int64) {}
	}
	byPlace := map[string]*Survey{}
	var surveys []*Survey
	err = InOrder(ctx, look.Workers, source, func(dec schemas.Decoded) (piece, error) {
		s := in.lookAt(dec, t, look)
		s.Sheet, s.Path = dec.Sheet, in.arrayPath(dec.Object)
		return piece{s.Sheet + "\x00" + s.Path, s}, nil
	}, func(p piece) error {
		look.Progress(int64(p.survey.Rows))
		if known := byPlace[p.place]; known != nil {
			known.Merge(p.survey)
			return nil
		}
		byPlace[p.place] = p.survey
		surveys = append(surveys, p.survey)
		return nil
	})
	return surveys, err
}

func (in *File) lookAt(dec schemas.Decoded, t *WordTables, look Look) *Survey {
	s := newSurvey()
	c := in.ColumnsOf(dec.Record, t)
	s.Rejects = rejectedRows(dec.Rejects)
	for _, r := range dec.Rejects {
		if r.Rule == "csv.quote" {
			s.Quotes++
		}
	}
	if s.Rejects > 0 {
		s.Broken = fmt.Sprintf("row %d: %s", dec.Rejects[0].At.Row, dec.Rejects[0].Reason)
	}
	var totals map[int]bool
	if look.Deep {
		totals = c.totals(t, func(k int, label string) { s.column(c.names[k], true).Deep.Totals[label]++ })
	}
	s.Rows = c.Rows - len(totals)
	for k, name := range c.names {
		p := s.column(name, look.Deep)
		if look.Hidden(name) {
			p.Filled += c.Rows - c.columns[k].NullN() // all that is looked at
			continue
		}
		for i := range c.Rows {
			v := c.value(k, i)
			if totals[i] {
				continue
			}
			if v == "" {
				if look.Deep {
					c.noteEmpty(k, i, p.Deep)
				}
				continue
			}
			p.Filled++
			p.values.add(v, 1)
			p.Dates.add(v)
			if c.lists && v[0] == '{' {
				innerKeys(v, p.inner)
			}
			if look.Deep {
				p.Deep.add(v)
			}
		}
	}
	return s
}

func rejectedRows(rejects []schemas.Reject) int {
	rows := map[int64]bool{}
	for _, r := range rejects {
		rows[r.At.Row] = true
	}
	return len(rows)
}

// noteEmpty looks at a cell that has no value of its own: a word for "no
// value", or a list.
func (c *TextColumns) noteEmpty(column, row int, d *Deep) {
	col := c.columns[column]
	if col.IsNull(row) {
		return
	}
	s := strings.TrimSpace(col.Value(row))
	switch {
	case s == "":
	case c.lists && s[0] == '[':
		if inner := strings.TrimSpace(s[1:]); strings.HasPrefix(inner, "{") {
			d.Records++
		} else if inner != "]" {
			d.Lists++
		}
	default:
		d.Nulls[strings.Clone(s)]++
	}
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

// Survey looks at all rows of the file, or of the worksheet with most columns
// that the tables know.
func (in *File) Survey(ctx context.Context, look Look, t *WordTables) (*Survey, error) {
	surveys, err := in.Surveys(ctx, look, t)
	if err != nil {
		return nil, err
	}
	return in.chooseSheet(surveys, t)
}

// chooseSheet takes the sheet with most columns that the tables know; of
// equal ones the first.
func (in *File) chooseSheet(surveys []*Survey, t *WordTables) (*Survey, error) {
	var best *Survey
	most := -1
	for _, s := range surveys {
		known := 0
		for _, p := range s.Columns {
			if len(headerMeanings(p.Name, t)) > 0 {
				known++
			}
		}
		if s.Rows == 0 {
			known = 0
		}
		if known > most {
			best, most = s, known
		}
	}
	if best == nil || best.Rows == 0 {
		return nil, fmt.Errorf("read %s: %w", in.Path, errNoRows)
	}
	if len(surveys) > 1 {
		var others []string
		for _, s := range surveys {
			if s != best {
				others = append(others, s.Sheet)
			}
		}
		in.Note("worksheet %q is read; left out: %s (name one as %s#SHEET)", best.Sheet, strings.Join(others, ", "), in.Path)
	}
	if best.Sheet != "" {
		in.Sheet = best.Sheet
	}
	return best, nil
}

var errNoRows = errors.New("it holds no row of data")
