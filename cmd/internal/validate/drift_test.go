package validate_test

import (
	"strings"
	"testing"

	"loadstar/cmd/internal/validate"
)

// TestDriftOfFixedText: characters that no property lists are new where some
// line has any.
func TestDriftOfFixedText(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "loadstar.yaml", "version: 1\ncompany: {name: Example, time_zone: UTC, currency: EUR, country: AT}\nfeeds:\n  people: {contract: people.yaml, from: {fixed: people.txt}}\n")
	write(t, dir, "people.yaml", `apiVersion: v3.1.0
kind: DataContract
id: people
name: people
version: 1.0.0
status: active
customProperties:
  - {property: dialect, value: {format: fixed, header: 0}}
schema:
  - name: people
    customProperties: [{property: entity, value: customer}]
    properties:
      - {name: id, primaryKey: true, customProperties: [{property: field, value: customer_id}, {property: start, value: 1}, {property: width, value: 4}]}
      - {name: name, customProperties: [{property: field, value: full_name}, {property: start, value: 8}, {property: width, value: 12}]}
      - {name: city, customProperties: [{property: field, value: city}, {property: start, value: 20}, {property: width, value: 6}]}
`)
	const right = "1      Ada Bergman \n2      Eve Castell \n"
	for text, want := range map[string]string{
		right:                                 "",
		right + "3   x  Ida Lund    Graz  \n": "chars_5_7",
		right + "3      Ida Lund    Graz  extra\n": "chars_26",
	} {
		write(t, dir, "people.txt", text)
		out := said(t, check(t, validate.Options{Project: dir}))
		if strings.Contains(out, "LS6001") != (want != "") || !strings.Contains(out, want) || strings.Contains(out, "LS6002") {
			t.Errorf("%q: expected the new column %q:\n%s", text, want, out)
		}
	}
}
