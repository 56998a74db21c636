package load

import "testing"

func TestOneStatement(t *testing.T) {
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
