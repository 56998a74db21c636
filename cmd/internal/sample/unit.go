package sample

// unitKind says what binds the customers of one unit.
type unitKind string

const (
	single    unitKind = "single"
	household unitKind = "household" // shared address, landline and e-mail
	twins     unitKind = "twins"     // household with one birth date
	namesakes unitKind = "namesakes" // parent and child of one name
	office    unitKind = "office"    // an organisation (slot 0) and its contacts
)

// unit is a group of neighbouring customer numbers that belong together.
type unit struct {
	start int64
	size  int
	kind  unitKind
}

// blockSize is how many customer numbers are divided into units at a time: a
// customer's unit is found without looking at any other block.
const blockSize = 16

// unitOf returns the unit of customer i and the customer's slot in it.
func (w *world) unitOf(i int64) (unit, int) {
	block := i / blockSize
	r := stream(w.seed, forBlock, block, 0)
	at := 0
	for {
		u := drawUnit(r)
		if at+u.size > blockSize {
			u = unit{size: 1, kind: single}
		}
		u.start = block*blockSize + int64(at)
		if slot := int(i - u.start); slot < u.size {
			return u, slot
		}
		at += u.size
	}
}

func drawUnit(r *rng) unit {
	switch n := r.below(1000); {
	case n < 45:
		return unit{size: 1 + r.between(1, 3), kind: office}
	case n < 100:
		return unit{size: pick(r, []int{2, 2, 2, 3, 4}), kind: household}
	case n < 109:
		return unit{size: 2, kind: twins}
	case n < 118:
		return unit{size: 2, kind: namesakes}
	}
	return unit{size: 1, kind: single}
}
