package validate_test

import (
	"strings"
	"testing"

	"loadstar/cmd/internal/validate"
)

// TestPages: a page that says that more follow is told of where no later file
// holds them.
func TestPages(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "loadstar.yaml", "version: 1\ncompany: {name: Example, time_zone: UTC, currency: EUR, country: AT}\nfeeds:\n  people: {contract: people.yaml, from: {json: \"people_*.json\"}}\n")
	write(t, dir, "people.yaml", `apiVersion: v3.1.0
kind: DataContract
id: people
name: people
version: 1.0.0
status: active
customProperties:
  - {property: delivery, value: delta}
  - {property: dialect, value: {format: json, records: [data]}}
schema:
  - name: people
    customProperties: [{property: entity, value: customer}]
    properties:
      - {name: id, primaryKey: true, customProperties: [{property: field, value: customer_id}]}
      - {name: name, customProperties: [{property: field, value: full_name}]}
`)
	write(t, dir, "people_1.json", `{"data": [{"id": "1", "name": "Ada Bergman"}], "has_more": true}`)
	const told = `people_1.json: "has_more" says that more records follow`
	if out := strings.Join(check(t, validate.Options{Project: dir}).Notes, "\n"); !strings.Contains(out, told) {
		t.Errorf("the first page alone: notes %q", out)
	}
	write(t, dir, "people_2.json", `{"data": [{"id": "2", "name": "Eve Castell"}], "has_more": false}`)
	if r := check(t, validate.Options{Project: dir}); len(r.Notes) > 0 || len(r.Findings) > 0 {
		t.Errorf("all pages: notes %q, findings %d", r.Notes, len(r.Findings))
	}
}
