package extract

import (
	"bytes"
	"encoding/hex"
	"math"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/extensions"

	"loadstar/schemas"
)

// hasText says whether appendValue knows the type.
func hasText(t arrow.DataType) bool {
	switch t.ID() {
	case arrow.DICTIONARY:
		return hasText(t.(*arrow.DictionaryType).ValueType)
	case arrow.EXTENSION:
		return hasText(t.(arrow.ExtensionType).StorageType())
	case arrow.NULL, arrow.BOOL, arrow.STRING, arrow.LARGE_STRING, arrow.STRING_VIEW, arrow.BINARY, arrow.LARGE_BINARY, arrow.BINARY_VIEW, arrow.FIXED_SIZE_BINARY,
		arrow.INT8, arrow.INT16, arrow.INT32, arrow.INT64, arrow.UINT8, arrow.UINT16, arrow.UINT32, arrow.UINT64,
		arrow.FLOAT16, arrow.FLOAT32, arrow.FLOAT64, arrow.DECIMAL32, arrow.DECIMAL64, arrow.DECIMAL128, arrow.DECIMAL256,
		arrow.DATE32, arrow.DATE64, arrow.TIME32, arrow.TIME64, arrow.TIMESTAMP:
		return true
	}
	return false
}

// isNull says whether a column has no value in a row. Columns that hold none
// at all have no bits for it, and entries of a dictionary may be null.
func isNull(values arrow.Array, i int) bool {
	switch v := values.(type) {
	case *array.Null:
		return true
	case *array.Dictionary:
		return v.IsNull(i) || isNull(v.Dictionary(), v.GetValueIndex(i))
	}
	return values.IsNull(i)
}

// refuseSchema refuses columns that have no text, and two of one name that the
// contract lists.
func refuseSchema(schema *arrow.Schema, objects []schemas.Object) error {
	for _, field := range schema.Fields() {
		if err := refuseType(field.Name, field.Type); err != nil {
			return err
		}
	}
	return refuseRepeated(fieldNames(schema), objects)
}

// appendValue appends the exact text of a value that is not null: numbers in
// digits, times in ISO form (with their offset where they count from UTC), UUIDs
// as they are written, binaries as the text they should be, and those of fixed
// size that are none in hexadecimal.
func appendValue(to []byte, values arrow.Array, i int) []byte {
	switch v := values.(type) {
	case *array.String:
		return append(to, v.Value(i)...)
	case *array.LargeString:
		return append(to, v.Value(i)...)
	case *array.StringView:
		return append(to, v.Value(i)...)
	case *array.BinaryView:
		return append(to, v.Value(i)...)
	case *array.Binary:
		return append(to, v.Value(i)...)
	case *array.LargeBinary:
		return append(to, v.Value(i)...)
	case *array.FixedSizeBinary:
		return appendFixed(to, v.Value(i))
	case *array.Boolean:
		return strconv.AppendBool(to, v.Value(i))
	case *array.Float64:
		return appendFloat(to, v.Value(i), 64)
	case *array.Float32:
		return appendFloat(to, float64(v.Value(i)), 32)
	case *array.Dictionary:
		return appendValue(to, v.Dictionary(), v.GetValueIndex(i))
	case *extensions.UUIDArray:
		return append(to, v.Value(i).String()...)
	case array.ExtensionArray:
		return appendValue(to, v.Storage(), i)
	case *array.Decimal32:
		return append(to, v.Value(i).ToString(v.DataType().(*arrow.Decimal32Type).Scale)...)
	case *array.Decimal64:
		return append(to, v.Value(i).ToString(v.DataType().(*arrow.Decimal64Type).Scale)...)
	case *array.Decimal128:
		return append(to, v.Value(i).ToString(v.DataType().(*arrow.Decimal128Type).Scale)...)
	case *array.Decimal256:
		return append(to, v.Value(i).ToString(v.DataType().(*arrow.Decimal256Type).Scale)...)
	case *array.Date32:
		return v.Value(i).ToTime().AppendFormat(to, time.DateOnly)
	case *array.Date64:
		return v.Value(i).ToTime().AppendFormat(to, time.DateOnly)
	case *array.Time32:
		return v.Value(i).ToTime(v.DataType().(*arrow.Time32Type).Unit).AppendFormat(to, "15:04:05.999999999")
	case *array.Time64:
		return v.Value(i).ToTime(v.DataType().(*arrow.Time64Type).Unit).AppendFormat(to, "15:04:05.999999999")
	case *array.Timestamp:
		return appendTimestamp(to, v.Value(i), v.DataType().(*arrow.TimestampType))
	default:
		return append(to, values.ValueStr(i)...) // integers
	}
}

// appendTimestamp writes a moment that counts from UTC by the clock of the zone
// that its column names: midnight there is that day.
func appendTimestamp(to []byte, value arrow.Timestamp, t *arrow.TimestampType) []byte {
	const local = "2006-01-02T15:04:05.999999999"
	moment := value.ToTime(t.Unit).UTC()
	if t.TimeZone == "" {
		return moment.AppendFormat(to, local)
	}
	if zone, err := t.GetZone(); err == nil && zone != nil {
		moment = moment.In(zone)
	}
	return moment.AppendFormat(to, local+"Z07:00")
}

// widthOfHashes is from how many bytes on binaries of fixed size may be hashes
// or ids; shorter ones are texts.
const widthOfHashes = 8

// appendFixed appends a binary of fixed size: the text that it is, with the NULs
// that fill it up, or where it is none and long enough its hexadecimal digits.
func appendFixed(to, value []byte) []byte {
	if text := bytes.TrimRight(value, "\x00"); len(value) < widthOfHashes || len(text) > 0 && isPlain(text) {
		return append(to, value...)
	}
	return hex.AppendEncode(to, value)
}

// isPlain says whether bytes are text without control characters.
func isPlain(text []byte) bool {
	return utf8.Valid(text) && bytes.IndexFunc(text, unicode.IsControl) < 0
}

func appendFloat(to []byte, value float64, bits int) []byte {
	size := math.Abs(value)
	switch {
	case value == 0:
		return append(to, '0')
	case size >= plainSmallest && size < plainLargest:
		return strconv.AppendFloat(to, value, 'f', -1, bits)
	}
	return strconv.AppendFloat(to, value, 'g', -1, bits)
}

// textBatch turns the columns of a chunk into text.
type textBatch struct {
	*parquetTable
	texts   []textBuilder
	rows    []int64
	nextRow int64
	out     schemas.Decoded
}

func newTextBatch(t *parquetTable, firstRow int64) *textBatch {
	b := &textBatch{parquetTable: t, texts: make([]textBuilder, len(t.names)), nextRow: firstRow}
	for i := range b.texts {
		b.texts[i] = newTextBuilder(0)
	}
	return b
}

// add takes the rows of a record.
func (b *textBatch) add(record arrow.RecordBatch) {
	n := int(record.NumRows())
	bad := b.refuse(record, n)
	for i := range n {
		if !bad[i] {
			b.rows = append(b.rows, b.nextRow+int64(i))
		}
	}
	var text []byte
	for c := range b.texts {
		values := record.Column(c)
		for i := range n {
			switch {
			case bad[i]:
			case isNull(values, i):
				b.texts[c].addNull()
			default:
				text = appendValue(text[:0], values, i)
				b.texts[c].add(text)
			}
		}
	}
	b.nextRow += int64(n)
}

// refuse rejects the rows with texts that are none.
func (b *textBatch) refuse(record arrow.RecordBatch, n int) map[int]bool {
	bad := map[int]bool{}
	var text []byte
	for i := range n {
		for c, name := range b.names {
			values := record.Column(c)
			if isNull(values, i) || !mayBeBadText(values.DataType()) {
				continue
			}
			text = appendValue(text[:0], values, i)
			rule, reason := badText(text, "utf-8")
			if rule == "" {
				continue
			}
			bad[i] = true
			b.out.Rejects = append(b.out.Rejects, b.reject(b.nextRow+int64(i), name, rule, reason, b.raw(record, i)))
			break
		}
	}
	return bad
}

func mayBeBadText(t arrow.DataType) bool {
	switch t.ID() {
	case arrow.STRING, arrow.LARGE_STRING, arrow.STRING_VIEW, arrow.BINARY, arrow.LARGE_BINARY, arrow.BINARY_VIEW, arrow.FIXED_SIZE_BINARY, arrow.DICTIONARY:
		return true
	}
	return false
}

func (b *textBatch) raw(record arrow.RecordBatch, i int) string {
	var r rawRow
	for c, name := range b.names {
		values := record.Column(c)
		if isNull(values, i) {
			r.add(name, "", false)
			continue
		}
		r.add(name, string(appendValue(nil, values, i)), true)
	}
	return r.String()
}

func (b *textBatch) decoded() schemas.Decoded {
	columns := []arrow.Array{int64Column(b.rows)}
	for i := range b.texts {
		columns = append(columns, b.texts[i].array())
	}
	b.out.Record = newRecord(textSchema(b.names), columns, len(b.rows))
	return b.out
}
