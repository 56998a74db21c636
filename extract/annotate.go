package extract

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"loadstar/schemas"
)

// Remark is what is wrong with one row, for the person who delivered it.
type Remark struct {
	Sheet  string
	Row    int64
	Cell   string // "C12", "" where the remark is about the whole row
	Column string
	Text   string // one line
}

// Annotated names the files that give a delivery back.
type Annotated struct {
	Copy string // the delivery
	List string // the remarks, "" where the copy itself shows them
}

// annotatedMode keeps copies, which hold personal data, from other users.
const annotatedMode = 0o600

// Annotate writes a copy of a delivery into folder, under its own name, that
// shows its remarks: a workbook marks the cells and has them as notes, CSV has
// them in a further column at the end of each row. Everything else is as it
// was delivered. Where a copy can't show them (no header, another format, an
// encoding that is not written byte by byte, a packed file) the remarks stand
// in a list beside it. An annotated copy reads like the delivery itself.
func Annotate(c schemas.Contract, l Landed, remarks []Remark, folder string) (Annotated, error) {
	out := Annotated{Copy: filepath.Join(folder, filepath.Base(filepath.FromSlash(l.Path)))}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return out, fmt.Errorf("annotate %s: %w", l.Path, err)
	}
	var err error
	switch {
	case c.Dialect.Format == "excel":
		err = annotateExcel(l, remarks, out.Copy)
	case c.Dialect.Format == "csv" && c.Dialect.Header > 0:
		err = annotateCSVFile(c.Dialect, l, remarks, out.Copy)
	default:
		err = errNoRemarks
	}
	if errors.Is(err, errNoRemarks) {
		out.List = out.Copy + ".reasons.csv"
		err = errors.Join(copyFile(l.File, out.Copy), listRemarks(out.List, remarks))
	}
	if err != nil {
		return out, fmt.Errorf("annotate %s: %w", l.Path, err)
	}
	return out, nil
}

// errNoRemarks says that the copy itself can't show remarks.
var errNoRemarks = errors.New("the format can't show remarks")

func writeFile(path string, write func(io.Writer) error) (err error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, annotatedMode)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return write(file)
}

func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	return writeFile(to, func(out io.Writer) error {
		_, err := io.Copy(out, in)
		return err
	})
}

// listRemarks writes remarks as a CSV file of their own.
func listRemarks(path string, remarks []Remark) error {
	return writeFile(path, func(out io.Writer) error {
		w := csv.NewWriter(out)
		records := [][]string{{"row", "column", "reason"}}
		for _, r := range inOrder(remarks) {
			records = append(records, []string{strconv.FormatInt(r.Row, 10), inert(r.Column), inert(r.Text)})
		}
		return w.WriteAll(records)
	})
}

// inert keeps a spreadsheet from taking a delivered header for a formula.
func inert(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

func inOrder(remarks []Remark) []Remark {
	sorted := slices.Clone(remarks)
	slices.SortStableFunc(sorted, func(a, b Remark) int { return int(a.Row - b.Row) })
	return sorted
}

// rowTexts joins the remarks of each row.
func rowTexts(remarks []Remark) map[int64]string {
	texts := map[int64]string{}
	for _, r := range inOrder(remarks) {
		text := r.Text
		if r.Column != "" {
			text = r.Column + ": " + text
		}
		if before := texts[r.Row]; before != "" {
			if strings.Contains("; "+before+"; ", "; "+text+"; ") {
				continue // several objects of the contract share the row
			}
			text = before + "; " + text
		}
		texts[r.Row] = text
	}
	return texts
}
