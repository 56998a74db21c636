package draft_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// TestBackslashes: quotes behind backslashes are read so where rows can't be
// read otherwise; a backslash that ends a text is none.
func TestBackslashes(t *testing.T) {
	t.Parallel()
	var escaped, windows strings.Builder
	for i := range 40 {
		note := `in time`
		if i > 30 {
			note = `the \"big\" one, \\ and all`
		}
		fmt.Fprintf(&escaped, "%d,2026-01-%02d,%d.50,\"%s\"\n", 100+i, i%28+1, 7+i, note)
		fmt.Fprintf(&windows, "%d,2026-01-%02d,%d.50,\"C:\\out\\\"\n", 100+i, i%28+1, 7+i)
	}
	const header = "order_id,order_date,total,note\n"
	for name, c := range map[string]struct {
		text string
		want bool
	}{
		"escaped": {escaped.String(), true},
		"folders": {windows.String(), false},
	} {
		dir, r, err := drops(t, map[string]string{"orders.csv": header + c.text})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(text(t, dir, "contracts/orders.yaml"), `escape: '\'`); got != c.want || r.Feeds[0].Refused != 0 {
			t.Errorf("%s: escape is drafted: %v, expected %v; %d rows are refused", name, got, c.want, r.Feeds[0].Refused)
		}
	}
}

// TestSerialDays: days as spreadsheets count them are dates where the header
// says so.
func TestSerialDays(t *testing.T) {
	t.Parallel()
	var rows strings.Builder
	for i := range 40 {
		fmt.Fprintf(&rows, "A%d,%d,%d.50\n", 100+i, 46024+i, 7+i)
	}
	dir, _, err := drops(t, map[string]string{"orders.csv": "order_id,order_date,total\n" + rows.String()})
	if err != nil {
		t.Fatal(err)
	}
	contract := text(t, dir, "contracts/orders.yaml")
	if !strings.Contains(contract, "excel_days") || !strings.Contains(contract, "ordered_at") {
		t.Errorf("the days are no dates:\n%s", contract)
	}
}

// TestZipOfDesktops: what desktops leave in archives is no delivery.
func TestZipOfDesktops(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"__MACOSX/._orders.csv", "orders.csv", "Thumbs.db"} {
		part, err := w.Create(name)
		if err == nil {
			_, err = part.Write([]byte(openOrders))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, r, err := drops(t, map[string]string{"orders.zip": b.String()}); err != nil || len(r.Feeds) != 1 {
		t.Errorf("%d feeds are drafted (%v), expected one", len(r.Feeds), err)
	}
}
