package extract

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"loadstar/schemas/fault"
)

// zstdWindow bounds the memory of a zstd stream; longer windows are refused.
const zstdWindow = 128 << 20

func isGzip(head []byte) bool { return bytes.HasPrefix(head, []byte{0x1f, 0x8b}) }

// isZstd knows a frame of data and one that readers skip.
func isZstd(head []byte) bool {
	return bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}) || len(head) >= 4 && head[0]&0xF0 == 0x50 && bytes.Equal(head[1:4], []byte{0x2a, 0x4d, 0x18})
}

func isZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}

// packedAs names how a file is packed by its first bytes, "" where it is not.
func packedAs(head []byte) string {
	switch {
	case isGzip(head):
		return "gzip"
	case isZstd(head):
		return "zstd"
	case isZip(head):
		return "zip"
	}
	return ""
}

// unpacked is the text of a delivery and how it was packed.
type unpacked struct {
	io.Reader
	kind  string // "" = it was not
	close func() error
}

// Close frees what unpacking took.
func (u *unpacked) Close() error {
	if u.close == nil {
		return nil
	}
	return u.close()
}

// decompress unpacks gzip, zstd and zip by the file's first bytes; declared is
// the contract's compression, which they must not contradict. in reads file
// from its start. The returned reader fails, rather than ends, where the
// packed bytes are cut off or their checksum is wrong.
func decompress(file *os.File, in *bufio.Reader, declared string) (*unpacked, error) {
	head, err := in.Peek(4)
	if err != nil && err != io.EOF {
		return nil, err
	}
	found := packedAs(head)
	switch {
	case declared == "" || declared == found:
	case declared == "none" && found == "":
	case declared == "none":
		return nil, fault.New(fault.DeliveryPacked, "it is packed with %s, the contract says compression: none; set compression: %s", found, found)
	case found == "":
		return nil, fault.New(fault.DeliveryPacked, "it is not packed, or not with %s as the contract says; drop compression from the contract's dialect to take both", declared)
	default:
		return nil, fault.New(fault.DeliveryPacked, "it is packed with %s, the contract says %s; set compression: %s", found, declared, found)
	}
	u := &unpacked{Reader: in, kind: found}
	packed := &counted{in: in}
	var inner io.Reader
	switch found {
	case "gzip":
		reader, err := gzip.NewReader(packed)
		if err != nil {
			return nil, damaged(found, err)
		}
		reader.Multistream(false)
		inner, u.close = &gzipMembers{Reader: reader, packed: packed}, reader.Close
	case "zstd":
		reader, err := zstd.NewReader(packed, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(zstdWindow))
		if err != nil {
			return nil, damaged(found, err)
		}
		inner, u.close = reader, func() error { reader.Close(); return nil }
	case "zip":
		reader, err := onlyEntry(file, packed)
		if err != nil {
			return nil, err
		}
		inner, u.close = reader, reader.Close
	default:
		return u, nil
	}
	u.Reader = &proved{in: inner, packed: packed, kind: found}
	return u, nil
}

// gzipMembers reads the members of a gzip file one behind the other, so that
// what is no member behind the last is told from one that is cut off.
type gzipMembers struct {
	*gzip.Reader
	packed *counted
}

// Read reads from the member at hand, and goes on with the next behind its end.
func (g *gzipMembers) Read(p []byte) (int, error) {
	n, err := g.Reader.Read(p)
	if !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return n, err
	}
	head, peeked := g.packed.in.Peek(2)
	switch {
	case len(head) == 0 && errors.Is(peeked, io.EOF):
		return n, io.EOF
	case len(head) == 2 && !isGzip(head):
		return n, fault.New(fault.DeliveryDamaged, "there is more behind the end of the gzip file, which is no gzip; deliver it again")
	}
	if err := g.Reset(g.packed); err != nil {
		return n, damaged("gzip", err)
	}
	g.Multistream(false)
	return n, nil
}

// onlyEntry opens the one file in a zip archive and tells packed its size.
func onlyEntry(file *os.File, packed *counted) (io.ReadCloser, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(file, info.Size())
	if err != nil {
		return nil, fault.New(fault.DeliveryCut, "it is a zip archive or an Excel workbook that is damaged or cut off; deliver it again: %w", err)
	}
	for _, f := range archive.File {
		if strings.EqualFold(f.Name, "xl/workbook.xml") || strings.EqualFold(f.Name, "[Content_Types].xml") {
			return nil, fault.New(fault.DeliveryKind, "it is an Excel workbook or another Office document, not text; read it with from: {excel: …}")
		}
	}
	files := PackedFiles(archive)
	switch {
	case len(files) == 0:
		return nil, fault.New(fault.DeliveryPacked, "the zip file holds no file")
	case len(files) > 1:
		return nil, errManyPacked(files)
	case files[0].Flags&1 != 0:
		return nil, fault.New(fault.DeliveryEncrypted, "the zip file needs a password; pack it without")
	}
	packed.n = int64(files[0].CompressedSize64)
	entry, err := files[0].Open()
	if errors.Is(err, zip.ErrAlgorithm) {
		return nil, fault.New(fault.DeliveryPacked, "the zip file is packed by method %d, which is not read; pack it the usual way (deflate)", files[0].Method)
	}
	if err != nil {
		return nil, fault.New(fault.DeliveryDamaged, "the zip file is damaged; deliver it again: %w", err)
	}
	return entry, nil
}

// counted counts the packed bytes that were read.
type counted struct {
	in *bufio.Reader
	n  int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.n += int64(n)
	return n, err
}

// ReadByte lets gzip read no further than it must.
func (c *counted) ReadByte() (byte, error) {
	b, err := c.in.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}

// Bounds of what a packed text may unpack to. Tables reach a tenth of the
// ratio; what was made to exhaust memory or time reaches all of a packer's.
const (
	freeTextBytes = 4 << 20
	maxTextRatio  = 250
)

// proved ends only where the packed stream's own checksum agrees, and fails
// where it unpacks to absurdly much.
type proved struct {
	in     io.Reader
	packed *counted
	kind   string
	n      int64
}

func (p *proved) Read(b []byte) (int, error) {
	n, err := p.in.Read(b)
	p.n += int64(n)
	if p.n > freeTextBytes && p.n/maxTextRatio > p.packed.n {
		return 0, fault.New(fault.DeliveryTooLarge, "the %s file unpacks to more than %d times its size: it looks made to exhaust memory", p.kind, maxTextRatio)
	}
	if err != nil && !errors.Is(err, io.EOF) && fault.CodeOf(err) == "" {
		err = damaged(p.kind, err)
	}
	return n, err
}

func damaged(kind string, err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return fault.New(fault.DeliveryCut, "the %s file is cut off; deliver it again (%w)", kind, io.ErrUnexpectedEOF)
	}
	return fault.New(fault.DeliveryDamaged, "the %s file is damaged; deliver it again: %w", kind, err)
}
