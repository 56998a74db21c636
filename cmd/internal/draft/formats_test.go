package draft_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// TestRecordsBehindEachOther: JSON records need not stand on lines of their own,
// nor in an array.
func TestRecordsBehindEachOther(t *testing.T) {
	t.Parallel()
	for what, form := range map[string]string{
		"close":  `{"order_id":"A%d","ordered_at":"2026-01-05","total":%d.5}`,
		"pretty": "{\n  \"order_id\": \"A%d\",\n  \"ordered_at\": \"2026-01-05\",\n  \"total\": %d.5\n}\n",
	} {
		var records strings.Builder
		for i := range 30 {
			fmt.Fprintf(&records, form, 100+i, 10+i)
		}
		dir, r, err := drops(t, map[string]string{"orders.json": records.String()})
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		if r.Rows != 30 || !strings.Contains(text(t, dir, "loadstar.yaml"), "json:") {
			t.Errorf("%s: %d rows are read, expected 30 of a JSON feed", what, r.Rows)
		}
	}
}

// TestArrowFiles: files and streams of Arrow are drafted as other files are.
func TestArrowFiles(t *testing.T) {
	t.Parallel()
	schema := arrow.NewSchema([]arrow.Field{
		{Name: "order_id", Type: arrow.BinaryTypes.String}, {Name: "ordered_at", Type: arrow.FixedWidthTypes.Date32}, {Name: "total", Type: arrow.PrimitiveTypes.Float64},
	}, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	for i := range 30 {
		b.Field(0).(*array.StringBuilder).Append(fmt.Sprintf("A%d", 100+i))
		b.Field(1).(*array.Date32Builder).Append(arrow.Date32(20456 + i))
		b.Field(2).(*array.Float64Builder).Append(10.5 + float64(i))
	}
	record := b.NewRecordBatch()
	var stream, file bytes.Buffer
	w := ipc.NewWriter(&stream, ipc.WithSchema(schema))
	f, err := ipc.NewFileWriter(&file, ipc.WithSchema(schema))
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{w.Write(record), w.Close(), f.Write(record), f.Close()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, content := range map[string]string{"orders.arrows": stream.String(), "orders.feather": file.String()} {
		dir, r, err := drops(t, map[string]string{name: content})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		contract := text(t, dir, "contracts/orders.yaml")
		if r.Rows != 30 || !strings.Contains(contract, "total_amount") || !strings.Contains(text(t, dir, "loadstar.yaml"), "arrow:") {
			t.Errorf("%s: %d rows are read, expected 30 of orders:\n%s", name, r.Rows, contract)
		}
	}
}

// TestReportsOfCampaigns: a blank at one place of each line makes no text of
// fixed width where a delimiter parts the lines, quotes respected.
func TestReportsOfCampaigns(t *testing.T) {
	t.Parallel()
	var rows strings.Builder
	for i := range 40 {
		fmt.Fprintf(&rows, "2026-01-%02d,Camp %d,EUR,\"%d,%03d\",0.41,%d.50\n", i%28+1, i/28, i%9+1, i*13, i+100)
	}
	dir, _, err := drops(t, map[string]string{"Campaign report.csv": "Campaign report\n\"January 1, 2026 - March 31, 2026\"\nDay,Campaign,Currency code,Impr.,Avg. CPC,Cost\n" + rows.String()})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/campaign_report.yaml"), []string{"value: campaign_spend", "value: impressions", "value: amount", "skip: 2"})

	// Services of advertising count in millionths.
	rows.Reset()
	for i := range 40 {
		fmt.Fprintf(&rows, "2026-01-%02d,Camp %d,%d,%d,%d\n", i%28+1, i/28, i*130000+1, i*13+100, i)
	}
	if dir, _, err = drops(t, map[string]string{"campaign_stats.csv": "date,campaign_name,cost_micros,impressions,clicks\n" + rows.String()}); err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/campaign_stats.yaml"), []string{"value: campaign_spend", "value: amount}", "{property: unit, value: micros}"})
}

// TestPeopleAtManyFirms: those whom somebody is connected with are not the
// staff, though they have positions.
func TestPeopleAtManyFirms(t *testing.T) {
	t.Parallel()
	list := func(firms int) string {
		rows := "First Name,Last Name,Email Address,Company,Position,Connected On\n"
		for i := range 40 {
			rows += fmt.Sprintf("%s,%s,p%d@example.org,Firm %c%d GmbH,Buyer,%02d Jan 2026\n",
				[]string{"Anna", "Bruno", "Clara", "Peter"}[i%4], []string{"Berg", "Dorn", "Falk", "Hahn", "Jung"}[i%5], i, 'A'+i%firms, i%firms, i%28+1)
		}
		return rows
	}
	for firms, want := range map[int]string{20: "value: customer}", 1: "value: employee}"} {
		dir, _, err := drops(t, map[string]string{"Connections.csv": list(firms)})
		if err != nil {
			t.Fatal(err)
		}
		holds(t, text(t, dir, "contracts/connections.yaml"), []string{want})
	}
}

// TestLineAboveTheHeader: bookkeeping programs describe the file in a line of
// more cells than the table has.
func TestLineAboveTheHeader(t *testing.T) {
	t.Parallel()
	rows := "\"EXTF\";700;21;\"Rechnungen\";13;20260401080000;;\"RE\";1001;1;\"EUR\"\n" +
		"Rechnungsnummer;Rechnungsdatum;Kundennummer;Kunde;Bruttobetrag\n"
	for i := range 40 {
		rows += fmt.Sprintf("R%d;%02d.01.2026;%d;%s Berg;%d,50\n", 1000+i, i%28+1, 10000+i%9, []string{"Anna", "Bruno", "Clara"}[i%3], i+10)
	}
	dir, r, err := drops(t, map[string]string{"EXTF_Rechnungen.csv": rows})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, text(t, dir, "contracts/extf_rechnungen.yaml"), []string{"skip: 1", "value: total_amount", "value: invoiced_on"})
	if r.Rows != 40 || r.Feeds[0].Refused != 0 {
		t.Errorf("%d rows are read and %d refused, expected 40 and none", r.Rows, r.Feeds[0].Refused)
	}
}

// TestDelimitersThatNobodySees: Hive parts cells by a control character.
func TestDelimitersThatNobodySees(t *testing.T) {
	t.Parallel()
	for _, delimiter := range []string{"\x01", "^"} {
		var rows strings.Builder
		for i := range 30 {
			rows.WriteString(strings.Join([]string{fmt.Sprintf("A%d", 100+i), "2026-01-05", fmt.Sprintf("%d.5", 10+i)}, delimiter) + "\n")
		}
		head := strings.Join([]string{"order_id", "ordered_at", "total"}, delimiter) + "\n"
		if _, r, err := drops(t, map[string]string{"orders.txt": head + rows.String()}); err != nil || r.Rows != 30 {
			t.Errorf("%q: %d rows are read, %v", delimiter, r.Rows, err)
		}
	}
}
