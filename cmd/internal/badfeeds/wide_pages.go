package badfeeds

import (
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"loadstar/schemas/fault"
)

// Invented lists of names and towns.
const (
	namesOfGermans   = "Müller Köhler Krämer Bürger Schröder Günther Jäger Förster Häger Nölke"
	namesOfChinese   = "北京贸易 上海有限公司 张伟明 王小芳 李文娜 广州机电 陈建国"
	namesOfTaiwanese = "臺北貿易 高雄有限公司 張偉明 王小芳 李文娜 新竹科技 陳建國"
	namesOfJapanese  = "東京商事 大阪工業 田中一郎 山田花子 ひらがな商店 カタカナ工房"
	namesOfKoreans   = "서울상사 부산공업 김철수 이영희 박지성 대구유통"
	namesOfRussians  = "Иванов Петрова Москва Сергей Ольга Наталья Казань"
)

// wholePages are files whose whole text was written in another encoding than
// their contract says, each of the same words as those that are right.
func wholePages() []Case {
	file := func(name, said, names string, written encoding.Encoding, want Want) Case {
		body := header
		for i, word := range strings.Fields(names) {
			body += strings.Replace(good(i+1, i+1), "open", word, 1)
		}
		return text("encoding/"+name, "", want, "dialect: {encoding: "+said+"}").made(encoded(written, body))
	}
	other := func(part string) Want { return refused(fault.DeliveryEncoding, part) }
	big5, gb, sjis, kr := traditionalchinese.Big5, simplifiedchinese.GB18030, japanese.ShiftJIS, korean.EUCKR
	words := func(name, word string, want Want) Case {
		return text("encoding/"+name, header+good(1, 1)+"I-2,"+word+",2026-01-02,100.50,1\n", want)
	}
	spoilt := ok(1, "3 encoding.mojibake")
	none := "vue和react Webｻｲﾄ McÉvoy hÉireann iPhoneХ β-Blocker 5µm Ωmega"
	return []Case{
		file("whole-big5", "big5", namesOfTaiwanese, big5, ok(7).with("I-1.status", "臺北貿易")),
		file("whole-gb18030", "gb18030", namesOfChinese, gb, ok(7).with("I-1.status", "北京贸易")),
		file("whole-euc-kr", "euc-kr", namesOfKoreans, kr, ok(6).with("I-1.status", "서울상사")),
		file("whole-euc-jp", "euc-jp", namesOfJapanese, japanese.EUCJP, ok(6).with("I-1.status", "東京商事")),
		file("whole-mac-cyrillic", "mac-cyrillic", namesOfRussians, charmap.MacintoshCyrillic, ok(7).with("I-1.status", "Иванов")),
		file("whole-gb18030-as-big5", "big5", namesOfChinese, gb, other("set encoding: gb18030")),
		file("whole-gb18030-as-1252", "windows-1252", namesOfChinese, gb, other("set encoding: gb18030")),
		file("whole-gb18030-as-euc-jp", "euc-jp", namesOfChinese, gb, other("set encoding: gb18030")),
		file("whole-big5-as-gb18030", "gb18030", namesOfTaiwanese, big5, other("set encoding: big5")),
		file("whole-shift_jis-as-gb18030", "gb18030", namesOfJapanese, sjis, other("set encoding: shift_jis")),
		file("whole-shift_jis-as-latin-1", "iso-8859-1", namesOfJapanese, sjis, other("set encoding: shift_jis")),
		file("whole-1252-as-gb18030", "gb18030", namesOfGermans, charmap.Windows1252, other("is not gb18030")),
		file("whole-mac-as-euc-kr", "euc-kr", namesOfGermans, charmap.Macintosh, other("is not euc-kr")),
		file("whole-mac-cyrillic-as-1251", "windows-1251", namesOfRussians, charmap.MacintoshCyrillic, other("set encoding: x-mac-cyrillic")),
		words("big5-in-a-latin-word", "M悤ler", spoilt),
		words("greek-in-a-latin-word", "KrΣmer", spoilt),
		words("katakana-in-a-latin-word", "ﾖsterreich", spoilt),
		words("cyrillic-capital-in-a-latin-word", "WeiЯ", spoilt),
		words("capital-behind-consonants", "SchrÜder", spoilt),
		words("quote-in-a-word", "Schr”der", spoilt),
		words("no-letter-in-a-latin-word", none, ok(2).with("I-2.status", none)),
	}
}
