package schemas_test

import (
	"strings"
	"testing"

	"loadstar/schemas"
)

// quality puts rules beside the object's name and into its property email.
func quality(object, property string) string {
	text := strings.Replace(contactsContract, "  - name: contacts\n", "  - name: contacts\n    quality: ["+object+"]\n", 1)
	return strings.Replace(text, "- name: email\n", "- name: email\n        quality: ["+property+"]\n", 1)
}

func TestRowCount(t *testing.T) {
	for rule, test := range map[string]struct{ good, bad []int64 }{
		"mustBe: 3":                   {[]int64{3}, []int64{0, 2, 4}},
		"mustBeGreaterThan: 0":        {[]int64{1, 1e9}, []int64{0}},
		"mustBeGreaterOrEqualTo: 2":   {[]int64{2}, []int64{1}},
		"mustBeLessThan: 5":           {[]int64{0, 4}, []int64{5}},
		"mustBeLessOrEqualTo: 5":      {[]int64{5}, []int64{6}},
		"mustBeBetween: [2, 4]":       {[]int64{2, 4}, []int64{1, 5}},
		"mustBe: 0, unit: rows":       {[]int64{0}, []int64{1}},
		"mustBe: 3, type: library":    {[]int64{3}, []int64{2}},
		"mustBeLessThan: 5, name: n":  {[]int64{4}, []int64{5}},
		"mustBe: 3, dimension: whole": {[]int64{3}, []int64{2}},
		"mustNotBe: 0, severity: error, businessImpact: high, method: reconciliation, tags: [a], schedule: daily": {[]int64{1, 9}, []int64{0}},
	} {
		c, err := schemas.ParseContract("c.yaml", []byte(quality("{metric: rowCount, "+rule+"}", "")))
		if err != nil {
			t.Errorf("%s: %v", rule, err)
			continue
		}
		for _, rows := range test.good {
			if reason := c.Objects[0].Rows.Fault(rows); reason != "" {
				t.Errorf("%s: %d rows: %s", rule, rows, reason)
			}
		}
		for _, rows := range test.bad {
			if c.Objects[0].Rows.Fault(rows) == "" {
				t.Errorf("%s takes %d rows", rule, rows)
			}
		}
	}
}

func TestQualityOfColumns(t *testing.T) {
	c, err := schemas.ParseContract("c.yaml", []byte(quality("", "{metric: missingValues, mustBe: 0, arguments: {missingValues: [n/a, '-']}}, {metric: duplicateValues, mustBe: 0, unit: percent}")))
	if err != nil {
		t.Fatal(err)
	}
	if p := c.Objects[0].Properties[2]; !p.Required || !p.Unique || strings.Join(p.Nulls, " ") != "n/a -" {
		t.Errorf("rules read wrong: %+v", p)
	}
}

// TestWordsForPeople takes what the standard has for people alone.
func TestWordsForPeople(t *testing.T) {
	text := quality("{type: text, description: clean}, {metric: duplicateValues, mustBe: 0, arguments: {properties: [email, FName]}}", "{type: text, description: clean}")
	text = strings.Replace(text, "- name: email\n", "- name: email\n        physicalName: mail\n        criticalDataElement: true\n        transformLogic: lower(mail)\n", 1)
	text += "roles: [{role: reader, access: read}]\nprice: {priceAmount: 9.95}\ndataProduct: crm\nauthoritativeDefinitions: [{type: wiki, url: https://example.org}]\n"
	c, err := schemas.ParseContract("c.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	sets := c.Objects[0].UniqueSets()
	if len(sets) == 0 || len(sets[len(sets)-1]) != 2 {
		t.Errorf("unique sets %v, want email and FName together", sets)
	}
}

// zoned has two columns of moments, each with a zone of its own.
func zoned(first, second string) string {
	return strings.Replace(contactsContract, "- name: email\n", "- name: created_at\n        logicalType: timestamp\n        logicalTypeOptions: {defaultTimezone: "+first+"}\n"+
		"      - name: updated_at\n        logicalType: timestamp\n        logicalTypeOptions: {defaultTimezone: "+second+"}\n", 1)
}

// related has lines that name their orders by a foreign key of the standard.
const related = `
apiVersion: v3.1.0
kind: DataContract
id: shop
name: shop
version: 1.0.0
status: active
customProperties: [{property: dialect, value: {format: json}}]
schema:
  - name: orders
    customProperties: [{property: entity, value: order}]
    properties:
      - {name: id, primaryKey: true, customProperties: [{property: field, value: order_id}]}
      - {name: placed, logicalType: timestamp, logicalTypeOptions: {timezone: true}, customProperties: [{property: field, value: ordered_at}]}
      - {name: client, relationships: [{type: foreignKey, to: customers.number}], customProperties: [{property: field, value: customer_id}]}
  - name: lines
    customProperties: [{property: entity, value: order_line}, {property: path, value: lines}]
    relationships: [{from: lines.order, to: orders.id}]
    properties:
      - {name: no, primaryKey: true, customProperties: [{property: field, value: line_id}]}
      - {name: order, primaryKey: true, primaryKeyPosition: 2, customProperties: [{property: field, value: order_id}, {property: from, value: ../id}]}
`

func TestRelationsAndZones(t *testing.T) {
	c := parsed(t, related)
	if order, client := c.Objects[1].Properties[1], c.Objects[0].Properties[2]; order.Relation != "orders.id" || client.Relation != "customers.number" {
		t.Errorf("relations %q and %q", order.Relation, client.Relation)
	}
	for text, want := range map[string]bool{"2026-01-02T10:00:00Z": true, "2026-01-02 10:00+01:00": true, "2026-01-02T10:00:00-0500": true, "2026-01-02 10:00": false, "2026-01-02": false} {
		if p := c.Objects[0].Properties[1].Pattern; p == nil || p.MatchString(text) != want {
			t.Errorf("%q has an offset: want %v", text, want)
		}
	}
	if got := parsed(t, zoned("Europe/Berlin", "Europe/Berlin")).Locale.TimeZone; got != "Europe/Berlin" {
		t.Errorf("the times are of %q", got)
	}
}

// TestContractWordsAreRefused: a rule that nothing proves is an error, and is
// not passed over.
func TestContractWordsAreRefused(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"SQL":                   {quality("", "{type: sql, query: 'select 1', mustBe: 0}"), "query"},
		"another engine":        {quality("{type: custom, metric: rowCount, mustBe: 1}", ""), "type custom is not run"},
		"another number":        {quality("", "{metric: nullValues, mustBe: 5}"), "needs mustBe: 0"},
		"no number":             {quality("", "{metric: nullValues}"), "needs mustBe: 0"},
		"a share":               {quality("", "{metric: nullValues, mustBeLessThan: 5, unit: percent}"), "unit percent"},
		"a bound":               {quality("", "{metric: nullValues, mustBeLessThan: 5}"), "needs mustBe: 0"},
		"no share of rows":      {quality("{metric: rowCount, mustBe: 0, unit: percent}", ""), "unit percent"},
		"severity":              {quality("", "{metric: nullValues, mustBe: 0, severity: low}"), "severity low"},
		"no columns together":   {quality("{metric: duplicateValues, mustBe: 0}", ""), "{properties: ["},
		"unknown together":      {quality("{metric: duplicateValues, mustBe: 0, arguments: {properties: [nobody]}}", ""), `"nobody"`},
		"twice together":        {quality("{metric: duplicateValues, mustBe: 0, arguments: {properties: [a, a]}}", ""), "twice"},
		"some together":         {quality("{metric: duplicateValues, mustBe: 5, arguments: {properties: [a]}}", ""), "needs mustBe: 0"},
		"not another number":    {quality("{metric: rowCount, mustNotBe: 5}", ""), "only known of 0"},
		"argument of another":   {quality("", "{metric: nullValues, mustBe: 0, arguments: {validValues: [a]}}"), "takes no argument validValues"},
		"invalid without words": {quality("", "{metric: invalidValues, mustBe: 0}"), "validValues or pattern"},
		"rows of a column":      {quality("", "{metric: rowCount, mustBe: 1}"), "about an object"},
		"column of an object":   {quality("{metric: nullValues, mustBe: 0}", ""), "about a column"},
		"no bound":              {quality("{metric: rowCount}", ""), "needs mustBe"},
		"not between":           {quality("{metric: rowCount, mustNotBeBetween: [1, 2]}", ""), "mustNotBeBetween"},
		"between nothing":       {quality("{metric: rowCount, mustBeBetween: [4, 2]}", ""), "the lower first"},
		"bounds apart":          {quality("{metric: rowCount, mustBeGreaterThan: 4}, {metric: rowCount, mustBeLessThan: 3}", ""), "at least 5 and at most 2"},
		"zone of a number":      {strings.Replace(contactsContract, "minimum: 0,", "defaultTimezone: UTC,", 1), "are for timestamps"},
		"two zones":             {zoned("Europe/Berlin", "UTC"), "a feed has one zone"},
		"no such zone":          {zoned("Europe/Atlantis", "Europe/Atlantis"), "Atlantis"},
		"zone and pattern":      {strings.Replace(zoned("UTC", "UTC"), "defaultTimezone", "timezone: true, pattern: x, defaultTimezone", 1), "two rules for one text"},
		"relation of no id":     {strings.Replace(contactsContract, "- name: email", "- name: email\n        relationships: [{to: accounts.id}]", 1), "feeds no id of another entity"},
		"relation of two":       {strings.Replace(contactsContract, "  - name: contacts\n", "  - name: contacts\n    relationships: [{from: [contacts.email, contacts.kind], to: [a.b, a.c]}]\n", 1), "one column"},
		"relation of a kind":    {strings.Replace(contactsContract, "- name: email", "- name: email\n        relationships: [{type: partOf, to: accounts.id}]", 1), "only foreignKey"},
		"relation of nobody":    {strings.Replace(contactsContract, "  - name: contacts\n", "  - name: contacts\n    relationships: [{from: contacts.nobody, to: a.b}]\n", 1), `no property "nobody"`},
		"relation to a name":    {strings.Replace(related, "to: orders.id", "to: orders.placed", 1), "is no column of these"},
		"relation to itself":    {strings.Replace(related, "to: orders.id", "to: lines.no", 1), "is no column of these"},
		"position without key":  {strings.Replace(contactsContract, "- name: email", "- name: email\n        primaryKeyPosition: 1", 1), "needs primaryKey: true"},
		"role of no field":      {strings.Replace(contactsContract, "{property: entity, value: customer}", "{property: entity, value: customer}\n      - {property: references, value: {custmer: crm}}", 1), `no field "custmer_id"; did you mean`},
		"clean of a number":     {strings.Replace(contactsContract, "- name: kind", "- name: kind\n        customProperties: [{property: clean, value: email}]", 1), "clean needs a field that holds text"},
		"dialect of another":    {strings.Replace(contactsContract, "delimiter: \";\"", "delimiter: \";\", hidden_rows: keep", 1), "hidden_rows is for excel, and the feed is csv"},
		"place of fixed text":   {strings.Replace(contactsContract, "- name: kind", "- name: kind\n        customProperties: [{property: start, value: 3}]", 1), "start and width are for fixed"},
		"path in a table":       {strings.Replace(contactsContract, "{property: entity, value: customer}", "{property: entity, value: customer}\n      - {property: path, value: lines}", 1), "path is for json"},
		"promised twice": {strings.Replace(contactsContract, "schema:\n", "slaProperties:\n  - {property: latency, value: 1, unit: d}\n  - {property: latency, value: 2, unit: d}\nschema:\n", 1),
			"latency stands twice"},
		"lengths": {strings.Replace(contactsContract, "- name: email", "- name: email\n        logicalTypeOptions: {minLength: 4, maxLength: 2}", 1), "contradict each other"},
	} {
		if test.text == contactsContract {
			t.Errorf("%s: the test changes nothing", name)
		}
		if _, err := schemas.ParseContract("c.yaml", []byte(test.text)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want an error with %q", name, err, test.want)
		}
	}
}
