package badfeeds

import (
	"fmt"
	"strings"

	"loadstar/schemas/fault"
)

func trailerCases() []Case {
	rule := `dialect: {trailer: {match: "^TRAILER$", rows: 2, sums: [{column: total_amount, cell: 3}]}}`
	counted := `dialect: {trailer: {match: "^TRAILER$", rows: 2}}`
	return []Case{
		text("trailer/right", header+good(1, 3)+"TRAILER,3,301.50\n", ok(3).aside(1), rule),
		text("trailer/wrong-count", header+good(1, 3)+"TRAILER,4,301.50\n", refused(fault.DeliveryControl, "4 rows"), rule),
		text("trailer/wrong-sum", header+good(1, 3)+"TRAILER,3,301.51\n", refused(fault.DeliveryControl, "301.51"), rule),
		text("trailer/missing", header+good(1, 3), refused(fault.DeliveryCut, "trailer"), rule),
		text("trailer/cut-before", header+good(1, 2), refused(fault.DeliveryCut, "trailer"), counted),
		text("trailer/not-last", header+good(1, 2)+"TRAILER,2,201.00\n"+good(3, 3), refused(fault.DeliveryControl, "behind the trailer"), rule),
		text("trailer/twice", header+good(1, 2)+"TRAILER,2,201.00\nTRAILER,2,201.00\n", refused(fault.DeliveryControl, "behind the trailer"), rule),
		text("trailer/no-number", header+good(1, 2)+"TRAILER,two,201.00\n", refused(fault.DeliveryControl, "no whole number"), rule),
		text("trailer/blank-behind", header+good(1, 2)+"TRAILER,2,201.00\n\n\n", ok(2).aside(3), rule),
		text("trailer/counts-bad-rows", header+good(1, 2)+"I-3,open,soon,100.50,1\nTRAILER,3,301.50\n", ok(2, "4 type.date").aside(1), rule),
		text("trailer/bad-amount", header+good(1, 2)+"I-3,open,2026-01-02,a lot,1\nTRAILER,3,301.50\n", refused(fault.DeliveryControl, "can't be added up"), rule),
		text("trailer/german", strings.ReplaceAll(header, ",", ";")+"I-1;open;02.01.2026;1.000,50;1\nTRAILER;1;1.000,50\n", Want{Loaded: 1, Sum: "1000.5", Aside: 1},
			`dialect: {delimiter: ";", trailer: {match: "^TRAILER$", rows: 2, sums: [{column: total_amount, cell: 3}]}}`, `locale: {decimal: ",", group: ".", date: dd.mm.yyyy}`),
		text("trailer/unsaid", header+good(1, 3)+"TRAILER,3,301.50\n", ok(3, "5 csv.ragged")),
		text("trailer/unknown-column", header+good(1, 3)+"TRAILER,3,301.50\n", refused(fault.DeliveryHeader, "balance"),
			`dialect: {trailer: {match: "^TRAILER$", rows: 2, sums: [{column: balance, cell: 3}]}}`),
	}
}

const fixedProperties = `
      - {name: invoice_id, primaryKey: true, customProperties: [{property: start, value: 1}, {property: width, value: 6}]}
      - {name: status, customProperties: [{property: start, value: 7}, {property: width, value: 8}]}
      - {name: invoiced_on, logicalType: date, customProperties: [{property: start, value: 15}, {property: width, value: 8}]}
      - {name: total_amount, logicalType: number, required: true, customProperties: [{property: start, value: 23}, {property: width, value: 10}]}`

func fixedLine(i int) string {
	return fmt.Sprintf("%-6s%-8s202601%02d%10s\n", fmt.Sprintf("I-%d", i), "open", i, "100.50")
}

func fixedCases() []Case {
	lines := func(from, to int) string {
		var b strings.Builder
		for i := from; i <= to; i++ {
			b.WriteString(fixedLine(i))
		}
		return b.String()
	}
	fixed := func(name, content string, want Want, custom ...string) Case {
		custom = append([]string{"locale: {date: yyyymmdd}"}, custom...)
		return text("fixed/"+name, content, want).named("invoices.txt", "fixed").withProperties(fixedProperties, custom...)
	}
	head := "dialect: {header: 0}"
	return []Case{
		fixed("good", lines(1, 3), ok(3), head),
		fixed("blank-line", lines(1, 2)+"\n"+lines(3, 3), ok(3).aside(1), head),
		fixed("cut", strings.TrimSuffix(lines(1, 3), "50\n"), ok(2, "3 fixed.short"), head),
		fixed("short-line", lines(1, 1)+"I-2   open    20260102\n"+lines(3, 3), ok(2, "2 fixed.short"), head),
		fixed("short-line-padded", lines(1, 1)+"I-2   open    20260102\n"+lines(3, 3), ok(2, "2 required"), "dialect: {header: 0, ragged: pad}"),
		fixed("text-behind", strings.Replace(lines(1, 3), "100.50\n", "100.50 and more\n", 1), ok(3).with("I-1.chars_33", "and more"), head),
		fixed("number-behind", strings.Replace(lines(1, 3), "100.50\n", "100.505\n", 1), ok(2, "1 fixed.long"), head),
		fixed("line-end-missing", strings.Replace(lines(1, 3), "\n", "", 1), ok(1, "1 fixed.long"), head),
		fixed("text-between", lines(1, 2), ok(2).with("I-1.chars_7_14", "open"), head).
			withProperties(strings.Replace(fixedProperties, "\n      - {name: status, customProperties: [{property: start, value: 7}, {property: width, value: 8}]}", "", 1), "locale: {date: yyyymmdd}", head),
		fixed("shifted", strings.Replace(lines(1, 3), "I-2   ", "I-2 ", 1), ok(2, "2 fixed.short"), head),
		fixed("characters", strings.Replace(lines(1, 2), "open    ", "über    ", 1), ok(2).with("I-1.status", "über"), head),
		fixed("trailer", lines(1, 2)+"T00002    201.00\n", ok(2).aside(1),
			`dialect: {header: 0, trailer: {match: "^T0", rows: 0, start: 2, width: 5, sums: [{column: total_amount, start: 7, width: 10}]}}`),
		fixed("trailer-wrong", lines(1, 2)+"T00003    201.00\n", refused(fault.DeliveryControl, "3 rows"),
			`dialect: {header: 0, trailer: {match: "^T0", start: 2, width: 5}}`),
	}
}

func jsonLine(i int) string {
	return fmt.Sprintf(`{"invoice_id": "I-%d", "status": "open", "invoiced_on": "2026-01-%02d", "total_amount": 100.50, "quantity": %d}`, i, i%28+1, i) + "\n"
}

func jsonLines(from, to int) string {
	var b strings.Builder
	for i := from; i <= to; i++ {
		b.WriteString(jsonLine(i))
	}
	return b.String()
}

func jsonCases() []Case {
	lines := func(name, content string, want Want, custom ...string) Case {
		return text("jsonl/"+name, content, want, custom...).named("invoices.jsonl", "jsonl")
	}
	array := func(name, content string, want Want) Case {
		return text("json/"+name, content, want).named("invoices.json", "json")
	}
	one := func(fields string) string { return `{"invoice_id": "I-2", "total_amount": 100.50, ` + fields + "}\n" }
	listed := "[" + strings.ReplaceAll(strings.TrimSpace(jsonLines(1, 3)), "\n", ",\n") + "]"
	return []Case{
		lines("good", jsonLines(1, 3), ok(3)),
		lines("blank-lines", "\n"+jsonLines(1, 2)+"\n"+jsonLines(3, 3), ok(3).aside(2)),
		lines("no-final-newline", strings.TrimSuffix(jsonLines(1, 3), "\n"), ok(3)),
		lines("cut", strings.TrimSuffix(jsonLines(1, 3), `, "quantity": 3}`+"\n"), ok(2, "3 json.syntax")),
		lines("cut-in-number", jsonLines(1, 2)+`{"invoice_id": "I-3", "total_amount": 100.`, ok(2, "3 json.syntax")),
		lines("broken", jsonLines(1, 1)+"{oops}\n"+jsonLines(3, 3), ok(2, "2 json.syntax")),
		lines("trailing-comma", jsonLines(1, 1)+`{"invoice_id": "I-2", "total_amount": 5,}`+"\n", ok(1, "2 json.syntax")),
		lines("single-quotes", jsonLines(1, 1)+`{'invoice_id': 'I-2'}`+"\n", ok(1, "2 json.syntax")),
		lines("two-records", jsonLines(1, 1)+strings.TrimSpace(jsonLine(2))+jsonLine(3), ok(1, "2 json.syntax")),
		lines("not-a-record", jsonLines(1, 1)+"[1, 2]\n\"text\"\nnull\n", ok(1, "2 json.syntax", "3 json.syntax", "4 json.syntax")),
		lines("duplicate-key", jsonLines(1, 1)+one(`"total_amount": 7`), ok(1, "2 json.duplicate_key")),
		lines("duplicate-key-escaped", jsonLines(1, 1)+one(`"total\u005famount": 7`), ok(1, "2 json.duplicate_key")),
		lines("number-beyond-double", one(`"quantity": 9007199254740993`), ok(1).with("I-2.quantity", "9007199254740993")),
		lines("amount-beyond-double", `{"invoice_id": "I-2", "total_amount": 9007199254740.9931}`+"\n", Want{Loaded: 1, Sum: "9007199254740.9931"}),
		lines("amount-five-places", `{"invoice_id": "I-2", "total_amount": 0.12345}`+"\n"+jsonLines(1, 1), ok(1, "1 scale")),
		lines("amount-exponent", `{"invoice_id": "I-2", "total_amount": 1.0050e2}`+"\n", ok(1)),
		lines("amount-as-text", `{"invoice_id": "I-2", "total_amount": "100.50"}`+"\n", ok(1)),
		lines("amount-as-word", `{"invoice_id": "I-2", "total_amount": "a lot"}`+"\n"+jsonLines(1, 1), ok(1, "1 type.number")),
		lines("amount-true", `{"invoice_id": "I-2", "total_amount": true}`+"\n"+jsonLines(1, 1), ok(1, "1 type.number")),
		lines("amount-null", `{"invoice_id": "I-2", "total_amount": null}`+"\n"+jsonLines(1, 1), ok(1, "1 required")),
		lines("amount-nan", `{"invoice_id": "I-2", "total_amount": NaN}`+"\n"+jsonLines(1, 1), ok(1, "1 json.syntax")),
		lines("amount-leading-zero", `{"invoice_id": "I-2", "total_amount": 0100.50}`+"\n"+jsonLines(1, 1), ok(1, "1 json.syntax")),
		lines("object-for-text", one(`"status": {"word": "open"}`)+jsonLines(1, 1), ok(1, "1 json.nested")),
		lines("array-for-text", one(`"status": ["open", "late"]`)+jsonLines(1, 1), ok(1, "1 json.nested")),
		lines("object-unlisted", one(`"extra": {"a": [1, 2]}`), ok(1).with("I-2.extra", `{"a": [1, 2]}`)),
		lines("null-character", one(`"status": "o\u0000pen"`)+jsonLines(1, 1), ok(1, "1 nul")),
		lines("half-surrogate", one(`"status": "\ud83d"`)+jsonLines(1, 1), ok(1, "1 encoding")),
		lines("control-character", one("\"status\": \"o\tpen\"")+jsonLines(1, 1), ok(1, "1 json.syntax")),
		lines("broken-bytes", one("\"status\": \"\xfcber\"")+jsonLines(1, 1), ok(1, "1 encoding")),
		lines("escapes", one(`"status": "\u00fcber \"5\" \ud83d\ude00"`), ok(1).with("I-2.status", `über "5" 😀`)),
		lines("deep", one(`"extra": `+strings.Repeat("[", 200)+strings.Repeat("]", 200))+jsonLines(1, 1), ok(1, "1 json.depth")),
		lines("key-missing", `{"total_amount": 100.50}`+"\n"+jsonLines(1, 1), ok(1, "1 key.missing")),
		lines("array-file", listed, refused(fault.DeliveryKind, "one JSON array")),
		lines("csv-in-it", jsonLines(1, 1)+"I-2,open,2026-01-02,100.50,2\n", ok(1, "2 json.syntax")),
		lines("mojibake", one(`"status": "MÃ¼ller"`)+jsonLines(1, 1), ok(1, "1 encoding.mojibake")),
		lines("empty-file", "", refused(fault.DeliveryEmpty, "empty")),
		array("good", listed, ok(3)),
		array("one-record", strings.TrimSpace(jsonLine(1)), ok(1)),
		array("empty", "[]", Want{Gate: "holds no row"}),
		array("cut", listed[:len(listed)-20], refused(fault.DeliveryCut, "cut off")),
		array("cut-behind-record", strings.TrimSuffix(listed, "]"), refused(fault.DeliveryCut, "cut off")),
		array("no-comma", strings.Replace(listed, "},", "}", 1), refused(fault.DeliveryJSON, "line 2")),
		array("text-behind", listed+"x", refused(fault.DeliveryJSON, "behind the records")),
		array("broken-record", strings.Replace(listed, `"I-2"`, `I-2`, 1), ok(2, "2 json.syntax")),
		array("is-lines", jsonLines(1, 3), ok(3)),
		array("empty-file", " \n", refused(fault.DeliveryEmpty, "empty")),
		nested("good", `{"id": "O-1", "lines": [{"id": "I-1", "amount": 100.50}, {"id": "I-2", "amount": 100.50}]}`, ok(2)),
		nested("no-array", `{"id": "O-1"}`+"\n"+`{"id": "O-2", "lines": [{"id": "I-1", "amount": 100.50}]}`, ok(1)),
		nested("null-array", `{"id": "O-1", "lines": null}`+"\n"+`{"id": "O-2", "lines": [{"id": "I-1", "amount": 100.50}]}`, ok(1)),
		nested("empty-array", `{"id": "O-1", "lines": []}`+"\n"+`{"id": "O-2", "lines": [{"id": "I-1", "amount": 100.50}]}`, ok(1)),
		nested("one-bad", `{"id": "O-1", "lines": [{"id": "I-1", "amount": 100.50}, {"id": "I-2", "amount": "much"}]}`, ok(1, "1 type.number")),
		nested("text-for-array", `{"id": "O-1", "lines": "none"}`+"\n"+`{"id": "O-2", "lines": [{"id": "I-1", "amount": 100.50}]}`, ok(1, "1 json.nested")),
		nested("text-in-array", `{"id": "O-1", "lines": ["none", {"id": "I-1", "amount": 100.50}]}`, Want{Bad: []string{"1 json.nested"}}),
	}
}

// nested is a case whose rows lie in an array of each record.
func nested(name, content string, want Want) Case {
	c := Case{Name: "nested/" + name, File: "invoices.jsonl", Format: "jsonl", Content: constant([]byte(content + "\n")), Want: want}
	c.Contract = strings.Replace(contract(`
      - {name: id, primaryKey: true, customProperties: [{property: field, value: invoice_id}]}
      - {name: order, customProperties: [{property: field, value: order_id}, {property: from, value: ../id}]}
      - {name: amount, logicalType: number, required: true, customProperties: [{property: field, value: total_amount}]}`),
		"[{property: entity, value: invoice}]", "[{property: entity, value: invoice}, {property: path, value: lines}]", 1)
	return c
}

func fileCases() []Case {
	other := header + good(7, 9)
	named := func(name, file, pattern string, want Want) Case {
		c := text("file/"+name, header+good(1, 2), want).named(file, "csv")
		c.Pattern = pattern
		return c
	}
	beside := func(c Case, files map[string]string) Case {
		c.Beside = files
		return c
	}
	return []Case{
		beside(named("brackets", "invoices [1].csv", "", ok(2)), map[string]string{"invoices 1.csv": other}),
		beside(named("brackets-alone", "invoices[1].csv", "", ok(2)), map[string]string{"invoices1.csv": other}),
		named("star-and-brackets", "invoices[1].csv", "*[[]1].csv", ok(2)),
		beside(named("question-mark", "invoices?.csv", "", ok(2)), map[string]string{"invoices1.csv": other}),
		named("missing", "other.csv", "invoices.csv", refused(fault.DeliveryMissing, "no file")),
		named("pattern-without-match", "other.csv", "invoices_*.csv", refused(fault.DeliveryMissing, "no file")),
		named("folder-instead", "invoices.csv/part.csv", "invoices.csv", refused(fault.DeliveryMissing, "no file")),
		beside(named("lock-and-hidden", "invoices.csv", "*.csv", ok(2)), map[string]string{"~$invoices.csv": "x", ".invoices.csv": "x"}),
		named("spaces-and-umlauts", "Rechnungen für März.csv", "", ok(2)),
	}
}
