package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestSameIDsOfOthers: tables of one system that count their customers from 1
// speak of the same ones only where they say the same of them, and a row means
// the table that says the same of its customer.
func TestSameIDsOfOthers(t *testing.T) {
	t.Parallel()
	given := []string{"Anna", "Bert", "Cleo", "Dora", "Emil", "Faye", "Gero", "Hedy"}
	list := func(header, row string, shift int) string {
		var b strings.Builder
		b.WriteString(header + "\n")
		for i := 1; i <= 40; i++ {
			who := i + shift
			fmt.Fprintf(&b, row+"\n", i, given[who%8], who)
		}
		return b.String()
	}
	drop := map[string]string{
		"shop/customers.csv":   list("customer_id,first_name,email", "%d,%s,p%d@mail.example", 0),
		"shop/subscribers.csv": list("id,first_name,email", "%d,%s,p%d@mail.example", 20),
		"shop/profiles.csv":    list("id,first_name,email", "%d,%s,p%d@mail.example", 0),
		"shop/orders.csv":      orders(given),
	}
	dir, _, err := drops(t, drop)
	if err != nil {
		t.Fatal(err)
	}
	prefix := `{property: prefix, value: "subscribers:"}`
	for file, want := range map[string]int{"customers": 0, "profiles": 0, "subscribers": 1, "orders": 2} {
		if got := strings.Count(text(t, dir, "contracts/shop_"+file+".yaml"), prefix); got != want {
			t.Errorf("%s: %d ids of subscribers, want %d", file, got, want)
		}
	}
}

// TestHalfTheSame: subscribers of whom half have the ids of the customers that
// they are, by chance, are others, also where a third table has the customers'.
func TestHalfTheSame(t *testing.T) {
	t.Parallel()
	people, profiles, subscribers := "entity_id,firstname,lastname,email,telephone\n", "member_id,firstname,lastname,telephone\n", "id,email\n"
	for i := 1; i <= 60; i++ {
		name := fmt.Sprintf("%s,Berg%c%c", []string{"Anna", "Thomas", "Maria", "Peter"}[i%4], 'a'+i%26, 'a'+i/26)
		people += fmt.Sprintf("%d,%s,p%d@mail.example,+43 664 55%05d\n", i, name, i, i*37)
		profiles += fmt.Sprintf("%d,%s,+43 664 55%05d\n", i, name, i*37)
		subscribers += fmt.Sprintf("%d,p%d@mail.example\n", i, i+i/31*100)
	}
	dir, _, err := drops(t, map[string]string{"shop/member_entity.csv": people, "shop/profiles.csv": profiles, "shop/subscribers.csv": subscribers})
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]int{"member_entity": 0, "profiles": 0, "subscribers": 1} {
		if got := strings.Count(text(t, dir, "contracts/shop_"+file+".yaml"), "property: prefix"); got != want {
			t.Errorf("%s: %d ids of its own, want %d", file, got, want)
		}
	}
}

// TestFewOfOthers: a few users that count from 1, as customers beside them do,
// are others, also where nothing can be compared: the system's own people; members of groups are neither.
func TestFewOfOthers(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"shop/clients.csv":       "id,first_name,last_name,city\n" + rows(1, 60, "#,Ada,Bergman,Graz"),
		"shop/users.csv":         "id,name,email\n" + rows(1, 4, "#,Eva Dorn,eva#@example.org"),
		"shop/group_clients.csv": "id,group_id,client_id,status\n" + rows(1, 50, "#,7,#,Added\n9#,8,#,Removed"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(r.LeftOut); len(r.LeftOut) != 1 || !strings.Contains(got, `ties customers of shop_clients to something else by "client_id"`) {
		t.Errorf("left out %s", got)
	}
	holds(t, text(t, dir, "contracts/shop_users.yaml"), []string{"{property: entity, value: employee}"})
}

// orders are of subscribers, whose ids are customers' too.
func orders(given []string) string {
	var b strings.Builder
	b.WriteString("id,customer_id,first_name,billing_email,ordered_at,total_amount,status\n")
	for i := 1; i <= 60; i++ {
		id := i%40 + 1
		fmt.Fprintf(&b, "%d,%d,%s,p%d@mail.example,2026-01-%02d,%d.50,%s\n", 500+i, id, given[(id+20)%8], id+20, i%28+1, i, []string{"wc-completed", "wc-cancelled", "wc-refunded"}[i%3])
	}
	return b.String()
}
