package schemas

import (
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/zeebo/xxh3"
)

// ID names a row or its content: the upper 126 bits of an XXH3-128 hash, held
// as a DECIMAL(38,0) so that it stays one fixed-width column in Arrow and in
// DuckDB. It depends on content alone, never on a position in a file.
type ID = decimal128.Num

// fieldEnd separates the parts of a hashed tuple, so that ("ab","c") and
// ("a","bc") differ. It cannot occur in decoded text: 0xFF is never valid UTF-8.
const fieldEnd = 0xFF

// AppendPart adds one part of a tuple to buf in the form that HashID expects.
// A missing part is written differently from an empty one.
func AppendPart(buf []byte, part string, present bool) []byte {
	if !present {
		return append(buf, 0xFE, fieldEnd)
	}
	buf = append(buf, part...)
	return append(buf, fieldEnd)
}

// HashID hashes a tuple written by AppendPart.
func HashID(tuple []byte) ID {
	h := xxh3.Hash128(tuple)
	return decimal128.New(int64(h.Hi>>2), h.Lo)
}

// Key63 reduces an ID to a positive BIGINT, for keys that name a row or a
// file without being allocated (source_customer_key, file_key).
func Key63(id ID) int64 {
	k := int64(id.LowBits() &^ (1 << 63))
	if k == 0 {
		return 1
	}
	return k
}

// FileKey names one addressable table of one delivery: the feed, the sha256
// (lower-case hex) of the delivered bytes, and the sheet ("" where the format
// has none).
func FileKey(feed, sha256, sheet string) int64 {
	buf := make([]byte, 0, 128)
	buf = AppendPart(buf, "file", true)
	buf = AppendPart(buf, feed, true)
	buf = AppendPart(buf, sha256, true)
	buf = AppendPart(buf, sheet, true)
	return Key63(HashID(buf))
}

// CustomerKey names one party of one source system: the immutable
// source_customer_key of the facts and the record id of matching. Rows of
// several feeds that name the same customer id of the same system share it.
func CustomerKey(system, customerID string) int64 {
	buf := make([]byte, 0, 64)
	buf = AppendPart(buf, "customer", true)
	buf = AppendPart(buf, system, true)
	buf = AppendPart(buf, customerID, true)
	return Key63(HashID(buf))
}
