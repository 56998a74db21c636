package draft_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"loadstar/cmd/internal/draft"
)

// wants fails where a contract maps a column onto another field; a column named
// with "none" must be kept as it is.
func wants(t *testing.T, contract string, fields map[string]string) {
	t.Helper()
	for column, field := range fields {
		_, rest, ok := strings.Cut(contract, "- name: "+column+"\n")
		rest, _, _ = strings.Cut(rest, "- name: ")
		if !ok || !strings.Contains(rest, "{property: field, value: "+field+"}") {
			t.Errorf("%s should feed %s:\n%s", column, field, contract)
		}
	}
}

// entities lists which entities each feed is read as.
func entities(r draft.Report) string {
	var list []string
	for _, f := range r.Feeds {
		list = append(list, f.Name+": "+strings.Join(f.Entities, " "))
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

// dayOf writes a day of 2026 in a layout.
func dayOf(n int, layout string) string {
	return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n%80).Format(layout)
}

// TestGluedCodes: headers and names of files that hold a few letters of each
// word are understood, also where the words stand in no table but the column is
// called as one beside it.
func TestGluedCodes(t *testing.T) {
	t.Parallel()
	var customers, heads, lines, orders, items strings.Builder
	customers.WriteString("CODCLI;NOMCLI;DIRCLI;POBCLI;TELCLI\n")
	heads.WriteString("NUMFAC;FECFAC;CODCLI;TOTFAC\n")
	lines.WriteString("NUMFAC;NUMLIN;CODART;DESART;CANART;PREART;IMPLIN\n")
	orders.WriteString("XQBLN;AUDAT;KUNNR;NETWR\n")
	items.WriteString("XQBLN;POSNR;MATNR;KWMENG;NETPR\n")
	for i := range 60 {
		fmt.Fprintf(&customers, "C%03d;%s Bergmann;Calle Olmo %d;Valencia;6%08d\n", i, []string{"Lucia", "Marta", "Pablo", "Elena", "Javier"}[i%5], i+1, 11223344+i*977)
		fmt.Fprintf(&heads, "F%04d;%s;C%03d;%d,50\n", i, dayOf(i, "02/01/2006"), i, 20+i)
		fmt.Fprintf(&orders, "X%07d;%s;K%03d;%d.50\n", i, dayOf(i, "20060102"), i, 20+i)
		for k := range 2 {
			product, quantity := (i+3*k)%7, 1+(i+k)%5
			fmt.Fprintf(&lines, "F%04d;%d;A%02d;Tornillo grande %c;%d;%d,50;%d,%d0\n", i, k+1, product, 'A'+product, quantity, product+1, quantity*(2*product+3)/2, quantity%2*5)
			fmt.Fprintf(&items, "X%07d;%d;M%02d;%d;%d.25\n", i, k+1, product, quantity, product+1)
		}
	}
	dir, r, err := drops(t, map[string]string{
		"erp/CLIENTES.CSV": customers.String(), "erp/CABFAC.CSV": heads.String(), "erp/LINFAC.CSV": lines.String(),
		"sap/XBAK.CSV": orders.String(), "sap/XBAP.CSV": items.String(),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"erp_cabfac: invoice,", "erp_clientes: customer,", "erp_linfac: invoice_line", "sap_xbak: order", "sap_xbap: order_line"} {
		if got := entities(r); !strings.Contains(got, want) {
			t.Errorf("feeds %q: want %q", got, want)
		}
	}
	wants(t, text(t, dir, "contracts/erp_clientes.yaml"), map[string]string{"CODCLI": "customer_id", "NOMCLI": "full_name", "TELCLI": "phone", "POBCLI": "city"})
	wants(t, text(t, dir, "contracts/erp_cabfac.yaml"), map[string]string{"NUMFAC": "invoice_id", "FECFAC": "invoiced_on", "CODCLI": "customer_id", "TOTFAC": "total_amount"})
	wants(t, text(t, dir, "contracts/erp_linfac.yaml"), map[string]string{"NUMLIN": "line_id", "CODART": "product_id", "DESART": "description", "CANART": "quantity", "PREART": "unit_price", "IMPLIN": "line_amount"})
	wants(t, text(t, dir, "contracts/sap_xbak.yaml"), map[string]string{"XQBLN": "order_id"})
	wants(t, text(t, dir, "contracts/sap_xbap.yaml"), map[string]string{"XQBLN": "order_id", "POSNR": "line_id"})
}

// TestCommonWords: words that are no codes are not taken apart, whatever their
// letters could stand for.
func TestCommonWords(t *testing.T) {
	t.Parallel()
	dir, _, err := drops(t, map[string]string{
		"orders.csv": "order_id,order_date,customer_email,total,giver,notar,tannin\n" +
			rows(100, 140, "O-#,2026-02-03,anna#@example.org,25.50,G#,N#,T#"),
	})
	if err != nil {
		t.Fatal(err)
	}
	wants(t, text(t, dir, "contracts/orders.yaml"), map[string]string{"giver": "none", "notar": "none", "tannin": "none"})
}

// TestCalendar: what begins and ends at a time of day is an event, and who
// arranged it no customer; what is priced is booked.
func TestCalendar(t *testing.T) {
	t.Parallel()
	var events, stays strings.Builder
	events.WriteString("Subject,Start Date,Start Time,End Date,End Time,Location,Required Attendees,Meeting Organizer\n")
	stays.WriteString("booking_id,start,end,guest_email,title,total\n")
	for i := range 40 {
		day := dayOf(i, "01/02/2006")
		fmt.Fprintf(&events, "Review %d,%s,9:%02d:00 AM,%s,10:00:00 AM,Room 1,anna%d@example.org,desk@example.com\n", i, day, 10+i, day, i)
		fmt.Fprintf(&stays, "B%03d,%sT15:00:00,%sT10:00:00,ben%d@example.org,Room,%d.50\n", i, dayOf(i, "2006-01-02"), dayOf(i+1, "2006-01-02"), i, 80+i)
	}
	dir, r, err := drops(t, map[string]string{"calendar/outlook.csv": events.String(), "hotel/stays.csv": stays.String()})
	if err != nil {
		t.Fatal(err)
	}
	if got := entities(r); !strings.Contains(got, "calendar_outlook: activity customer") || strings.Contains(got, "stays: activity") {
		t.Errorf("feeds %q", got)
	}
	contract := text(t, dir, "contracts/calendar_outlook.yaml")
	wants(t, contract, map[string]string{"Start Date": "at", "Required Attendees": "email"})
	for _, want := range []string{"constant, value: meeting", "{property: time, value: Start Time}"} {
		if !strings.Contains(contract, want) {
			t.Errorf("the contract lacks %s:\n%s", want, contract)
		}
	}
}

// TestSellerFolders: folders called after persons part one feed and tell whose
// rows they are; those of places are feeds of their own.
func TestSellerFolders(t *testing.T) {
	t.Parallel()
	leads := func(from int) string {
		var b strings.Builder
		b.WriteString("Name,E-Mail,Status,Created\n")
		for i := range 30 {
			fmt.Fprintf(&b, "Ada Bergman%c,ada%d@example.org,new,%s\n", 'a'+i%26, from+i, dayOf(i, "2006-01-02"))
		}
		return b.String()
	}
	dir, r, err := drops(t, map[string]string{
		"leads/anna_meier/2026-01.csv": leads(100), "leads/anna_meier/2026-02.csv": leads(200), "leads/thomas_vogel/2026-01.csv": leads(300),
		"shops/graz/leads.csv": leads(400), "shops/linz/leads.csv": leads(500),
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := entities(r), "leads: lead customer, shops_graz_leads: lead customer, shops_linz_leads: lead customer"; got != want {
		t.Errorf("feeds %q: want %q", got, want)
	}
	if got := text(t, dir, "loadstar.yaml"); !strings.Contains(got, "leads/*/*.csv") {
		t.Errorf("no pattern names the folders of later sales people:\n%s", got)
	}
	holds(t, text(t, dir, "contracts/leads.yaml"), []string{
		"{property: field, value: employee_name}", `{property: part, value: '(?:^|[/\\])([^/\\]+)[/\\][^/\\]+\.csv$'}`, "{anna_meier: Anna Meier, thomas_vogel: Thomas Vogel}",
	})
}

// TestDatesOfEras: dates that count their years otherwise, or milliseconds, are
// dates, and what is different on each row is no state.
func TestDatesOfEras(t *testing.T) {
	t.Parallel()
	var thai, japan, net, odd strings.Builder
	for i := range 60 {
		fmt.Fprintf(&thai, "%d,%d,%02d/%02d/2568,20.50\n", 100+i, i, 1+i%28, 1+i%12)
		fmt.Fprintf(&japan, "%d,%d,R7.%d.%d,20.50\n", 100+i, i, 1+i%12, 1+i%28)
		fmt.Fprintf(&net, "%d,%d,/Date(17360352%02d000)/,20.50\n", 100+i, i, i)
		fmt.Fprintf(&odd, "%d,%d,Q%d of the %dth,20.50\n", 100+i, i, 1+i%4, i)
	}
	const header = "order_id,customer_id,order_date,total\n"
	dir, _, err := drops(t, map[string]string{"thai/orders.csv": header + thai.String(), "japan/orders.csv": header + japan.String(), "net/orders.csv": header + net.String(), "odd/orders.csv": header + odd.String()})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/thai_orders.yaml"), []string{"date: dd/mm/yyyy be"})
	for feed, field := range map[string]string{"thai": "ordered_at", "japan": "ordered_at", "net": "ordered_at", "odd": "none"} {
		wants(t, text(t, dir, "contracts/"+feed+"_orders.yaml"), map[string]string{"order_date": field})
	}
}

// TestOpenCodes: states that are codes and that nothing explains are told of,
// those that a table explains are not.
func TestOpenCodes(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"customers.csv": "customer_id,name,email\n" + rows(1, 60, "#,Ada Bergman #,ada#@example.org"),
		"orders.csv":    "order_id,customer_id,order_date,total,state\n" + rows(1, 60, "10#,#,2026-01-05,20.50,1\n20#,#,2026-01-06,20.75,9"),
	}
	if _, r, err := drops(t, files); err != nil || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], `"state" holds codes (1, 9)`) {
		t.Errorf("%v, notes %q", err, r.Notes)
	}
	files["states.csv"] = "state,name\n1,new\n9,cancelled\n"
	if _, r, err := drops(t, files); err != nil || len(r.Notes) != 0 {
		t.Errorf("explained: %v, notes %q", err, r.Notes)
	}
}
