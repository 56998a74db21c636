package badfeeds

import (
	"encoding/base64"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"

	"loadstar/schemas/fault"
)

// unsaidCases are rows that no record stands in, and of which the contract
// says nothing.
func unsaidCases() []Case {
	last := func(name, row string, want Want, custom ...string) Case {
		return text("row/"+name, header+good(1, 2)+row+"\n", want, custom...)
	}
	bound := strings.Replace(properties, "{name: invoice_id, primaryKey: true}", `{name: invoice_id, primaryKey: true, logicalTypeOptions: {pattern: ".+"}}`, 1)
	optional := strings.Replace(properties, ", required: true", "", 1)
	return []Case{
		last("total", "Total,,,201.00,3", ok(2, "4 row.no_record")),
		last("total-of-a-year", "Summe 2026:,,,201.00,", ok(2, "4 row.no_record")),
		last("total-beside-words", "Gesamt,2 Belege,,201.00,", ok(2, "4 row.no_record")),
		last("total-in-japanese", "合計,,,201.00,", ok(2, "4 row.no_record")),
		last("subtotal-in-capitals", "SUB-TOTAL,,,201.00,", ok(2, "4 row.no_record")),
		last("id-with-total-in-it", "TOTAL-3,open,2026-01-02,100.50,3", ok(3)),
		last("total-that-the-contract-takes", "Total,open,2026-01-02,100.50,3", ok(3)).withProperties(bound),
		last("total-behind-its-group", "North Subtotal,,,201.00,", ok(2, "4 row.no_record")),
		last("total-of-a-group", "Subtotal North,,,201.00,", ok(2, "4 row.no_record")),
		last("heading-of-a-group", "North,,,,", ok(2, "4 row.no_record")).withProperties(optional),
		last("trailer", "TRAILER,2,,201.00,", ok(2, "4 row.no_record")),
		last("end-of-file", "EOF,,,0,", ok(2, "4 row.no_record")),
		last("rows-affected", "(2 rows affected),,,,", ok(2, "4 row.no_record")).withProperties(optional),
		last("line", "-----,,,,", ok(2, "4 row.no_record")).withProperties(optional),
		last("id-alone", "I-3,,,,", ok(2, "4 row.no_record")).withProperties(optional),
		text("csv/error-of-a-cell", header+"#N/A,open,2026-01-02,100.50,1\nI-2,#BEZUG!,2026-01-02,100.50,2\nI-3,#1,2026-01-02,100.50,3\n", ok(1, "2 excel.error", "3 excel.error")),
		excel("note-below", append(table(1, 3), row(6, "All figures are provisional")), Want{Loaded: 3, Sum: total(3), Aside: 1, Bad: []string{"Data!A6 row.no_record"}}).withProperties(optional),
		excel("total-below", append(table(1, 3), row(5, "Total", nil, nil, 301.5)), ok(3, "Data!A5 row.no_record")),
		text("value/currency-unknown", "invoice_id,total_amount,currency\nI-1,100.50,BTC\nI-2,100.50,usd\n", ok(1, "2 currency.unknown").with("I-2.currency_code", "USD")).withProperties(
			properties + "\n      - {name: currency, customProperties: [{property: field, value: currency_code}]}"),
	}
}

// filledCases are exports that write the id of a document in its first row only.
func filledCases() []Case {
	down := strings.Replace(properties, "{name: invoice_id, primaryKey: true}", `{name: invoice_id, primaryKey: true, primaryKeyPosition: 1, customProperties: [{property: fill, value: down}]}`, 1)
	down = strings.Replace(down, "{name: quantity, logicalType: integer,", "{name: quantity, logicalType: integer, primaryKey: true, primaryKeyPosition: 2,", 1)
	csv := func(name, rows string, want Want, custom ...string) Case {
		return text("fill/"+name, header+rows, want).withProperties(down, custom...)
	}
	return []Case{
		csv("ids-of-the-row-above", "I-1,open,2026-01-02,100.50,1\n,late,2026-01-02,100.50,2\nI-2,open,2026-01-02,100.50,1\n\"\",open,2026-01-02,100.50,2\n", ok(4).with("I-1.status", "late")),
		csv("nothing-above", ",open,2026-01-02,100.50,1\nI-2,open,2026-01-02,100.50,2\n,open,2026-01-02,100.50,3\n", ok(2, "2 key.missing")),
		csv("row-above-refused", "I-1,open,2026-01-02,100.50,1\nI-2,open\n,open,2026-01-02,100.50,3\nI-4,open,2026-01-02,100.50,4\n", ok(2, "3 csv.ragged", "4 key.missing")),
		csv("over-many-rows", "I-1,open,2026-01-02,100.50,0\n"+strings.Repeat(",open,2026-01-02,100.50,7\n", 70_000), Want{Loaded: 70_001, Sum: "7035100.5"}),
		csv("without-header", "I-1,open,2026-01-02,100.50,1\n", refused(fault.ContractPlan, "fill needs a header"), "dialect: {header: 0}"),
		excel("fill-down-of-ids", append(table(1, 2), row(4, nil, "late", nil, 100.5, 9)), ok(3).with("I-2.status", "late")).withProperties(down),
	}
}

// unsaidForms are values and files whose form other readers take for another.
func unsaidForms() []Case {
	const german = `locale: {decimal: ",", group: "."}`
	buyer := strings.Replace(properties, "{name: status}", "{name: status}\n      - {name: buyer.id, customProperties: [{property: field, value: customer_id}]}", 1)
	lines := func(name, buyerJSON string, want Want) Case {
		return text("jsonl/"+name, `{"invoice_id": "I-1", "total_amount": 100.50, "buyer": `+buyerJSON+`}`+"\n"+`{"invoice_id": "I-2", "total_amount": 100.50, "buyer": {"id": "C-2"}}`+"\n", want).
			named("invoices.jsonl", "jsonl").withProperties(buyer)
	}
	cents := strings.Replace(properties, "logicalType: number, required: true", "logicalType: number, required: true, customProperties: [{property: unit, value: minor}]", 1)
	return []Case{
		text("value/cents-with-decimals", "invoice_id,status,invoiced_on,total_amount,quantity\nI-1,open,2026-01-02,100.50,1\nI-2,open,2026-01-02,10050,1\nI-3,open,2026-01-02,10050.0,1\n", ok(2, "2 scale")).withProperties(cents),
		lines("text-for-an-object", `"C-1"`, ok(1, "1 json.nested").with("I-2.customer_id", "C-2")),
		lines("list-for-an-object", `[{"id": "C-1"}]`, ok(1, "1 json.nested")),
		lines("empty-list-for-an-object", `[]`, ok(2).with("I-1.customer_id", "")),
		lines("text-beside-a-key-with-a-dot", `"Ada Ltd", "buyer.id": "C-1"`, ok(2).with("I-1.customer_id", "C-1").with("I-1.buyer", "Ada Ltd")),
		value("amount-half-in-german", "total_amount", "0.500", "type.number", "", german),
		value("amount-zero-grouped", "total_amount", "0.000", "", "0", german),
		value("amount-group-of-zeros", "total_amount", "012.500", "type.number", "", german),
		text("csv/sep-line-of-a-tab", "sep=\t\n"+strings.ReplaceAll(header+good(1, 2), ",", "\t"), ok(2), `dialect: {delimiter: "\\t"}`),
		text("encoding/utf-8-as-gb18030", status("Müller größer"), refused(fault.DeliveryEncoding, "utf-8"), "dialect: {encoding: gb18030}"),
		text("encoding/utf-8-as-shift_jis", status("Müller größer"), refused(fault.DeliveryEncoding, "utf-8"), "dialect: {encoding: shift_jis}"),
		text("encoding/half-width-katakana", "", ok(2).with("I-1.status", "ﾄｳｷｮｳﾄ"), "dialect: {encoding: shift_jis}").made(encoded(japanese.ShiftJIS, status("ﾄｳｷｮｳﾄ"))),
		text("encoding/mac-roman-as-1252", "", ok(1, "2 encoding.mojibake"), "dialect: {encoding: windows-1252}").made(encoded(charmap.Macintosh, status("Müller"))),
		text("encoding/1252-as-mac-roman", "", ok(1, "2 encoding.mojibake"), "dialect: {encoding: mac-roman}").made(encoded(charmap.Windows1252, status("größte"))),
		text("encoding/1251-as-1252", "", ok(1, "2 encoding.mojibake"), "dialect: {encoding: windows-1252}").made(encoded(charmap.Windows1251, status("Иванов"))),
		text("encoding/1250-as-1252", "", ok(1, "2 encoding.mojibake"), "dialect: {encoding: windows-1252}").made(encoded(charmap.Windows1250, status("Pawłowski"))),
		text("encoding/koi8-as-1251", "", ok(1, "2 encoding.mojibake"), "dialect: {encoding: windows-1251}").made(encoded(charmap.KOI8R, status("Анна Соколова"))),
		text("encoding/1251-as-koi8", "", ok(1, "2 encoding.mojibake"), "dialect: {encoding: koi8-r}").made(encoded(charmap.Windows1251, status("Пётр Лебедев"))),
		text("encoding/1252-as-1251", "", ok(1, "2 encoding.mojibake"), "dialect: {encoding: windows-1251}").made(encoded(charmap.Windows1252, status("Rückläufer"))),
		text("encoding/1252-as-koi8", "", ok(1, "2 encoding.mojibake"), "dialect: {encoding: koi8-r}").made(encoded(charmap.Windows1252, status("überfällig"))),
		text("encoding/850-as-koi8", "", ok(1, "2 encoding.mojibake"), "dialect: {encoding: koi8-r}").made(encoded(charmap.CodePage850, status("fällig"))),
		text("encoding/mac-roman-inside-as-1252", "", ok(1, "2 encoding.mojibake"), "dialect: {encoding: windows-1252}").made(encoded(charmap.Macintosh, status("fällig"))),
		text("encoding/1254-as-1252", "", ok(1, "2 encoding.mojibake"), "dialect: {encoding: windows-1252}").made(encoded(charmap.Windows1254, status("Güneş"))),
		text("encoding/no-mojibake-in-cyrillic", status("SMSки; e-mailом и iPhoneы; оАО; Mихаил; ООО 'Ока'; Þórður; þ; Škoda; McŠ"), ok(2).with("I-1.status", "SMSки; e-mailом и iPhoneы; оАО; Mихаил; ООО 'Ока'; Þórður; þ; Škoda; McŠ")),
		text("encoding/signs-beside-words", status("§ 5 Abs. 3; na hÉireann 5 m³ Höhe 3 m³h ¿Qué? ‰ číší ÄÖÜß L’Haÿ AŸ"), ok(2).with("I-1.status", "§ 5 Abs. 3; na hÉireann 5 m³ Höhe 3 m³h ¿Qué? ‰ číší ÄÖÜß L’Haÿ AŸ")),
		styled("postcode-shown-with-its-zero", "00000", "B", `<c r="%s" s="4"><v>1234</v></c>`, ok(3).with("I-2.status", "01234")),
		styled("number-wider-than-its-zeros", "00", "B", `<c r="%s" s="4"><v>1234</v></c>`, ok(3).with("I-2.status", "1234")),
		styled("fraction-under-zeros", "000", "B", `<c r="%s" s="4"><v>1.5</v></c>`, ok(3).with("I-2.status", "1.5")),
		text("csv/preamble-unsaid", "Export of 2026\nby,Ada\n"+header+good(1, 2), refused(fault.DeliveryColumn, `the columns are "Export of 2026"`)),
		text("header/key-renamed", strings.Replace(header, "invoice_id", "inv_no", 1)+good(1, 2), refused(fault.DeliveryColumn, `the columns are "inv_no"`)),
		text("parquet/page-with-wrong-checksum", "", refused(fault.DeliveryDamaged, "checksum")).named("invoices.parquet", "parquet").made(changed(summedPages, func(b []byte) []byte {
			b[strings.Index(string(b), "I-1")+2] = '7'
			return b
		})),
		text("parquet/page-with-checksum", "", ok(2)).named("invoices.parquet", "parquet").made(summedPages),
		text("arrow/two-streams", "", refused(fault.DeliveryDamaged, "second")).named("invoices.arrow", "arrow").made(func() ([]byte, error) {
			one, err := arrowStream(columns(3, 100_500_000))()
			return append(one, one...), err
		}),
	}
}

// summedPages is a Parquet file of two invoices whose pages bear checksums,
// which the library here does not write.
func summedPages() ([]byte, error) {
	return base64.StdEncoding.DecodeString("UEFSMRUAFSgVKBXqicepBRwVBBUAFQYVBhwAAAACAAAABAEDAAAASS0xAwAAAEktMhUAFRwVHBXalMXMChwVBBUAFQYVBhwAAAACAAAABAEAACdCAAAnQhUEGTw1ABgGc2NoZW1hFQQA" +
		"FQwlAhgKaW52b2ljZV9pZCUATBwAAAAVDhUIFQIYDHRvdGFsX2Ftb3VudCUKFQQVEixcFQQVEgAAABYEGRwZLCYAHBUMGSUGABkYCmludm9pY2VfaWQVABYEFloWWiYISRwVABUAFQIAPBYMGQYZJgAE" +
		"AAAAJgAcFQ4ZJQYAGRgMdG90YWxfYW1vdW50FQAWBBZOFk4mYkkcFQAVABUCADwpBhkmAAQAAAAWqAEWBCYIFqgBACggcGFycXVldC1jcHAtYXJyb3cgdmVyc2lvbiAyNi4wLjEZLBwAABwAAADxAAAAUEFSMQ==")
}
