package badfeeds

import "strings"

// value is a delivery whose row 2 has a value in a column; rule is "" where it
// must arrive, as wanted.
func value(name, column, value, rule, wanted string, custom ...string) Case {
	if strings.ContainsAny(value, ",\"\n") {
		value = `"` + strings.ReplaceAll(value, `"`, `""`) + `"`
	}
	cells := map[string]string{"status": "open", "invoiced_on": "2026-01-02", "total_amount": "100.50", "quantity": "1"}
	cells[column] = value
	rows := strings.Join([]string{"I-1", cells["status"], cells["invoiced_on"], cells["total_amount"], cells["quantity"]}, ",") + "\n"
	want := Want{Loaded: 2, Values: map[string]string{"I-1." + column: wanted}}
	other := good(2, 2)
	for _, c := range custom {
		if strings.HasPrefix(c, "locale: ") && strings.Contains(c, `decimal: ","`) {
			other = strings.Replace(other, "100.50", `"100,50"`, 1)
			rows = strings.Replace(rows, ",100.50,", `,"100,50",`, 1)
		}
	}
	if rule != "" {
		want = Want{Loaded: 1, Bad: []string{"2 " + rule}}
	}
	return text("value/"+name, header+rows+other, want, custom...)
}

func valueCases() []Case {
	german := `locale: {decimal: ",", group: ".", date: dd.mm.yyyy}`
	american := `locale: {group: ",", date: mm/dd/yyyy}`
	amount := func(name, text, rule, wanted string, custom ...string) Case {
		return value("amount-"+name, "total_amount", text, rule, wanted, custom...)
	}
	date := func(name, text, rule, wanted string, custom ...string) Case {
		return value("date-"+name, "invoiced_on", text, rule, wanted, custom...)
	}
	whole := func(name, text, rule, wanted string, custom ...string) Case {
		return value("whole-"+name, "quantity", text, rule, wanted, custom...)
	}
	return []Case{
		amount("words", "a lot", "type.number", ""),
		amount("missing", "", "required", ""),
		amount("null-word", "NULL", "type.number", ""),
		amount("nan", "NaN", "type.number", ""),
		amount("infinity", "Infinity", "type.number", ""),
		amount("hexadecimal", "0x1F", "type.number", ""),
		amount("underscores", "1_000", "type.number", ""),
		amount("two-points", "1.2.3", "type.number", ""),
		amount("two-signs", "--5", "type.number", ""),
		amount("minus-inside", "5-5", "type.number", ""),
		amount("letter-o", "1OO", "type.number", ""),
		amount("exponent", "1.2E+3", "type.number", ""),
		amount("four-places", "0.1234", "", "0.1234"),
		amount("five-places", "0.12345", "scale", ""),
		amount("five-places-zero", "0.12340", "", "0.1234"),
		amount("largest", "99999999999999.9999", "", "99999999999999.9999"),
		amount("too-large", "100000000000000", "range", ""),
		amount("far-too-large", strings.Repeat("9", 60), "range", ""),
		amount("beyond-double", "9007199254740.9931", "", "9007199254740.9931"),
		amount("minus-zero", "-0.00", "", "0"),
		amount("brackets", "(100.50)", "", "-100.5"),
		amount("brackets-and-minus", "(-100.50)", "type.number", ""),
		amount("minus-behind", "100.50-", "", "-100.5"),
		amount("unicode-minus", "−100.50", "", "-100.5"),
		amount("plus", "+100.50", "", "100.5"),
		amount("percent", "12%", "type.number", ""),
		amount("spaces", "  100.50  ", "", "100.5"),
		amount("no-break-space", "\u00a0100.50\u00a0", "", "100.5"),
		amount("grouped-by-no-break-space", "1\u00a0234.50", "", "1234.5"),
		amount("grouped-by-apostrophe", "1'234.50", "", "1234.5"),
		amount("grouped-unsaid", "1,234.50", "type.number", ""),
		amount("grouped", "1,234.50", "", "1234.5", american),
		amount("grouped-wrongly", "12,34.50", "type.number", "", american),
		amount("grouped-by-two-marks", "1,234'567.00", "type.number", "", american),
		amount("comma-for-point", "1234,50", "type.number", ""),
		amount("german", "1.234,50", "", "1234.5", german),
		amount("german-ungrouped", "1234,5", "", "1234.5", german),
		amount("american-in-german", "1,234.50", "type.number", "", german),
		amount("point-in-german", "1234.50", "type.number", "", german),
		amount("german-in-american", "1.234,50", "type.number", "", american),
		amount("currency", "€ 100.50", "", "100.5", "locale: {currency: EUR}"),
		amount("currency-code", "100.50 EUR", "", "100.5", "locale: {currency: EUR}"),
		amount("other-currency", "$100.50", "currency.mismatch", "", "locale: {currency: EUR}"),
		amount("other-currency-code", "100.50 GBP", "currency.mismatch", "", "locale: {currency: EUR}"),
		amount("shared-symbol", "$100.50", "", "100.5", "locale: {currency: CAD}"),
		amount("two-amounts", "100.50 / 90.00", "type.number", ""),
		amount("text-behind", "100.50 approx", "type.number", ""),
		amount("full-width-digits", "１００", "type.number", ""),
		amount("fraction", "½", "type.number", ""),

		whole("decimal", "1.5", "type.integer", ""),
		whole("decimal-zero", "2.0", "", "2.0"),
		whole("words", "two", "type.integer", ""),
		whole("largest", "9223372036854775807", "", "9223372036854775807"),
		whole("smallest", "-9223372036854775808", "", "-9223372036854775808"),
		whole("too-large", "9223372036854775808", "range", ""),
		whole("beyond-double", "9007199254740993", "", "9007199254740993"),
		whole("leading-zeros", "007", "", "007"),
		whole("empty", "", "", ""),

		date("not-there", "2026-02-31", "type.date", ""),
		date("leap-day", "2024-02-29", "", "2024-02-29"),
		date("no-leap-day", "2026-02-29", "type.date", ""),
		date("month-13", "2026-13-01", "type.date", ""),
		date("zero", "0000-00-00", "type.date", ""),
		date("words", "soon", "type.date", ""),
		date("two-digit-year", "01.02.26", "type.date", "", german),
		date("three-digit-year", "01.02.026", "type.date", "", german),
		date("german", "31.01.2026", "", "2026-01-31", german),
		date("german-not-there", "31.02.2026", "type.date", "", german),
		date("iso-in-german", "2026-01-31", "", "2026-01-31", german),
		date("american-in-german", "01/31/2026", "type.date", "", german),
		date("american", "01/31/2026", "", "2026-01-31", american),
		date("day-first-in-american", "31/01/2026", "type.date", "", american),
		date("serial-number", "46053", "type.date", ""),
		date("with-midnight", "2026-01-31T00:00:00", "", "2026-01-31"),
		date("with-time", "2026-01-31 14:30:00", "type.date", ""),
		date("with-text", "2026-01-31 or later", "type.date", ""),
		date("month-word", "31 Jan 2026", "type.date", ""),
		date("year-5-digits", "20260-01-31", "type.date", ""),

		value("text-spaces", "status", "  open\u00a0", "", "open"),
		value("text-zero-width", "status", "open\u200b", "", "open"),
		value("text-decomposed", "status", "u\u0308ber", "", "über"),
		value("text-null-word", "status", "NULL", "", "NULL"),
		value("text-leading-zeros", "status", "00123", "", "00123"),
		value("text-long-number", "status", "12345678901234567890", "", "12345678901234567890"),
		value("text-formula", "status", "=1+1", "", "=1+1"),
		value("text-right-to-left", "status", "שלום", "", "שלום"),
		value("text-emoji", "status", "👩‍👩‍👧", "", "👩‍👩‍👧"),
	}
}

// property is a delivery whose contract says more of one column.
func property(name, column, options, value, rule string) Case {
	line := map[string]string{
		"total_amount": "{name: total_amount, logicalType: number, required: true}",
		"status":       "{name: status}",
		"quantity":     "{name: quantity, logicalType: integer, customProperties: [{property: field, value: none}]}",
		"invoiced_on":  "{name: invoiced_on, logicalType: date}",
	}[column]
	c := value2("rule/"+name, column, value, rule)
	return c.withProperties(strings.Replace(properties, line, strings.TrimSuffix(line, "}")+", "+options+"}", 1))
}

func value2(name, column, text, rule string) Case {
	c := value(name, column, text, rule, "")
	c.Name = name
	c.Want.Values = nil
	return c
}

func ruleCases() []Case {
	boolean := strings.Replace(properties, "{name: status}", "{name: status, logicalType: boolean}", 1)
	return []Case{
		property("scale-of-type", "total_amount", "physicalType: \"decimal(10,2)\"", "19.999", "scale"),
		property("scale-of-type-zero", "total_amount", "physicalType: \"DECIMAL(10, 2)\"", "19.990", ""),
		property("precision-of-type", "total_amount", "physicalType: \"numeric(5,2)\"", "1000.00", "range"),
		property("multiple-of", "total_amount", "logicalTypeOptions: {multipleOf: 0.01}", "19.999", "scale"),
		property("length-of-type", "status", "physicalType: varchar(5)", "overdue", "length"),
		property("size-of-type", "quantity", "physicalType: smallint", "40000", "range"),
		property("size-of-type-unsigned", "quantity", "physicalType: int(11) unsigned", "-1", "range"),
		property("size-of-type-unsigned-fits", "quantity", "physicalType: int(10) unsigned zerofill", "4294967295", ""),
		property("scale-of-type-unsigned", "total_amount", "physicalType: \"decimal(10,2) unsigned\"", "100.505", "scale"),
		property("size-of-type-fits", "quantity", "physicalType: smallint", "32767", ""),
		property("minimum", "total_amount", "logicalTypeOptions: {minimum: 0}", "-0.01", "range"),
		property("maximum-date", "invoiced_on", "logicalTypeOptions: {maximum: \"2026-12-31\"}", "2027-01-01", "range"),
		property("pattern", "status", "logicalTypeOptions: {pattern: \"open|paid\"}", "opened", "pattern"),
		property("length", "status", "logicalTypeOptions: {maxLength: 4}", "überall", "length"),
		property("length-in-characters", "status", "logicalTypeOptions: {maxLength: 4}", "üüüü", ""),
		property("allowed", "status", "quality: [{metric: invalidValues, arguments: {validValues: [open, paid]}, mustBe: 0}]", "late", "allowed"),
		property("required", "status", "required: true", "  ", "required"),
		text("rule/boolean", header+"I-1,maybe,2026-01-02,100.50,1\nI-2,ja,2026-01-02,100.50,1\n", ok(1, "2 type.boolean").with("I-2.status", "true")).withProperties(boolean),
		text("rule/key-missing", header+",open,2026-01-02,100.50,1\n"+good(2, 2), ok(1, "2 key.missing")),
		text("rule/two-faults", header+"I-1,open,soon,a lot,1\n"+good(2, 2), ok(1, "2 type.date", "2 type.number")),
		text("rule/all-bad", header+"I-1,open,soon,5,1\nI-2,open,soon,5,1\n", Want{Bad: []string{"2 type.date", "3 type.date"}}),
		text("rule/too-many-bad", header+"I-1,open,soon,5,1\n"+good(2, 4), Want{Loaded: 3, Sum: total(3), Bad: []string{"2 type.date"}, Gate: "broke the contract"}, "error_share: 0.1"),
	}
}
