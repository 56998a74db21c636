package transform

import (
	"strconv"

	"loadstar/schemas"
)

// ratePlaces is the scale of exchange rates.
const ratePlaces = schemas.RateScale

// ParseRate reads an exchange rate as value × 10^10, written as amounts are.
// What stands behind the tenth decimal place is rounded half up: services and
// spreadsheets write rates with as many places as a computer has. More than
// eight digits before the mark give FaultRange.
func (t *Tables) ParseRate(s string, m Marks) (int64, Fault) {
	s, negative, ok := t.cutMoney(Text(s))
	if !ok {
		return 0, FaultNumber
	}
	var d digits
	if fault := d.read(s, m); fault != "" {
		return 0, fault
	}
	up := int64(0)
	if over := d.places - ratePlaces; over > 0 {
		kept := max(len(d.text)-over, 0)
		if cut := len(d.text) - over; cut >= 0 && d.text[cut] >= '5' {
			up = 1
		}
		d.text, d.places = d.text[:kept], ratePlaces
	}
	v, fault := d.scaledTo(ratePlaces, 0)
	if v += up; negative {
		v = -v
	}
	return v, fault
}

func (r *run) readRate(c *column, text string) (int64, bool) {
	v, f := r.plan.tables.ParseRate(text, c.marks)
	switch places := c.prop.Places; {
	case f == FaultRange:
		r.fault(c, string(f), "has more than "+strconv.Itoa(maxDigits-ratePlaces)+" digits before the decimal mark", text)
	case f != "":
		r.fault(c, string(f), orNoValue(numberReason(c.marks), text), text)
	case places != nil && *places < ratePlaces && v%powers[ratePlaces-*places] != 0:
		r.fault(c, string(FaultScale), "has more decimal places than the "+strconv.Itoa(*places)+" that are allowed", text)
	default:
		return v, true
	}
	return 0, false
}
