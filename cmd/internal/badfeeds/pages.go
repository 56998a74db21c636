package badfeeds

import (
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// pageCases are texts of one code page under a contract that says another, in
// capitals and in scripts that Western pages have no letter of, and texts that
// are written in signs for signs, which stay as they are.
func pageCases() []Case {
	wrong := func(name string, page encoding.Encoding, as, word string, rules ...string) Case {
		if len(rules) == 0 {
			rules = []string{"2 encoding.mojibake"}
		}
		return text("encoding/"+name, "", ok(1, rules...), "dialect: {encoding: "+as+"}").made(encoded(page, status(word)))
	}
	kept := func(name, word string) Case {
		return text("encoding/"+name, status(word), ok(2).with("I-1.status", word))
	}
	return []Case{
		wrong("1251-as-1252-in-capitals", charmap.Windows1251, "windows-1252", "ИВАНОВ ПЁТР"),
		wrong("1251-as-1254", charmap.Windows1251, "windows-1254", "Соколова"),
		wrong("1251-as-1250-in-capitals", charmap.Windows1251, "windows-1250", "КУЗНЕЦОВА"),
		wrong("koi8-as-1252", charmap.KOI8R, "windows-1252", "Анна Соколова"),
		wrong("koi8-as-1252-in-capitals", charmap.KOI8R, "windows-1252", "ИВАНОВА"),
		wrong("1253-as-1252", charmap.Windows1253, "windows-1252", "Παπαδόπουλος"),
		wrong("1255-as-1252", charmap.Windows1255, "windows-1252", "כהן אברהם"),
		wrong("1256-as-1252", charmap.Windows1256, "windows-1252", "محمد علي"),
		wrong("874-as-1252", charmap.Windows874, "windows-1252", "สมชาย ใจดี"),
		wrong("shift-jis-as-1252", japanese.ShiftJIS, "iso-8859-1", "東京都", "2 encoding"),
		wrong("gb18030-as-latin-1", simplifiedchinese.GB18030, "iso-8859-1", "北京王小明"),
		wrong("big5-as-latin-1", traditionalchinese.Big5, "iso-8859-1", "台北陳先生"),
		wrong("euc-kr-as-latin-1", korean.EUCKR, "iso-8859-1", "서울김철수"),
		text("encoding/beyond-unicode", status("a\xf4\x90\x80\x80b"), ok(1, "2 encoding")),
		text("encoding/five-bytes", status("a\xf8\x88\x80\x80\x80b"), ok(1, "2 encoding")),
		text("encoding/continuation-alone", status("a\x80b"), ok(1, "2 encoding")),
		text("encoding/utf-7", status("M+APw-ller"), ok(1, "2 encoding")),
		kept("percent-encoded", "M%C3%BCller"),
		kept("backslash-u", `M\u00fcller`),
		kept("punycode", "xn--mller-kva.example"),
		kept("letters-of-four-scripts", "Ж ß ω 王"),
	}
}
