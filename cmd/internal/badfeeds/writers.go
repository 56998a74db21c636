package badfeeds

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/korean"

	"loadstar/schemas/fault"
)

// writerCases are deliveries as the libraries of other languages write them, in
// the encodings that their systems have.
func writerCases() []Case {
	page := func(name string, written *charmap.Charmap, as, word string) Case {
		return text("encoding/"+name, "", ok(1, "2 encoding.mojibake"), "dialect: {encoding: "+as+"}").made(encoded(written, status(word)))
	}
	kept := func(name, word string) Case {
		return text("encoding/"+name, status(word), ok(2).with("I-1.status", word))
	}
	spoilt := func(name, word string) Case {
		return text("encoding/"+name, status(word), ok(1, "2 encoding"))
	}
	amount := func(name, written string, want Want, currency string) Case {
		return text("value/"+name, header+good(1, 1)+"I-2,open,2026-01-03,"+written+",2\n"+good(3, 3), want, "locale: {currency: "+currency+"}")
	}
	other := ok(2, "3 currency.mismatch")
	return []Case{
		page("866-as-1251", charmap.CodePage866, "windows-1251", "Оплачен"),
		page("866-as-1251-small", charmap.CodePage866, "windows-1251", "открыт"),
		page("866-as-koi8", charmap.CodePage866, "koi8-r", "Черновик"),
		page("1251-as-866", charmap.Windows1251, "ibm866", "Оплачен"),
		page("koi8-as-866", charmap.KOI8R, "ibm866", "Оплачен"),
		page("iso-8859-5-as-1251", charmap.ISO8859_5, "windows-1251", "Оплачен"),
		page("iso-8859-5-as-koi8", charmap.ISO8859_5, "koi8-r", "Черновик"),
		page("1251-as-iso-8859-5", charmap.Windows1251, "iso-8859-5", "Черновик"),
		page("mac-as-1251", charmap.MacintoshCyrillic, "windows-1251", "выставлен Счёт МОСКВА"),
		page("850-as-1252", charmap.CodePage850, "windows-1252", "Pérez Martín"),
		page("850-as-1252-in-spanish", charmap.CodePage850, "windows-1252", "León"),
		page("852-as-1250", charmap.CodePage852, "windows-1250", "mięta góra"),
		page("iso-8859-2-as-1250", charmap.ISO8859_2, "windows-1250", "jaźń"),
		page("iso-8859-2-as-1250-at-start", charmap.ISO8859_2, "windows-1250", "Święto"),
		page("1252-as-mac-at-start", charmap.Windows1252, "macintosh", "über"),
		kept("no-mojibake-of-quotes", "ИП «Ромашка» ООО«Мир» СберБанк №5 ЗАО\u00a0Мир и\u00a0дом ФГУП«ПОЧТА» Пётр—Иван"),
		kept("no-mojibake-of-neighbours", "Ґанок Київ Їжак Қазақстан Београд Џорџ Ѓорѓи ЎЗБЕК Łódź Škoda CÔTE D’IVOIRE 19” ±5 5°C m²"),
		spoilt("utf-7-of-several-letters", "+BB4EPwQ7BDAERwQ1BD0"),
		spoilt("utf-7-of-chinese", "+U1dOrA-"),
		kept("no-utf-7", "a+b- +43-1 Intel+ARM-based C++Builder- +491-55 Q+A- me+tag@example.org"),
		spoilt("hz", "~{RQ86?n~}"),
		kept("no-hz", "~{x} a~{b~}"),
		text("encoding/iso-2022-kr", "\x1b$)C"+status("\x0e0aA&\x0f"), refused(fault.DeliveryEncoding, "ISO-2022-KR")),
		spoilt("iso-2022-kr-in-one-row", "\x0e0aA&\x0f"),
		text("encoding/euc-kr-of-dos", "", ok(2).with("I-1.status", "서울"), "dialect: {encoding: euc-kr}").made(encoded(korean.EUCKR, status("서울"))),
		amount("amount-francs-short", "100.50 Fr.", other, "EUR"),
		amount("amount-francs-short-before", "Fr. 100.50", other, "EUR"),
		amount("amount-francs-short-swiss", "SFr. 100.50", other, "EUR"),
		amount("amount-francs-short-in-francs", "Fr. 100.50", ok(3), "CHF"),
		amount("amount-francs-short-behind-in-francs", "100.50 Fr.", ok(3), "CHF"),
		amount("amount-rupees-short", "100.50 Rs.", other, "EUR"),
		amount("amount-crowns-short-before", "kr. 100.50", ok(3), "SEK"),
		amount("amount-euros-short", "100.50 Eur.", ok(3), "EUR"),
		text("csv/escape-without-quotes", header+good(1, 2), refused(fault.ContractPlan, "leave one of both out"), `dialect: {quote: none, escape: "\\"}`),
		text("header/nul", strings.Replace(header, "status", "sta\x00us", 1)+good(1, 2), refused(fault.DeliveryEncoding, "NUL")),
	}
}

// writerRecords are JSON as programs write it that escape all but ASCII.
func writerRecords() []Case {
	lines := func(name, line string, want Want) Case {
		return text("jsonl/"+name, jsonLines(1, 1)+line+jsonLines(3, 3), want).named("invoices.jsonl", "jsonl")
	}
	with := func(name, status string, want Want) Case {
		return lines(name, strings.Replace(jsonLine(2), `"open"`, status, 1), want)
	}
	return []Case{
		with("mojibake-escaped", `"M\u00c3\u00bcller"`, ok(2, "2 encoding.mojibake")),
		with("utf-7", `"M+APw-ller"`, ok(2, "2 encoding")),
		with("letters-escaped", `"M\u00fcller \u20ac \u00ab\u0418\u0432\u0430\u043d\u00bb"`, ok(3).with("I-2.status", "Müller € «Иван»")),
		lines("keys-in-capitals", strings.NewReplacer("invoice_id", "INVOICE_ID", "status", "Status", "total_amount", " Total_Amount ").Replace(jsonLine(2)), ok(3).with("I-2.status", "open")),
		lines("key-in-two-cases", strings.Replace(jsonLine(2), `"status"`, `"Status": "paid", "status"`, 1), ok(2, "2 json.duplicate_key")),
		lines("key-in-capitals-of-an-object", strings.Replace(jsonLine(2), `"status": "open"`, `"STATUS": {"a": 1}`, 1), ok(2, "2 json.nested")),
		text("jsonl/record-too-long", "", refused(fault.DeliveryTooLarge, "a record is longer than 32 MB")).named("invoices.jsonl", "jsonl").made(func() ([]byte, error) {
			return []byte(jsonLines(1, 1) + strings.Replace(jsonLine(2), "open", strings.Repeat("x", 40<<20), 1)), nil
		}),
		text("jsonl/record-long", "", Want{Loaded: 2, Sum: total(2)}).named("invoices.jsonl", "jsonl").made(func() ([]byte, error) {
			return []byte(jsonLines(1, 1) + strings.Replace(jsonLine(2), "open", strings.Repeat("x", 20<<20), 1)), nil
		}),
	}
}

// writerBooks are workbooks with what the buttons of a spreadsheet put into
// them, and damaged ones.
func writerBooks() []Case {
	format := func(name, code string, want Want) Case {
		c := styled(name, code, "D", `<c r="%s" s="4"><v>100.5</v></c>`, want)
		c.Contract = contract(properties, "locale: {currency: EUR}")
		return c
	}
	cell := func(name, word string, want Want) Case { return excel(name, rowsWith(1, word), want) }
	part := func(name, path string, change func(string) string, want Want) Case {
		return workbookCase(name, simpleBook(2), want).made(func() ([]byte, error) {
			return repacked(func(name string, content []byte, add func(string, []byte) error) error {
				if name == path {
					content = []byte(change(string(content)))
				}
				return add(name, content)
			})
		})
	}
	stale := func(name string, result any, want Want) Case {
		b := book{sheets: []sheet{{name: "Data", rows: rowsWith(3, formula{"50*2.01", result})}}}
		b.stale = true
		return workbookCase(name, b, want)
	}
	scaled := ok(2, "Data!D3 type.number")
	foreign := ok(2, "Data!D3 currency.mismatch")
	return []Case{
		format("amount-in-thousands-by-format", `0.00 &quot;T€&quot;`, scaled),
		format("amount-in-thousands-by-format-k", `0.00&quot;k&quot;`, scaled),
		format("amount-in-millions-by-format", `#,##0.0 &quot;Mio. €&quot;`, scaled),
		format("amount-in-thousands-typed-whole", `#,##0,&quot;k&quot;`, ok(3)),
		format("minus-in-format", `-0.00`, scaled),
		format("minus-in-quotes-in-format", `&quot;-&quot;#,##0.00\ [$€-407]`, scaled),
		format("minus-in-accounting-format", `_-* #,##0.00_-;-* #,##0.00_-`, ok(3)),
		format("dash-for-cents-in-format", `0.-`, ok(3)),
		format("point-in-quotes-in-format", `#,##0&quot;.&quot;00`, scaled),
		format("group-in-quotes-in-format", `#\.##0`, ok(3)),
		stale("zero-of-a-formula-to-be-computed", 0, ok(2, "Data!D3 excel.formula_uncached")),
		stale("result-of-a-formula-to-be-computed-again", 100.5, ok(3)),
		format("francs-in-format", `&quot;Fr.&quot; 0.00`, foreign),
		format("reals-in-format", `[$R$-416] #,##0.00`, foreign),
		cell("mojibake", "MÃ¼ller", ok(2, "Data!B3 encoding.mojibake")),
		cell("mojibake-cyrillic", "ЋЇ« зҐ\u00ad", ok(2, "Data!B3 encoding.mojibake")),
		cell("no-mojibake", "«Île» ИП «Мир» “x”", ok(3).with("I-2.status", "«Île» ИП «Мир» “x”")),
		tableTotals("total-row-of-a-table", []any{3, nil, nil, formula{"SUBTOTAL(109,[total_amount])", 301.5}}, ok(3).aside(1)),
		tableTotals("total-row-of-a-table-wrong", []any{3, nil, nil, formula{"SUBTOTAL(109,[total_amount])", 0}}, ok(3, "Data!D5 totals.difference")),
		tableTotals("total-row-of-a-table-averages", []any{nil, "open", nil, nil, formula{"SUBTOTAL(101,[quantity])", 2}}, ok(3).aside(1)),
		part("styles-cut", "xl/styles.xml", func(s string) string { return s[:len(s)/2] }, refused(fault.DeliveryDamaged, "styles.xml")),
		part("one-sheet-twice", "xl/workbook.xml", func(s string) string {
			return strings.Replace(s, "</sheets>", `<sheet name="Copy" sheetId="9" r:id="rId1"/></sheets>`, 1)
		}, refused(fault.DeliveryDamaged, `"Copy" is another sheet`)),
		part("percent-signs-in-target", "xl/_rels/workbook.xml.rels", func(s string) string { return strings.Replace(s, "sheet1.xml", "sheet%31.xml", 1) }, ok(2)),
	}
}

// tableTotals is a table that Excel was told to add a row of totals to.
func tableTotals(name string, totals []any, want Want) Case {
	b := book{sheets: []sheet{{name: "Data", rows: slices.Concat(table(1, 3), []string{row(5, totals...)})}}}
	b.parts = map[string]string{
		"xl/worksheets/_rels/sheet1.xml.rels": `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/table" Target="../tables/table1.xml"/></Relationships>`,
		"xl/tables/table1.xml":                `<table id="1" name="T" displayName="T" ref="A1:E5" totalsRowCount="1"><autoFilter ref="A1:E4"/><tableColumns count="5"/></table>`,
	}
	return workbookCase(name, b, want)
}

// writerTypes are Arrow files whose descriptions name lengths that no file has:
// a reader that believes them runs out of memory.
func writerTypes() []Case {
	damage := func(name, file string, make func() ([]byte, error), at func([]byte) int, part string) Case {
		return text("arrow/"+name, "", refused(fault.DeliveryDamaged, part)).named(file, "arrow").made(changed(make, func(b []byte) []byte {
			binary.LittleEndian.PutUint32(b[at(b):], 0x7FFFFFF0)
			return b
		}))
	}
	// The list of the columns stands behind the name of the last of them: its
	// length is the number of columns.
	fields := func(b []byte, from int) int {
		const columns = 5
		return from + bytes.Index(b[from:], []byte{columns, 0, 0, 0})
	}
	return []Case{
		damage("columns-without-end", "invoices.arrows", arrowStream(columns(3, 100_500_000)), func(b []byte) int { return fields(b, 0) }, "contradicts itself"),
		damage("columns-without-end-in-footer", "invoices.arrow", arrowFile(3), func(b []byte) int { return fields(b, bytes.LastIndex(b, []byte{0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0})) }, "contradicts itself"),
		damage("message-without-end", "invoices.arrows", arrowStream(columns(3, 100_500_000)), func([]byte) int { return 4 }, "contradicts itself"),
	}
}
