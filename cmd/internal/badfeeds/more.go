package badfeeds

import (
	"strings"

	"loadstar/schemas/fault"
)

// amountCases are ways to write numbers that people and programs have.
func amountCases() []Case {
	american := `locale: {group: ",", date: mm/dd/yyyy}`
	german := `locale: {decimal: ",", group: ".", date: dd.mm.yyyy}`
	amount := func(name, text, rule, wanted string, custom ...string) Case {
		return value("amount-"+name, "total_amount", text, rule, wanted, custom...)
	}
	return []Case{
		amount("exponent-huge", "1e400", "type.number", ""),
		amount("exponent-tiny", "1e-400", "type.number", ""),
		amount("point-first", ".5", "", "0.5"),
		amount("point-last", "5.", "", "5"),
		amount("plus-minus", "+-5", "type.number", ""),
		amount("bracket-open", "(5", "type.number", ""),
		amount("bracket-closed", "5)", "type.number", ""),
		amount("sign-alone", "-", "type.number", ""),
		amount("point-alone", ".", "type.number", ""),
		amount("symbol-alone", "€", "type.number", "", "locale: {currency: EUR}"),
		amount("minus-before-symbol", "-€5", "", "-5", "locale: {currency: EUR}"),
		amount("minus-behind-symbol", "€-5", "", "-5", "locale: {currency: EUR}"),
		amount("crowns", "1 234,50 kr", "", "1234.5", `locale: {decimal: ",", group: " ", currency: SEK, date: iso}`),
		amount("crowns-in-euros", "12.50 kr", "currency.mismatch", "", "locale: {currency: EUR}"),
		amount("arabic-digits", "١٢٣", "type.number", ""),
		amount("spaces-anywhere", "1 2 3", "type.number", ""),
		amount("grouped-by-space-wrongly", "12 34.50", "type.number", ""),
		amount("grouped-by-two-spaces", "1  234.50", "type.number", ""),
		amount("grouped-by-apostrophe-wrongly", "12'34.50", "type.number", ""),
		amount("grouped-in-lakhs", "1,23,456.00", "type.number", "", american),
		amount("group-behind-decimals", "1.234,567.00", "type.number", "", german),
		amount("group-at-end", "1,234,", "type.number", "", american),
		amount("group-at-start", ",234.00", "type.number", "", american),
		amount("group-twice", "1,,234.00", "type.number", "", american),
		amount("decimals-grouped", "0.123,4", "type.number", "", american),
		amount("three-places-as-group", "1.234", "", "1234", german),
		amount("thousands-word", "5k", "type.number", ""),
		amount("words-and-number", "ca. 5", "type.number", ""),
		amount("range", "5-10", "type.number", ""),
		amount("sum", "5+10", "type.number", ""),
		amount("formula", "=5+10", "type.number", ""),
		amount("tab-inside", "1\t5", "type.number", ""),
		amount("line-break-inside", "1\n5", "type.number", ""),
		amount("zero-width-inside", "1\u200b5", "type.number", ""),
		amount("no-break-hyphen", "\u20115", "type.number", ""),
		amount("leading-zeros", "000100.50", "", "100.5"),
		amount("true", "true", "type.number", ""),
		amount("division-by-zero", "#DIV/0!", "type.number", ""),
		amount("overflow-sign", "########", "type.number", ""),
		amount("date", "2026-01-02", "type.number", ""),
		value("whole-exponent", "quantity", "1e3", "type.integer", ""),
		value("whole-hexadecimal", "quantity", "0x10", "type.integer", ""),
		value("whole-minus-behind", "quantity", "5-", "", "5-"),
		value("whole-grouped-unsaid", "quantity", "1,000", "type.integer", ""),
		value("whole-far-too-large", "quantity", strings.Repeat("9", 400), "range", ""),
		value("date-leading-zeros-lost", "invoiced_on", "2026-1-2", "", "2026-01-02"),
		value("date-day-0", "invoiced_on", "2026-01-00", "type.date", ""),
		value("date-april-31", "invoiced_on", "2026-04-31", "type.date", ""),
		value("date-1900-leap", "invoiced_on", "1900-02-29", "type.date", ""),
		value("date-far", "invoiced_on", "9999-12-31", "", "9999-12-31"),
		value("date-slashes", "invoiced_on", "2026/01/02", "type.date", ""),
		value("date-compact", "invoiced_on", "20260102", "type.date", ""),
		value("date-negative-year", "invoiced_on", "-2026-01-02", "type.date", ""),
		value("date-spaces-inside", "invoiced_on", "2026 - 01 - 02", "type.date", ""),
		value("date-quarter", "invoiced_on", "Q1 2026", "type.date", ""),
		value("date-other-digits", "invoiced_on", "２０２６-01-02", "type.date", ""),
	}
}

// textCases are characters that readers stumble over.
func textCases() []Case {
	line := func(name, status string, want Want) Case {
		return text("csv/"+name, header+"I-1,"+status+",2026-01-02,100.50,1\n"+good(2, 2), want)
	}
	return []Case{
		line("line-separator", "a\u2028b", ok(2).with("I-1.status", "a\u2028b")),
		line("next-line", "a\u0085b", ok(2).with("I-1.status", "a\u0085b")),
		line("vertical-tab", "a\vb", ok(2).with("I-1.status", "a\vb")),
		line("form-feed", "a\fb", ok(2).with("I-1.status", "a\fb")),
		line("escape-character", "a\x1bb", ok(2).with("I-1.status", "a\x1bb")),
		line("crlf-in-quotes", "\"a\r\nb\"", ok(2).with("I-1.status", "a\r\nb")),
		line("cr-in-quotes", "\"a\rb\"", ok(2).with("I-1.status", "a\rb")),
		line("quote-alone", `"`, Want{Loaded: 1, Sum: total(1), Bad: []string{"2 csv.quote"}}),
		line("three-quotes", `"""`, Want{Loaded: 1, Sum: total(1), Bad: []string{"2 csv.quote"}}),
		line("four-quotes", `""""`, ok(2).with("I-1.status", `"`)),
		line("quotes-of-two-kinds", `"it's ""late"""`, ok(2).with("I-1.status", `it's "late"`)),
		line("private-use", "\ue000", ok(2).with("I-1.status", "\ue000")),
		line("not-a-character", "\uffff", ok(2).with("I-1.status", "\uffff")),
		line("mark-inside", "a\ufeffb", ok(2)),
		text("csv/nul-padding", header+good(1, 2)+strings.Repeat("\x00", 512), ok(2, "4 nul")),
		text("csv/appended-twice", header+good(1, 2)+header+good(1, 2), Want{Loaded: 4, Sum: total(4), Aside: 1}),
		text("csv/binary-behind", header+good(1, 2)+"\x00\x01\x02\xff\xfe\n", ok(2, "4 encoding")),
		text("csv/html-behind", header+good(1, 2)+"<html><body>Fatal error</body></html>\n", ok(2, "4 csv.ragged")),
		text("csv/error-behind", header+good(1, 2)+"Warning: mysql_query(): connection lost\n", ok(2, "4 csv.ragged")),
		text("csv/conflict-marks", header+"<<<<<<< HEAD\n"+good(1, 1)+"=======\n"+good(2, 2)+">>>>>>> other\n", ok(2, "2 csv.ragged", "4 csv.ragged", "6 csv.ragged")),
		text("csv/unclosed-at-start", header+`"I-1,open,2026-01-02,100.50,1`+"\n"+good(2, 3), ok(2, "2 csv.quote")),
		text("csv/unclosed-in-last", header+good(1, 2)+`I-3,"open,2026-01-02,100.50,1`, ok(2, "4 csv.quote")),
		text("csv/two-unclosed", header+`I-1,"open,2026-01-02,100.50,1`+"\n"+good(2, 2)+`I-3,"late,2026-01-02,100.50,1`+"\n"+good(4, 4), ok(2, "2 csv.quote", "4 csv.quote")),
		text("header/blank-twice", "invoice_id,status,invoiced_on,total_amount,quantity,,\nI-1,open,2026-01-02,100.50,1,a,b\n", ok(1)),
		text("header/numbers", "1,2,3,4,5\n"+good(1, 2), refused(fault.DeliveryColumn, "invoice_id")),
		text("header/long-name", strings.Replace(header, "status", strings.Repeat("s", 1<<20), 1)+good(1, 1), refused(fault.DriftRenamed, "status")),
		text("header/line-break-in-name", "invoice_id,status,invoiced_on,\"total\namount\",quantity\n"+good(1, 2), ok(2)),
	}
}

// recordCases are JSON that other readers take or change without a word.
func recordCases() []Case {
	lines := func(name, content string, want Want, custom ...string) Case {
		return text("jsonl/"+name, content, want, custom...).named("invoices.jsonl", "jsonl")
	}
	array := func(name, content string, want Want) Case {
		return text("json/"+name, content, want).named("invoices.json", "json")
	}
	one := func(fields string) string { return `{"invoice_id": "I-2", "total_amount": 100.50, ` + fields + "}\n" }
	return []Case{
		lines("mark", "\ufeff"+jsonLines(1, 2), ok(2)),
		lines("crlf", strings.ReplaceAll(jsonLines(1, 3), "\n", "\r\n"), ok(3)),
		lines("cr", strings.ReplaceAll(jsonLines(1, 3), "\n", "\r"), Want{Bad: []string{"1 json.syntax"}}),
		lines("minus-zero", `{"invoice_id": "I-2", "total_amount": -0}`+"\n", Want{Loaded: 1, Sum: "0"}),
		lines("amount-huge", `{"invoice_id": "I-2", "total_amount": 1e400}`+"\n"+jsonLines(1, 1), ok(1, "1 range")),
		lines("amount-tiny", `{"invoice_id": "I-2", "total_amount": 1e-10}`+"\n"+jsonLines(1, 1), ok(1, "1 scale")),
		lines("amount-tiny-exponent", `{"invoice_id": "I-2", "total_amount": 1e-999999999}`+"\n"+jsonLines(1, 1), ok(1, "1 type.number")),
		lines("amount-plus", `{"invoice_id": "I-2", "total_amount": +5}`+"\n"+jsonLines(1, 1), ok(1, "1 json.syntax")),
		lines("amount-point-first", `{"invoice_id": "I-2", "total_amount": .5}`+"\n"+jsonLines(1, 1), ok(1, "1 json.syntax")),
		lines("amount-point-last", `{"invoice_id": "I-2", "total_amount": 5.}`+"\n"+jsonLines(1, 1), ok(1, "1 json.syntax")),
		lines("amount-infinity", `{"invoice_id": "I-2", "total_amount": Infinity}`+"\n"+jsonLines(1, 1), ok(1, "1 json.syntax")),
		lines("comment", jsonLines(1, 1)+"// more to come\n", ok(1, "2 json.syntax")),
		lines("unquoted-key", jsonLines(1, 1)+`{invoice_id: "I-2"}`+"\n", ok(1, "2 json.syntax")),
		lines("record-over-lines", "{\n\"invoice_id\": \"I-2\"\n}\n"+jsonLines(1, 1), ok(1, "1 json.syntax", "2 json.syntax", "3 json.syntax")),
		lines("key-case", one(`"Total_Amount": 7`)+jsonLines(1, 1), ok(1, "1 json.duplicate_key")),
		lines("key-empty", one(`"": 7`), ok(1)),
		lines("duplicate-in-nested", one(`"extra": {"a": 1, "a": 2}`)+jsonLines(1, 1), ok(1, "1 json.duplicate_key")),
		lines("id-number", `{"invoice_id": 17, "total_amount": 100.50}`+"\n", ok(1).with("17.total_amount", "100.5")),
		lines("id-fraction", `{"invoice_id": 17.0, "total_amount": 100.50}`+"\n", ok(1).with("17.0.total_amount", "100.5")),
		lines("id-beyond-double", `{"invoice_id": 12345678901234567890, "total_amount": 100.50}`+"\n", ok(1).with("12345678901234567890.total_amount", "100.5")),
		lines("id-exponent", `{"invoice_id": 1e3, "total_amount": 100.50}`+"\n", ok(1).with("1e3.total_amount", "100.5")),
		lines("id-true", `{"invoice_id": true, "total_amount": 100.50}`+"\n", ok(1)),
		lines("very-deep", one(`"extra": `+strings.Repeat("[", 200_000)+strings.Repeat("]", 200_000))+jsonLines(1, 1), ok(1, "1 json.depth")),
		lines("never-closed", jsonLines(1, 1)+strings.Repeat(`{"a":`, 100_000)+"\n", ok(1, "2 json.depth")),
		lines("huge-text", one(`"status": "`+strings.Repeat("x", 5<<20)+`"`), ok(1)),
		lines("separators", "\x1e"+jsonLine(1)+"\x1e"+jsonLine(2), refused(fault.DeliveryKind, "no JSON")),
		lines("utf-16", utf16Text(jsonLines(1, 2)), refused(fault.DeliveryEncoding, "utf-16le")),
		array("trailing-comma", "["+strings.TrimSpace(jsonLine(1))+",]", refused(fault.DeliveryJSON, "line 1")),
		array("two-arrays", "["+strings.TrimSpace(jsonLine(1))+"]["+strings.TrimSpace(jsonLine(2))+"]", refused(fault.DeliveryJSON, "behind the records")),
		array("bracket-alone", "[", refused(fault.DeliveryCut, "cut off")),
		array("text", `"invoices"`, refused(fault.DeliveryKind, "JSON")),
		array("null", "null", refused(fault.DeliveryKind, "JSON")),
		array("array-in-array", "[["+strings.TrimSpace(jsonLine(1))+"]]", Want{Bad: []string{"1 json.syntax"}}),
		array("mark", "\ufeff["+strings.TrimSpace(jsonLine(1))+"]", ok(1)),
		array("error-answer", `{"error": "rate limited", "code": 429}`, Want{Bad: []string{"1 key.missing", "1 required"}}),
	}
}

// utf16Text is ASCII text in UTF-16, little end first, with its mark.
func utf16Text(s string) string {
	var b strings.Builder
	b.WriteString("\xff\xfe")
	for i := range len(s) {
		b.WriteByte(s[i])
		b.WriteByte(0)
	}
	return b.String()
}
