package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"loadstar/cmd/internal/pipeline"
	"loadstar/dedupe"
	"loadstar/schemas"
)

// readSheet writes a sheet, CSV text or rows of a workbook, and reads it.
func readSheet(t *testing.T, text string, rows [][]string) ([]dedupe.StoredDecision, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sheet.csv")
	if rows != nil {
		path = filepath.Join(t.TempDir(), "sheet.xlsx")
		if err := pipeline.WriteSheet(path, "pairs", nil, rows); err != nil {
			t.Fatal(err)
		}
	} else if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return readJudgements(t.Context(), path, "anna", pipeline.RecordKey)
}

func TestMarkLetters(t *testing.T) {
	for _, c := range [][4]string{
		{"Meier", "Maier", "M‹e›ier", "M‹a›ier"}, {"Anne", "Anna Lena", "Anne", "Anna Lena"}, {"STEPHEN", "Steven", "STE‹PH›EN", "Ste‹v›en"},
		{"Müller", "Mueller", "M‹ü›ller", "M‹ue›ller"}, {"12 High St", "12 High Street", "12 High St", "12 High St‹reet›"}, {"ANNA", "Anna", "ANNA", "Anna"},
		{"芳", "Fang", "芳", "Fang"}, {"", "", "", ""},
	} {
		if l, r := markLetters(c[0], c[1]); l != c[2] || r != c[3] {
			t.Errorf("%q and %q: %q %q, want %q %q", c[0], c[1], l, r, c[2], c[3])
		}
		if r, l := markLetters(c[1], c[0]); c[0] != "STEPHEN" && (l != c[2] || r != c[3]) {
			t.Errorf("%q and %q the other way: %q %q", c[1], c[0], r, l)
		}
	}
}

func TestReadJudgements(t *testing.T) {
	sheets := map[string]func() ([]dedupe.StoredDecision, error){
		"csv": func() ([]dedupe.StoredDecision, error) {
			return readSheet(t, "\ufeffverdict;why;bits;left_record;right_record;left_email\r\n"+
				"y;same voice;+1.0;crm:1;crm:2;a@example.com\r\n"+
				";;+0.5;crm:3;crm:4;\r\n"+
				"Not same;;+0.1;crm:5;web:6:7;\r\n", nil)
		},
		"csv of an old spreadsheet": func() ([]dedupe.StoredDecision, error) {
			return readSheet(t, "verdict\twhy\tleft_record\tright_record\ny\tsame voice\tcrm:1\tcrm:2\nn\tM\xfcller\tcrm:5\tweb:6:7\n", nil)
		},
		"excel": func() ([]dedupe.StoredDecision, error) {
			return readSheet(t, "", [][]string{{"left_record", "verdict", "right_record", "why", "left_email"}, {"crm:1", " y ", "crm:2", "same voice", "=1+1"},
				{"crm:3", "", "crm:4", "", ""}, {"crm:5", "N", "web:6:7"}})
		},
	}
	for name, read := range sheets {
		t.Run(name, func(t *testing.T) {
			got, err := read()
			if err != nil || len(got) != 2 {
				t.Fatalf("%v, %+v", err, got)
			}
			if got[0].Verdict != dedupe.VerdictSame || got[0].Why != "same voice" || got[0].Who != "anna" || got[0].Left != schemas.CustomerKey("crm", "1") {
				t.Errorf("first judgement: %+v", got[0])
			}
			if got[1].Verdict != dedupe.VerdictNotSame || got[1].Right != schemas.CustomerKey("web", "6:7") {
				t.Errorf("second judgement: %+v", got[1])
			}
		})
	}
}

func TestReadJudgementsRefuses(t *testing.T) {
	const header = "verdict,why,bits,left_record,right_record\n"
	for name, test := range map[string]struct{ sheet, want string }{
		"no column":   {"verdict,why\ny,\n", `no column "left_record"`},
		"nothing":     {"", "empty"},
		"verdict":     {header + "maybe,,,crm:1,crm:2\n", `line 2: verdict "maybe"`},
		"record":      {header + "y,,,6.7E+17,crm:2\n", "line 2: left_record"},
		"one record":  {header + "y,,,crm:1,crm:1\n", "line 2: left and right"},
		"ragged line": {header + "y,,,crm:1\n", "line 2"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := readSheet(t, test.sheet, nil); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
	head := []string{"verdict", "why", "left_record", "right_record"}
	for name, test := range map[string]struct {
		rows [][]string
		want string
	}{
		"no column": {[][]string{{"verdict", "why"}, {"y", ""}}, `no column "left_record"`},
		"verdict":   {[][]string{head, {"y", "", "crm:1", "crm:2"}, {"ja", "", "crm:1", "crm:2"}}, `row 3: verdict "ja"`},
		"record":    {[][]string{head, {"n", "", "", "crm:2"}}, "row 2: left_record"},
		"itself":    {[][]string{head, {"u", "", "crm:2", "crm:2"}}, "row 2: left and right"},
	} {
		t.Run("excel, "+name, func(t *testing.T) {
			if _, err := readSheet(t, "", test.rows); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
	path := filepath.Join(t.TempDir(), "cut.xlsx")
	if err := os.WriteFile(path, append([]byte("PK\x03\x04"), bytes.Repeat([]byte{0}, 100)...), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readJudgements(t.Context(), path, "anna", pipeline.RecordKey); err == nil {
		t.Error("a damaged workbook is read")
	}
}

func TestInert(t *testing.T) {
	for value, want := range map[string]string{
		"=1+1": "'=1+1", "@sum": "'@sum", "+44 20": "+44 20", "-cmd": "'-cmd", "Ann": "Ann", "": "",
	} {
		if got := inert(value); got != want {
			t.Errorf("inert(%q) = %q, want %q", value, got, want)
		}
	}
}

// TestSheetOf: a sheet has columns for what some record of its pairs tells.
func TestSheetOf(t *testing.T) {
	rows := sheetOf([]doubt{
		{leftValues: map[string]string{"given_name": "Anna"}, rightValues: map[string]string{"given_name": "Ana"}},
		{leftValues: map[string]string{"given_name": "Otto"}, rightValues: map[string]string{"city": "Ulm"}},
	})
	want := append(sheetColumns(), "left_given_name", "right_given_name", "left_city", "right_city")
	if len(rows) != 3 || !slices.Equal(rows[0], want) {
		t.Fatalf("rows %d, header %v, want %v", len(rows), rows[0], want)
	}
	if last := rows[2][len(want)-4:]; !slices.Equal(last, []string{"Otto", "", "", "Ulm"}) {
		t.Errorf("last row %v", last)
	}
}
