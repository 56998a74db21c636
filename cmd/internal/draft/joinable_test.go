package draft_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"loadstar/cmd/internal/draft"
)

// invoices are lines of sixty invoices, parted by a mark.
func invoices(header, mark string, from int) string {
	var b strings.Builder
	b.WriteString(strings.ReplaceAll(header, ",", mark) + "\n")
	for i := range 60 {
		fmt.Fprintf(&b, strings.ReplaceAll("F%d,K%d,2026-01-%02d,1%d.50,open\n", ",", mark), from+i, i%20, i%28+1, i)
	}
	return b.String()
}

// TestFilesWrittenOtherwise: what one contract can't read is a feed of its own.
func TestFilesWrittenOtherwise(t *testing.T) {
	t.Parallel()
	const header = "invoice_id,customer_id,invoice_date,total_amount,status"
	umlaut := strings.ReplaceAll(invoices(header, ",", 900), "open", "\xfcberf\xe4llig")
	dir, r, err := drops(t, map[string]string{
		"invoices_1.csv": invoices(header, ",", 100), "invoices_2.csv": invoices(header, ";", 200), "invoices_3.csv": invoices(header, ",", 300),
	})
	if err != nil || len(r.Feeds) != 3 || len(r.LeftOut) != 0 {
		t.Fatalf("%v, feeds %+v, left out %+v; want three feeds", err, r.Feeds, r.LeftOut)
	}
	holds(t, text(t, dir, "loadstar.yaml"), []string{"invoices_1.csv", "invoices_2.csv", "invoices_3.csv"})
	if notes := strings.Join(r.Notes, "\n"); !strings.Contains(notes, "csv is a feed of its own: its cells are parted by") {
		t.Errorf("notes:\n%s", notes)
	}
	// A file of ASCII is of whatever code page the others have.
	dir, r, err = drops(t, map[string]string{"invoices_1.csv": invoices(header, ",", 100), "invoices_2.csv": umlaut})
	if err != nil || len(r.Feeds) != 1 || r.Feeds[0].Refused != 0 {
		t.Fatalf("%v, feeds %+v; want one, whose rows are all read", err, r.Feeds)
	}
	holds(t, text(t, dir, "contracts/invoices.yaml"), []string{"encoding: windows-1252"})
	_, r, err = drops(t, map[string]string{"invoices_1.csv": strings.ReplaceAll(invoices(header, ",", 100), "open", "überfällig"), "invoices_2.csv": umlaut})
	if err != nil || len(r.Feeds) != 2 || r.Feeds[0].Refused+r.Feeds[1].Refused != 0 {
		t.Errorf("%v, feeds %+v; want one of each encoding", err, r.Feeds)
	}
}

// TestValuesWrittenOtherwise: so is a file whose numbers or dates are.
func TestValuesWrittenOtherwise(t *testing.T) {
	t.Parallel()
	const header = "invoice_id,customer_id,invoice_date,total_amount,status"
	one, two := invoices(header, ";", 100), invoices(header, ";", 200)
	var american strings.Builder
	for line := range strings.Lines(two) {
		if at := strings.Index(line, "2026-01-"); at > 0 {
			line = line[:at] + "01/" + line[at+8:at+10] + "/2026" + line[at+10:]
		}
		american.WriteString(line)
	}
	for name, other := range map[string]string{"a decimal comma": strings.ReplaceAll(two, ".50", ",50"), "month/day/year": american.String()} {
		_, r, err := drops(t, map[string]string{"invoices_1.csv": one, "invoices_2.csv": other})
		if err != nil || len(r.Feeds) != 2 || r.Feeds[0].Refused+r.Feeds[1].Refused != 0 || !strings.Contains(strings.Join(r.Notes, "\n"), "is a feed of its own") {
			t.Errorf("%s: %v, feeds %+v, notes %q; want a feed each, whose rows are all read", name, err, r.Feeds, r.Notes)
		}
	}
	if _, r, err := drops(t, map[string]string{"invoices_1.csv": one, "invoices_2.csv": strings.Replace(two, ".50", ",50", 2)}); err != nil || len(r.Feeds) != 1 || r.Feeds[0].Refused != 2 {
		t.Errorf("two bad numbers: %v, feeds %+v; want one feed that refuses two rows", err, r.Feeds)
	}
}

// TestColumnCalledOtherwise: a column that one file calls otherwise has both
// names, where both mean one field; net and gross do not.
func TestColumnCalledOtherwise(t *testing.T) {
	t.Parallel()
	const header = "invoice_id,customer_id,invoice_date,total_amount,status"
	dir, r, err := drops(t, map[string]string{
		"invoices_1.csv": invoices(header, ",", 100), "invoices_2.csv": invoices(strings.Replace(header, "total_amount", "invoice_total", 1), ",", 200),
	})
	if err != nil || len(r.Feeds) != 1 || r.Feeds[0].Rows != 120 || r.Feeds[0].Refused != 0 {
		t.Fatalf("%v, feeds %+v; want one of all rows", err, r.Feeds)
	}
	holds(t, text(t, dir, "contracts/invoices.yaml"), []string{"{property: aliases, value: [invoice_total]}"})
	dir, _, err = drops(t, map[string]string{
		"invoices_1.csv": invoices(header, ",", 100), "invoices_2.csv": invoices(strings.Replace(header, "total_amount", "net_amount", 1), ",", 200),
	})
	if err == nil && strings.Contains(text(t, dir, "contracts/invoices.yaml"), "aliases, value: [net_amount]") {
		t.Error("a net amount is read as the total")
	}
}

// TestBadValuesOfSureColumn: bad values do not cost a column what its header
// says, and a note tells of one that can't be read.
func TestBadValuesOfSureColumn(t *testing.T) {
	t.Parallel()
	const header = "invoice_id,customer_id,invoice_date,total_amount,status"
	bad := func(every int) string {
		lines := strings.SplitAfter(invoices(header, ",", 100), "\n")
		for i := 1; i < len(lines)-1; i += every {
			cells := strings.Split(lines[i], ",")
			cells[3] = fmt.Sprintf("ask Ben %dx", i)
			lines[i] = strings.Join(cells, ",")
		}
		return strings.Join(lines, "")
	}
	dir, r, err := drops(t, map[string]string{"invoices.csv": bad(10)})
	if err != nil || r.Feeds[0].Refused != 6 {
		t.Fatalf("%v, feeds %+v; want 6 rows refused", err, r.Feeds)
	}
	holds(t, text(t, dir, "contracts/invoices.yaml"), []string{"{property: field, value: total_amount}", "error_share"})
	lines := strings.SplitAfter(invoices(header, ",", 100), "\n")
	for i := 1; i < len(lines)-1; i++ {
		day := i%12 + 13
		lines[i] = strings.Replace(lines[i], lines[i][strings.Index(lines[i], "2026-01"):][:10], []string{fmt.Sprintf("%d/01/2026", day), fmt.Sprintf("01/%d/2026", day)}[i%2], 1)
	}
	_, r, err = drops(t, map[string]string{"invoices.csv": strings.Join(lines, "")})
	if err != nil || !strings.Contains(strings.Join(r.Notes, "\n"), `"invoice_date" feeds no invoiced_on: its dates are written in no way`) {
		t.Errorf("%v, notes %q, feeds %+v", err, r.Notes, r.Feeds)
	}
}

// TestNoFiles: links and pipes are told of, and so is a packed file that is cut.
func TestNoFiles(t *testing.T) {
	t.Parallel()
	_, r, err := drops(t, map[string]string{
		"invoices.csv":  invoices("invoice_id,customer_id,invoice_date,total_amount,status", ",", 100),
		"orders.csv.gz": "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcb\x48",
	}, func(o *draft.Options) {
		if err := os.Symlink("/etc/passwd", filepath.Join(o.From[0], "link.csv")); err != nil {
			t.Skip(err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	told := fmt.Sprint(r.LeftOut)
	for _, want := range []string{"link.csv", "it is a link to /etc/passwd", "orders.csv.gz", "the file is cut off"} {
		if !strings.Contains(told, want) {
			t.Errorf("left out %s: lacks %q", told, want)
		}
	}
}

// TestTitlesOfSomeWorkbooks: workbooks of one kind are one feed, also where the
// header of some stands below titles and their worksheets are called otherwise.
func TestTitlesOfSomeWorkbooks(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	for k, top := range []int{0, 3, 1} {
		f := excelize.NewFile()
		sheet := []string{"Sheet1", "Rechnungen", "Sheet1"}[k]
		if err := f.SetSheetName("Sheet1", sheet); err != nil {
			t.Fatal(err)
		}
		set := func(row int, cells ...any) {
			if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", row), &cells); err != nil {
				t.Fatal(err)
			}
		}
		if top > 0 {
			set(1, "Invoices of the quarter")
		}
		set(top+1, "invoice_id", "customer_id", "invoice_date", "total_amount", "status")
		for i := range 40 {
			set(top+2+i, fmt.Sprintf("F%d", 100*k+i), fmt.Sprintf("K%d", i%9), fmt.Sprintf("2026-01-%02d", i%28+1), 10.5+float64(i), "open")
		}
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		files[fmt.Sprintf("invoices_%d.xlsx", k+1)] = b.String()
	}
	dir, r, err := drops(t, files)
	if err != nil || len(r.Feeds) != 1 || r.Feeds[0].Rows != 120 || r.Feeds[0].Refused != 0 {
		t.Fatalf("%v, feeds %+v, left out %+v; want one feed of all rows", err, r.Feeds, r.LeftOut)
	}
	holds(t, text(t, dir, "contracts/invoices.yaml"), []string{"header_find: ["})
}
