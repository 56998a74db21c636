package badfeeds

import (
	"archive/tar"
	"bytes"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/decimal256"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/schemas/fault"
)

// foreignCases are deliveries as programs and people of other countries and
// trades write them.
func foreignCases() []Case {
	german := `locale: {decimal: ",", group: ".", date: "d month yyyy", currency: EUR}`
	french := `locale: {decimal: ",", group: " ", date: "d month yyyy", currency: EUR}`
	amount := func(name, text, rule, wanted string, custom ...string) Case {
		return value("amount-"+name, "total_amount", text, rule, wanted, custom...)
	}
	date := func(name, text, rule, wanted string, custom ...string) Case {
		return value("date-"+name, "invoiced_on", text, rule, wanted, custom...)
	}
	in := func(code string) string { return "locale: {group: \",\", currency: " + code + "}" }
	return []Case{
		date("month-german", "12. März 2026", "", "2026-03-12", german),
		date("month-french", "1er août 2026", "", "2026-08-01", french),
		date("month-portuguese", "12 de março de 2026", "", "2026-03-12", german),
		date("month-polish", "5 stycznia 2026 r.", "", "2026-01-05", german),
		date("month-russian", "7 мая 2026 г.", "", "2026-05-07", german),
		date("month-not-there", "30. Februar 2026", "type.date", "", german),
		date("month-misspelt", "12. Mrz-z 2026", "type.date", "", german),
		date("month-first", "März 12, 2026", "type.date", "", german),
		date("month-two-digits", "12. März 26", "type.date", "", german),
		date("month-alone", "März 2026", "type.date", "", german),
		date("month-twice", "12. März 2026 bis 14. März 2026", "type.date", "", german),
		date("month-of-oracle", "12-MAR-26", "", "2026-03-12", `locale: {date: "d month yy to 2036"}`),
		date("roman-month", "12.III.2026", "type.date", "", german),
		date("japanese-era", "令和8年1月2日", "", "2026-01-02"),
		date("japanese-era-without-a-month", "令和8年13月2日", "type.date", ""),
		date("japanese-era-that-is-none", "和令8年1月2日", "type.date", ""),
		date("open-end", "ab 02.01.2026", "type.date", "", `locale: {date: dd.mm.yyyy}`),
		date("range", "2026-01-02/2026-01-05", "type.date", ""),
		amount("narrow-space", "1\u202f234,50", "", "1234.5", french),
		amount("thin-space-and-euro", "1\u2009234,50\u00a0€", "", "1234.5", french),
		amount("real", "R$ 1.234,50", "", "1234.5", `locale: {decimal: ",", group: ".", currency: BRL}`),
		amount("zloty", "1 234,50 zł", "", "1234.5", `locale: {decimal: ",", group: " ", currency: PLN}`),
		amount("yen-behind", "1,234円", "", "1234", in("JPY")),
		amount("full-width-yen", "￥1,234", "", "1234", in("JPY")),
		amount("swiss", "CHF 1'234.50", "", "1234.5", `locale: {group: "'", currency: CHF}`),
		amount("lakhs", "₹1,23,45,678.50", "", "12345678.5", `locale: {group: ",", grouping: indian, currency: INR}`),
		amount("lakhs-wrongly", "₹1,234,567.00", "type.number", "", `locale: {group: ",", grouping: indian, currency: INR}`),
		amount("lakhs-cut", "₹1,23,45", "type.number", "", `locale: {group: ",", grouping: indian, currency: INR}`),
		amount("rupees", "₹1,234.50", "", "1234.5", in("INR")),
		amount("credit-mark", "100.50 CR", "type.number", ""),
		amount("debit-mark", "100.50S", "type.number", ""),
		amount("star", "***100.50", "type.number", ""),
		amount("footnote", "100.50¹", "type.number", ""),
		amount("half", "100½", "type.number", ""),
		amount("each", "12,50 EUR/Stk", "type.number", "", german),
		amount("unit", "12.50 kg", "type.number", ""),
		amount("two-currencies", "€ 5 $", "type.number", "", "locale: {currency: EUR}"),
		amount("dollar-and-code", "$1,234.50 CAD", "", "1234.5", in("CAD")),
		amount("peso", "$ 1,234.50 MXN", "", "1234.5", in("MXN")),
		amount("tilde", "~100.50", "type.number", ""),
		amount("overpunch", "000123{", "type.number", ""),
		amount("fraction-group-german", "1.23.456", "type.number", "", german),
		text("csv/second-table-below", header+good(1, 2)+"\nmonth,sum\n2026-01,201.00\n", Want{Loaded: 2, Sum: total(2), Bad: []string{"5 csv.ragged", "6 csv.ragged"}, Aside: 1}),
		text("csv/rows-affected", header+good(1, 2)+"(2 rows affected)\n", ok(2, "4 csv.ragged")),
		text("csv/null-line", header+good(1, 1)+"null\n"+good(2, 2), ok(2, "3 csv.ragged")),
		text("csv/key-with-spaces", header+"I-1 ,open,2026-01-02,100.50,1\n I-2,open,2026-01-02,100.50,1\n", ok(2).with("I-2.status", "open")),
		text("csv/psql-table", " invoice_id | status | total_amount\n------------+--------+--------------\n I-1        | open   |       100.50\n(1 row)\n", refused(fault.DeliveryHeader, "delimiter")),
		text("csv/markdown", "| invoice_id | status | invoiced_on | total_amount | quantity |\n|---|---|---|---|---|\n| I-1 | open | 2026-01-02 | 100.50 | 1 |\n", refused(fault.DeliveryHeader, "delimiter")),
		text("kind/sql-dump", "INSERT INTO invoices VALUES ('I-1','open','2026-01-02',100.50,1);\n", refused(fault.DeliveryColumn, "invoice_id")),
		text("kind/base64", "aW52b2ljZV9pZCxzdGF0dXMsaW52b2ljZWRfb24sdG90YWxfYW1vdW50LHF1YW50aXR5Cg==\n", refused(fault.DeliveryColumn, "invoice_id")),
		text("kind/xz", "\xfd7zXZ\x00\x00\x04\xe6\xd6\xb4F", refused(fault.DeliveryKind, "xz")),
		text("kind/7z", "7z\xbc\xaf\x27\x1c\x00\x04", refused(fault.DeliveryKind, "7z")),
		text("kind/rar", "Rar!\x1a\x07\x01\x00", refused(fault.DeliveryKind, "RAR")),
		text("kind/yaml", "- invoice_id: I-1\n  status: open\n", refused(fault.DeliveryColumn, "invoice_id")),
		text("kind/mail", "From: shop@example.org\nSubject: invoices\n\nsee attachment\n", refused(fault.DeliveryColumn, "invoice_id")),
		text("kind/ebcdic", "\x89\x95\xa5\x96\x89\x83\x85\x6d\x89\x84\x6b\xa2\xa3\x81\xa3\xa4\xa2\x25", refused(fault.DeliveryEncoding, "encoding")),
		text("packed/tar", "", refused(fault.DeliveryKind, "tar")).made(tarred(header + good(1, 2))),
		text("packed/gzip-of-tar", "", refused(fault.DeliveryKind, "tar")).made(func() ([]byte, error) {
			inner, err := tarred(header + good(1, 2))()
			if err != nil {
				return nil, err
			}
			return gzipped(string(inner))()
		}),
		text("packed/zip-of-mac", "", ok(2)).made(zipped(entry{"invoices.csv", header + good(1, 2)}, entry{"__MACOSX/._invoices.csv", "x"}, entry{".DS_Store", "x"})),
		text("packed/zip-of-zip", "", refused(fault.DeliveryPacked, "packed twice")).made(func() ([]byte, error) {
			inner, err := zipped(entry{"invoices.csv", header + good(1, 2)})()
			if err != nil {
				return nil, err
			}
			return zipped(entry{"invoices.zip", string(inner)})()
		}),
		text("packed/zip-of-workbook", "", refused(fault.DeliveryPacked, "packed twice")).made(func() ([]byte, error) {
			inner, err := simpleBook(2).build()
			if err != nil {
				return nil, err
			}
			return zipped(entry{"invoices.xlsx", string(inner)})()
		}),
		text("jsonl/decimal-of-mongo", `{"invoice_id": "I-1", "total_amount": {"$numberDecimal": "100.50"}}`+"\n"+`{"invoice_id": "I-2", "total_amount": 100.50}`+"\n", ok(1, "1 json.nested")).named("invoices.jsonl", "jsonl"),
		text("jsonl/none-of-python", `{"invoice_id": "I-1", "total_amount": 100.50, "status": None}`+"\n"+`{"invoice_id": "I-2", "total_amount": 100.50}`+"\n", ok(1, "1 json.syntax")).named("invoices.jsonl", "jsonl"),
		text("jsonl/hexadecimal", `{"invoice_id": "I-1", "total_amount": 0x64}`+"\n"+`{"invoice_id": "I-2", "total_amount": 100.50}`+"\n", ok(1, "1 json.syntax")).named("invoices.jsonl", "jsonl"),
		text("jsonl/amount-german", `{"invoice_id": "I-1", "total_amount": "1.234,50"}`+"\n"+`{"invoice_id": "I-2", "total_amount": 100.50}`+"\n", ok(1, "1 type.number")).named("invoices.jsonl", "jsonl"),
		text("jsonl/records-of-events", "data: {\"invoice_id\": \"I-1\"}\n\n", refused(fault.DeliveryKind, "no JSON")).named("invoices.jsonl", "jsonl"),
	}
}

func tarred(content string) func() ([]byte, error) {
	return func() ([]byte, error) {
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		err := w.WriteHeader(&tar.Header{Name: "invoices.csv", Mode: 0o600, Size: int64(len(content))})
		if err == nil {
			_, err = w.Write([]byte(content))
		}
		if err == nil {
			err = w.Close()
		}
		return b.Bytes(), err
	}
}

// foreignBooks are cells and parts as other programs than Excel write them.
func foreignBooks() []Case {
	cells := func(name string, column int, cell any, want Want, custom ...string) Case {
		return excel(name, rowsWith(column, cell), want, custom...)
	}
	styled := func(name, format string, cell string, column int, want Want, custom ...string) Case {
		b := book{sheets: []sheet{{name: "Data", rows: rowsWith(column, xmlCell(cell))}}}
		b.parts = map[string]string{"xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0.0"/><numFmt numFmtId="171" formatCode="` + format + `"/></numFmts>` +
			`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>`}
		return workbookCase(name, b, want, custom...)
	}
	strict := simpleBook(2)
	strict.parts = map[string]string{
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships" conformance="strict"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="t" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/styles" Target="styles.xml"/></Relationships>`,
	}
	absolute := simpleBook(2)
	absolute.parts = map[string]string{
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="/xl/worksheets/sheet1.xml"/><Relationship Id="t" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="/xl/styles.xml"/></Relationships>`,
	}
	return []Case{
		styled("month-by-name-format", `[$-407]d\. mmmm yyyy`, `<c r="%s" s="4"><v>46024</v></c>`, 2, ok(3).with("I-2.invoiced_on", "2026-01-02")),
		styled("elapsed-time-format", `[h]:mm`, `<c r="%s" s="4"><v>46024.5</v></c>`, 2, ok(2, "Data!C3 type.date")),
		styled("scaled-format", `0.0,`, `<c r="%s" s="4"><v>100.5</v></c>`, 3, ok(3)),
		styled("rounding-format", `0`, `<c r="%s" s="4"><v>100.5</v></c>`, 3, ok(3)),
		styled("text-format", `@`, `<c r="%s" s="4" t="str"><v>100.50</v></c>`, 3, ok(3)),
		styled("hiding-format", `;;;`, `<c r="%s" s="4"><v>100.5</v></c>`, 3, ok(3)),
		styled("words-in-format", `"day" 0`, `<c r="%s" s="4"><v>100.5</v></c>`, 3, ok(3)),
		styled("foreign-currency-format", `[$$-409]#,##0.00`, `<c r="%s" s="4"><v>100.5</v></c>`, 3, ok(3)),
		styled("foreign-currency-format-among-euros", `[$$-409]#,##0.00`, `<c r="%s" s="4"><v>100.5</v></c>`, 3, ok(2, "Data!D3 currency.mismatch"), "locale: {currency: EUR}"),
		styled("foreign-currency-in-quotes", `#,##0.00\ &quot;zł&quot;`, `<c r="%s" s="4"><v>100.5</v></c>`, 3, ok(2, "Data!D3 currency.mismatch"), "locale: {currency: EUR}"),
		styled("own-currency-format", `[$€-407]\ #,##0.00;[Red]-[$€-407]\ #,##0.00`, `<c r="%s" s="4"><v>100.5</v></c>`, 3, ok(3), "locale: {currency: EUR}"),
		styled("dollars-of-australia", `[$$-C09]#,##0.00`, `<c r="%s" s="4"><v>100.5</v></c>`, 3, ok(3), "locale: {currency: AUD}"),
		styled("currency-format-in-german", `#,##0.00\ &quot;€&quot;`, `<c r="%s" s="4"><v>1.234</v></c>`, 3, Want{Loaded: 3, Sum: "202.234"}, `locale: {decimal: ",", group: ".", currency: EUR}`),
		styled("currency-format-on-negative", `#,##0.00\ &quot;€&quot;`, `<c r="%s" s="4"><v>-1.5E-2</v></c>`, 3, Want{Loaded: 3, Sum: "200.985"}, "locale: {currency: EUR}"),
		styled("foreign-currency-on-a-count", `[$$-409]0`, `<c r="%s" s="4"><v>2</v></c>`, 4, ok(3), "locale: {currency: EUR}"),
		cells("spill-error", 3, errorCell("#SPILL!"), ok(2, "Data!D3 excel.error")),
		cells("array-formula", 3, xmlCell(`<c r="%s"><f t="array" ref="D3">SUM(1)</f><v>100.5</v></c>`), ok(3)),
		cells("boolean-formula", 1, xmlCell(`<c r="%s" t="b"><f>TRUE()</f><v>1</v></c>`), ok(3).with("I-2.status", "true")),
		cells("number-comma-in-xml", 3, xmlCell(`<c r="%s"><v>100,5</v></c>`), ok(2, "Data!D3 type.number")),
		cells("value-with-line-break", 1, "open\nlate", ok(3)),
		cells("empty-inline-text", 3, xmlCell(`<c r="%s" t="inlineStr"><is/></c>`), ok(2, "Data!D3 required")),
		workbookCase("strict", strict, ok(2)),
		workbookCase("absolute-targets", absolute, ok(2)),
	}
}

// foreignTypes are types of columns that few programs write.
func foreignTypes() []Case {
	arrowCase := func(name string, want Want, others ...typed) Case {
		return text("arrow/"+name, "", want).named("invoices.arrow", "arrow").made(arrowStream(typedRecord(others...)))
	}
	status := func(column arrow.DataType, add func(array.Builder)) typed { return typed{"status", column, add} }
	total := func(column arrow.DataType, add func(array.Builder)) typed { return typed{"total_amount", column, add} }
	twice := func() ([]byte, error) {
		record := typedRecord()
		fields := append(record.Schema().Fields(), record.Schema().Field(3))
		columns := append(record.Columns(), record.Column(3))
		return arrowStream(array.NewRecordBatch(arrow.NewSchema(fields, nil), columns, record.NumRows()))()
	}
	return []Case{
		arrowCase("dictionary", ok(2).with("I-1.status", "open"), status(&arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}, func(b array.Builder) {
			for range 2 {
				if err := b.(*array.BinaryDictionaryBuilder).AppendString("open"); err != nil {
					panic(err) // into memory: it can't fail
				}
			}
		})),
		arrowCase("large-text", ok(2).with("I-1.status", "open"), status(arrow.BinaryTypes.LargeString, appended(func(b *array.LargeStringBuilder) { b.AppendValues([]string{"open", "open"}, nil) }))),
		arrowCase("text-view", ok(2).with("I-1.status", "open"), status(arrow.BinaryTypes.StringView, appended(func(b *array.StringViewBuilder) { b.AppendValues([]string{"open", "open"}, nil) }))),
		arrowCase("half-float", ok(2), total(arrow.FixedWidthTypes.Float16, func(b array.Builder) {
			for range 2 {
				if err := b.AppendValueFromString("100.5"); err != nil {
					panic(err)
				}
			}
		})),
		arrowCase("decimal-128-many-places", ok(1, "1 scale"), total(&arrow.Decimal128Type{Precision: 38, Scale: 10}, appended(func(b *array.Decimal128Builder) {
			b.AppendValues([]decimal128.Num{decimal128.FromI64(1_005_000_000_001), decimal128.FromI64(1_005_000_000_000)}, nil)
		}))),
		arrowCase("decimal-256", ok(2), total(&arrow.Decimal256Type{Precision: 60, Scale: 2}, appended(func(b *array.Decimal256Builder) {
			b.AppendValues([]decimal256.Num{decimal256.FromI64(10050), decimal256.FromI64(10050)}, nil)
		}))),
		arrowCase("decimal-of-hundreds", ok(2), total(&arrow.Decimal128Type{Precision: 10, Scale: -1}, appended(func(b *array.Decimal128Builder) {
			b.AppendValues([]decimal128.Num{decimal128.FromI64(10), decimal128.FromI64(10)}, nil)
		}))).wantSum("200"),
		arrowCase("null-column", ok(2).with("I-1.status", ""), status(arrow.Null, func(b array.Builder) { b.AppendNulls(2) })),
		arrowCase("list", ok(2).with("I-1.status", ""), status(arrow.ListOf(arrow.BinaryTypes.String), func(b array.Builder) { b.AppendNulls(2) })),
		arrowCase("duration", refused(fault.DeliveryNested, "no text of its own"), status(arrow.FixedWidthTypes.Duration_s, appended(func(b *array.DurationBuilder) { b.AppendValues([]arrow.Duration{90, 60}, nil) }))),
		arrowCase("time-of-day", ok(2), status(arrow.FixedWidthTypes.Time64us, appended(func(b *array.Time64Builder) { b.AppendValues([]arrow.Time64{90_000_000, 0}, nil) }))),
		arrowCase("moment-of-zone", ok(2).with("I-1.invoiced_on", "2026-01-02"), typed{"invoiced_on", &arrow.TimestampType{Unit: arrow.Second, TimeZone: "UTC"}, appended(func(b *array.TimestampBuilder) {
			b.AppendValues([]arrow.Timestamp{20455 * 86_400, 20455 * 86_400}, nil)
		})}),
		text("arrow/column-twice", "", refused(fault.DeliveryHeader, "total_amount")).named("invoices.arrow", "arrow").made(twice),
		text("arrow/other-columns", "", refused(fault.DeliveryColumn, "invoice_id")).named("invoices.arrow", "arrow").made(func() ([]byte, error) {
			b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema([]arrow.Field{{Name: "a", Type: arrow.PrimitiveTypes.Int64}}, nil))
			defer b.Release()
			b.Field(0).(*array.Int64Builder).Append(1)
			return arrowStream(b.NewRecordBatch())()
		}),
	}
}

// wantSum is the case with another sum of what arrives.
func (c Case) wantSum(sum string) Case {
	c.Want.Sum = sum
	return c
}

// foreignFixed are lines of fixed width as old machines write them.
func foreignFixed() []Case {
	fixed := func(name, content string, want Want) Case {
		return text("fixed/"+name, content, want).named("invoices.txt", "fixed").withProperties(fixedProperties, "locale: {date: yyyymmdd}", "dialect: {header: 0}")
	}
	three := fixedLine(1) + fixedLine(2) + fixedLine(3)
	return []Case{
		fixed("form-feed", fixedLine(1)+"\f"+fixedLine(2), ok(1, "2 fixed.long")),
		fixed("tab-inside", strings.Replace(three, "open    2", "open\t2", 1), ok(2, "1 fixed.short")),
		fixed("carriage-returns", strings.ReplaceAll(three, "\n", "\r\n"), ok(3)),
		fixed("record-of-another-kind", fixedLine(1)+"H0001 header20260102         -\n"+fixedLine(2), ok(2, "2 fixed.short")),
		fixed("overpunched", strings.Replace(three, "    100.50", "00001005{", 1), ok(2, "1 fixed.short")),
	}
}
