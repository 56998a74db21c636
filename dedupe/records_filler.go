package dedupe

import "slices"

// Fillers are values that a system writes where it knows none: a birth date of
// 1900-01-01, the phone 9999999999, none@example.com. That two parties have one
// in common says nothing, nor that one of them has another value. They are told
// by how many bear them: many times what a value is usually met, and hardly two
// of one name.

// filledField is a field that may hold fillers.
type filledField struct {
	values int                              // that a record may have
	share  float64                          // least part of all values that a filler is
	texts  func(r *Records) *symbols        // what the values number, nil = they are birth dates
	at     func(rec *record, i int) *uint32 // value i
}

// filledFields are the fields that may hold fillers.
func filledFields() []filledField {
	const shared = .05 // of those who have any: no office or family has more
	return []filledField{
		{values: 1, at: func(rec *record, _ int) *uint32 { return (*uint32)(&rec.birth) }},
		{values: 1, texts: func(r *Records) *symbols { return r.ids }, at: func(rec *record, _ int) *uint32 { return &rec.nationalID }},
		{values: maxPhones, share: shared, texts: func(r *Records) *symbols { return r.phones }, at: func(rec *record, i int) *uint32 { return &rec.phones[i] }},
		{values: maxEmails, share: shared, texts: func(r *Records) *symbols { return r.emails }, at: func(rec *record, i int) *uint32 { return &rec.emails[i] }},
	}
}

// dropFillers takes fillers for missing, and keeps in mind which they are.
func (r *Records) dropFillers() {
	r.fillers = r.fillers[:0]
	for _, f := range filledFields() {
		fillers := f.fillers(r.rows)
		if len(fillers) > 0 {
			f.drop(r.rows, func(value uint32) bool { return fillers[value] })
		}
		r.fillers = append(r.fillers, fillers)
	}
}

// dropFillersOf takes what are fillers among other records for missing in r: in
// a query, that somebody copied from what a system shows.
func (r *Records) dropFillersOf(all *Records) {
	for k, f := range filledFields() {
		if k >= len(all.fillers) || len(all.fillers[k]) == 0 {
			continue
		}
		f.drop(r.rows, func(value uint32) bool {
			if f.texts != nil {
				value = f.texts(all).find(f.texts(r).bytes(value))
			}
			return all.fillers[k][value]
		})
	}
}

// fillers lists the fillers of a field.
func (f *filledField) fillers(rows []record) map[uint32]bool {
	often := f.often(f.count(rows))
	if len(often) == 0 {
		return nil
	}
	names := map[uint32]map[uint64]bool{}
	f.each(rows, func(rec *record, value uint32) {
		if often[value] == 0 {
			return
		}
		if names[value] == nil {
			names[value] = map[uint64]bool{}
		}
		names[value][mix(uint64(rec.given)<<32|uint64(rec.family), uint64(rec.organisation))] = true
	})
	fillers := map[uint32]bool{}
	for value, count := range often {
		if 2*len(names[value]) >= int(count) {
			fillers[value] = true
		}
	}
	return fillers
}

// count counts the records that have each value, by value.
func (f *filledField) count(rows []record) []int32 {
	var counts []int32
	if f.texts == nil {
		counts = make([]int32, dateNumbers)
	}
	f.each(rows, func(_ *record, value uint32) {
		if f.texts == nil {
			value = uint32(date(value).number())
		}
		for int(value) >= len(counts) {
			counts = append(counts, make([]int32, len(counts)+1)...)
		}
		counts[value]++
	})
	return counts
}

// often lists the values that are met far oftener than values usually are, with
// their counts. Firsts of January are met oftener than other days, so they are
// compared with one another too, several fillers among them: where no more than
// years are known, all are, and they are many.
func (f *filledField) often(counts []int32) map[uint32]int32 {
	const fewest, times, timesOfYear, fewYears = 10, 20, 5, 6
	all, different := 0., 0.
	var firsts []int32
	for value, n := range counts {
		if n == 0 {
			continue
		}
		all, different = all+float64(n), different+1
		if f.texts == nil && isDefault(dateNumbered(value)) {
			firsts = append(firsts, n)
		}
	}
	usual := int32(0) // first of January
	if slices.Sort(firsts); len(firsts) >= fewYears {
		usual = firsts[len(firsts)/2]
	}
	often := map[uint32]int32{}
	for value, n := range counts {
		if count := float64(n); n < fewest || count < f.share*all || count < times*all/different {
			continue
		}
		if f.texts != nil {
			often[uint32(value)] = n
		} else if d := dateNumbered(value); !isDefault(d) || n >= timesOfYear*usual {
			often[uint32(d)] = n
		}
	}
	return often
}

// drop leaves the fillers out; what stands behind them moves up.
func (f *filledField) drop(rows []record, isFiller func(value uint32) bool) {
	for i := range rows {
		kept := 0
		for k := range f.values {
			value := *f.at(&rows[i], k)
			*f.at(&rows[i], k) = 0
			if value != 0 && !isFiller(value) {
				*f.at(&rows[i], kept) = value
				kept++
			}
		}
	}
}

func (f *filledField) each(rows []record, do func(rec *record, value uint32)) {
	for i := range rows {
		for k := range f.values {
			if value := *f.at(&rows[i], k); value != 0 {
				do(&rows[i], value)
			}
		}
	}
}
