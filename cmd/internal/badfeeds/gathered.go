package badfeeds

import (
	"strings"

	"loadstar/schemas/fault"
)

// gatheredCases are deliveries of several kinds that were met after the others.
func gatheredCases() []Case {
	amount := func(name, text, rule, wanted, currency string) Case {
		return value("amount-"+name, "total_amount", text, rule, wanted, "locale: {currency: "+currency+"}")
	}
	day := func(name, text, rule, wanted string) Case {
		const days = `
      - {name: invoice_id, primaryKey: true}
      - {name: status}
      - {name: invoiced_on, logicalType: date, customProperties: [{property: unit, value: excel_days}]}
      - {name: total_amount, logicalType: number, required: true}
      - {name: quantity, logicalType: integer, customProperties: [{property: field, value: none}]}`
		return value("date-of-spreadsheets"+name, "invoiced_on", text, rule, wanted).withProperties(days)
	}
	file := header + good(1, 3)
	unkeyed := strings.Replace(properties, ", primaryKey: true", "", 1)
	return []Case{
		amount("dollar-behind-its-minus", "-$45.00", "currency.mismatch", "", "EUR"),
		amount("dollar-behind-its-minus-in-dollars", "-$45.00", "", "-45", "USD"),
		amount("dollar-in-brackets", "($45.00)", "currency.mismatch", "", "EUR"),
		amount("dollar-in-brackets-in-dollars", "($45.00)", "", "-45", "USD"),
		amount("dollar-and-code-of-another", "$45.00 CAD", "currency.mismatch", "", "USD"),
		amount("code-on-both-sides", "USD 45.00 USD", "currency.mismatch", "", "EUR"),
		amount("pound-behind-its-long-minus", "−£45.00", "currency.mismatch", "", "EUR"),
		day("", "46024", "", "2026-01-02"),
		day("-with-a-point", "46024.0", "", "2026-01-02"),
		day("-with-its-time", "46024.5", "type.date", ""),
		day("-that-never-was", "60", "type.date", ""),
		day("-beyond-calendar", "2958466", "type.date", ""),
		text("row/sum-without-label", header+good(1, 2)+",,,201.00,3\n", ok(2, "4 row.no_record")).withProperties(unkeyed, "delivery: append"),
		text("row/amount-with-a-date-alone", header+good(1, 2)+",,2026-01-02,100.50,\n", ok(3)).withProperties(unkeyed, "delivery: append"),
		text("parquet/two-files", "", refused(fault.DeliveryDamaged, "one behind the other")).named("invoices.parquet", "parquet").made(changed(parquetOf(typedRecord()), func(b []byte) []byte {
			return append(b, b...)
		})),
		text("json/records-behind-each-other", "", ok(3)).named("invoices.json", "json").made(constant([]byte(strings.ReplaceAll(jsonLines(1, 3), "\n", "")))),
		text("json/record-behind-records-cut", "", refused(fault.DeliveryCut, "cut off")).named("invoices.json", "json").made(constant([]byte(jsonLine(1) + "\n{\"invoice_id\":"))),
		text("packed/zip-of-windows", "", ok(3)).made(zipped(entry{"Thumbs.db", "x"}, entry{"invoices.csv", file}, entry{"desktop.ini", "x"}, entry{"out/.hidden", "x"})),
		text("packed/zip-with-read-me", "", refused(fault.DeliveryPacked, "README.txt")).made(zipped(entry{"invoices.csv", file}, entry{"README.txt", "x"})),
	}
}
