package dedupe

import (
	"strings"
	"testing"
)

// TestGenders: what a code means is told by those beside it.
func TestGenders(t *testing.T) {
	for _, c := range []struct{ values, want string }{ // + a woman, - a man, 0 nobody knows
		{"male female", "-+"},
		{"Homme Femme", "-+"},
		{"hombre Mujer", "-+"},
		{"homem mulher", "-+"},
		{"Herr Frau Mevrouw", "-++"},
		{"M F", "-+"},
		{"m w d", "-+0"},
		{"H F", "-+"},
		{"H M", "-+"},
		{"F N", "-+"},
		{"K M", "+-"},
		{"E K", "-+"},
		{"V M", "+-"},
		{"1 2", "-+"},
		{"0 1 2", "0-+"},
		{"м ж", "-+"},
		{"男 女", "-+"},
		{"unknown x", "00"},
	} {
		r := NewRecords()
		for value := range strings.FieldsSeq(c.values) {
			r.rows = append(r.rows, record{marks: r.genders.marksOf(value, 0)})
		}
		r.readGenders()
		got := ""
		for i := range r.rows {
			got += map[byte]string{0: "0", female: "+", male: "-"}[r.rows[i].gender()]
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.values, got, c.want)
		}
	}
}

// TestAliases: another name of an organisation is parted off its own.
func TestAliases(t *testing.T) {
	for name, want := range map[string][2]string{
		"Acme (formerly Apex) Ltd":               {"Acme Ltd", "Apex"},
		"Acme Ltd (formerly known as Apex Ltd)":  {"Acme Ltd", "Apex Ltd"},
		"Borealis Trading Ltd t/a Northlight":    {"Borealis Trading Ltd", "Northlight"},
		"Borealis doing business as North Light": {"Borealis", "North Light"},
		"Kessler AG vormals Dorn Bau":            {"Kessler AG", "Dorn Bau"},
		"Kessler (ex Dorn)":                      {"Kessler", "Dorn"},
		"Ex Libris":                              {"Ex Libris", ""},
		"Formerly Known Ltd":                     {"Formerly Known Ltd", ""},
		"Now Trading":                            {"Now Trading", ""},
	} {
		if own, alias := splitAlias(name); own != want[0] || alias != want[1] {
			t.Errorf("%s: %q and %q, want %q", name, own, alias, want)
		}
	}
}
