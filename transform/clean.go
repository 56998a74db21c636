package transform

// readText cleanses one text column into its cell; false = nothing is left of
// it. Cleansing never refuses a row: what it cannot use is kept as attribute,
// unless the contract requires the value.
func (r *run) readText(k int, c *column, text string) bool {
	switch c.clean {
	case cleanText:
		r.cells[c.slot] = cell{text: text, ok: true}
		return true
	case cleanPhone:
		return r.readPhone(c, text)
	case cleanEmail:
		email, more := r.plan.tables.firstEmail(text)
		if more {
			r.keep(c.prop.Name, text)
		}
		return r.unusable(c, email, text, "email.invalid", "is no e-mail address")
	case cleanCountry:
		return r.unusable(c, r.remember(k, text, r.plan.tables.Country), text, "country.unknown", "is no known country")
	case cleanCurrency:
		code := r.plan.tables.Currency(text, r.plan.locale.currency)
		if code == "" && len(r.op.money) > 0 {
			r.fault(c, "currency.unknown", "is no known currency, so that nothing tells what the amounts of its row are", text)
			return false
		}
		return r.unusable(c, code, text, "currency.unknown", "is no known currency")
	case cleanUnpadded:
		text = Unpadded(text)
	case cleanPostcode:
		text = Postcode(text, r.country())
	case cleanPlaceCode:
		code, _ := CutPlace(text)
		text = Postcode(code, r.country())
	default:
		text = r.remember(k, text, r.cleanOf(c.clean))
	}
	r.cells[c.slot] = cell{text: text, ok: text != ""}
	return text != ""
}

// cleanOf gives the function of a cleanser that needs nothing but its text.
func (r *run) cleanOf(clean cleanser) func(string) string {
	t := r.plan.tables
	switch clean {
	case cleanFamilyFirst:
		return func(s string) string { return t.FamilyThenGiven(Line(s), t.isGiven) }
	case cleanTitle:
		return t.Title
	case cleanSuffix:
		return t.Suffix
	case cleanStreet, cleanCity:
		return t.PlaceName
	case cleanPlaceCity:
		return func(s string) string { _, city := CutPlace(s); return t.PlaceName(city) }
	case cleanRegion:
		return t.Region
	case cleanHouseNumber:
		return HouseNumber
	case cleanPartyType:
		return t.PartyType
	default: // names and addresses are cleansed together, see cleanNames
		return Line
	}
}

// memoLimit bounds what one call remembers of a column.
const memoLimit = 4096

// remember calls clean once for each text of the batch.
func (r *run) remember(k int, text string, clean func(string) string) string {
	m := &r.memos[k]
	if m.used && m.last == text {
		return m.lastCleaned
	}
	got, ok := m.cleaned[text]
	m.last, m.lastCleaned, m.used = text, got, true
	if ok {
		return got
	}
	got = clean(text)
	m.lastCleaned = got
	if m.cleaned == nil {
		m.cleaned = make(map[string]string)
	}
	if len(m.cleaned) < memoLimit {
		m.cleaned[text] = got
	}
	return got
}

// unusable sets a cell to what cleansing made of a text. Where that is
// nothing, the text goes to the attributes, or the row is refused if the value
// is required.
func (r *run) unusable(c *column, cleaned, text, rule, reason string) bool {
	if cleaned != "" {
		r.cells[c.slot] = cell{text: cleaned, ok: true}
		return true
	}
	if c.prop.Required {
		r.fault(c, rule, reason, text)
		return false
	}
	r.keep(c.prop.Name, text)
	return false
}

func (r *run) readPhone(c *column, text string) bool {
	e164, extension := Phone(text, r.country())
	if extension != "" {
		r.keep(c.prop.Name+"_extension", extension)
	}
	if e164 != "" && saysMore(text, e164, extension) {
		r.keep(c.prop.Name, text)
	}
	return r.unusable(c, e164, text, "phone.invalid", "is no phone number that can be called")
}

// country is the row's country, else the feed's.
func (r *run) country() string {
	if s := r.op.countrySlot; s >= 0 && r.cells[s].ok {
		return r.cells[s].text
	}
	return r.plan.locale.country
}

func (r *run) keep(key, value string) { r.extras = append(r.extras, extra{key, value}) }
