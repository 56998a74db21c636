package recognise

import (
	"fmt"
	"slices"
)

// resolveAddress decides whether a column is a whole address line or a street
// without its number.
func (r *Recogniser) resolveAddress() {
	const hardly = .05 // distinct values: no number of a row
	number := r.Has(meansNumber)
	if number != nil && !number.Closed && r.Has(meansLine) == nil && r.Has(meansStreet) == nil {
		isID := func(g guess) bool { return g.meaning == MeansID && g.sure == number.sure }
		if slices.ContainsFunc(headerMeanings(number.Says(), r.Tables), isID) {
			if number.distinctShare() >= hardly {
				number.Set(MeansID, byHeader, number.Why+"; no column is a street, so it numbers the rows")
			} else {
				number.Set(MeansOther, byHeader, number.Why+"; no column is a street, and it numbers no rows")
			}
			number = nil
		}
	}
	for _, c := range r.Columns {
		if c.Role == meansLine && number != nil && !c.Closed {
			c.Set(meansStreet, c.By, fmt.Sprintf("%s; the house number comes in %q", c.Why, number.Name))
		}
		if c.Role == meansLine && !c.Closed && c.number > 1 && r.firstLine() != c {
			c.Role = meansLine2
		}
	}
	for _, c := range r.Columns {
		if c.Role == meansLine2 {
			c.Why += "; what stands beside the street is not compared"
		}
	}
}

// firstLine is the address line of the smallest number.
func (r *Recogniser) firstLine() *Column {
	var first *Column
	for _, c := range r.Columns {
		if c.Role == meansLine && (first == nil || c.number < first.number) {
			first = c
		}
	}
	return first
}

// resolvePoint keeps latitude and longitude where both are there.
func (r *Recogniser) resolvePoint() {
	lat, lon := r.Has(MeansLat), r.Has(MeansLon)
	for _, c := range []*Column{lat, lon} {
		switch {
		case c == nil || c.Closed:
		case lat == nil || lon == nil:
			c.drop(c.Why + "; latitude and longitude are needed together")
		default:
			c.Why += "; places are compared by it that have no postcode"
		}
	}
}
