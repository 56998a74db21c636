package dedupe

import "bytes"

// Marks that stand for a name in the scheme of a local part.
const (
	schemeFamily  = 1
	schemeGiven   = 2
	schemeInitial = 3
)

// countSchemes measures how often two records made the local parts of their
// addresses of their names by one rule (given.family, gfamily). A local part
// that holds more than the names makes a rule of its own.
func (c *chances) countSchemes() {
	const most = 1 << 17 // records that are looked at
	sparing := uint32(1)
	for len(c.members)/int(sparing) > most {
		sparing *= 2
	}
	counts := map[string]float64{}
	all := 0.0
	var scheme []byte
	for _, i := range c.members {
		r := &c.f.r.rows[i]
		if r.emails[0] == 0 || r.given == 0 || r.family == 0 || c.f.r.emails.hashOf(r.emails[0])%sparing != 0 {
			continue
		}
		all++
		scheme = appendScheme(scheme[:0], localPart(c.f.r.emails.bytes(r.emails[0])), c.f.r.names.bytes(r.given), c.f.r.names.bytes(r.family))
		if len(scheme) > 0 {
			counts[string(scheme)]++
		}
	}
	same := 0.0 // whole numbers, so that their order says nothing
	for _, n := range counts {
		same += n * (n - 1)
	}
	if all > 1 {
		c.schemes = same / (all * (all - 1))
	}
}

// appendScheme writes how a local part is made of names; nothing where it does
// not hold the family name and at least the initial of the given one.
func appendScheme(buf, local, given, family []byte) []byte {
	const shortest = 2 // letters of a name that is found in a text
	at := bytes.Index(local, family)
	if len(family) < shortest || at < 0 {
		return buf
	}
	before, after := local[:at], local[at+len(family):]
	isMade := false
	part := func(text []byte) {
		if isMade || len(text) == 0 {
			buf = append(buf, text...)
			return
		}
		if k := bytes.Index(text, given); k >= 0 && len(given) >= shortest {
			buf, isMade = append(append(append(buf, text[:k]...), schemeGiven), text[k+len(given):]...), true
			return
		}
		if letters := bytes.Trim(text, "._-"); len(letters) == 1 && len(given) > 0 && letters[0] == given[0] {
			k := bytes.IndexByte(text, letters[0])
			buf, isMade = append(append(append(buf, text[:k]...), schemeInitial), text[k+1:]...), true
			return
		}
		buf = append(buf, text...)
	}
	start := len(buf)
	part(before)
	buf = append(buf, schemeFamily)
	part(after)
	if !isMade {
		return buf[:start]
	}
	return buf
}
