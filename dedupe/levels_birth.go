package dedupe

// generation is the least age gap, in years, that tells parent and child.
const generation = 14

// birthLevel compares two birth dates.
func birthLevel(a, b date) uint8 {
	switch {
	case a == 0 || b == 0:
		return 0
	case isDefault(a) && isDefault(b):
		return yearLevel(a, b)
	case a == b:
		return birthExact
	case a.year() == b.year() && a.month() == b.day() && a.day() == b.month():
		return birthSwapped
	}
	digits := differentDigits(a, b)
	gap := a.year() - b.year()
	far := gap >= generation || gap <= -generation
	switch {
	case digits == 1:
		return birthOneDigit
	case a.year() == b.year() && (isDefault(a) || isDefault(b)):
		return birthDefault
	case digits == 2 && !far:
		return birthTwoDigits
	case digits == 2 || a.year() == b.year() || a.month() == b.month() && a.day() == b.day():
		return birthThreeDigits
	case far:
		return birthFar
	case digits == 3:
		return birthThreeDigits
	}
	return birthUnlike
}

// yearLevel compares births of which no more than the years is known: the day
// that both have in common is one that was filled in.
func yearLevel(a, b date) uint8 {
	gap := max(a.year(), b.year()) - min(a.year(), b.year())
	switch {
	case gap == 0:
		return birthDefault
	case gap == 1:
		return birthTwoDigits // ages are rounded, and years told from them
	case gap == 2 || differentDigits(a, b) == 1:
		return birthThreeDigits
	case gap >= generation:
		return birthFar
	}
	return birthUnlike
}

func isDefault(d date) bool { return d.month() == 1 && d.day() == 1 }

// differentDigits counts the digits of yyyymmdd that differ; two neighbours
// that changed places count one.
func differentDigits(a, b date) int {
	x, y := digitsOf(a), digitsOf(b)
	count := 0
	for i := 0; i < 8; i++ {
		if x[i] == y[i] {
			continue
		}
		count++
		if i+1 < 8 && x[i] == y[i+1] && x[i+1] == y[i] {
			i++
		}
	}
	return count
}

func digitsOf(d date) [8]byte {
	year, month, day := d.year(), d.month(), d.day()
	return [8]byte{byte(year / 1000), byte(year / 100 % 10), byte(year / 10 % 10), byte(year % 10),
		byte(month / 10), byte(month % 10), byte(day / 10), byte(day % 10)}
}
