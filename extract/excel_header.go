package extract

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

const (
	// headerRows is within how many rows the header is looked for where the
	// contract does not say.
	headerRows = 200
	// lookAheadRows and lookAheadCells bound how far below the header is
	// looked for columns that have values and no header.
	lookAheadRows  = 1000
	lookAheadCells = 1 << 18
	// mergeBytes bounds how much of what follows the rows is searched for
	// merged cells.
	mergeBytes = 32 << 20
)

// sheetHeader is the header of the table on a worksheet.
type sheetHeader struct {
	columns  []sheetColumn
	rows     [][]string // labels of each header row, by column, white space normal
	joined   [][]string // with the labels of merged cells in all their columns
	firstRow int64      // of the data
	lastRow  int64      // of the data, 0 = with the sheet
}

// headerScan collects what a header is made of.
type headerScan struct {
	top    int64 // first row of the header
	height int64
	end    int64            // last row of the table, 0 = with the sheet
	labels []map[int]string // of each header row, by worksheet column from 0
	seen   bool             // the sheet has any row with a value
	used   map[int]bool     // columns with values, below the header
	cells  int
}

// readHeader finds and reads the header of a worksheet. ok is false where the
// sheet holds nothing.
func (s *sheetReader) readHeader() (header sheetHeader, ok bool, err error) {
	scan, err := s.newScan()
	if err != nil {
		return header, false, err
	}
	if scan.end, err = s.tableEnd(scan.top + scan.height); err != nil {
		return header, false, err
	}
	if err := s.eachRow(scan.add); err != nil {
		return header, false, err
	}
	if !scan.seen {
		return header, false, nil
	}
	if scan.height > 0 && scan.isEmpty() {
		return header, false, fault.New(fault.DeliveryHeader, "row %d, where the header is expected, is empty; name labels of the header in header_find, or set header: 0", scan.top)
	}
	header, err = s.buildHeader(&scan)
	return header, true, err
}

// newScan begins the scan of a header where it stands.
func (s *sheetReader) newScan() (scan headerScan, err error) {
	scan = headerScan{top: 1, height: int64(s.dialect.Header), used: map[int]bool{}}
	if scan.height > 0 && len(s.dialect.HeaderFind) > 0 {
		if scan.top, err = s.findHeader(); err != nil {
			return scan, err
		}
	}
	for range scan.height {
		scan.labels = append(scan.labels, map[int]string{})
	}
	return scan, nil
}

// nearLabels are those of the header of a worksheet, in lower case and sorted, where
// it stands near the top: no more of the sheet is read. nil where it holds none or
// can't be read.
func (s *sheetReader) nearLabels() (labels []string) {
	near := *s
	near.dialect.HeaderIn = 0
	scan, err := near.newScan()
	if err != nil || near.eachRow(scan.add) != nil {
		return nil
	}
	for _, row := range scan.labels {
		for _, label := range row {
			labels = append(labels, strings.ToLower(label))
		}
	}
	slices.Sort(labels)
	return labels
}

// findHeader returns the first row that holds one of the labels that the
// contract names, 1 where none does.
func (s *sheetReader) findHeader() (int64, error) {
	top := int64(1)
	within := int64(cmp.Or(s.dialect.HeaderIn, headerRows))
	labels := normalLabels(s.dialect.HeaderFind)
	err := s.eachRow(func(r *rowReader) bool {
		if r.row > within {
			return false
		}
		if r.holds(labels) {
			top = r.row
			return false
		}
		return true
	})
	return top, err
}

// add takes one row into the scan; false where no more are needed.
func (h *headerScan) add(r *rowReader) bool {
	h.seen = h.seen || len(r.used) > 0
	switch {
	case r.row < h.top:
		return true
	case r.row < h.top+h.height:
		for _, column := range r.used {
			if cell := r.cells[column]; cell.state != cellUncached {
				h.labels[r.row-h.top][column] = normalLabel(string(cell.text))
			}
		}
		return true
	}
	if h.end > 0 && r.row > h.end {
		return false
	}
	h.cells += len(r.used)
	for _, column := range r.used {
		if cell := r.cells[column]; cell.state != cellValue || len(bytes.TrimSpace(cell.text)) > 0 {
			h.used[column] = true
		}
	}
	return r.row < h.top+h.height+lookAheadRows && h.cells < lookAheadCells
}

func normalLabel(text string) string {
	return strings.Join(strings.Fields(strings.ToValidUTF8(text, "\uFFFD")), " ")
}

func (h *headerScan) isEmpty() bool {
	for _, row := range h.labels {
		for _, label := range row {
			if label != "" {
				return false
			}
		}
	}
	return true
}

// width is how far the header and the values below it reach: the first and
// the last worksheet column from 0.
func (h *headerScan) width() (first, last int) {
	first, last = sheetColumns, -1
	see := func(column int) { first, last = min(first, column), max(last, column) }
	for _, row := range h.labels {
		for column, label := range row {
			if label != "" {
				see(column)
			}
		}
	}
	for column := range h.used {
		see(column)
	}
	return first, last
}

func (s *sheetReader) buildHeader(scan *headerScan) (sheetHeader, error) {
	first, last := scan.width()
	if scan.height == 0 {
		first = 0
	}
	header := sheetHeader{firstRow: scan.top + scan.height, lastRow: scan.end}
	parts := make([][]string, scan.height)
	for i, labels := range scan.labels {
		parts[i] = make([]string, last-first+1)
		for column, label := range labels {
			if label != "" {
				parts[i][column-first] = label
			}
		}
		header.rows = append(header.rows, slices.Clone(parts[i]))
	}
	if scan.mayBeMerged(parts) {
		merges, err := s.readMerges(scan.top, header.firstRow-1)
		if err != nil {
			return header, err
		}
		for _, m := range merges {
			spreadMerge(parts, m, scan.top, first+1)
		}
	}
	header.joined = parts
	names := joinHeader(parts, s.dialect.HeaderJoin)
	if scan.height == 0 {
		names = make([]string, last-first+1)
	}
	for i, name := range names {
		if name == "" {
			names[i] = fmt.Sprintf("column_%d", first+i+1)
		}
	}
	for i, name := range columnNames(names) {
		header.columns = append(header.columns, sheetColumn{number: first + i + 1, name: name, percent: isPercent(name, s.objects), money: isMoney(name, s.objects), labels: labelUseOf(name, s.objects)})
	}
	return header, nil
}

// mayBeMerged says whether cells of the header lack a label of their own.
func (h *headerScan) mayBeMerged(parts [][]string) bool {
	for _, row := range parts {
		if slices.Contains(row, "") {
			return true
		}
	}
	return false
}

// spreadMerge repeats the label of a merged header cell over its columns. In
// the rows below its first it has none.
func spreadMerge(parts [][]string, m cellRange, top int64, firstColumn int) {
	row := m.top - top
	if row < 0 || row >= int64(len(parts)) {
		return
	}
	labels := parts[row]
	from := m.left - firstColumn
	if from < 0 || from >= len(labels) {
		return
	}
	for i := from + 1; i <= m.right-firstColumn && i < len(labels); i++ {
		labels[i] = labels[from]
	}
}

// readMerges lists the merged cells that touch rows top to bottom.
func (s *sheetReader) readMerges(top, bottom int64) (merges []cellRange, err error) {
	in, err := s.file.part(s.sheet.part, maxPartBytes)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	blocks := newItemBlocks(in, "sheetData", "row")
	if _, err := blocks.start(); err != nil {
		return nil, err
	}
	for block := []byte{}; block != nil; {
		if block, err = blocks.next(0); err != nil {
			return nil, err
		}
	}
	tail, err := blocks.tail(mergeBytes)
	if err != nil {
		return nil, err
	}
	return mergesIn(tail, top, bottom)
}

// mergesIn lists the merged cells in what follows the rows of a sheet.
func mergesIn(tail []byte, top, bottom int64) (merges []cellRange, err error) {
	for x := (xmlScanner{buf: tail}); ; {
		kind, err := x.next()
		if err != nil && len(tail) >= mergeBytes {
			return merges, nil // cut by the bound above
		}
		if err != nil || kind == xmlEnd || kind == xmlClose && string(x.name) == "mergeCells" {
			return merges, err
		}
		if kind == xmlClose || string(x.name) != "mergeCell" {
			continue
		}
		if m, ok := parseCellRange(x.attr("ref")); ok && m.top <= bottom && m.bottom >= top {
			merges = append(merges, m)
		}
	}
}

// decoder makes the decoder of the sheet's rows.
func (s *sheetReader) decoder(header sheetHeader) (*sheetDecoder, error) {
	d := &sheetDecoder{
		rowPlace: s.landed.rowPlace(s.sheet.name), tables: s.tables, columns: header.columns,
		schema: sheetSchema(header.columns), firstRow: header.firstRow, lastRow: header.lastRow, only: s.only,
		keepHidden: s.dialect.HiddenRows == "keep", stopGroups: s.locale.Group == ".", signs: currencySigns(),
	}
	var names []string
	for _, c := range header.columns {
		for len(d.position) < c.number-1 {
			d.position = append(d.position, -1)
		}
		d.position = append(d.position, len(names))
		names = append(names, c.name)
	}
	for _, row := range header.rows {
		if strings.Join(row, "") != "" {
			d.headers = append(d.headers, row)
		}
	}
	d.other = newOtherHeader(d.headers)
	if s.dialect.Header > 0 {
		if err := refuseRepeated(s.labels(header), s.objects); err != nil {
			return nil, err
		}
	}
	var err error
	if d.totalsRows, err = s.totalsRows(); err != nil {
		return nil, err
	}
	d.totals, err = totalsRules(s.dialect.Totals, names, s.objects)
	d.differences = sync.OnceValues(func() (map[int64]totalFault, error) { return s.checkTotals(d) })
	return d, err
}

// labels are the header's labels before they were made unique.
func (s *sheetReader) labels(header sheetHeader) []string {
	return joinHeader(header.joined, s.dialect.HeaderJoin)
}

// sheetReader reads one worksheet.
type sheetReader struct {
	file    *workbookFile
	tables  *cellTables
	sheet   sheetEntry
	landed  Landed
	dialect schemas.Dialect
	locale  schemas.Locale
	objects []schemas.Object
	only    columnFilter
	// formulas says that rows keep theirs.
	formulas bool
}

// filter settles which columns are read.
func (s *sheetReader) filter() (err error) {
	s.only = newColumnFilter(s.dialect.Columns)
	if s.dialect.HiddenCols != "exclude" {
		return nil
	}
	in, err := s.file.part(s.sheet.part, maxPartBytes)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	blocks := newItemBlocks(in, "sheetData", "row")
	_, err = blocks.start()
	s.only.hidden = blocks.filter.hidden
	return err
}

// eachRow reads rows from the start of the sheet until use says false.
func (s *sheetReader) eachRow(use func(*rowReader) bool) (err error) {
	in, err := s.file.part(s.sheet.part, maxPartBytes)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	blocks := newItemBlocks(in, "sheetData", "row")
	if ok, err := blocks.start(); err != nil || !ok {
		return err
	}
	reader := rowReader{tables: s.tables, next: 1, only: s.only}
	if s.formulas {
		reader.formulas = map[int]string{}
	}
	for {
		block, err := blocks.next(0)
		if err != nil || block == nil {
			return err
		}
		reader.xml = xmlScanner{buf: block}
		for {
			ok, err := reader.read()
			if err != nil {
				return err
			}
			if !ok {
				break
			}
			if !use(&reader) {
				return nil
			}
		}
	}
}
