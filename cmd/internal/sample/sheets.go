package sample

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"sort"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// sheetStyles are the cell styles a workbook uses.
type sheetStyles struct{ date, head int }

func addStyles(f *excelize.File) (sheetStyles, error) {
	layout := "dd/mm/yyyy"
	date, err := f.NewStyle(&excelize.Style{CustomNumFmt: &layout})
	if err != nil {
		return sheetStyles{}, fmt.Errorf("make date style: %w", err)
	}
	head, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return sheetStyles{}, fmt.Errorf("make head style: %w", err)
	}
	return sheetStyles{date, head}, nil
}

// headColumns is the width of the header.
const headColumns = 19

// headTop is the upper line of the header; a blank means that the cell to the
// left stretches over it.
func headTop() [headColumns]string {
	return [...]string{"Lead", "", "", "Contact", "", "", "", "Deal", "", "", "Stages", "", "", "", "", "", "Status", "", ""}
}

func headBelow() [headColumns]string {
	return [...]string{
		"No.", "Customer", "Company", "Phone", "E-mail", "Postcode", "Town", "Product", "Value", "Source",
		"Suspect", "First contact", "Termin", "Presentation", "Offer", "Sold", "Now", "Next step", "Due",
	}
}

// salesSheet is the worksheet of one sales person.
type salesSheet struct {
	out   *excelize.StreamWriter
	name  string
	row   int
	leads int64
	value cents
}

// salesBook writes sales/leads_DATE.xlsx: every lead the sales people keep for
// themselves, as it stands on the day.
type salesBook struct {
	d                 *delivery
	file              *excelize.File
	styles            sheetStyles
	sheets            []*salesSheet
	path              string
	leads             *tally
	buyers, companies *tally
	stages            map[stage]*tally
	rows              int64
}

func (d *delivery) salesWorkbook() error {
	b := &salesBook{d: d, file: excelize.NewFile(), path: d.path("sales/leads", "xlsx"), stages: map[stage]*tally{}}
	defer b.file.Close()
	b.leads = d.truth.tally("sales_leads", "leads", b.path, "estimated_amount")
	b.buyers = d.truth.tally("sales_leads", "customers", b.path)
	b.companies = d.truth.tally("sales_leads", "companies", b.path)
	for _, s := range []stage{suspect, prospect, appointment, presentation, proposal, won} {
		b.stages[s] = d.truth.tally("sales_leads", s.object(), b.path)
	}
	if err := b.start(); err != nil {
		return err
	}
	w := d.w
	for j := 2 * w.funnel.repeats; j < w.funnel.counts[stepSuspect]; j++ {
		q := w.pursuit(j, w.funnel.customers.at(j))
		if !q.sheet {
			continue
		}
		p, records := w.records(q.customer)
		for _, rec := range records {
			if rec.role == sheetRole {
				if err := b.lead(b.sheets[q.seller], rec, p, q); err != nil {
					return err
				}
			}
		}
	}
	return b.finish()
}

// object is the schema object of the stage's date column.
func (s stage) object() string {
	return [...]string{"stage_suspect", "stage_prospect", "", "stage_appointment", "", "stage_presentation", "stage_proposal", "stage_won", "", ""}[s]
}

func (b *salesBook) start() error {
	var err error
	if b.styles, err = addStyles(b.file); err != nil {
		return err
	}
	for k := range b.d.w.sellers() {
		s := &salesSheet{name: b.d.w.staff[k].name}
		if k == 0 {
			err = b.file.SetSheetName("Sheet1", s.name)
		} else {
			_, err = b.file.NewSheet(s.name)
		}
		if err != nil {
			return fmt.Errorf("add worksheet: %w", err)
		}
		if s.out, err = b.file.NewStreamWriter(s.name); err != nil {
			return fmt.Errorf("open worksheet: %w", err)
		}
		if err := b.heading(s); err != nil {
			return err
		}
		b.sheets = append(b.sheets, s)
	}
	return nil
}

// heading writes title rows and the two-line header.
func (b *salesBook) heading(s *salesSheet) error {
	s.row = 6
	rows := map[int][]any{1: {"My leads: " + s.name}, 2: {"as of " + b.d.today().time().Format("02/01/2006"), nil, "private, please ask before changing"}}
	for i, line := range [][headColumns]string{headTop(), headBelow()} {
		for _, text := range line {
			var cell any
			if text != "" {
				cell = excelize.Cell{StyleID: b.styles.head, Value: text}
			}
			rows[4+i] = append(rows[4+i], cell)
		}
	}
	for _, n := range []int{1, 2, 4, 5} {
		if err := s.out.SetRow(cellName(1, n), rows[n]); err != nil {
			return fmt.Errorf("write worksheet: %w", err)
		}
	}
	from, top := 1, headTop()
	for col := 2; col <= headColumns+1; col++ {
		if col <= headColumns && top[col-1] == "" {
			continue
		}
		if err := s.out.MergeCell(cellName(from, 4), cellName(col-1, 4)); err != nil {
			return fmt.Errorf("merge header: %w", err)
		}
		from = col
	}
	return nil
}

func cellName(col, row int) string {
	name := string(rune('A' + col - 1))
	return name + strconv.Itoa(row)
}

// dated writes a date as a date cell or, as some people do, as text.
func (b *salesBook) dated(r *rng, at moment) any {
	t := day(at / 86400).time()
	if r.permille(300) {
		return t.Format("02/01/2006")
	}
	return excelize.Cell{StyleID: b.styles.date, Value: t}
}

func (b *salesBook) lead(s *salesSheet, rec record, p person, q pursuit) error {
	r, events := rec.rng, q.upTo(b.d.number)
	value, c := b.d.w.valueOf(q), b.d.w.creditOf(q)
	name, last := rec.voiced(rec.fullName()), events[len(events)-1]
	if p.org {
		name = ""
	}
	cells := []any{
		rec.id, text(name), text(rec.company), b.phoneCell(rec, r), text(rec.email), text(rec.addr.postcode), text(rec.addr.city),
		pick(r, []string{"windows", "patio door", "front door"}), money(value), c.channel,
		nil, nil, nil, nil, nil, nil, last.stage.sheetWord(), pick(r, []string{"call back", "send samples", "visit", "wait"}),
		b.dated(r, last.at+86400*moment(r.between(2, 30))),
	}
	for _, e := range events {
		if at := e.stage.column(); at > 0 {
			cells[at-1] = b.dated(r, e.at)
			b.stages[e.stage].add()
		}
	}
	if err := b.write(s, cells, false); err != nil {
		return err
	}
	s.leads++
	s.value += value
	b.leads.add(value)
	if p.org {
		b.companies.add()
	} else {
		b.buyers.add()
	}
	b.rows++
	return b.sow(s)
}

// column is the date column of the stage, from 1; 0 = it has none.
func (s stage) column() int {
	return [...]int{11, 12, 0, 13, 0, 14, 15, 16, 0, 0}[s]
}

// phoneCell writes a British number now and then as the number a spreadsheet
// makes of it, without the leading zero.
func (b *salesBook) phoneCell(rec record, r *rng) any {
	if rec.phone.country == "GB" && r.permille(100) {
		if n, err := strconv.ParseInt(rec.phone.number, 10, 64); err == nil {
			return n
		}
	}
	return text(rec.phone.written(r, "GB"))
}

func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// money is the number a spreadsheet holds: exact, as all are whole cents.
func money(c cents) float64 { return float64(c) / 100 }

// sow plants the rows that a correct load leaves out or refuses.
func (b *salesBook) sow(s *salesSheet) error {
	switch b.rows % plantEvery {
	case 20:
		err := b.write(s, []any{keyOf("VX", b.rows), "Withdrawn, do not call", nil, nil, nil, nil, nil, nil, money(100)}, true)
		b.leads.hidden++
		b.note(s, "A", "hidden row", "", excluded, "", keyOf("VX", b.rows))
		return err
	case 105:
		err := b.write(s, []any{keyOf("VX", b.rows), nil, nil, nil, nil, nil, nil, "windows", "to be confirmed", "tv"}, false)
		b.note(s, "I", "not a number", "type.number", quarantined, "leads", keyOf("VX", b.rows))
		return err
	case 205:
		cells := make([]any, 17)
		cells[0], cells[8], cells[10] = keyOf("VX", b.rows), money(100), "31/02/2026"
		err := b.write(s, cells, false)
		b.note(s, "K", "impossible date", "type.timestamp", quarantined, "leads", keyOf("VX", b.rows))
		b.note(s, "K", "impossible date", "type.timestamp", quarantined, "stage_suspect", keyOf("VX", b.rows))
		return err
	}
	return nil
}

func (b *salesBook) note(s *salesSheet, column, kind, rule string, e effect, object, key string) {
	b.d.truth.error(plantedError{
		file: b.path, sheet: s.name, place: column + strconv.Itoa(s.row-1), kind: kind, rule: rule, effect: e,
		feed: "sales_leads", object: object, key: key,
	})
}

func (b *salesBook) write(s *salesSheet, cells []any, hidden bool) error {
	var opts []excelize.RowOpts
	if hidden {
		opts = append(opts, excelize.RowOpts{Hidden: true})
	}
	if err := s.out.SetRow(cellName(1, s.row), cells, opts...); err != nil {
		return fmt.Errorf("write worksheet: %w", err)
	}
	s.row++
	return nil
}

func (b *salesBook) finish() error {
	for _, s := range b.sheets {
		total := []any{"Total", nil, nil, nil, nil, nil, nil, strconv.FormatInt(s.leads, 10) + " leads", money(s.value)}
		if err := b.write(s, total, false); err != nil {
			return err
		}
		b.leads.totals++
		if err := s.out.Flush(); err != nil {
			return fmt.Errorf("finish worksheet: %w", err)
		}
	}
	return saveWorkbook(b.file, b.d.dir, b.path)
}

// saveWorkbook writes the file with its parts in the order of their names:
// excelize writes streamed sheets in the order of a map.
func saveWorkbook(f *excelize.File, dir, path string) error {
	var packed bytes.Buffer
	if _, err := f.WriteTo(&packed); err != nil {
		return fmt.Errorf("pack workbook: %w", err)
	}
	in, err := zip.NewReader(bytes.NewReader(packed.Bytes()), int64(packed.Len()))
	if err != nil {
		return fmt.Errorf("pack workbook: %w", err)
	}
	sort.Slice(in.File, func(i, j int) bool { return in.File[i].Name < in.File[j].Name })
	file, err := createFile(dir, path)
	if err != nil {
		return err
	}
	if err := copyParts(file, in); err != nil {
		return fmt.Errorf("write %s: %w", path, joinErrors(err, file.Close()))
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("close %s: %w", path, err)
	}
	return nil
}

func copyParts(to io.Writer, in *zip.Reader) error {
	out := zip.NewWriter(to)
	for _, part := range in.File {
		if err := out.Copy(part); err != nil {
			return err
		}
	}
	return out.Close()
}
