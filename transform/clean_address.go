package transform

// addressSlots are the cells that a postal address fills.
type addressSlots struct {
	line, line2, street, number, unit, postcode, city, region int
	numberMapped, countryMapped, placeMapped                  bool
}

func (op *objectPlan) newAddressSlots() *addressSlots {
	s := &addressSlots{
		line: op.slot("address_line"), line2: op.slot("address_line_2"), street: op.slot("street"),
		number: op.slot("house_number"), unit: op.slot("unit"), postcode: op.slot("postcode"), city: op.slot("city"), region: op.slot("region"),
	}
	s.numberMapped = s.number >= 0 && op.outputs[s.number].mapped
	s.countryMapped = op.countrySlot >= 0 && op.outputs[op.countrySlot].mapped
	mapped := func(slot int) bool { return slot >= 0 && op.outputs[slot].mapped }
	s.placeMapped = mapped(s.postcode) || mapped(s.city)
	return s
}

// cleanAddress takes address lines apart and says which country the address
// is in where the feed has no column for it.
func (r *run) cleanAddress() {
	s, t := r.op.address, r.plan.tables
	countryKnown := s.countryMapped
	switch line, street := r.get(s.line), r.get(s.street); {
	case line != "":
		a := WholeAddress{AddressLine: t.SplitAddress(line, r.country())}
		if !s.placeMapped { // the line is the whole address
			a = t.SplitWhole(line, r.country())
			countryKnown = countryKnown || a.Abroad // not the feed's, whichever it is
		}
		r.fill(s.postcode, a.Postcode)
		r.fill(s.city, a.City)
		r.fill(s.region, a.Region)
		r.fill(r.op.countrySlot, a.Country)
		r.fill(s.street, a.Street)
		r.fill(s.number, a.HouseNumber)
		r.fill(s.unit, a.Unit)
		r.set(s.line, t.placeText(line))
	case street != "" && !s.numberMapped && s.number >= 0:
		a := t.SplitAddress(street, r.country())
		if a.Street != "" {
			r.set(s.street, a.Street)
			r.fill(s.number, a.HouseNumber)
			r.fill(s.unit, a.Unit)
		}
	}
	if second := r.get(s.line2); second != "" && r.get(s.unit) == "" {
		if a := t.SplitAddress(second, r.country()); a.Street == "" && a.HouseNumber == "" {
			r.fill(s.unit, a.Unit)
		}
	}
	if !countryKnown && (r.get(s.line) != "" || r.get(s.street) != "" || r.get(s.postcode) != "" || r.get(s.city) != "") {
		r.fill(r.op.countrySlot, r.plan.locale.country)
	}
}
