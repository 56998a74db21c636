//go:build duckdb_arrow

package load

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"loadstar/schemas"
)

const soundFunnel = `
funnel: small
counts: pursuit
meaning: "A small one"
steps: [{step: a, name: A}, {step: b, name: B}, {step: c, name: C}]
stages:
  - {stage: one, name: One, rank: 1, step: a, meaning: "first"}
  - {stage: two, name: Two, rank: 2, step: b, optional: true, meaning: "second"}
  - {stage: three, name: Three, rank: 3, step: c, outcome: won, meaning: "third"}
  - {stage: gone, name: Gone, rank: 0, outcome: lost, meaning: "lost"}
transitions: {start: [one], one: [two, gone], two: [three]}
words: {any: {one: [eins, EINS], two: [zwei]}}
systems: [till]
`

func TestParseFunnel(t *testing.T) {
	t.Parallel()
	if _, err := ParseFunnel("small.yaml", []byte(soundFunnel)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{"funnel: small", "funnel: Small one", "lower-case"},
		{"counts: pursuit", "counts: beans", "pursuit or session"},
		{"{stage: two", "{stage: one", "twice"},
		{"step: b, optional", "step: x, optional", "small.yaml:8:44: stages: two counts for step \"x\", which is not listed"},
		{"outcome: won", "outcome: great", "not one of"},
		{"rank: 0, outcome: lost", "rank: 0", "needs a step"},
		{"one: [two, gone]", "one: [two, none]", "not a stage"},
		{"two: [zwei]", "two: [zwei, eins]", "stands for both"},
		{"two: [zwei]", "four: [zwei]", "not a stage"},
		{"meaning: \"A small one\"", "sense: x", "sense"},
	} {
		text := strings.Replace(soundFunnel, c.old, c.new, 1)
		if _, err := ParseFunnel("small.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), c.want) ||
			!strings.Contains(err.Error(), "small.yaml:") {
			t.Errorf("%s: error %v, want one with %q", c.new, err, c.want)
		}
	}
}

func TestTransitionsAreJudged(t *testing.T) {
	t.Parallel()
	f, err := ParseFunnel("small.yaml", []byte(soundFunnel))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]transitionRow{}
	names := map[int64]string{keyNotApplicable: "start"}
	for _, s := range f.Stages {
		names[f.key(s.Stage)] = s.Stage
	}
	for _, row := range f.transitions() {
		got[names[row.From]+">"+names[row.To]] = row
	}
	if len(got) != 16 {
		t.Errorf("%d transitions, want 16", len(got))
	}
	for _, c := range []struct {
		move                    string
		legal, skip, regression bool
	}{
		{"start>one", true, false, false},
		{"start>two", false, true, false},
		{"one>two", true, false, false},
		{"one>three", false, true, false}, // step b is left out
		{"two>three", true, false, false},
		{"three>one", false, false, true},
		{"one>gone", true, false, false},
		{"gone>three", false, false, false},
	} {
		if row := got[c.move]; row.Legal != c.legal || row.Skip != c.skip || row.Regression != c.regression {
			t.Errorf("%s: legal %t skip %t regression %t", c.move, row.Legal, row.Skip, row.Regression)
		}
	}
}

// TestWordsAreComparedAlike: Go and SQL bring words into the same form.
func TestWordsAreComparedAlike(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.shape(Everything)
	rapid.Check(t, func(r *rapid.T) {
		word := rapid.StringMatching(`[A-Za-zÄÖÜäöüßéñŁł0-9 _/.()-]{0,20}`).Draw(r, "word")
		rows, err := s.texts(t.Context(), "select src.plain($1)", word)
		if err != nil {
			r.Fatal(err)
		}
		if got, want := rows[0][0], plainWord(word); got != want {
			r.Fatalf("%q is %q in SQL, %q in Go", word, got, want)
		}
	})
}

// TestModelsFillTheirTables: every column of a table is selected by name.
func TestModelsFillTheirTables(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	s.shape(Everything)
	models, err := readModels()
	if err != nil {
		t.Fatal(err)
	}
	filled := map[string]bool{}
	for _, m := range models {
		filled[m.table] = true
		for _, line := range []string{"-- Question: ", "-- Grain: ", "-- Sources: "} {
			if !strings.Contains(m.query, line) {
				t.Errorf("%s lacks %q", m.table, line)
			}
		}
		if strings.HasPrefix(m.table, "src_") {
			continue
		}
		table, err := schemas.StarTableNamed("main", m.table)
		if err != nil {
			t.Fatal(err)
		}
		if table.View {
			s.wantColumns(table)
			continue
		}
		s.ready(m)
		if m.key != "" {
			if _, err := m.narrow(t.Context(), s.database, Everything); err != nil {
				t.Fatal(err)
			}
		}
		selected := map[string]bool{}
		for _, row := range s.rows("select column_name from (describe " + m.query + ")") {
			selected[row] = true
		}
		if len(selected) != len(table.Columns) {
			t.Errorf("%s selects %d columns of %d", m.table, len(selected), len(table.Columns))
		}
		for _, c := range table.Columns {
			if !selected[c.Name] {
				t.Errorf("%s does not select %s", m.table, c.Name)
			}
		}
	}
	tables, err := schemas.Star()
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		if table.Schema == "main" && !filled[table.Name] {
			t.Errorf("no model fills %s", table.Name)
		}
	}
}

// wantColumns compares a view with what its description promises.
func (s star) wantColumns(view schemas.StarTable) {
	s.Helper()
	var want []string
	for _, c := range view.Columns {
		want = append(want, c.Name+" "+c.Type)
	}
	got := s.rows("select column_name || ' ' || lower(replace(regexp_replace(replace(column_type, chr(34), ''), ', ?', ', ', 'g'), 'TIMESTAMP WITH TIME ZONE', 'timestamptz')) from (describe " + view.Qualified() + ")")
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		s.Errorf("%s has the columns\n%s\nwant\n%s", view.Name, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
