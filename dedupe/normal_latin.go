package dedupe

import "unicode/utf8"

// appendLatin appends the Latin spelling of the lower-case rune r.
func appendLatin(buf []byte, r rune) []byte {
	switch {
	case r < 0xC0:
		return utf8.AppendRune(buf, r)
	case r >= 0xAC00 && r <= 0xD7A3:
		return appendHangul(buf, r)
	case r >= 0x30A1 && r <= 0x30F6:
		return appendKana(buf, r-0x60)
	case r >= 0x3041 && r <= 0x3096:
		return appendKana(buf, r)
	}
	if latin, ok := latinOf(r); ok {
		return append(buf, latin...)
	}
	return utf8.AppendRune(buf, r)
}

// latinOf looks r up in the alphabets written letter by letter.
func latinOf(r rune) (string, bool) {
	switch {
	case r >= 'а' && r <= 'я':
		return cyrillic()[r-'а'], true
	case r >= 'α' && r <= 'ω':
		return greek()[r-'α'], true
	case r >= 'א' && r <= 'ת':
		return hebrew()[r-'א'], true
	case r >= 'ա' && r <= 'ֆ':
		return armenian()[r-'ա'], true
	case r >= 'ა' && r <= 'ჰ':
		return georgian()[r-'ა'], true
	case r >= 'ء' && r <= 'ي':
		return arabic()[r-'ء'], true
	}
	return latinSingle(r)
}

func cyrillic() [32]string {
	return [32]string{"a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p",
		"r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya"}
}

func greek() [25]string {
	return [25]string{"a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p",
		"r", "s", "s", "t", "y", "f", "ch", "ps", "o"}
}

func hebrew() [27]string {
	return [27]string{"a", "b", "g", "d", "h", "v", "z", "ch", "t", "y", "k", "k", "l", "m", "m", "n", "n",
		"s", "a", "f", "p", "ts", "ts", "k", "r", "sh", "t"}
}

func armenian() [38]string {
	return [38]string{"a", "b", "g", "d", "e", "z", "e", "y", "t", "zh", "i", "l", "kh", "ts", "k", "h", "dz",
		"gh", "ch", "m", "y", "n", "sh", "o", "ch", "p", "j", "r", "s", "v", "t", "r", "ts", "u", "p", "k", "o", "f"}
}

func georgian() [33]string {
	return [33]string{"a", "b", "g", "d", "e", "v", "z", "t", "i", "k", "l", "m", "n", "o", "p", "zh", "r", "s",
		"t", "u", "p", "k", "gh", "q", "sh", "ch", "ts", "dz", "ts", "ch", "kh", "j", "h"}
}

func arabic() [42]string {
	return [42]string{"", "a", "a", "o", "i", "e", "a", "b", "a", "t", "th", "j", "h", "kh", "d", "dh", "r", "z",
		"s", "sh", "s", "d", "t", "z", "a", "gh", "", "", "", "", "", "", "f", "q", "k", "l", "m", "n", "h", "u", "a", "i"}
}

// latinSingle holds the letters outside the blocks above that do not fall
// apart into a base letter and marks.
func latinSingle(r rune) (string, bool) {
	switch r {
	case 'ß':
		return "ss", true
	case 'æ', 'ǽ', 'ä':
		return foldUmlaut(r), true
	case 'œ', 'ö', 'ø':
		return foldUmlaut(r), true
	case 'đ', 'ð':
		return "d", true
	case 'þ':
		return "th", true
	case 'ł':
		return "l", true
	case 'ħ':
		return "h", true
	case 'ı':
		return "i", true
	case 'ŋ':
		return "n", true
	case 'ё', 'є':
		return "e", true
	case 'і', 'ї':
		return "i", true
	case 'ґ', 'ѓ':
		return "g", true
	case 'ј':
		return "j", true
	case 'љ':
		return "lj", true
	case 'њ':
		return "nj", true
	case 'ћ', 'ђ':
		return "c", true
	case 'џ':
		return "dz", true
	case 'ў':
		return "u", true
	case 'ѕ':
		return "dz", true
	case 'ќ':
		return "k", true
	case 'ә':
		return "a", true
	case 'ғ':
		return "g", true
	case 'қ':
		return "k", true
	case 'ң':
		return "n", true
	case 'ө':
		return "o", true
	case 'ұ', 'ү':
		return "u", true
	case 'һ':
		return "h", true
	case 'پ':
		return "p", true
	case 'چ':
		return "ch", true
	case 'ژ':
		return "zh", true
	case 'گ':
		return "g", true
	case 'ک':
		return "k", true
	case 'ی':
		return "i", true
	case 'ء', 'ـ':
		return "", true
	case 'ー':
		return "", true
	}
	return "", false
}

// foldUmlaut writes the joined vowels; ä, ö, ü fall to their base letter and
// meet their two-letter spelling in soundOf.
func foldUmlaut(r rune) string {
	switch r {
	case 'æ', 'ǽ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ä':
		return "a"
	}
	return "o"
}

// appendHangul writes a syllable by the revised romanisation, letter by letter.
func appendHangul(buf []byte, r rune) []byte {
	lead := [19]string{"g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"}
	vowel := [21]string{"a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"}
	tail := [28]string{"", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"}
	i := r - 0xAC00
	buf = append(buf, lead[i/588]...)
	buf = append(buf, vowel[i%588/28]...)
	return append(buf, tail[i%28]...)
}

// appendKana writes one hiragana after Hepburn; small ya, yu, yo and tsu join
// with their neighbour.
func appendKana(buf []byte, r rune) []byte {
	kana := [86]string{"a", "a", "i", "i", "u", "u", "e", "e", "o", "o", "ka", "ga", "ki", "gi", "ku", "gu", "ke", "ge",
		"ko", "go", "sa", "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo", "ta", "da", "chi", "ji", "", "tsu", "zu",
		"te", "de", "to", "do", "na", "ni", "nu", "ne", "no", "ha", "ba", "pa", "hi", "bi", "pi", "fu", "bu", "pu", "he",
		"be", "pe", "ho", "bo", "po", "ma", "mi", "mu", "me", "mo", "ya", "ya", "yu", "yu", "yo", "yo", "ra", "ri", "ru",
		"re", "ro", "wa", "wa", "wi", "we", "wo", "n", "vu", "ka", "ke"}
	i := r - 0x3041
	small := r == 'ゃ' || r == 'ゅ' || r == 'ょ'
	if small && len(buf) > 1 && buf[len(buf)-1] == 'i' {
		buf = buf[:len(buf)-1]
		if last := buf[len(buf)-1]; last == 'h' || last == 'j' {
			return append(buf, kana[i][1:]...)
		}
	}
	return append(buf, kana[i]...)
}
