package extract

import "loadstar/schemas/fault"

// widePage counts the characters of two bytes that a text has in one encoding
// of East Asia, where hardly any text has more than few of the rare ones.
type widePage struct {
	name   string
	isLead func(byte) bool
	isPair func(lead, trail byte) pairKind
	lead   byte // of a character whose second byte is to come, 0 = none
	skip   int  // bytes of a longer character that are still to come
	common int
	rare   int
	broken int
}

// pairKind says how often the texts of an encoding have a character.
type pairKind int

const (
	noPair   pairKind = iota
	signPair          // a sign, or a letter of another script
	rarePair
	commonPair
	longPair // the first half of a character of four bytes
)

func newWidePages() []widePage {
	high := between(0x81, 0xFE)
	return []widePage{
		{name: "gb18030", isLead: high, isPair: gbPair},
		{name: "big5", isLead: high, isPair: big5Pair},
		{name: "shift_jis", isLead: func(b byte) bool { return b >= 0x81 && b <= 0x9F || b >= 0xE0 && b <= 0xFC }, isPair: sjisPair},
		{name: "euc-jp", isLead: between(0x8E, 0xFE), isPair: eucJPPair},
		{name: "euc-kr", isLead: high, isPair: eucKRPair},
	}
}

func rareBut(common bool) pairKind {
	if common {
		return commonPair
	}
	return rarePair
}

// gbPair: the characters of level 1 of GB 2312 are nearly all that is written.
func gbPair(lead, trail byte) pairKind {
	switch {
	case trail >= '0' && trail <= '9':
		return longPair
	case trail < 0x40 || trail == 0x7F || trail == 0xFF:
		return noPair
	case lead >= 0xA1 && lead <= 0xA3 && trail >= 0xA1:
		return signPair
	}
	return rareBut(lead >= 0xB0 && lead <= 0xD7 && trail >= 0xA1)
}

func big5Pair(lead, trail byte) pairKind {
	switch {
	case trail < 0x40 || trail > 0x7E && trail < 0xA1 || trail == 0xFF:
		return noPair
	case lead >= 0xA1 && lead <= 0xA3:
		return signPair
	}
	return rareBut(lead >= 0xA4 && lead <= 0xC6)
}

func sjisPair(lead, trail byte) pairKind {
	switch {
	case trail < 0x40 || trail == 0x7F || trail > 0xFC:
		return noPair
	case lead == 0x81:
		return signPair
	}
	return rareBut(lead == 0x82 || lead == 0x83 || lead >= 0x88 && lead <= 0x97 || lead == 0x98 && trail <= 0x72)
}

func eucJPPair(lead, trail byte) pairKind {
	switch {
	case trail < 0xA1 || trail == 0xFF:
		return noPair
	case lead >= 0xA1 && lead <= 0xA3:
		return signPair
	}
	return rareBut(lead == 0xA4 || lead == 0xA5 || lead >= 0xB0 && lead <= 0xCF)
}

func eucKRPair(lead, trail byte) pairKind {
	switch {
	case trail < 'A' || trail > 'Z' && trail < 'a' || trail > 'z' && trail < 0x81 || trail == 0xFF:
		return noPair
	case lead >= 0xA1 && lead <= 0xAC && trail >= 0xA1:
		return signPair
	}
	return rareBut(lead >= 0xB0 && lead <= 0xC8 && trail >= 0xA1)
}

func (p *widePage) add(b byte) {
	switch {
	case p.skip > 0:
		p.skip--
	case p.lead != 0:
		switch p.isPair(p.lead, b) {
		case noPair:
			p.broken++
		case rarePair:
			p.rare++
		case commonPair:
			p.common++
		case longPair:
			p.rare++
			p.skip = 2
		}
		p.lead = 0
	case b < 0x80:
	case p.isLead(b):
		p.lead = b
	case p.name != "shift_jis" || b < 0xA1 || b > 0xDF: // a small katakana
		p.broken++
	}
}

// wideCheck tells from a whole text whether it is one of East Asia in another
// encoding than its contract says, or none where it says one.
type wideCheck struct {
	pages  []widePage
	bytes  int  // that were looked at
	isOpen bool // a character may need the byte to come, be it ASCII
}

// Shares in percent, how many characters prove something, and how many bytes are
// looked at.
const (
	fewestWide  = 10
	ownCommon   = 95 // of the common characters in a text's own encoding, at least
	otherCommon = 85 // in one that is not its own, at most
	noneCommon  = 20 // in a text that is none of East Asia
	mostLooked  = 64 << 10
)

func (c *wideCheck) add(b byte) {
	if b < 0x80 && !c.isOpen {
		return
	}
	if c.bytes == mostLooked {
		c.isOpen = false
		return
	}
	c.bytes++
	if c.pages == nil {
		c.pages = newWidePages()
	}
	c.isOpen = false // unless a page says so
	for i := range c.pages {
		c.pages[i].add(b)
		c.isOpen = c.isOpen || c.pages[i].lead != 0 || c.pages[i].skip > 0
	}
}

func (p *widePage) share() int { return 100 * p.common / max(1, p.common+p.rare) }

// fault refuses the text where it speaks for another encoding; nil = it does not.
func (c *wideCheck) fault(said string) error {
	own := -1
	for i := range c.pages {
		if c.pages[i].name == wideName(said) {
			own = i
		}
	}
	if own >= 0 && c.pages[own].share() > otherCommon {
		return nil
	}
	for _, p := range c.pages {
		if p.name != wideName(said) && p.broken == 0 && p.common+p.rare >= fewestWide && p.share() >= ownCommon {
			return fault.New(fault.DeliveryEncoding, "its text is most likely %s, the contract says %s: nearly all of its characters are common ones there; set encoding: %s", p.name, said, p.name)
		}
	}
	if own >= 0 && c.pages[own].common+c.pages[own].rare >= fewestWide && c.pages[own].share() <= noneCommon {
		return fault.New(fault.DeliveryEncoding, "its text is not %s, as the contract says: its characters there are ones that hardly any text has; ask the sender for the encoding", said)
	}
	return nil
}

// wideName is the encoding whose characters one of the same family has.
func wideName(said string) string {
	switch said {
	case "gbk", "gb2312", "cp936", "windows-936":
		return "gb18030"
	case "ks_c_5601-1987", "windows-949", "cp949":
		return "euc-kr"
	case "windows-31j", "cp932":
		return "shift_jis"
	case "big5-hkscs":
		return "big5"
	}
	return said
}
