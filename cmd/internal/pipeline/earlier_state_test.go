package pipeline_test

import (
	"maps"
	"path/filepath"
	"testing"
)

// TestEarlierStates: what a later delivery tells of a time before the newest
// state goes into the customer's history, as in a rebuild.
func TestEarlierStates(t *testing.T) {
	t.Parallel()
	cfg, dir := oneFeed(t, "people", `csv: "people*.csv"`, "crm", datedPeople+"  - {property: delivery, value: delta}\n", `  - name: people
    customProperties: [{property: entity, value: customer}]
    properties:
      - {name: customer_id, primaryKey: true}
      - {name: full_name}
      - {name: email}
      - {name: city}
      - {name: changed, logicalType: timestamp, customProperties: [{property: field, value: updated_at}, {property: version, value: true}]}
`)
	const header = "customer_id,full_name,email,city,changed\n"
	days := []string{
		"1,Ada Berg,ada@example.com,Graz,2026-01-01T08:00:00Z\n1,Ada Berg,ada@example.com,Linz,2026-01-01T18:00:00Z\n2,Ben Carl,ben@example.com,Bonn,2026-01-01T09:00:00Z\n",
		"1,Ada Berg,ada@example.com,Wels,2026-01-01T12:00:00Z\n",
		"1,Ada Berg,ada@example.com,Enns,2026-01-01T10:00:00Z\n1,Ada Berg,ada@example.com,Bonn,2026-01-03T10:00:00Z\n",
		"2,Ben Carl,ben@example.com,Kiel,2025-12-31T09:00:00Z\n",
	}
	for i, day := range days {
		write(t, filepath.Join(dir, "people_2026010"+string(rune('2'+i))+".csv"), header+day)
		run(t, cfg, options())
	}
	added := maps.Clone(current(t, cfg).Manifest.Digests)
	o := options()
	o.Full = true
	run(t, cfg, o)
	same(t, "added and rebuilt", added, current(t, cfg).Manifest.Digests)
}
