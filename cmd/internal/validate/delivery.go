package validate

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"loadstar/cmd/internal/intake"
	"loadstar/extract"
	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// delivery collects what is wrong with one delivery.
type delivery struct {
	job      *job
	feed     *feedState
	landed   extract.Landed
	path     string // of the file, "" for a pull
	rows     int64
	counted  map[string]int64 // by object, as rowCount counts them
	excluded int64
	bad      map[rowAt]bool
	groups   map[groupKey]*Finding
	order    []*Finding
	headers  map[headerKey][]string // columns seen, in order
	keys     map[string]*keyRows    // by object
	unique   map[string]*keyRows    // by object and column
	refs     map[string]*references // by column and target
	provided map[targetKey]map[uint64]bool
	refused  map[targetKey]map[uint64]bool
	ids      []schemas.ID // of its rows that are right; nil = none, or too many
	tooMany  bool
}

type groupKey struct{ code, column, reason string }

type headerKey struct{ object, sheet string }

// samplesKept is how many offending values are looked at for a hint.
const samplesKept = 200

func newDelivery(j *job, s *feedState, l extract.Landed, path string) *delivery {
	d := &delivery{
		job: j, feed: s, landed: l, path: path, counted: map[string]int64{}, bad: map[rowAt]bool{}, groups: map[groupKey]*Finding{},
		headers: map[headerKey][]string{}, keys: map[string]*keyRows{}, unique: map[string]*keyRows{},
		refs: map[string]*references{}, provided: map[targetKey]map[uint64]bool{}, refused: map[targetKey]map[uint64]bool{},
	}
	if s.feed.From.Pattern == "" {
		d.path = ""
	}
	return d
}

// take is called with the batches of the delivery in their order.
func (d *delivery) take(b intake.Batch) error {
	defer b.Release()
	d.rows += b.Rows
	d.excluded += b.Excluded.Total()
	d.addHeader(headerKey{b.Object, b.Sheet}, d.delivered(b))
	if len(b.Rejects) > 0 {
		before := len(d.bad)
		object, rejects := intake.Undecoded(d.feed.feed.Contract, d.landed, b)
		d.reject(rejects)
		d.rows += int64(len(d.bad) - before)
		d.counted[object] += int64(len(d.bad) - before)
	}
	for _, c := range b.Conformed {
		d.reject(c.Rejects)
		d.counted[c.Object] += c.Read
		object, err := d.feed.feed.Contract.Object(c.Object)
		if err != nil {
			return err
		}
		if err := d.collect(object, b.Sheet, c); err != nil {
			return err
		}
	}
	return nil
}

// delivered are the columns of a batch that the delivery brings. Records of JSON
// leave out keys, and each has all columns of the contract: there a key that
// bears a value in no record is not delivered. Neither are the characters of
// text of fixed width that the contract does not list, where all are blank.
func (d *delivery) delivered(b intake.Batch) []string {
	isFixed := d.feed.feed.Contract.Dialect.Format == "fixed"
	if !d.isSparse() && !isFixed {
		return b.Header
	}
	return slices.DeleteFunc(slices.Clone(b.Header), func(name string) bool {
		return slices.Contains(b.Empty, name) && !(isFixed && d.lists(name))
	})
}

// lists says whether the contract has a property of that name.
func (d *delivery) lists(name string) bool {
	return slices.ContainsFunc(d.feed.feed.Contract.Objects, func(o schemas.Object) bool {
		return slices.ContainsFunc(o.Properties, func(p schemas.Property) bool { return p.Name == name })
	})
}

func (d *delivery) isSparse() bool {
	format := d.feed.feed.Contract.Dialect.Format
	return format == "json" || format == "jsonl"
}

func (d *delivery) addHeader(k headerKey, header []string) {
	for _, name := range header {
		if name != schemas.ColRow && name != schemas.ColParentRow && !slices.Contains(d.headers[k], name) {
			d.headers[k] = append(d.headers[k], name)
		}
	}
}

// reject groups broken rows by what is wrong with them.
func (d *delivery) reject(rejects []schemas.Reject) {
	for _, r := range rejects {
		at := rowAt{r.At.Sheet, r.At.Row}
		d.bad[at] = true
		d.job.known.refuse(d, r)
		if d.feed.isWanted(d.path) {
			d.violation(r, at)
		}
	}
}

func (d *delivery) violation(r schemas.Reject, at rowAt) {
	char := 0
	if found := charPrefix.FindStringSubmatch(r.Reason); found != nil {
		char, _ = strconv.Atoi(found[1])
		r.Reason = strings.TrimPrefix(r.Reason, found[0])
	}
	f := d.group(r.Rule, r.Column, r.Reason)
	if f.seen[at] { // several objects of the contract share the row
		return
	}
	f.seen[at] = true
	if len(f.samples) < samplesKept && r.Value != "" {
		f.samples = append(f.samples, r.Value)
	}
	value := r.Value
	if value != "" && !d.job.o.ShowValues && d.feed.isPII(r.Column) {
		value = masked
	}
	f.at(occurrence{
		spot:  Spot{Line: r.At.Row, Char: char, Sheet: r.At.Sheet, Cell: r.At.Cell, Value: shortened(value)},
		print: fingerprint(d.feed.feed.Name, r.Rule, r.Column, r.Raw),
		index: slices.Index(d.headers[headerKey{"", r.At.Sheet}], r.Column),
	})
}

// charPrefix is how readers of JSON name the character that they stumble at.
var charPrefix = regexp.MustCompile(`^column (\d+): `)

// group is the finding of one rule, column and reason.
func (d *delivery) group(rule, column, reason string) *Finding {
	key := groupKey{rule, column, reason}
	f := d.groups[key]
	if f == nil {
		code := fault.OfRule(rule)
		f = &Finding{
			Code: code, Severity: Error, Rule: rule, Feed: d.feed.feed.Name, File: d.job.shown(d.shownPath()), Column: column,
			pull: d.path == "", What: code.Title(), Reason: reason, Next: nextOfRow(rule, column, reason), seen: map[rowAt]bool{},
		}
		d.groups[key] = f
		d.order = append(d.order, f)
	}
	return f
}

func (d *delivery) shownPath() string {
	if d.path == "" {
		return d.landed.Path
	}
	return d.path
}

const (
	masked     = "•••"
	valueShown = 60
)

func shortened(value string) string {
	if runes := []rune(value); len(runes) > valueShown {
		return string(runes[:valueShown-1]) + "…"
	}
	return value
}

// isPII says whether the values of a column must not be shown. A row that
// could not be cut into columns may hold anything.
func (s *feedState) isPII(column string) bool { return column == "" || s.pii[foldName(column)] }

// foldName makes headers comparable as binding does: without case, spaces and
// punctuation.
func foldName(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t._-/()[]:#", r) {
			return -1
		}
		return r
	}, strings.ToLower(name))
}

// close hands the findings over, with hints and the characters of the places
// that are shown.
func (d *delivery) close() {
	for _, f := range d.order {
		if hint := d.hint(f); hint != "" {
			f.Next = hint
		}
		if f.Rule == "encoding" || f.Rule == "encoding.mojibake" {
			d.hintEncoding(f)
		}
		f.samples, f.seen = nil, nil
		d.feed.findings = append(d.feed.findings, f)
	}
	d.locate()
}

// locate finds the characters of the first places. A delivery that can't be
// read again keeps its lines.
func (d *delivery) locate() {
	var cells []extract.CellAt
	var of []*occurrence
	for _, f := range d.order {
		f.settle()
		for i := range f.occurrences[:min(shownPlaces, len(f.occurrences))] {
			if o := &f.occurrences[i]; o.index >= 0 && o.spot.Line > 0 && o.spot.Sheet == "" {
				cells = append(cells, extract.CellAt{Line: o.spot.Line, Index: o.index})
				of = append(of, o)
			}
		}
	}
	at, err := extract.Characters(d.feed.feed.Contract, d.landed, cells)
	if err != nil {
		return
	}
	for i, o := range of {
		if at[i] > 0 {
			o.spot.Char = at[i]
		}
	}
}
