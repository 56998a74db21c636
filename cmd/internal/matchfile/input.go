package matchfile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"loadstar/cmd/internal/recognise"
)

// input is one file to match.
type input struct {
	*recognise.File
	name   string // in the results
	report InputReport
}

// openInputs looks at every file and finds out how it is written.
func openInputs(o Options, t *recognise.WordTables) ([]*input, error) {
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
			in.name = in.Path
			if in.Sheet != "" {
				in.name += "#" + in.Sheet
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

func openInput(flag, path string, o Options, t *recognise.WordTables) (*input, error) {
	sheet := ""
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if book, named, ok := cutSheet(path); ok {
			path, sheet = book, named
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
	opened, err := recognise.OpenFile(path, sheet, info, recognise.Hints{Encoding: o.Encoding, Delimiter: o.Delimiter}, t)
	if err != nil {
		return nil, err
	}
	in := &input{File: opened, name: filepath.Base(path)}
	in.report = InputReport{
		Path: path, Format: in.Dialect.Format, Encoding: in.Dialect.Encoding, HasHeader: in.HasHeader,
	}
	if in.Dialect.Format == "csv" {
		in.report.Delimiter = in.Dialect.Delimiter
	}
	if in.report.Delimiter == "\t" {
		in.report.Delimiter = "tab"
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

// checkDuplicates refuses two columns of one name, unless they are left out.
func (in *input) checkDuplicates(ignored func(string) bool) error {
	seen := map[string]int{}
	for i, name := range in.Headers {
		name = strings.TrimSpace(name)
		if first, twice := seen[name]; twice && name != "" && !ignored(name) {
			return usage("%s: two columns are called %q (%d and %d); rename one, or leave both out with --ignore", in.Path, name, first+1, i+1)
		}
		if _, twice := seen[name]; !twice {
			seen[name] = i
		}
	}
	return nil
}

// look surveys the file and tells the watcher.
func (in *input) look(ctx context.Context, o Options, t *recognise.WordTables, hidden func(string) bool) (*recognise.Survey, error) {
	begun := o.Now()
	o.Watch.Begin("look at "+in.name, 0, "rows")
	s, err := in.Survey(ctx, recognise.Look{Workers: o.Workers, Hidden: hidden, Progress: o.Watch.Add}, t)
	if err != nil {
		return nil, err
	}
	o.Watch.End(int64(s.Rows), o.Now().Sub(begun))
	in.report.Rows, in.report.Sheet = s.Rows, in.Sheet
	return s, nil
}
