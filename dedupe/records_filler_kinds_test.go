package dedupe

import "testing"

// TestFillersAreStrangers: a date is a filler where many strangers bear it, far
// more than any other date, and than other firsts of January.
func TestFillersAreStrangers(t *testing.T) {
	dates := func(n int, day func(i int) date) (rows []record) {
		for i := range n {
			rows = append(rows, record{given: uint32(i%40 + 1), family: uint32(i/40 + 1), birth: day(i)})
		}
		return rows
	}
	spread := func(i int) date { return date(1920+i%80)<<16 | date(1+i%12)<<8 | date(1+i%28) }
	filler := date(1900)<<16 | 1<<8 | 1
	someFiller := func(i int) date {
		if i%5 == 0 {
			return filler
		}
		return spread(i)
	}
	second := date(1970)<<16 | 1<<8 | 1
	twoFillers := func(i int) date {
		if i%6 == 1 {
			return second
		}
		return someFiller(i)
	}
	oneOf := func(share int, of func(int) date) func(int) date {
		return func(i int) date {
			if i%share == 0 {
				return date(1950+i/share%50)<<16 | 1<<8 | 1
			}
			return of(i)
		}
	}
	clones := dates(1000, spread)
	for i := range 30 {
		clones[i] = record{given: 1, family: uint32(i%3 + 1), birth: filler}
	}
	for _, c := range []struct {
		name string
		rows []record
		want int
	}{
		{"one row in five", dates(2000, someFiller), 1},
		{"two fillers", dates(2000, twoFillers), 1},
		{"none", dates(2000, spread), 0},
		{"years alone", dates(2000, func(i int) date { return date(1920+i%80)<<16 | 1<<8 | 1 }), 0},
		{"a first of January for one in three", dates(6000, oneOf(3, spread)), 0},
		{"many rows of one person", clones, 0},
		{"too few to tell", dates(20, someFiller), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Records{rows: c.rows}
			before := 0
			for _, rec := range r.rows {
				if rec.birth == filler || rec.birth == second {
					before++
				}
			}
			r.dropFillers()
			dropped := 0
			for _, rec := range r.rows {
				if rec.birth == 0 {
					dropped++
				}
			}
			if got := dropped > 0; got != (c.want > 0) || got && dropped != before {
				t.Errorf("%d dates dropped of %d", dropped, before)
			}
		})
	}
}

// TestNumbersOfDates: a date has one number.
func TestNumbersOfDates(t *testing.T) {
	for _, d := range []date{date(1)<<16 | 1<<8 | 1, date(1900)<<16 | 1<<8 | 1, date(1999)<<16 | 12<<8 | 31, date(2024)<<16 | 2<<8 | 29} {
		if got := dateNumbered(d.number()); got != d {
			t.Errorf("%d-%d-%d comes back as %d-%d-%d", d.year(), d.month(), d.day(), got.year(), got.month(), got.day())
		}
	}
}
