package sample

// lastDay is day 0: all history up to its evening is delivered first.
const lastDay = day(20543) // 2026-03-31

// world is everything that does not change while the company is written: the
// options, the tables and the bijections that scatter ids and pursuits.
type world struct {
	seed   uint64
	n      int64 // customers of day 0
	days   int
	tables *tables
	funnel funnel
	ids    map[role]permutation
	staff  []employee
	ads    []campaign
	care   []product // what the web store sells
}

func newWorld(o Options) (*world, error) {
	t, err := loadTables()
	if err != nil {
		return nil, err
	}
	w := &world{seed: o.Seed, n: int64(o.Customers), days: o.Days, tables: t, ids: map[role]permutation{}}
	w.funnel = newFunnel(o.Seed, w.n)
	for ro := contactRole; ro <= sheetRole; ro++ {
		w.ids[ro] = newPermutation(o.Seed, int64(ro)+1, 90_000_000)
	}
	w.staff = w.drawStaff()
	w.ads = w.drawCampaigns()
	w.care = t.ofDivision("Care")
	return w, nil
}

// newPerDay is how many customers appear on each day after the first.
func (w *world) newPerDay() int64 { return max(1, w.n/200) }

// total is the number of customers known at the end of delivery d.
func (w *world) total(d int) int64 { return w.n + int64(d)*w.newPerDay() }

// firstDelivery is the delivery in which customer i appears.
func (w *world) firstDelivery(i int64) int {
	if i < w.n {
		return 0
	}
	return int((i-w.n)/w.newPerDay()) + 1
}

// dayOfDelivery is the calendar day of delivery d.
func dayOfDelivery(d int) day { return lastDay + day(d) }
