package extract

import "loadstar/schemas/fault"

// capitalCheck tells Cyrillic of Windows from that of the Macintosh: small
// letters are the same bytes in both, capitals are not.
type capitalCheck struct {
	run     int  // bytes beyond ASCII before the one at hand
	first   byte // of them
	windows int  // words that begin with a capital of Windows
	mac     int  // with one of the Macintosh
}

func (c *capitalCheck) ascii() {
	if c.run >= fewestCyrillic {
		switch {
		case c.first >= 0xC0 && c.first <= 0xDF:
			c.windows++
		case c.first >= 0x80 && c.first <= 0x9F:
			c.mac++
		}
	}
	c.run = 0
}

func (c *capitalCheck) high(b byte) {
	switch {
	case c.run == 0:
		c.first, c.run = b, 1
	case b >= 0xDF:
		c.run++
	default:
		c.first = 0 // no word of one capital and small letters
	}
}

// fault refuses the text where nearly all of its capitals are those of the
// other encoding.
func (c *capitalCheck) fault(said string) error {
	c.ascii()
	const fewest, times = 5, 9
	other := ""
	switch {
	case said == "windows-1251" && c.mac >= fewest && c.mac > times*c.windows:
		other = macCyrillic
	case said == macCyrillic && c.windows >= fewest && c.windows > times*c.mac:
		other = "windows-1251"
	default:
		return nil
	}
	return fault.New(fault.DeliveryEncoding, "its text is most likely %s, the contract says %s: its words begin with the capitals of that one; set encoding: %s", other, said, other)
}
