package badfeeds

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"hash/crc32"
	"io"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"

	"loadstar/schemas/fault"
)

// passedOnCases are texts that went through another program on their way: a
// mail server, a terminal, an archive, a concatenation.
func passedOnCases() []Case {
	read := func(name string, as *charmap.Charmap, text1 string) Case {
		wrong, err := as.NewDecoder().String(text1)
		if err != nil {
			wrong = text1
		}
		return text("encoding/utf-8-read-as-"+name, header+good(1, 1)+"I-2,"+wrong+",2026-01-02,100.50,1\n"+good(3, 3), ok(2, "3 encoding.mojibake"))
	}
	line := func(name, status string, want Want, custom ...string) Case {
		return text("encoding/"+name, header+good(1, 1)+"I-2,"+status+",2026-01-02,100.50,1\n"+good(3, 3), want, custom...)
	}
	jis, _ := japanese.ISO2022JP.NewEncoder().String("東京")
	return []Case{
		read("mac-roman", charmap.Macintosh, "Müller"),
		read("ibm-437", charmap.CodePage437, "Müller"),
		read("ibm-850", charmap.CodePage850, "Müller"),
		read("windows-1250", charmap.Windows1250, "Müller"),
		read("windows-1251", charmap.Windows1251, "Юлия Иванова"),
		read("windows-1254", charmap.Windows1254, "Müller"),
		line("mojibake-twice", "MÃƒÂ¼ller", ok(2, "3 encoding.mojibake")),
		line("mojibake-quotes", "Donâ€™t", ok(2, "3 encoding.mojibake")),
		line("iso-2022-jp", jis, ok(2, "3 encoding")),
		line("no-mojibake-elsewhere", "ORĂŞENI Рівне Сёмин Paris–Évry √x ├── Ăn Ñandú Ðuro", ok(3).with("I-2.status", "ORĂŞENI Рівне Сёмин Paris–Évry √x ├── Ăn Ñandú Ðuro")),
		line("html-entity", "M&uuml;ller", ok(3).with("I-2.status", "M&uuml;ller")),
		line("quoted-printable", "M=C3=BCller", ok(3).with("I-2.status", "M=C3=BCller")),
		text("csv/mark-before-second-part", header+good(1, 2)+"\ufeff"+good(3, 4), ok(4).with("I-3.status", "open")),
		text("csv/rows-of-another-delimiter", header+strings.ReplaceAll(good(1, 2), ",", ";"), Want{Bad: []string{"2 csv.ragged", "3 csv.ragged"}}),
		text("csv/rows-of-tabs", header+good(1, 1)+strings.ReplaceAll(good(2, 2), ",", "\t")+good(3, 3), ok(2, "3 csv.ragged")),
		text("csv/rows-in-quotes", header+`"I-1,open,2026-01-02,100.50,1"`+"\n"+good(2, 2), ok(1, "2 csv.ragged")),
		text("csv/header-in-quotes", `"invoice_id,status,invoiced_on,total_amount,quantity"`+"\n"+good(1, 2), refused(fault.DeliveryHeader, "delimiter")),
		text("csv/quotes-doubled-around", header+`""I-1"",open,2026-01-02,100.50,1`+"\n"+good(2, 2), ok(1, "2 csv.quote")),
		text("csv/escaped-line-end", header+"I-1,op\\\nen,2026-01-02,100.50,1\n"+good(2, 2), ok(1, "2 csv.ragged", "3 csv.ragged")),
		text("csv/page-feed-between", header+good(1, 1)+"\f\n"+good(2, 2), ok(2, "3 csv.ragged")),
		text("csv/shell-prompt", header+good(1, 2)+"user@host:~$ ", ok(2, "4 csv.ragged")),
		text("csv/sql-separator-line", header+"----------,------,-----------,------------,--------\n"+good(1, 2), ok(2, "2 row.no_record")),
		text("csv/column-numbers-below-header", header+"1,2,3,4,5\n"+good(1, 2), ok(2, "2 type.date")),
		text("csv/units-below-header", header+",,yyyy-mm-dd,EUR,pcs\n"+good(1, 2), ok(2, "2 key.missing", "2 type.date", "2 type.number", "2 type.integer")),
		text("csv/continued-rows", header+"I-1,open,2026-01-02,100.50,1\n,,,100.50,\n", ok(1, "3 key.missing")),
		text("csv/ditto-marks", header+good(1, 1)+"I-2,\",2026-01-02,100.50,1\n"+good(3, 3), ok(2, "3 csv.quote")),
		text("csv/utf-16-rows-in-utf-8", header+good(1, 1)+string(utf16Bytes(good(2, 2), false)), ok(1, "3 nul", "4 nul")),
		text("csv/nothing-but-quotes", header+`"","","","",""`+"\n"+good(2, 2), ok(1, "2 key.missing", "2 required")),
		text("packed/gzip-with-names", "", ok(2)).made(gzipNamed),
		text("packed/gzip-padded-with-nul", "", refused(fault.DeliveryDamaged, "behind the end")).made(changed(gzipped(header+good(1, 2)), func(b []byte) []byte { return append(b, make([]byte, 512)...) })),
		text("packed/gzip-of-nothing", "", refused(fault.DeliveryEmpty, "not even a header")).made(gzipped("")),
		text("packed/gzip-second-member-damaged", "", refused(fault.DeliveryDamaged, "damaged")).made(func() ([]byte, error) {
			a, err := gzipped(header + good(1, 2))()
			if err != nil {
				return nil, err
			}
			b, err := changed(gzipped(good(3, 4)), flip(6))()
			return append(a, b...), err
		}),
		text("packed/gzip-header-alone", "", refused(fault.DeliveryCut, "cut off")).made(constant([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3})),
		text("packed/zstd-two-frames", "", ok(4)).made(func() ([]byte, error) {
			a, err := zstdPacked(header + good(1, 2))()
			if err != nil {
				return nil, err
			}
			b, err := zstdPacked(good(3, 4))()
			return append(a, b...), err
		}),
		text("packed/zstd-skippable-frame", "", ok(2)).made(changed(zstdPacked(header+good(1, 2)), func(b []byte) []byte {
			return append([]byte{0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 'n', 'o', 't', 'e'}, b...)
		})),
		text("packed/zstd-and-garbage", "", refused(fault.DeliveryDamaged, "damaged")).made(changed(zstdPacked(header+good(1, 2)), func(b []byte) []byte { return append(b, "garbage"...) })),
		text("packed/zstd-second-frame-cut", "", refused(fault.DeliveryCut, "cut off")).made(func() ([]byte, error) {
			a, err := zstdPacked(header + good(1, 2))()
			if err != nil {
				return nil, err
			}
			b, err := zstdPacked(good(3, 400))()
			return append(a, b[:len(b)/2]...), err
		}),
		text("packed/zstd-of-a-dictionary", "", refused(fault.DeliveryDamaged, "dictionary")).made(zstdOfDictionary),
		text("packed/zip-stored", "", ok(2)).made(zipRaw(zip.Store, header+good(1, 2), 0, 0)),
		text("packed/zip-of-bzip2", "", refused(fault.DeliveryPacked, "method 12")).made(zipRaw(12, header+good(1, 2), 0, 0)),
		text("packed/zip-size-too-small", "", refused(fault.DeliveryDamaged, "damaged")).made(zipRaw(zip.Deflate, header+good(1, 20), -40, 0)),
		text("packed/zip-size-too-large", "", refused(fault.DeliveryCut, "cut off")).made(zipRaw(zip.Deflate, header+good(1, 20), 40, 0)),
		text("packed/zip-checksum-of-zero", "", refused(fault.DeliveryDamaged, "damaged")).made(zipRaw(zip.Deflate, header+good(1, 20), 0, 1)),
		text("packed/zip-behind-a-program", "", refused(fault.DeliveryKind, "a program of Windows")).made(changed(zipped(entry{"invoices.csv", header + good(1, 2)}), func(b []byte) []byte { return append([]byte("MZ\x90\x00 self extracting"), b...) })),
		text("packed/zip-and-garbage", "", ok(2)).made(changed(zipped(entry{"invoices.csv", header + good(1, 2)}), func(b []byte) []byte { return append(b, "garbage"...) })),
		text("packed/zip-of-one-name-twice", "", refused(fault.DeliveryPacked, "2 files")).made(zipped(entry{"invoices.csv", header + good(1, 2)}, entry{"invoices.csv", header + good(3, 4)})),
		text("packed/zip-path-out-of-it", "", ok(2)).made(zipped(entry{"../../invoices.csv", header + good(1, 2)})),
	}
}

func gzipNamed() ([]byte, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Name, w.Comment, w.Extra, w.ModTime = "invoices.csv", "made on Friday", []byte("AB\x02\x00xy"), time.Unix(1, 0)
	if _, err := io.WriteString(w, header+good(1, 2)); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}

// zstdOfDictionary is packed with a dictionary that nobody has.
func zstdOfDictionary() ([]byte, error) {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderDictRaw(7, []byte(strings.Repeat(good(1, 9), 9))))
	if err != nil {
		return nil, err
	}
	return w.EncodeAll([]byte(header+good(1, 9)), nil), w.Close()
}

// zipRaw is an archive of one file that tells another size or checksum than
// its content has.
func zipRaw(method uint16, content string, size int, sum uint32) func() ([]byte, error) {
	return func() ([]byte, error) {
		packed := []byte(content)
		if method == zip.Deflate {
			var b bytes.Buffer
			w, err := flate.NewWriter(&b, flate.DefaultCompression)
			if err == nil {
				_, err = io.WriteString(w, content)
			}
			if err == nil {
				err = w.Close()
			}
			if err != nil {
				return nil, err
			}
			packed = b.Bytes()
		}
		if sum == 0 {
			sum = crc32.ChecksumIEEE([]byte(content))
		}
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		part, err := w.CreateRaw(&zip.FileHeader{Name: "invoices.csv", Method: method, CRC32: sum, CompressedSize64: uint64(len(packed)), UncompressedSize64: uint64(len(content) + size)})
		if err == nil {
			_, err = part.Write(packed)
		}
		if err == nil {
			err = w.Close()
		}
		return b.Bytes(), err
	}
}
