package dedupe

import (
	"strings"
	"unicode"
)

// Arabic and Hebrew leave most vowels unwritten, so that a name from there has
// many spellings with vowels: it is compared by what is written, its
// consonants and long vowels, in quarters of an edit.

const (
	wholeEdit   = 4 // a consonant for one of another sound, or without a partner
	soundEdit   = 1 // a letter for another of one sound, or one that may be left out
	vowelEdit   = 1 // a vowel that is not written
	firstVowel  = 2 // the same at the beginning of the name, where a letter stands for it
	longestFull = 32
)

// isBare says whether a name is written in a script that leaves vowels out.
func isBare(name string) bool {
	for _, r := range name {
		if r >= 'א' && unicode.In(r, unicode.Arabic, unicode.Hebrew) {
			return true
		}
	}
	return false
}

// skeletonDistance is how far a name that was written without its vowels is
// from one with them, in quarters of an edit.
func skeletonDistance(bare, full []byte) int {
	var rows [2][longestFull + 1]int
	full = full[:min(len(full), longestFull)]
	before, now := &rows[0], &rows[1]
	for j := range full {
		before[j+1] = before[j] + dropped(full, j, false)
	}
	for i := range bare {
		now[0] = before[0] + dropped(bare, i, true)
		for j := range full {
			now[j+1] = min(before[j]+exchanged(bare, i, full, j), before[j+1]+dropped(bare, i, true), now[j]+dropped(full, j, false))
		}
		before, now = now, before
	}
	return before[len(full)]
}

// dropped is what a letter costs that the other spelling does not have.
func dropped(name []byte, i int, isBare bool) int {
	c := name[i]
	switch {
	case i > 0 && c == name[i-1]:
		return 0 // doubled letters are one in these scripts
	case c == 'h', c == 'a' && isBare: // an h that is only written, a letter that carries a vowel
		return soundEdit
	case isVowel(c) && !isBare:
		if i == 0 {
			return firstVowel
		}
		return vowelEdit
	}
	return wholeEdit
}

func isVowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return true
	}
	return false
}

// exchanged is what it costs that two letters stand for one another.
func exchanged(bare []byte, i int, full []byte, j int) int {
	x, y := bare[i], full[j]
	if x == y || x == 'a' && isVowel(y) || strings.IndexByte(longVowel(x), y) >= 0 {
		return 0
	}
	class := soundClass(bare, i)
	if class > vowelSound && class == soundClass(full, j) || strings.IndexByte(otherSpelling(x), y) >= 0 {
		return soundEdit
	}
	return wholeEdit
}

// longVowel lists what a letter is read as that stands for a long vowel or a
// consonant.
func longVowel(c byte) string {
	switch c {
	case 'v', 'u', 'w':
		return "ouvw"
	case 'y', 'i':
		return "iyej"
	}
	return ""
}

// otherSpelling lists the letters of other sounds that one is written by too.
func otherSpelling(c byte) string {
	switch c {
	case 'j':
		return "gd"
	case 'k', 'c', 'g':
		return "h"
	case 'f':
		return "p"
	}
	return ""
}

// likeSkeleton grades a name without vowels against one with them.
func likeSkeleton(bare, full []byte) likeness {
	const shortest = 3 // letters; with fewer any name is like any other
	if len(bare) < shortest {
		return unlike
	}
	d, long := skeletonDistance(bare, full), wholeEdit*max(len(bare), len(full))
	switch {
	case d*5 <= long:
		return near
	case d*5 <= long*2:
		return semi
	}
	return unlike
}
