package dedupe

import (
	"bytes"
	"math"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/array"
)

// column numbers the text columns that matching reads.
type column uint8

const (
	colPartyType column = iota
	colFullName
	colGivenName
	colMiddleName
	colFamilyName
	colFormerFamilyName
	colOrganisationName
	colEmail
	colEmails
	colPhone
	colMobilePhone
	colPhones
	colAddressLine
	colStreet
	colHouseNumber
	colUnit
	colPostcode
	colCity
	colCountryCode
	colNationalId
	colGender
	colSuffix
	colSourceSystem
	colMadeBy
	colPoint
	columnCount
)

// MadeBy is the column, beside those of schemas.PartySchema, that says whose
// things are that are called by an organisation_name: artists, authors, brewers.
const MadeBy = "made_by"

// columnNames are the columns of schemas.PartySchema by number, MadeBy and Point.
func columnNames() [columnCount]string {
	return [columnCount]string{"party_type", "full_name", "given_name", "middle_name", "family_name", "former_family_name", "organisation_name", "email", "emails", "phone", "mobile_phone", "phones", "address_line", "street", "house_number", "unit", "postcode", "city", "country_code", "national_id", "gender", "suffix", "source_system", MadeBy, Point}
}

// partyReader turns rows of one batch into records.
type partyReader struct {
	r   *Records
	p   parties
	buf []byte

	columns    [columnCount]*array.String // nil = not in the batch
	attributes []*array.String            // likewise
}

func newPartyReader(r *Records, p parties) *partyReader {
	x := &partyReader{r: r, p: p, attributes: attributeColumns(p)}
	for i, name := range columnNames() {
		x.columns[i] = p.text[name]
	}
	return x
}

// value returns a text of row i, "" where missing; valid as long as the batch.
func (x *partyReader) value(of column, i int) string {
	c := x.columns[of]
	if c == nil || c.IsNull(i) {
		return ""
	}
	return c.Value(i)
}

func (x *partyReader) fold(to *symbols, value string) uint32 {
	if value == "" {
		return 0
	}
	x.buf = appendFold(x.buf[:0], value)
	return to.intern(x.buf)
}

// name folds a name, and notes where it is written without its vowels.
func (x *partyReader) name(value string) uint32 {
	id := x.fold(x.r.names, value)
	if id != 0 && isBare(value) {
		x.r.bare[id] = true
	}
	return id
}

// compact folds and drops the spaces: codes are written with and without them.
func (x *partyReader) compact(to *symbols, value string) uint32 {
	if value == "" {
		return 0
	}
	x.buf = appendFold(x.buf[:0], value)
	kept := x.buf[:0]
	for _, c := range x.buf {
		if c != ' ' {
			kept = append(kept, c)
		}
	}
	return to.intern(kept)
}

// identity reads who row i is: keys, names, birth date and ids.
func (x *partyReader) identity(rec *record, i int) {
	rec.key, rec.changed = x.p.key.Value(i), true
	if x.p.customer != nil && x.p.customer.IsValid(i) {
		rec.customer = x.p.customer.Value(i)
		rec.changed = x.p.changed != nil && x.p.changed.IsValid(i) && x.p.changed.Value(i)
	}
	if x.p.birth != nil && x.p.birth.IsValid(i) {
		rec.birth = dateOfDays(x.p.birth.Value(i))
	}
	rec.source = x.source(x.value(colSourceSystem, i))
	rec.marks = x.r.genders.marksOf(x.value(colGender, i), rec.source)
	if x.p.mention != nil && x.p.mention.IsValid(i) && x.p.mention.Value(i) {
		rec.marks |= mentioned
	}
	x.readNames(rec, i)
	x.dropNobody(rec)
	rec.nationalID = x.compact(x.r.ids, x.value(colNationalId, i))
	rec.generation = x.generation(x.value(colSuffix, i))
}

// whereabouts reads where row i is found: address, e-mails and phones.
func (x *partyReader) whereabouts(rec *record, i int) {
	x.readAddress(rec, i)
	x.readContacts(rec, i)
	x.readAttributes(rec, i)
}

// shows says whether the first e-mail address of a record holds one of its names.
func (r *Records) shows(rec *record, name uint32) bool {
	return rec.emails[0] != 0 && name != 0 && holdsName(r.emails.bytes(rec.emails[0]), r.names.bytes(name))
}

// source numbers the source systems.
func (x *partyReader) source(name string) uint16 {
	number, known := x.r.sources[name]
	if !known && name != "" && len(x.r.sources) < math.MaxUint16 {
		number = uint16(len(x.r.sources) + 1)
		x.r.sources[strings.Clone(name)] = number
	}
	return number
}

func (x *partyReader) readNames(rec *record, i int) {
	given, middle, family := x.value(colGivenName, i), x.value(colMiddleName, i), x.value(colFamilyName, i)
	firm := x.value(colOrganisationName, i)
	switch x.value(colPartyType, i) {
	case "organisation":
		rec.kind = organisation
	case "person":
	default:
		if given == "" && family == "" && firm != "" {
			rec.kind = organisation
		}
	}
	full := x.value(colFullName, i)
	if rec.kind == organisation {
		if firm == "" {
			firm = strings.TrimSpace(full)
		}
		if firm == "" {
			firm = strings.TrimSpace(given + " " + family)
		}
		firm, alias := splitAlias(firm)
		x.buf = appendFirm(x.buf[:0], alias)
		rec.alias = x.r.firms.intern(x.buf)
		x.buf = appendFirm(x.buf[:0], firm)
		rec.organisation = x.r.firms.intern(x.buf)
		_, form := splitForm(bytes.Fields(appendFold(nil, firm)))
		rec.former = x.r.names.intern([]byte(form))
		x.buf = appendEmployer(x.buf[:0], x.value(colMadeBy, i))
		rec.maker = x.r.firms.intern(x.buf)
		return
	}
	if given == "" && family == "" && full != "" {
		given, middle, family = splitFullName(full)
	}
	rec.given = x.name(given)
	rec.middle = x.name(middle)
	if x.isInitial(rec.given) && rec.middle != 0 && !x.isInitial(rec.middle) { // J. Edgar goes by Edgar, and M. Alain is Monsieur
		rec.given, rec.middle = rec.middle, rec.given
	}
	rec.family = x.name(family)
	if rec.isMention() && full == "" {
		full = given + " " + family
	}
	if rec.isMention() { // it may be an organisation without its legal form
		x.buf = appendFirm(x.buf[:0], full)
		rec.maker = x.r.firms.intern(x.buf)
	}
	rec.former = x.name(x.value(colFormerFamilyName, i))
	if firm != "" {
		x.buf = appendEmployer(x.buf[:0], firm)
		rec.organisation = x.r.firms.intern(x.buf)
	}
}

// dropNobody takes the names off a party that they do not name, unless it is all
// that somebody is mentioned by.
func (x *partyReader) dropNobody(rec *record) {
	if rec.isMention() {
		return
	}
	if rec.kind == organisation {
		if namesNobody(x.r.firms.bytes(rec.organisation)) {
			rec.organisation, rec.former = 0, 0
		}
		return
	}
	x.buf = x.buf[:0]
	for _, name := range []uint32{rec.given, rec.middle, rec.family} {
		x.buf = append(append(x.buf, x.r.names.bytes(name)...), ' ')
	}
	if namesNobody(bytes.TrimSpace(x.buf)) {
		rec.given, rec.middle, rec.family = 0, 0, 0
	}
}

// isInitial says whether a name is a single letter of a script that has them.
func (x *partyReader) isInitial(name uint32) bool { return len(x.r.names.bytes(name)) == 1 }

// splitFullName is the fallback for names that cleansing left whole.
func splitFullName(full string) (given, middle, family string) {
	if family, rest, ok := strings.Cut(full, ","); ok {
		given, middle, _ = strings.Cut(strings.TrimSpace(rest), " ")
		return given, middle, family
	}
	words := strings.Fields(full)
	switch len(words) {
	case 0:
		return "", "", ""
	case 1:
		return "", "", words[0]
	}
	last := len(words) - 1
	return words[0], strings.Join(words[1:last], " "), words[last]
}

func (x *partyReader) readAddress(rec *record, i int) {
	street, number := x.value(colStreet, i), x.value(colHouseNumber, i)
	if street == "" {
		street = x.value(colAddressLine, i)
	}
	if number == "" {
		street, number = splitNumber(street)
	}
	if street != "" {
		x.buf = appendStreet(x.buf[:0], street)
		rec.street = x.r.texts.intern(x.buf)
	}
	rec.number = x.compact(x.r.texts, number)
	rec.unit = x.compact(x.r.texts, x.value(colUnit, i))
	rec.postcode = x.compact(x.r.texts, x.value(colPostcode, i))
	if point := x.value(colPoint, i); rec.postcode == 0 && point != "" {
		x.buf = appendPoint(x.buf[:0], point)
		rec.postcode = x.r.texts.intern(x.buf)
	}
	rec.city = x.fold(x.r.texts, x.value(colCity, i))
	if country := x.value(colCountryCode, i); len(country) == 2 {
		rec.country = uint16(country[0])<<8 | uint16(country[1])
	}
}

// splitNumber takes a house number off the front or the end of a street line.
func splitNumber(line string) (street, number string) {
	words := strings.Fields(line)
	if len(words) < 2 {
		return line, ""
	}
	isNumber := func(w string) bool { return w[0] >= '0' && w[0] <= '9' && len(w) <= 6 }
	last := len(words) - 1
	switch {
	case isNumber(words[0]):
		return strings.Join(words[1:], " "), words[0]
	case isNumber(words[last]):
		return strings.Join(words[:last], " "), words[last]
	}
	return line, ""
}

func (x *partyReader) readContacts(rec *record, i int) {
	count := 0
	x.each(i, func(value string) {
		x.buf = appendEmail(x.buf[:0], value)
		id := x.r.emails.intern(x.buf)
		if id != 0 && count < maxEmails && !slices.Contains(rec.emails[:count], id) {
			rec.emails[count] = id
			count++
		}
	}, colEmail, colEmails)
	count = 0
	x.each(i, func(value string) {
		x.buf = appendPhone(x.buf[:0], value)
		id := x.r.phones.intern(x.buf)
		if id != 0 && count < maxPhones && !slices.Contains(rec.phones[:count], id) {
			rec.phones[count] = id
			count++
		}
	}, colMobilePhone, colPhone, colPhones)
}

// each calls use for the values of the columns, those of lists one by one.
func (x *partyReader) each(i int, use func(string), columns ...column) {
	for _, column := range columns {
		for value := range strings.SplitSeq(x.value(column, i), "\n") {
			if value != "" {
				use(value)
			}
		}
	}
}

// appendEmail writes an address in lower case without spaces and tags: post for
// anna+news@ goes where that for anna@ does. A text that is not an address becomes
// empty.
func appendEmail(buf []byte, value string) []byte {
	for i := range len(value) {
		if c := value[i]; c > ' ' {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			buf = append(buf, c)
		}
	}
	at := bytes.IndexByte(buf, '@')
	if at <= 0 || at == len(buf)-1 {
		return buf[:0]
	}
	if tag := bytes.IndexByte(buf[:at], '+'); tag > 0 {
		buf = append(buf[:tag], buf[at:]...)
	}
	return buf
}

// localPart is the part of an address before the @.
func localPart(email []byte) []byte {
	return email[:max(bytes.IndexByte(email, '@'), 0)]
}

// holdsName says whether the local part of an address holds the first word of a name.
func holdsName(email, name []byte) bool {
	const shortest = 3 // letters; shorter names occur by chance
	if at := bytes.IndexByte(name, ' '); at > 0 {
		name = name[:at]
	}
	return len(name) >= shortest && bytes.Contains(localPart(email), name)
}

// appendPhone writes the digits of a number; fewer than five are none.
func appendPhone(buf []byte, value string) []byte {
	const fewest = 5
	for i := range len(value) {
		if c := value[i]; '0' <= c && c <= '9' {
			buf = append(buf, c)
		}
	}
	if len(buf) < fewest {
		return buf[:0]
	}
	return buf
}

// generation reads the word of a suffix that numbers the bearers of one name.
func (x *partyReader) generation(suffix string) byte {
	if suffix == "" {
		return 0
	}
	x.buf = appendFold(x.buf[:0], suffix)
	for word := range bytes.FieldsSeq(x.buf) {
		switch string(word) {
		case "sr", "senior", "i":
			return 1
		case "jr", "junior", "ii":
			return 2
		case "iii":
			return 3
		case "iv":
			return 4
		case "v":
			return 5
		}
	}
	return 0
}
