package badfeeds

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal256"
	"github.com/apache/arrow-go/v18/arrow/extensions"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"loadstar/schemas/fault"
)

// silentCases are values that other readers round, shift, cut or turn to null
// without a word.
func silentCases() []Case {
	german := `locale: {decimal: ",", group: ".", date: dd.mm.yyyy}`
	amount := func(name, text, rule, wanted string, custom ...string) Case {
		return value("amount-"+name, "total_amount", text, rule, wanted, custom...)
	}
	status := func(name, header, cell string, want Want) Case {
		return text("csv/"+name, header+"I-1,"+cell+",2026-01-02,100.50,1\n"+good(2, 2), want)
	}
	named := func(old, name string) string { return strings.Replace(header, old, name, 1) }
	return []Case{
		amount("whole-and-dash", "5,-", "", "5", german),
		amount("whole-and-long-dash", "1.250,–", "", "1250", german),
		amount("swiss-and-dashes", "5.--", "", "5"),
		amount("dash-within", "5-.50", "type.number", ""),
		amount("phone", "+49 555 010203", "type.number", ""),
		amount("phone-in-brackets", "(0555) 010203", "type.number", ""),
		amount("superscript", "100²", "type.number", ""),
		amount("roman", "Ⅷ", "type.number", ""),
		amount("comma-of-arabic", "12٫50", "type.number", ""),
		amount("binary", "0b101", "type.number", ""),
		amount("octal", "0o17", "type.number", ""),
		amount("three-places-of-millimes", "12.345", "", "12.345", "locale: {currency: TND}"),
		text("value/id-shortened", header+"4.91701E+12,open,2026-01-02,100.50,1\n"+good(2, 2), ok(1, "2 text.shortened")),
		text("value/id-shortened-with-a-comma", header+"\"4,91701E+12\",open,2026-01-02,100.50,1\n"+good(2, 2), ok(1, "2 text.shortened")),
		text("value/id-shortened-to-a-digit", header+"4E+12,open,2026-01-02,100.50,1\n"+good(2, 2), ok(1, "2 text.shortened")),
		text("value/id-of-digits-and-letters", header+"4E12,open,2026-01-02,100.50,1\nA4E+12,open,2026-01-03,100.50,2\n", ok(2)),
		value("text-like-an-exponent", "status", "4.91701E+12", "", "4.91701E+12"),
		value("date-next-line-behind", "invoiced_on", "2026-01-02\u0085", "", "2026-01-02"),
		value("date-of-persia", "invoiced_on", "۱۴۰۴-۱۰-۱۲", "type.date", ""),
		value("date-two-slashes", "invoiced_on", "01//02/2026", "type.date", "", `locale: {group: ",", date: mm/dd/yyyy}`),
		value("date-one-digit-american", "invoiced_on", "1/2/2026", "", "2026-01-02", `locale: {group: ",", date: mm/dd/yyyy}`),
		value("date-with-soft-hyphens", "invoiced_on", "2026\u00ad01\u00ad02", "type.date", ""),
		value("date-with-dashes", "invoiced_on", "2026–01–02", "type.date", ""),
		status("header-no-break-space", named("total_amount", "total\u00a0amount"), "open", ok(2)),
		status("header-zero-width", named("invoice_id", "\u200binvoice_id"), "open", ok(2)),
		status("header-full-width", named("status", "ｓｔａｔｕｓ"), "late", ok(2).with("I-1.status", "late")),
		status("line-feed-before-carriage-return", strings.Replace(header, "\n", "\n\r", 1), "open", ok(2).aside(1)),
		text("csv/line-separators-end-rows", strings.ReplaceAll(header+good(1, 2), "\n", "\u2028"), refused(fault.DriftRenamed, `"quantity" is missing`)),
		text("csv/next-lines-end-rows", strings.ReplaceAll(header+good(1, 2), "\n", "\u0085"), refused(fault.DriftRenamed, `"quantity" is missing`)),
		text("csv/form-feeds-end-rows", strings.ReplaceAll(header+good(1, 2), "\n", "\f"), refused(fault.DriftRenamed, `"quantity" is missing`)),
		text("csv/mark-before-each-row", header+"\ufeffI-1,open,2026-01-02,100.50,1\n\ufeffI-1,open,2026-01-02,100.50,1\n", ok(2)),
		text("csv/headers-differ-in-spaces", "invoice_id,total_amount,total amount\nI-1,100.50,7\n", refused(fault.DeliveryHeader, "total")),
		text("rule/boolean-in-languages", header+yesAndNo(), Want{Loaded: 18, Bad: []string{"20 type.boolean", "21 type.boolean", "22 type.boolean"}}.
			with("I-1.status", "true").with("I-2.status", "false").with("I-17.status", "true").with("I-18.status", "false")).withProperties(
			strings.Replace(properties, "{name: status}", "{name: status, logicalType: boolean}", 1)),
	}
}

// yesAndNo are words for yes and no in turn, then some that are neither.
func yesAndNo() string {
	var b strings.Builder
	for i, w := range []string{"ja", "nein", "oui", "non", "sí", "no", "tak", "nie", "да", "нет", "evet", "hayır", "はい", "いいえ", "WAHR", "FALSCH", "1", "0", "2", "-1", "yes/no"} {
		fmt.Fprintf(&b, "I-%d,%s,2026-01-02,100.50,1\n", i+1, w)
	}
	return b.String()
}

// silentRecords are JSON whose values other readers change.
func silentRecords() []Case {
	lines := func(name, fields string, want Want) Case {
		return text("jsonl/"+name, `{"invoice_id": "I-1", "total_amount": 100.50, `+fields+"}\n"+`{"invoice_id": "I-2", "total_amount": 100.50}`+"\n", want).named("invoices.jsonl", "jsonl")
	}
	return []Case{
		lines("number-for-text-keeps-its-zeros", `"status": 1.10`, ok(2).with("I-1.status", "1.10")),
		lines("long-number-for-text", `"status": 12345678901234567890123`, ok(2).with("I-1.status", "12345678901234567890123")),
		lines("exponent-for-text", `"status": 1e5`, ok(2).with("I-1.status", "1e5")),
		lines("half-surrogate-in-key", `"stat\ud800us": "open"`, ok(1, "1 encoding")),
		lines("whole-as-small-exponent", `"quantity": 1e-7`, ok(1, "1 type.integer")),
		lines("date-as-number", `"invoiced_on": 20260102`, ok(1, "1 type.date")),
		lines("date-as-object-of-mongo", `"invoiced_on": {"$date": "2026-01-02T00:00:00Z"}`, ok(1, "1 json.nested")),
		lines("plus-minus-zero", `"quantity": -0`, ok(2).with("I-1.quantity", "-0")),
	}
}

// silentBooks are workbooks whose cells other readers drop or move.
func silentBooks() []Case {
	cells := func(name string, column int, cell any, want Want, custom ...string) Case {
		return excel(name, rowsWith(column, cell), want, custom...)
	}
	tail := func(name string, rows []string, tail string, want Want, custom ...string) Case {
		return workbookCase(name, book{sheets: []sheet{{name: "Data", rows: rows, tail: tail}}}, want, custom...)
	}
	across := table(1, 3)
	across[2] = row(3, "I-2", "open", nil, 100.5, 2)
	return []Case{
		tail("merged-across", across, `<mergeCells count="1"><mergeCell ref="B3:C3"/></mergeCells>`, ok(3).with("I-2.invoiced_on", "").with("I-2.status", "open")),
		tail("merged-in-header-alone", table(1, 2), `<mergeCells count="1"><mergeCell ref="A1:A1"/></mergeCells>`, ok(2)),
		tail("rows-folded-in", []string{row(1, headerCells...), rowAt(2, 0, ` outlineLevel="1" hidden="1"`, goodCells(1)...), rowAt(3, 0, ` collapsed="1"`, goodCells(2)...)}, "", ok(1).aside(1)),
		tail("filtered-rows-kept", []string{row(1, headerCells...), rowAt(2, 0, ` hidden="1"`, goodCells(1)...), row(3, goodCells(2)...)},
			`<autoFilter ref="A1:E3"><filterColumn colId="1"><filters><filter val="open"/></filters></filterColumn></autoFilter>`, ok(2), "dialect: {hidden_rows: keep}"),
		cells("phone-as-number", 1, 4.91701234567e+12, ok(3).with("I-2.status", "4917012345670")),
		cells("id-of-twenty-digits", 1, xmlCell(`<c r="%s"><v>12345678901234567890</v></c>`), ok(3).with("I-2.status", "12345678901234567890")),
		cells("date-before-1900-as-text", 2, "1899-12-31", ok(3).with("I-2.invoiced_on", "1899-12-31")),
		cells("leap-day-of-1900-as-text", 2, "1900-02-29", ok(2, "Data!C3 type.date")),
		cells("shared-formula-with-result", 3, xmlCell(`<c r="%s"><f t="shared" si="0" ref="D3:D4">B3*2</f><v>100.5</v></c>`), ok(3)),
		cells("formula-of-a-link", 1, xmlCell(`<c r="%s" t="str"><f>[1]Other!A1</f><v>open</v></c>`), ok(3).with("I-2.status", "open")),
		cells("rich-text-with-spaces", 1, xmlCell(`<c r="%s" t="inlineStr"><is><r><t xml:space="preserve">a </t></r><r><t>b</t></r></is></c>`), ok(3).with("I-2.status", "a b")),
		excel("cell-far-right", []string{row(1, headerCells...), row(2, goodCells(1)...), `<row r="3"><c r="A3" t="inlineStr"><is><t>I-2</t></is></c><c r="D3"><v>100.5</v></c><c r="ZZ3"><v>7</v></c></row>`}, ok(2).with("I-2.column_702", "7")),
	}
}

// silentTypes are Parquet and Arrow of other writers.
func silentTypes() []Case {
	const day = 20455
	moments := typed{"invoiced_on", &arrow.TimestampType{Unit: arrow.Nanosecond}, appended(func(b *array.TimestampBuilder) {
		b.AppendValues([]arrow.Timestamp{day * 86_400e9, day*86_400e9 + 1}, nil)
	})}
	wide := typed{"total_amount", &arrow.Decimal256Type{Precision: 60, Scale: 20}, appended(func(b *array.Decimal256Builder) {
		for _, text := range []string{"100.50000000000000000000", "100.50000000000000000001"} {
			n, err := decimal256.FromString(text, 60, 20)
			if err != nil {
				panic(err)
			}
			b.Append(n)
		}
	})}
	lists := typed{"status", arrow.ListOf(arrow.BinaryTypes.String), appended(func(b *array.ListBuilder) {
		for range 2 {
			b.Append(true)
			b.ValueBuilder().(*array.StringBuilder).Append("open")
		}
	})}
	words := typed{"status", arrow.MapOf(arrow.BinaryTypes.String, arrow.BinaryTypes.String), appended(func(b *array.MapBuilder) { b.AppendNull(); b.AppendNull() })}
	ids := typed{"invoice_id", extensions.NewUUIDType(), appended(func(b *extensions.UUIDBuilder) {
		for _, text := range []string{"6ba7b810-9dad-11d1-80b4-00c04fd430c8", "6ba7b811-9dad-11d1-80b4-00c04fd430c8"} {
			if err := b.AppendValueFromString(text); err != nil {
				panic(err)
			}
		}
	})}
	dictionary := typed{"status", &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Uint8, ValueType: arrow.BinaryTypes.String}, appended(func(b *array.BinaryDictionaryBuilder) {
		for _, w := range []string{"open", "late"} {
			if err := b.AppendString(w); err != nil {
				panic(err)
			}
		}
	})}
	all := []Case{
		pq("int96", ok(1, "2 type.date"), []typed{moments}, []pqarrow.WriterOption{pqarrow.WithDeprecatedInt96Timestamps(true)}),
		pq("decimal-256", Want{Loaded: 1, Sum: "100.5", Bad: []string{"2 scale"}}, []typed{wide}, nil),
		pq("list", Want{Bad: []string{"1 json.nested", "2 json.nested"}}, []typed{lists}, nil),
		pq("map", ok(2), []typed{words}, nil),
		pq("uuid", ok(2).with("6ba7b810-9dad-11d1-80b4-00c04fd430c8.status", "open"), []typed{ids}, []pqarrow.WriterOption{pqarrow.WithStoreSchema()}),
		pq("dictionary", ok(2).with("I-2.status", "late"), []typed{dictionary}, []pqarrow.WriterOption{pqarrow.WithStoreSchema()}),
		pq("row-groups-of-one", ok(2), nil, nil, parquet.WithMaxRowGroupLength(1)),
		pq("pages-of-version-2", ok(2), nil, nil, parquet.WithDataPageVersion(parquet.DataPageV2), parquet.WithDictionaryDefault(false)),
		ar("list-of-texts", Want{Bad: []string{"1 json.nested", "2 json.nested"}}, []arrow.RecordBatch{typedRecord(lists)}),
		ar("map", ok(2), []arrow.RecordBatch{typedRecord(words)}),
		ar("uuid", ok(2).with("6ba7b810-9dad-11d1-80b4-00c04fd430c8.status", "open"), []arrow.RecordBatch{typedRecord(ids)}),
		ar("dictionary-replaced", Want{Loaded: 4, Sum: total(4)}.with("I-2.status", "late"), []arrow.RecordBatch{typedRecord(dictionary), typedRecord(dictionary)}),
		ar("dictionary-grows", Want{Loaded: 4, Sum: total(4)}.with("I-2.status", "paid"), growing(), ipc.WithDictionaryDeltas(true)),
		ar("packed-with-lz4", ok(2), []arrow.RecordBatch{typedRecord()}, ipc.WithLZ4()),
		ar("packed-with-zstd", ok(2), []arrow.RecordBatch{typedRecord()}, ipc.WithZstd()),
	}
	for _, codec := range []compress.Compression{compress.Codecs.Brotli, compress.Codecs.Gzip, compress.Codecs.Zstd, compress.Codecs.Snappy} {
		all = append(all, pq("packed-with-"+strings.ToLower(codec.String()), ok(2), nil, nil, parquet.WithCompression(codec)))
	}
	return all
}

// pq is a Parquet file of two rows, with some of its columns replaced.
func pq(name string, want Want, others []typed, options []pqarrow.WriterOption, properties ...parquet.WriterProperty) Case {
	return text("parquet/"+name, "", want).named("invoices.parquet", "parquet").made(parquetWritten(typedRecord(others...), options, properties...))
}

// ar is an Arrow file of some batches.
func ar(name string, want Want, batches []arrow.RecordBatch, options ...ipc.Option) Case {
	return text("arrow/"+name, "", want).named("invoices.arrow", "arrow").made(arrowWritten(batches, options...))
}

// growing are two batches, the second of which adds a word to the dictionary.
func growing() []arrow.RecordBatch {
	column := &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Int8, ValueType: arrow.BinaryTypes.String}
	b := array.NewDictionaryBuilder(memory.DefaultAllocator, column).(*array.BinaryDictionaryBuilder)
	defer b.Release()
	var batches []arrow.RecordBatch
	for _, batch := range [][]string{{"open", "late"}, {"open", "paid"}} {
		for _, w := range batch {
			if err := b.AppendString(w); err != nil {
				panic(err)
			}
		}
		words := b.NewDictionaryArray()
		record := typedRecord()
		fields := slices.Clone(record.Schema().Fields())
		fields[1].Type = column
		columns := slices.Clone(record.Columns())
		columns[1] = words
		batches = append(batches, array.NewRecordBatch(arrow.NewSchema(fields, nil), columns, record.NumRows()))
	}
	return batches
}

func parquetWritten(record arrow.RecordBatch, options []pqarrow.WriterOption, properties ...parquet.WriterProperty) func() ([]byte, error) {
	return func() ([]byte, error) {
		var b bytes.Buffer
		w, err := pqarrow.NewFileWriter(record.Schema(), &b, parquet.NewWriterProperties(properties...), pqarrow.NewArrowWriterProperties(options...))
		if err != nil {
			return nil, err
		}
		if err := w.Write(record); err != nil {
			return nil, err
		}
		err = w.Close()
		return b.Bytes(), err
	}
}

func arrowWritten(batches []arrow.RecordBatch, options ...ipc.Option) func() ([]byte, error) {
	return func() ([]byte, error) {
		var b bytes.Buffer
		w := ipc.NewWriter(&b, append(options, ipc.WithSchema(batches[0].Schema()))...)
		for _, record := range batches {
			if err := w.Write(record); err != nil {
				return nil, err
			}
		}
		err := w.Close()
		return b.Bytes(), err
	}
}

// silentPacks are archives that other readers read half of.
func silentPacks() []Case {
	gz := func(edit func(*gzip.Header), contents ...string) func() ([]byte, error) {
		return func() ([]byte, error) {
			var b bytes.Buffer
			for _, content := range contents {
				w := gzip.NewWriter(&b)
				edit(&w.Header)
				if _, err := w.Write([]byte(content)); err != nil {
					return nil, err
				}
				if err := w.Close(); err != nil {
					return nil, err
				}
			}
			return b.Bytes(), nil
		}
	}
	return []Case{
		text("packed/gzip-member-of-nothing-between", "", ok(4)).named("invoices.csv.gz", "csv").made(gz(func(*gzip.Header) {}, header+good(1, 2), "", good(3, 4))),
		text("packed/gzip-cut-between-lines-of-members", "", ok(3)).named("invoices.csv.gz", "csv").made(gz(func(*gzip.Header) {}, header+good(1, 1)+"I-2,open,2026-", "01-03,100.50,2\n"+good(3, 3))),
		text("packed/gzip-with-extra-field", "", ok(2)).named("invoices.csv.gz", "csv").made(gz(func(h *gzip.Header) { h.Extra, h.Comment = []byte{1, 2, 3}, "of January" }, header+good(1, 2))),
		text("packed/gzip-two-members-with-headers", "", Want{Loaded: 4, Sum: total(4), Aside: 1}).named("invoices.csv.gz", "csv").made(gz(func(*gzip.Header) {}, header+good(1, 2), header+good(3, 4))),
	}
}
