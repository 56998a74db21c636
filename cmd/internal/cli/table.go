package cli

import (
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/mattn/go-isatty"
	"golang.org/x/term"
)

// grid prints rows under a header; columns named in right are aligned right.
// At a terminal its lines are kept within the width: columns that say nothing
// but 0 are left out, cells are broken, and rows of too many columns are
// printed downwards.
func grid(out io.Writer, header []string, rows [][]string, right ...int) {
	t := table.NewWriter()
	t.SetOutputMirror(out)
	style := table.StyleLight
	style.Options = table.OptionsNoBordersAndSeparators
	style.Options.SeparateHeader = true
	style.Format.Header = text.FormatDefault
	t.SetStyle(style)
	var configs []table.ColumnConfig
	width := terminalWidth(out)
	if isTight := width > 0 && lineWidth(header, rows) > width; isTight {
		header, rows, right = telling(header, rows, right)
		style.Box.PaddingLeft = ""
		t.SetStyle(style)
	}
	wide := fitted(width, header, rows, right)
	if isTooWide(wide, width) {
		downwards(out, width, header, rows)
		return
	}
	for i, most := range wide {
		c := table.ColumnConfig{Number: i + 1, WidthMax: most, WidthMaxEnforcer: text.WrapSoft}
		if slices.Contains(right, c.Number) {
			c.Align, c.AlignHeader = text.AlignRight, text.AlignRight
		}
		configs = append(configs, c)
	}
	t.SetColumnConfigs(configs)
	t.AppendHeader(cells(header))
	for _, row := range rows {
		t.AppendRow(cells(row))
	}
	t.Render()
}

// terminalWidth is how many characters a line of a terminal takes, 0 where out
// is none.
func terminalWidth(out io.Writer) int {
	f, ok := out.(*os.File)
	if !ok || !isatty.IsTerminal(f.Fd()) {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}

const (
	cellPadding   = 1  // behind each cell, where lines are tight
	narrowestCell = 6  // of characters, that a column is made
	narrowText    = 14 // that a column of text is made while others can give
)

// lineWidth is how many characters a line takes with room around each cell.
func lineWidth(header []string, rows [][]string) int {
	total := 0
	for i := range header {
		total += max(longestCell(rows, i), text.LongestLineLen(header[i])) + 2
	}
	return total
}

func longestCell(rows [][]string, column int) int {
	longest := 0
	for _, row := range rows {
		longest = max(longest, text.LongestLineLen(printable(row[column])))
	}
	return longest
}

// telling leaves out columns, but the first, that are empty or 0 in each row.
func telling(header []string, rows [][]string, right []int) (short []string, shorter [][]string, numbers []int) {
	shorter = make([][]string, len(rows))
	for i := range header {
		if i > 0 && !slices.ContainsFunc(rows, func(row []string) bool { return row[i] != "" && row[i] != "0" }) {
			continue
		}
		short = append(short, header[i])
		if slices.Contains(right, i+1) {
			numbers = append(numbers, len(short))
		}
		for k, row := range rows {
			shorter[k] = append(shorter[k], row[i])
		}
	}
	return short, shorter, numbers
}

// fitted says how wide each column may be so that a line has at most width
// characters, 0 = as wide as it likes. The widest give first; numbers are
// never broken, but their headers are.
func fitted(width int, header []string, rows [][]string, right []int) []int {
	wide, least := make([]int, len(header)), make([]int, len(header))
	for i := range header {
		longest := longestCell(rows, i)
		wide[i], least[i] = max(longest, text.LongestLineLen(header[i])), narrowText
		if slices.Contains(right, i+1) {
			least[i] = max(longest, narrowestCell)
		}
	}
	total := cellPadding * len(header)
	for _, w := range wide {
		total += w
	}
	if width == 0 || total <= width {
		return make([]int, len(header))
	}
	for total > width {
		widest := -1
		for i := range wide {
			if wide[i] > least[i] && (widest < 0 || wide[i] > wide[widest]) {
				widest = i
			}
		}
		if widest >= 0 {
			wide[widest]--
			total--
			continue
		}
		isLast := true
		for i := range least {
			if least[i] == narrowText && !slices.Contains(right, i+1) {
				least[i], isLast = narrowestCell, false
			}
		}
		if isLast {
			break
		}
	}
	return wide
}

func cells(values []string) table.Row {
	row := make(table.Row, len(values))
	for i, v := range values {
		row[i] = printable(v)
	}
	return row
}

// printable keeps delivered text from steering the terminal: characters that
// move the cursor, colour or turn the text around show as a sign.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			return '\uFFFD'
		}
		return r
	}, text)
}

// helpWidth is the width of the help texts.
const helpWidth = 79

// fit breaks a paragraph at the width of a terminal, where out is one.
func fit(out io.Writer, paragraph string) string {
	width := terminalWidth(out)
	if width == 0 {
		return paragraph
	}
	return wrapped(paragraph, width)
}

// wrapped breaks a paragraph at a width.
func wrapped(paragraph string, width int) string {
	lines := strings.Split(text.WrapSoft(paragraph, width), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// counted writes a number with its word; plural is the word with an s where
// none is given.
func counted(n int, word string, plural ...string) string {
	if n != 1 {
		word = strings.Join(append(plural, word+"s")[:1], "")
	}
	return thousands(int64(n)) + " " + word
}

// thousands writes 1234567 as 1,234,567.
func thousands(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	var parts []string
	for len(digits) > 3 {
		parts = append([]string{digits[len(digits)-3:]}, parts...)
		digits = digits[:len(digits)-3]
	}
	return sign + strings.Join(append([]string{digits}, parts...), ",")
}

// money writes an exact sum with thousands and at least two decimals.
func money(sum string) string {
	whole, decimals, _ := strings.Cut(sum, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return sum
	}
	text := thousands(n)
	if n == 0 && strings.HasPrefix(whole, "-") {
		text = "-0"
	}
	return text + "." + decimals + strings.Repeat("0", max(0, 2-len(decimals)))
}
