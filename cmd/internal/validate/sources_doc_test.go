package validate_test

import (
	"bytes"
	"compress/gzip"
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	_ "github.com/mattn/go-sqlite3" // the tables of the page

	"loadstar/cmd/internal/validate"
)

// TestSourcesPage: the examples of docs/sources.md are a project whose every
// delivery is right.
func TestSourcesPage(t *testing.T) {
	page, err := os.ReadFile("../../../docs/sources.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, name := range []string{"drops", "packed", "inbox"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, block := range regexp.MustCompile("(?ms)^```\\w+ (\\S+)\n(.*?)^```").FindAllSubmatch(page, -1) {
		name, text := string(block[1]), string(block[2])
		if strings.HasSuffix(name, ".sqlite") {
			fillTable(t, filepath.Join(dir, name), text)
			continue
		}
		write(t, dir, name, text)
	}
	packed := &bytes.Buffer{}
	zip := gzip.NewWriter(packed)
	rows, err := os.ReadFile(filepath.Join(dir, "drops", "people_2026-03-01.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := zip.Write(rows); err != nil || zip.Close() != nil {
		t.Fatal(err)
	}
	write(t, dir, "packed/people_2026-03-01.csv.gz", packed.String())
	write(t, dir, "inbox/people_2026-03-01.csv", string(rows))
	write(t, dir, "inbox/people_2026-03-01.csv.done", "")
	sheet := write(t, dir, "sheet.tsv", "[People]\n"+strings.ReplaceAll(string(rows), ",", "\t"))
	makeWorkbook(t, sheet, filepath.Join(dir, "drops", "people_2026-03-01.xlsx"))
	writeColumns(t, filepath.Join(dir, "drops", "people_2026-03-01"), string(rows))

	project, err := os.ReadFile(filepath.Join(dir, "loadstar.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	before, _, _ := strings.Cut(string(project), "\n  people:")
	lines := regexp.MustCompile(`(?m)^  \w+: \{contract: .*$`).FindAllString(string(page), -1)
	if len(lines) < 14 {
		t.Errorf("%d sources, want all", len(lines))
	}
	for _, line := range lines {
		write(t, dir, "loadstar.yaml", before+"\n"+line+"\n")
		r := check(t, validate.Options{Project: dir})
		isAsked := strings.Contains(line, "server") || strings.Contains(line, "shop,") || strings.Contains(line, "command")
		if got := codesOf(r); got != "" {
			t.Errorf("%s: findings %s\n%s", line, got, said(t, r))
		}
		if rows := r.Feeds[0].Rows; !isAsked && rows == 0 {
			t.Errorf("%s: no row is read", line)
		}
	}
}

func fillTable(t *testing.T, path, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(statements); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// writeColumns writes lines of CSV as Parquet and as an Arrow stream.
func writeColumns(t *testing.T, path, lines string) {
	t.Helper()
	header, rest, _ := strings.Cut(lines, "\n")
	var fields []arrow.Field
	for name := range strings.SplitSeq(header, ",") {
		fields = append(fields, arrow.Field{Name: name, Type: arrow.BinaryTypes.String})
	}
	schema := arrow.NewSchema(fields, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	for line := range strings.Lines(rest) {
		for i, cell := range strings.Split(strings.TrimSpace(line), ",") {
			b.Field(i).(*array.StringBuilder).Append(cell)
		}
	}
	record := b.NewRecordBatch()
	defer record.Release()
	var columns, stream bytes.Buffer
	p, err := pqarrow.NewFileWriter(schema, &columns, parquet.NewWriterProperties(), pqarrow.DefaultWriterProps())
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Write(record); err != nil || p.Close() != nil {
		t.Fatal(err)
	}
	s := ipc.NewWriter(&stream, ipc.WithSchema(schema))
	if err := s.Write(record); err != nil || s.Close() != nil {
		t.Fatal(err)
	}
	for suffix, text := range map[string][]byte{".parquet": columns.Bytes(), ".arrow": stream.Bytes()} {
		if err := os.WriteFile(path+suffix, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
