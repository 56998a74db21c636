//go:build duckdb_arrow

package load

import (
	"fmt"
	"slices"
)

// scope is what names mean at one place of a query.
type scope struct {
	queries map[string]relation // of WITH
	sources []source            // of FROM
	outer   *scope              // of the query around a subquery
}

type source struct {
	alias string
	relation
}

func (s *scope) query(name string) (relation, bool) {
	for ; s != nil; s = s.outer {
		if r, ok := s.queries[name]; ok {
			return r, true
		}
	}
	return relation{}, false
}

// query follows a SELECT or a set operation.
func (l *tracer) query(node any, outer scope) (relation, error) {
	s := scope{queries: map[string]relation{}, outer: &outer}
	for _, entry := range listAt(node, "cte_map", "map") {
		r, err := l.query(at(entry, "value", "query", "node"), s)
		if err != nil {
			return r, err
		}
		s.queries[textAt(entry, "key")] = r
	}
	switch textAt(node, "type") {
	case "SELECT_NODE":
		if err := l.from(at(node, "from_table"), &s); err != nil {
			return relation{}, err
		}
		return l.selected(listAt(node, "select_list"), &s)
	case "SET_OPERATION_NODE":
		return l.union(node, s)
	case "RECURSIVE_CTE_NODE": // what it begins with names its columns
		first, err := l.query(at(node, "left"), s)
		if err != nil {
			return first, err
		}
		s.queries[textAt(node, "cte_name")] = first
		return l.union(node, s)
	}
	return relation{}, fmt.Errorf("a query of type %s is not followed", textAt(node, "type"))
}

func (l *tracer) union(node any, s scope) (relation, error) {
	parts := listAt(node, "children")
	if len(parts) == 0 {
		parts = []any{at(node, "left"), at(node, "right")}
	}
	out := newRelation()
	for i, part := range parts {
		r, err := l.query(part, s)
		if err != nil {
			return out, err
		}
		for position, name := range r.names {
			if i > 0 && textAt(node, "setop_type") != "UNION_BY_NAME" && position < len(out.names) {
				name = out.names[position]
			}
			d := derived{from: origins{}}
			d.from.add(out.columns[name].from)
			d.from.add(r.columns[r.names[position]].from)
			out.put(name, d)
		}
	}
	return out, nil
}

// from adds what stands in FROM.
func (l *tracer) from(node any, s *scope) error {
	switch textAt(node, "type") {
	case "BASE_TABLE":
		name := textAt(node, "table_name")
		r, err := l.table(textAt(node, "catalog_name"), textAt(node, "schema_name"), name, *s)
		if err != nil {
			return err
		}
		s.add(node, name, r)
	case "JOIN":
		if err := l.from(at(node, "left"), s); err != nil {
			return err
		}
		left := len(s.sources)
		if err := l.from(at(node, "right"), s); err != nil {
			return err
		}
		return l.lookedUp(node, s, left)
	case "SUBQUERY":
		r, err := l.query(at(node, "subquery", "node"), *s)
		if err != nil {
			return err
		}
		s.add(node, "", r)
	default: // values, table functions, nothing: no stored column stands behind them
		if function := textAt(node, "function", "function_name"); function != "" {
			l.calls[function] = true
		}
		r := newRelation()
		for _, name := range listAt(node, "column_name_alias") {
			r.put(fmt.Sprint(name), derived{from: origins{}})
		}
		s.add(node, "", r)
	}
	return nil
}

// lookups are helper tables that give a value another form (a day, a key, a
// rate): what is found in them comes from what was looked up.
var lookups = []string{"time_slot", "business_slot", "rate_day", "channel_word", "stage_word", "event_word", "touchpoint_word", "word_meaning"}

// lookedUp lets the columns of a look-up come from the other side of its join.
func (l *tracer) lookedUp(join any, s *scope, left int) error {
	right := at(join, "right")
	if textAt(right, "schema_name") != "src" || !slices.Contains(lookups, textAt(right, "table_name")) {
		return nil
	}
	other := &scope{sources: s.sources[:left]}
	d, err := l.value(at(join, "condition"), other, relation{})
	if err != nil {
		return err
	}
	for _, name := range listAt(join, "using_columns") {
		d.from.add(other.column([]any{name}, relation{}).from)
	}
	table := &s.sources[left]
	out := newRelation()
	for _, name := range table.names {
		out.put(name, derived{from: d.from})
	}
	table.relation = out
	return nil
}

func (s *scope) add(node any, name string, r relation) {
	if renamed := listAt(node, "column_name_alias"); len(renamed) > 0 {
		other := newRelation()
		for i, old := range r.names {
			if i < len(renamed) {
				old = fmt.Sprint(renamed[i])
			}
			other.put(old, r.columns[r.names[i]])
		}
		r = other
	}
	if alias := textAt(node, "alias"); alias != "" {
		name = alias
	}
	s.sources = append(s.sources, source{name, r})
}

// selected follows the select list.
func (l *tracer) selected(items []any, s *scope) (relation, error) {
	out := newRelation()
	for _, item := range items {
		if star := starIn(item); star != nil {
			if err := l.expand(star, s, &out); err != nil {
				return out, err
			}
			continue
		}
		d, err := l.value(item, s, out)
		if err != nil {
			return out, err
		}
		if textAt(item, "function_name") == "unnest" && textAt(item, "alias") == "" {
			if err := l.unpacked(item, s, &out); err != nil {
				return out, err
			}
			continue
		}
		name := nameOf(item)
		if name == "" {
			name = fmt.Sprintf("column %d", len(out.names)+1)
		}
		out.put(name, d)
	}
	return out, nil
}

func nameOf(item any) string {
	if alias := textAt(item, "alias"); alias != "" {
		return alias
	}
	if names := listAt(item, "column_names"); len(names) > 0 {
		return fmt.Sprint(names[len(names)-1])
	}
	return textAt(item, "function_name")
}

// starIn finds * or columns(…) in an item of a select list.
func starIn(item any) any {
	if textAt(item, "class") == "STAR" {
		return item
	}
	for _, child := range listAt(item, "children") {
		if star := starIn(child); star != nil && at(star, "columns") == true {
			return star
		}
	}
	return nil
}

// expand writes the columns that a star stands for.
func (l *tracer) expand(star any, s *scope, out *relation) error {
	excluded := map[string]bool{}
	for _, name := range listAt(star, "exclude_list") {
		excluded[fmt.Sprint(name)] = true
	}
	for _, name := range listAt(star, "qualified_exclude_list") {
		excluded[textAt(name, "column")] = true
	}
	if inner := at(star, "expr"); inner != nil { // columns(* exclude …)
		if nested := starIn(inner); nested != nil {
			return l.expand(nested, s, out)
		}
	}
	for _, src := range s.sources {
		if only := textAt(star, "relation_name"); only != "" && only != src.alias {
			continue
		}
		for _, name := range src.names {
			if _, known := out.columns[name]; !known && !excluded[name] {
				out.put(name, src.columns[name])
			}
		}
	}
	for _, entry := range listAt(star, "replace_list") {
		d, err := l.value(at(entry, "value"), s, *out)
		if err != nil {
			return err
		}
		out.put(textAt(entry, "key"), d)
	}
	return nil
}

// unpacked writes the fields of the structs that unnest spreads over columns.
func (l *tracer) unpacked(node any, s *scope, out *relation) error {
	if textAt(node, "function_name") == "struct_pack" {
		for _, field := range listAt(node, "children") {
			d, err := l.value(field, s, *out)
			if err != nil {
				return err
			}
			both := derived{from: origins{}}
			both.from.add(out.columns[textAt(field, "alias")].from)
			both.from.add(d.from)
			out.put(textAt(field, "alias"), both)
		}
		return nil
	}
	for _, child := range listAt(node, "children") {
		if err := l.unpacked(child, s, out); err != nil {
			return err
		}
	}
	return nil
}

// value follows an expression. What only orders or restricts a window is left
// out where the window has an argument.
func (l *tracer) value(node any, s *scope, earlier relation) (derived, error) {
	d := derived{from: origins{}}
	switch n := node.(type) {
	case []any:
		for _, child := range n {
			c, err := l.value(child, s, earlier)
			if err != nil {
				return d, err
			}
			d.from.add(c.from)
		}
	case map[string]any:
		switch {
		case textAt(n, "class") == "COLUMN_REF":
			return s.column(listAt(n, "column_names"), earlier), nil
		case textAt(n, "class") == "SUBQUERY":
			r, err := l.query(at(n, "subquery", "node"), *s)
			if err != nil {
				return d, err
			}
			return r.row(), nil
		case textAt(n, "class") == "WINDOW" && len(listAt(n, "children")) > 0:
			return l.value(n["children"], s, earlier)
		}
		for _, child := range n {
			c, err := l.value(child, s, earlier)
			if err != nil {
				return d, err
			}
			d.from.add(c.from)
		}
	}
	return d, nil
}

// column resolves a reference: table.column, column, column.field.
func (s *scope) column(names []any, earlier relation) derived {
	var path []string
	for _, n := range names {
		path = append(path, fmt.Sprint(n))
	}
	for at := s; at != nil; at = at.outer {
		if d, ok := at.own(path); ok {
			return d
		}
		if d, ok := earlier.columns[path[0]]; ok && at == s {
			return d.field(path[1:])
		}
	}
	return derived{from: origins{}}
}

func (s *scope) own(path []string) (derived, bool) {
	if len(path) > 1 {
		at := slices.IndexFunc(s.sources, func(x source) bool { return x.alias == path[0] })
		if at >= 0 {
			if d, ok := s.sources[at].find(path[1]); ok {
				return d.field(path[2:]), true
			}
		}
	}
	for _, x := range s.sources {
		if d, ok := x.columns[path[0]]; ok {
			return d.field(path[1:]), true
		}
	}
	for _, x := range s.sources {
		if x.alias == path[0] && len(path) == 1 && x.open == "" {
			return x.row(), true
		}
	}
	for _, x := range s.sources {
		if d, ok := x.find(path[0]); ok {
			return d.field(path[1:]), true
		}
	}
	return derived{}, false
}

// field goes into a value that is a row; of another value the whole counts.
func (d derived) field(path []string) derived {
	if len(path) == 0 {
		return d
	}
	if f, ok := d.fields[path[0]]; ok {
		return f.field(path[1:])
	}
	return derived{from: d.from}
}
