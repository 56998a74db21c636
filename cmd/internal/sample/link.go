package sample

// Points that two records of a person share, and the least they must: a
// careful reader then sees that they are one person. Half points count what
// relatives share too.
const (
	pointsOwn    = 6 // own e-mail, mobile, birth date, house
	pointsShared = 2 // family e-mail, landline
	pointsTown   = 1
	pointsEnough = 6
	pointsWeak   = 1 // more for each degree of a weak name
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

// needs says which records of a person are still to come: what they know is
// what an earlier record must hold.
type needs struct{ billing, sheet bool }

func needsOf(plan []appearance) needs {
	var n needs
	for _, a := range plan {
		n.billing = n.billing || a.role == billingRole
		n.sheet = n.sheet || a.role == sheetRole
	}
	return n
}

// anchored says whether rec holds something of the person's own that the other
// records can share: billing keeps no phone, a worksheet no street.
func anchored(p person, rec record, n needs, earlier []record) bool {
	mail := rec.email != "" && (rec.email == p.email || rec.email == p.spare)
	if n.billing && len(earlier) > 0 && rec.role != billingRole {
		mail = mail && rec.email == earlier[0].email // one address is all that billing can share with both
	}
	if mail {
		return true
	}
	door := rec.addr.sameDoor(p.home) || rec.addr.sameDoor(p.old)
	if p.unit.kind == namesakes && p.suffix == "" || p.unit.kind == office && !p.org && rec.addr.sameDoor(p.office) {
		door = false
	}
	return door && !n.sheet || (rec.phone.personal || p.org && !rec.phone.none()) && !n.billing
}

// borrow returns rec with contact data of the earlier record that it can't be
// linked with, as far as its source keeps such data: one thing that links it
// with all, else one that links it with that record, else everything.
func (rec record) borrow(p person, earlier []record, bad int) record {
	from := earlier[bad]
	takes := []func(*record, record){takePhone, takeAddress, takeMail}
	for _, to := range [][]record{earlier, earlier[bad : bad+1]} {
		for _, take := range takes {
			one := rec
			take(&one, from)
			if weakest(p, one, to) < 0 {
				return one
			}
		}
	}
	for _, take := range takes {
		take(&rec, from)
	}
	return rec
}

func takeMail(rec *record, from record) {
	if from.email != "" {
		rec.email, rec.sharedMail = from.email, from.sharedMail
	}
}

func takePhone(rec *record, from record) {
	if rec.role != billingRole && !from.phone.none() {
		rec.phone = from.phone
	}
}

func takeAddress(rec *record, from record) {
	if rec.role != sheetRole && from.addr.streetLong != "" {
		rec.addr = from.addr
	}
}

func phonePoints(p person, a, b record) int {
	best := 0
	for _, x := range []phone{a.phone, a.mobile} {
		for _, y := range []phone{b.phone, b.mobile} {
			if !x.same(y) {
				continue
			}
			if x.personal || p.org || p.unit.kind == single {
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
