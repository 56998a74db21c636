package badfeeds

import (
	"slices"
	"strings"

	"loadstar/schemas/fault"
)

// cellCases are cells and sheets as other programs than Excel write them, or
// as nobody should.
func cellCases() []Case {
	cells := func(name string, column int, cell any, want Want, custom ...string) Case {
		return excel(name, rowsWith(column, cell), want, custom...)
	}
	raw := func(name, sheetXML string, want Want) Case {
		b := simpleBook(3)
		b.parts = map[string]string{"xl/worksheets/sheet1.xml": sheetXML}
		return workbookCase(name, b, want)
	}
	whole := func(rows []string) string {
		return `<?xml version="1.0"?><worksheet><sheetData>` + strings.Join(rows, "") + `</sheetData></worksheet>`
	}
	prefixed := strings.NewReplacer("<row", "<x:row", "</row", "</x:row", "<c ", "<x:c ", "</c>", "</x:c>", "<v>", "<x:v>", "</v>", "</x:v>", "<is>", "<x:is>", "</is>", "</x:is>",
		"<t ", "<x:t ", "</t>", "</x:t>", "<sheetData", "<x:sheetData", "</sheetData", "</x:sheetData", "<worksheet", `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`, "</worksheet", "</x:worksheet")
	noAddress := strings.NewReplacer(` r="A1"`, "", ` r="B1"`, "", ` r="C1"`, "", ` r="D1"`, "", ` r="E1"`, "", ` r="A2"`, "", ` r="B2"`, "", ` r="C2"`, "", ` r="D2"`, "", ` r="E2"`, "", ` r="1"`, "", ` r="2"`, "")
	return []Case{
		cells("iso-date-cell", 2, xmlCell(`<c r="%s" t="d"><v>2026-01-03</v></c>`), ok(3).with("I-2.invoiced_on", "2026-01-03")),
		cells("iso-date-cell-wrong", 2, xmlCell(`<c r="%s" t="d"><v>2026-02-31</v></c>`), ok(2, "Data!C3 type.date")),
		cells("negative-date", 2, dateCell(-5), ok(2, "Data!C3 type.date")),
		cells("date-zero", 2, dateCell(0), ok(2, "Data!C3 type.date")),
		cells("time-alone", 2, dateCell(0.5), ok(2, "Data!C3 type.date")),
		cells("number-not-finite", 3, xmlCell(`<c r="%s"><v>1E+999</v></c>`), ok(2, "Data!D3 range")),
		cells("number-no-number", 3, xmlCell(`<c r="%s"><v>abc</v></c>`), ok(2, "Data!D3 type.number")),
		cells("number-nan", 3, xmlCell(`<c r="%s"><v>NaN</v></c>`), ok(2, "Data!D3 type.number")),
		cells("exponent", 3, xmlCell(`<c r="%s"><v>1.005E2</v></c>`), ok(3)),
		cells("id-as-number", 0, 17, ok(3)),
		cells("rich-text", 1, xmlCell(`<c r="%s" t="inlineStr"><is><r><t>op</t></r><r><rPr><b/></rPr><t>en</t></r></is></c>`), ok(3).with("I-2.status", "open")),
		cells("phonetic", 1, xmlCell(`<c r="%s" t="inlineStr"><is><t>open</t><rPh sb="0" eb="1"><t>xx</t></rPh></is></c>`), ok(3).with("I-2.status", "open")),
		cells("escaped-characters", 1, xmlCell(`<c r="%s" t="inlineStr"><is><t>a_x000D_b</t></is></c>`), ok(3)),
		cells("entity", 1, xmlCell(`<c r="%s" t="inlineStr"><is><t>a &amp; b</t></is></c>`), ok(3).with("I-2.status", "a & b")),
		cells("unknown-type", 1, xmlCell(`<c r="%s" t="zz"><v>open</v></c>`), ok(3).with("I-2.status", "open")),
		cells("shared-string-no-number", 1, xmlCell(`<c r="%s" t="s"><v>x</v></c>`), ok(2, "Data!B3 excel.shared_string")),
		cells("style-not-there", 3, xmlCell(`<c r="%s" s="999"><v>100.5</v></c>`), ok(3)),
		cells("formula-text-result", 1, xmlCell(`<c r="%s" t="str"><f>"op"&amp;"en"</f><v>open</v></c>`), ok(3).with("I-2.status", "open")),
		cells("formula-error-result", 3, xmlCell(`<c r="%s" t="e"><f>1/0</f><v>#DIV/0!</v></c>`), ok(2, "Data!D3 excel.error")),
		cells("formula-empty-result", 3, xmlCell(`<c r="%s" t="str"><f>A1</f><v></v></c>`), ok(2, "Data!D3 required")),
		cells("formula-shared-not-stored", 3, xmlCell(`<c r="%s"><f t="shared" si="0"/></c>`), ok(2, "Data!D3 excel.formula_uncached")),
		cells("number-with-spaces", 3, " 100.50 ", ok(3)),
		cells("apostrophe-number", 3, "'100.50", ok(2, "Data!D3 type.number")),
		excel("cell-twice", []string{row(1, headerCells...), `<row r="2"><c r="A2" t="inlineStr"><is><t>I-1</t></is></c><c r="D2"><v>100.5</v></c><c r="D2"><v>7</v></c></row>`}, refused(fault.DeliveryDamaged, "two cells")),
		excel("rows-out-of-order", []string{row(1, headerCells...), row(3, goodCells(2)...), row(2, goodCells(1)...)}, ok(2).aside(1)),
		excel("row-twice", []string{row(1, headerCells...), row(2, goodCells(1)...), row(2, goodCells(2)...)}, ok(2)),
		excel("beyond-last-column", []string{row(1, headerCells...), row(2, goodCells(1)...), `<row r="3"><c r="XFE3"><v>1</v></c></row>`}, refused(fault.DeliveryDamaged, "malformed address")),
		excel("beyond-last-row", []string{row(1, headerCells...), row(2, goodCells(1)...), `<row r="2000000"><c r="A2000000"><v>1</v></c></row>`}, refused(fault.DeliveryDamaged, "1048576")),
		excel("wrong-address", []string{row(1, headerCells...), `<row r="2"><c r="A9" t="inlineStr"><is><t>I-1</t></is></c><c r="D9"><v>100.5</v></c></row>`}, refused(fault.DeliveryDamaged, "address of row 9")),
		excel("header-blank-in-middle", []string{row(1, "invoice_id", "status", nil, "total_amount", "quantity"), row(2, "I-1", "open", "x", 100.5, 1)}, refused(fault.DriftRenamed, "invoiced_on")),
		excel("header-of-numbers", []string{row(1, 1, 2, 3, 4, 5), row(2, goodCells(1)...)}, refused(fault.DeliveryColumn, "invoice_id")),
		excel("header-line-break", []string{row(1, "invoice_id", "status", "invoiced_on", "total\namount", "quantity"), row(2, goodCells(1)...)}, ok(1)),
		excel("header-twice", []string{row(1, "invoice_id", "total_amount", "invoiced_on", "total_amount", "quantity"), row(2, goodCells(1)...)}, refused(fault.DeliveryHeader, "total_amount")),
		excel("header-only", table(1, 0), Want{Gate: "holds no row"}),
		excel("trailing-blanks", slices.Concat(table(1, 2), []string{row(4, " ", "", " "), row(5, "\u00a0")}), ok(2).aside(2)),
		excel("error-in-header", []string{row(1, "invoice_id", errorCell("#REF!"), "invoiced_on", "total_amount", "quantity"), row(2, goodCells(1)...)}, refused(fault.DriftRenamed, "status")),
		raw("prefixed", prefixed.Replace(whole(table(1, 3))), ok(3)),
		raw("without-addresses", noAddress.Replace(whole(table(1, 1))), ok(1)),
		raw("no-sheet-data", `<worksheet></worksheet>`, Want{Gate: "holds no row"}),
		raw("not-xml", "invoice_id,status\n", refused(fault.DeliveryDamaged, "no XML")),
		raw("xml-cut", whole(table(1, 3))[:300], refused(fault.DeliveryCut, "cut off")),
		raw("xml-cut-before-rows", `<worksheet><cols>`, refused(fault.DeliveryCut, "cut off")),
		raw("xml-in-utf-16", utf16Text(whole(table(1, 1))), ok(1)),
		workbookCase("very-hidden-sheet", book{sheets: []sheet{{name: "Data", rows: table(1, 2)}, {name: "Old", state: "veryHidden", rows: table(1, 5)}}}, ok(2)),
		workbookCase("only-hidden-sheets", book{sheets: []sheet{{name: "Data", state: "hidden", rows: table(1, 2)}}}, refused(fault.DeliverySheet, "hidden")),
		workbookCase("sheet-names-equal", book{sheets: []sheet{{name: "Data", rows: table(1, 2)}, {name: "data", rows: []string{row(1, headerCells...), row(2, goodCells(3)...)}}}}, ok(3)),
		workbookCase("sheet-part-missing", book{sheets: []sheet{{name: "Data", rows: table(1, 2)}}, left: []string{"xl/worksheets/sheet1.xml"}}, refused(fault.DeliveryDamaged, "sheet1.xml")),
		workbookCase("styles-missing", book{sheets: []sheet{{name: "Data", rows: table(1, 2)}}, left: []string{"xl/styles.xml"}}, refused(fault.DeliveryDamaged, "styles.xml")),
		workbookCase("workbook-missing", book{sheets: []sheet{{name: "Data", rows: table(1, 2)}}, left: []string{"xl/workbook.xml"}}, refused(fault.DeliveryKind, "no workbook part")),
		workbookCase("relations-missing", book{sheets: []sheet{{name: "Data", rows: table(1, 2)}}, left: []string{"xl/_rels/workbook.xml.rels"}}, refused(fault.DeliveryDamaged, "workbook.xml.rels")),
		workbookCase("no-sheets", book{}, refused(fault.DeliverySheet, "sheet")),
		workbookCase("path-out-of-book", book{sheets: []sheet{{name: "Data", rows: table(1, 2)}}, parts: map[string]string{"../../evil.txt": "x"}}, ok(2)),
		text("excel/garbage-behind", "", ok(2)).named("invoices.xlsx", "excel").made(changed(simpleBook(2).build, func(b []byte) []byte { return append(b, "garbage"...) })),
		text("excel/garbage-before", "", refused(fault.DeliveryKind, "no Excel")).named("invoices.xlsx", "excel").made(changed(simpleBook(2).build, func(b []byte) []byte { return append([]byte("garbage"), b...) })),
		text("excel/gzip-around", "", refused(fault.DeliveryKind, "no Excel")).named("invoices.xlsx", "excel").made(func() ([]byte, error) {
			b, err := simpleBook(2).build()
			if err != nil {
				return nil, err
			}
			return gzipped(string(b))()
		}),
	}
}
