package sample

import (
	"fmt"
	"strconv"
	"strings"
)

// cents is an amount of money in hundredths.
type cents int64

func (c cents) String() string {
	sign := ""
	if c < 0 {
		sign, c = "-", -c
	}
	return fmt.Sprintf("%s%d.%02d", sign, int64(c)/100, int64(c)%100)
}

func (c cents) append(buf []byte) []byte {
	if c < 0 {
		buf, c = append(buf, '-'), -c
	}
	buf = strconv.AppendInt(buf, int64(c)/100, 10)
	return append(buf, '.', byte('0'+int64(c)/10%10), byte('0'+int64(c)%10))
}

// grouped writes the amount with the given decimal mark and digit grouping.
func (c cents) grouped(mark, group byte) string {
	plain := c.String()
	whole, part, _ := strings.Cut(plain, ".")
	sign := ""
	if whole[0] == '-' {
		sign, whole = "-", whole[1:]
	}
	var b strings.Builder
	b.WriteString(sign)
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(group)
		}
		b.WriteByte(whole[i])
	}
	b.WriteByte(mark)
	b.WriteString(part)
	return b.String()
}

// product is one row of the product table.
type product struct {
	id, name, brand, family, category, line, division string
	price, cost                                       cents
	download                                          bool
}

func (t *tables) loadProducts() error {
	lines, err := tableLines("products")
	if err != nil {
		return err
	}
	for _, line := range lines {
		c := strings.Split(line, "|")
		p := product{id: c[0], name: c[1], brand: c[2], family: c[3], category: c[4], line: c[5], division: c[6], download: c[9] != ""}
		for i, target := range []*cents{&p.price, &p.cost} {
			n, err := strconv.ParseInt(strings.Replace(c[7+i], ".", "", 1), 10, 64)
			if err != nil {
				return fmt.Errorf("read table products: %s: %w", p.id, err)
			}
			*target = cents(n)
		}
		t.products = append(t.products, p)
	}
	return nil
}

// ofDivision lists the products that one division sells.
func (t *tables) ofDivision(division string) []product {
	var list []product
	for _, p := range t.products {
		if p.division == division {
			list = append(list, p)
		}
	}
	return list
}
