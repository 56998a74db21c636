package bench

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
)

// The parts of a workbook beside its sheet and its texts.
var workbookParts = [][2]string{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`},
	{"xl/styles.xml", `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`},
}

var workbookHeader = []string{"line_id", "order_id", "customer_id", "ordered_on", "shipped_on", "paid_on", "quantity", "unit_price",
	"line_amount", "is_gift", "product_id", "description"}

// writeWorkbook writes a workbook as Excel does: texts stand once, in a table
// of their own, and dates are numbers with a style.
func writeWorkbook(path string, rows int) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	book := zip.NewWriter(f)
	for _, part := range workbookParts {
		if err := writePart(book, part[0], func(w io.Writer) { fmt.Fprint(w, part[1]) }); err != nil {
			return err
		}
	}
	texts := &sharedTexts{index: map[string]int{}}
	err = errors.Join(
		writePart(book, "xl/worksheets/sheet1.xml", func(w io.Writer) { writeWorksheet(w, texts, rows) }),
		writePart(book, "xl/sharedStrings.xml", texts.write))
	return errors.Join(err, book.Close())
}

func writePart(book *zip.Writer, name string, write func(io.Writer)) error {
	part, err := book.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(part)
	fmt.Fprint(w, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`)
	write(w)
	return w.Flush()
}

// sharedTexts are the texts of a workbook, each once.
type sharedTexts struct {
	list  []string
	index map[string]int
}

func (s *sharedTexts) of(text string) int {
	i, known := s.index[text]
	if !known {
		i = len(s.list)
		s.index[text], s.list = i, append(s.list, text)
	}
	return i
}

func (s *sharedTexts) write(w io.Writer) {
	fmt.Fprintf(w, `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="%d">`, len(s.list))
	for _, text := range s.list {
		fmt.Fprintf(w, `<si><t>%s</t></si>`, text)
	}
	fmt.Fprint(w, `</sst>`)
}

func writeWorksheet(w io.Writer, texts *sharedTexts, rows int) {
	const firstDay = 43831 // 2020-01-01
	fmt.Fprint(w, `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">`)
	for i, name := range workbookHeader {
		fmt.Fprintf(w, `<c r="%c1" t="s"><v>%d</v></c>`, 'A'+i, texts.of(name))
	}
	fmt.Fprint(w, `</row>`)
	for i := range rows {
		r, day := i+2, firstDay+i%2000
		fmt.Fprintf(w, `<row r="%d">`, r)
		text := func(column byte, format string, n int) {
			fmt.Fprintf(w, `<c r="%c%d" t="s"><v>%d</v></c>`, column, r, texts.of(fmt.Sprintf(format, n)))
		}
		text('A', "L-%d", i)
		text('B', "O-%d", i/4)
		text('C', "C-%d", i%5000)
		for k := range 3 {
			fmt.Fprintf(w, `<c r="%c%d" s="1"><v>%d</v></c>`, 'D'+k, r, day+k)
		}
		fmt.Fprintf(w, `<c r="G%d"><v>%d</v></c><c r="H%d"><v>%.2f</v></c><c r="I%d"><v>%.2f</v></c><c r="J%d" t="b"><v>%d</v></c>`,
			r, 1+i%9, r, float64(i%10000)/100, r, float64(1+i%9)*float64(i%10000)/100, r, i%2)
		text('K', "P-%d", i%700)
		text('L', "Item of row %d", i)
		fmt.Fprint(w, `</row>`)
	}
	fmt.Fprint(w, `</sheetData></worksheet>`)
}
