package extract_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"loadstar/extract"
)

// TestWriteSheet reads what was written with another reader: every cell is the
// text it was, whatever a spreadsheet makes of such text when it is typed.
func TestWriteSheet(t *testing.T) {
	t.Parallel()
	rows := [][]string{
		{"key", "value"},
		{"9007199254740993", "=1+1"},
		{"0049", "+49 30 1"},
		{"1E5", "Zoë \"Q\" <&>\nzweite Zeile"},
		{"", "31.12.2026"},
	}
	var out bytes.Buffer
	if err := extract.WriteSheet(&out, "pairs", []float64{20}, rows); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	got, err := book.GetRows("pairs")
	if err != nil || !reflect.DeepEqual(got, rows) {
		t.Errorf("read back %q, %v", got, err)
	}
	if formula, err := book.GetCellFormula("pairs", "B2"); err != nil || formula != "" {
		t.Errorf("a text became the formula %q, %v", formula, err)
	}
	for name, sheet := range map[string]string{"no name": "", "long": strings.Repeat("x", 40), "signs": "a/b"} {
		if err := extract.WriteSheet(&out, sheet, nil, rows); err == nil {
			t.Errorf("a worksheet with %s is written", name)
		}
	}
}
