package schemas_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

const contactsContract = `
apiVersion: v3.1.0
kind: DataContract
id: crm-contacts
name: crm_contacts
version: 1.0.0
status: active
description: {purpose: Contacts of the sales team}
customProperties:
  - {property: system, value: crm}
  - {property: delivery, value: delta}
  - property: delivered
    value: {pattern: 'contacts_(\d{4}-\d{2}-\d{2})'}
  - property: dialect
    value: {format: csv, delimiter: ";", encoding: windows-1252}
  - property: locale
    value: {decimal: ",", group: ".", date: dd/mm/yyyy}
schema:
  - name: contacts
    customProperties:
      - {property: entity, value: customer}
    properties:
      - name: ContactID
        primaryKey: true
        customProperties:
          - {property: field, value: customer_id}
      - name: FName
        classification: pii
        customProperties:
          - {property: field, value: customer.given_name}
          - {property: aliases, value: [First Name, Vorname]}
      - name: email
      - name: credit_limit
        logicalType: number
        logicalTypeOptions: {minimum: 0, maximum: 100000.5}
      - name: kind
        quality:
          - metric: invalidValues
            mustBe: 0
            arguments: {validValues: [A, B]}
`

func TestParseContract(t *testing.T) {
	c, err := schemas.ParseContract("contacts.yaml", []byte(contactsContract))
	if err != nil {
		t.Fatal(err)
	}
	if c.Feed != "crm_contacts" || c.System != "crm" || c.Dialect.Delimiter != ";" || c.Locale.Decimal != "," {
		t.Errorf("contract read wrong: %+v", c)
	}
	o := c.Objects[0]
	if o.Entity != "customer" || !o.Keyed() || o.Properties[0].Field != "customer_id" || !o.Properties[0].Required {
		t.Errorf("object read wrong: %+v", o)
	}
	if p := o.Properties[1]; p.Field != "given_name" || !p.PII || len(p.Aliases) != 2 {
		t.Errorf("property read wrong: %+v", p)
	}
	if p := o.Properties[2]; p.Field != "email" {
		t.Errorf("a property named like a field must feed it: %+v", p)
	}
	if p := o.Properties[3]; p.Field != "" || p.Minimum != "0" || p.Maximum != "100000.5" {
		t.Errorf("attribute read wrong: %+v", p)
	}
	if p := o.Properties[4]; len(p.Allowed) != 2 {
		t.Errorf("allowed values read wrong: %+v", p)
	}
}

func TestParseContractRefuses(t *testing.T) {
	for name, test := range map[string]struct{ from, to, want string }{
		"unknown key":      {"status: active", "statos: active", "statos"},
		"unknown entity":   {"value: customer}", "value: custommer}", `"custommer"`},
		"unknown field":    {"customer.given_name", "customer.givenname", `no field "givenname"`},
		"delivery mode":    {"value: delta", "value: sometimes", "snapshot, delta or append"},
		"no key":           {"primaryKey: true", "required: true", "primaryKey"},
		"pattern no group": {`(\d{4}-\d{2}-\d{2})`, `\d{4}`, "group"},
		"same mark":        {`group: "."`, `group: ","`, "both"},
		"custom property":  {"property: aliases", "property: alias", "did you mean aliases?"},
		"kind":             {"kind: DataContract", "kind: Contract", "DataContract"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(contactsContract, test.from, test.to, 1)
			if text == contactsContract {
				t.Fatal("the test changes nothing")
			}
			_, err := schemas.ParseContract("contacts.yaml", []byte(text))
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), "contacts.yaml") {
				t.Fatalf("error %v, want one that names the file and %q", err, test.want)
			}
		})
	}
}

// TestParseContractFindsAll breaks several lines at once.
func TestParseContractFindsAll(t *testing.T) {
	text := contactsContract
	for _, change := range [][2]string{
		{"status: active", "statos: active"},
		{"value: delta", "value: sometimes"},
		{"date: dd/mm/yyyy", "date: TODO"},
		{"customer.given_name", "customer.givenname"},
		{"logicalType: number", "logicalType: nummer"},
		{"metric: invalidValues", "metric: invalid"},
	} {
		changed := strings.Replace(text, change[0], change[1], 1)
		if changed == text {
			t.Fatalf("%s is not in the contract", change[0])
		}
		text = changed
	}
	_, err := schemas.ParseContract("contacts.yaml", []byte(text))
	var list fault.List
	if !errors.As(err, &list) {
		t.Fatalf("error %v is no list", err)
	}
	lines := strings.Split(text, "\n")
	want := []struct {
		code fault.Code
		line string // what stands there
		says string
	}{
		{fault.ContractUnknown, "statos", "did you mean status?"},
		{fault.ContractValue, "sometimes", "snapshot, delta or append"},
		{fault.ContractOpen, "TODO", "init left this open"},
		{fault.ContractField, "givenname", "did you mean given_name"},
		{fault.ContractValue, "nummer", "did you mean number?"},
		{fault.ContractValue, "invalid", "did you mean invalidValues?"},
	}
	if len(list) != len(want) {
		t.Fatalf("%d errors, want %d:\n%v", len(list), len(want), err)
	}
	for i, w := range want {
		e := list[i]
		if e.Code != w.code || !strings.Contains(lines[e.At.Line-1], w.line) || !strings.Contains(e.Error(), w.says) {
			t.Errorf("error %d is %s %v, want %s at %q that says %q", i, e.Code, e, w.code, w.line, w.says)
		}
		if e.At.Column < 1 || e.File != "contacts.yaml" {
			t.Errorf("error %d has place %s %v", i, e.File, e.At)
		}
	}
}

func TestEntitiesAreComplete(t *testing.T) {
	all, err := schemas.Entities()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if e.Meaning == "" || e.Grain == "" {
			t.Errorf("%s lacks meaning or grain", e.Name)
		}
		seen := map[string]bool{}
		for _, f := range e.Fields {
			if f.Meaning == "" || seen[f.Name] {
				t.Errorf("%s.%s lacks a meaning or stands twice", e.Name, f.Name)
			}
			seen[f.Name] = true
		}
	}
}

func TestHashIDSeparatesParts(t *testing.T) {
	tuple := func(parts ...string) schemas.ID {
		var buf []byte
		for _, p := range parts {
			buf = schemas.AppendPart(buf, p, true)
		}
		return schemas.HashID(buf)
	}
	if tuple("ab", "c") == tuple("a", "bc") {
		t.Error("part borders do not matter")
	}
	empty := schemas.HashID(schemas.AppendPart(nil, "", true))
	missing := schemas.HashID(schemas.AppendPart(nil, "", false))
	if empty == missing {
		t.Error("an empty value and a missing one have the same id")
	}
	if id := tuple("x"); id.Sign() < 0 || !id.FitsInPrecision(38) {
		t.Errorf("id %v does not fit a DECIMAL(38,0)", id)
	}
}

func TestFreshnessOfContract(t *testing.T) {
	with := func(sla string) string {
		return strings.Replace(contactsContract, "schema:", "slaProperties:\n"+sla+"\nschema:", 1)
	}
	for _, test := range []struct {
		sla  string
		want time.Duration
		err  string
	}{
		{"  - {property: frequency, value: 1, unit: d}\n  - {property: latency, value: 6, unit: h}", 30 * time.Hour, ""},
		{"  - {property: retention, value: 3, unit: y}", 0, ""},
		{"  - {property: frequency, value: often, unit: d}", 0, "not a number"},
		{"  - {property: frequency, value: 0, unit: d}", 0, "above 0"},
		{"  - {property: latency, value: 2, unit: fortnight}", 0, "fortnight"},
	} {
		c, err := schemas.ParseContract("contacts.yaml", []byte(with(test.sla)))
		if test.err != "" {
			if err == nil || !strings.Contains(err.Error(), test.err) {
				t.Errorf("%s: error %v, want one with %q", test.sla, err, test.err)
			}
			continue
		}
		if err != nil || c.Freshness != test.want {
			t.Errorf("%s: %v, error %v, want %v", test.sla, c.Freshness, err, test.want)
		}
	}
}
