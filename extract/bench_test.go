package extract

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loadstar/schemas"
)

// csvSample writes rows of eight columns, one in ten with a quoted line feed
// and one in a thousand ragged.
func csvSample(b *testing.B, rows int) Landed {
	b.Helper()
	var text strings.Builder
	text.WriteString("order_id,line,product,quantity,unit_price,currency,ordered_at,note\n")
	for i := range rows {
		note := "plain note"
		if i%10 == 0 {
			note = "\"first line\nsecond, \"\"quoted\"\" line\""
		}
		if i%1000 == 999 {
			note += ",surplus"
		}
		fmt.Fprintf(&text, "%d,%d,P-%05d,%d,%d.%02d,EUR,2026-0%d-%02d 10:11:12,%s\n",
			1000000+i, i%7, i%4000, i%9+1, i%500, i%100, i%9+1, i%28+1, note)
	}
	file := filepath.Join(b.TempDir(), "sample.csv")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	return Landed{Feed: "feed", Path: "sample.csv", SHA256: strings.Repeat("0", 64), File: file, Size: int64(text.Len())}
}

func benchSource(b *testing.B, c schemas.Contract, l Landed, decode func(Chunk) int64) {
	b.Helper()
	b.SetBytes(l.Size)
	b.ReportAllocs()
	for b.Loop() {
		s, err := Open(c, l)
		if err != nil {
			b.Fatal(err)
		}
		var rows int64
		for chunk, err := range s.Chunks(context.Background()) {
			if err != nil {
				b.Fatal(err)
			}
			rows += decode(chunk)
		}
		if rows < 0 {
			b.Fatal("no rows")
		}
	}
}

func decodeChunk(b *testing.B) func(Chunk) int64 {
	return func(c Chunk) int64 {
		dec, err := c(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		if dec.Record == nil {
			return 0
		}
		defer dec.Record.Release()
		return dec.Record.NumRows()
	}
}

func BenchmarkCSVSplit(b *testing.B) {
	l := csvSample(b, 300000)
	benchSource(b, schemas.Contract{Feed: "feed", Dialect: csvDialect(nil)}, l, func(Chunk) int64 { return 0 })
}

func BenchmarkCSVDecode(b *testing.B) {
	l := csvSample(b, 300000)
	benchSource(b, schemas.Contract{Feed: "feed", Dialect: csvDialect(nil)}, l, decodeChunk(b))
}

func BenchmarkJSONDecode(b *testing.B) {
	var text strings.Builder
	for i := range 60000 {
		fmt.Fprintf(&text, `{"order_id":"O-%07d","customer":{"id":"C%05d","email":"person%d@example.org"},"status":"paid","currency":"EUR","total":%d.%02d,"placed_at":"2026-01-%02dT10:11:12Z","lines":[{"line_id":1,"sku":"P-%04d","title":"Squeegee, \"large\"","quantity":%d,"unit_price":9.50},{"line_id":2,"sku":"P-%04d","title":"Cloth","quantity":1,"unit_price":1.25}]}`+"\n",
			i, i%5000, i%5000, i%900, i%100, i%28+1, i%4000, i%5, i%3000)
	}
	l := landBytes(b, "sample.jsonl", []byte(text.String()))
	c := jsonContract("jsonl", object("orders", "", "order_id", "customer.id", "status", "currency", "total", "placed_at"),
		object("lines", "lines", "../order_id", "line_id", "sku", "title", "quantity", "unit_price"))
	benchSource(b, c, l, decodeChunk(b))
}
