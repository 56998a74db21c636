package draft

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
)

// mostAmountRows is how many rows are looked at to see which column is which.
const mostAmountRows = 5_000

// amounts are the columns of numbers of a table of lines, and their values.
type amounts struct {
	columns []*columnDraft // those of the lines, then others of their rows
	own     int            // how many are of the lines
	values  [][]recognise.Amount
}

// findAmounts looks by the numbers themselves which columns of lines are
// quantity, price of one and amount: headers such as price and amount say one
// thing in one shop and another in the next.
func (d *drafter) findAmounts(ctx context.Context) error {
	var failed error
	d.eachTable(func(f *feed, t *table) {
		isWhole := t.entity().Name == "order" || t.entity().Name == "invoice"
		if failed != nil || f.shipped != nil || !isWhole && (!isLine(t) || t.byField("quantity") == nil && t.byField("unit_price") == nil) {
			return
		}
		a, err := d.readAmounts(ctx, t)
		if err != nil {
			failed = err
			return
		}
		if isWhole {
			d.findNet(t, a)
			return
		}
		a.settle(t)
		a.settleNet(t)
		d.settleLone(t, a)
		failed = d.findWholeAmount(ctx, t, a)
	})
	return failed
}

func (d *drafter) readAmounts(ctx context.Context, t *table) (amounts, error) {
	const nearlyAll, mostColumns = .9, 40
	a := amounts{}
	var profiles []*recognise.Profile
	candidates := t.rowColumns()
	slices.SortStableFunc(candidates, func(x, y *columnDraft) int { // those of its lines first, and what headers name: there may be too many
		return cmp.Or(isFirst(t.columns[x.profile.Name] == x, t.columns[y.profile.Name] == y), isFirst(x.field != nil, y.field != nil))
	})
	for _, c := range candidates {
		p := c.profile
		isFree := c.party == nil && (c.field == nil || c.field.Field.Type == "decimal")
		if isFree && p.Filled > 0 && float64(p.Deep.Numbers.Numbers) >= nearlyAll*float64(p.Filled) && p.DateShare() < .5 && p.Deep.Numbers.Symbols["%"] == 0 && len(profiles) < mostColumns {
			a.columns, profiles = append(a.columns, c), append(profiles, p)
			if t.columns[p.Name] == c {
				a.own = len(a.columns)
			}
		}
	}
	if len(profiles) < 2 {
		return a, nil
	}
	a.values = make([][]recognise.Amount, len(profiles))
	for _, p := range t.feed.parts {
		if len(a.values[0]) >= mostAmountRows || p.surveys[0].Rows == 0 {
			break
		}
		found, err := p.file.Amounts(ctx, t.path, profiles, mostAmountRows, recognise.Look{Workers: d.o.Workers}, d.judge.Tables)
		if err != nil {
			return a, err
		}
		for k := range found {
			a.values[k] = append(a.values[k], found[k]...)
		}
	}
	return a, nil
}

func isFirst(x, y bool) int {
	switch {
	case x && !y:
		return -1
	case y && !x:
		return 1
	}
	return 0
}

// rowColumns are the columns of a table of lines, and where its rows also tell
// of their whole the others of it.
func (t *table) rowColumns() []*columnDraft {
	columns := slices.Clone(t.order)
	if t.isLed() {
		for _, c := range t.feed.root().order {
			if t.columns[c.profile.Name] == nil {
				columns = append(columns, c)
			}
		}
	}
	return columns
}

func (a amounts) at(c *columnDraft) int { return slices.Index(a.columns, c) }

// settle takes the columns of which one times another is a third where those
// that the headers name do not agree with one another.
func (a amounts) settle(t *table) {
	q, u, l := a.at(t.byField("quantity")), a.at(t.byField("unit_price")), a.at(t.byField("line_amount"))
	if len(a.values) == 0 || q >= 0 && u >= 0 && l >= 0 && a.multiplies(q, u, l) {
		return
	}
	if best := a.product(q, u, l); best != nil {
		for k, field := range []string{"quantity", "unit_price", "line_amount"} {
			c := a.columns[best[k]]
			if old := t.byField(field); old != nil && old != c {
				old.field = nil
			}
			t.setField(c, field, fmt.Sprintf("%q times %q is %q on nearly all rows", a.columns[best[0]].profile.Name, a.columns[best[1]].profile.Name, a.columns[best[2]].profile.Name))
		}
		return
	}
	if q >= 0 && l >= 0 {
		a.settleTaxed(t, q, u, l)
	}
}

// settleTaxed leaves an amount of lines aside that is quantity times price and
// what another column holds: tax, or shipping. The price may have a header that
// tells nothing, where that is the tax.
func (a amounts) settleTaxed(t *table, q, u, l int) {
	d := a.at(t.byField("discount_amount"))
	prices, beyond := []int{u}, a.others(q, u, l)
	if tax := a.at(t.byField("tax_amount")); u < 0 && tax >= 0 {
		prices, beyond = a.others(q, l, tax), []int{tax}
	}
	for _, price := range prices {
		if price < 0 || price != u && (price >= a.own || a.columns[price].field != nil) {
			continue
		}
		for _, x := range beyond {
			if !a.adds(q, price, l, x, d) {
				continue
			}
			a.columns[l].field = nil
			a.columns[l].notTyped = fmt.Sprintf("it is quantity times price and %q", a.columns[x].profile.Name)
			if price != u {
				t.setField(a.columns[price], "unit_price", fmt.Sprintf("%q times it and %q is %q on nearly all rows", a.columns[q].profile.Name, a.columns[x].profile.Name, a.columns[l].profile.Name))
			}
			return
		}
	}
}

// others are all columns but three.
func (a amounts) others(i, j, k int) []int {
	var others []int
	for x := range a.columns {
		if x != i && x != j && x != k {
			others = append(others, x)
		}
	}
	return others
}

// settleNet takes for the amount of the line what is left of it after the
// discount, where a column holds that.
func (a amounts) settleNet(t *table) {
	l, d := a.at(t.byField("line_amount")), a.at(t.byField("discount_amount"))
	if len(a.values) == 0 || l < 0 || d < 0 {
		return
	}
	for x, c := range a.columns[:a.own] {
		if x == l || x == d || !a.isLess(l, d, x) {
			continue
		}
		gross := a.columns[l]
		gross.field = nil
		gross.notTyped = fmt.Sprintf("it is %q before %q", c.profile.Name, a.columns[d].profile.Name)
		t.setField(c, "line_amount", fmt.Sprintf("%q less %q is %q on nearly all rows", gross.profile.Name, a.columns[d].profile.Name, c.profile.Name))
		return
	}
	a.settleGross(t, l, d)
}

// isLess says whether on nearly all rows that can tell an amount less a
// discount is a third, whatever signs they have.
func (a amounts) isLess(l, d, x int) bool {
	told, right := 0, 0
	for row := range a.values[l] {
		amount, discount, left := a.values[l][row], a.values[d][row], a.values[x][row]
		if !amount.IsThere || !discount.IsThere || !left.IsThere || discount.Value == 0 {
			continue
		}
		told++
		if near(size(amount.Value)-size(discount.Value), size(left.Value)) {
			right++
		}
	}
	return told >= fewestTold && float64(right) >= amountsAgree*float64(told)
}

// product finds three columns of which the first, of whole numbers, times the
// second is the third, those that the headers name first.
func (a amounts) product(q, u, l int) []int {
	const mostFactors = 12
	var best []int
	most, own := -1, min(a.own, mostFactors)
	for i := range own {
		if n := a.columns[i].profile.Deep.Numbers; n.Fraction > 0 && i != q {
			continue
		}
		for j := range own {
			for k := range own {
				if i == j || j == k || i == k || !a.multiplies(i, j, k) {
					continue
				}
				named := 0
				for _, same := range []bool{i == q, j == u, k == l} {
					if same {
						named++
					}
				}
				if named > most {
					best, most = []int{i, j, k}, named
				}
			}
		}
	}
	return best
}

const (
	amountUnit   = 10_000
	amountsAgree = .95
	fewestTold   = 10 // rows with another quantity than one
)

// multiplies says whether on nearly all rows that can tell a times b is c.
func (a amounts) multiplies(i, j, k int) bool {
	return a.share(i, j, k, func(_ int, product, amount int64) bool { return near(product, amount) }) >= amountsAgree
}

// adds says whether the amount is more than the product, less a discount where
// a column d tells one, by what stands in another column.
func (a amounts) adds(i, j, k, x, d int) bool {
	if x == d {
		return false
	}
	beyond := 0
	share := a.share(i, j, k, func(row int, product, amount int64) bool {
		v := a.values[x][row]
		if v.IsThere && v.Value != 0 {
			beyond++
		}
		if d >= 0 && a.values[d][row].IsThere && near(size(product)-size(a.values[d][row].Value), size(amount-v.Value)) {
			return v.IsThere
		}
		return v.IsThere && near(product+v.Value, amount)
	})
	return share >= amountsAgree && beyond >= fewestTold
}

// share is the part of the rows with another quantity than one on which what is
// asked holds; 0 where they are too few.
func (a amounts) share(i, j, k int, holds func(row int, product, amount int64) bool) float64 {
	const fewestKinds = 3 // of quantity and price: one kind over and over is told once
	told, right := 0, 0
	kinds := map[[2]int64]bool{}
	for row := range a.values[i] {
		n, price, amount := a.values[i][row], a.values[j][row], a.values[k][row]
		if !n.IsThere || !price.IsThere || !amount.IsThere || n.Value == amountUnit || n.Value == 0 || price.Value == 0 || price.Value == amountUnit {
			continue
		}
		told++
		if len(kinds) < fewestKinds {
			kinds[[2]int64{n.Value, price.Value}] = true
		}
		if holds(row, int64(math.Round(float64(n.Value)*float64(price.Value)/amountUnit)), amount.Value) {
			right++
		}
	}
	if told < fewestTold || len(kinds) < fewestKinds {
		return 0
	}
	return float64(right) / float64(told)
}

func size(v int64) int64 { return max(v, -v) }

// near says whether two amounts are the same but for rounding.
func near(a, b int64) bool {
	const cent = 100
	return a-b <= cent && b-a <= cent
}

// findWholeAmount takes the only price for the amount of the line where it
// grows with the quantity, twice as much for two of one product, and the only
// amount for the price of one where it does not.
func (d *drafter) findWholeAmount(ctx context.Context, t *table, a amounts) error {
	const grows, stays, unsure = .6, .3, .1
	quantity, price, product := t.byField("quantity"), t.byField("unit_price"), t.byField("product_id")
	amount := t.byField("line_amount")
	if price == nil {
		price = amount
	} else if amount != nil {
		return nil
	}
	if quantity == nil || price == nil || product == nil || a.at(quantity) < 0 || a.at(price) < 0 {
		return nil
	}
	names, err := d.textsOf(ctx, t, product)
	if err != nil {
		return err
	}
	slope, doubt := growth(names, a.values[a.at(quantity)], a.values[a.at(price)])
	switch {
	case doubt >= unsure:
	case slope < stays && price == amount:
		t.setField(price, "unit_price", fmt.Sprintf("it is the same whatever %q is: the price of one", quantity.profile.Name))
	case slope > grows:
		if price != amount {
			t.setField(price, "line_amount", fmt.Sprintf("it grows with %q: the price of all of them", quantity.profile.Name))
		}
		a.settleBefore(t, names)
	}
	return nil
}

// textsOf reads the values of a column in the first rows.
func (d *drafter) textsOf(ctx context.Context, t *table, c *columnDraft) ([]string, error) {
	var texts []string
	for _, p := range t.feed.parts {
		found, err := p.file.Texts(ctx, t.path, c.profile.Name, mostAmountRows, recognise.Look{Workers: d.o.Workers}, d.judge.Tables)
		if err != nil {
			return nil, err
		}
		if texts = append(texts, found...); len(texts) >= mostAmountRows {
			break
		}
	}
	return texts, nil
}

// growth is by how much a price grows with the quantity within a product, 1 =
// in proportion, 0 = not, and how far that may be off.
func growth(products []string, quantities, prices []recognise.Amount) (slope, doubt float64) {
	type point struct{ x, y float64 }
	by := map[string][]point{}
	for i := range min(len(products), len(quantities), len(prices)) {
		q, p := quantities[i], prices[i]
		if q.IsThere && p.IsThere && q.Value > 0 && p.Value > 0 && products[i] != "" {
			key := strings.ToLower(products[i])
			by[key] = append(by[key], point{math.Log(float64(q.Value)), math.Log(float64(p.Value))})
		}
	}
	var sxx, sxy, syy float64
	n := 0
	for _, points := range by {
		var mx, my float64
		for _, p := range points {
			mx, my = mx+p.x/float64(len(points)), my+p.y/float64(len(points))
		}
		for _, p := range points {
			sxx, sxy, syy = sxx+(p.x-mx)*(p.x-mx), sxy+(p.x-mx)*(p.y-my), syy+(p.y-my)*(p.y-my)
		}
		n += len(points) - 1
	}
	const fewest = 20
	if n < fewest || sxx == 0 {
		return 0, 1
	}
	slope = sxy / sxx
	return slope, math.Sqrt(max(syy-slope*sxy, 0) / float64(n-1) / sxx)
}
