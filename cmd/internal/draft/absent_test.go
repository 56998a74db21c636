package draft_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestWordsForNoValue: a word that stands beside numbers and dates means "no
// value" in the whole file, but neither among codes nor where it is a tick.
func TestWordsForNoValue(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"NA", "—", "(leer)"} {
		var rows strings.Builder
		for i := range 30 {
			day, total, city, tick := fmt.Sprintf("2026-01-%02d", i%28+1), fmt.Sprintf("%d.5", 10+i), []string{"Ulm", "Jena", "Kiel"}[i%3], ""
			if i%4 == 1 {
				day, total, city, tick = word, word, word, word
			}
			fmt.Fprintf(&rows, "A%d,%s,%s,%s,%s,%s\n", 100+i, day, total, city, tick, []string{"NA", "DE", "FR"}[i%3])
		}
		dir, _, err := drops(t, map[string]string{"orders.csv": "order_id,ordered_at,total,shipping_city,gift,shipping_country\n" + rows.String()})
		if err != nil {
			t.Errorf("%s: %v", word, err)
			continue
		}
		contract := text(t, dir, "contracts/orders.yaml")
		for column, want := range map[string]bool{"ordered_at": true, "total": true, "shipping_city": true, "gift": false, "shipping_country": false} {
			if got := strings.Contains(propertyOf(contract, column), "nulls"); got != want {
				t.Errorf("%s in %s means no value: %v, want %v\n%s", word, column, got, want, contract)
			}
		}
		for _, want := range []string{"value: ordered_at", "value: total_amount"} {
			if !strings.Contains(contract, want) {
				t.Errorf("%s: the contract lacks %q\n%s", word, want, contract)
			}
		}
	}
}

// propertyOf is the part of a contract that speaks of a column.
func propertyOf(contract, column string) string {
	_, part, _ := strings.Cut(strings.NewReplacer(`name: "`, "name: ", "\"\n", "\n").Replace(contract), "- name: "+column+"\n")
	part, _, _ = strings.Cut(part, "      - name: ")
	part, _, _ = strings.Cut(part, "\n      #")
	return part
}

// TestDatesThatAreNone: zeros and the end of time are no dates, and do not keep
// a column from being one.
func TestDatesThatAreNone(t *testing.T) {
	t.Parallel()
	for _, none := range []string{"0000-00-00", "9999-12-31", "00.00.0000", "00000000"} {
		var rows strings.Builder
		for i := range 30 {
			var day string
			switch {
			case i%4 == 1:
				day = none
			case strings.Contains(none, "."):
				day = fmt.Sprintf("%02d.01.2026", i%28+1)
			case strings.Contains(none, "-"):
				day = fmt.Sprintf("2026-01-%02d", i%28+1)
			default:
				day = fmt.Sprintf("202601%02d", i%28+1)
			}
			fmt.Fprintf(&rows, "A%d;%s;%d.5\n", 100+i, day, 10+i)
		}
		dir, _, err := drops(t, map[string]string{"orders.csv": "order_id;ordered_at;total\n" + rows.String()})
		if err != nil {
			t.Errorf("%s: %v", none, err)
			continue
		}
		contract := text(t, dir, "contracts/orders.yaml")
		if part := propertyOf(contract, "ordered_at"); !strings.Contains(part, "value: ordered_at") || !strings.Contains(part, none) {
			t.Errorf("%s: the column is no date with a word for none\n%s", none, contract)
		}
	}
}

// TestYearsOfTwoDigitsInFront: 26/01/05 was read as the 26th of January 2005.
func TestYearsOfTwoDigitsInFront(t *testing.T) {
	t.Parallel()
	for form, want := range map[string]string{"26/01/%02d": "yy/mm/dd", "99-12-%02d": "yy-mm-dd", "%02d/01/26": "dd/mm/yy", "01/%02d/26": "mm/dd/yy"} {
		var rows strings.Builder
		for i := range 30 {
			fmt.Fprintf(&rows, "A%d,"+form+",%d.5\n", 100+i, i%28+1, 10+i)
		}
		dir, _, err := drops(t, map[string]string{"orders.csv": "order_id,ordered_at,total\n" + rows.String()})
		if err != nil {
			t.Errorf("%s: %v", form, err)
			continue
		}
		if contract := text(t, dir, "contracts/orders.yaml"); !strings.Contains(contract, "date: "+want) {
			t.Errorf("%s is not read as %s\n%s", form, want, contract)
		}
	}
}

// TestDatesOfPrograms: dates as SAS, Java, mail, browsers and Hungarians write
// them were kept as texts, and their rows in no month.
func TestDatesOfPrograms(t *testing.T) {
	t.Parallel()
	var head, rows strings.Builder
	forms := []string{"%02dJAN2026", "%02dJAN2026:10:30:00", "Jan %02d 10:30:00 CET 2026", "Jan %02d 2026 10:30:00 GMT+0100 (CET)", "%02d Jan 2026 10:30:00 GMT", "2026. 01. %02d.", "January %d, 2026"}
	for i := range forms {
		fmt.Fprintf(&head, ";created_%d_at", i)
	}
	for i := range 28 {
		day := time.Date(2026, 1, i+1, 0, 0, 0, 0, time.UTC).Weekday().String()
		fmt.Fprintf(&rows, "A%d;2026-01-05;%d.5", 100+i, 10+i)
		for n, form := range forms {
			front := map[int]string{2: day[:3] + " ", 3: day[:3] + " ", 4: day[:3] + ", ", 6: day + ", "}[n]
			fmt.Fprintf(&rows, ";"+front+form, i+1)
		}
		rows.WriteString("\n")
	}
	dir, _, err := drops(t, map[string]string{"orders.csv": "order_id;ordered_at;total" + head.String() + "\n" + rows.String()})
	if err != nil {
		t.Fatal(err)
	}
	contract := text(t, dir, "contracts/orders.yaml")
	for i, form := range forms {
		if part := propertyOf(contract, fmt.Sprintf("created_%d_at", i)); !strings.Contains(part, "logicalType: date") && !strings.Contains(part, "logicalType: timestamp") {
			t.Errorf("%s is no date: %s", form, part)
		}
	}
}

// TestColumnTwice: of two columns of one name the second is kept beside.
func TestColumnTwice(t *testing.T) {
	t.Parallel()
	var rows strings.Builder
	for i := range 30 {
		fmt.Fprintf(&rows, "A%d,2026-01-05,%d.5,Anna Weiss %c,anna%d@example.org,Ulm,Jena\n", 100+i, 10+i, 'a'+i%26, i)
	}
	dir, _, err := drops(t, map[string]string{"orders.csv": "order_id,ordered_at,total,customer name,email,City,City\n" + rows.String()})
	if err != nil {
		t.Fatal(err)
	}
	if contract := text(t, dir, "contracts/orders.yaml"); !strings.Contains(contract, "name: City_2\n") || !strings.Contains(contract, "value: customer}") {
		t.Errorf("the contract lacks the second column, or the customer\n%s", contract)
	}
}

// TestTypesOfMongo: what MongoDB says of its values is no part of their names.
func TestTypesOfMongo(t *testing.T) {
	t.Parallel()
	var records strings.Builder
	for i := range 30 {
		fmt.Fprintf(&records, `{"_id":{"$oid":"%024x"},"orderNo":"A%d","orderedAt":{"$date":"2026-01-%02dT10:00:00Z"},"total":{"$numberDecimal":"%d.50"}}`+"\n", i, 100+i, i%28+1, 10+i)
	}
	dir, _, err := drops(t, map[string]string{"orders.json": records.String()})
	if err != nil {
		t.Fatal(err)
	}
	contract := text(t, dir, "contracts/orders.yaml")
	for column, field := range map[string]string{"orderedAt.$date": "ordered_at", "total.$numberDecimal": "total_amount"} {
		if part := propertyOf(contract, column); !strings.Contains(part, "value: "+field) {
			t.Errorf("%s is no %s\n%s", column, field, contract)
		}
	}
}
