package matchfile

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

// Modes of the results, which hold personal data.
const (
	folderMode = 0o750
	fileMode   = 0o640
)

// folder takes the results. A file has its name only once it is whole.
type folder struct {
	dir   string
	files []string
}

// newFolder makes the folder and proves that it can be written to, before any
// long work.
func newFolder(dir string) (*folder, error) {
	info, err := os.Stat(dir)
	switch {
	case err == nil && !info.IsDir():
		return nil, usage("--out %s is a file, not a folder", dir)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("open --out: %w", err)
	}
	if err := os.MkdirAll(dir, folderMode); err != nil {
		return nil, fmt.Errorf("make --out: %w", err)
	}
	probe, err := os.CreateTemp(dir, ".match-*")
	if err != nil {
		return nil, fmt.Errorf("write to --out: %w", err)
	}
	return &folder{dir: dir}, errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// write makes one file of the results.
func (f *folder) write(name string, fill func(io.Writer) error) (err error) {
	file, err := os.CreateTemp(f.dir, ".match-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			// What remains has a name that nothing reads.
			_ = file.Close()
			_ = os.Remove(file.Name())
			err = fmt.Errorf("write %s: %w", name, err)
		}
	}()
	out := bufio.NewWriterSize(file, 1<<20)
	if err := errors.Join(file.Chmod(fileMode), fill(out), out.Flush(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), filepath.Join(f.dir, name)); err != nil {
		return err
	}
	f.files = append(f.files, name)
	return nil
}

// writeCSV makes a CSV file of rows.
func (f *folder) writeCSV(name string, header []string, rows func(add func([]string) error) error) error {
	return f.write(name, func(out io.Writer) error {
		w := csv.NewWriter(out)
		if err := w.Write(header); err != nil {
			return err
		}
		if err := rows(w.Write); err != nil {
			return err
		}
		w.Flush()
		return w.Error()
	})
}

// groupRows is the number of rows of a row group.
const groupRows = 64 << 10

// writeParquet makes a Parquet file of batches; equal batches give equal
// bytes.
func (f *folder) writeParquet(name string, schema *arrow.Schema, batches func(add func(arrow.RecordBatch) error) error) error {
	return f.write(name, func(out io.Writer) error {
		properties := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Snappy),
			parquet.WithCreatedBy("loadstar"), parquet.WithMaxRowGroupLength(groupRows))
		w, err := pqarrow.NewFileWriter(schema, onlyWriter{out}, properties,
			pqarrow.NewArrowWriterProperties(pqarrow.WithAllocator(memory.DefaultAllocator)))
		if err != nil {
			return err
		}
		return errors.Join(batches(w.Write), w.Close())
	})
}

// onlyWriter hides Close: the writer would close what it does not own.
type onlyWriter struct{ io.Writer }
