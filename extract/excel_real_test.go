package extract

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/xuri/excelize/v2"

	"loadstar/schemas"
)

// sheetsAsTheyAre is the dialect that takes every cell of a workbook.
func sheetsAsTheyAre() schemas.Dialect {
	return schemas.Dialect{Format: "excel", Sheets: "*", HiddenRows: "keep", HiddenSheet: "keep", HeaderJoin: " "}
}

func realWorkbooks(t *testing.T) []string {
	t.Helper()
	root := sharedData(t, "feeds")
	var files []string
	for _, folder := range []string{"excel-excelize", "excel-finance", "excel-openpyxl", "excel-poi"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, d fs.DirEntry, err error) error {
			if err == nil && strings.HasPrefix(strings.ToLower(filepath.Ext(path)), ".xls") {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// readSheets reads a workbook into sheet -> cell address -> text. Rows with
// rejects are left out of it and counted.
func readSheets(t *testing.T, path string, d schemas.Dialect) (map[string]map[string]string, []schemas.Reject, error) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(schemas.Contract{Feed: "feed", Dialect: d}, landBytes(t, filepath.Base(path), content))
	if err != nil {
		return nil, nil, err
	}
	sheets := map[string]map[string]string{}
	var rejects []schemas.Reject
	for chunk, err := range s.Chunks(t.Context()) {
		if err != nil {
			return nil, nil, err
		}
		dec, err := chunk(t.Context())
		if err != nil {
			return nil, nil, err
		}
		rejects = append(rejects, dec.Rejects...)
		cells := sheets[dec.Sheet]
		if cells == nil {
			cells = map[string]string{}
			sheets[dec.Sheet] = cells
		}
		rows := dec.Record.Column(0).(*array.Int64)
		for c := 1; c < int(dec.Record.NumCols()); c++ {
			letters, _ := dec.Record.Schema().Field(c).Metadata.GetValue(cellColumnKey)
			column := dec.Record.Column(c).(*array.String)
			for i := range column.Len() {
				if !column.IsNull(i) {
					cells[letters+strconv.FormatInt(rows.Value(i), 10)] = column.Value(i)
				}
			}
		}
		dec.Record.Release()
	}
	return sheets, rejects, nil
}

func TestExcelRealWorkbooksAreReadOrRefused(t *testing.T) {
	files := realWorkbooks(t)
	if len(files) < 400 {
		t.Fatalf("found %d workbooks", len(files))
	}
	refused := 0
	for _, path := range files {
		start := time.Now()
		_, rejects, err := readSheets(t, path, sheetsAsTheyAre())
		if err != nil {
			refused++
			t.Logf("%s: %v", filepath.Base(path), err)
		}
		kinds := map[string]int{}
		for _, r := range rejects {
			kinds[r.Rule]++
		}
		if len(kinds) > 0 {
			t.Log(filepath.Base(path), kinds)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s took %v", path, took)
		}
	}
	t.Logf("%d workbooks read, %d refused", len(files)-refused, refused)
}

func TestExcelAgreesWithExcelize(t *testing.T) {
	compared, cells := 0, 0
	for _, path := range realWorkbooks(t) {
		sheets, rejects, err := readSheets(t, path, sheetsAsTheyAre())
		if err != nil {
			continue
		}
		book, err := excelize.OpenFile(path, excelize.Options{UnzipSizeLimit: 1 << 30, RawCellValue: true})
		if err != nil {
			t.Logf("%s: excelize refuses it: %v", filepath.Base(path), err)
			continue
		}
		compared++
		cells += compareBook(t, path, book, sheets, rejects)
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}
	t.Logf("%d workbooks, %d cells", compared, cells)
}

func compareBook(t *testing.T, path string, book *excelize.File, sheets map[string]map[string]string, rejects []schemas.Reject) int {
	t.Helper()
	props, err := book.GetWorkbookProps()
	if err != nil {
		t.Error(err)
	}
	is1904 := props.Date1904 != nil && *props.Date1904
	rejected := map[string]bool{}
	for _, r := range rejects {
		rejected[r.At.Sheet+strconv.FormatInt(r.At.Row, 10)] = true
	}
	compared := 0
	for sheet, cells := range sheets {
		rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Logf("%s#%s: excelize: %v", filepath.Base(path), sheet, err)
			continue
		}
		seen := map[string]bool{}
		for y, row := range rows {
			if rejected[sheet+strconv.Itoa(y+1)] || strings.TrimSpace(strings.Join(row, "")) == "" {
				continue
			}
			for x, want := range row {
				at := cellName(x+1, int64(y+1))
				seen[at] = true
				compared++
				if got := cells[at]; strings.TrimSpace(got+want) != "" && !sameCell(got, want, is1904) {
					t.Errorf("%s#%s!%s: got %q, excelize %q", filepath.Base(path), sheet, at, got, want)
				}
			}
		}
		for at, got := range cells {
			if !seen[at] && got != "" {
				t.Errorf("%s#%s!%s: got %q, excelize nothing", filepath.Base(path), sheet, at, got)
			}
		}
	}
	return compared
}

// sameCell compares with excelize's raw value, which leaves booleans, dates
// and numbers as the file has them.
func sameCell(got, raw string, is1904 bool) bool {
	if amount, sign, ok := strings.Cut(got, " "); ok && slices.Contains(currencySigns()[1:], sign) {
		got = amount // excelize tells of no currency
	}
	if got == raw || (got == "true" || got == "false") && (strings.EqualFold(got, raw) || raw == map[string]string{"true": "1", "false": "0"}[got]) {
		return true
	}
	number, err := strconv.ParseFloat(strings.TrimSpace(raw), 64)
	if err != nil {
		return strings.ReplaceAll(raw, "\r\n", "\n") == got
	}
	if value, err := strconv.ParseFloat(got, 64); err == nil {
		return strconv.FormatFloat(value, 'g', 15, 64) == strconv.FormatFloat(number, 'g', 15, 64)
	}
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04:05", "2006-01-02T15:04:05.999", "15:04:05", "15:04:05.999"} {
		at, err := time.Parse(layout, got)
		if err != nil {
			continue
		}
		want, err := excelize.ExcelDateToTime(number, is1904)
		if err != nil {
			return false
		}
		if strings.HasPrefix(layout, "15") {
			want = time.Date(0, 1, 1, want.Hour(), want.Minute(), want.Second(), want.Nanosecond(), time.UTC)
		}
		if number < 61 && !is1904 && number >= 1 {
			want = want.AddDate(0, 0, 1) // excelize counts back from after the day that never was
		}
		return at.Sub(want).Abs() < time.Second
	}
	return false
}
