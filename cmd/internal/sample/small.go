package sample

import (
	"strconv"
)

// smallFeeds writes the feeds that come whole each day, and the day's spend.
func (d *delivery) smallFeeds() error {
	for _, write := range []func() error{d.products, d.employees, d.campaigns, d.adSpend, d.profitability, d.budget, d.rates, d.stock, d.salesWorkbook} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

// small opens one file, lets fill write it and closes it.
func (d *delivery) small(feed, name string, dia dialect, header []string, fill func(f *csvFile)) error {
	f, err := createCSV(d.dir, d.path("crm/"+name, "csv"), dia, header...)
	if err != nil {
		return err
	}
	f.feed = feed
	fill(f)
	return f.close()
}

func (d *delivery) products() error {
	header := []string{"SKU", "Name", "Brand", "Brand family", "Category", "Product line", "Division", "List price", "Cost", "Currency", "Download", "Updated"}
	return d.small("crm_products", "products", dialect{delimiter: ',', bom: true, mark: '.', group: ','}, header, func(f *csvFile) {
		t := d.truth.tally("crm_products", "products", f.path, "unit_price", "unit_cost")
		for _, p := range d.w.tables.products {
			f.row(p.id, p.name, p.brand, p.family, p.category, p.line, p.division, f.amount(p.price), f.amount(p.cost), "EUR",
				strconv.FormatBool(p.download), f.when(dayOf(2025, 1, 1).at(36000)))
			t.add(p.price, p.cost)
		}
	})
}

func (d *delivery) employees() error {
	header := []string{"Employee", "Name", "E-mail", "Job title", "Team", "Division", "Manager", "Hired", "Left", "Updated"}
	dia := dialect{delimiter: ';', windows: true, stamp: "02/01/2006 15:04:05", date: "02/01/2006"}
	return d.small("crm_employees", "employees", dia, header, func(f *csvFile) {
		t := d.truth.tally("crm_employees", "employees", f.path)
		for _, e := range d.w.staff {
			left := ""
			if e.left != 0 {
				left = f.on(e.left)
			}
			f.row(e.id, e.name, e.email, e.job, e.team, e.division, e.manager, f.on(e.hired), left, f.when(dayOf(2025, 6, 2).at(36000)))
			t.add()
		}
	})
}

func (d *delivery) campaigns() error {
	header := []string{"Campaign", "Name", "Channel", "Division", "From", "To", "Budget", "Currency", "Status", "Updated"}
	dia := dialect{delimiter: ';', windows: true, mark: ',', group: '.', stamp: "02/01/2006 15:04:05", date: "02/01/2006"}
	return d.small("crm_campaigns", "campaigns", dia, header, func(f *csvFile) {
		t := d.truth.tally("crm_campaigns", "campaigns", f.path, "budget_amount")
		for _, c := range d.w.ads {
			status := "running"
			if c.to < lastDay {
				status = "closed"
			} else if c.from > d.today() {
				status = "planned"
			}
			f.row(c.id, c.name, c.channel, c.division, f.on(c.from), f.on(c.to), f.amount(c.budget), "EUR", status, f.when(c.from.at(32400)))
			t.add(c.budget)
		}
	})
}

// adSpend writes what advertising cost: weekly on day 0, the day's on later ones.
func (d *delivery) adSpend() error {
	header := []string{"Campaign", "Channel", "Day", "Spend", "Currency", "Impressions", "Clicks"}
	dia := dialect{delimiter: ';', windows: true, mark: ',', group: '.', date: "02/01/2006"}
	return d.small("crm_ad_spend", "ad_spend", dia, header, func(f *csvFile) {
		t := d.truth.tally("crm_ad_spend", "spend", f.path, "amount")
		f.plants = []plant{
			{after: 175, kind: "not a number", rule: "type.number", effect: quarantined, object: "spend", make: func(f *csvFile, n int64) ([]byte, string) {
				return f.encode([]string{d.w.ads[0].id, "newsletter", "01/02/2024", "n/a", "EUR", "0", "0"}), keyOf("row", n)
			}},
			{after: 275, kind: "negative clicks", rule: "range", effect: quarantined, object: "spend", make: func(f *csvFile, n int64) ([]byte, string) {
				return f.encode([]string{d.w.ads[0].id, "newsletter", "01/02/2024", "1,00", "EUR", "0", "-7"}), keyOf("row", n)
			}},
		}
		for k, c := range d.w.ads {
			for week := range 13 {
				on := c.from + day(7*week)
				if d.number > 0 {
					on = d.today()
				}
				if on > d.today() || d.number > 0 && (week > 0 || c.to < on || c.from > on) {
					continue
				}
				r := stream(d.w.seed, forFinance, int64(k)+1000, int64(on))
				amount := c.budget/13 + cents(r.below(20000))
				f.row(c.id, c.channel, f.on(on), f.amount(amount), spendCurrency(c.channel), itoa(r.between(500, 90000)), itoa(r.between(5, 900)))
				t.add(amount)
				f.sow(d.truth)
			}
		}
	})
}
