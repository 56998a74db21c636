package extract

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"loadstar/schemas/fault"
)

// zstdWindow bounds the memory of a zstd stream; longer windows are refused.
const zstdWindow = 128 << 20

func isGzip(head []byte) bool { return bytes.HasPrefix(head, []byte{0x1f, 0x8b}) }
func isZstd(head []byte) bool { return bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}) }

// decompress unpacks gzip and zstd by the stream's first bytes; declared is
// the contract's compression, which they must not contradict. The returned
// reader fails, rather than ends, where the stream is cut off or its checksum
// is wrong.
func decompress(in *bufio.Reader, declared string) (io.ReadCloser, error) {
	head, err := in.Peek(4)
	if err != nil && err != io.EOF {
		return nil, err
	}
	found := ""
	switch {
	case isGzip(head):
		found = "gzip"
	case isZstd(head):
		found = "zstd"
	}
	switch declared {
	case "", found:
	case "none":
		if found != "" {
			return nil, fmt.Errorf("it is packed with %s, the contract says compression: none; set compression: %s", found, found)
		}
	case "gzip", "zstd":
		if found == "" {
			return nil, fmt.Errorf("it is not packed, or not with %s as the contract says; drop compression from the contract's dialect to take both", declared)
		}
		return nil, fmt.Errorf("it is packed with %s, the contract says %s; set compression: %s", found, declared, found)
	default:
		return nil, fmt.Errorf("the contract's compression %q is not gzip, zstd or none", declared)
	}
	switch found {
	case "gzip":
		unpack, err := gzip.NewReader(in)
		if err != nil {
			return nil, damaged(found, err)
		}
		return &proved{in: unpack, close: unpack.Close, kind: found}, nil
	case "zstd":
		unpack, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(zstdWindow))
		if err != nil {
			return nil, damaged(found, err)
		}
		return &proved{in: unpack, close: func() error { unpack.Close(); return nil }, kind: found}, nil
	}
	return io.NopCloser(in), nil
}

// proved ends only where the packed stream's own checksum agrees.
type proved struct {
	in    io.Reader
	close func() error
	kind  string
}

func (p *proved) Read(b []byte) (int, error) {
	n, err := p.in.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		err = damaged(p.kind, err)
	}
	return n, err
}

func (p *proved) Close() error { return p.close() }

func damaged(kind string, err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return fault.New(fault.DeliveryPacked, "the %s file is cut off; deliver it again (%w)", kind, io.ErrUnexpectedEOF)
	}
	return fault.New(fault.DeliveryPacked, "the %s file is damaged; deliver it again: %w", kind, err)
}
