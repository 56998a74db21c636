package extract

// CodePages counts what the bytes of a text that is not UTF-8 speak for,
// over the whole file. The zero value is ready.
type CodePages struct {
	beside [256]int // bytes beyond ASCII right beside an ASCII letter
	high   [256]int // bytes beyond ASCII
	all    int      // of them
	inRuns int      // of them in a row of three or more: no Latin text has them
	run    int
	last   byte
	sjis   pairEvidence
	gb     pairEvidence
}

// pairEvidence counts characters of two bytes in one encoding.
type pairEvidence struct {
	lead    byte // 0 = none is open
	pairs   int
	chained int // pairs right behind another, as words of two-byte letters are
	kana    int // of Japanese
	single  int // letters of one byte beyond ASCII
	broken  int
	before  bool // the character before was a pair
}

func (p *pairEvidence) add(b byte, isLead, isTrail, isSingle func(byte) bool, isKana func(byte) bool) {
	switch {
	case p.lead != 0 && isTrail(b):
		p.pairs++
		if p.before {
			p.chained++
		}
		if isKana(p.lead) {
			p.kana++
		}
		p.lead, p.before = 0, true
	case p.lead != 0:
		p.broken++
		p.lead, p.before = 0, false
	case isLead(b):
		p.lead = b
	case b >= 0x80 && isSingle(b):
		p.single++
		p.before = false
	case b >= 0x80:
		p.broken++
		p.before = false
	default:
		p.before = false
	}
}

func between(from, to byte) func(byte) bool {
	return func(b byte) bool { return b >= from && b <= to }
}

func never(byte) bool { return false }

func isASCIILetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// Add takes the next bytes of the text.
func (e *CodePages) Add(text []byte) {
	sjisLead := func(b byte) bool { return b >= 0x81 && b <= 0x9F || b >= 0xE0 && b <= 0xFC }
	sjisTrail := func(b byte) bool { return b >= 0x40 && b <= 0xFC && b != 0x7F }
	gbTrail := func(b byte) bool { return b >= 0x40 && b <= 0xFE && b != 0x7F }
	for i, b := range text {
		e.sjis.add(b, sjisLead, sjisTrail, between(0xA1, 0xDF), between(0x82, 0x83))
		e.gb.add(b, between(0x81, 0xFE), gbTrail, never, between(0xA4, 0xA5))
		if b < 0x80 {
			e.endRun()
			if isASCIILetter(b) && e.last >= 0x80 {
				e.beside[e.last]++
			}
			e.last = b
			continue
		}
		e.all++
		e.run++
		e.high[b]++
		if isASCIILetter(e.last) {
			e.beside[b]++
		}
		e.last = text[i]
	}
}

func (e *CodePages) endRun() {
	const word = 3
	if e.run >= word {
		e.inRuns += e.run
	}
	e.run = 0
}

func (e *CodePages) besides(bytes ...byte) int {
	n := 0
	for _, b := range bytes {
		n += e.beside[b]
	}
	return n
}

func (e *CodePages) besideRange(from, to byte) int {
	n := 0
	for b := int(from); b <= int(to); b++ {
		n += e.beside[b]
	}
	return n
}

func (e *CodePages) highRange(from, to byte) int {
	n := 0
	for b := int(from); b <= int(to); b++ {
		n += e.high[b]
	}
	return n
}

// Encoding names the encoding that the bytes speak for, by its IANA name.
func (e *CodePages) Encoding() string {
	e.endRun()
	if found := e.otherScript(); found != "" {
		return found
	}
	// In windows-1250 these are letters, in windows-1252 signs that stand
	// beside no letter; and letters that only the languages of the west use
	// often.
	east := e.besides(0xB9, 0xB3, 0xBF, 0x9C, 0x9F, 0xA3, 0x8C, 0x8F, 0xAF, 0xA5, 0xBE, 0xBC, 0x9D, 0x8D, 0xB1, 0xB6)
	west := e.besides(0xE8, 0xE0, 0xF2, 0xE3, 0xF5, 0xE5, 0xF8, 0xF1, 0xEA, 0xC5, 0xD8, 0xE6)
	czech := e.besides(0x9A, 0x9E) > 0 && e.besides(0xEC, 0xF8, 0xF9) > e.besides(0xE0, 0xE6, 0xE5)
	turkish := e.besides(0xFE, 0xFD, 0xF0, 0xDE, 0xDD, 0xD0)
	low := e.besideRange(0x80, 0x9F) - e.besides(0x91, 0x92, 0x93, 0x94, 0x96, 0x97) // without quotes and dashes
	dos := e.besides(0x81, 0x82, 0x84)
	letters := e.besideRange(0xC0, 0xFF)
	if e.beside[0x81] > 0 {
		letters -= e.beside[0xE1] // where a letter stands that windows-1252 has not, this one is ß
	}
	switch {
	case dos > e.besides(0x8A, 0x8E, 0x9A, 0x9F) && letters*2 < dos+e.beside[0x94]:
		return "ibm850"
	case low > 0 && letters*5 < low && e.besides(0xA3, 0xB3, 0xB9)*2 < low: // these are Ł, ł and ą
		return "macintosh"
	case turkish > 0 && e.besides(0xF0, 0xDD, 0xFE) > 0 && e.beside[0xE3] == 0 && turkish > 2*(east+e.besides(0x9A, 0x9E)):
		return "windows-1254"
	case czech || east > west:
		if e.besides(0xB1, 0xB6, 0xA6, 0xA1, 0xAC) > 0 && e.highRange(0x80, 0x9F) == 0 {
			return "iso-8859-2"
		}
		return "windows-1250"
	case e.high[0xA4] > 0 && e.highRange(0x80, 0x9F) == 0:
		return "iso-8859-15" // the euro sign; the sign it took the place of is not in use
	}
	return "windows-1252"
}

// otherScript knows texts whose words are all of bytes beyond ASCII.
func (e *CodePages) otherScript() string {
	mostly := func(part, of int) bool { return part > 0 && part*10 >= of*9 }
	runs := e.inRuns*2 > e.all
	switch {
	case runs && mostly(e.highRange(0x80, 0xAF)+e.highRange(0xE0, 0xF1), e.all) && e.highRange(0xA0, 0xAF) > 2*e.highRange(0x98, 0x9F):
		return "ibm866"
	case runs && mostly(e.highRange(0xB0, 0xF1), e.all) && e.highRange(0xF0, 0xFF)*20 < e.all && e.highRange(0xD0, 0xEF) > 2*e.highRange(0xB0, 0xCF):
		return "iso-8859-5"
	case runs && mostly(e.highRange(0xC0, 0xFF), e.all) && e.highRange(0xDC, 0xDF)*20 > e.all && e.highRange(0xFC, 0xFE) > 0 && e.highRange(0xC0, 0xDB) < e.highRange(0xE0, 0xFF):
		return "windows-1253"
	case runs && mostly(e.highRange(0xC0, 0xFF), e.all) && e.highRange(0xC0, 0xDF) > e.highRange(0xE0, 0xFF):
		return "koi8-r"
	case runs && mostly(e.highRange(0xC0, 0xFF), e.all):
		return "windows-1251"
	case e.isChained(e.gb) && e.gb.kana*7 > e.gb.pairs && e.highRange(0x80, 0x8D) == 0:
		return "euc-jp"
	case e.isChained(e.sjis) && e.sjis.pairs > e.sjis.single:
		return "shift_jis"
	case e.isChained(e.gb):
		return "gb18030"
	}
	return ""
}

// isChained says whether a text reads as one of two-byte letters, which come
// in rows: a Latin letter beyond ASCII and the next one are no such pair.
func (e *CodePages) isChained(p pairEvidence) bool {
	const rare = 50
	return p.pairs > 0 && p.chained*2 >= p.pairs && p.broken*rare <= p.pairs
}
