package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
)

// isTooWide says whether columns as narrow as they can be made take more than a
// line.
func isTooWide(wide []int, width int) bool {
	total := cellPadding * len(wide)
	for _, w := range wide {
		total += w
	}
	return width > 0 && total > width
}

// downwards prints rows of more columns than a line takes one below the other: a
// line for each column.
func downwards(out io.Writer, width int, header []string, rows [][]string) {
	const indent, gap = 1, 2
	labels := 0
	for _, h := range header {
		labels = max(labels, text.LongestLineLen(h))
	}
	var b strings.Builder
	for i, row := range rows {
		fmt.Fprintf(&b, "%s\n", text.Pad(fmt.Sprintf("── row %d ", i+1), width, '─'))
		for k, value := range row {
			room := max(width-indent-labels-gap, narrowestCell)
			for n, line := range strings.Split(text.WrapSoft(printable(value), room), "\n") {
				label := header[k]
				if n > 0 {
					label = ""
				}
				line = strings.Repeat(" ", indent) + text.Pad(label, labels+gap, ' ') + line
				b.WriteString(strings.TrimRight(line, " ") + "\n")
			}
		}
	}
	fmt.Fprint(out, b.String())
}
