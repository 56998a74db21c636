package extract

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func TestFormatStyle(t *testing.T) {
	for code, want := range map[string]styleKind{
		"": styleNumber, "General": styleNumber, "0.00": styleNumber, "#,##0.00_);[Red](#,##0.00)": styleNumber,
		"0%": stylePercent, `0.0\ %`: stylePercent, `0"%"`: styleNumber, "0.00E+00": styleNumber, "@": styleNumber, `0 "days"`: styleNumber, `0\d`: styleNumber,
		`_-* #,##0.00\ [$kr-414]_-`: styleNumber, "[Red]0": styleNumber, `"dmy"`: styleNumber, "[>=100]0;0": styleNumber,
		"[h]:mm": styleNumber, "[mm]:ss": styleNumber, "[ss].00": styleNumber, `General" m"`: styleNumber, "0;yyyy": styleNumber,
		"yyyy-mm-dd": styleDate, "d/m/yy": styleDate, "DD.MM.YYYY": styleDate, "mmm": styleDate, "mmm-yy": styleDate,
		"[$-409]d/mmm/yyyy;@": styleDate, `dd\-mm\-yyyy`: styleDate, "yyyy\"年\"m\"月\"d\"日\"": styleDate, "[$-F800]dddd, mmmm dd, yyyy": styleDate,
		"m/d/yy h:mm": styleDate, "[<43831]dd/mm;yyyy": styleDate, "mmmm h:mm": styleDate,
		"h:mm": styleTime, "hh:mm:ss AM/PM": styleTime, "mm:ss.0": styleTime, "[$-409]h:mm": styleTime,
	} {
		if got := formatStyle(code); got != want {
			t.Errorf("%q is %d, want %d", code, got, want)
		}
	}
}

func TestAppendSerial(t *testing.T) {
	for _, c := range []struct {
		serial float64
		kind   styleKind
		system dateSystem
		want   string
	}{
		{1, styleDate, system1900, "1900-01-01"}, {59, styleDate, system1900, "1900-02-28"}, {60, styleDate, system1900, "1900-02-29"},
		{61, styleDate, system1900, "1900-03-01"}, {25569, styleDate, system1900, "1970-01-01"}, {46112, styleDate, system1900, "2026-03-31"},
		{2958465, styleDate, system1900, "9999-12-31"}, {2958466, styleDate, system1900, ""}, {-1, styleDate, system1900, ""},
		{0, styleDate, system1900, ""}, {0.5, styleDate, system1900, ""}, {0, styleDate, system1904, "1904-01-01"},
		{44650, styleDate, system1904, "2026-03-31"}, {46112.347222222219, styleDate, system1900, "2026-03-31T08:20:00"},
		{46111.999999999, styleDate, system1900, "2026-03-31"}, {46112.0000115741, styleDate, system1900, "2026-03-31T00:00:01"},
		{46112.50000144676, styleDate, system1900, "2026-03-31T12:00:00.125"}, {0.75, styleTime, system1900, "18:00:00"},
		{0, styleTime, system1904, "00:00:00"}, {46112.75, styleTime, system1900, "2026-03-31T18:00:00"},
		{math.NaN(), styleDate, system1900, ""}, {math.Inf(1), styleDate, system1900, ""},
	} {
		text, ok := appendSerial(nil, c.serial, c.kind, c.system)
		if string(text) != c.want || ok != (c.want != "") {
			t.Errorf("%v %d %d is %q, want %q", c.serial, c.kind, c.system, text, c.want)
		}
	}
}

func TestSerialAgreesWithExcelize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		serial := rapid.Float64Range(61, lastSerial-1500).Draw(t, "serial")
		is1904 := rapid.Bool().Draw(t, "1904")
		system := system1900
		if is1904 {
			system = system1904
		}
		text, ok := appendSerial(nil, serial, styleDate, system)
		if !ok {
			t.Fatal("refused")
		}
		layout := "2006-01-02T15:04:05"
		if !strings.Contains(string(text), "T") {
			layout = time.DateOnly
		}
		got, err := time.Parse(layout, string(text))
		if err != nil {
			t.Fatal(err)
		}
		want, err := excelize.ExcelDateToTime(serial, is1904)
		if err != nil {
			t.Fatal(err)
		}
		if got.Sub(want).Abs() > time.Second {
			t.Fatalf("got %s, excelize %s", text, want)
		}
	})
}

func TestAppendCellNumber(t *testing.T) {
	for raw, want := range map[string]string{
		"0": "0", "-0": "0", "0.0": "0", "7": "7", "-7": "-7", "+7": "7", "007": "7", "1.50": "1.5", "1.": "1", ".5": "0.5", "-0.25": "-0.25",
		"0.30000000000000004": "0.3", "19.990000000000002": "19.99", "100.00000000000023": "100", "0.1": "0.1", "33.333333333333336": "33.3333333333333",
		"123456789012345678": "123456789012345678", "1e3": "1000", "1.5E-7": "0.00000015", "1E+20": "100000000000000000000", "1e300": "1e+300",
		"1e-300": "1e-300", "123456789.12345678": "123456789.123457",
		"": "?", "-": "?", "x": "?", "1x": "?", "NaN": "?", "Inf": "?", "1e999": "?", "0x10": "?", "1_000": "?", "1,5": "?",
	} {
		text, ok := appendCellNumber([]byte("?"), []byte(raw))
		if got := strings.TrimPrefix(string(text), "?"); ok != (want != "?") || ok && got != want {
			t.Errorf("%q is %q %v, want %q", raw, got, ok, want)
		}
	}
}

// TestCellNumberIsStable: the text is a number of the same 15 digits, and a
// second pass leaves it as it is.
func TestCellNumberIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Float64().Draw(t, "value")
		raw := strconv.FormatFloat(value, rapid.SampledFrom([]byte("egf")).Draw(t, "form"), -1, 64)
		if len(raw) > 60 {
			t.Skip("too long")
		}
		text, ok := appendCellNumber(nil, []byte(raw))
		if !ok {
			t.Fatalf("%q refused", raw)
		}
		back, err := strconv.ParseFloat(string(text), 64)
		if err != nil || strconv.FormatFloat(back, 'e', 14, 64) != strconv.FormatFloat(value+0, 'e', 14, 64) {
			t.Fatalf("%q became %q", raw, text)
		}
		again, ok := appendCellNumber(nil, text)
		if !ok || string(again) != string(text) {
			t.Fatalf("%q became %q, then %q", raw, text, again)
		}
	})
}

func TestCellNames(t *testing.T) {
	for column, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 52: "AZ", 702: "ZZ", 703: "AAA", sheetColumns: "XFD"} {
		if got := columnLetters(column); got != want {
			t.Errorf("column %d is %s, want %s", column, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		column, row := rapid.IntRange(1, sheetColumns).Draw(t, "column"), rapid.Int64Range(1, sheetRows).Draw(t, "row")
		c, r, ok := parseCellRef([]byte(cellName(column, row)))
		if !ok || c != column || r != row {
			t.Fatalf("%s is read as %d, %d", cellName(column, row), c, r)
		}
	})
	for _, bad := range []string{"", "1", "A1B", "XFE1", "A1048577", "ZZZZ9", "A-1", "Ä1"} {
		if _, _, ok := parseCellRef([]byte(bad)); ok {
			t.Errorf("%q is an address", bad)
		}
	}
}

// FuzzExcelSheet decodes any bytes as the rows of a worksheet: it must not
// panic, and how XML that can be read is cut into blocks must not show.
func FuzzExcelSheet(f *testing.F) {
	for _, seed := range []string{
		row(1, "a", "b") + row(2, "x", "y"), `<row r="3"><c r="B3" t="s"><v>0</v></c></row>`, `<row/><row><c><f>1</f></c></row>`,
		`<row r="1"><c t="e"><v>#N/A</v></c><c s="1"><v>46112.5</v></c></row>`, `<!-- </row> --><row><c t="str"><v><![CDATA[</row>]]>&amp;</v></c></row>`,
		`<x:row><x:c><x:v>1</x:v></x:c></x:row>`, `<row r="1048577"/>`, `<row><c r="XFD1"><v>_x0041_</v></c></row>`, "<row><c t='inlineStr'><is><rPh><t>x</t></rPh><t>y\r\n</t></is></c></row>",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		whole, wholeErr := sheetTexts(data, 0)
		again, againErr := sheetTexts(data, 1)
		if wholeErr == nil && againErr == nil && whole != again {
			t.Errorf("in one block\n%s\nin blocks of a row\n%s", whole, again)
		}
	})
}

// sheetTexts reads rows as text, in blocks of at most maxRows.
func sheetTexts(data []byte, maxRows int) (string, error) {
	blocks := newItemBlocks(strings.NewReader("<sheetData>"+string(data)+"</sheetData>"), "sheetData", "row")
	if _, err := blocks.start(); err != nil {
		return "", err
	}
	tables := &cellTables{strings: &sharedStrings{}, styles: []cellStyle{{}, {kind: styleDate}}}
	if _, err := tables.strings.add([]byte(`<si><t>shared</t></si>`)); err != nil {
		return "", err
	}
	var b strings.Builder
	for start := int64(1); ; {
		block, err := blocks.next(maxRows)
		if err != nil || block == nil {
			return b.String(), err
		}
		reader := rowReader{xml: xmlScanner{buf: block}, tables: tables, next: start}
		for {
			ok, err := reader.read()
			if err != nil {
				return "", err
			}
			if !ok {
				break
			}
			b.WriteString(strconv.FormatInt(reader.row, 10))
			for _, column := range reader.used {
				cell := reader.cells[column]
				b.WriteString(" " + cellName(column+1, reader.row) + string(rune('0'+cell.state)) + strconv.Quote(string(cell.text)))
			}
			b.WriteByte('\n')
		}
		if start, err = rowAfter(block, start); err != nil {
			return "", err
		}
		if start != reader.next {
			return "", strconv.ErrRange
		}
	}
}

func TestLabelOfFormat(t *testing.T) {
	for code, want := range map[string]string{
		`"INV-"0000`: "INV-0042", `"Kd-"General`: "Kd-42", `[Red]"A"0`: "A42", `_-"A"0_-`: "A42", `"R"0;"G"0`: "R42", `\R\E0`: "RE42", `"#"0`: "#42", `"№ "00`: "№ 42",
		"000-000": "000-042", "###-##0": "-42", `0"/2026"`: "42/2026", `"+49 "0`: "+49 42", "(000) 000-0000": "(000) 000-0042",
		`0 "kg"`: "42 kg", "0": "", "#,##0": "", "00": "", `# ##0`: "", `#\ ##0`: "", `"A"0.00`: "", `"-"0`: "", "(0)": "", "+0": "", `0"."00`: "", "@": "", `"day" d`: "", `[>9]"A"0;0`: "",
	} {
		label, ok := labelOfFormat(code)
		var got []byte
		if ok {
			got, _ = label.append(nil, []byte("42"))
		}
		if string(got) != want {
			t.Errorf("%q shows %q, want %q", code, got, want)
		}
	}
	label, _ := labelOfFormat(`"A"00`)
	for _, number := range []string{"-42", "4.2", "0", "1e9", "1234567890123456"} {
		if text, ok := label.append(nil, []byte(number)); ok {
			t.Errorf("%s is shown as %q, want no label", number, text)
		}
	}
}
