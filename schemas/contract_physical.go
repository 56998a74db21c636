package schemas

import (
	"regexp"
	"strconv"
	"strings"
)

var physicalType = regexp.MustCompile(`^([a-z][a-z0-9_ ]*?)\s*(?:\(\s*(\d{1,6})\s*(?:,\s*(\d{1,6})\s*)?\))?$`)

// applyPhysical takes the bounds that a physical type sets: what would not fit
// the column it names is refused, not cut or rounded. Types without bounds,
// and those that don't go with the logical type, say nothing.
func (p *Property) applyPhysical(text string) {
	text, isUnsigned := cutSigned(strings.ToLower(text))
	m := physicalType.FindStringSubmatch(text)
	if m == nil {
		return
	}
	size, _ := strconv.Atoi(m[2]) // "" = 0
	switch p.Logical {
	case "number", "integer":
		if isUnsigned {
			p.applyUnsigned(m[1])
		}
		p.applyNumberType(m[1], size, m[3])
	case "string":
		switch m[1] {
		case "char", "varchar", "varchar2", "nchar", "nvarchar", "nvarchar2", "character", "character varying", "bpchar", "string", "text":
			if p.MaxLen == 0 {
				p.MaxLen = size
			}
		}
	}
}

func (p *Property) applyNumberType(name string, digits int, places string) {
	switch name {
	case "decimal", "numeric", "number", "dec":
		if digits == 0 {
			return
		}
		n, _ := strconv.Atoi(places) // decimal(10) has none
		p.Digits, p.Places = digits, &n
	case "tinyint":
		p.within("-128", "255") // signed or not, by the database
	case "mediumint":
		p.within("-8388608", "8388607")
	case "smallint", "int2":
		p.within("-32768", "32767")
	case "int", "integer", "int4":
		p.within("-2147483648", "2147483647")
	}
}

// cutSigned takes the words off that MySQL puts behind types of numbers:
// "int(11) unsigned zerofill".
func cutSigned(text string) (rest string, isUnsigned bool) {
	text = strings.TrimSpace(text)
	for {
		before := text
		for _, word := range []string{" unsigned", " zerofill", " signed"} {
			if cut, ok := strings.CutSuffix(text, word); ok {
				text, isUnsigned = strings.TrimSpace(cut), isUnsigned || word != " signed"
			}
		}
		if text == before {
			return text, isUnsigned
		}
	}
}

func (p *Property) applyUnsigned(name string) {
	most := map[string]string{"tinyint": "255", "smallint": "65535", "mediumint": "16777215", "int": "4294967295", "integer": "4294967295"}[name]
	p.within("0", most) // a type that is not here is bound below alone
}

func (p *Property) within(low, high string) {
	if p.Minimum == "" && p.Above == "" {
		p.Minimum = low
	}
	if p.Maximum == "" && p.Below == "" {
		p.Maximum = high
	}
}
