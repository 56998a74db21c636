package extract

import (
	"bytes"
	"strings"

	"loadstar/schemas/fault"
)

// sniffBytes is how much of a file is looked at to see what it is.
const sniffBytes = 512

// binaryKind names what a file is by its first bytes, "" where they are no
// known binary format. Packed streams that are unpacked on the way have no
// kind here.
func binaryKind(head []byte) string {
	for _, known := range []struct{ magic, kind string }{
		{"PK\x03\x04", "a zip archive or an Excel workbook (xlsx)"},
		{"PK\x05\x06", "an empty zip archive"},
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (xls) or an encrypted workbook"},
		{"%PDF-", "a PDF document"},
		{"SQLite format 3\x00", "an SQLite database"},
		{"PAR1", "a Parquet file"},
		{"ARROW1", "an Arrow file"},
		{"BZh", "a bzip2 archive"},
		{"\x04\x22\x4d\x18", "an LZ4 archive"},
		{"\x1f\x9d", "an archive of compress (.Z)"},
		{"Obj\x01", "an Avro file"},
		{"\x00\x01\x00\x00Standard ", "an Access database"},
		{"$FL2@(#)", "an SPSS file"},
		{"\xfd7zXZ\x00", "an xz archive"},
		{"\x89HDF\r\n\x1a\n", "an HDF5 file"},
		{"\x93NUMPY", "an array of NumPy"},
		{"L\x00\x00\x00\x01\x14\x02\x00", "a link to a file (lnk)"},
		{"bplist00", "a property list of macOS"},
		{"\xff\x06\x00\x00sNaPpY", "a Snappy archive"},
		{"LZIP\x01", "an lzip archive"},
		{"\x89LZO\x00", "an lzop archive"},
		{"MSCF\x00", "a cabinet of Windows"},
		{"Salted__", "a file encrypted by OpenSSL"},
		{"\x00\x00\x02\x00\x06\x04\x06\x00", "a Lotus 1-2-3 worksheet"},
		{"\x78\x9c", "a stream of zlib"},
		{"\x78\xda", "a stream of zlib"},
		{"7z\xbc\xaf\x27\x1c", "a 7z archive"},
		{"Rar!\x1a\x07", "a RAR archive"},
		{"\x89PNG\r\n\x1a\n", "a PNG picture"},
		{"\xff\xd8\xff", "a JPEG picture"},
		{"GIF8", "a GIF picture"},
		{"\x7fELF", "a program"},
		{"MZ\x90\x00", "a program of Windows, perhaps an archive that unpacks itself"},
	} {
		if bytes.HasPrefix(head, []byte(known.magic)) {
			return known.kind
		}
	}
	switch hasNUL := bytes.IndexByte(head, 0) >= 0; {
	case isDBase(head):
		return "a dBase table (dbf)"
	case hasNUL && bytes.HasPrefix(head, []byte("ORC")):
		return "an ORC file"
	case hasNUL && bytes.HasPrefix(head, []byte("FEA1")):
		return "a Feather file of version 1"
	}
	if tarMark := "ustar"; len(head) >= tarMarkAt+len(tarMark) && string(head[tarMarkAt:tarMarkAt+len(tarMark)]) == tarMark {
		return "a tar archive"
	}
	return ""
}

// isDBase knows the head of a dBase table: its version, a day, and nothing but
// the lengths of head and row before a gap of NUL bytes.
func isDBase(head []byte) bool {
	const gap, fields = 12, 32
	versions := []byte{0x03, 0x30, 0x31, 0x83, 0x8b, 0xf5}
	return len(head) > fields && bytes.IndexByte(versions, head[0]) >= 0 && head[2]-1 < 12 && head[3]-1 < 31 &&
		len(bytes.Trim(head[gap:fields-4], "\x00")) == 0
}

// tarMarkAt is where a tar archive says that it is one.
const tarMarkAt = 257

// markupKind names what a text is by its beginning, "" where it may well be a
// table or records.
func markupKind(text []byte) string {
	start := strings.ToLower(string(bytes.TrimLeft(text, " \t\r\n")))
	for _, known := range []struct{ prefix, kind string }{
		{"<!doctype html", "a web page (HTML), perhaps a log-in or error page"},
		{"<html", "a web page (HTML), perhaps a log-in or error page"},
		{"<head", "a web page (HTML), perhaps a log-in or error page"},
		{"<body", "a web page (HTML), perhaps a log-in or error page"},
		{"<table", "a table in HTML"},
		{"<?xml", "an XML document"},
		{"<!--", "a document in HTML or XML"},
		{"mime-version:", "a saved web page or a mail (MIME)"},
		{"id;pwxl", "a table in SYLK, to be saved as csv or xlsx"},
		{"{1:f01", "a SWIFT message"},
		{"age-encryption.org/", "a file encrypted by age"},
		{"-----begin pkcs7", "an encrypted or signed text (PKCS #7)"},
		{"-----begin cms", "an encrypted or signed text (CMS)"},
		{"table\r\n0,1\r\n", "a table in DIF, to be saved as csv or xlsx"},
		{`{\rtf`, "an RTF document"},
		{"<stata_dta>", "a Stata file"},
		{"begin:vcalendar", "a calendar (iCalendar)"},
		{"begin:vcard", "address cards (vCard)"},
		{"-----begin pgp", "an encrypted or signed text (PGP)"},
		{"[internetshortcut]", "a link to a web page (URL)"},
		{"version https://git-lfs.", "a Git LFS pointer: the file itself was not fetched"},
		{"una:+", "an EDIFACT message"},
		{"unb+uno", "an EDIFACT message"},
		{"isa*00*", "an X12 message"},
	} {
		if strings.HasPrefix(start, known.prefix) {
			return known.kind
		}
	}
	return ""
}

// isJSON says whether a text begins as JSON objects or arrays do.
func isJSON(text []byte) bool {
	text = bytes.TrimLeft(text, " \t\r\n")
	if len(text) < 2 || text[0] != '{' && text[0] != '[' {
		return false
	}
	if text[0] == '{' {
		next := bytes.TrimLeft(text[1:], " \t\r\n")
		return len(next) > 0 && (next[0] == '"' || next[0] == '}')
	}
	next := bytes.TrimLeft(text[1:], " \t\r\n")
	return len(next) > 0 && strings.IndexByte(`{["]`, next[0]) >= 0
}

// refuseText explains why a text can't be read in the contract's format, nil
// where nothing speaks against it.
func refuseText(head []byte, format string) error {
	if kind := markupKind(head); kind != "" {
		return fault.New(fault.DeliveryKind, "it is %s, not %s", kind, format)
	}
	if (format == "csv" || format == "fixed") && isJSON(head) {
		return fault.New(fault.DeliveryKind, "it is JSON, not %s; set format: jsonl or json in the contract's dialect", format)
	}
	if format == "jsonl" || format == "json" {
		text := bytes.TrimLeft(head, " \t\r\n")
		if len(text) > 0 && text[0] != '[' && text[0] != '{' {
			return fault.New(fault.DeliveryKind, "it is no JSON: it does not begin with a record in braces")
		}
		if format == "jsonl" && len(text) > 0 && text[0] == '[' {
			return fault.New(fault.DeliveryKind, "it is one JSON array, not a record a line; set format: json in the contract's dialect")
		}
	}
	return nil
}
