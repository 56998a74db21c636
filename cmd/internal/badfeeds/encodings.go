package badfeeds

import (
	"bytes"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"

	"loadstar/schemas/fault"
)

// encoded is a text in an encoding.
func encoded(e encoding.Encoding, s string) func() ([]byte, error) {
	return func() ([]byte, error) { return e.NewEncoder().Bytes([]byte(s)) }
}

func utf16Bytes(s string, big bool) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	return out
}

// status is a delivery of two rows, the first with this status.
func status(s string) string {
	return header + "I-1," + s + ",2026-01-02,100.50,1\n" + good(2, 2)
}

func encodingCases() []Case {
	cases := []Case{
		text("encoding/utf-8", status("überfällig"), ok(2).with("I-1.status", "überfällig")),
		text("encoding/utf-8-mark", "\ufeff"+status("überfällig"), ok(2).with("I-1.status", "überfällig")),
		text("encoding/two-marks", "\ufeff\ufeff"+status("überfällig"), ok(2).with("I-1.status", "überfällig")),
		text("encoding/utf-8-broken", header+good(1, 1)+"I-2,\xfcber,2026-01-02,100.50,1\n"+good(3, 3), ok(2, "3 encoding")),
		text("encoding/utf-8-cut-character", header+good(1, 1)+"I-2,\xc3,2026-01-02,100.50,1\n"+good(3, 3), ok(2, "3 encoding")),
		text("encoding/overlong", header+good(1, 1)+"I-2,\xc0\xaf,2026-01-02,100.50,1\n"+good(3, 3), ok(2, "3 encoding")),
		text("encoding/surrogate", header+good(1, 1)+"I-2,\xed\xa0\x80,2026-01-02,100.50,1\n"+good(3, 3), ok(2, "3 encoding")),
		text("encoding/lost-before", header+good(1, 1)+"I-2,\ufffdber,2026-01-02,100.50,1\n"+good(3, 3), ok(3).with("I-2.status", "\ufffdber")),
		text("encoding/mojibake", header+good(1, 1)+"I-2,MÃ¼ller,2026-01-02,100.50,1\n"+good(3, 3), ok(2, "3 encoding.mojibake")),
		text("encoding/mojibake-euro", header+good(1, 1)+"I-2,5 â‚¬,2026-01-02,100.50,1\n"+good(3, 3), ok(2, "3 encoding.mojibake")),
		text("encoding/no-mojibake", header+"I-1,IRMÃ – SÃO «AMANHû,2026-01-02,100.50,1\n", ok(1).with("I-1.status", "IRMÃ – SÃO «AMANHû")),
		text("encoding/header-broken", "invoice_id,st\xe4tus,invoiced_on,total_amount,quantity\n"+good(1, 2), refused(fault.DeliveryEncoding, "header")),
		text("encoding/utf-8-as-1252", status("überfällig"), refused(fault.DeliveryEncoding, "utf-8"), "dialect: {encoding: windows-1252}"),
		text("encoding/utf-8-as-latin-1", status("überfällig"), refused(fault.DeliveryEncoding, "utf-8"), "dialect: {encoding: iso-8859-1}"),
		text("encoding/1252-hole", header+good(1, 1)+"I-2,\x81,2026-01-02,100.50,1\n"+good(3, 3), ok(2, "3 encoding"), "dialect: {encoding: windows-1252}"),
		text("encoding/1252-as-latin-1", header+good(1, 1)+"I-2,5 \x80,2026-01-02,100.50,1\n"+good(3, 3), ok(2, "3 encoding"), "dialect: {encoding: iso-8859-1}"),
		text("encoding/mixed", header+"I-1,M\xfcller,2026-01-02,100.50,1\nI-2,M\xc3\xbcller,2026-01-02,100.50,1\n", ok(1, "3 encoding.mojibake").with("I-1.status", "Müller"), "dialect: {encoding: windows-1252}"),
		text("encoding/unknown", status("x"), refused(fault.ContractPlan, "klingon"), "dialect: {encoding: klingon}"),
		text("encoding/ascii-only", header+good(1, 1)+"I-2,\xfc,2026-01-02,100.50,1\n", ok(1, "3 encoding"), "dialect: {encoding: us-ascii}"),
		text("encoding/utf-16-le", "", ok(2).with("I-1.status", "über 😀"), "dialect: {encoding: utf-16le}").made(constant(utf16Bytes(status("über 😀"), false))),
		text("encoding/utf-16-be", "", ok(2).with("I-1.status", "über 😀"), "dialect: {encoding: utf-16be}").made(constant(utf16Bytes(status("über 😀"), true))),
		text("encoding/utf-16-mark-le", "", ok(2).with("I-1.status", "über"), "dialect: {encoding: utf-16}").made(constant(utf16Bytes("\ufeff"+status("über"), false))),
		text("encoding/utf-16-mark-be", "", ok(2).with("I-1.status", "über"), "dialect: {encoding: utf-16}").made(constant(utf16Bytes("\ufeff"+status("über"), true))),
		text("encoding/utf-16-as-utf-8", "", refused(fault.DeliveryEncoding, "utf-16le")).made(constant(utf16Bytes("\ufeff"+status("über"), false))),
		text("encoding/utf-16-as-utf-8-no-mark", "", refused(fault.DeliveryEncoding, "utf-16le")).made(constant(utf16Bytes(status("open"), false))),
		text("encoding/utf-16-other-end", "", refused(fault.DeliveryEncoding, "utf-16be"), "dialect: {encoding: utf-16le}").made(constant(utf16Bytes("\ufeff"+status("über"), true))),
		text("encoding/utf-16-odd", "", ok(2, "4 encoding"), "dialect: {encoding: utf-16le}").made(constant(append(utf16Bytes(status("open"), false), 'x'))),
		text("encoding/utf-16-half-pair", "", ok(1, "2 encoding"), "dialect: {encoding: utf-16le}").
			made(constant(bytes.Replace(utf16Bytes(status("open"), false), []byte("o\x00p\x00e\x00n\x00"), []byte("\x00\xd8p\x00e\x00n\x00"), 1))),
		text("encoding/utf-32", "", refused(fault.DeliveryEncoding, "UTF-32")).made(constant(append([]byte("\xff\xfe\x00\x00"), utf16Bytes(header, false)...))),
	}
	for _, e := range []struct {
		name, word string
		encoding   encoding.Encoding
	}{
		{"windows-1250", "Žluťoučký", charmap.Windows1250},
		{"windows-1251", "Просрочено ёж", charmap.Windows1251},
		{"windows-1252", "über 5 €", charmap.Windows1252},
		{"windows-1254", "İğdır", charmap.Windows1254},
		{"iso-8859-1", "Grüße", charmap.ISO8859_1},
		{"iso-8859-2", "Łódź", charmap.ISO8859_2},
		{"iso-8859-15", "5 € für Œuvre", charmap.ISO8859_15},
		{"macintosh", "Größe", charmap.Macintosh},
		{"mac-roman", "Größe", charmap.Macintosh},
		{"latin-1", "Grüße", charmap.ISO8859_1},
		{"cp1252", "über 5 €", charmap.Windows1252},
		{"shift_jis", "ソ表示能", japanese.ShiftJIS},
		{"gb18030", "逾期付款", simplifiedchinese.GB18030},
	} {
		cases = append(cases, text("encoding/"+e.name, "", ok(2).with("I-1.status", e.word), "dialect: {encoding: "+e.name+"}").
			made(encoded(e.encoding, status(e.word))))
	}
	return append(cases,
		text("encoding/shift_jis-broken", header+"I-1,\x82,2026-01-02,100.50,1\n"+good(2, 2), ok(1, "2 encoding"), "dialect: {encoding: shift_jis}"),
		text("encoding/gb18030-broken", header+"I-1,\xff\xff,2026-01-02,100.50,1\n"+good(2, 2), ok(1, "2 encoding"), "dialect: {encoding: gb18030}"),
	)
}
