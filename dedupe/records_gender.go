package dedupe

import "unicode/utf8"

// IsGender says whether a value tells a gender, or is a code of one letter or
// digit, as those of genders are.
func IsGender(value string) bool { return utf8.RuneCountInString(value) <= 1 || genderOf(value) != 0 }

// genderOf reads a gender by its first letter; 0 where that tells none.
func genderOf(value string) byte {
	if value == "" {
		return 0
	}
	switch value[0] {
	case 'f', 'F', 'w', 'W':
		return female
	case 'm', 'M':
		return male
	}
	return 0
}
