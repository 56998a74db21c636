package dedupe

import "bytes"

// equalTogether says whether two names are one, written together and apart: Xiao
// Ming and Xiaoming, Jean Paul and Jeanpaul.
func equalTogether(a, b []byte) bool {
	for {
		a, b = bytes.TrimLeft(a, " "), bytes.TrimLeft(b, " ")
		if len(a) == 0 || len(b) == 0 {
			return len(a) == len(b)
		}
		if a[0] != b[0] {
			return false
		}
		a, b = a[1:], b[1:]
	}
}

// writtenTogether says whether the given and middle name of one record are the
// given name of another: Anna Maria and Annamaria.
func (c *comparer) writtenTogether(apart, together *record) bool {
	if apart.middle == 0 || together.middle != 0 {
		return false
	}
	text := c.f.r.names.bytes(together.given)
	rest, ok := bytes.CutPrefix(text, c.f.r.names.bytes(apart.given))
	return ok && bytes.Equal(rest, c.f.r.names.bytes(apart.middle))
}
