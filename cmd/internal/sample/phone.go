package sample

import (
	"fmt"
	"strconv"
)

func itoa(n int) string { return strconv.Itoa(n) }

// phone is a number as dialled inside its country, without the trunk zero;
// cut says where its parts end. The zero value is none.
type phone struct {
	country, number string
	cut             []int
	personal        bool
}

func (p phone) none() bool { return p.number == "" }

func (p phone) same(o phone) bool {
	return !p.none() && p.number == o.number && p.country == o.country
}

type phoneKind int

const (
	mobileKind phoneKind = iota
	landlineKind
)

// drawPhone draws a number that no one has: the ranges reserved for fiction
// where they suffice, else blocks that are not assigned (London numbers that
// begin with 0, the German 0150, US exchanges 555, the French 01 99). The
// first thousand owners get reserved British numbers.
func drawPhone(r *rng, country string, kind phoneKind, owner int64) phone {
	p := phone{country: country, personal: kind == mobileKind}
	switch {
	case country == "GB" && kind == mobileKind:
		p.number, p.cut = "7"+pick(r, []string{"1", "2"})+digits(r, 8), []int{4}
	case country == "GB" && owner < 1000:
		p.number, p.cut = "2079460"+fmt.Sprintf("%03d", owner), []int{2, 6}
	case country == "GB":
		p.number, p.cut = pick(r, []string{"20", "23", "24", "28", "29"})+"0"+digits(r, 7), []int{2, 6}
	case country == "DE" && kind == mobileKind:
		p.number, p.cut = "150"+digits(r, 8), []int{3}
	case country == "DE":
		area := pick(r, []string{"3023125", "6990009", "4066969", "2214710", "8999998"})
		p.number, p.cut = area+digits(r, 5), []int{2}
		if area == "2214710" {
			p.cut = []int{3}
		}
	case country == "US":
		area := 3 * r.below(len(usAreas)/3)
		p.number = usAreas[area:area+3] + "555" + digits(r, 4)
		p.cut = []int{3, 6}
	case kind == mobileKind:
		p.number, p.cut = "199"+digits(r, 6), []int{1, 3, 5, 7}
	default:
		p.number, p.cut = pick(r, []string{"26191", "35301", "46571", "53649", "19900"})+digits(r, 4), []int{1, 3, 5, 7}
	}
	return p
}

// usAreas are American area codes of three digits each.
const usAreas = "201203206208209212215217301303305307309312315317319401402404406408410412" +
	"414415417419501503505507509512515518520530541559602605607608614617701704" +
	"706712715717719801803806808812814816901903906907909913915918"

func (p phone) code() string {
	switch p.country {
	case "GB":
		return "44"
	case "DE":
		return "49"
	case "FR":
		return "33"
	}
	return "1"
}

// e164 is the number as matching will see it.
func (p phone) e164() string {
	if p.none() {
		return ""
	}
	return "+" + p.code() + p.number
}

// written writes the number in one of the ways people do. home is the default
// country of the feed: numbers of other countries always carry their code.
func (p phone) written(r *rng, home string) string {
	if p.none() {
		return ""
	}
	style := r.below(6)
	if p.country != home && style < 3 {
		style += 3
	}
	trunk := "0"
	if p.country == "US" {
		trunk = ""
	}
	switch style {
	case 0:
		return trunk + p.number
	case 1:
		return trunk + p.parts(" ")
	case 2:
		return trunk + p.parts("-")
	case 3:
		return "+" + p.code() + " " + p.parts(" ")
	case 4:
		if p.country == "US" {
			return "+1 (" + p.number[:3] + ") " + p.number[3:6] + "-" + p.number[6:]
		}
		return "+" + p.code() + " (0)" + p.parts(" ")
	default:
		return "+" + p.code() + p.number
	}
}

func (p phone) parts(between string) string {
	text, from := "", 0
	for _, to := range p.cut {
		text += p.number[from:to] + between
		from = to
	}
	return text + p.number[from:]
}
