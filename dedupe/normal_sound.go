package dedupe

// soundOf packs how a folded name sounds: its first sound and the consonants
// after it, up to eight, four bits each. Spellings of one sound in European
// languages meet (ph f, c k q, z s, th t, dt t, y i, ae a, ...). 0 means that the
// name holds no letter.
func soundOf(name []byte) uint32 {
	var code uint32
	var last byte
	count := 0
	for i := 0; i < len(name) && count < 8; i++ {
		class := soundClass(name, i)
		if class == 0 || class == vowelSound && count > 0 {
			if class == vowelSound {
				last = 0
			}
			continue
		}
		if class != last {
			code = code<<4 | uint32(class)
			count++
		}
		last = class
	}
	return code
}

const vowelSound = 1

// soundClass is the sound of letter i: 0 silent.
func soundClass(name []byte, i int) byte {
	next := byte(0)
	if i+1 < len(name) {
		next = name[i+1]
	}
	switch c := name[i]; c {
	case 'a', 'e', 'i', 'o', 'u', 'y', 'j':
		if c == 'j' && i == 0 {
			return 12
		}
		return vowelSound
	case 'b':
		return 2
	case 'p':
		if next == 'h' {
			return 3
		}
		return 2
	case 'f', 'v', 'w':
		return 3
	case 'd', 't':
		return 4
	case 'k', 'q', 'x':
		return 5
	case 'g':
		if next == 'h' && i > 0 {
			return 0
		}
		return 5
	case 'c':
		return soundOfC(next)
	case 's', 'z':
		return 6
	case 'l':
		return 7
	case 'm':
		return 8
	case 'n':
		return 9
	case 'r':
		return 10
	}
	return 0
}

func soundOfC(next byte) byte {
	if next == 'e' || next == 'i' || next == 'y' || next == 'h' || next == 'z' {
		return 6
	}
	return 5
}

// letterMask has a bit for each letter or digit class that occurs: two names
// whose masks differ in d bits are at least d/2 edits apart.
func letterMask(name []byte) uint32 {
	var mask uint32
	for _, c := range name {
		switch {
		case 'a' <= c && c <= 'z':
			mask |= 1 << (c - 'a')
		case c >= 0x80:
			mask |= 1 << 26
		default:
			mask |= 1 << (27 + c%5)
		}
	}
	return mask
}
