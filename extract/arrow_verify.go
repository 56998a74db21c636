package extract

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"io"

	"github.com/apache/arrow-go/v18/parquet/metadata"
)

// Damaged lengths in the descriptions of an Arrow file make the library ask for
// more memory than there is, which nothing can recover from. So the lengths are
// proved first: no list can be longer than the bytes that hold it.
// The numbers are those of Arrow's format: Message.fbs, Schema.fbs, File.fbs.

var errArrowLengths = errors.New("its description of the columns contradicts itself")

const (
	streamMark      = 0xFFFFFFFF // before each message
	largestMessage  = 64 << 20   // without its body
	deepestFields   = 64         // lists of lists of …
	footerEntry     = 24         // of a record batch in a file's footer
	messageSchema   = 1          // kinds of messages
	messageDict     = 2
	messageBatch    = 3
	refBytes        = 4
	bufferBytes     = 16 // of a buffer or a column in a record batch
	arrowSchemaName = "ARROW:schema"
)

// flatTable is a table of a flatbuffer: its fields are found by their number.
type flatTable struct {
	buf []byte
	at  int
}

// flatRoot is the outermost table of a buffer.
func flatRoot(buf []byte) (flatTable, bool) { return flatTable{buf: buf}.ref(0) }

// ref follows the offset that stands at a place.
func (t flatTable) ref(at int) (flatTable, bool) {
	if at < 0 || at+refBytes > len(t.buf) {
		return t, false
	}
	t.at = at + int(binary.LittleEndian.Uint32(t.buf[at:]))
	return t, t.at+refBytes <= len(t.buf)
}

// field is where a field stands, 0 = it has none; ok is false where that lies
// outside the buffer.
func (t flatTable) field(number int) (at int, ok bool) {
	names := t.at - int(int32(binary.LittleEndian.Uint32(t.buf[t.at:])))
	if names < 0 || names+refBytes > len(t.buf) {
		return 0, false
	}
	size := int(binary.LittleEndian.Uint16(t.buf[names:]))
	entry := refBytes + 2*number
	if entry+2 > size {
		return 0, true
	}
	if names+entry+2 > len(t.buf) {
		return 0, false
	}
	offset := int(binary.LittleEndian.Uint16(t.buf[names+entry:]))
	if offset == 0 {
		return 0, true
	}
	return t.at + offset, t.at+offset < len(t.buf)
}

// table is a field that is a table; found is false where there is none.
func (t flatTable) table(number int) (inner flatTable, found, ok bool) {
	at, ok := t.field(number)
	if !ok || at == 0 {
		return t, false, ok
	}
	inner, ok = t.ref(at)
	return inner, ok, ok
}

// list is a field that is a list of elements of a size: where the first stands,
// and how many there are.
func (t flatTable) list(number, size int) (first, count int, ok bool) {
	head, found, ok := t.table(number)
	if !found {
		return 0, 0, ok
	}
	count = int(binary.LittleEndian.Uint32(t.buf[head.at:]))
	first = head.at + refBytes
	return first, count, count <= (len(t.buf)-first)/size
}

// schemaFits says whether a schema's lists are no longer than its bytes.
func schemaFits(schema flatTable) bool {
	const fields, custom = 1, 2
	_, _, ok := schema.list(custom, refBytes)
	left := len(schema.buf) / refBytes
	return ok && fieldsFit(schema, fields, deepestFields, &left)
}

// fieldsFit proves a list of fields and those below them. left is how many more
// there may be: damage can make many lists share their fields, which then double
// from level to level.
func fieldsFit(t flatTable, number, depth int, left *int) bool {
	const children, custom = 5, 6
	first, count, ok := t.list(number, refBytes)
	if *left -= count; !ok || count > 0 && depth == 0 || *left < 0 {
		return false
	}
	for i := range count {
		field, ok := t.ref(first + i*refBytes)
		if !ok {
			return false
		}
		if _, _, ok := field.list(custom, refBytes); !ok || !fieldsFit(field, children, depth-1, left) {
			return false
		}
	}
	return true
}

// messageFits says whether the lists of a message are no longer than its bytes,
// and how long its body is.
func messageFits(buf []byte) (body int64, ok bool) {
	const kindOf, header, bodyLength = 1, 2, 3
	message, ok := flatRoot(buf)
	if !ok {
		return 0, false
	}
	at, ok := message.field(bodyLength)
	if !ok || at > 0 && at+8 > len(buf) {
		return 0, false
	}
	if at > 0 {
		body = int64(binary.LittleEndian.Uint64(buf[at:]))
	}
	kind, ok := message.field(kindOf)
	inner, found, fine := message.table(header)
	if !ok || !fine || body < 0 {
		return 0, false
	}
	if kind == 0 || !found {
		return body, true
	}
	switch buf[kind] {
	case messageSchema:
		return body, schemaFits(inner)
	case messageDict:
		batch, _, ok := inner.table(1)
		return body, ok && batchFits(batch)
	case messageBatch:
		return body, batchFits(inner)
	}
	return body, true
}

func batchFits(batch flatTable) bool {
	const nodes, buffers, counts = 1, 2, 4
	for number, size := range map[int]int{nodes: bufferBytes, buffers: bufferBytes, counts: 8} {
		if _, _, ok := batch.list(number, size); !ok {
			return false
		}
	}
	return true
}

// proveStream walks the messages of an Arrow stream that is size bytes long.
func proveStream(in io.ReaderAt, size int64) error {
	for at := int64(0); at < size; {
		head := make([]byte, 2*refBytes)
		if n, err := in.ReadAt(head, at); n < len(head) && !errors.Is(err, io.EOF) {
			return err
		}
		length := int64(binary.LittleEndian.Uint32(head[refBytes:]))
		at += int64(len(head))
		if first := binary.LittleEndian.Uint32(head); first != streamMark {
			length, at = int64(first), at-refBytes // old writers put no mark before the length
		}
		if length == 0 {
			return nil
		}
		body, err := proveMessage(in, at, length, size)
		if err != nil {
			return err
		}
		at += length + body
	}
	return nil
}

// proveMessage proves the lengths of one message, and returns that of its body.
func proveMessage(in io.ReaderAt, at, length, size int64) (int64, error) {
	if at < 0 || length < 0 || length > largestMessage || at > size-length {
		return 0, errArrowLengths
	}
	buf := make([]byte, length)
	if _, err := in.ReadAt(buf, at); err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	body, ok := messageFits(buf)
	if !ok || body > size-at-length {
		return 0, errArrowLengths
	}
	return body, nil
}

// proveFile proves the lengths in the footer of an Arrow file, and those of its
// record batches.
func proveFile(in io.ReaderAt, size int64) error {
	const schema, dictionaries, batches = 1, 2, 3
	end := make([]byte, refBytes+len(arrowMagic))
	if size < int64(len(end)) {
		return io.ErrUnexpectedEOF
	}
	if _, err := in.ReadAt(end, size-int64(len(end))); err != nil {
		return err
	}
	length := int64(binary.LittleEndian.Uint32(end))
	from := size - int64(len(end)) - length
	if !bytes.HasSuffix(end, []byte(arrowMagic)) || from < 0 || length > largestMessage {
		return io.ErrUnexpectedEOF
	}
	buf := make([]byte, length)
	if _, err := in.ReadAt(buf, from); err != nil {
		return err
	}
	footer, ok := flatRoot(buf)
	if !ok {
		return errArrowLengths
	}
	if columns, found, ok := footer.table(schema); !ok || found && !schemaFits(columns) {
		return errArrowLengths
	}
	for _, number := range []int{dictionaries, batches} {
		first, count, ok := footer.list(number, footerEntry)
		if !ok {
			return errArrowLengths
		}
		for i := range count {
			if err := proveBlock(in, buf[first+i*footerEntry:], size); err != nil {
				return err
			}
		}
	}
	return nil
}

// proveBlock proves a message that a footer points to.
func proveBlock(in io.ReaderAt, block []byte, size int64) error {
	at, length := int64(binary.LittleEndian.Uint64(block)), int64(int32(binary.LittleEndian.Uint32(block[8:])))
	body := int64(binary.LittleEndian.Uint64(block[16:]))
	if at < 0 || length < 2*refBytes || length > largestMessage || body < 0 || at > size-length || body > size-length-at {
		return errArrowLengths
	}
	head := make([]byte, 2*refBytes)
	if _, err := in.ReadAt(head, at); err != nil {
		return err
	}
	start := int64(refBytes)
	if binary.LittleEndian.Uint32(head) == streamMark {
		start *= 2
	}
	_, err := proveMessage(in, at+start, length-start, size)
	return err
}

// proveColumns proves the description of the columns that writers of Arrow put
// into a Parquet file.
func proveColumns(meta metadata.KeyValueMetadata) error {
	if meta == nil {
		return nil
	}
	text := meta.FindValue(arrowSchemaName)
	if text == nil {
		return nil
	}
	raw, err := base64.StdEncoding.DecodeString(*text)
	if err != nil {
		raw, err = base64.RawStdEncoding.DecodeString(*text)
	}
	if err != nil {
		return err
	}
	return proveStream(bytes.NewReader(raw), int64(len(raw)))
}
