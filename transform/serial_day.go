package transform

// Days as spreadsheets count them: day 61 is 1900-03-01. Those before are in
// doubt, for day 60 never was. The last is 9999-12-31.
const (
	firstSerialDay = 61
	lastSerialDay  = 2_958_465
	serialDay1970  = 25_569
	millisPerDay   = microsPerDay / 1000
)

// serialDay reads a day as spreadsheets count them, as 46024, with the time of
// day as its fraction, to the millisecond. ok is false where it is none.
func (t *Tables) serialDay(text string, m Marks) (moment Moment, ok bool) {
	const unit = 1e10 // of ParseRate
	v, fault := t.ParseRate(text, m)
	if fault != "" || v < firstSerialDay*unit || v >= (lastSerialDay+1)*unit {
		return Moment{}, false
	}
	day, fraction := v/unit, v%unit
	millis := (fraction*(millisPerDay/1000) + unit/2000) / (unit / 1000)
	return Moment{Days: day + millis/millisPerDay - serialDay1970, Micros: millis % millisPerDay * 1000}, true
}
