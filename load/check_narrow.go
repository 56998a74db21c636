//go:build duckdb_arrow

package load

import (
	"fmt"
	"regexp"
	"strings"

	"loadstar/schemas"
)

// Parts of checks that judge each row of a table, or each key of it, by itself:
// what was right in the version before, and did not change, is right still.
var (
	// A key of each row of a table is looked up in a dimension, or a fact that
	// others belong to; some rows name none.
	keyLookup = regexp.MustCompile(`from (?P<from>warehouse\.(?P<table>\w+)) as fact\nanti join warehouse\.(?P<dimension>\w+) as dimension (?:on dimension\.(?P<key>\w+) = fact\.(?P<column>\w+)|using \((?P<both>\w+)\))(?:\nwhere (?P<where>fact\.\w+ (?:> 0|is not null)))?$`)
	// The customer of each row of a fact is that of its source customer.
	ownerLookup = regexp.MustCompile(`from (?P<from>warehouse\.(?P<table>\w+)) as fact\nleft join ods\.idn\.source_record as record using \(source_customer_key\)\nwhere [^\n]+$`)
	// Each key of a table stands in one row.
	uniqueKey = regexp.MustCompile(`from warehouse\.(?P<table>\w+)\n(?P<grouped>group by (?P<keys>\w+(?:, \w+)*)\nhaving count\(\*\) > 1)$`)
)

// narrowed narrows a part of a check to what this run changed, if it is one of
// those above.
func (s *staleness) narrowed(part string) string {
	part = strings.TrimRight(part, "\n")
	if m := changedKeys.FindStringSubmatch(part); m != nil {
		return s.ofChangedKeys(part, m[1], strings.Split(m[2], ", "))
	}
	if m := named(keyLookup, part); m != nil {
		lost := s.database.lostKeysOf("warehouse." + m["dimension"])
		last, known := s.last[m["table"]]
		switch {
		case !known || len(lost) > lostKeys || (len(lost) > 0 && !isKey(m["dimension"], m["key"]+m["both"])):
			return part
		case len(lost) == 0:
			behind := fmt.Sprintf("\nwhere fact.rowid > %d", last)
			if m["where"] != "" {
				return strings.Replace(part, "\nwhere ", behind+" and ", 1)
			}
			return part + behind
		}
		return strings.Replace(part, m["from"], freshOr(m["from"], last, m["column"]+m["both"]+" in ("+literals(lost)+")"), 1)
	}
	if m := named(ownerLookup, part); m != nil {
		if last, known := s.last[m["table"]]; known {
			return strings.Replace(part, m["from"], freshOr(m["from"], last, "source_customer_key in (select source_customer_key from changed.moved)"), 1)
		}
	}
	if m := named(uniqueKey, part); m != nil {
		if last, known := s.last[m["table"]]; known {
			return strings.TrimSuffix(part, m["grouped"]) + sameKeys(m["table"], strings.Split(m["keys"], ", "), last) + m["grouped"]
		}
	}
	return part
}

// changedKeys is the header of a part that judges the rows of some tables
// together that have one value of a column, each value by itself.
var changedKeys = regexp.MustCompile(`(?m)^-- Delta: (\w+) of ([\w."]+(?:, [\w."]+)*)$`)

// ofChangedKeys asks a part of the values that changed rows of its tables have
// or had. It is asked whole where another table changed that it reads.
func (s *staleness) ofChangedKeys(part, key string, tables []string) string {
	var keys []string
	byKey := map[string]bool{}
	for _, table := range tables {
		of := s.changedRows(key, table)
		if of == "" {
			return part
		}
		keys = append(keys, of)
		byKey[tableName(table)] = true
	}
	for _, table := range readTables(part) {
		if !byKey[table] && s.isTableStale(table) {
			return part
		}
	}
	changed := " semi join (" + strings.Join(keys, " union ") + ") as changed_key using (" + key + "))"
	for _, table := range tables {
		read := regexp.MustCompile(`\b(from|join) ` + regexp.QuoteMeta(table) + `(\s|$)`)
		part = read.ReplaceAllString(part, "${1} (from "+table+changed+"${2}")
	}
	return part
}

// changedRows selects the values of a column that the changed rows of a fact,
// or of an entity with history, have or had; "" where that is not known.
func (s *staleness) changedRows(key, table string) string {
	name := tableName(table)
	if fact, ok := strings.CutPrefix(name, "warehouse."); ok {
		if !s.database.kept[fact] {
			return ""
		}
		return "select " + key + " from changed." + quote(fact)
	}
	entity, err := schemas.EntityNamed(strings.TrimPrefix(name, "ods."))
	if err != nil || !entity.History {
		return ""
	}
	from := "select " + key + " from ods.main.%s where row_id in (select row_id from changed." + quote(entity.Name) + ")"
	return fmt.Sprintf(from, quote(entity.Name)) + " union " + fmt.Sprintf(from, quote(entity.Name+versionSuffix))
}

// named returns what the named groups of a pattern match, nil where it does not.
func named(pattern *regexp.Regexp, text string) map[string]string {
	found := pattern.FindStringSubmatch(text)
	if found == nil {
		return nil
	}
	groups := map[string]string{}
	for i, name := range pattern.SubexpNames() {
		groups[name] = found[i]
	}
	return groups
}

// lostKeys is how many keys that a dimension lost are looked for in the facts
// one by one; noteLost need not keep more.
const lostKeys = 1000

// isKey tells whether a column of a dimension is the one whose lost values are
// kept.
func isKey(dimension, column string) bool {
	t, err := schemas.StarTableNamed("main", dimension)
	return err == nil && t.Columns[0].Name == column
}

func literals(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = literal(text)
	}
	return strings.Join(quoted, ", ")
}

// freshOr selects the rows of a table behind last, and earlier ones of which a
// condition holds: two scans, for DuckDB reads all rows where "or" joins them.
func freshOr(table string, last int64, condition string) string {
	return fmt.Sprintf("(from %[1]s where rowid > %[2]d union all from %[1]s where rowid <= %[2]d and %[3]s)", table, last, condition)
}

// sameKeys leaves the rows of a table whose key a row behind last has too.
func sameKeys(table string, keys []string, last int64) string {
	equal := make([]string, len(keys))
	for i, key := range keys {
		equal[i] = fmt.Sprintf("%s.%s is not distinct from fresh.%s", table, key, key)
	}
	return fmt.Sprintf("semi join (select %s from warehouse.%s where rowid > %d) as fresh on %s\n",
		strings.Join(keys, ", "), table, last, strings.Join(equal, " and "))
}
