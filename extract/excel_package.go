package extract

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"loadstar/schemas/fault"
)

// Limits of what a workbook may unpack to. Worksheets are streamed, so their
// size costs time only; the other parts are held in memory.
const (
	maxPackageParts = 20_000
	maxPartBytes    = 4 << 30  // of a worksheet or the shared strings, unpacked
	maxSmallPart    = 32 << 20 // of every other part
	maxPackRatio    = 150      // unpacked to packed, where unpacked is over freePartBytes
	freePartBytes   = 8 << 20
)

// ErrEncrypted says that a workbook needs a password.
var ErrEncrypted = fault.New(fault.DeliveryEncrypted, "it is an encrypted workbook; save it without a password")

// workbookFile is the zip archive of an opened workbook.
type workbookFile struct {
	file  *os.File
	parts map[string]*zip.File // by lower-case name, with slashes
}

// openPackage opens a workbook's archive. Files that are no workbook of the
// zip kind are refused with what they are.
func openPackage(name string) (*workbookFile, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	w := &workbookFile{file: file, parts: map[string]*zip.File{}}
	if err := w.index(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return w, nil
}

func (w *workbookFile) index() error {
	info, err := w.file.Stat()
	if err != nil {
		return err
	}
	if err := refuseNoPackage(w.file, info.Size()); err != nil {
		return err
	}
	archive, err := zip.NewReader(w.file, info.Size())
	if err != nil {
		return fault.New(fault.DeliveryDamaged, "the workbook is damaged or cut off: %w", err)
	}
	if len(archive.File) > maxPackageParts {
		return fault.New(fault.DeliveryTooLarge, "the workbook has %d parts, more than the %d that are allowed", len(archive.File), maxPackageParts)
	}
	twice := map[string]bool{}
	for _, part := range archive.File {
		key := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(part.Name, `\`, "/"), "/"))
		if _, known := w.parts[key]; known {
			twice[key] = true
		}
		w.parts[key] = part
	}
	for key := range twice {
		if strings.HasPrefix(key, "xl/") {
			return fault.New(fault.DeliveryDamaged, "the workbook is damaged: it has its part %s twice", key)
		}
	}
	return nil
}

// Close closes the file.
func (w *workbookFile) Close() error { return w.file.Close() }

func refuseNoPackage(file *os.File, size int64) error {
	head := make([]byte, sniffBytes)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	head = head[:n]
	switch {
	case n == 0:
		return fault.New(fault.DeliveryEmpty, "the file is empty")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return nil
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return refuseCompound(io.NewSectionReader(file, 0, size))
	case len(head) > 3 && head[0] == 9 && (head[1] == 0 || head[1] == 2 || head[1] == 4 || head[1] == 8) && head[3] == 0:
		return errOldExcel
	}
	if kind := binaryKind(head); kind != "" {
		return fault.New(fault.DeliveryKind, "it is %s, not an Excel workbook", kind)
	}
	if kind := markupKind(head); kind != "" {
		return fault.New(fault.DeliveryKind, "it is %s under the name of a workbook; save it as xlsx", kind)
	}
	return fault.New(fault.DeliveryKind, "it is no Excel workbook (xlsx): its first bytes are not those of one")
}

var errOldExcel = fault.New(fault.DeliveryKind, "it is a workbook of the old binary format (xls); save it as xlsx")

// refuseCompound tells apart the two kinds of workbook in an OLE container.
func refuseCompound(r io.Reader) error {
	const name = "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
	buf := make([]byte, 0, 64<<10)
	for {
		n, err := io.ReadFull(r, buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if bytes.Contains(buf, []byte(name)) {
			return ErrEncrypted
		}
		if err != nil {
			return errOldExcel
		}
		buf = append(buf[:0], buf[len(buf)-len(name):]...)
	}
}

// part opens one part for reading, unpacked and as UTF-8.
func (w *workbookFile) part(name string, limit int64) (io.ReadCloser, error) {
	part := w.find(name)
	if part == nil || name == "" {
		return nil, fault.New(fault.DeliveryDamaged, "the workbook is damaged: it lacks the part %q that it names", name)
	}
	unpacked, packed := part.UncompressedSize64, part.CompressedSize64
	switch {
	case part.Flags&1 != 0:
		return nil, ErrEncrypted
	case unpacked > uint64(limit):
		return nil, fault.New(fault.DeliveryTooLarge, "part %s unpacks to %d MB, more than the %d MB that are allowed", name, unpacked>>20, limit>>20)
	case unpacked > freePartBytes && unpacked/maxPackRatio > packed:
		return nil, fault.New(fault.DeliveryTooLarge, "part %s unpacks to more than %d times its size: the workbook looks made to exhaust memory", name, maxPackRatio)
	}
	in, err := part.Open()
	if errors.Is(err, zip.ErrAlgorithm) {
		return nil, fault.New(fault.DeliveryPacked, "part %s is packed by method %d, as no spreadsheet program packs: save the workbook again", name, part.Method)
	}
	if err != nil {
		return nil, damagedPart(name, err)
	}
	// The archive checks the size it declares only when all is read.
	bounded := &boundedReader{in: in, left: int64(unpacked)}
	text, err := utf8Part(bounded)
	if err != nil {
		return nil, damagedPart(name, err)
	}
	return struct {
		io.Reader
		toldOnce
	}{text, toldOnce{in}}, nil
}

// toldOnce closes a part without telling the error of its last read again,
// which is all that the closing of unpacked bytes tells.
type toldOnce struct{ io.Closer }

// Close closes the part.
func (t toldOnce) Close() error {
	_ = t.Closer.Close()
	return nil
}

func damagedPart(name string, err error) error {
	return fault.New(fault.DeliveryDamaged, "the workbook is damaged or cut off: part %s: %w", name, err)
}

func (w *workbookFile) find(name string) *zip.File {
	return w.parts[strings.ToLower(strings.TrimPrefix(path.Clean("/"+name), "/"))]
}

// readPart reads a small part whole.
func (w *workbookFile) readPart(name string) (_ []byte, err error) {
	in, err := w.part(name, maxSmallPart)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	text, err := io.ReadAll(in)
	if err != nil {
		return nil, damagedPart(name, err)
	}
	return text, nil
}

// boundedReader refuses parts that unpack to more than they declare.
type boundedReader struct {
	in   io.Reader
	left int64
}

// Read reads from the part.
func (b *boundedReader) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	b.left -= int64(n)
	if b.left < 0 {
		return 0, fault.New(fault.DeliveryDamaged, "it unpacks to more than it declares")
	}
	return n, err
}

// utf8Part decodes a part that is not in UTF-8, as its first bytes say.
func utf8Part(in io.Reader) (io.Reader, error) {
	text := bufio.NewReaderSize(in, 64<<10)
	head, err := text.Peek(200)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(text), nil
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, err := text.Discard(3)
		return text, err
	}
	name := declaredEncoding(head)
	if name == "" || strings.EqualFold(name, "utf-8") || strings.EqualFold(name, "us-ascii") {
		return text, nil
	}
	encoding, err := htmlindex.Get(name)
	if err != nil {
		return nil, fmt.Errorf("its XML is in an unknown encoding: %w", err)
	}
	return encoding.NewDecoder().Reader(text), nil
}

func declaredEncoding(head []byte) string {
	if !bytes.HasPrefix(head, []byte("<?xml")) {
		return ""
	}
	end := bytes.Index(head, []byte("?>"))
	if end < 0 {
		return ""
	}
	for rest := head[len("<?xml"):end]; ; {
		name, value, after, ok := nextAttr(rest)
		if !ok {
			return ""
		}
		if string(name) == "encoding" {
			return string(value)
		}
		rest = after
	}
}
