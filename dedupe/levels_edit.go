package dedupe

import "math/bits"

// maxEdit is the longest text, in bytes, whose edit distance is computed;
// longer ones are compared by their first maxEdit bytes.
const maxEdit = 64

// editor computes edit distances. It keeps scratch space: one for each goroutine.
type editor struct{ match [256]uint64 }

// distance is the optimal string alignment distance of a and b in bytes:
// insertions, deletions, substitutions and swaps of neighbours count one.
// The bit-parallel form keeps a column of the table in one word.
func (e *editor) distance(a, b []byte) int {
	if len(a) > maxEdit {
		a = a[:maxEdit]
	}
	if len(b) > maxEdit {
		b = b[:maxEdit]
	}
	if len(a) == 0 || len(b) == 0 {
		return max(len(a), len(b))
	}
	for i, c := range a {
		e.match[c] |= 1 << i
	}
	score := e.run(len(a), b)
	for _, c := range a {
		e.match[c] = 0
	}
	return score
}

func (e *editor) run(length int, b []byte) int {
	up, down, zero, before := ^uint64(0), uint64(0), uint64(0), uint64(0)
	top := uint64(1) << (length - 1)
	score := length
	for _, c := range b {
		now := e.match[c]
		swap := ((^zero & now) << 1) & before
		zero = (((now & up) + up) ^ up) | now | down | swap
		plus := down | ^(zero | up)
		minus := zero & up
		if plus&top != 0 {
			score++
		}
		if minus&top != 0 {
			score--
		}
		plus = plus<<1 | 1
		up = minus<<1 | ^(zero | plus)
		down = plus & zero
		before = now
	}
	return score
}

// likeness grades how near two texts are.
type likeness uint8

const (
	unlike likeness = iota
	semi            // three letters of five agree, or the sound, or one begins the other
	near            // four letters of five agree
	equal
)

// compare grades two texts by edit distance, with masks as a cheap first test.
func (e *editor) compare(a, b []byte, maskA, maskB uint32) likeness {
	if tooUnlike(len(a), len(b), maskA, maskB) {
		return unlike
	}
	long := max(len(a), len(b))
	d := e.distance(a, b)
	switch {
	case d == 0:
		return equal
	case d*5 <= long || d == 1 && long >= 4:
		return near
	case d*5 <= long*2:
		return semi
	}
	return unlike
}

// tooUnlike says whether lengths and letters alone tell that less than three
// letters of five agree.
func tooUnlike(lengthA, lengthB int, maskA, maskB uint32) bool {
	long, short := max(lengthA, lengthB), min(lengthA, lengthB)
	return bits.OnesCount32(maskA^maskB)/2*5 > long*2 || (long-short)*5 > long*2
}

// otherNumber says whether two words hold digits, and not the same ones:
// unit7 and unit8 are two things, though one letter of five tells them apart.
func otherNumber(a, b []byte) bool {
	i, j := digitFrom(a, 0), digitFrom(b, 0)
	if i == len(a) || j == len(b) {
		return false
	}
	for i < len(a) && j < len(b) && a[i] == b[j] {
		i, j = digitFrom(a, i+1), digitFrom(b, j+1)
	}
	return i < len(a) || j < len(b)
}

// digitFrom is where the first digit of a text stands, at or behind a place;
// its length where none does.
func digitFrom(text []byte, at int) int {
	for at < len(text) && (text[at] < '0' || text[at] > '9') {
		at++
	}
	return at
}
