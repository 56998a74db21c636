package draft

import (
	"fmt"

	"loadstar/schemas"
)

// contractText is a contract on its way to a document.
type contractText struct {
	objects    []objectText
	errorShare string // "" = the default
	whyShare   string
}

type objectText struct {
	name       string
	entity     string
	why        string
	path       string
	when       []string
	only       []wordsOnly // and these columns have one of some words
	repeats    bool
	references map[string]string
	properties []propertyText
}

// wordsOnly says which words of a column an object's rows have.
type wordsOnly struct {
	column string
	words  []string
	not    bool // rather, none of these
	leave  bool // rows with other words are left out
}

// elseText is a column that is read where another is empty; without words and
// nulls of its own, with the other's.
type elseText struct {
	column string
	prefix string // put before its values
	words  [][2]string
	nulls  []string
}

type propertyText struct {
	name       string
	logical    string // "" = string
	field      string // "" = kept as attribute
	why        string
	key        int
	version    bool
	required   bool
	pii        bool
	minimum    string
	maximum    string
	aliases    []string
	constant   string
	otherwise  []elseText // columns that are read where this one is empty
	prefix     string     // keeps the ids of several tables of one system apart
	from       string
	part       string // expression whose group is the part of it that counts
	unit       string
	clean      string
	layout     string
	openLayout *columnDraft // nothing tells day from month
	nulls      []string
	negate     bool   // the source's sign is the opposite
	float      bool   // a program worked the numbers out in binary
	matches    string // of yes or no: an expression of the texts that say yes
	words      [][2]string
	counts     bool   // its numbers only count the rows
	time       string // column with the time of day of this date
	sure       bool   // its header says what it is
	lost       string // field that its header means and too many values do not read as
}

// has says whether an object has a property of that name.
func (o *objectText) has(name string) bool {
	for _, p := range o.properties {
		if p.name == name {
			return true
		}
	}
	return false
}

// feeds says whether a field of the object is fed.
func (o *objectText) feeds(field string) bool {
	for _, p := range o.properties {
		if p.field == field {
			return true
		}
	}
	return false
}

// add takes a property; a field that is fed already stays with its first
// column.
func (o *objectText) add(p propertyText) {
	if o.has(p.name) && p.from == "" {
		return
	}
	if p.field != "" && o.feeds(p.field) {
		p.field, p.why = "", "kept as it is: another column feeds "+p.field
		p.logical, p.required, p.minimum, p.maximum, p.words = "", false, "", "", nil
	}
	o.properties = append(o.properties, p)
}

// addPlace takes postcode and city out of one column. It is false where the
// object's entity has no such fields, or other columns feed them.
func (o *objectText) addPlace(t *table) bool {
	place := t.verdict.Place
	entity, err := schemas.EntityNamed(o.entity)
	if place == nil || err != nil || o.feeds("postcode") || o.feeds("city") {
		return false
	}
	_, hasCode := entity.Field("postcode")
	_, hasCity := entity.Field("city")
	if !hasCode || !hasCity {
		return false
	}
	why := fmt.Sprintf("%q holds a postcode and a city in one", place.Name)
	code := propertyText{name: place.Name, field: "postcode", clean: "place.postcode", pii: true, nulls: nullWords(place), why: why}
	city := propertyText{name: place.Name + " city", field: "city", clean: "place.city", aliases: []string{place.Name}, pii: true, nulls: nullWords(place), why: why}
	o.properties = append(o.properties, code, city)
	return true
}
