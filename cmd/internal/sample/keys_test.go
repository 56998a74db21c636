package sample_test

import (
	"bufio"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// keysOf reads the first column of a CSV file, or the first member of each
// JSON line, of the rows that are whole.
func keysOf(t *testing.T, path string) []string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var keys []string
	if strings.HasSuffix(path, ".jsonl") {
		first := regexp.MustCompile(`^\{"[a-z_]+":"([^"]*)"`)
		lines := bufio.NewScanner(file)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			if found := first.FindStringSubmatch(lines.Text()); found != nil && json.Valid(lines.Bytes()) {
				keys = append(keys, found[1])
			}
		}
		return keys
	}
	text := bufio.NewReader(file)
	in := csv.NewReader(text)
	in.FieldsPerRecord, in.LazyQuotes, in.Comma = -1, true, ','
	if head, err := text.Peek(40); err == nil && strings.Contains(string(head), ";") {
		in.Comma = ';'
	}
	rows, err := in.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	for _, row := range rows[1:] {
		keys = append(keys, row[0])
	}
	return keys
}

func TestKeysAreUniqueInADelivery(t *testing.T) {
	dir := generate(t, 6000, 2, 9)
	keyed := 0
	for _, pattern := range []string{"crm/*.csv", "store/*.jsonl"} {
		files, err := filepath.Glob(filepath.Join(dir, "feeds", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range files {
			base := filepath.Base(path)
			if strings.HasPrefix(base, "campaign_members") || strings.HasPrefix(base, "ad_spend") {
				continue // these name no key
			}
			seen := map[string]bool{}
			for _, key := range keysOf(t, path) {
				if seen[key] {
					t.Errorf("%s: key %s comes twice", base, key)
				}
				seen[key] = true
			}
			keyed += len(seen)
		}
	}
	if keyed < 20000 {
		t.Errorf("only %d keys looked at", keyed)
	}
	db, err := sql.Open("sqlite3", filepath.Join(dir, "feeds", "billing.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, query := range []string{
		"select count(*) - count(distinct customer_no || updated_at) from customers",
		"select count(*) - count(distinct invoice_no) from invoices",
		"select count(*) - count(distinct invoice_no || '/' || line_no) from invoice_lines",
		"select count(*) - count(distinct payment_no) from payments",
	} {
		var twice int
		if err := db.QueryRow(query).Scan(&twice); err != nil || twice != 0 {
			t.Errorf("%s: %d, %v", query, twice, err)
		}
	}
	persons := map[string]bool{}
	for _, row := range table(t, dir, "persons.csv") {
		key := row["source_system"] + " " + row["customer_id"]
		if persons[key] {
			t.Errorf("%s stands twice in persons.csv", key)
		}
		persons[key] = true
	}
}
