package dedupe

import (
	"cmp"
	"slices"

	"github.com/zeebo/xxh3"
)

// mostHousehold is the greatest number of persons that share a home. More of
// one name at one address are a house of flats without numbers or an
// institution, and no household.
const mostHousehold = 12

// Households finds persons who share family name (or former family name) and
// home address in the records, of which customers names the customer. It
// returns the household key of each customer that shares one with another: the
// smallest customer key in it. The key is no customer's property beyond that:
// households are a level above customers and merge nobody.
//
// An address needs a street and a postcode or city, and a house number where
// any is written; a different unit is a different home. Two shared homes of
// overlapping persons are one household, as long as it stays below the bound.
func Households(r *Records, customers map[int64]int64) map[int64]int64 {
	var homes []home
	for i := range r.rows {
		homes = r.appendHomes(homes, &r.rows[i], customers)
	}
	return joinHomes(homes)
}

// home is a family name at an address, hashed, and a customer who has it.
type home struct {
	high, low uint64
	customer  int64
}

func (r *Records) appendHomes(homes []home, rec *record, customers map[int64]int64) []home {
	customer, known := customers[rec.key]
	if !known || rec.kind != person || rec.street == 0 || rec.postcode == 0 && rec.city == 0 {
		return homes
	}
	for _, family := range [...]uint32{rec.family, rec.former} {
		if family == 0 {
			continue
		}
		high, low := r.homeKey(rec, family)
		homes = append(homes, home{high: high, low: low, customer: customer})
	}
	return homes
}

// homeKey hashes family name and address. The city counts where the postcode
// is missing only: it is written in too many ways.
func (r *Records) homeKey(rec *record, family uint32) (high, low uint64) {
	place := r.texts.bytes(rec.postcode)
	if rec.postcode == 0 {
		place = r.texts.bytes(rec.city)
	}
	var buf [256]byte
	key := buf[:0]
	for _, part := range [...][]byte{r.names.bytes(family), r.texts.bytes(rec.street), r.texts.bytes(rec.number), r.texts.bytes(rec.unit), place} {
		key = append(append(key, part...), 0)
	}
	h := xxh3.Hash128(key)
	return h.Hi, h.Lo
}

// joinHomes joins the customers of each home, and homes through customers.
func joinHomes(homes []home) map[int64]int64 {
	slices.SortFunc(homes, func(a, b home) int {
		return cmp.Or(cmp.Compare(a.high, b.high), cmp.Compare(a.low, b.low), cmp.Compare(a.customer, b.customer))
	})
	homes = slices.Compact(homes)
	root := map[int64]int64{}
	for start := 0; start < len(homes); {
		end := start + 1
		for end < len(homes) && homes[end].high == homes[start].high && homes[end].low == homes[start].low {
			end++
		}
		if n := end - start; n > 1 && n <= mostHousehold {
			for _, h := range homes[start+1 : end] {
				link(root, homes[start].customer, h.customer)
			}
		}
		start = end
	}
	size := map[int64]int{}
	for customer := range root {
		size[rootOf(root, customer)]++
	}
	households := make(map[int64]int64, len(root))
	for customer := range root {
		if household := rootOf(root, customer); size[household] <= mostHousehold {
			households[customer] = household
		}
	}
	return households
}

// link joins two customers; the smaller key is the root.
func link(root map[int64]int64, a, b int64) {
	for _, c := range [...]int64{a, b} {
		if _, ok := root[c]; !ok {
			root[c] = c
		}
	}
	a, b = rootOf(root, a), rootOf(root, b)
	root[max(a, b)] = min(a, b)
}

func rootOf(root map[int64]int64, c int64) int64 {
	for root[c] != c {
		c = root[c]
	}
	return c
}
