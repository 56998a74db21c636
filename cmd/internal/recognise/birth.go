package recognise

// agreesWithYears says whether dates that no header calls those of birth can be
// so beside a year of birth, or an age, that a header names: they lie where the
// years do, or spread as the ages do and before today.
func (r *Recogniser) agreesWithYears(whole, year, age *Column) bool {
	const alike, narrower, wider, latest = .6, .75, 1.35, 2035
	dates := whole.days()
	if len(dates) == 0 {
		return true
	}
	if year != nil && year.By == byHeader {
		if years := year.numbers(); len(years) > 0 {
			return alikeTimes(dates, years) >= alike
		}
	}
	if age != nil && age.By == byHeader {
		if ages := age.numbers(); len(ages) > 0 {
			spread := spreadOf(dates) / max(spreadOf(ages), 1)
			return spread >= narrower && spread <= wider && middleOf(dates)+middleOf(ages) <= latest
		}
	}
	return true
}

// middleOf is the middle of a list in order.
func middleOf(list []float64) float64 { return list[len(list)/2] }

// spreadOf is how far apart the tenths at either end of a list in order are.
func spreadOf(list []float64) float64 { return list[len(list)*9/10] - list[len(list)/10] }
