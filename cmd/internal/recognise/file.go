package recognise

import (
	"context"
	"fmt"
	"iter"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"loadstar/extract"
	"loadstar/schemas"
)

// File is one file and how it is written.
type File struct {
	Path      string
	Sheet     string // chosen worksheet, "" = not chosen yet or no worksheets
	before    os.FileInfo
	Dialect   schemas.Dialect
	Headers   []string                   // of CSV, as written
	nested    map[string][]string        // by path of the array: dotted paths of the columns that hold records
	arrays    []string                   // dotted paths of arrays of records
	absent    map[string]map[string]bool // by column: words that mean "no value" in this file
	columns   bool                       // that hold others, as in Parquet and Arrow
	Wide      int                        // characters of several bytes, where it was read as UTF-8
	Broken    int                        // bytes that are not UTF-8
	HasHeader bool                       // false: the first line holds values
	Fixed     []FixedColumn              // of fixed text
	Groups    []string                   // columns that are written once for several rows: blanks have the value above
	EndsLine  bool                       // text whose last line ends as lines do
	Notes     []string
	renamed   map[string]string // columns that are to be called otherwise
}

// Rename has Source call a column otherwise.
func (in *File) Rename(from, to string) {
	if in.renamed == nil {
		in.renamed = map[string]string{}
	}
	in.renamed[from] = to
}

// Hints are what the user knows of a text file; "" is found out.
type Hints struct {
	Encoding  string // IANA name
	Delimiter string // of CSV
}

// OpenFile finds out how a file is written. info is that of the file now: a
// file that changes while it is read is refused.
func OpenFile(path, sheet string, info os.FileInfo, h Hints, t *WordTables) (*File, error) {
	in := &File{Path: path, Sheet: sheet, before: info}
	if err := in.sniff(h, t); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return in, nil
}

// Source opens the file through package extract.
func (in *File) Source() (extract.Source, error) {
	d := in.Dialect
	if in.Sheet != "" {
		d.Sheets = LiteralGlob(in.Sheet)
	}
	c := schemas.Contract{Feed: "match", System: "match", Dialect: d}
	for i, path := range append([]string{""}, in.arrays...) {
		object := schemas.Object{Name: objectName(i), Entity: "customer", Path: path}
		for _, f := range in.Fixed {
			object.Properties = append(object.Properties, schemas.Property{Name: f.Name, Logical: "string", Start: f.Start, Width: f.Width})
		}
		for _, name := range in.nested[path] {
			object.Properties = append(object.Properties, schemas.Property{Name: name, Logical: "string"})
		}
		for _, name := range in.Groups {
			at := slices.IndexFunc(object.Properties, func(p schemas.Property) bool { return p.Name == name })
			if at < 0 {
				at = len(object.Properties)
				object.Properties = append(object.Properties, schemas.Property{Name: name, Logical: "string"})
			}
			object.Properties[at].FillDown = true
		}
		c.Objects = append(c.Objects, object)
	}
	source, err := extract.Open(c, extract.Landed{Feed: c.Feed, Path: in.Path, File: in.Path, Size: in.before.Size()})
	if err != nil || len(in.renamed) == 0 {
		return source, err
	}
	return renamedSource{source, in.renamed}, nil
}

// renamedSource is a source some of whose columns are called otherwise.
type renamedSource struct {
	extract.Source
	names map[string]string
}

// Chunks implements extract.Source.
func (s renamedSource) Chunks(ctx context.Context) iter.Seq2[extract.Chunk, error] {
	return func(yield func(extract.Chunk, error) bool) {
		for chunk, err := range s.Source.Chunks(ctx) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(func(ctx context.Context) (schemas.Decoded, error) {
				decoded, err := chunk(ctx)
				if err == nil && decoded.Record != nil {
					decoded.Record = s.rename(decoded.Record)
				}
				return decoded, err
			}, nil) {
				return
			}
		}
	}
}

func (s renamedSource) rename(r arrow.RecordBatch) arrow.RecordBatch {
	fields := slices.Clone(r.Schema().Fields())
	for i := range fields {
		if to, found := s.names[fields[i].Name]; found {
			fields[i].Name = to
		}
	}
	defer r.Release()
	return array.NewRecordBatch(arrow.NewSchema(fields, nil), r.Columns(), r.NumRows())
}

// Within says that the records stand under a key of the one object that the
// file is; what was found of that object is forgotten.
func (in *File) Within(key string) {
	in.Dialect.Format, in.Dialect.Records = "json", []string{key}
	in.arrays, in.nested = nil, nil
}

// HoldsRecords says whether values may be records or lists.
func (in *File) HoldsRecords() bool {
	return in.columns || strings.HasPrefix(in.Dialect.Format, "json")
}

// objectName names the rows of the record, or those of the n-th array.
func objectName(n int) string { return "rows_" + strconv.Itoa(n) }

// arrayPath is the path of the array that an object's rows come from.
func (in *File) arrayPath(object string) string {
	for i, path := range in.arrays {
		if object == objectName(i+1) {
			return path
		}
	}
	return ""
}

// LiteralGlob is a pattern that only text itself meets.
func LiteralGlob(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune(`*?[\`, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Unchanged fails where the file was written to since it was opened: it is
// read more than once.
func (in *File) Unchanged() error {
	now, err := os.Stat(in.Path)
	if err != nil {
		return fmt.Errorf("read %s: %w (%w)", in.Path, extract.ErrChanging, err)
	}
	if now.Size() != in.before.Size() || !now.ModTime().Equal(in.before.ModTime()) {
		return fmt.Errorf("read %s: %w", in.Path, extract.ErrChanging)
	}
	return nil
}

// Note keeps what people should know of how the file was read.
func (in *File) Note(format string, args ...any) {
	if note := fmt.Sprintf(format, args...); !slices.Contains(in.Notes, note) {
		in.Notes = append(in.Notes, note)
	}
}

// Size is how many bytes the file had when it was opened.
func (in *File) Size() int64 { return in.before.Size() }
