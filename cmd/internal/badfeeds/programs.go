package badfeeds

import (
	"archive/zip"
	"bytes"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/schemas/fault"
)

// sharedBook is a book whose cells of status point to texts of a part of its own.
func sharedBook(sharedXML string) book {
	b := book{sheets: []sheet{{name: "Data", rows: rowsWith(1, xmlCell(`<c r="%s" t="s"><v>1</v></c>`))}}}
	b.parts = map[string]string{
		"xl/sharedStrings.xml":       sharedXML,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="t" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
	}
	return b
}

// styled is a workbook with a cell of style 4, which has a number format.
func styled(name, format, column string, cell string, want Want) Case {
	b := book{sheets: []sheet{{name: "Data", rows: rowsWith(strings.Index("ABCDE", column), xmlCell(cell))}}}
	b.parts = map[string]string{"xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="171" formatCode="` + format + `"/></numFmts>` +
		`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="0"/><xf numFmtId="171"/></cellXfs></styleSheet>`}
	return workbookCase(name, b, want)
}

// programCases are workbooks as programs write them that know the format by
// halves.
func programCases() []Case {
	shared := func(name, xml string, want Want) Case { return workbookCase(name, sharedBook(xml), want) }
	cells := func(name string, column int, cell any, want Want) Case {
		return excel(name, rowsWith(column, cell), want)
	}
	sheetXML := func(name, xml string, want Want) Case {
		b := simpleBook(3)
		b.parts = map[string]string{"xl/worksheets/sheet1.xml": xml}
		return workbookCase(name, b, want)
	}
	rows := strings.Join(table(1, 3), "")
	chart := simpleBook(2)
	chart.parts = map[string]string{
		"xl/workbook.xml":            `<workbook><sheets><sheet name="Data" sheetId="1" r:id="rId1"/><sheet name="Chart" sheetId="2" r:id="rId2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartsheet" Target="chartsheets/sheet1.xml"/><Relationship Id="t" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
		"xl/chartsheets/sheet1.xml":  `<chartsheet/>`,
	}
	return []Case{
		styled("colour-in-format", `[Red]0.00;[Red]-0.00`, "D", `<c r="%s" s="4"><v>100.5</v></c>`, ok(3)),
		styled("letter-d-in-format", `0.00\d`, "D", `<c r="%s" s="4"><v>100.5</v></c>`, ok(3)),
		styled("condition-in-format", `[&gt;=1000]0.0,"k";0`, "D", `<c r="%s" s="4"><v>100.5</v></c>`, ok(3)),
		styled("fraction-format", `# ?/?`, "D", `<c r="%s" s="4"><v>100.5</v></c>`, ok(3)),
		styled("scientific-format", `0.00E+00`, "D", `<c r="%s" s="4"><v>100.5</v></c>`, ok(3)),
		styled("date-format-of-japan", `yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;`, "C", `<c r="%s" s="4"><v>46024</v></c>`, ok(3).with("I-2.invoiced_on", "2026-01-02")),
		styled("date-format-with-sections", `dd/mm/yyyy;@`, "C", `<c r="%s" s="4"><v>46024</v></c>`, ok(3).with("I-2.invoiced_on", "2026-01-02")),
		styled("date-format-on-an-amount", `dd/mm/yyyy`, "D", `<c r="%s" s="4"><v>100.5</v></c>`, ok(2, "Data!D3 type.number")),
		styled("minutes-format", `mm:ss`, "C", `<c r="%s" s="4"><v>46024</v></c>`, ok(3).with("I-2.invoiced_on", "2026-01-02")),
		shared("shared-rich-text", `<sst><si><t>x</t></si><si><r><t>op</t></r><r><rPr><b/></rPr><t>en</t></r></si></sst>`, ok(3).with("I-2.status", "open")),
		shared("shared-phonetic", `<sst><si><t>x</t></si><si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si></sst>`, ok(3).with("I-2.status", "東京")),
		shared("shared-character-data", `<sst><si><t>x</t></si><si><t><![CDATA[a < b]]></t></si></sst>`, ok(3).with("I-2.status", "a < b")),
		shared("shared-prefixed", `<x:sst xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:si><x:t>x</x:t></x:si><x:si><x:t>open</x:t></x:si></x:sst>`, ok(3).with("I-2.status", "open")),
		shared("shared-wrong-count", `<sst count="9" uniqueCount="1"><si><t>x</t></si><si><t>open</t></si></sst>`, ok(3).with("I-2.status", "open")),
		shared("shared-empty-item", `<sst><si/><si><t>open</t></si></sst>`, ok(3).with("I-2.status", "open")),
		shared("shared-with-comment", `<sst><!-- <si><t>no</t></si> --><si><t>x</t></si><si><t>op<!-- no -->en</t></si></sst>`, ok(3).with("I-2.status", "open")),
		shared("shared-cut", `<sst><si><t>x</t></si><si><t>op`, refused(fault.DeliveryDamaged, "cut off")),
		shared("shared-no-utf-8", "<sst><si><t>x</t></si><si><t>\xfcber</t></si></sst>", ok(2, "Data!B3 encoding")),
		shared("shared-nul", "<sst><si><t>x</t></si><si><t>a&#0;b</t></si></sst>", refused(fault.DeliveryDamaged, "entity")),
		cells("value-with-spaces", 3, xmlCell(`<c r="%s"><v> 100.5 </v></c>`), ok(3)),
		cells("text-type-without-formula", 1, xmlCell(`<c r="%s" t="str"><v>open</v></c>`), ok(3).with("I-2.status", "open")),
		cells("inline-text-as-value", 1, xmlCell(`<c r="%s" t="inlineStr"><v>open</v></c>`), ok(3).with("I-2.status", "open")),
		cells("boolean-as-word", 1, xmlCell(`<c r="%s" t="b"><v>true</v></c>`), ok(3).with("I-2.status", "true")),
		cells("number-of-seventeen-digits", 3, xmlCell(`<c r="%s"><v>100.50000000000001</v></c>`), ok(3)),
		cells("value-twice", 3, xmlCell(`<c r="%s"><v>100.5</v><v>7</v></c>`), refused(fault.DeliveryDamaged, "two values")),
		cells("character-by-number", 1, xmlCell(`<c r="%s" t="inlineStr"><is><t>&#x6F;pen</t></is></c>`), ok(3).with("I-2.status", "open")),
		cells("lower-case-address", 3, xmlCell(`<c r="d3"><v>100.5</v></c>`), ok(3)),
		cells("key-is-an-error", 0, errorCell("#N/A"), ok(2, "Data!A3 excel.error")),
		cells("key-is-boolean", 0, true, ok(3)),
		sheetXML("dimension-too-small", `<worksheet><dimension ref="A1:E2"/><sheetData>`+rows+`</sheetData></worksheet>`, ok(3)),
		sheetXML("mark-before-xml", "\ufeff"+`<?xml version="1.0"?><worksheet><sheetData>`+rows+`</sheetData></worksheet>`, ok(3)),
		sheetXML("comments-between", `<worksheet><!-- a --><sheetData>`+strings.ReplaceAll(rows, "<row", "<!-- <row r='9'/> --><row")+`</sheetData></worksheet>`, ok(3)),
		sheetXML("rows-twice", `<worksheet><sheetData>`+rows+`</sheetData><sheetData><row r="9"><c r="A9" t="inlineStr"><is><t>I-9</t></is></c><c r="D9"><v>100.5</v></c></row></sheetData></worksheet>`, ok(4).aside(4)),
		sheetXML("alternate-content", `<worksheet xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent><mc:Choice Requires="x14"/></mc:AlternateContent><sheetData>`+rows+`</sheetData></worksheet>`, ok(3)),
		sheetXML("other-encoding", `<?xml version="1.0" encoding="windows-1252"?><worksheet><sheetData>`+strings.Replace(rows, "open", "\xfcber", 1)+`</sheetData></worksheet>`, ok(3).with("I-1.status", "über")),
		excel("cells-from-right-to-left", []string{row(1, headerCells...), `<row r="2"><c r="D2"><v>100.5</v></c><c r="A2" t="inlineStr"><is><t>I-1</t></is></c></row>`}, ok(1)),
		excel("hidden-by-filter", slices.Concat(table(1, 2), []string{rowAt(4, 0, ` hidden="true"`, goodCells(3)...)}), ok(2).aside(1)),
		excel("zero-height", slices.Concat(table(1, 2), []string{rowAt(4, 0, ` ht="0" customHeight="1"`, goodCells(3)...)}), ok(3)),
		workbookCase("chart-sheet", chart, ok(2)),
		text("excel/part-twice", "", refused(fault.DeliveryDamaged, "twice")).named("invoices.xlsx", "excel").made(partTwice),
		text("excel/parts-in-capitals", "", ok(2)).named("invoices.xlsx", "excel").made(partsInCapitals),
		text("excel/add-in", "", ok(2)).named("invoices.xlsm", "excel").made(simpleBook(2).build),
	}
}

// repacked writes the parts of a small book anew, under other names or twice.
func repacked(change func(name string, content []byte, add func(string, []byte) error) error) ([]byte, error) {
	b, err := simpleBook(2).build()
	if err != nil {
		return nil, err
	}
	in, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	add := func(name string, content []byte) error {
		part, err := w.Create(name)
		if err == nil {
			_, err = part.Write(content)
		}
		return err
	}
	for _, f := range in.File {
		part, err := f.Open()
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(part)
		if err == nil {
			err = change(f.Name, content, add)
		}
		if err != nil {
			return nil, err
		}
	}
	err = w.Close()
	return out.Bytes(), err
}

func partTwice() ([]byte, error) {
	return repacked(func(name string, content []byte, add func(string, []byte) error) error {
		if err := add(name, content); err != nil || name != "xl/worksheets/sheet1.xml" {
			return err
		}
		return add(name, bytes.ReplaceAll(content, []byte("100.5"), []byte("7")))
	})
}

func partsInCapitals() ([]byte, error) {
	return repacked(func(name string, content []byte, add func(string, []byte) error) error {
		return add(strings.ReplaceAll(name, "worksheets/sheet", "Worksheets/Sheet"), content)
	})
}

// recordsOfPrograms are JSON records and typed columns as few programs write
// them.
func recordsOfPrograms() []Case {
	lines := func(name, content string, want Want) Case {
		return text("jsonl/"+name, content, want).named("invoices.jsonl", "jsonl")
	}
	one := func(name, fields string, want Want) Case {
		return lines(name, `{"invoice_id": "I-1", "total_amount": 100.50, `+fields+"}\n"+jsonLines(2, 2), want)
	}
	both := func(name string, want Want, others ...typed) []Case {
		return []Case{
			text("parquet/"+name, "", want).named("invoices.parquet", "parquet").made(parquetOf(typedRecord(others...))),
			text("arrow/"+name, "", want).named("invoices.arrow", "arrow").made(arrowStream(typedRecord(others...))),
		}
	}
	list := []Case{
		one("date-as-milliseconds", `"invoiced_on": 1767312000000`, ok(1, "1 type.date")),
		one("date-as-list", `"invoiced_on": [2026, 1, 2]`, ok(1, "1 json.nested")),
		one("date-with-zone", `"invoiced_on": "2026-01-02T00:00:00+14:00"`, ok(2).with("I-1.invoiced_on", "2026-01-02")),
		one("whole-with-point", `"quantity": 2.0`, ok(2)),
		one("whole-as-exponent", `"quantity": 1e2`, ok(2)),
		one("key-with-a-point", `"status": "open", "status.code": 7`, ok(2).with("I-1.status", "open")),
		one("key-in-capitals", `"STATUS": "open"`, ok(2).with("I-1.status", "open")),
		one("text-with-escapes", `"status": "\u006fpen"`, ok(2).with("I-1.status", "open")),
		one("text-of-pairs", `"status": "\ud83d\ude00"`, ok(2).with("I-1.status", "😀")),
		one("text-false", `"status": false`, ok(2).with("I-1.status", "false")),
		one("html-escaped", `"status": "a \u0026 b"`, ok(2).with("I-1.status", "a & b")),
		lines("record-separators", "\x1e"+strings.ReplaceAll(jsonLines(1, 2), "\n{", "\n\x1e{"), refused(fault.DeliveryKind, "no JSON")),
		lines("commas-behind-records", strings.ReplaceAll(jsonLines(1, 2), "}\n", "},\n"), Want{Bad: []string{"1 json.syntax", "2 json.syntax"}}),
		lines("utf-32", "\x00\x00\xfe\xff"+strings.ReplaceAll(jsonLines(1, 1), "", "\x00\x00\x00"), refused(fault.DeliveryEncoding, "UTF-32")),
		lines("error-between", jsonLines(1, 1)+`{"error": {"code": 429}}`+"\n"+jsonLines(2, 2), ok(2, "2 key.missing", "2 required")),
		lines("null-record", jsonLines(1, 1)+"null\n"+jsonLines(2, 2), ok(2, "2 json.syntax")),
		lines("number-record", jsonLines(1, 1)+"42\n"+jsonLines(2, 2), ok(2, "2 json.syntax")),
		lines("text-record", jsonLines(1, 1)+`"open"`+"\n"+jsonLines(2, 2), ok(2, "2 json.syntax")),
		lines("empty-record", jsonLines(1, 1)+"{}\n"+jsonLines(2, 2), ok(2, "2 key.missing", "2 required")),
		lines("escaped-slash", strings.ReplaceAll(jsonLines(1, 2), `"I-`, `"I\/`), ok(2)),
	}
	list = append(list, both("decimal-negative-scale", Want{Loaded: 2, Sum: "400"}, typed{"total_amount", &arrow.Decimal128Type{Precision: 10, Scale: 0}, appended(func(b *array.Decimal128Builder) {
		b.Append(decimal128.FromI64(100))
		b.Append(decimal128.FromI64(300))
	})})...)
	list = append(list, both("float-minus-zero", Want{Loaded: 2, Sum: "100.5"}, typed{"total_amount", arrow.PrimitiveTypes.Float64, appended(func(b *array.Float64Builder) {
		b.Append(math.Copysign(0, -1))
		b.Append(100.5)
	})})...)
	list = append(list, both("time-for-date", Want{Bad: []string{"1 type.date", "2 type.date"}}, typed{"invoiced_on", arrow.FixedWidthTypes.Time32s, appended(func(b *array.Time32Builder) {
		b.AppendValues([]arrow.Time32{1, 2}, nil)
	})})...)
	list = append(list, both("date-before-calendar", ok(2), typed{"invoiced_on", arrow.FixedWidthTypes.Date32, appended(func(b *array.Date32Builder) {
		b.AppendValues([]arrow.Date32{-141428, 20456}, nil)
	})})...)
	list = append(list, both("mojibake", ok(1, "1 encoding.mojibake"), typed{"status", arrow.BinaryTypes.String, appended(func(b *array.StringBuilder) {
		b.AppendValues([]string{"MÃ¼ller", "open"}, nil)
	})})...)
	return append(list,
		text("arrow/run-end-encoded", "", refused(fault.DeliveryNested, "run_end_encoded")).named("invoices.arrow", "arrow").made(func() ([]byte, error) {
			b := array.NewRunEndEncodedBuilder(memory.DefaultAllocator, arrow.PrimitiveTypes.Int32, arrow.BinaryTypes.String)
			b.Append(2)
			b.ValueBuilder().(*array.StringBuilder).Append("open")
			column := b.NewRunEndEncodedArray()
			record := typedRecord()
			fields := slices.Clone(record.Schema().Fields())
			fields[1].Type = column.DataType()
			columns := slices.Clone(record.Columns())
			columns[1] = column
			return arrowStream(array.NewRecordBatch(arrow.NewSchema(fields, nil), columns, record.NumRows()))()
		}),
		text("parquet/encrypted", "", refused(fault.DeliveryEncrypted, "encrypted")).named("invoices.parquet", "parquet").made(constant([]byte("PARE"+strings.Repeat("\x07", 60)+"PARE"))),
		text("parquet/name-of-csv", "", ok(2)).named("invoices.csv", "parquet").made(parquetOf(typedRecord())),
	)
}
