package cli

import (
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// grid prints rows under a header; columns named in right are aligned right.
func grid(out io.Writer, header []string, rows [][]string, right ...int) {
	t := table.NewWriter()
	t.SetOutputMirror(out)
	style := table.StyleLight
	style.Options = table.OptionsNoBordersAndSeparators
	style.Options.SeparateHeader = true
	style.Format.Header = text.FormatDefault
	t.SetStyle(style)
	var configs []table.ColumnConfig
	for _, number := range right {
		configs = append(configs, table.ColumnConfig{Number: number, Align: text.AlignRight, AlignHeader: text.AlignRight})
	}
	t.SetColumnConfigs(configs)
	t.AppendHeader(cells(header))
	for _, row := range rows {
		t.AppendRow(cells(row))
	}
	t.Render()
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

// wrapped breaks a paragraph of a help text at the width of the others.
func wrapped(paragraph string) string {
	lines := strings.Split(text.WrapSoft(paragraph, 79), "\n")
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
