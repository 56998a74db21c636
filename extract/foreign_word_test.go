package extract

import "testing"

// TestWordsOfTheirOwnScript: letters that are a sign in a Latin word are
// letters in a word of their own script.
func TestWordsOfTheirOwnScript(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"Παπαδόπουλος", "Ξανθοτόπουλος", "Ωνάσης", "Κώστας Πετρόπουλος, Αθήνα", "Дмитрий Соколов"} {
		if rule, _ := badText([]byte(text), "utf-8"); rule != "" {
			t.Errorf("%s: %s", text, rule)
		}
	}
	for _, text := range []string{"Mπller", "AndrЩ", "grΩn"} {
		if rule, _ := badText([]byte(text), "utf-8"); rule == "" {
			t.Errorf("%s passes", text)
		}
	}
}
