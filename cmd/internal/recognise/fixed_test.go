package recognise

import (
	"fmt"
	"strings"
	"testing"
)

func TestFixedText(t *testing.T) {
	t.Parallel()
	lines := func(header, pattern string, values ...any) string {
		var b strings.Builder
		b.WriteString(header)
		for i := range 20 {
			fmt.Fprintf(&b, pattern, append([]any{i*i*i + 1}, values...)...)
		}
		return b.String()
	}
	for _, c := range []struct{ name, text, want string }{
		{"names above", lines("NO      TOWN        AMOUNT\n", "%-8d%-12s%6s\n", "New York", "12,50"), "0 1 NO:1+8 TOWN:9+12 AMOUNT:21+0"},
		{"numbers to the right", lines("NAME        SUM KIND\n", "Anna   %8d %s\n", "cash"), "0 1 NAME:1+4 SUM:5+12 KIND:17+0"},
		{"a title and a line", lines("Report\n\nNO      TOWN        AMOUNT\n------- ----------- ------\n", "%-8d%-12s%6s\n", "Łódź", "12,50"), "2 2 NO:1+8 TOWN:9+12 AMOUNT:21+0"},
		{"a long title", lines("Report of all our towns\nNO      TOWN        AMOUNT\n", "%-8d%-12s%6s\n", "Łódź", "12,50"), "1 1 NO:1+8 TOWN:9+12 AMOUNT:21+0"},
		{"a blank line before the sum", lines("NO      TOWN        AMOUNT\n", "%-8d%-12s%6s\n", "Łódź", "12,50") + "\nTotal               250,00\n", "0 1 NO:1+8 TOWN:9+4 AMOUNT:13+0"},
		{"a line below the names", lines("NO      TOWN        AMOUNT\n------- ----------- ------\n", "%-8d%-12s%6s\n", "Łódź", "12,50"), "0 2 NO:1+8 TOWN:9+12 AMOUNT:21+0"},
		{"names apart, columns touch", lines("CUSTNO  TTL TOWN\n", "%08dMR  %-8s\n", "Leeds"), "0 1 CUSTNO:1+8 TTL:9+4 TOWN:13+0"},
		{"blanks within values", lines("NO      TELNO         EMAIL\n", "%-8d07700 295 1363%s\n", "anna@mail.example"), "0 1 NO:1+8 TELNO:9+14 EMAIL:23+0"},
		{"a delimiter", lines("no; town; amount\n", "%d; %s; %s\n", "New York", "12,50"), ""},
		{"no names", lines("", "%-8d%-12s%6s\n", "Newtown", "12,50"), "0 0 column_1:1+8 column_2:9+13 column_3:22+0"},
		{"no names, columns touch", lines("", "%05dKöln      %-12s%8d\n", "Newtown", 20240229), "0 0 column_1:1+5 column_2:6+10 column_3:16+12 column_4:28+0"},
		{"no names, lines of several lengths", lines("", "%d %s\n", "New York"), ""},
		{"free text", "call Anna\nor Peter, at noon\nbut never before the meeting of the day\nsince he is away\nwho knows\nwhy\nit is so\n", ""},
		{"few lines", "NO   TOWN\n1    Bonn\n2    Köln\n", ""},
		{"one column", lines("name\n", "Anna%d\n"), ""},
		{"one column of words", "company\n" + strings.Repeat("Unit A Bau\nUnit B Bau\n", 10), ""},
	} {
		f, ok := sniffFixed(c.text, false)
		got := ""
		if ok {
			got = fmt.Sprintf("%d %d", f.skip, f.header)
			for _, column := range f.columns {
				got += fmt.Sprintf(" %s:%d+%d", column.Name, column.Start, column.Width)
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
