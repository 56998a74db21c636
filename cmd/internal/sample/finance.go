package sample

import (
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"
)

// financeBook is a workbook of one worksheet with title rows above its header.
type financeBook struct {
	file   *excelize.File
	out    *excelize.StreamWriter
	styles sheetStyles
	row    int
}

func openFinance(sheet, title string, header ...string) (*financeBook, error) {
	b := &financeBook{file: excelize.NewFile(), row: 3}
	var err error
	if b.styles, err = addStyles(b.file); err != nil {
		return nil, err
	}
	if err = b.file.SetSheetName("Sheet1", sheet); err != nil {
		return nil, fmt.Errorf("add worksheet: %w", err)
	}
	if b.out, err = b.file.NewStreamWriter(sheet); err != nil {
		return nil, fmt.Errorf("open worksheet: %w", err)
	}
	if err = b.out.SetRow("A1", []any{title}); err != nil {
		return nil, fmt.Errorf("write worksheet: %w", err)
	}
	cells := make([]any, len(header))
	for i, h := range header {
		cells[i] = excelize.Cell{StyleID: b.styles.head, Value: h}
	}
	return b, b.add(cells...)
}

func (b *financeBook) add(cells ...any) error {
	if err := b.out.SetRow(cellName(1, b.row), cells); err != nil {
		return fmt.Errorf("write worksheet: %w", err)
	}
	b.row++
	return nil
}

func (b *financeBook) month(d day) any { return excelize.Cell{StyleID: b.styles.date, Value: d.time()} }

func (b *financeBook) save(dir, path string) error {
	defer b.file.Close()
	if err := b.out.Flush(); err != nil {
		return fmt.Errorf("finish worksheet: %w", err)
	}
	return saveWorkbook(b.file, dir, path)
}

// profitability writes revenue and cost of each product in each month since
// April 2025, as finance reports them.
func (d *delivery) profitability() error {
	path := d.path("finance/profitability", "xlsx")
	b, err := openFinance("Profitability", "Revenue and cost by product, net, EUR", "Month", "Division", "Product", "Revenue", "Cost", "Margin")
	if err != nil {
		return err
	}
	t := d.truth.tally("finance_profitability", "profitability", path, "revenue_amount", "cost_amount", "margin_amount")
	var all cents
	for month := range 12 {
		on := dayOf(2025, time.Month(4+month), 1)
		for k, p := range d.w.tables.products {
			r := stream(d.w.seed, forFinance, int64(month), int64(k))
			sold := cents(r.between(5, 60)) * cents(1+d.w.n/500)
			revenue, cost := p.price*sold, p.cost*sold
			if err := b.add(b.month(on), p.division, p.id, money(revenue), money(cost), money(revenue-cost)); err != nil {
				return err
			}
			all += revenue
			t.add(revenue, cost, revenue-cost)
		}
	}
	if err := b.add("Total", nil, nil, money(all)); err != nil {
		return err
	}
	t.totals++
	return b.save(d.dir, path)
}

// budget writes the monthly targets of each division and sales person.
func (d *delivery) budget() error {
	path := d.path("finance/budget", "xlsx")
	b, err := openFinance("Budget 2026-27", "Targets of the year from April 2026", "Month", "Metric", "Division", "Employee", "Target")
	if err != nil {
		return err
	}
	t := d.truth.tally("finance_budget", "targets", path, "amount")
	add := func(on day, metric, division, employee string, amount cents) error {
		t.add(amount)
		return b.add(b.month(on), metric, division, employee, money(amount))
	}
	for month := range 12 {
		on := dayOf(2026, time.Month(4+month), 1)
		r := stream(d.w.seed, forFinance, int64(month), -1)
		for _, division := range []string{"Windows", "Care"} {
			if err := add(on, "revenue", division, "all", cents(r.between(50, 200))*cents(1+d.w.n/100)*10000); err != nil {
				return err
			}
		}
		for k := range d.w.sellers() {
			if err := add(on, "appointments", "Windows", d.w.staff[k].id, cents(r.between(4, 16)*100)); err != nil {
				return err
			}
		}
	}
	return b.save(d.dir, path)
}
