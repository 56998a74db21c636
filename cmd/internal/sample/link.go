package sample

// Points that two records of a person share, and the least they must: a
// careful reader then sees that they are one person. Half points count what
// relatives share too.
const (
	pointsOwn    = 6 // own e-mail, mobile, birth date, house
	pointsShared = 2 // family e-mail, landline
	pointsTown   = 1
	pointsEnough = 6
	pointsWeak   = 2 // more for each degree of a weak name
)

// weakest returns the index of the first earlier record that rec can't be
// linked with by its data, -1 if there is none.
func weakest(p person, rec record, earlier []record) int {
	for k, other := range earlier {
		if points(p, rec, other) < pointsEnough+pointsWeak*(rec.weak+other.weak) {
			return k
		}
	}
	return -1
}

func points(p person, a, b record) int {
	sum := 0
	if a.email != "" && a.email == b.email {
		if a.sharedMail && !p.org {
			sum += pointsShared
		} else {
			sum += pointsOwn
		}
	}
	sum += phonePoints(p, a, b)
	if a.hasBirth && b.hasBirth && a.born == b.born {
		sum += pointsOwn
		if p.unit.kind == twins {
			sum -= pointsShared
		}
	}
	return sum + placePoints(p, a, b)
}

func phonePoints(p person, a, b record) int {
	best := 0
	for _, x := range []phone{a.phone, a.mobile} {
		for _, y := range []phone{b.phone, b.mobile} {
			if !x.same(y) {
				continue
			}
			if x.personal || p.unit.kind == single {
				best = pointsOwn
			} else {
				best = max(best, pointsShared)
			}
		}
	}
	return best
}

func placePoints(p person, a, b record) int {
	door := a.addr.sameDoor(b.addr)
	switch {
	case p.unit.kind == namesakes:
		// The same name lives at the same address: only a suffix tells them apart.
		if door && p.suffix != "" {
			return pointsOwn
		}
		return 0
	case door && (p.unit.kind != office || p.org):
		return pointsOwn
	case door:
		return pointsShared
	case a.addr.city != "" && a.addr.city == b.addr.city:
		return pointsTown
	}
	return 0
}
