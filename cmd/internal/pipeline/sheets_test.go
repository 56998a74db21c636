package pipeline_test

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loadstar/cmd/internal/pipeline"
)

// sheetsOf writes a workbook of worksheets with a header and one row of two
// texts each.
func sheetsOf(t *testing.T, path string, names ...string) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	book := zip.NewWriter(file)
	part := func(name, text string) {
		w, err := book.Create(name)
		if err == nil {
			_, err = w.Write([]byte(`<?xml version="1.0" encoding="UTF-8"?>` + text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	const main, office = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	const relations = "http://schemas.openxmlformats.org/package/2006/relationships"
	var sheets, links, types strings.Builder
	for i, name := range names {
		fmt.Fprintf(&sheets, `<sheet name=%q sheetId="%d" r:id="r%d"/>`, name, i+1, i+1)
		fmt.Fprintf(&links, `<Relationship Id="r%d" Type="%s/worksheet" Target="worksheets/s%d.xml"/>`, i+1, office, i+1)
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/s%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, i+1)
		cell := func(at, text string) string {
			return fmt.Sprintf(`<c r=%q t="inlineStr"><is><t>%s</t></is></c>`, at, text)
		}
		part(fmt.Sprintf("xl/worksheets/s%d.xml", i+1), fmt.Sprintf(`<worksheet xmlns=%q><sheetData><row r="1">%s%s</row><row r="2">%s%s</row></sheetData></worksheet>`,
			main, cell("A1", "customer_id"), cell("B1", "email"), cell("A2", name+"-1"), cell("B2", strings.ToLower(name)+"@example.com")))
	}
	part("xl/workbook.xml", fmt.Sprintf(`<workbook xmlns=%q xmlns:r=%q><sheets>%s</sheets></workbook>`, main, office, sheets.String()))
	part("xl/_rels/workbook.xml.rels", fmt.Sprintf(`<Relationships xmlns=%q>%s</Relationships>`, relations, links.String()))
	part("_rels/.rels", fmt.Sprintf(`<Relationships xmlns=%q><Relationship Id="r1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>`, relations, office))
	part("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`+
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>`+types.String()+`</Types>`)
	if err := errors.Join(book.Close(), file.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestSheetsThatAreGone: a workbook that comes again without a worksheet whose
// rows were loaded stops the run, for they would be taken for deleted, until
// somebody says that they may go; a new worksheet is no fault.
func TestSheetsThatAreGone(t *testing.T) {
	t.Parallel()
	for allow, stops := range map[string]bool{"": true, "  - {property: allow, value: [shrink]}\n": false} {
		cfg, dir := oneFeed(t, "people", `excel: "people.xlsx"`, "crm", "  - {property: delivery, value: snapshot}\n  - {property: dialect, value: {format: excel, header: 1}}\n"+allow, `  - name: people
    customProperties: [{property: entity, value: customer}]
    properties:
      - {name: customer_id, primaryKey: true}
      - {name: email}
`)
		path := filepath.Join(dir, "people.xlsx")
		sheetsOf(t, path, "Ada", "Ben")
		run(t, cfg, options())
		sheetsOf(t, path, "Ada", "Ben", "Cleo")
		run(t, cfg, options())
		sheetsOf(t, path, "Ada", "Benno", "Cleo")
		_, err := pipeline.Run(context.Background(), cfg, options())
		var gate *pipeline.GateError
		if isGate := errors.As(err, &gate); isGate != stops || stops && !strings.Contains(err.Error(), `people.xlsx has no rows of sheet "Ben", which had some before`) {
			t.Errorf("%q: error %v, want a gate: %t", allow, err, stops)
		}
		accepted := options()
		accepted.Accept = true
		run(t, cfg, accepted)
		if got := ask(t, cfg, "select string_agg(email, ' ' order by email) from dim_customer where customer_key > 0"); !strings.Contains(got, "benno@example.com") {
			t.Errorf("%q: customers %s", allow, got)
		}
		full := options()
		full.Full = true
		run(t, cfg, full) // what was accepted once stands
	}
}
