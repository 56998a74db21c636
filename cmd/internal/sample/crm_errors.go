package sample

import (
	"fmt"
	"strconv"
)

// plantCRM says which errors the CRM's files get. Rows that a correct load
// refuses are additional and name nobody, so that the truth about persons and
// totals stays what the good rows say.
func (d *delivery) plantCRM() {
	f := &d.crm
	late := dayOfDelivery(d.number) - 21
	f.contacts.plants = []plant{
		{after: 120, kind: "impossible date", rule: "type.date", effect: quarantined, object: "customers", make: badBirthday},
		{after: 360, kind: "ragged row", rule: "csv.ragged", effect: quarantined, make: raggedContact},
	}
	f.addresses.plants = []plant{
		{after: 150, kind: "ragged row", rule: "csv.ragged", effect: quarantined, make: func(f *csvFile, n int64) ([]byte, string) {
			return f.encode([]string{keyOf("ADX", n), "1 Nowhere Lane", "AB1 2CD", "Nowhere"}), keyOf("ADX", n)
		}},
	}
	f.leads.plants = []plant{
		{after: 130, kind: "wrong encoding", rule: "encoding", effect: quarantined, make: func(f *csvFile, n int64) ([]byte, string) {
			return []byte(keyOf("LX", n) + ";;" + invalidUTF8 + ";;;;;;;;;;;Suspect;;;;;;"), keyOf("LX", n)
		}},
		{after: 390, kind: "ragged row", rule: "csv.ragged", effect: quarantined, make: func(f *csvFile, n int64) ([]byte, string) {
			return []byte(keyOf("LX", n) + ";;;;;;;;;;;;;Suspect;;;;;;;one;two"), keyOf("LX", n)
		}},
	}
	f.deals.plants = []plant{
		{after: 110, kind: "not a number", rule: "type.number", effect: quarantined, object: "opportunities", make: badAmount},
		{after: 310, kind: "missing required", rule: "required", effect: quarantined, object: "opportunities", make: noStage},
	}
	f.history.plants = []plant{
		{after: 140, kind: "impossible date", rule: "type.timestamp", effect: quarantined, object: "changes", make: func(f *csvFile, n int64) ([]byte, string) {
			return f.encode([]string{keyOf("HX", n), "", "", "Contacted", "2026-02-30 10:00:00", "E101", ""}), keyOf("HX", n)
		}},
	}
	f.activities.plants = d.activityPlants(late)
	f.members.plants = []plant{
		{after: 160, kind: "exact duplicate", effect: flagged, object: "members", make: func(f *csvFile, n int64) ([]byte, string) {
			return append([]byte(nil), f.last...), keyOf("row", n)
		}, good: func() { f.memberRows.add() }},
	}
}

func (d *delivery) activityPlants(late day) []plant {
	row := func(f *csvFile, id, customer, minutes, at string) []byte {
		return f.encode([]string{id, customer, "", "", "", "E101", "call", "in", "call centre", "Question", "solved", minutes, "", at})
	}
	count := func() { d.crm.activityRows.add() }
	plants := []plant{
		{after: 170, kind: "ragged row", rule: "csv.ragged", effect: quarantined, make: func(f *csvFile, n int64) ([]byte, string) {
			return append(row(f, keyOf("X", n), "", "5", "2026-03-01 10:00:00"), ",extra"...), keyOf("X", n)
		}},
		{after: 270, kind: "wrong encoding", rule: "encoding", effect: quarantined, make: func(f *csvFile, n int64) ([]byte, string) {
			return []byte(keyOf("X", n) + ",,,,,E101,call,in," + invalidUTF8 + ",Question,solved,5,,2026-03-01 10:00:00"), keyOf("X", n)
		}},
		{after: 370, kind: "negative duration", rule: "range", effect: quarantined, object: "activities", make: func(f *csvFile, n int64) ([]byte, string) {
			return row(f, keyOf("X", n), "", "-5", "2026-03-01 10:00:00"), keyOf("X", n)
		}},
		{after: 470, kind: "missing required", rule: "required", effect: quarantined, object: "activities", make: func(f *csvFile, n int64) ([]byte, string) {
			return row(f, keyOf("X", n), "", "5", ""), keyOf("X", n)
		}},
		{after: 570, kind: "orphan key", effect: loaded, object: "activities", make: func(f *csvFile, n int64) ([]byte, string) {
			return row(f, keyOf("XO", n+int64(d.number)), keyOf("C", n), "5", "2026-03-01 10:00:00"), keyOf("XO", n+int64(d.number))
		}, good: count},
	}
	if d.number > 0 {
		plants = append(plants, plant{after: 5, kind: "late row", effect: loaded, object: "activities", make: func(f *csvFile, n int64) ([]byte, string) {
			id := keyOf("XL", n*100+int64(d.number))
			return row(f, id, "", "5", f.when(late.at(36000))), id
		}, good: count})
	}
	return plants
}

// keyOf makes a key that no good row has: those have eight digits or none of
// these letters, and never begin with 99.
func keyOf(prefix string, n int64) string { return fmt.Sprintf("%s99%07d", prefix, n) }

func badBirthday(f *csvFile, n int64) ([]byte, string) {
	id := keyOf("CX", n)
	return f.encode([]string{id, "", "Planted", "", "Error", "", "", "", "", "", "31/02/1980", "", "", "", "", f.when(lastDay.at(36000)), f.when(lastDay.at(36000))}), id
}

func raggedContact(f *csvFile, n int64) ([]byte, string) {
	id := keyOf("CX", n)
	return f.encode([]string{id, "", "Planted", "Error"}), id
}

func badAmount(f *csvFile, n int64) ([]byte, string) { return dealRow(f, n, "Demo", "12.5O0") }

func noStage(f *csvFile, n int64) ([]byte, string) { return dealRow(f, n, "", "1000.00") }

func dealRow(f *csvFile, n int64, stage, amount string) ([]byte, string) {
	id := keyOf("OX", n)
	at := f.when(lastDay.at(36000))
	return f.encode([]string{
		id, "", "", "", "", "", "E101", "Windows", "Planted " + strconv.FormatInt(n, 10), "new", stage, amount, "EUR", "10", "", "", "", "", at, at,
	}), id
}
