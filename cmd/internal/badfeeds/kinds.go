package badfeeds

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"

	"github.com/klauspost/compress/zstd"

	"loadstar/schemas/fault"
)

// kindCases are files that are not what their name says.
func kindCases() []Case {
	is := func(name, content, part string) Case {
		return text("kind/"+name, content, refused(fault.DeliveryKind, part))
	}
	return []Case{
		is("html", "<!DOCTYPE html><html><body>Please log in</body></html>", "web page"),
		is("html-table", "<table><tr><td>1</td></tr></table>", "HTML"),
		is("xml", "<?xml version=\"1.0\"?><invoices/>", "XML"),
		is("pdf", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
		is("json", `[{"invoice_id": "I-1"}]`, "JSON"),
		is("json-lines", `{"invoice_id": "I-1"}`+"\n", "JSON"),
		is("rtf", `{\rtf1\ansi invoices}`, "RTF"),
		is("png", "\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
		is("old-excel", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"+string(make([]byte, 600)), "old Office"),
		is("sqlite", "SQLite format 3\x00", "SQLite"),
		is("parquet", "PAR1\x15\x04", "Parquet"),
		is("bzip2", "BZh91AY&SY", "bzip2"),
		text("kind/excel", "", refused(fault.DeliveryKind, "Excel")).made(func() ([]byte, error) { return simpleBook(2).build() }),
		text("kind/server-error", "502 Bad Gateway\n", refused(fault.DeliveryColumn, "invoice_id")),
		text("kind/log", "2026-01-02 10:00:00 ERROR could not export\n", refused(fault.DeliveryColumn, "invoice_id")),
		text("kind/csv-as-json", header+good(1, 2), refused(fault.DeliveryKind, "no JSON")).named("invoices.json", "json"),
		text("kind/csv-as-json-lines", header+good(1, 2), refused(fault.DeliveryKind, "no JSON")).named("invoices.jsonl", "jsonl"),
		text("kind/csv-as-excel", header+good(1, 2), refused(fault.DeliveryKind, "no Excel")).named("invoices.xlsx", "excel"),
		text("kind/csv-as-parquet", header+good(1, 2), refused(fault.DeliveryKind, "no Parquet")).named("invoices.parquet", "parquet"),
		text("kind/html-as-excel", "<html><table></table></html>", refused(fault.DeliveryKind, "web page")).named("invoices.xls", "excel"),
	}
}

func gzipped(content string) func() ([]byte, error) {
	return func() ([]byte, error) {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := io.WriteString(w, content); err != nil {
			return nil, err
		}
		err := w.Close()
		return b.Bytes(), err
	}
}

func zstdPacked(content string) func() ([]byte, error) {
	return func() ([]byte, error) {
		w, err := zstd.NewWriter(nil)
		if err != nil {
			return nil, err
		}
		return w.EncodeAll([]byte(content), nil), w.Close()
	}
}

type entry struct{ name, content string }

func zipped(entries ...entry) func() ([]byte, error) {
	return func() ([]byte, error) {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, e := range entries {
			part, err := w.Create(e.name)
			if err == nil {
				_, err = io.WriteString(part, e.content)
			}
			if err != nil {
				return nil, err
			}
		}
		err := w.Close()
		return b.Bytes(), err
	}
}

// changed makes bytes and changes them.
func changed(make func() ([]byte, error), change func([]byte) []byte) func() ([]byte, error) {
	return func() ([]byte, error) {
		b, err := make()
		if err != nil {
			return nil, err
		}
		return change(b), nil
	}
}

func cut(b []byte) []byte { return b[:len(b)*2/3] }

// flip changes one bit, counted from the end.
func flip(fromEnd int) func([]byte) []byte {
	return func(b []byte) []byte {
		b[len(b)-fromEnd] ^= 0x10
		return b
	}
}

func packedCases() []Case {
	many := header + good(1, 2000)
	bomb := func() ([]byte, error) {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		line := bytes.Repeat([]byte("I-1,open,2026-01-02,100.50,1\n"), 1<<15)
		if _, err := io.WriteString(w, header); err != nil {
			return nil, err
		}
		for range 300 {
			if _, err := w.Write(line); err != nil {
				return nil, err
			}
		}
		err := w.Close()
		return b.Bytes(), err
	}
	packed := func(name string, want Want, make func() ([]byte, error), custom ...string) Case {
		return text("packed/"+name, "", want, custom...).made(make)
	}
	two := func() ([]byte, error) {
		a, err := gzipped(header + good(1, 2))()
		if err != nil {
			return nil, err
		}
		b, err := gzipped(good(3, 4))()
		return append(a, b...), err
	}
	return []Case{
		packed("gzip", ok(2000), gzipped(many)),
		packed("gzip-two-members", ok(4), two),
		packed("gzip-cut", refused(fault.DeliveryCut, "cut off"), changed(gzipped(many), cut)),
		packed("gzip-no-trailer", refused(fault.DeliveryCut, "cut off"), changed(gzipped(many), func(b []byte) []byte { return b[:len(b)-8] })),
		packed("gzip-wrong-checksum", refused(fault.DeliveryDamaged, "damaged"), changed(gzipped(many), flip(6))),
		packed("gzip-wrong-size", refused(fault.DeliveryDamaged, "damaged"), changed(gzipped(many), flip(2))),
		packed("gzip-damaged", refused(fault.DeliveryDamaged, "damaged"), changed(gzipped(many), func(b []byte) []byte {
			for i := range 40 {
				b[len(b)/2+i] ^= 0xA5
			}
			return b
		})),
		packed("gzip-and-garbage", refused(fault.DeliveryDamaged, "behind the end"), changed(gzipped(many), func(b []byte) []byte { return append(b, "garbage behind it"...) })),
		packed("gzip-of-html", refused(fault.DeliveryKind, "web page"), gzipped("<html><body>Log in</body></html>")),
		packed("gzip-of-gzip", refused(fault.DeliveryPacked, "twice"), func() ([]byte, error) {
			inner, err := gzipped(many)()
			if err != nil {
				return nil, err
			}
			return gzipped(string(inner))()
		}),
		packed("gzip-said-none", refused(fault.DeliveryPacked, "gzip"), gzipped(many), "dialect: {compression: none}"),
		packed("gzip-said-not-there", refused(fault.DeliveryPacked, "not packed"), constant([]byte(many)), "dialect: {compression: gzip}"),
		packed("gzip-bomb", refused(fault.DeliveryTooLarge, "times its size"), bomb),
		packed("zstd", ok(2000), zstdPacked(many)),
		packed("zstd-cut", refused(fault.DeliveryCut, "cut off"), changed(zstdPacked(many), cut)),
		packed("zstd-wrong-checksum", refused(fault.DeliveryDamaged, "damaged"), changed(zstdPacked(many), flip(2))),
		packed("zip", ok(2000), zipped(entry{"invoices.csv", many})),
		packed("zip-with-folder", ok(2000), zipped(entry{"export/", ""}, entry{"export/invoices.csv", many}, entry{"__MACOSX/export/._invoices.csv", "x"})),
		packed("zip-of-two", refused(fault.DeliveryPacked, "2 files"), zipped(entry{"a.csv", many}, entry{"b.csv", many})),
		packed("zip-empty", refused(fault.DeliveryPacked, "no file"), zipped()),
		packed("zip-cut", refused(fault.DeliveryCut, "cut off"), changed(zipped(entry{"invoices.csv", many}), cut)),
		packed("zip-wrong-checksum", refused(fault.DeliveryDamaged, "damaged"), changed(zipped(entry{"invoices.csv", many}), wrongZipSum)),
		packed("zip-encrypted", refused(fault.DeliveryEncrypted, "password"), changed(zipped(entry{"invoices.csv", many}), encryptedZip)),
		packed("zip-of-html", refused(fault.DeliveryKind, "web page"), zipped(entry{"invoices.csv", "<html></html>"})),
	}
}

// wrongZipSum changes the checksum in the central directory of an archive.
func wrongZipSum(b []byte) []byte {
	b[bytes.LastIndex(b, []byte("PK\x01\x02"))+16] ^= 1
	return b
}

// encryptedZip sets the flag of an encrypted entry.
func encryptedZip(b []byte) []byte {
	b[bytes.LastIndex(b, []byte("PK\x01\x02"))+8] |= 1
	b[bytes.Index(b, []byte("PK\x03\x04"))+6] |= 1
	return b
}
