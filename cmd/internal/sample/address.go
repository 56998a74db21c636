package sample

import (
	"strings"
)

// address is one postal address; the zero value is none.
type address struct {
	country              string
	streetLong, streetSh string // with the type written out, and abbreviated
	number, flat         string
	postcode             string
	city, region         string
}

func (a address) none() bool { return a.city == "" }

// sameDoor says whether two addresses are the same house.
func (a address) sameDoor(b address) bool {
	return !a.none() && a.streetLong != "" && a.streetLong == b.streetLong && a.number == b.number && a.postcode == b.postcode
}

func (w *world) drawAddress(r *rng, country string) address {
	c := pick(r, w.tables.cities[country])
	names, types := w.tables.streetNames[country], w.tables.streetTypes[country]
	which := r.below(len(names) * len(types))
	n, t := names[which/len(types)], types[which%len(types)]
	a := address{country: country, city: c.name, region: c.region, number: houseNumber(r)}
	switch country {
	case "DE":
		a.streetLong, a.streetSh = joinGerman(n, t.long), joinGerman(n, t.short)
	case "FR":
		a.streetLong, a.streetSh = t.long+" "+n, t.short+" "+n
	default:
		a.streetLong, a.streetSh = n+" "+t.long, n+" "+t.short
	}
	// One street has one postcode, as neighbours have.
	local := stream(uint64(which), forUnit, int64(len(c.name)), int64(c.name[0]))
	a.postcode = postcode(local, c)
	if r.permille(140) && country != "DE" && country != "FR" {
		a.flat = pick(r, []string{"Flat ", "Apt "}) + digits(r, 1)
	}
	return a
}

func joinGerman(name, kind string) string {
	if strings.HasSuffix(name, " ") {
		return name + strings.ToUpper(kind[:1]) + kind[1:]
	}
	return name + kind
}

func houseNumber(r *rng) string {
	n := itoa(r.between(1, 140))
	if r.permille(60) {
		n += pick(r, []string{"a", "b", "c"})
	}
	return n
}

const postLetters = "ABDEFGHJLNPQRSTUWXYZ"

func postcode(r *rng, c city) string {
	area := pick(r, c.areas)
	switch c.country {
	case "GB":
		return area + " " + itoa(r.between(1, 9)) + string(postLetters[r.below(len(postLetters))]) + string(postLetters[r.below(len(postLetters))])
	default:
		return area + digits(r, 5-len(area))
	}
}

// line writes street and number as people of the country do.
func (a address) line(street string) string {
	if a.country == "DE" {
		return street + " " + a.number
	}
	if a.country == "FR" {
		return a.number + " " + street
	}
	if a.flat != "" {
		return a.flat + ", " + a.number + " " + street
	}
	return a.number + " " + street
}
