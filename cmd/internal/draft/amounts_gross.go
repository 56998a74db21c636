package draft

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// settleGross leaves an amount of lines aside that is quantity times price also
// on rows with a discount: less the discount it is what they brought.
func (a amounts) settleGross(t *table, l, d int) {
	q, u := a.at(t.byField("quantity")), a.at(t.byField("unit_price"))
	if q < 0 || u < 0 {
		return
	}
	told, right := 0, 0
	for row := range a.values[l] {
		n, price, amount, discount := a.values[q][row], a.values[u][row], a.values[l][row], a.values[d][row]
		if !n.IsThere || !price.IsThere || !amount.IsThere || !discount.IsThere || near(discount.Value, 0) {
			continue
		}
		told++
		if near(int64(math.Round(float64(n.Value)*float64(price.Value)/amountUnit)), amount.Value) {
			right++
		}
	}
	if told >= fewestTold && float64(right) >= amountsAgree*float64(told) {
		gross := a.columns[l]
		gross.field = nil
		gross.notTyped = fmt.Sprintf("it is quantity times price, before %q", a.columns[d].profile.Name)
	}
}

// takesOff says whether discounts are written below zero where what they are
// taken off is not.
func (t *table) takesOff(discount *columnDraft) bool {
	const nearlyAll, hardly = .9, .5
	none := 0
	for _, v := range discount.profile.Sample() {
		if strings.Trim(v.Text, "0.,-") == "" {
			none += v.Count
		}
	}
	n := discount.profile.Deep.Numbers
	if n.Negative == 0 || float64(n.Negative) < nearlyAll*float64(n.Numbers-none) {
		return false
	}
	for _, field := range []string{"quantity", "line_amount", "amount_before_discount", "total_amount"} {
		if c := t.byField(field); c != nil && float64(c.profile.Deep.Numbers.Negative) > hardly*float64(c.profile.Filled) {
			return false
		}
	}
	return true
}

// settleBefore takes an amount of lines for the one before the discount where a
// product costs as much with a discount as without one.
func (a amounts) settleBefore(t *table, products []string) {
	q, l, d := a.at(t.byField("quantity")), a.at(t.byField("line_amount")), a.at(t.byField("discount_amount"))
	if q < 0 || l < 0 || d < 0 {
		return
	}
	price := func(row int, amount int64) int64 {
		return int64(math.Round(float64(amount) * amountUnit / float64(a.values[q][row].Value)))
	}
	full := map[string][]int64{} // prices of one without a discount
	var reduced []int
	for row := range min(len(products), len(a.values[l])) {
		n, amount, discount := a.values[q][row], a.values[l][row], a.values[d][row]
		switch {
		case !n.IsThere || !amount.IsThere || n.Value <= 0 || amount.Value <= 0 || products[row] == "":
		case !discount.IsThere || near(discount.Value, 0):
			full[products[row]] = append(full[products[row]], price(row, amount.Value))
		default:
			reduced = append(reduced, row)
		}
	}
	told, before := 0, 0
	for _, row := range reduced {
		if len(full[products[row]]) == 0 {
			continue
		}
		isFull := func(amount int64) bool {
			return slices.ContainsFunc(full[products[row]], func(p int64) bool { return near(p, price(row, amount)) })
		}
		amount, discount := a.values[l][row].Value, size(a.values[d][row].Value)
		switch asIs, added := isFull(amount), isFull(amount+discount); {
		case asIs && !added:
			told, before = told+1, before+1
		case added && !asIs:
			told++
		}
	}
	if told >= fewestTold && float64(before) >= amountsAgree*float64(told) {
		c := a.columns[l]
		t.setField(c, "amount_before_discount", fmt.Sprintf("products cost as much with a discount as without: it is before %q", a.columns[d].profile.Name))
	}
}
