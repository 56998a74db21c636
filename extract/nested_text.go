package extract

import (
	"fmt"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

const (
	// nestedRows is how many rows with nested columns become one batch; each may
	// hold many others.
	nestedRows = 2048
	// nestedBytes bounds their text.
	nestedBytes = 256 << 20
	// batchBytes is how large their columns may be: fewer rows are taken where
	// each is large.
	batchBytes = 8 << 20
)

// rowsOfBatch is how many rows like those of a record go into a batch.
func rowsOfBatch(record arrow.RecordBatch) int64 {
	size := uint64(0)
	for _, column := range record.Columns() {
		size += column.Data().SizeInBytes()
	}
	each := max(1, int64(size)/max(1, record.NumRows()))
	return min(nestedRows, max(1, batchBytes/each))
}

// yieldRecords yields the rows of a batch with nested columns, whose first has
// number first.
func (t *parquetTable) yieldRecords(record arrow.RecordBatch, first int64, yield func(Chunk) bool) bool {
	step := rowsOfBatch(record)
	for from := int64(0); from < record.NumRows(); from += step {
		part := record.NewSlice(from, min(record.NumRows(), from+step))
		if !t.records.share(func() (decoded []schemas.Decoded, err error) {
			defer part.Release()
			var block jsonBlock
			if err = guarded(func() error { block, err = t.recordText(part, first+from); return err }); err == nil {
				decoded, err = t.records.decode(block)
			}
			if err != nil {
				return nil, fmt.Errorf("read %s: rows from %d: %w", t.at.File, first+from, err)
			}
			return decoded, nil
		}, yield) {
			return false
		}
	}
	return true
}

// recordText writes each row as a JSON object.
func (t *parquetTable) recordText(record arrow.RecordBatch, first int64) (jsonBlock, error) {
	rows := int(record.NumRows())
	block := jsonBlock{text: t.records.free.get(jsonBlockBytes), records: make([]jsonRecord, 0, rows)}
	var scratch []byte
	for i := range rows {
		from := len(block.text)
		for c, values := range record.Columns() {
			block.text = append(appendQuoted(append(block.text, "{,"[min(c, 1)]), []byte(record.ColumnName(c))), ':')
			block.text, scratch = appendJSON(block.text, scratch, values, i)
		}
		block.text = append(block.text, '}', '\n')
		switch size := len(block.text); {
		case size-from > recordBytes:
			return block, errLongRecord
		case size > nestedBytes:
			return block, fault.New(fault.DeliveryTooLarge, "%d rows hold more than %d MB; deliver their lists as a file of its own", i+1, nestedBytes>>20)
		}
		block.records = append(block.records, jsonRecord{from: from, to: len(block.text), row: first + int64(i)})
	}
	for range slack {
		block.text = append(block.text, '\n')
	}
	block.text = block.text[:len(block.text)-slack]
	return block, nil
}

// appendJSON appends a value as JSON: structs and maps as objects, lists as
// lists, single values by their exact text. It returns scratch for the next.
func appendJSON(to, scratch []byte, values arrow.Array, i int) (text, rest []byte) {
	if isNull(values, i) {
		return append(to, "null"...), scratch
	}
	switch v := values.(type) {
	case *array.Struct:
		to = append(to, '{')
		for c, field := range v.DataType().(*arrow.StructType).Fields() {
			if c > 0 {
				to = append(to, ',')
			}
			to = append(appendQuoted(to, []byte(field.Name)), ':')
			to, scratch = appendJSON(to, scratch, v.Field(c), i)
		}
		return append(to, '}'), scratch
	case *array.Map:
		return appendPairs(to, scratch, v, i)
	case array.ListLike:
		start, end := v.ValueOffsets(i)
		to = append(to, '[')
		for at := start; at < end; at++ {
			if at > start {
				to = append(to, ',')
			}
			to, scratch = appendJSON(to, scratch, v.ListValues(), int(at))
		}
		return append(to, ']'), scratch
	case *array.Dictionary:
		return appendJSON(to, scratch, v.Dictionary(), v.GetValueIndex(i))
	}
	scratch = appendValue(scratch[:0], values, i)
	if isBare(values.DataType().ID(), scratch) {
		return append(to, scratch...), scratch
	}
	return appendQuoted(to, scratch), scratch
}

func appendPairs(to, scratch []byte, v *array.Map, i int) (text, rest []byte) {
	start, end := v.ValueOffsets(i)
	to = append(to, '{')
	for at := int(start); at < int(end); at++ {
		if at > int(start) {
			to = append(to, ',')
		}
		scratch = scratch[:0]
		if !isNull(v.Keys(), at) {
			scratch = appendValue(scratch, v.Keys(), at)
		}
		to = append(appendQuoted(to, scratch), ':')
		to, scratch = appendJSON(to, scratch, v.Items(), at)
	}
	return append(to, '}'), scratch
}

// isBare says whether the text of a value of a type stands in JSON as it is.
func isBare(t arrow.Type, text []byte) bool {
	switch {
	case t == arrow.BOOL, arrow.IsInteger(t):
		return true
	case arrow.IsFloating(t), arrow.IsDecimal(t):
		last := text[len(text)-1]
		return last >= '0' && last <= '9' // neither NaN nor infinite
	}
	return false
}

// appendQuoted appends text as a string of JSON. Bytes that are no text stay as
// they are: whoever reads them refuses the record.
func appendQuoted(to, text []byte) []byte {
	const hex = "0123456789abcdef"
	to = append(to, '"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			to = append(to, '\\', c)
		case c < ' ':
			to = append(to, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			to = append(to, c)
		}
	}
	return append(to, '"')
}
