package load

import (
	"errors"
	"strings"
	"testing"
)

func TestOneStatement(t *testing.T) {
	t.Parallel()
	for query, fine := range map[string]bool{
		"select 1":                                   true,
		" from dim_customer ; ":                      true,
		"select 1; select 2":                         false,
		"select ';'":                                 true,
		"select 'it''s; fine'":                       true,
		`select ";" from t`:                          true,
		`select e'it\'s; fine'`:                      true,
		`select e'\\'; drop table t`:                 false,
		`select e'\'' ; drop table t; --'`:           false,
		`select name'x\'; drop table t`:              false, // no escapes: the name only ends with e
		"select $$ ; $$":                             true,
		"select $a$ ; $$ ; $a$":                      true,
		"select $1; select 2":                        false,
		"select 1 -- don't; mind\n":                  true,
		"select 1 -- don't\n; select 2":              false,
		"select /* don't; mind */ 1":                 true,
		"select /* a /* b; */ ; */ 1":                true,
		"select /* a */ 1; select 2":                 false,
		"select 'open":                               false,
		"select /* open":                             false,
		"":                                           false,
		" ; ":                                        false,
		"select 'a' /* ; */ || \";\" -- ;":           true,
		"select a$b$ from t; select 1":               false,
		"copy (select 1) to 'x.csv'; select 'y;z'; ": false,
	} {
		if err := oneStatement(query); (err == nil) != fine {
			t.Errorf("%q: fine %v, got %v", query, fine, err)
		}
	}
}

func TestQuestion(t *testing.T) {
	t.Parallel()
	for query, fine := range map[string]bool{
		"from dim_customer": true, "describe dim_customer": true, "with a as (select 1) from a": true,
		"delete from dim_customer": false, " CREATE table x as select 1": false, "copy (select 1) to 'x.csv'": false, "select 1; select 2": false,
	} {
		err := question(query)
		var refused *StatementError
		if (err == nil) != fine || !fine && !errors.As(err, &refused) {
			t.Errorf("%q: fine %v, got %v", query, fine, err)
		}
	}
}

// TestAsked looks that an error shows the question, not what it is wrapped in,
// and that the mark stays under its place.
func TestAsked(t *testing.T) {
	t.Parallel()
	const question = "select foo from bar"
	for _, wrap := range []string{wrapText, wrapParquet, wrapText + wrapJSON} {
		for _, cut := range []int{0, 4, len(wrap) - 9} {
			front := wrap
			if cut > 0 {
				front = "..." + wrap[cut:]
			}
			mark := strings.Repeat(" ", len("LINE 1: ")+len(front)+len("select ")) + "^"
			got := asked(errors.New("no foo\n\nLINE 1: " + front + question + "\n" + mark)).Error()
			want := "query: no foo\n\nLINE 1: " + question + "\n" + strings.Repeat(" ", len("LINE 1: select ")) + "^"
			if got != want {
				t.Errorf("%q: got\n%s\nwant\n%s", front, got, want)
			}
		}
	}
}
