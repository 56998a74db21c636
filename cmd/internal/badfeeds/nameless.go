package badfeeds

import (
	"strings"

	"loadstar/schemas/fault"
)

// namelessCases are ids that are none, or that hold what nobody sees, and files
// that are of no kind that is read.
func namelessCases() []Case {
	ids := func(name string, want Want, texts ...string) Case {
		var b strings.Builder
		b.WriteString(header)
		for _, id := range texts {
			b.WriteString(id + ",open,2026-01-02,100.50,1\n")
		}
		return text("key/"+name, b.String()+good(7, 7), want)
	}
	is := func(name, content, part string) Case {
		return text("kind/"+name, content, refused(fault.DeliveryKind, part))
	}
	customer := func(name, id, wanted string) Case {
		return text("key/"+name, "invoice_id,customer_id,total_amount\nI-1,"+id+",100.50\nI-2,C-2,100.50\n", ok(2).with("I-1.customer_id", wanted)).withProperties(`
      - {name: invoice_id, primaryKey: true}
      - {name: customer_id}
      - {name: total_amount, logicalType: number, required: true}`)
	}
	zeros := strings.Repeat("\x00", 64)
	return []Case{
		ids("null-word", ok(1, "2 key.missing"), "NULL"),
		ids("null-words", ok(1, "2 key.missing", "3 key.missing", "4 key.missing", "5 key.missing"), "(null)", "None", "undefined", "n/a"),
		ids("nan", ok(1, "2 key.missing"), "nan"),
		ids("dash", ok(1, "2 key.missing"), "-"),
		ids("words-that-name-something", ok(4), "NA", "null-7", "Nancy"),
		ids("mark-without-width", ok(2), "I\u200b-8"),
		ids("direction-marks", ok(2).with("I-8.status", "open"), "\u202aI-8\u202c"),
		ids("seen-and-unseen-are-one", ok(3), "I-8", "I\u2060-8"),
		customer("nan-for-another", "nan", "nan"),
		customer("null-for-another", "NULL", "NULL"),
		customer("another-that-is-called-so", "None-7", "None-7"),
		is("orc", "ORC\x08"+zeros, "ORC"),
		text("kind/no-orc", "ORCID,invoice_id,total_amount\n7,I-1,100.50\n", ok(1)).withProperties(amountAlone),
		is("feather-of-version-1", "FEA1"+zeros, "Feather"),
		is("hdf5", "\x89HDF\r\n\x1a\n"+zeros, "HDF5"),
		is("dbase", "\x03\x7e\x01\x05\x03\x00\x00\x00\x61\x00\x1f\x00"+strings.Repeat("\x00", 20)+"INVOICE_ID\x00C"+zeros, "dBase"),
		is("lotus", "\x00\x00\x02\x00\x06\x04\x06\x00"+zeros, "Lotus"),
		is("sylk", "ID;PWXL;N;E\r\nC;Y1;X1;K\"invoice_id\"\r\nE\r\n", "SYLK"),
		text("kind/no-sylk", "ID;Price;invoice_id;total_amount\n7;1;I-1;100.50\n", ok(1)).withProperties(amountAlone, "dialect: {delimiter: \";\"}"),
		is("dif", "TABLE\r\n0,1\r\n\"EXCEL\"\r\n", "DIF"),
		is("swift", "{1:F01BANKDEFFXXXX}{2:I940}{4:\r\n:20:A\r\n-}", "SWIFT"),
		is("link", "L\x00\x00\x00\x01\x14\x02\x00"+zeros, "link"),
		is("snappy", "\xff\x06\x00\x00sNaPpY"+zeros, "Snappy"),
		is("zlib", "\x78\x9c"+zeros, "zlib"),
		is("cabinet", "MSCF\x00"+zeros, "cabinet"),
		is("openssl", "Salted__"+zeros, "OpenSSL"),
		is("age", "age-encryption.org/v1\n-> X25519 x\n", "age"),
		is("pkcs7", "-----BEGIN PKCS7-----\nMIIB\n", "PKCS"),
		is("saved-page", "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "MIME"),
		is("comment-before-html", "\n<!-- made by a report -->\n<html></html>", "HTML"),
		is("property-list", "bplist00\xd4", "property list"),
	}
}

const amountAlone = `
      - {name: invoice_id, primaryKey: true}
      - {name: total_amount, logicalType: number, required: true}`
