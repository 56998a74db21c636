package extract

import (
	"bufio"
	"context"
	"hash/crc32"
	"io"

	"github.com/apache/arrow-go/v18/parquet/metadata"
	"github.com/apache/thrift/lib/go/thrift"

	"loadstar/schemas/fault"
)

// checkSums proves the checksums that a writer put into the pages of a
// column, for the library reads past them. Pages without one, and headers that
// can't be read here, are left to the library.
func checkSums(ctx context.Context, in io.ReaderAt, column *metadata.ColumnChunkMetaData) error {
	start := columnStart(column)
	for end := start + column.TotalCompressedSize(); start < end; {
		if err := ctx.Err(); err != nil {
			return err
		}
		page, ok := readPageHeader(ctx, io.NewSectionReader(in, start, end-start))
		if !ok {
			return nil
		}
		body := io.NewSectionReader(in, start+page.header, int64(page.size))
		start += page.header + int64(page.size)
		if !page.hasSum {
			continue
		}
		sum := crc32.NewIEEE()
		if n, err := io.Copy(sum, body); err != nil || n != int64(page.size) {
			return err // a page that reaches beyond the file is the library's to refuse
		}
		if sum.Sum32() != page.sum {
			return fault.New(fault.DeliveryDamaged, "the file is damaged: a page does not agree with its checksum; deliver it again")
		}
	}
	return nil
}

// pageHeader is what of a page's header tells where it ends and what its sum is.
type pageHeader struct {
	header int64 // bytes of the header itself
	size   int32 // bytes of the page behind it, as they stand in the file
	sum    uint32
	hasSum bool
}

// Numbers of the fields of a page header in Parquet's Thrift definition.
const (
	pageSizeField = 3
	pageSumField  = 4
)

// longestPageHeader bounds what a damaged header can have allocated.
const longestPageHeader = 1 << 20

func readPageHeader(ctx context.Context, in *io.SectionReader) (pageHeader, bool) {
	buffered := bufio.NewReader(in)
	p := thrift.NewTCompactProtocolConf(&thrift.StreamTransport{Reader: buffered}, &thrift.TConfiguration{MaxMessageSize: longestPageHeader})
	var page pageHeader
	if _, err := p.ReadStructBegin(ctx); err != nil {
		return page, false
	}
	for {
		_, kind, id, err := p.ReadFieldBegin(ctx)
		switch {
		case err != nil:
			return page, false
		case kind == thrift.STOP:
			taken, err := in.Seek(0, io.SeekCurrent)
			page.header = taken - int64(buffered.Buffered())
			return page, err == nil && page.size > 0
		case kind == thrift.I32 && id == pageSizeField:
			page.size, err = p.ReadI32(ctx)
		case kind == thrift.I32 && id == pageSumField:
			var sum int32
			sum, err = p.ReadI32(ctx)
			page.sum, page.hasSum = uint32(sum), true // the 32 bits are stored as a signed number
		default:
			err = p.Skip(ctx, kind)
		}
		if err != nil {
			return page, false
		}
	}
}
