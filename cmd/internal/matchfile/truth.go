package matchfile

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// truth is the known entity of parties, by key.
type truth struct {
	from   string // what it was read from, for the report
	entity map[int64]string
	across bool // it tells about pairs of two inputs only
	notes  []string
}

// columnTruth takes the entity from the truth column.
func columnTruth(o Options, p *parties) (*truth, error) {
	t := &truth{from: "column " + o.Truth, entity: map[int64]string{}}
	var blank, unmet int
	for i, text := range p.truth {
		if o.TruthPattern != nil && text != "" {
			groups := o.TruthPattern.FindStringSubmatch(text)
			if groups == nil {
				unmet++
				continue
			}
			text = groups[1]
		}
		if text == "" {
			blank++
			continue
		}
		t.entity[p.keys[i]] = text
	}
	if blank > 0 {
		t.notes = append(t.notes, fmt.Sprintf("%d rows have no truth and are left out", blank))
	}
	if unmet > 0 {
		t.notes = append(t.notes, fmt.Sprintf("the truth of %d rows does not meet --truth-pattern; they are left out", unmet))
	}
	if len(t.entity) == 0 {
		return nil, usage("--truth %s: no row has a value in it", o.Truth)
	}
	return t, nil
}

// pairTruth joins the rows that a file of pairs says are the same. Rows that
// no pair names are entities of their own.
func pairTruth(ctx context.Context, o Options, w *recognise.WordTables, inputs []*input, p *parties) (*truth, error) {
	file, err := openInput("--truth-pairs", o.TruthPairs, Options{}, w)
	if err != nil {
		return nil, err
	}
	survey, err := file.look(ctx, o, w, func(string) bool { return false })
	if err != nil {
		return nil, err
	}
	columns, err := pairColumns(file, columnNames(survey))
	if err != nil {
		return nil, err
	}
	j := &pairJoiner{columns: columns, resolver: newResolver(inputs, p, columns), parent: make([]int32, len(p.keys))}
	for i := range j.parent {
		j.parent[i] = int32(i)
	}
	source, err := file.Source()
	if err != nil {
		return nil, err
	}
	read := func(dec schemas.Decoded) ([][]string, error) {
		return pairRows(file.ColumnsOf(dec.Record, w), columns), nil
	}
	if err := recognise.InOrder(ctx, o.Workers, source, read, j.join); err != nil {
		return nil, err
	}
	if j.same == 0 {
		return nil, usage("--truth-pairs %s: none of its %d pairs names two rows of the inputs by %s", o.TruthPairs, j.read, columns.describe())
	}
	t := &truth{from: "pairs of " + o.TruthPairs, entity: map[int64]string{}}
	for i, key := range p.keys {
		t.entity[key] = strconv.Itoa(int(j.root(int32(i))))
	}
	t.notes = append(t.notes, fmt.Sprintf("%d pairs say same, by %s; what they join is one entity", j.same, columns.describe()))
	if len(inputs) > 1 && j.within == 0 {
		t.across = true
		t.notes = append(t.notes, "all of them lie across two inputs, so only such pairs are counted (B-cubed counts all rows)")
	}
	if j.lost > 0 {
		t.notes = append(t.notes, fmt.Sprintf("%d pairs name no row of the inputs", j.lost))
	}
	return t, nil
}

// pairNames are the columns of a file of pairs; "" = not there.
type pairNames struct {
	source, row, id [2]string
	label           string
}

func (n pairNames) describe() string {
	if n.row[0] != "" {
		return fmt.Sprintf("row (%q, %q)", n.row[0], n.row[1])
	}
	return fmt.Sprintf("id (%q, %q)", n.id[0], n.id[1])
}

// pairColumns finds out which columns name the left and the right row.
func pairColumns(in *input, names []string) (pairNames, error) {
	var found pairNames
	var plain []string
	for _, name := range names {
		tokens := recognise.HeaderTokens(name)
		side := sideOf(tokens)
		has := func(words ...string) bool {
			return slices.ContainsFunc(tokens, func(t string) bool { return slices.Contains(words, t) })
		}
		switch {
		case side < 0 && has("match", "label", "score", "same", "is", "truth", "probability", "clerical", "decision", "duplicate"):
			found.label = name
		case side < 0:
			plain = append(plain, name)
		case has("source", "dataset", "file", "table", "system"):
			if !has("id", "row") {
				found.source[side] = name
				continue
			}
			fallthrough
		default:
			if has("row", "line") {
				found.row[side] = name
			} else if found.id[side] == "" {
				found.id[side] = name
			}
		}
	}
	if found.row[0] != "" && found.row[1] != "" || found.id[0] != "" && found.id[1] != "" {
		return found, nil
	}
	if len(plain) >= 2 {
		found.id = [2]string{plain[0], plain[1]}
		return found, nil
	}
	return found, usage("--truth-pairs %s: its columns %s do not name two rows; call them left_row and right_row (with left_source and right_source for several inputs), or left_id and right_id",
		in.Path, quoted(names))
}

// sideOf tells left (0) from right (1); -1 = neither.
func sideOf(tokens []string) int {
	for _, at := range []int{len(tokens) - 1, 0} {
		if at < 0 {
			return -1
		}
		switch w := tokens[at]; {
		case slices.Contains([]string{"l", "left", "lhs", "1", "a", "ltable"}, w):
			return 0
		case slices.Contains([]string{"r", "right", "rhs", "2", "b", "rtable"}, w):
			return 1
		}
	}
	return -1
}

// pairRows reads the rows of a chunk: source, row or id of both sides, label.
func pairRows(c recognise.TextColumns, n pairNames) [][]string {
	id := n.id
	if n.row[0] != "" && n.row[1] != "" {
		id = n.row
	}
	var readers []func(int) string
	for _, name := range []string{n.source[0], id[0], n.source[1], id[1], n.label} {
		readers = append(readers, c.Joined([]string{name}))
	}
	rows := make([][]string, c.Rows)
	for i := range rows {
		for _, read := range readers {
			rows[i] = append(rows[i], strings.Clone(read(i)))
		}
	}
	return rows
}

// pairJoiner joins the parties of pairs.
type pairJoiner struct {
	columns          pairNames
	resolver         *resolver
	parent           []int32
	read, same, lost int
	within           int // pairs of one input
}

func (j *pairJoiner) root(i int32) int32 {
	for j.parent[i] != i {
		j.parent[i] = j.parent[j.parent[i]]
		i = j.parent[i]
	}
	return i
}

func (j *pairJoiner) join(rows [][]string) error {
	for _, row := range rows {
		j.read++
		if j.columns.label != "" && !saysSame(row[4]) {
			continue
		}
		left, okLeft := j.resolver.party(0, row[0], row[1])
		right, okRight := j.resolver.party(1, row[2], row[3])
		if !okLeft || !okRight {
			j.lost++
			continue
		}
		j.same++
		if j.resolver.places[left].input == j.resolver.places[right].input {
			j.within++
		}
		a, b := j.root(left), j.root(right)
		j.parent[max(a, b)] = min(a, b)
	}
	return nil
}

// saysSame reads a label: a word for yes, or a number from a half on.
func saysSame(label string) bool {
	if n, err := strconv.ParseFloat(label, 64); err == nil {
		return n >= .5
	}
	return slices.Contains([]string{"true", "t", "yes", "y", "same", "match", "duplicate", "merged"}, strings.ToLower(label))
}

// resolver finds the party that a source with a row or an id names.
type resolver struct {
	inputs []*input
	places []place
	byRow  bool
	ids    []map[string]int32 // by input
	rows   []map[string]int32
}

func newResolver(inputs []*input, p *parties, n pairNames) *resolver {
	r := &resolver{inputs: inputs, places: p.places, byRow: n.row[0] != ""}
	for range inputs {
		r.ids = append(r.ids, map[string]int32{})
		r.rows = append(r.rows, map[string]int32{})
	}
	for i, at := range p.places {
		r.rows[at.input][strconv.Itoa(int(at.row))] = int32(i)
		if p.ids != nil && p.ids[i] != "" {
			r.ids[at.input][p.ids[i]] = int32(i)
		}
	}
	return r
}

// party finds a row. Without a source the left side is of the first input and
// the right one of the last.
func (r *resolver) party(side int, source, id string) (int32, bool) {
	at := 0
	if side == 1 {
		at = len(r.inputs) - 1
	}
	if k := slices.IndexFunc(r.inputs, func(in *input) bool { return sameSource(in, source) }); source != "" && k >= 0 {
		at = k
	}
	if r.byRow || len(r.ids[at]) == 0 {
		i, ok := r.rows[at][id]
		return i, ok
	}
	i, ok := r.ids[at][id]
	return i, ok
}

func sameSource(in *input, source string) bool {
	stem := func(s string) string {
		s = filepath.Base(s)
		return strings.TrimSuffix(s, filepath.Ext(s))
	}
	return in.name == source || in.Path == source || stem(in.Path) == source || filepath.Base(source) == filepath.Base(in.Path)
}
