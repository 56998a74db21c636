package badfeeds

import (
	"bytes"
	"fmt"
	"strings"

	"loadstar/schemas/fault"
)

// ok wants n good rows and these bad ones.
func ok(n int, bad ...string) Want { return Want{Loaded: n, Sum: total(n), Bad: bad} }

// aside is the want with n rows set aside.
func (w Want) aside(n int) Want {
	w.Aside = n
	return w
}

// with is the want with a value that must arrive.
func (w Want) with(at, value string) Want {
	values := map[string]string{at: value}
	for k, v := range w.Values {
		values[k] = v
	}
	w.Values = values
	return w
}

func refused(code fault.Code, part string) Want { return Want{Code: code, Refused: part} }

func csvCases() []Case {
	crlf := func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }
	cr := func(s string) string { return strings.ReplaceAll(s, "\n", "\r") }
	return []Case{
		text("csv/good", header+good(1, 3), ok(3)),
		text("csv/no-final-newline", strings.TrimSuffix(header+good(1, 3), "\n"), ok(3)),
		text("csv/final-newline-required", strings.TrimSuffix(header+good(1, 3), "\n"), refused(fault.DeliveryCut, "line 4"), "dialect: {final_newline: required}"),
		text("csv/final-newline-there", header+good(1, 3), ok(3), "dialect: {final_newline: required}"),
		text("csv/crlf", crlf(header+good(1, 3)), ok(3)),
		text("csv/cr", cr(header+good(1, 3)), ok(3)),
		text("csv/mixed-line-ends", header+crlf(good(1, 2))+good(3, 3)+cr(good(4, 5)), ok(5)),
		text("csv/ragged-short", header+good(1, 1)+"I-2,open,2026-01-02\n"+good(3, 3), ok(2, "3 csv.ragged")),
		text("csv/ragged-long", header+good(1, 1)+"I-2,open,2026-01-02,5,1,more\n"+good(3, 3), ok(2, "3 csv.ragged")),
		text("csv/unquoted-delimiter", header+"I-1,late, open,2026-01-02,5,1\n"+good(2, 3), ok(2, "2 csv.ragged")),
		text("csv/decimal-comma-splits", header+"I-1,open,2026-01-02,5,00,1\n"+good(2, 3), ok(2, "2 csv.ragged")),
		text("csv/ragged-padded", header+good(1, 1)+"I-2,open,2026-01-02,100.50\n", ok(2), "dialect: {ragged: pad}"),
		text("csv/padded-not-longer", header+good(1, 1)+"I-2,open,2026-01-02,5,1,\n", ok(1, "3 csv.ragged"), "dialect: {ragged: pad}"),
		text("csv/cut-in-row", header+good(1, 2)+"I-3,open,2026-0", ok(2, "4 csv.ragged")),
		text("csv/cut-in-quotes", header+good(1, 2)+`I-3,"open and`, ok(2, "4 csv.quote")),
		text("csv/blank-lines", header+"\n"+good(1, 1)+"\n  \n"+good(2, 2)+"\n", ok(2).aside(4)),
		text("csv/blank-line-does-not-end", header+good(1, 1)+"\n\n\n"+good(2, 5), ok(5).aside(3)),
		text("csv/only-delimiters", header+good(1, 1)+",,,,\n"+good(2, 2), ok(2).aside(1)),
		text("csv/repeated-header", header+good(1, 2)+header+good(3, 4), ok(4).aside(1)),
		text("csv/repeated-header-with-mark", "\ufeff"+header+good(1, 2)+"\ufeff"+header+good(3, 4), ok(4).aside(1)),
		text("csv/repeated-header-other-case", header+good(1, 2)+strings.ToUpper(header)+good(3, 4), ok(4).aside(1)),
		text("csv/comment", "# made by hand\n"+header+good(1, 1)+"# \"half a quote\n"+good(2, 2), ok(2).aside(2), `dialect: {comment: "#"}`),
		text("csv/comment-unknown", header+good(1, 1)+"# a note\n"+good(2, 2), ok(2, "3 csv.ragged")),
		text("csv/preamble", "Export of 2026\n\n"+header+good(1, 2), ok(2), "dialect: {skip: 2}"),
		text("csv/preamble-found", "Export of 2026\nfor Ada, Ben\n\n"+header+good(1, 2), ok(2).aside(3), "dialect: {header_find: [invoice_id]}"),
		text("csv/preamble-longer", "Export\nby Ada\nat noon\n"+header+good(1, 2), refused(fault.DeliveryColumn, "invoice_id"), "dialect: {skip: 1}"),
		text("csv/header-not-found", header+good(1, 2), refused(fault.DeliveryHeader, "none of"), "dialect: {header_find: [Rechnung]}"),
		text("csv/totals", header+good(1, 2)+"Total,,,201.00,\n", ok(2).aside(1), `dialect: {totals: [{column: invoice_id, pattern: "^Total"}]}`),
		text("csv/totals-wrong", header+good(1, 2)+"Total,,,999.00,\n", ok(2, "4 totals.difference"), `dialect: {totals: [{column: invoice_id, pattern: "^Total"}]}`),
		text("csv/sep-line", "sep=;\n"+strings.ReplaceAll(header+good(1, 2), ",", ";"), ok(2), `dialect: {delimiter: ";"}`),
		text("csv/sep-line-other", "sep=;\n"+strings.ReplaceAll(header+good(1, 2), ",", ";"), refused(fault.DeliveryHeader, "sep=;")),
		text("csv/end-of-file-mark", header+good(1, 2)+"\x1a", ok(2).aside(1)),
		text("csv/tab", strings.ReplaceAll(header+good(1, 2), ",", "\t"), ok(2), `dialect: {delimiter: "\\t"}`),
		text("csv/pipe", strings.ReplaceAll(header+good(1, 2), ",", "|"), ok(2), `dialect: {delimiter: "|"}`),
		text("csv/other-delimiter", strings.ReplaceAll(header+good(1, 2), ",", ";"), refused(fault.DeliveryHeader, "';'")),
		text("csv/huge-field", "", ok(2).with("I-1.status", strings.Repeat("x", 40)+"…")).made(hugeField),
		text("csv/5000-columns", "", ok(40)).made(manyColumns),
		text("csv/endless-line", "", refused(fault.DeliveryTooLarge, "longer than")).made(func() ([]byte, error) {
			return append([]byte(header), bytes.Repeat([]byte("x"), 40<<20)...), nil
		}),
		text("csv/zeros", "", refused(fault.DeliveryEncoding, "NUL")).made(func() ([]byte, error) { return make([]byte, 3<<20), nil }),
		text("csv/many-rows-one-bad", "", Want{Loaded: 49_999, Sum: "5024899.5", Bad: []string{"30002 type.number"}}).made(func() ([]byte, error) {
			rows := strings.Split(good(1, 50_000), "\n")
			rows[30_000] = strings.Replace(rows[30_000], "100.50", "1OO.50", 1)
			return []byte(header + strings.Join(rows, "\n")), nil
		}),
	}
}

func hugeField() ([]byte, error) {
	return []byte(header + `I-1,"` + strings.Repeat("x", 5<<20) + `",2026-01-02,100.50,1` + "\n" + good(2, 2)), nil
}

func manyColumns() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(strings.TrimSuffix(header, "\n"))
	for i := range 5000 {
		fmt.Fprintf(&b, ",extra_%d", i)
	}
	b.WriteByte('\n')
	for i := range 40 {
		b.WriteString(strings.TrimSuffix(good(i+1, i+1), "\n"))
		b.WriteString(strings.Repeat(",1", 5000) + "\n")
	}
	return b.Bytes(), nil
}

func syntaxCases() []Case {
	return []Case{
		text("csv/quoted-newline", header+"I-1,\"two\nlines\",2026-01-02,100.50,1\n"+good(2, 2), ok(2).with("I-1.status", "two\nlines")),
		text("csv/quoted-quote", header+`I-1,"the ""late"" one",2026-01-02,100.50,1`+"\n"+good(2, 2), ok(2).with("I-1.status", `the "late" one`)),
		text("csv/quote-within", header+`I-1,5" pipe,2026-01-02,100.50,1`+"\n"+good(2, 2), ok(2).with("I-1.status", `5" pipe`)),
		text("csv/text-behind-quote", header+`I-1,"open"ed,2026-01-02,100.50,1`+"\n"+good(2, 2), ok(1, "2 csv.quote")),
		text("csv/unclosed-quote", header+good(1, 1)+`I-2,"open,2026-01-02,100.50,1`+"\n"+good(3, 9), ok(8, "3 csv.quote")),
		text("csv/unclosed-quote-then-quotes", header+good(1, 1)+`I-2,"open,2026-01-02,100.50,1`+"\n"+
			`I-3,"late, maybe",2026-01-02,100.50,1`+"\n"+good(4, 5), ok(4, "3 csv.quote").with("I-3.status", "late, maybe")),
		text("csv/backslash-quote", header+`I-1,"the \"late\" one",2026-01-02,100.50,1`+"\n", ok(1).with("I-1.status", `the "late" one`), `dialect: {escape: "\\"}`),
		text("csv/backslash-null", header+`I-1,\N,2026-01-02,100.50,1`+"\n", ok(1).with("I-1.status", "")).
			withProperties(strings.Replace(properties, "{name: status}", `{name: status, customProperties: [{property: nulls, value: ["\\N"]}]}`, 1)),
		text("csv/single-quotes", header+`I-1,'late, open',2026-01-02,100.50,1`+"\n", ok(1).with("I-1.status", "late, open"), `dialect: {quote: "'"}`),
		text("csv/smart-quotes", header+"I-1,“late”,2026-01-02,100.50,1\n", ok(1).with("I-1.status", "“late”")),
		text("csv/spaces-around-quotes", header+`I-1, "late, open" ,2026-01-02,100.50,1`+"\n", ok(1).with("I-1.status", "late, open"), "dialect: {trim: true}"),
		text("csv/spaces-before-quote", header+`I-1, "late, open",2026-01-02,100.50,1`+"\n"+good(2, 2), ok(1, "2 csv.ragged")),
		text("csv/quotes-are-text", header+`I-1,"late,2026-01-02,100.50,1`+"\n"+good(2, 2), ok(2).with("I-1.status", `"late`), "dialect: {quote: none}"),
		text("csv/nul-in-value", header+"I-1,o\x00pen,2026-01-02,100.50,1\n"+good(2, 2), ok(1, "2 nul")),
		text("csv/empty-and-quoted-empty", header+"I-1,,2026-01-02,100.50,1\nI-2,\"\",2026-01-02,100.50,1\n", ok(2).with("I-1.status", "").with("I-2.status", "")),
		text("csv/trailing-delimiters", strings.ReplaceAll(header+good(1, 2), "\n", ",\n"), ok(2)),
		text("csv/carriage-returns-doubled", strings.ReplaceAll(header+good(1, 2), "\n", "\r\r\n"), ok(2).aside(3)),
	}
}

func headerCases() []Case {
	swap := func(from, to string) string { return strings.Replace(header, from, to, 1) }
	optional := strings.Replace(properties, "{name: status}", "{name: status, customProperties: [{property: absent, value: allowed}]}", 1)
	return []Case{
		text("header/empty-file", "", refused(fault.DeliveryEmpty, "not even")),
		text("header/only-blank-lines", "\n\n\n", refused(fault.DeliveryEmpty, "not even")),
		text("header/only", header, Want{Gate: "holds no row"}),
		text("header/only-mark", "\ufeff", refused(fault.DeliveryEmpty, "not even")),
		text("header/lacking", good(1, 3), refused(fault.DeliveryColumn, "invoice_id")),
		text("header/required-missing", "invoice_id,status,invoiced_on,quantity\nI-1,open,2026-01-02,1\n", refused(fault.DeliveryColumn, `"total_amount" is missing`)),
		text("header/key-missing", swap("invoice_id", "number")+good(1, 2), refused(fault.DeliveryColumn, `"invoice_id"`)),
		text("header/renamed", swap("status", "state")+good(1, 2), refused(fault.DriftRenamed, `"status"`)),
		text("header/renamed-but-allowed", swap("status", "state")+good(1, 2), ok(2)).withProperties(optional),
		text("header/optional-missing", "invoice_id,invoiced_on,total_amount,quantity\nI-1,2026-01-02,100.50,1\n", ok(1).with("I-1.status", "")),
		text("header/new-column", swap("quantity\n", "quantity,note\n")+"I-1,open,2026-01-02,100.50,1,call\n", ok(1)),
		text("header/reordered", "quantity,total_amount,invoiced_on,status,invoice_id\n1,100.50,2026-01-02,open,I-1\n", ok(1).with("I-1.status", "open")),
		text("header/duplicate", swap("status", "total_amount")+"I-1,5,2026-01-02,100.50,1\n", refused(fault.DeliveryHeader, "total_amount")),
		text("header/duplicate-other-case", swap("status", "Total Amount")+"I-1,5,2026-01-02,100.50,1\n", refused(fault.DeliveryHeader, "total_amount")),
		text("header/duplicate-unlisted", swap("quantity\n", "quantity,note,note\n")+"I-1,open,2026-01-02,100.50,1,a,b\n", ok(1)),
		text("header/name-and-alias", swap("quantity\n", "quantity,betrag\n")+"I-1,open,2026-01-02,100.50,1,7\n", refused(fault.DeliveryHeader, "betrag")).
			withProperties(strings.Replace(properties, "required: true}", "required: true, customProperties: [{property: aliases, value: [betrag]}]}", 1)),
		text("header/alias", swap("total_amount", "betrag")+good(1, 1), ok(1)).
			withProperties(strings.Replace(properties, "required: true}", "required: true, customProperties: [{property: aliases, value: [betrag]}]}", 1)),
		text("header/blank-name", swap("status", "")+good(1, 1), refused(fault.DriftRenamed, `"status"`)),
		text("header/spaces-and-case", " Invoice ID ,STATUS,Invoiced-On,Total Amount,Quantity\n"+good(1, 2), ok(2)),
		text("header/quoted-with-mark", "\ufeff\"invoice_id\",status,invoiced_on,total_amount,quantity\n"+good(1, 2), ok(2)),
		text("header/two-rows", "invoice,,,total,\nid,status,invoiced_on,amount,quantity\n"+good(1, 2), ok(2).with("I-1.status", "open"), `dialect: {header: 2, header_join: "_"}`),
		text("header/none", good(1, 2), ok(2).with("I-2.status", "open"), "dialect: {header: 0}"),
		text("header/unclosed-quote", "invoice_id,\"status,invoiced_on,total_amount,quantity\n"+good(1, 2), refused(fault.DeliveryHeader, "never closes")),
	}
}
