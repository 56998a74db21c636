package dedupe

import (
	"strings"
	"unicode/utf8"
)

// The scripts of India stand in blocks of 128 code points, one laid out as the
// other: ka is the 21st letter of each.
const (
	indicFirst = 0x900 // Devanagari
	indicEnd   = 0xD80 // behind Malayalam
	indicBlock = 0x80

	indicNasals     = 0x01 // to 0x02
	indicBreath     = 0x03
	indicVowels     = 0x05
	indicConsonants = 0x15
	indicCount      = 37 // consonants
	indicNukta      = 0x3C
	indicSigns      = 0x3E // of vowels
	indicSilent     = 0x4D // takes the vowel off a consonant
	indicDigits     = 0x66
	indicSouthern   = 0xB80 // from Tamil on no a falls silent
)

func isIndic(r rune) bool { return r >= indicFirst && r < indicEnd }

// indicSyllable is a consonant, or none, and the vowel behind it.
type indicSyllable struct {
	consonant, vowel string
	inherent         bool // the vowel is the a that is not written
}

// latinIndic writes the words of s that are in a script of India in Latin
// letters. The a that a consonant has where nothing is written falls silent at
// the end of a word, and between two syllables that have a vowel, as in Hindi:
// Mamta, not Mamata. What is in other scripts stays.
func latinIndic(s string) string {
	if strings.IndexFunc(s, isIndic) < 0 {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		n := strings.IndexFunc(s, isIndic)
		if n < 0 {
			n = len(s)
		}
		b.WriteString(s[:n])
		s = s[n:]
		if n = strings.IndexFunc(s, func(r rune) bool { return !isIndic(r) && r != '\u200d' && r != '\u200c' }); n < 0 {
			n = len(s)
		}
		writeIndic(&b, s[:n])
		s = s[n:]
	}
	return b.String()
}

// writeIndic writes one word.
func writeIndic(b *strings.Builder, word string) {
	syllables := indicSyllables(word)
	first, _ := utf8.DecodeRuneInString(word)
	southern := first >= indicSouthern
	for i, s := range syllables {
		b.WriteString(s.consonant)
		if !s.inherent || southern || !isSilent(syllables, i) {
			b.WriteString(s.vowel)
		}
	}
}

// isSilent says whether the unwritten a of a syllable is not spoken.
func isSilent(syllables []indicSyllable, i int) bool {
	spoken := func(k int) bool { return syllables[k].vowel != "" }
	isLast := func(k int) bool { return k == len(syllables)-1 }
	switch {
	case i == 0:
		return false
	case isLast(i):
		return spoken(i-1) || syllables[i-1].consonant != "" && syllables[i].consonant == "y"
	case !spoken(i-1) || !spoken(i+1) || syllables[i+1].consonant == "":
		return false
	}
	return !isLast(i+1) || !syllables[i+1].inherent
}

// indicSyllables parts a word by its consonants.
func indicSyllables(word string) []indicSyllable {
	var list []indicSyllable
	last := func() *indicSyllable {
		if len(list) == 0 {
			list = append(list, indicSyllable{})
		}
		return &list[len(list)-1]
	}
	for _, r := range word {
		switch at := int(r-indicFirst) % indicBlock; {
		case !isIndic(r):
		case at >= indicNasals && at < indicBreath:
			last().vowel, last().inherent = last().vowel+"n", false
		case at == indicBreath:
			last().vowel, last().inherent = last().vowel+"h", false
		case at >= indicVowels && at < indicConsonants:
			list = append(list, indicSyllable{vowel: indicVowel(at - indicVowels)})
		case at >= indicConsonants && at < indicConsonants+indicCount:
			list = append(list, indicSyllable{consonant: indicLetters()[at-indicConsonants], vowel: "a", inherent: true})
		case at == indicNukta:
			last().consonant = withNukta(last().consonant)
		case at >= indicSigns && at < indicSilent:
			last().vowel, last().inherent = indicVowel(at-indicSigns+1), false
		case at == indicSilent:
			last().vowel, last().inherent = "", false
		case at >= indicDigits && at < indicDigits+10:
			list = append(list, indicSyllable{consonant: string(rune('0' + at - indicDigits))})
		}
	}
	return list
}

// indicLetters are the consonants in the order of the blocks.
func indicLetters() [indicCount]string {
	return [indicCount]string{"k", "kh", "g", "gh", "n", "ch", "chh", "j", "jh", "n", "t", "th", "d", "dh", "n", "t", "th", "d", "dh", "n", "n",
		"p", "ph", "b", "bh", "m", "y", "r", "r", "l", "l", "l", "v", "sh", "sh", "s", "h"}
}

// indicVowel is a vowel by its place among the letters, and one before its
// place among the signs.
func indicVowel(at int) string {
	all := [16]string{"a", "a", "i", "i", "u", "u", "ri", "ri", "e", "e", "e", "ai", "o", "o", "o", "au"}
	return all[min(at, len(all)-1)]
}

// withNukta is the sound of a consonant with a dot below, for sounds that
// Persian brought.
func withNukta(consonant string) string {
	switch consonant {
	case "j":
		return "z"
	case "ph":
		return "f"
	case "d":
		return "r"
	case "dh":
		return "rh"
	}
	return consonant
}
