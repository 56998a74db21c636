package transform

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"loadstar/schemas"
)

// kind is the type a column's text is read as.
type kind int

const (
	kindText kind = iota
	kindInteger
	kindDecimal
	kindRate
	kindBool
	kindDate
	kindTimestamp
)

// column is the program of one property: how its text becomes a value and
// what that value must satisfy.
type column struct {
	prop     schemas.Property
	property int // index in the object's properties
	slot     int
	kind     kind
	isText   bool // the value travels as text, whatever it is read as
	isWhole  bool // a decimal that must be a whole number
	isCode   bool // an id or a phone number: no number that may be rounded
	isID     bool // names something by itself
	clean    cleanser
	layout   Layout
	marks    Marks
	money    int // index of the decimal field's sum, -1 = none
	percent  bool
	multiple int64 // numbers are multiples of it, × 10^4; 0 = any
	nulls    map[string]bool
	words    map[string]string // also by folded word
	allowed  map[string]bool
	bounds   []bound
	hasText  bool     // rules on the text: words, length, pattern, allowed values
	others   []column // one for each alternative of the property: itself, but for words and nulls of their own
}

// setOthers makes the programs of the alternatives, once the column's own is
// complete.
func (c *column) setOthers() {
	for _, a := range c.prop.Else {
		other := *c
		other.others = nil
		if a.HasOwnWords() {
			other.prop.Words, other.prop.Nulls, other.words, other.nulls = a.Words, a.Nulls, nil, nil
			other.setTextRules()
		}
		c.others = append(c.others, other)
	}
}

// bound is one limit in the unit of the column's kind.
type bound struct {
	limit int64
	test  func(value, limit int64) bool
	text  string // "at least 0"
}

// early says that other columns of the row need the value.
func (c column) early() bool {
	return c.clean == cleanCountry || c.clean == cleanCurrency || c.clean == cleanPartyType
}

func (p *Plan) newColumn(op *objectPlan, prop schemas.Property) (column, error) {
	c := column{prop: prop, money: -1, marks: p.locale.marks}
	c.kind = logicalKind(prop.Logical)
	c.isText = true
	c.isCode = prop.Key > 0 || strings.HasSuffix(prop.Field, "_id") || slices.Contains([]string{"phone", "mobile_phone", "tracking_number", "serial_number"}, prop.Field)
	c.isID = prop.Key > 0 && len(op.object.KeyProperties()) == 1 || prop.Key == 0 && strings.HasSuffix(prop.Field, "_id")
	clean := prop.Clean
	if field, ok := op.entity.Field(prop.Field); ok {
		clean = firstOf(prop.Clean, field.Clean)
		if field.Type != schemas.Text {
			c.isText = false
			c.isWhole = field.Type == schemas.Decimal && c.kind == kindInteger
			c.kind = fieldKind(field.Type)
		}
		if field.Type == schemas.Decimal {
			c.money = 0
			c.percent = strings.HasSuffix(field.Name, "_percent")
		}
	}
	if prop.Unit == "fraction" && !c.percent {
		return c, errors.New("unit fraction needs a field that counts in percent")
	}
	if (strings.HasPrefix(prop.Unit, "epoch") || prop.Unit == "excel_days") && c.kind != kindTimestamp && c.kind != kindDate {
		return c, fmt.Errorf("unit %s needs a date or timestamp", prop.Unit)
	}
	if slices.Contains([]string{"minor", "micros", "thousands", "millions"}, prop.Unit) && c.kind != kindDecimal {
		return c, fmt.Errorf("unit %s needs a decimal field", prop.Unit)
	}
	var err error
	if c.clean, err = cleanserNamed(clean); err != nil {
		return c, err
	}
	if c.layout, err = ParseLayout(firstOf(prop.Layout, p.contract.Locale.Date)); err != nil && (c.kind == kindDate || c.kind == kindTimestamp) {
		return c, err
	}
	if prop.Layout != "" && c.kind != kindDate && c.kind != kindTimestamp {
		return c, errors.New("layout (format) needs a date or timestamp; pattern says how a text must look")
	}
	c.setTextRules()
	if prop.Multiple != "" && c.kind != kindDecimal && c.kind != kindInteger {
		return c, errors.New("multipleOf needs a number")
	}
	if prop.Multiple != "" {
		var f Fault
		if c.multiple, f = p.tables.ParseDecimal(prop.Multiple, Marks{Decimal: '.'}, 0); f != "" || c.multiple <= 0 {
			return c, fmt.Errorf("multipleOf %q is not a number above 0 with up to four decimal places", prop.Multiple)
		}
	}
	return c, c.setBounds(p)
}

func logicalKind(logical string) kind {
	switch logical {
	case "integer":
		return kindInteger
	case "number":
		return kindDecimal
	case "boolean":
		return kindBool
	case "date":
		return kindDate
	case "timestamp":
		return kindTimestamp
	}
	return kindText
}

func fieldKind(t schemas.Type) kind {
	switch t {
	case schemas.Integer:
		return kindInteger
	case schemas.Decimal:
		return kindDecimal
	case schemas.Rate:
		return kindRate
	case schemas.Bool:
		return kindBool
	case schemas.Date:
		return kindDate
	case schemas.Timestamp:
		return kindTimestamp
	}
	return kindText
}

func (c *column) setTextRules() {
	for _, n := range c.prop.Nulls {
		if c.nulls == nil {
			c.nulls = map[string]bool{}
		}
		c.nulls[Text(n)] = true
	}
	for from, to := range c.prop.Words {
		if c.words == nil {
			c.words = map[string]string{}
		}
		c.words[Text(from)] = to
	}
	for from, to := range c.prop.Words { // an exact word wins over a folded one
		if key := foldKey + strings.ToLower(Text(from)); c.words[key] == "" || to < c.words[key] {
			c.words[key] = to
		}
	}
	for _, a := range c.prop.Allowed {
		if c.allowed == nil {
			c.allowed = map[string]bool{}
		}
		c.allowed[Text(a)] = true
	}
	c.hasText = c.prop.Matches != nil || c.words != nil || c.allowed != nil || c.prop.Pattern != nil || c.prop.MinLen > 0 || c.prop.MaxLen > 0
}

// foldKey marks words that are kept in lower case; it cannot begin a text.
const foldKey = "\x00"

func (c *column) word(text string) string {
	if to, ok := c.words[text]; ok {
		return to
	}
	if to, ok := c.words[foldKey+strings.ToLower(text)]; ok {
		return to
	}
	if to, ok := c.words[schemas.AnyWord]; ok {
		return to
	}
	return text
}

func (c *column) setBounds(p *Plan) error {
	for _, b := range []struct {
		text, says string
		test       func(value, limit int64) bool
	}{
		{c.prop.Minimum, "at least", func(v, l int64) bool { return v >= l }},
		{c.prop.Maximum, "at most", func(v, l int64) bool { return v <= l }},
		{c.prop.Above, "above", func(v, l int64) bool { return v > l }},
		{c.prop.Below, "below", func(v, l int64) bool { return v < l }},
	} {
		if b.text == "" {
			continue
		}
		limit, err := c.limit(p, b.text)
		if err != nil {
			return err
		}
		c.bounds = append(c.bounds, bound{limit, b.test, b.says + " " + b.text})
	}
	return nil
}

// limit reads a bound; contracts write numbers with a point and dates as ISO.
func (c *column) limit(p *Plan, text string) (int64, error) {
	iso := Layout{mark: '-'}
	plain := Marks{Decimal: '.'}
	switch c.kind {
	case kindInteger:
		if v, fault := p.tables.ParseInteger(text, plain); fault == "" {
			return v, nil
		}
	case kindDecimal:
		if v, fault := p.tables.ParseDecimal(text, plain, 0); fault == "" {
			return v, nil
		}
	case kindRate:
		if v, fault := p.tables.ParseRate(text, plain); fault == "" {
			return v, nil
		}
	case kindDate:
		if m, ok := iso.Parse(text); ok {
			return m.Days, nil
		}
	case kindTimestamp:
		if m, ok := iso.Parse(text); ok {
			z := zone{location: p.locale.zone}
			micros, _ := z.utc(m)
			return micros, nil
		}
	}
	return 0, fmt.Errorf("bound %q does not fit logicalType %s", text, c.prop.Logical)
}

// cleanser names what happens to a text after its contract is checked.
type cleanser int

const (
	cleanText cleanser = iota
	cleanCompany
	cleanFullName
	cleanFamilyFirst // of a whole name with the family name in front
	cleanTitle
	cleanGiven
	cleanFamily
	cleanSuffix
	cleanEmail
	cleanPhone
	cleanAddressLine
	cleanStreet
	cleanHouseNumber
	cleanUnit
	cleanPostcode
	cleanCity
	cleanPlaceCode // of a postcode and a city in one text
	cleanPlaceCity
	cleanRegion
	cleanCountry
	cleanCurrency
	cleanPartyType
	cleanID
	cleanUnpadded // of an id that others write without zeros in front
)

func cleanserNamed(name string) (cleanser, error) {
	switch name {
	case "", "text", "none":
		return cleanText, nil
	case "company":
		return cleanCompany, nil
	case "name.full":
		return cleanFullName, nil
	case "name.family_first":
		return cleanFamilyFirst, nil
	case "name.title":
		return cleanTitle, nil
	case "name.given":
		return cleanGiven, nil
	case "name.family":
		return cleanFamily, nil
	case "name.suffix":
		return cleanSuffix, nil
	case "email":
		return cleanEmail, nil
	case "phone":
		return cleanPhone, nil
	case "address.line":
		return cleanAddressLine, nil
	case "address.street":
		return cleanStreet, nil
	case "address.number":
		return cleanHouseNumber, nil
	case "address.unit":
		return cleanUnit, nil
	case "address.postcode":
		return cleanPostcode, nil
	case "address.city":
		return cleanCity, nil
	case "place.postcode":
		return cleanPlaceCode, nil
	case "place.city":
		return cleanPlaceCity, nil
	case "address.region":
		return cleanRegion, nil
	case "country":
		return cleanCountry, nil
	case "currency":
		return cleanCurrency, nil
	case "party_type":
		return cleanPartyType, nil
	case "id":
		return cleanID, nil
	case "id.unpadded":
		return cleanUnpadded, nil
	}
	return 0, fmt.Errorf("no cleansing function is called %q", name)
}
