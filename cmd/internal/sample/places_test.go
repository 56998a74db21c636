package sample_test

import (
	"database/sql"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3" // reads the billing database back
	"github.com/xuri/excelize/v2"

	"loadstar/schemas"
)

// table reads one truth file: its lines by column name.
func table(t *testing.T, dir, name string) []map[string]string {
	t.Helper()
	file, err := os.Open(filepath.Join(dir, "truth", name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, column := range lines[0] {
			row[column] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// reader looks places up in the feeds of one project.
type reader struct {
	t     *testing.T
	dir   string
	texts map[string][]string
	books map[string]*excelize.File
	db    *sql.DB
}

func (r *reader) line(file string, n int) string {
	lines, ok := r.texts[file]
	if !ok {
		text, err := os.ReadFile(filepath.Join(r.dir, file))
		if err != nil {
			r.t.Fatal(err)
		}
		lines = strings.Split(string(text), "\n")
		r.texts[file] = lines
	}
	if n < 1 || n > len(lines) {
		return ""
	}
	return lines[n-1]
}

func (r *reader) keyOfRow(file, sheet, cell string) string {
	book, ok := r.books[file]
	if !ok {
		var err error
		if book, err = excelize.OpenFile(filepath.Join(r.dir, file)); err != nil {
			r.t.Fatal(err)
		}
		r.books[file] = book
	}
	_, row, err := excelize.CellNameToCoordinates(cell)
	if err != nil {
		r.t.Fatal(err)
	}
	key, err := book.GetCellValue(sheet, "A"+strconv.Itoa(row))
	if err != nil {
		r.t.Fatal(err)
	}
	return key
}

func (r *reader) stored(table, key string) bool {
	query := map[string]string{
		"invoices":      "select count(*) from invoices where invoice_no = ?",
		"invoice_lines": "select count(*) from invoice_lines where invoice_no || '/' || line_no = ?",
		"payments":      "select count(*) from payments where payment_no = ?",
	}[table]
	var n int
	if err := r.db.QueryRow(query, key).Scan(&n); err != nil {
		r.t.Fatal(err)
	}
	return n == 1
}

func (r *reader) holds(e map[string]string) bool {
	switch {
	case strings.HasPrefix(e["file"], "feeds/billing.sqlite"):
		return r.stored(e["sheet"], e["place"])
	case strings.HasSuffix(e["file"], ".xlsx"):
		return r.keyOfRow(e["file"], e["sheet"], e["place"]) == e["key"]
	case e["kind"] == "duplicate delivery":
		return r.line(e["file"], 2) != "" && r.line(e["file"], 2) == r.line(e["key"], 2)
	}
	n, err := strconv.Atoi(e["place"])
	if err != nil {
		r.t.Fatal(err)
	}
	line := r.line(e["file"], n)
	switch {
	case e["kind"] == "exact duplicate":
		return line == r.line(e["file"], n-1)
	case e["object"] == "lines":
		order, _, _ := strings.Cut(e["key"], "/")
		return strings.Contains(line, `"`+order+`"`)
	case strings.HasPrefix(e["key"], "row"):
		return strings.Contains(line, "n/a") || strings.Contains(line, ";-7")
	}
	return strings.Contains(line, e["key"])
}

func TestPlantedErrorsAreWhereTruthSays(t *testing.T) {
	dir := generate(t, 2500, 2, 5)
	db, err := sql.Open("sqlite3", filepath.Join(dir, "feeds", "billing.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	r := &reader{t: t, dir: dir, texts: map[string][]string{}, books: map[string]*excelize.File{}, db: db}
	kinds := map[string]int{}
	for _, e := range table(t, dir, "errors.csv") {
		kind, _, _ := strings.Cut(e["kind"], ":")
		kinds[kind]++
		if !r.holds(e) {
			t.Errorf("%s#%s:%s holds no %s with key %s", e["file"], e["sheet"], e["place"], e["kind"], e["key"])
		}
	}
	for _, kind := range []string{
		"ragged row", "wrong encoding", "impossible date", "negative quantity", "missing required", "orphan key", "illegal stage",
		"duplicate delivery", "late row", "exact duplicate", "broken JSON", "duplicate JSON key", "not a number", "hidden row",
	} {
		if kinds[kind] == 0 {
			t.Errorf("no %s was planted", kind)
		}
	}
}

func TestErrorsStayUnderTheContractsShare(t *testing.T) {
	for _, customers := range []int{150, 1000, 4000} {
		dir := generate(t, customers, 2, 2)
		loaded, bad := map[string]float64{}, map[string]float64{}
		for _, row := range table(t, dir, "totals.csv") {
			n, err := strconv.ParseFloat(row["value"], 64)
			if err != nil {
				t.Fatal(err)
			}
			key := row["feed"] + " " + row["delivery"]
			switch row["measure"] {
			case "loaded":
				loaded[key] = max(loaded[key], n)
			case "quarantined":
				bad[key] += n
			}
		}
		for key, n := range bad {
			if n > schemas.DefaultErrorShare/2*(n+loaded[key]) {
				t.Errorf("%d customers: %s: %.0f errors among %.0f rows", customers, key, n, loaded[key])
			}
		}
	}
}

func TestFunnelsScale(t *testing.T) {
	counts := map[string]string{}
	for _, row := range table(t, generate(t, 10000, 1, 1), "funnels.csv") {
		if row["source_system"] == "all" {
			counts[row["step"]] = row["count"]
		}
	}
	want := map[string]string{
		"prospecting": "4000", "contact": "400", "meet": "80", "presentation": "40", "offer": "20", "close": "10", "repeat": "5",
	}
	for step, n := range want {
		if counts[step] != n {
			t.Errorf("%s: %s pursuits, expected %s", step, counts[step], n)
		}
	}
}
