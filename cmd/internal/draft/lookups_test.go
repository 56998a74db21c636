package draft_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestLookups: columns of codes are read as what the tables beside them say of
// the codes; such a table is no feed, whatever its columns look like.
func TestLookups(t *testing.T) {
	t.Parallel()
	stage := []string{"11", "12", "13", "14", "15"}
	var deals, log, dealers strings.Builder
	for i, given := range strings.Fields("Ada Ben Clara David Elena Frank Grace Hugo Ines Jonas Karl Laura Maria Nina Oscar Paul Rita Simon Thomas Vera Walter Anna Peter Julia") {
		fmt.Fprintf(&dealers, "%d,%s Bergman,Graz,Austria\n", i+1, given)
	}
	for i := range 60 {
		fmt.Fprintf(&deals, "D%d,Roof %d,C%d,%s,%d,%d00,2026-03-%02d\n", i+100, i, i%20+10, stage[i%5], i%2+1, i%7+1, i%28+1)
		fmt.Fprintf(&log, "H%d,D%d,%s,2026-03-%02d 10:00:00\n", i, i+100, stage[i%4], i%28+1)
	}
	dir, r, err := drops(t, map[string]string{
		"stages.csv":             "id,name,position\n11,New,1\n12,Contacted,2\n13,Offer,3\n14,Won,4\n15,Lost,5\n",
		"lead_sources.csv":       "id,name\n1,Trade fair\n2,Website\n",
		"deals.csv":              "deal_id,title,customer_id,stage_id,lead_source_id,value,created_at\n" + deals.String(),
		"deal_stage_history.csv": "id,deal_id,stage_id,changed_at\n" + log.String(),
		"customers.csv":          "customer_id,first_name,last_name,email,LandNr\n" + rows(10, 30, "C#,Ada,Bergman,ada#@example.org,43.0\nD#,Ben,Bergman,ben#@example.org,"),
		"Land.csv":               "LandNr;Bezeichnung\n43;Österreich\n49;Deutschland\n",
		"categories.csv":         "id,name,parent_id\n1,Frames,\n2,Care,\n3,Sprays,2\n",
		"products.csv":           "product_id,name,category_id,packing_id,price\n" + rows(1, 4, "P#,Frame #,#,1,9.50\nQ#,Spray #,2,2,4.50"),
		"order_status.csv":       "order_status_id,language_id,name\n5,1,Complete\n7,1,Canceled\n5,2,Fertig\n7,2,Storniert\n",
		"orders.csv":             "order_id,customer_id,order_status_id,quantity,total,ordered_at\n" + rows(10, 30, "A#,C#,5,1,1#.50,2026-03-17\nB#,C#,7,2,1#.00,2026-03-18"),
		"product_tags.csv":       "product_id,tag\nP1,garden\nP2,roof\nP3,wood\n",
		"packing.csv":            "packing_id,rowguid,name\n1,0aefb1c2-aaaa-4bbb-8ccc-0deaddeafbed,Box\n2,fbeefb1c-aaaa-4bbb-8ccc-0deaddeafbed,Bag\n",
		"quality.csv":            "id,name\n1,Good\n2,Bad\n",
		"countries.csv":          "country_code,name\nAT,Republic of the Mountains\nDE,Land of the Plains\n",
		"suppliers.csv":          "supplier_id,name,email,country_code\n" + rows(10, 40, "S#,Glass # Ltd,glass#@example.org,AT"),
		"dealers.csv":            "id,name,city,country\n" + dealers.String(),
		"visits.csv":             "activity_id,dealer_id,type,at\n" + rows(1, 25, "V#,#,visit,2026-03-17 10:00:00"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		"deals":              `name: stage_id|value: status}|words, value: {"11": suspect, "12": prospect, "13": proposal, "14": won, "15": lost}`,
		"deal_stage_history": `name: stage_id|value: stage}|words, value: {"11": suspect, "12": prospect, "13": proposal, "14": won, "15": lost}`,
		"customers":          `Land.csv tells what each code means|name: LandNr|value: country_code}|words, value: {"43": Österreich, "43.0": Österreich, "49": Deutschland, "49.0": Deutschland}`,
		"products":           `name: product_id|value: product_id}|name: category_id|value: category}|words, value: {"1": Frames, "2": Care, "3": Sprays}|words, value: {"1": Box, "2": Bag}`,
		"orders":             `name: order_status_id|value: status}|words, value: {"5": Complete, "7": Canceled}`,
	} {
		contract := text(t, dir, "contracts/"+file+".yaml")
		for _, w := range strings.Split(want, "|") {
			at := strings.Index(contract, w)
			if at < 0 {
				t.Errorf("%s lacks %s:\n%s", file, w, contract)
				break
			}
			contract = contract[at:]
		}
	}
	if deals := text(t, dir, "contracts/deals.yaml"); !strings.Contains(deals, `words, value: {"1": Trade fair, "2": Website}`) {
		t.Errorf("deals have no words for their sources:\n%s", deals)
	}
	if orders := text(t, dir, "contracts/orders.yaml"); strings.Contains(orders, "Good") {
		t.Errorf("quantities became words of a list that has the same numbers:\n%s", orders)
	}
	feeds := map[string]bool{}
	for _, f := range r.Feeds {
		feeds[f.Name] = true
	}
	told := map[string]string{}
	for _, l := range r.LeftOut {
		told[l.Place[strings.LastIndexByte(l.Place, '/')+1:]] = l.Why
	}
	for _, list := range []string{"stages", "lead_sources", "Land", "categories", "order_status"} {
		if feeds[list] || !strings.Contains(told[list+".csv"], "tells what codes mean") {
			t.Errorf("%s: a feed %t, left out since %q", list, feeds[list], told[list+".csv"])
		}
	}
	if !strings.Contains(told["stages.csv"], "deals (stage_id)") || !strings.Contains(told["stages.csv"], "deal_stage_history (stage_id)") {
		t.Errorf("of the stages it is said: %s", told["stages.csv"])
	}
	for _, none := range []string{"quality", "dealers", "countries", "product_tags"} { // nothing has its codes; they are people; everybody knows the codes
		if strings.Contains(told[none+".csv"], "tells what codes mean") {
			t.Errorf("%s is a list of codes: %s", none, told[none+".csv"])
		}
	}
}

// TestLookupsByPart: a column is explained by a list whose name says no more
// than the column and its table together; numbers of languages are not told by
// whatever list is kept by language.
func TestLookupsByPart(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"ps_order_state_lang.csv": "id_order_state,id_lang,name\n2,1,Payment accepted\n5,1,Canceled\n",
		"ps_gender_lang.csv":      "id_gender,id_lang,name\n1,1,Mr.\n2,1,Mrs.\n",
		"ps_customer.csv":         "id_customer,id_gender,id_lang,firstname,lastname,email\n" + rows(10, 40, "#,1,1,Ada,Bergman,ada#@example.org\n9#,2,1,Ben,Bergman,ben#@example.org"),
		"ps_orders.csv":           "id_order,id_lang,id_customer,current_state,total_paid,date_add\n" + rows(10, 40, "#,1,#,2,1#.50,2026-03-17\n9#,1,9#,5,1#.00,2026-03-18"),
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/ps_orders.yaml"), []string{"- name: current_state\n        customProperties:\n          - {property: field, value: status}\n          - {property: words, value: {\"2\": Payment accepted, \"5\": Canceled}}"})
	for _, l := range r.LeftOut {
		if strings.Contains(l.Why, "id_lang") {
			t.Errorf("%s: %s", l.Place, l.Why)
		}
	}
}

// TestLookupsOfOthers: a state of orders is none of their customers, and 0 is
// no code of a column that is called as the list's key.
func TestLookupsOfOthers(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{
		"oc_order_status.csv": "order_status_id,name\n1,Pending\n5,Complete\n7,Canceled\n",
		"oc_customer.csv":     "customer_id,firstname,lastname,email,status\n" + rows(10, 40, "#,Ada,Bergman,ada#@example.org,1"),
		"oc_order.csv":        "order_id,customer_id,total,order_status_id,date_added\n" + rows(10, 40, "1#,#,1#.50,5,2026-03-17 10:00:00\n2#,#,1#.00,7,2026-03-18 10:00:00\n3#,#,1#.00,0,2026-03-18 10:00:00"),
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/oc_order.yaml"), []string{"Canceled", "- name: order_status_id"})
	if c := text(t, dir, "contracts/oc_customer.yaml"); strings.Contains(c, "Pending") {
		t.Errorf("customers have the states of orders:\n%s", c)
	}
}

// TestNobody: yes and no are no firm's name, whatever the header says; a table
// of an id and a name that nothing uses is neither customers nor accounts.
func TestNobody(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"res_partner.csv":      "id,name,email,is_company\n" + rows(10, 40, "#,Ada Bergman,ada#@example.org,f\n9#,Glass # Ltd,glass#@example.org,t"),
		"product_category.csv": "id,name,parent_id\n1,All,\n2,Frames,1\n3,Care,1\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/res_partner.yaml"), []string{"- name: is_company\n        customProperties:\n          - {property: field, value: none}"})
	if project := text(t, dir, "loadstar.yaml"); !strings.Contains(project, "ignore: [") || !strings.Contains(project, "product_category.csv\"]") {
		t.Errorf("runs would tell of the table again and again:\n%s", project)
	}
	if len(r.Feeds) != 1 || len(r.LeftOut) != 1 || !strings.Contains(r.LeftOut[0].Why, "nobody is named or reached") {
		t.Errorf("feeds %+v, left out %+v", r.Feeds, r.LeftOut)
	}
}

// TestStoreOfHexIDs: text that a database declares as the key names the rows
// although it may be null; states that are told in several languages are read,
// and what only names orders is none.
func TestStoreOfHexIDs(t *testing.T) {
	t.Parallel()
	statements := []string{
		"create table customer (id text primary key, first_name text, last_name text, email text, customer_number text)",
		`create table "order" (id text primary key, order_number text, customer_id text, state_id text, order_date_time text, amount_total numeric)`,
		"create table order_transaction (id text primary key, order_id text, amount text, created_at text)",
		"create table machine_state (id text primary key, machine_id text, technical_name text)",
		"create table machine_state_translation (machine_state_id text, language_id text, name text, primary key (machine_state_id, language_id))",
	}
	hex := func(kind string, i int) string { return fmt.Sprintf("%s%030x", kind, i*7919) }
	for i, state := range [][2]string{{"open", "Offen"}, {"completed", "Abgeschlossen"}, {"cancelled", "Abgebrochen"}} {
		statements = append(statements, fmt.Sprintf("insert into machine_state values ('%s', 'f0', '%s')", hex("5a", i), state[0]),
			fmt.Sprintf("insert into machine_state_translation values ('%s', 'f1', '%s')", hex("5a", i), state[1]))
	}
	for i := range 60 {
		statements = append(statements,
			fmt.Sprintf("insert into customer values ('%s', 'Ada', 'Berg%c', 'a%d@mail.example', 'SW%d')", hex("c0", i), 'a'+i%26, i, 1000+i),
			fmt.Sprintf(`insert into "order" values ('%s', '%d', '%s', '%s', '2026-01-%02d 10:00:00', 20.5)`, hex("0d", i), 5000+i, hex("c0", i), hex("5a", i%3), 1+i%28),
			fmt.Sprintf(`insert into order_transaction values ('%s', '%s', '{"totalPrice": 20.5}', '2026-01-%02d 11:00:00')`, hex("7a", i), hex("0d", i), 1+i%28))
	}
	dir, report := fromSQLite(t, "shop", statements)
	holds(t, text(t, dir, "contracts/shop_customer.yaml"), []string{"- name: id\n        primaryKey: true"})
	holds(t, text(t, dir, "contracts/shop_order.yaml"), []string{hex("5a", 2) + "\": cancelled"})
	holds(t, fmt.Sprint(report.LeftOut), []string{"order_transaction its rows name those of shop_order"})
}
