package dedupe_test

import (
	"testing"

	"loadstar/dedupe"
)

func TestFoldIndic(t *testing.T) {
	for text, want := range map[string]string{
		"ममता शर्मा": "mamta sharma", "राजेश": "rajesh", "कविता": "kavita", "मेहता": "mehta", "अशोक": "ashok",
		"किरण": "kiran", "लक्ष्मी": "lakshmi", "सिंह": "sinh", "गुप्ता": "gupta", "मिश्रा": "mishra", "दिनेश कुमार": "dinesh kumar",
		"ज़ाहिर": "zahir", "फ़ातिमा": "fatima", "अनिल": "anil", "वर्मा": "varma", "प्रिया": "priya", "ज्योति": "jyoti",
		"রহিম": "rahim", "ਹਰਜੀਤ": "harjit", "પટેલ": "patel", "முருகன்": "murukan", "రమేష్": "ramesh",
		"९८": "98", "Anil (अनिल)": "anil anil", "क्": "k", "्": "", "ा": "a",
	} {
		got := dedupe.Fold(text)
		if got != want {
			t.Errorf("Fold(%s) = %q, want %q", text, got, want)
		}
		if again := dedupe.Fold(got); again != got {
			t.Errorf("Fold is not idempotent: %q becomes %q", got, again)
		}
	}
}
