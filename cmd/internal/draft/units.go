package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
	"loadstar/transform"
)

const (
	mostlyWhole   = .95 // of a column's values; the rest is for the quarantine
	enoughAmounts = 20  // values that tell how they are counted
)

// isWhole says whether nearly all values are whole numbers.
func (c *columnDraft) isWhole() bool {
	return float64(c.profile.Deep.Numbers.Whole) >= mostlyWhole*float64(c.profile.Filled)
}

// isFraction says whether a field that counts in percent is delivered as
// shares of one.
func (c *columnDraft) isFraction() bool {
	return c.field != nil && strings.HasSuffix(c.field.Field.Name, "_percent") && c.profile.IsShareOfOne()
}

// findHundredths finds whole amounts that another column of the feeds has a
// hundred times smaller: payments in euros of invoices in cents.
func (d *drafter) findHundredths() {
	const fewest, share = 10, .6
	d.eachTable(func(_ *feed, t *table) {
		for _, c := range t.order {
			if !c.isAmount() || c.unit != "" || !c.isWhole() || c.profile.Filled < enoughAmounts {
				continue
			}
			d.eachTable(func(f *feed, u *table) {
				for _, o := range u.order {
					if c.unit != "" || o == c || !o.isAmount() && !(u == t && o.isShown()) || o.unit != "" || o.isWhole() {
						continue
					}
					if tried, found := d.hundredfold(f, o, c); tried >= fewest && float64(found) >= share*float64(tried) {
						c.unit = "minor"
						c.field.Why += fmt.Sprintf("; whole numbers only, and %d of %d amounts of %q in %s stand here a hundred times as large", found, tried, o.profile.Name, u.name())
					}
				}
			})
		}
	})
}

// noteWhole tells of amounts in whole numbers that nothing explains: where they
// count cents, all sums are a hundred times too large.
func (d *drafter) noteWhole() {
	for _, f := range d.drafted() {
		for _, c := range d.wholeAmounts(f) {
			d.report.Notes = append(d.report.Notes, fmt.Sprintf("%s: %q holds whole amounts only; if they count cents, give the property {property: unit, value: minor}", f.name, c.profile.Name))
		}
	}
}

// wholeAmounts lists amounts of a feed's orders, invoices and payments that are
// whole numbers, where their currency has hundredths and nothing tells more.
func (d *drafter) wholeAmounts(f *feed) []*columnDraft {
	const shortest = 3
	if d.judge.Clean.MinorDigits(cmp.Or(f.locale.currency, d.company.Currency)) == 0 {
		return nil
	}
	var list []*columnDraft
	f.eachColumn(func(t *table, c *columnDraft) {
		isFact := slices.Contains([]string{"order", "order_line", "invoice", "invoice_line", "payment", "refund"}, t.entity().Name)
		if isFact && c.isAmount() && c.unit == "" && !c.isAsked && c.isWhole() && c.profile.Filled >= enoughAmounts && c.profile.Deep.Longest >= shortest {
			list = append(list, c)
		}
	})
	return list
}

// askWhole asks once a feed whether its whole amounts count hundredths.
func (d *drafter) askWhole(f *feed) error {
	whole := d.wholeAmounts(f)
	if len(whole) == 0 {
		return nil
	}
	names := make([]string, len(whole))
	for i, c := range whole {
		names[i] = c.profile.Name
	}
	answer, answered, err := d.o.Ask(Question{
		Feed: f.name, Text: fmt.Sprintf("%s: whole amounts only. What do they count?", quoted(names)),
		Answers: []string{"whole units of the currency", "hundredths of it: cents"}, Seen: seenValues(whole[0]),
	})
	if err != nil || !answered {
		return err
	}
	d.report.Asked++
	for _, c := range whole {
		c.isAsked = true
		c.field.Why += "; answered when the contract was drafted"
		if answer == 1 {
			c.unit = "minor"
		}
	}
	return nil
}

func quoted(names []string) string { return `"` + strings.Join(names, `", "`) + `"` }

// isAmount says whether a column feeds a field of money.
func (c *columnDraft) isAmount() bool {
	return c.field != nil && c.field.Field.Type == schemas.Decimal && strings.Contains(c.field.Field.Name, "amount") || c.field != nil && c.field.Field.Name == "unit_price"
}

// isShown says whether a column that feeds nothing holds amounts as people
// write them, perhaps once more beside those that a program counts with.
func (c *columnDraft) isShown() bool {
	n := c.profile.Deep.Numbers
	return c.field == nil && c.party == nil && len(n.Symbols) > 0 && float64(n.Numbers) >= mostlyWhole*float64(c.profile.Filled)
}

// hundredfold counts how many of a column's amounts stand in another a hundred
// times as large. Small ones may do so by chance.
func (d *drafter) hundredfold(f *feed, o, c *columnDraft) (tried, found int) {
	const smallest, hundredth = 1000, 100 // ten and one of the currency's units
	marks := transform.Marks{Decimal: '.', Group: ',', Machine: true, Indian: f.locale.indian}
	if f.locale.decimal == "," {
		marks.Decimal, marks.Group = ',', '.'
	}
	for _, v := range o.profile.Sample() {
		value, bad := d.judge.Clean.ParseDecimal(v.Text, marks, 0)
		if bad != "" || value%hundredth != 0 || value/hundredth < smallest {
			continue
		}
		tried++
		if c.profile.Deep.Has(fmt.Sprint(value / hundredth)) {
			found++
		}
	}
	return tried, found
}

// findUnits finds amounts in cents, or in thousands: the header says so.
func (t *table) findUnits(words *recognise.WordTables) {
	for _, c := range t.order {
		if c.isFraction() {
			c.unit = "fraction"
			c.field.Why += "; no value is above 1: they are shares of one"
		}
		if c.isAmount() || c.field != nil && strings.HasSuffix(c.field.Field.Name, "_cost") {
			if unit := recognise.MultipleOf(c.profile.Name); unit != "" {
				c.unit = unit
				c.field.Why += "; its header says that it counts " + unit
				continue
			}
		}
		if c.field == nil || c.field.Field.Type != schemas.Decimal || !c.isWhole() {
			continue
		}
		switch {
		case slices.Contains(recognise.HeaderTokens(c.profile.Says()), "micros"):
			c.unit = "micros"
			c.field.Why += "; its header says that it counts millionths"
		case words.IsMinor(c.profile.Says()):
			c.unit = "minor"
			c.field.Why += "; its header says that it counts hundredths"
		case t.isOfPaymentService() && c.profile.Filled >= enoughAmounts && recognise.KeyField(t.entity()) != "" && c.field.Field.Name != "quantity":
			c.unit = "minor"
			c.field.Why += "; whole numbers only, beside currencies as their three letters and moments since 1970, as services that count hundredths write them"
		}
	}
}

// isOfPaymentService says whether the rows are written as payment services
// do: currencies in small letters, or in JSON of payments in any, and moments in
// seconds or milliseconds since 1970.
func (t *table) isOfPaymentService() bool {
	const nearlyAll = .95
	isPayments := (t.entity().Name == "payment" || t.entity().Name == "refund") && strings.HasPrefix(t.feed.format(), "json")
	small, moments := false, false
	for _, c := range t.order {
		isMoment := strings.HasPrefix(c.unit, "epoch")
		moments = moments || isMoment
		small = small || c.field != nil && c.field.Field.Name == "currency_code" && c.profile.Share(func(s string) bool {
			return (isPayments || s == strings.ToLower(s)) && len(s) == 3
		}) >= nearlyAll
	}
	return small && moments
}
