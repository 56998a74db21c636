package matchfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"loadstar/extract"
	"loadstar/schemas"
)

// input is one file to match.
type input struct {
	name    string // in the results
	path    string
	sheet   string // chosen worksheet, "" = not chosen yet or no worksheets
	before  os.FileInfo
	dialect schemas.Dialect
	headers []string // of CSV, as written
	nested  []string // dotted paths of the columns of JSON records that hold records
	report  InputReport
}

// openInputs looks at every file and finds out how it is written.
func openInputs(o Options, t *wordTables) ([]*input, error) {
	var inputs []*input
	names := map[string]int{}
	for _, path := range o.Inputs {
		in, err := openInput("--input", path, o, t)
		if err != nil {
			return nil, err
		}
		names[in.name]++
		inputs = append(inputs, in)
	}
	seen := map[string]bool{}
	for _, in := range inputs {
		if names[in.name] > 1 {
			in.name = in.path
			if in.sheet != "" {
				in.name += "#" + in.sheet
			}
		}
		if seen[in.name] {
			return nil, usage("--input %s is given twice", in.name)
		}
		seen[in.name] = true
		in.report.Source = in.name
	}
	return inputs, nil
}

func openInput(flag, path string, o Options, t *wordTables) (*input, error) {
	in := &input{path: path}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if book, sheet, ok := cutSheet(path); ok {
			in.path, in.sheet = book, sheet
			info, err = os.Stat(book)
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, usage("%s %s: there is no such file", flag, path)
	case err != nil:
		return nil, fmt.Errorf("read input: %w", err)
	case info.IsDir():
		return nil, usage("%s %s is a folder; name the files in it, each by itself", flag, path)
	case !info.Mode().IsRegular():
		return nil, usage("%s %s is no regular file; write it to a file first (it is read twice)", flag, path)
	case info.Size() == 0:
		return nil, fmt.Errorf("read %s: the file is empty", path)
	}
	in.before, in.name = info, filepath.Base(in.path)
	in.report = InputReport{Path: in.path}
	if err := in.sniff(o, t); err != nil {
		return nil, fmt.Errorf("read %s: %w", in.path, err)
	}
	return in, nil
}

// cutSheet parts "book.xlsx#Sheet".
func cutSheet(path string) (book, sheet string, ok bool) {
	at := strings.LastIndexByte(path, '#')
	if at <= 0 || at == len(path)-1 {
		return path, "", false
	}
	return path[:at], path[at+1:], true
}

// source opens the file through package extract.
func (in *input) source() (extract.Source, error) {
	d := in.dialect
	if in.sheet != "" {
		d.Sheets = literalGlob(in.sheet)
	}
	object := schemas.Object{Name: partyObject, Entity: "customer"}
	for _, path := range in.nested {
		object.Properties = append(object.Properties, schemas.Property{Name: path, Logical: "string"})
	}
	c := schemas.Contract{Feed: "match", System: "match", Dialect: d, Objects: []schemas.Object{object}}
	return extract.Open(c, extract.Landed{Feed: c.Feed, Path: in.path, File: in.path, Size: in.before.Size()})
}

// literalGlob is a pattern that only text itself meets.
func literalGlob(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune(`*?[\`, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// unchanged fails where the file was written to since it was opened: it is
// read more than once.
func (in *input) unchanged() error {
	now, err := os.Stat(in.path)
	if err != nil {
		return fmt.Errorf("read %s: %w (%w)", in.path, extract.ErrChanging, err)
	}
	if now.Size() != in.before.Size() || !now.ModTime().Equal(in.before.ModTime()) {
		return fmt.Errorf("read %s: %w", in.path, extract.ErrChanging)
	}
	return nil
}

func (in *input) note(format string, args ...any) {
	in.report.Notes = append(in.report.Notes, fmt.Sprintf(format, args...))
}
