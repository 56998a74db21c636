package transform_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"loadstar/transform"
)

func layout(t testing.TB, name string) transform.Layout {
	t.Helper()
	l, err := transform.ParseLayout(name)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestParseDate(t *testing.T) {
	for _, test := range []struct{ layout, text, want string }{
		{"iso", "2024-02-29", "2024-02-29"},
		{"iso", "2024-2-9", "2024-02-09"},
		{"iso", "2023-02-29", ""},
		{"iso", "2024-13-01", ""},
		{"iso", "2024-00-10", ""},
		{"iso", "2024-04-31", ""},
		{"iso", "0999-01-01", ""},
		{"iso", "1900-02-29", ""},
		{"iso", "2000-02-29", "2000-02-29"},
		{"iso", "20240229", ""},
		{"iso", "29/02/2024", ""},
		{"iso", "2024-02-29x", ""},
		{"iso", "2024-02-29 10:05", "2024-02-29 10:05:00"},
		{"iso", "2024-02-29T10:05:06.789", "2024-02-29 10:05:06.789"},
		{"iso", "2024-02-29 25:00", ""},
		{"iso", "2024-02-29 10:60", ""},
		{"iso", "2024-02-29 10:05:60", ""},
		{"iso", "2024-02-29 ", "2024-02-29"},
		{"dd/mm/yyyy", "29/02/2024", "2024-02-29"},
		{"dd/mm/yyyy", "1/2/2024", "2024-02-01"},
		{"dd/mm/yyyy", "31/02/2024", ""},
		{"dd/mm/yyyy", "02/29/2024", ""},
		{"dd/mm/yyyy", "29.02.2024", ""},
		{"dd/mm/yyyy", "29/02/24", ""},
		{"dd/mm/yyyy", "29/02/20245", ""},
		{"dd/mm/yyyy", "29/02/2024 9:05 PM", "2024-02-29 21:05:00"},
		{"dd/mm/yyyy", "29/02/2024 12:00 am", "2024-02-29 00:00:00"},
		{"dd/mm/yyyy", "29/02/2024, 09:05", "2024-02-29 09:05:00"},
		{"dd/mm/yyyy", "2024-02-29", "2024-02-29"},
		{"dd/mm/yyyy", "2024-02-29T00:00:00Z", "2024-02-29 00:00:00Z+0"},
		{"mm/dd/yyyy", "02/29/2024", "2024-02-29"},
		{"mm/dd/yyyy", "29/02/2024", ""},
		{"dd.mm.yyyy", "29.02.2024", "2024-02-29"},
		{"dd.mm.yyyy", "1.2.2024 10:05:06", "2024-02-01 10:05:06"},
		{"dd-mm-yyyy", "29-02-2024", "2024-02-29"},
		{"yyyy/mm/dd", "2024/02/29", "2024-02-29"},
		{"yyyymmdd", "20240229", "2024-02-29"},
		{"yyyymmdd", "20240230", ""},
		{"yyyymmdd", "20240229 100506", "2024-02-29 10:05:06"},
		{"yyyymmdd", "20240229T1005", "2024-02-29 10:05:00"},
		{"yyyymmdd", "2024022", ""},
		{"yyyy-MM-dd", "2024-02-29", "2024-02-29"},
		{"dd/MM/yyyy HH:mm", "29/02/2024 10:05", "2024-02-29 10:05:00"},
		{"2 January 2006", "29 February 2024", "2024-02-29"},
		{"Jan 2, 2006", "Feb 29, 2024", "2024-02-29"},
		{"2006-01-02 15:04", "2024-02-29 10:05", "2024-02-29 10:05:00"},
		{"iso", "2024-02-29T10:05:00+02:00", "2024-02-29 10:05:00Z+7200"},
		{"iso", "2024-02-29T10:05:00-0530", "2024-02-29 10:05:00Z-19800"},
		{"iso", "2024-02-29T10:05:00 UTC", "2024-02-29 10:05:00Z+0"},
		{"iso", "2024-02-29T10:05:00+25:00", ""},
		{"dd.mm.yy to 2029", "29.02.24", "2024-02-29"},
		{"dd.mm.yy to 2029", "31.12.29", "2029-12-31"},
		{"dd.mm.yy to 2029", "1.1.30", "1930-01-01"},
		{"dd.mm.yy to 2029", "29.02.23", ""},
		{"dd.mm.yy to 2029", "01.02.1850", "1850-02-01"},
		{"dd.mm.yy to 2029", "01.02.185", ""},
		{"dd.mm.yy to 2029", "01.02.5", ""},
		{"mm/dd/yy to 1999", "02/28/99 10:05", "1999-02-28 10:05:00"},
		{"d month yyyy", "05JAN2026", "2026-01-05"},
		{"d month yyyy", "05JAN2026:13:45:00", "2026-01-05 13:45:00"},
		{"Mon Jan _2 15:04:05 MST 2006", "Mon Jan 05 13:45:00 CET 2026", "2026-01-05 13:45:00Z+3600"},
		{"Mon, 02 Jan 2006 15:04:05 MST", "Mon, 05 Jan 2026 13:45:00 GMT", "2026-01-05 13:45:00Z+0"},
		{"Mon, 02 Jan 2006 15:04:05 MST", "Mon, 05 Jan 2026 13:45:00 CST", ""},
		{"Mon Jan 02 2006 15:04:05 GMT-0700", "Mon Jan 05 2026 13:45:00 GMT+0100 (Central European Standard Time)", "2026-01-05 13:45:00Z+3600"},
		{"yy/mm/dd to 2036", "26/01/05", "2026-01-05"},
		{"yy/mm/dd to 2036", "99/12/31", "1999-12-31"},
		{"yy/mm/dd to 2036", "2026/1/5", "2026-01-05"},
		{"yy/mm/dd to 2036", "26/13/05", ""},
		{"yy-mm-dd to 2036", "26-01-05", "2026-01-05"},
		{"dd-mm-yy to 2026", "28-02-27", "1927-02-28"},
		{"2006年1月2日", "2024年02月29日", "2024-02-29"},
		{"d month yyyy", "12. März 2024", "2024-03-12"},
		{"d month yyyy", "3 janv. 2024", "2024-01-03"},
		{"d month yyyy", "1er août 2024", "2024-08-01"},
		{"d month yyyy", "12 de março de 2024 14:30", "2024-03-12 14:30:00"},
		{"d month yyyy", "5 stycznia 2024 r.", "2024-01-05"},
		{"d month yyyy", "29-FEB-2024", "2024-02-29"},
		{"d month yyyy", "7 мая 2024 г., 09:05", "2024-05-07 09:05:00"},
		{"d month yyyy", "30. Februar 2024", ""},
		{"d month yyyy", "12. Mürz 2024", ""},
		{"d month yyyy", "12 Mar 24", ""},
		{"d month yyyy", "Mar 12, 2024", ""},
		{"d month yyyy", "12 Mar 2024 x", ""},
		{"d month yyyy", "12 Mar 20245", ""},
		{"d month yyyy", "112 Mar 2024", ""},
		{"d month yyyy", "12 Mar 2024 at 3:04 PM", "2024-03-12 15:04:00"},
		{"d month yyyy", "2024-03-12", "2024-03-12"},
		{"d-month-yy to 2036", "12-MAR-24", "2024-03-12"},
		{"d month yy to 2036", "12 mar. 1990", "1990-03-12"},
		{"month d, yyyy", "September 3rd, 2024", "2024-09-03"},
		{"month d yyyy", "Sep 31, 2024", ""},
		{"yyyy month d", "2024. március 12.", "2024-03-12"},
		{"iso", "令和7年1月5日", "2025-01-05"},
		{"iso", "令和元年5月1日 10:05", "2019-05-01 10:05:00"},
		{"dd/mm/yyyy", "R7.1.5", "2025-01-05"},
		{"iso", "H31/04/30", "2019-04-30"},
		{"iso", "H31/05/01", ""},
		{"iso", "S64.1.8", ""},
		{"iso", "R7.2.29", ""},
		{"iso", "R7.1", ""},
		{"iso", "民國114年1月5日", "2025-01-05"},
		{"iso", "/Date(1736035200123)/", "2025-01-05 00:00:00.123Z+0"},
		{"iso", "/Date(-86400000+0100)/", "1969-12-31 00:00:00Z+0"},
		{"iso", "/Date(17360352x0)/", ""},
		{"dd/mm/yyyy be", "29/02/2567 10:05", "2024-02-29 10:05:00"},
		{"dd/mm/yyyy be", "29/02/2568", ""},
		{"dd/mm/yyyy be", "05/01/2025", ""},
		{"iso be", "2568-01-05 10:05:00", "2025-01-05 10:05:00"},
		{"d month yyyy be", "5 Jan 2568", "2025-01-05"},
		{"iso", "2024-02-29T", ""},
		{"iso", "", ""},
	} {
		m, ok := layout(t, test.layout).Parse(test.text)
		if got := momentText(m, ok); got != test.want {
			t.Errorf("%s %q: got %q, want %q", test.layout, test.text, got, test.want)
		}
	}
	for _, name := range []string{"dd/mm/yy", "mmm", "06-01-02", "nonsense", "dd/mm/yy to 29", "dd/mm/yyyy to 2029", "iso to 2029", "dd/mm/yy to ", "month yyyy", "d month yy", "d yyyy month", "dd/mm/yy to 2029 be"} {
		if _, err := transform.ParseLayout(name); err == nil {
			t.Errorf("layout %q is taken", name)
		}
	}
}

func momentText(m transform.Moment, ok bool) string {
	if !ok {
		return ""
	}
	at := time.Unix(m.Days*86400, m.Micros*1000).UTC()
	text := at.Format("2006-01-02")
	if m.HasTime {
		text = at.Format("2006-01-02 15:04:05.999999")
	}
	if m.HasOffset {
		text += fmt.Sprintf("Z%+d", m.Offset)
	}
	return text
}

// TestDatesAreGregorian compares with Go's calendar.
func TestDatesAreGregorian(t *testing.T) {
	iso, dmy := layout(t, "iso"), layout(t, "dd.mm.yyyy")
	rapid.Check(t, func(t *rapid.T) {
		want := time.Date(rapid.IntRange(1000, 9999).Draw(t, "year"), 1, 1, 0, 0, 0, 0, time.UTC).
			AddDate(0, 0, rapid.IntRange(0, 364).Draw(t, "day")).Add(time.Duration(rapid.IntRange(0, 86399).Draw(t, "second")) * time.Second)
		for _, m := range []struct {
			layout transform.Layout
			text   string
		}{{iso, want.Format("2006-01-02T15:04:05")}, {dmy, want.Format("02.01.2006 15:04:05")}} {
			got, ok := m.layout.Parse(m.text)
			if !ok || got.Days*86400+got.Micros/1e6 != want.Unix() {
				t.Fatalf("%q: got %+v", m.text, got)
			}
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2024-02-29", "29/02/2024 9:05 PM", "20240229T100506Z", "1.2.2024", "2024-02-29T10:05:06.123456789+02:00", "T", "2024-02-2 ,", "12. März 2024", "Sept. 3rd, '24, "} {
		f.Add(s)
	}
	var layouts []transform.Layout
	for _, name := range []string{"iso", "dd/mm/yyyy", "mm/dd/yyyy", "dd.mm.yyyy", "yyyymmdd", "Jan 2, 2006", "d month yyyy", "month d yy to 2036"} {
		layouts = append(layouts, layout(f, name))
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, l := range layouts {
			m, ok := l.Parse(s)
			if ok && (m.Micros < 0 || m.Micros >= 86_400_000_000 || m.Days < -354_285 || m.Days > 2_932_896) {
				t.Fatalf("%q gives %+v", s, m)
			}
		}
	})
}

func FuzzPhone(f *testing.F) {
	for _, s := range []string{"020 7946 0018", "+44 (0)20 7946 0018 x5", "1-800-FLOWERS", "tel:+1-212;ext=5", "٠١٢٣٤٥٦٧٨٩"} {
		f.Add(s, "GB")
	}
	f.Add("000000100", "BY")
	f.Fuzz(func(t *testing.T, s, country string) {
		got, _ := transform.Phone(s, country)
		if got == "" {
			return
		}
		if again, _ := transform.Phone(got, country); again != got {
			t.Fatalf("%q gives %q, then %q", s, got, again)
		}
	})
}

// TestPlainMoments holds the fast path against the general one, which a
// fraction of a second asks for.
func TestPlainMoments(t *testing.T) {
	read := 0
	for _, date := range []string{"2024-02-29", "2023-02-29", "2100-02-29", "2000-02-29", "1999-12-31", "0999-01-01", "1000-01-01",
		"9999-12-31", "2024-13-01", "2024-00-10", "2024-04-31", "2024-04-00", "2024/04/01", "2024-4-011", "20x4-04-01"} {
		for _, mark := range []string{" ", "T", "t", "_"} {
			for _, clock := range []string{"00:00:00", "23:59:59", "24:00:00", "12:60:00", "12:00:60", "1:00:000", "12:3a:00", "12.30:00"} {
				text := date + mark + clock
				for _, written := range []string{"", "dd.mm.yyyy", "yyyymmdd"} {
					l, err := transform.ParseLayout(written)
					if err != nil {
						t.Fatal(err)
					}
					got, ok := l.Parse(text)
					want, wantOK := l.Parse(text + ".0")
					if got != want || ok != wantOK {
						t.Errorf("%q is %+v %t, and with a fraction %+v %t", text, got, ok, want, wantOK)
					}
					if ok {
						read++
					}
				}
			}
		}
	}
	if read == 0 {
		t.Error("nothing was read")
	}
}
