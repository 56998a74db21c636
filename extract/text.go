package extract

import (
	"bufio"
	"errors"
	"io"
	"os"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// readAhead is the buffer between a file and its decoders.
const readAhead = 256 << 10

// textFile is a landed delivery as UTF-8 text, unpacked, without byte order
// mark; bytes its encoding does not define read as undecodable.
type textFile struct {
	io.Reader
	closers []func() error
}

// openText opens a delivery of a text format. It refuses files that are not
// text of that format, naming what they are.
func openText(l Landed, d schemas.Dialect, c charset) (*textFile, error) {
	file, err := os.Open(l.File)
	if err != nil {
		return nil, err
	}
	t := &textFile{closers: []func() error{file.Close}}
	if err := t.decode(file, d, c); err != nil {
		return nil, errors.Join(err, t.Close())
	}
	return t, nil
}

func (t *textFile) decode(file *os.File, d schemas.Dialect, c charset) error {
	raw := bufio.NewReaderSize(file, readAhead)
	if err := refuseBinary(raw, d.Format); err != nil {
		return err
	}
	unpacked, err := decompress(file, raw, d.Compression)
	if err != nil {
		return err
	}
	t.closers = append(t.closers, unpacked.Close)
	inner := bufio.NewReaderSize(unpacked, readAhead)
	if err := refuseBinary(inner, d.Format); err != nil {
		return err
	}
	if err := refuseTwicePacked(inner, unpacked.kind); err != nil {
		return err
	}
	if err := c.refuseWide(inner); err != nil {
		return err
	}
	decoded, err := c.reader(inner)
	if err != nil {
		return err
	}
	text := bufio.NewReaderSize(decoded, 4<<10)
	head, err := text.Peek(sniffBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	t.Reader = text
	return refuseText(head, d.Format)
}

func refuseBinary(in *bufio.Reader, format string) error {
	head, err := in.Peek(sniffBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if kind := binaryKind(head); kind != "" && !isZip(head) {
		return fault.New(fault.DeliveryKind, "it is %s, not %s", kind, format)
	}
	return nil
}

// refuseTwicePacked refuses what is packed within a packed file.
func refuseTwicePacked(in *bufio.Reader, outer string) error {
	head, err := in.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if outer != "" && packedAs(head) != "" {
		return fault.New(fault.DeliveryPacked, "it is packed twice, with %s in %s; pack it once", packedAs(head), outer)
	}
	return nil
}

// Close closes what openText opened.
func (t *textFile) Close() error {
	var err error
	for i := len(t.closers) - 1; i >= 0; i-- {
		err = errors.Join(err, t.closers[i]())
	}
	t.closers = nil
	return err
}
