package extract

import (
	"testing"

	"golang.org/x/text/encoding/ianaindex"
)

// TestEncodingByBytes writes a few lines of a language in each encoding that
// it is written in, and asks which it is.
func TestEncodingByBytes(t *testing.T) {
	texts := map[string]string{
		"de":           "Müller;Straße;Köln;Bärbel Gröning;Jürgen Schäfer;Öhringen;für;größer;Rechnung bezahlt\n",
		"de, mostly ß": "Straße;Hauptstraße;Gartenstraße;Bahnhofstraße;Müller\n",
		"fr":           "Élodie Lefèvre;forêt;Besançon;Béatrice Noël;à côté;réglée;où;Benoît\n",
		"pl":           "Małgorzata Wiśniewska;Łódź;Gdańsk;źródło;książka;Paweł Dąbrowski;Zażółć;ćma\n",
		"cs":           "Jiří Dvořák;Praha;České Budějovice;Kateřina Černá;příští;žluťoučký kůň;šířka;Zdeňka\n",
		"tr":           "Ayşe Yılmaz;İstanbul;Oğuz Çelik;Müşteri No;Doğum Tarihi;Şehir;Gülşen Öztürk;ödeme\n",
		"ru":           "Иван Петров;Москва;улица Ленина;заказ оплачен;Ёлкина;счёт;Наталья\n",
		"ja":           "顧客番号,氏名,メールアドレス,電話番号\n00001,佐藤 太郎,東京都千代田区丸の内,注文済み\n",
		"zh":           "客户编号,姓名,电话号码,地址\n1001,王小明,北京市朝阳区建国路,已付款\n",
	}
	for _, c := range []struct{ language, encoding string }{
		{"de", "windows-1252"}, {"de", "macintosh"}, {"de", "ibm850"}, {"fr", "windows-1252"}, {"fr", "macintosh"},
		{"pl", "windows-1250"}, {"pl", "iso-8859-2"}, {"cs", "windows-1250"}, {"tr", "windows-1254"},
		{"ru", "windows-1251"}, {"ru", "koi8-r"}, {"ja", "shift_jis"}, {"ja", "euc-jp"}, {"zh", "gb18030"},
		{"de, mostly ß", "ibm850"},
	} {
		t.Run(c.language+" "+c.encoding, func(t *testing.T) {
			encoding, err := ianaindex.IANA.Encoding(c.encoding)
			if err != nil {
				t.Fatal(err)
			}
			written, err := encoding.NewEncoder().Bytes([]byte(texts[c.language]))
			if err != nil {
				t.Fatal(err)
			}
			for _, size := range []int{1, 7, len(written)} { // where blocks end carries no meaning
				var e CodePages
				for from := 0; from < len(written); from += size {
					e.Add(written[from:min(from+size, len(written))])
				}
				if got := e.Encoding(); got != c.encoding {
					t.Errorf("blocks of %d bytes: %s, want %s", size, got, c.encoding)
				}
			}
		})
	}
	for name, bytes := range map[string]string{"quotes": "don\x92t;it\x92s \x93so\x94", "a dash": "9\x9610", "one letter": "M\xfcller;10115;Berlin"} {
		var e CodePages
		if e.Add([]byte(bytes)); e.Encoding() != "windows-1252" {
			t.Errorf("%s: %s", name, e.Encoding())
		}
	}
	var zloty CodePages
	if zloty.Add([]byte("wrz;pa\x9f;12,50 z\xb3;7,00 z\xb3;termin p\xb3atno\x9cci")); zloty.Encoding() != "windows-1250" {
		t.Errorf("amounts in z\u0142oty: %s", zloty.Encoding())
	}
	var euro CodePages
	if euro.Add([]byte("Caf\xe9;12,50 \xa4")); euro.Encoding() != "iso-8859-15" {
		t.Errorf("the euro sign of ISO 8859-15: %s", euro.Encoding())
	}
}
