package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const deletedContract = `apiVersion: v3.1.0
kind: DataContract
id: NAME
name: NAME
version: 1.0.0
status: active
customProperties:
  - {property: system, value: NAME}
  - {property: delivery, value: snapshot}
  - {property: delivered, value: {pattern: '(\d{4}-\d{2}-\d{2})[^/]*$', layout: "2006-01-02"}}
  - {property: allow, value: [shrink]}
schema:
  - name: NAME
    customProperties: [{property: entity, value: customer}]
    properties:
      - {name: id, primaryKey: true, primaryKeyPosition: 1, customProperties: [{property: field, value: customer_id}]}
      - {name: name, customProperties: [{property: field, value: full_name}]}
      - {name: email, customProperties: [{property: field, value: email}]}
      - {name: city, customProperties: [{property: field, value: city}]}
`

// TestFeedbackOfDeletedRecords: a system is told nothing of a record that it
// has deleted, though the customer lives on in another one.
func TestFeedbackOfDeletedRecords(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("loadstar.yaml", "version: 1\ncompany: {name: Example, time_zone: UTC, currency: EUR, country: DE}\nfeeds:\n"+
		"  crm: {contract: crm.yaml, from: {csv: \"crm_*.csv\"}}\n  shop: {contract: shop.yaml, from: {csv: \"shop_*.csv\"}}\n")
	const bernd, anna = "C2,Bernd Brandt,bernd@example.org,Bonn\n", "C1,Anna Albers,anna@example.org,Bonn\n"
	for _, system := range []string{"crm", "shop"} {
		write(system+".yaml", strings.ReplaceAll(deletedContract, "NAME", system))
	}
	write("crm_2026-01-01.csv", "id,name,email,city\n"+anna+bernd)
	write("shop_2026-01-02.csv", "id,name,email,city\nS1,Anna Albers,anna@example.org,Kiel\nS2,Bernd Brandt,bernd@example.org,Kiel\n")
	feedback := func() string {
		out := t.TempDir()
		say(t, 0, "export", "-C", dir, "feedback", "--out", out)
		text, err := os.ReadFile(filepath.Join(out, "feedback_crm.csv"))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	say(t, 0, "run", "-C", dir)
	if told := feedback(); !strings.Contains(told, "C1,") || !strings.Contains(told, "C2,") {
		t.Fatalf("both live in Kiel now:\n%s", told)
	}
	write("crm_2026-01-03.csv", "id,name,email,city\n"+anna)
	say(t, 0, "run", "-C", dir)
	if told := feedback(); !strings.Contains(told, "C1,") || strings.Contains(told, "C2,") {
		t.Errorf("C2 is deleted there:\n%s", told)
	}
	if deleted := say(t, 0, "query", "-C", dir, "--format", "csv", "select count(*) from dim_customer where is_deleted"); !strings.HasSuffix(strings.TrimSpace(deleted), "\n0") {
		t.Errorf("the shop still has both: %s", deleted)
	}
}
