package validate_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"loadstar/cmd/internal/validate"
)

var update = flag.Bool("update", false, "write what validate says of testdata/feeds as the wanted text")

const feedsDir = "../../../testdata/feeds"

// project copies a folder of testdata/feeds and makes its workbooks, which lie
// there as text: "[name]" begins a sheet, tabs part the cells.
func project(t *testing.T, name string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(feedsDir, name))); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if book, isBook := strings.CutSuffix(path, ".tsv"); err == nil && isBook {
			makeWorkbook(t, path, book)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func makeWorkbook(t *testing.T, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	book := excelize.NewFile()
	sheet, row := "", 0
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "[") {
			sheet, row = strings.Trim(line, "[]"), 0
			if _, err := book.NewSheet(sheet); err != nil {
				t.Fatal(err)
			}
			continue
		}
		row++
		for i, cell := range strings.Split(line, "\t") {
			at, err := excelize.CoordinatesToCellName(i+1, row)
			if err != nil {
				t.Fatal(err)
			}
			if cell != "" {
				if err := book.SetCellStr(sheet, at, cell); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := errors.Join(book.DeleteSheet("Sheet1"), book.SaveAs(to), book.Close()); err != nil {
		t.Fatal(err)
	}
}

// check validates a project.
func check(t *testing.T, o validate.Options) *validate.Report {
	t.Helper()
	o.Dir = o.Project
	r, err := validate.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// said is the text of a report with its outcome.
func said(t *testing.T, r *validate.Report) string {
	t.Helper()
	var out bytes.Buffer
	if err := r.Write(&out, "text", "test"); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%s%v\n", out.String(), r.Err())
}

func feedFolders(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(feedsDir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	if len(names) < 7 {
		t.Fatalf("only %d folders", len(names))
	}
	return names
}

// TestFeeds walks testdata/feeds: what validate says of each folder stands in
// its want.txt.
func TestFeeds(t *testing.T) {
	for _, name := range feedFolders(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, workers := range []int{1, 3} {
				got := said(t, check(t, validate.Options{Project: project(t, name), Workers: workers}))
				golden := filepath.Join(feedsDir, name, "want.txt")
				if *update {
					if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(golden)
				if err != nil {
					t.Fatal(err)
				}
				if got != string(want) {
					t.Errorf("with %d workers:\n%s\nwant\n%s", workers, got, want)
				}
			}
		})
	}
}

// TestMessagesAreShort: at most six lines, and no personal value unless asked.
func TestMessagesAreShort(t *testing.T) {
	for _, name := range feedFolders(t) {
		for _, f := range check(t, validate.Options{Project: project(t, name)}).Findings {
			if lines := strings.Count(f.Text(), "\n"); lines > 6 || f.Code.Title() == "" {
				t.Errorf("%s: %d lines, code %s:\n%s", name, lines, f.Code, f.Text())
			}
		}
	}
	dir := project(t, "bad_rows")
	personal := "31.02.1980"
	for _, format := range validate.Formats() {
		for _, show := range []bool{false, true} {
			var out bytes.Buffer
			if err := check(t, validate.Options{Project: dir, ShowValues: show}).Write(&out, format, "test"); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(out.String(), personal) != show {
				t.Errorf("%s with show-values %v: personal value shown %v", format, show, !show)
			}
		}
	}
}
