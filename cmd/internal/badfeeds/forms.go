package badfeeds

import "loadstar/schemas/fault"

// formCases are forms of values that programs of books, tills and clocks write,
// and files of programs that no table is.
func formCases() []Case {
	german := `locale: {decimal: ",", group: ".", date: dd.mm.yyyy}`
	amount := func(name, text, rule, wanted string, custom ...string) Case {
		return value("amount-"+name, "total_amount", text, rule, wanted, custom...)
	}
	date := func(name, text, rule, wanted string, custom ...string) Case {
		return value("date-"+name, "invoiced_on", text, rule, wanted, custom...)
	}
	is := func(name, content, part string) Case {
		return text("kind/"+name, content, refused(fault.DeliveryKind, part))
	}
	return []Case{
		amount("debit-of-german-books", "100,50 S", "type.number", "", german),
		amount("credit-of-german-books", "100,50 H", "type.number", "", german),
		amount("formula-of-text", `="100.50"`, "", "100.5"),
		amount("millions-short", "1.2M", "type.number", ""),
		amount("millions-in-german", "1,2 Mio.", "type.number", "", german),
		amount("middle-dot", "100·50", "type.number", ""),
		amount("percent-of-a-thousand", "5‰", "type.number", ""),
		amount("left-to-right-mark", "100.50\u200e", "type.number", ""),
		amount("soft-hyphen-as-minus", "\u00ad100.50", "type.number", ""),
		amount("devanagari-digits", "१२३", "type.number", ""),
		amount("minus-and-blank", "- 5", "", "-5"),
		amount("two-minuses", "--5", "type.number", ""),
		amount("each-of-two", "5 x 2", "type.number", ""),
		amount("swiss-end", "100.--", "", "100"),
		amount("group-of-four", "1,2345.00", "type.number", "", `locale: {group: ","}`),
		amount("point-and-point", "1.234.50", "type.number", "", german),
		amount("decimal-arabic-mark", "100٫50", "type.number", ""),
		value("whole-point-zero-in-german", "quantity", "1.000", "", "1.000", german),
		value("whole-tail", "quantity", "3 pcs", "type.integer", ""),
		value("whole-true", "quantity", "TRUE", "type.integer", ""),
		value("text-formula-of-text", "status", `="00123"`, "", "00123"),
		value("text-line-separator", "status", "a\u2028b", "", "a\u2028b"),
		date("week", "2026-W05-1", "type.date", ""),
		date("day-of-the-year", "2026-032", "type.date", ""),
		date("of-a-web-service", "/Date(1767312000000)/", "", "2026-01-02"),
		date("of-a-web-service-cut", "/Date(1767312000000", "type.date", ""),
		date("of-a-web-service-without-a-number", "/Date(today)/", "type.date", ""),
		date("epoch", "1767312000", "type.date", ""),
		date("seven-places", "2026-01-02 00:00:00.0000000", "", "2026-01-02"),
		date("zone-behind", "2026-01-02+01:00", "type.date", ""),
		date("zero-of-excel", "1899-12-30", "", "1899-12-30"),
		date("zero-of-excel-as-time", "1900-01-00", "type.date", ""),
		date("two-dates", "2026-01-02;2026-01-03", "type.date", ""),
		date("month-in-arabic-digits", "٢٠٢٦-٠١-٠٢", "type.date", ""),
		date("with-weekday", "Fr 02.01.2026", "type.date", "", german),
		date("comma-for-point", "02,01,2026", "type.date", "", german),
		date("year-first-in-german", "2026.01.02", "type.date", "", german),
		is("avro", "Obj\x01\x04\x14avro.codec", "Avro"),
		is("lz4", "\x04\x22\x4d\x18\x64\x40", "LZ4"),
		is("compress", "\x1f\x9d\x90\x69", "compress"),
		is("arrow", "ARROW1\x00\x00\xff\xff\xff\xff", "Arrow"),
		is("access", "\x00\x01\x00\x00Standard Jet DB\x00", "Access"),
		is("stata", "<stata_dta><header><release>118", "Stata"),
		is("spss", "$FL2@(#) SPSS DATA FILE", "SPSS"),
		is("calendar", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "calendar"),
		is("address-cards", "BEGIN:VCARD\r\nVERSION:3.0\r\n", "vCard"),
		is("edifact", "UNA:+.? 'UNB+UNOC:3+4000:14+5000:14'", "EDIFACT"),
		is("x12", "ISA*00*          *00*          *ZZ*A", "X12"),
		is("key", "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n", "PGP"),
		is("url-shortcut", "[InternetShortcut]\r\nURL=https://example.com/\r\n", "link"),
		is("git-lfs", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n", "Git LFS"),
	}
}
