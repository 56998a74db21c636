package cli

import (
	"slices"
	"strings"
	"testing"
)

func TestMoney(t *testing.T) {
	for sum, want := range map[string]string{
		"2254544.1": "2,254,544.10", "14215509": "14,215,509.00", "-0.5": "-0.50", "-1234.125": "-1,234.125", "0": "0.00", "none": "none",
	} {
		if got := money(sum); got != want {
			t.Errorf("money(%q) = %q, want %q", sum, got, want)
		}
	}
}

func TestNumeric(t *testing.T) {
	rows := [][]string{{"1", "", "a", "12.5 %", "NULL"}, {"-2", "3", "", "", ""}}
	if got, want := numeric(rows), []int{1, 2, 4}; !slices.Equal(got, want) {
		t.Errorf("numeric columns %v, want %v", got, want)
	}
}

func TestPrintable(t *testing.T) {
	for text, want := range map[string]string{
		"Ann\x1b[2JBerg": "Ann\uFFFD[2JBerg", "a\u202eb": "a\uFFFDb", "\a": "\uFFFD", "José\tĐặng 王": "José\tĐặng 王",
	} {
		if got := printable(text); got != want {
			t.Errorf("printable(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestFlagErrors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ args, want string }{
		{"rollback --to abc", `--to "abc": expected a whole number`},
		{"query --limit x y", `--limit "x": expected a whole number`},
		{"generate --seed -1", `--seed "-1": expected a whole number from 0`},
		{"rollback --zzzzzz", "unknown flag: --zzzzzz; see loadstar rollback --help"},
		{"names list --limt 5", "unknown flag: --limt; did you mean --limit?"},
		{"names list --limit", "flag needs an argument: --limit; see loadstar names list --help"},
	} {
		var out, problems strings.Builder
		code := Run(strings.Fields(c.args), strings.NewReader(""), &out, &problems)
		if code != exitUsage || !strings.Contains(problems.String(), c.want) || strings.Contains(problems.String(), "strconv") {
			t.Errorf("%s: %d, %s", c.args, code, problems.String())
		}
	}
}

func TestTellingColumns(t *testing.T) {
	t.Parallel()
	header, rows, right := telling([]string{"feed", "in", "refused", "out", "money"},
		[][]string{{"0", "1", "0", "0", ""}, {"", "0", "0", "2", ""}}, []int{2, 3, 4, 5})
	if !slices.Equal(header, []string{"feed", "in", "out"}) || !slices.Equal(rows[1], []string{"", "0", "2"}) || !slices.Equal(right, []int{2, 3}) {
		t.Errorf("%v %v %v", header, rows, right)
	}
}

// TestTablesFitTheTerminal: lines are kept within the width of a terminal;
// numbers are not broken.
func TestTablesFitTheTerminal(t *testing.T) {
	t.Parallel()
	header := []string{"feed", "files", "records in", "loaded", "quarantined", "redelivered", "superseded", "excluded", "control sum"}
	rows := [][]string{{"finance_profitability", "1", "541", "0", "0", "540", "0", "1", "4,266,097.45"}}
	numbers := []int{2, 3, 4, 5, 6, 7, 8, 9}
	places := [][]string{{"a fairly long text about a row of something", strings.Repeat("path/", 20), "2026-03-31", "x"}}
	for _, c := range []struct {
		width  int
		header []string
		rows   [][]string
		right  []int
		within int
	}{
		{0, header, rows, numbers, 0}, {200, header, rows, numbers, 0}, {90, header, rows, numbers, 90}, {80, header, rows, numbers, 80},
		{80, []string{"row", "place", "delivered", "sha"}, places, nil, 80}, {40, []string{"row", "place", "delivered", "sha"}, places, nil, 40},
	} {
		total := 0
		for i, w := range fitted(c.width, c.header, c.rows, c.right) {
			if w > 0 {
				total += w + cellPadding
			}
			if slices.Contains(c.right, i+1) && w > 0 && w < len(c.rows[0][i]) {
				t.Errorf("width %d: the number %s gets %d characters", c.width, c.rows[0][i], w)
			}
		}
		if total > c.within || c.within > 0 && total < c.within-1 {
			t.Errorf("width %d: lines of %d characters, want %d", c.width, total, c.within)
		}
	}
}

// TestDownwards: rows of more columns than a line takes stand below each other.
func TestDownwards(t *testing.T) {
	t.Parallel()
	if isTooWide([]int{6, 6}, 14) || !isTooWide([]int{6, 6}, 13) || isTooWide([]int{600}, 0) {
		t.Error("isTooWide")
	}
	var out strings.Builder
	downwards(&out, 20, []string{"id", "name"}, [][]string{{"1", "山田 太郎 and others"}, {"2", ""}})
	want := "── row 1 ───────────\n id    1\n name  山田 太郎 and\n       others\n── row 2 ───────────\n id    2\n name\n"
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}
