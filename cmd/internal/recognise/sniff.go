package recognise

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/transform"

	"loadstar/extract"
	"loadstar/schemas"
)

const (
	headBytes = 256 << 10 // looked at to find the format, delimiter and header
	scanBlock = 1 << 20
	zipMagic  = "PK\x03\x04"
)

// sniff finds out format, encoding and dialect of the file.
func (in *File) sniff(h Hints, t *WordTables) error {
	head, err := in.head()
	if err != nil {
		return err
	}
	in.Dialect = schemas.Dialect{Header: 1, HeaderJoin: " ", HiddenRows: "keep", Sheets: "*", Quote: `"`, Ragged: "pad", Trim: true}
	switch {
	case bytes.HasPrefix(head, []byte("PAR1")):
		in.Dialect.Format = "parquet"
	case extract.IsArrow(head):
		in.Dialect.Format = "arrow"
	case bytes.HasPrefix(head, []byte(zipMagic)):
		in.Dialect.Format, in.Dialect.HeaderFind = "excel", t.labels
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return errors.New("it is an old Excel file (xls) or an encrypted workbook; save it as xlsx without a password")
	default:
		return in.sniffText(h, t, head)
	}
	in.HasHeader = true
	in.columns = in.Dialect.Format != "excel" && extract.HasNested(in.Path, in.Dialect.Format)
	return nil
}

// head gives the first bytes of the file, unpacked.
func (in *File) head() ([]byte, error) {
	text, err := openUnpacked(in.Path)
	if err != nil {
		return nil, err
	}
	head := make([]byte, headBytes)
	n, err := io.ReadFull(text, head)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return head[:n], errors.Join(err, text.Close())
}

// unpacked is a file read through its decompressor.
type unpacked struct {
	io.Reader
	plain *os.File // the file itself where it is not packed
	size  int64    // of it
	close []func() error
}

// Close closes the decompressor and the file.
func (u *unpacked) Close() error {
	var err error
	for _, c := range u.close {
		err = errors.Join(err, c())
	}
	return err
}

func openUnpacked(path string) (*unpacked, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if u, err := openArchive(file); u != nil || err != nil {
		return u, err
	}
	in := bufio.NewReaderSize(file, scanBlock)
	magic, err := in.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, errors.Join(err, file.Close())
	}
	info, err := file.Stat()
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	u := &unpacked{Reader: in, plain: file, size: info.Size(), close: []func() error{file.Close}}
	switch {
	case bytes.HasPrefix(magic, []byte("\x1f\x8b")):
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("unpack gzip: %w", err), file.Close())
		}
		u.Reader, u.plain, u.close = z, nil, []func() error{z.Close, file.Close}
	case bytes.HasPrefix(magic, []byte("\x28\xb5\x2f\xfd")):
		z, err := zstd.NewReader(in)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("unpack zstd: %w", err), file.Close())
		}
		u.Reader, u.plain, u.close = z, nil, []func() error{func() error { z.Close(); return nil }, file.Close}
	}
	return u, nil
}

// openArchive opens the one file of a zip archive; nil, nil where the file is
// none, or a workbook.
func openArchive(file *os.File) (*unpacked, error) {
	magic := make([]byte, len(zipMagic))
	if _, err := file.ReadAt(magic, 0); err != nil || string(magic) != zipMagic {
		return nil, nil // a short file is for the caller
	}
	info, err := file.Stat()
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	archive, err := zip.NewReader(file, info.Size())
	if err != nil {
		return nil, nil // the reader of workbooks says what is wrong
	}
	for _, f := range archive.File {
		if f.Name == "[Content_Types].xml" || f.Name == "mimetype" {
			return nil, nil
		}
	}
	files := extract.PackedFiles(archive)
	if len(files) != 1 {
		return nil, errors.Join(fmt.Errorf("it is a zip archive of %d files: unpack it", len(files)), file.Close())
	}
	text, err := files[0].Open()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("unpack zip: %w", err), file.Close())
	}
	return &unpacked{Reader: text, close: []func() error{text.Close, file.Close}}, nil
}

func (in *File) sniffText(h Hints, t *WordTables, head []byte) error {
	var err error
	if in.Dialect.Encoding, err = in.encoding(h.Encoding, head); err != nil {
		return err
	}
	text := decodeHead(head, in.Dialect.Encoding)
	if strings.ContainsRune(text, 0) {
		return errors.New("it is no text, Excel, Parquet, Arrow or JSON file")
	}
	trimmed := strings.TrimLeft(text, " \t\r\n")
	switch {
	case trimmed == "":
		return errors.New("the file holds no text")
	case trimmed[0] == '{':
		in.Dialect.Format = "jsonl"
		if !looksLikeLines(trimmed) {
			in.Dialect.Format = "json"
		}
	case trimmed[0] == '[':
		in.Dialect.Format = "json"
	case in.sniffFixed(h, text, len(head) == headBytes):
	default:
		in.Dialect.Format = "csv"
		if err := in.sniffCSV(h, t, text, len(head) == headBytes); err != nil {
			return err
		}
	}
	if in.Dialect.Format == "json" || in.Dialect.Format == "jsonl" {
		in.HasHeader = true
	}
	in.EndsLine, err = endsLine(in.Path)
	return err
}

// sniffFixed notes the columns of fixed text; false where the text is none, or
// the user knows its delimiter.
func (in *File) sniffFixed(h Hints, text string, cut bool) bool {
	f, ok := sniffFixed(text, cut)
	if !ok || h.Delimiter != "" {
		return false
	}
	in.Dialect.Format, in.Dialect.Skip, in.Dialect.Header, in.Fixed = "fixed", f.skip, f.header, f.columns
	in.HasHeader = f.header > 0
	if in.HasHeader {
		in.Note("%d columns stand at the same places of each line, below their names", len(f.columns))
	} else {
		in.Note("%d columns stand at the same places of each line; no line names them: they are called column_1, column_2, …", len(f.columns))
	}
	if f.skip > 0 {
		in.Note("%d lines above the header are left out", f.skip)
	}
	return true
}

// endsLine says whether the last line of a text file ends: one that does not
// may be cut off.
func endsLine(path string) (ends bool, err error) {
	text, err := openUnpacked(path)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, text.Close()) }()
	if text.plain != nil {
		if _, err := text.plain.Seek(-min(text.size, scanBlock), io.SeekEnd); err != nil {
			return false, err
		}
		text.Reader = text.plain
	}
	tail := make([]byte, 0, 2*scanBlock)
	for {
		n, err := text.Read(tail[len(tail) : len(tail)+scanBlock])
		tail = tail[:len(tail)+n]
		switch {
		case errors.Is(err, io.EOF):
			tail = bytes.TrimRight(tail, "\x00") // of UTF-16, little end first
			return bytes.HasSuffix(tail, []byte("\n")) || bytes.HasSuffix(tail, []byte("\r")), nil
		case err != nil:
			return false, err
		case len(tail) >= scanBlock:
			tail = append(tail[:0], tail[len(tail)-4:]...)
		}
	}
}

// looksLikeLines says whether the first line is a whole JSON object.
func looksLikeLines(text string) bool {
	line, _, more := strings.Cut(text, "\n")
	line = strings.TrimSpace(line)
	var first json.RawMessage
	if in := json.NewDecoder(strings.NewReader(line)); in.Decode(&first) == nil && in.More() {
		return false // several records stand on it
	}
	return !more || strings.HasSuffix(line, "}") || len(line) > 1 && !strings.HasSuffix(line, "{") && !strings.HasSuffix(line, ",")
}

// encoding is the one asked for, that of the byte order mark, UTF-8 where all
// of the file is, else the one that its bytes speak for.
func (in *File) encoding(asked string, head []byte) (string, error) {
	switch {
	case asked != "":
		return asked, nil
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return "utf-16le", nil
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return "utf-16be", nil
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return "utf-8", nil
	}
	if order := utf16Order(head); order != "" {
		return order, nil
	}
	isUTF8, page, err := in.scanEncoding()
	switch {
	case err != nil:
		return "", err
	case isUTF8:
		return "utf-8", nil
	}
	in.Note("the file is not UTF-8; its letters are read as those of %s (--encoding says otherwise)", page)
	return page, nil
}

// utf16Order tells UTF-16 without a mark: every other byte of Latin text is
// zero.
func utf16Order(head []byte) string {
	const look = 512
	var even, odd int
	n := min(len(head), look) &^ 1
	for i := 0; i < n; i += 2 {
		if head[i] == 0 {
			even++
		}
		if head[i+1] == 0 {
			odd++
		}
	}
	switch {
	case n >= 8 && odd > n/2*7/10 && even == 0:
		return "utf-16le"
	case n >= 8 && even > n/2*7/10 && odd == 0:
		return "utf-16be"
	}
	return ""
}

// scanEncoding reads the whole file: is it UTF-8, and if not, what do its
// bytes beyond ASCII speak for?
func (in *File) scanEncoding() (isUTF8 bool, page string, err error) {
	text, err := openUnpacked(in.Path)
	if err != nil {
		return false, "", err
	}
	defer func() { err = errors.Join(err, text.Close()) }()
	var evidence extract.CodePages
	block := make([]byte, 0, scanBlock)
	var wide, broken int
	for {
		n, err := io.ReadFull(text, block[len(block):cap(block)])
		block = block[:len(block)+n]
		atEnd := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !atEnd {
			return false, "", err
		}
		whole := len(block)
		if !atEnd { // a character may be cut at the end
			for back := 1; back < utf8.UTFMax && whole > 0 && !utf8.RuneStart(block[whole-1]); back++ {
				whole--
			}
			if whole > 0 && block[whole-1] >= utf8.RuneSelf {
				whole--
			}
		}
		w, b := utf8Evidence(block[:whole])
		wide, broken = wide+w, broken+b
		in.Wide, in.Broken = wide, broken
		if broken > 0 { // what came before is ASCII, or speaks for UTF-8
			evidence.Add(block[:whole])
		}
		switch {
		case atEnd && broken > 0 && wide >= mostlyUTF8*broken:
			in.Note("%d bytes are not UTF-8, beside %d characters that are: their rows are broken", broken, wide)
			return true, "", nil
		case atEnd && broken == 0:
			return true, "", nil
		case atEnd:
			return false, evidence.Encoding(), nil
		}
		rest := copy(block, block[whole:])
		block = block[:rest]
	}
}

// mostlyUTF8 is how many characters of several bytes speak for UTF-8 against
// one broken byte: text of a code page has hardly any.
const mostlyUTF8 = 8

// utf8Evidence counts characters of several bytes, and bytes that are none of
// any.
func utf8Evidence(text []byte) (wide, broken int) {
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			broken++
		} else {
			wide++
		}
		i += size
	}
	return wide, broken
}

// decodeHead gives the head as UTF-8; what can't be decoded is dropped. The
// real reading is done by package extract, which refuses such rows.
func decodeHead(head []byte, encoding string) string {
	if strings.HasPrefix(encoding, "utf-16") {
		units := make([]byte, 0, len(head))
		for i := 0; i+1 < len(head); i += 2 {
			low, high := head[i], head[i+1]
			if encoding == "utf-16be" {
				low, high = high, low
			}
			units = utf8.AppendRune(units, rune(high)<<8|rune(low))
		}
		return strings.TrimPrefix(string(units), "\ufeff")
	}
	if found, err := ianaindex.IANA.Encoding(encoding); err == nil && found != nil && encoding != "utf-8" {
		if text, _, err := transform.Bytes(found.NewDecoder(), head); err == nil {
			head = text
		}
	}
	return strings.TrimPrefix(strings.ToValidUTF8(string(head), ""), "\ufeff")
}

// isTabFile says whether the name promises tabs.
func isTabFile(path string) bool {
	name := strings.ToLower(filepath.Base(path))
	return strings.HasSuffix(name, ".tsv") || strings.Contains(name, ".tsv.") || strings.HasSuffix(name, ".tab")
}
