package badfeeds

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
)

// book is a workbook written part by part.
type book struct {
	is1904 bool
	stale  bool // its formulas are to be computed when it is opened
	sheets []sheet
	parts  map[string]string // more parts, or other ones
	left   []string          // parts that are left out
}

type sheet struct {
	name, state string
	rows        []string // of the XML
	tail        string   // behind sheetData
}

// The cells of a row: a string is text, a number a number; nil leaves one out.
type (
	dateCell    float64 // days
	percentCell float64
	moneyCell   float64
	xmlCell     string // its XML, with %s for the address
	formula     struct {
		text   string
		result any // nil = not stored
	}
)

func address(column, row int) string { return string(rune('A'+column)) + fmt.Sprint(row) }

func row(number int, cells ...any) string { return rowAt(number, 0, "", cells...) }

// rowAt is a row whose first cell is in a column from 0.
func rowAt(number, column int, attributes string, cells ...any) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<row r="%d"%s>`, number, attributes)
	for i, c := range cells {
		b.WriteString(cellXML(address(column+i, number), c))
	}
	return b.String() + "</row>"
}

func cellXML(at string, c any) string {
	switch c := c.(type) {
	case nil:
		return ""
	case string:
		return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`, at, html.EscapeString(c))
	case dateCell:
		return fmt.Sprintf(`<c r="%s" s="1"><v>%v</v></c>`, at, float64(c))
	case percentCell:
		return fmt.Sprintf(`<c r="%s" s="2"><v>%v</v></c>`, at, float64(c))
	case moneyCell:
		return fmt.Sprintf(`<c r="%s" s="3"><v>%v</v></c>`, at, float64(c))
	case bool:
		return fmt.Sprintf(`<c r="%s" t="b"><v>%s</v></c>`, at, map[bool]string{true: "1", false: "0"}[c])
	case xmlCell:
		return fmt.Sprintf(string(c), at)
	case formula:
		result := ""
		if c.result != nil {
			result = fmt.Sprintf("<v>%v</v>", c.result)
		}
		return fmt.Sprintf(`<c r="%s"><f>%s</f>%s</c>`, at, html.EscapeString(c.text), result)
	default:
		return fmt.Sprintf(`<c r="%s"><v>%v</v></c>`, at, c)
	}
}

func errorCell(word string) xmlCell {
	return xmlCell(`<c r="%s" t="e"><v>` + word + `</v></c>`)
}

const styleSheet = `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="&quot;€&quot;\ #,##0.00"/></numFmts>` +
	`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="170"/></cellXfs></styleSheet>`

func (b book) build() ([]byte, error) {
	const types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	parts := map[string]string{
		"_rels/.rels":   `<Relationships><Relationship Id="rId1" Type="` + types + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/styles.xml": styleSheet,
	}
	var sheets, relations strings.Builder
	for i, s := range b.sheets {
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" state="%s" r:id="rId%d"/>`, html.EscapeString(s.name), i+1, s.state, i+1)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%sworksheet" Target="worksheets/sheet%d.xml"/>`, i+1, types, i+1)
		parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = `<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>` + strings.Join(s.rows, "") + `</sheetData>` + s.tail + `</worksheet>`
	}
	properties := ""
	if b.is1904 {
		properties = `<workbookPr date1904="1"/>`
	}
	calculation := ""
	if b.stale {
		calculation = `<calcPr fullCalcOnLoad="1"/>`
	}
	parts["xl/workbook.xml"] = `<workbook>` + properties + `<sheets>` + sheets.String() + `</sheets>` + calculation + `</workbook>`
	parts["xl/_rels/workbook.xml.rels"] = `<Relationships>` + relations.String() + `<Relationship Id="t" Type="` + types + `styles" Target="styles.xml"/></Relationships>`
	for name, content := range b.parts {
		parts[name] = content
	}
	return pack(parts, b.left)
}

func pack(parts map[string]string, left []string) ([]byte, error) {
	var names []string
	for name := range parts {
		if !slices.Contains(left, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, name := range names {
		w, err := archive.Create(name)
		if err == nil {
			_, err = io.WriteString(w, parts[name])
		}
		if err != nil {
			return nil, err
		}
	}
	err := archive.Close()
	return out.Bytes(), err
}

// firstDay is 2026-01-01 as a workbook counts days.
const firstDay = 46023

var headerCells = []any{"invoice_id", "status", "invoiced_on", "total_amount", "quantity"}

// goodCells are the cells of good's row i.
func goodCells(i int) []any {
	return []any{fmt.Sprintf("I-%d", i), "open", dateCell(firstDay + i%28), 100.5, i}
}

// table is a header in a row and good rows from I-1 on below it.
func table(top, rows int) []string {
	list := []string{row(top, headerCells...)}
	for i := 1; i <= rows; i++ {
		list = append(list, row(top+i, goodCells(i)...))
	}
	return list
}

func simpleBook(rows int) book { return book{sheets: []sheet{{name: "Data", rows: table(1, rows)}}} }
