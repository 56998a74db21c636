package extract

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loadstar/schemas"
)

func TestCSVSpectrum(t *testing.T) {
	root := sharedData(t, "feeds", "csv-spectrum")
	files, err := filepath.Glob(filepath.Join(root, "csvs", "*.csv"))
	if err != nil || len(files) != 12 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".csv")
		t.Run(name, func(t *testing.T) {
			answer, err := os.ReadFile(filepath.Join(root, "json", name+".json"))
			if err != nil {
				t.Fatal(err)
			}
			var want []map[string]string
			if answer[0] == '{' {
				answer = []byte("[" + string(answer) + "]")
			}
			if err := json.Unmarshal(answer, &want); err != nil {
				t.Fatal(err)
			}
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if name == "location_coordinates" {
				// The answer's number is not the one in its own CSV file.
				want[0]["Contact Phone Number"] = "2095257564"
			}
			got := readMaps(t, string(content))
			if len(got) != len(want) {
				t.Fatalf("%d rows, expected %d", len(got), len(want))
			}
			for i := range want {
				if fmt.Sprint(got[i]) != fmt.Sprint(want[i]) {
					t.Errorf("row %d is %q, expected %q", i+1, got[i], want[i])
				}
			}
		})
	}
}

// readMaps reads a CSV text as rows of column to text, null as "".
func readMaps(t *testing.T, content string) []map[string]string {
	t.Helper()
	s, err := Open(schemas.Contract{Feed: "feed", Dialect: csvDialect(nil)}, landBytes(t, "in.csv", []byte(content)))
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for chunk, err := range s.Chunks(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		dec, err := chunk(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if len(dec.Rejects) > 0 {
			t.Errorf("rejects %v", dec.Rejects)
		}
		for i := range int(dec.Record.NumRows()) {
			row := map[string]string{}
			for c := 1; c < int(dec.Record.NumCols()); c++ {
				text := ""
				if !dec.Record.Column(c).IsNull(i) {
					text = strings.Clone(dec.Record.Column(c).ValueStr(i)) // the record goes back below
				}
				row[dec.Record.ColumnName(c)] = text
			}
			rows = append(rows, row)
		}
		dec.Record.Release()
	}
	return rows
}

func TestFrictionlessFiles(t *testing.T) {
	root := sharedData(t, "feeds", "frictionless-data")
	read, refused := 0, 0
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, d := range []schemas.Dialect{csvDialect(nil), csvDialect(func(d *schemas.Dialect) { d.Header, d.Ragged = 0, "pad" })} {
			got := readCSV(t, string(content), d)
			if got.err != nil {
				refused++
				if !strings.HasPrefix(got.err.Error(), "read in.csv: ") {
					t.Errorf("%s: %v", path, got.err)
				}
				continue
			}
			read++
			if len(content) > 64<<10 || filepath.Ext(path) != ".csv" {
				continue // small blocks of a large file take long
			}
			if whole := split(t, string(content), d, 1<<20, rowBytes); whole.err == nil {
				if part := split(t, string(content), d, 16, rowBytes); part.String() != whole.String() {
					t.Errorf("%s reads otherwise in blocks", path)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d read, %d refused", read, refused)
}

func TestOnlineRetail(t *testing.T) {
	root := sharedData(t, "feeds", "online-retail-daily")
	files, err := Glob(root, "*.csv")
	if err != nil || len(files) != 305 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	rows := 0
	for _, file := range files {
		s, err := Open(schemas.Contract{Feed: "feed", Dialect: csvDialect(nil)}, Landed{Feed: "feed", Path: "in.csv", SHA256: "00", File: file})
		if err != nil {
			t.Fatal(err)
		}
		for chunk, err := range s.Chunks(context.Background()) {
			if err != nil {
				t.Fatal(err)
			}
			dec, err := chunk(context.Background())
			if err != nil || len(dec.Rejects) > 0 || dec.Excluded.Total() > 0 {
				t.Fatal(file, err, len(dec.Rejects), dec.Excluded)
			}
			rows += int(dec.Record.NumRows())
			dec.Record.Release()
		}
	}
	if rows != 541909 {
		t.Errorf("%d rows, expected 541909", rows)
	}
}
