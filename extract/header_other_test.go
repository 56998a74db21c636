package extract

import (
	"strings"
	"testing"
)

func TestOtherHeader(t *testing.T) {
	header := "id,name,born,town,sum"
	for _, tc := range []struct {
		row  string
		want string // part of the reason, "" = a row like others
	}{
		{"name,id,born,town,sum", "(name, id, born, town, sum)"},
		{"id,name,born,town,amount", "amount"},
		{" ID ,\ufeffname,BORN,city,sum", "city"},
		{"id,name,born,a,b", "second header"},
		{"id,name,a,b,c", ""}, // less than half
		{"id,name,,town,", ""},
		{"id,id,id,id,x", ""}, // one label, four times
		{"id,name,born,town,sum,more", "second header"},
		{"1,Ada,1984-01-01,Graz,5", ""},
		{",,,,", ""},
	} {
		cells := strings.Split(tc.row, ",")
		o := newOtherHeader([][]string{strings.Split(header, ",")})
		err := o.refuse(len(cells), func(i int) string { return cells[i] })
		if (err != nil) != (tc.want != "") || err != nil && !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%q: %v, expected %q", tc.row, err, tc.want)
		}
	}
	long := strings.Repeat("a", 100)
	o := newOtherHeader([][]string{{"\ufeffId", " town ", long}})
	for text, want := range map[string]bool{"id": true, "ID": true, "town": true, long: true, "idx": false, "ix": false, "": false, long + "a": false} {
		if o.isLabel([]byte(text)) != want {
			t.Errorf("%q is a label: %v, want %v", text, !want, want)
		}
	}
	for _, none := range [][][]string{nil, {{"id"}}, {{"id", ""}}, {{"id", "name"}, {"a", "b"}}} {
		if o := newOtherHeader(none); o != nil || o.isLabel([]byte("id")) {
			t.Errorf("headers %q: another one is looked for", none)
		}
	}
}
