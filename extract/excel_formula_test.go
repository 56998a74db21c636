package extract

import (
	"fmt"
	"testing"

	"loadstar/schemas"
)

func TestFormulas(t *testing.T) {
	data := row(1, "a", "b") + `<row r="2"><c r="A2"><f>SUM(B1:B2)&amp;"x"</f><v>1</v></c><c r="B2"><f t="shared" si="0"/><v>2</v></c></row>` +
		`<row r="3"><c r="A3"><f>B3</f><v>1</v></c></row>`
	book := testBook{sheets: []testSheet{{name: "Plan", data: data}}}
	l := landBytes(t, "in.xlsx", book.bytes(t))
	c := schemas.Contract{Feed: "feed", Dialect: excelDialect(nil)}
	found, err := Formulas(c, l, "plan", 2)
	if err != nil || fmt.Sprint(found) != `[{A2 =SUM(B1:B2)&"x"} {B2 }]` {
		t.Errorf("formulas are %v, %v", found, err)
	}
	if found, err = Formulas(c, l, "Plan", 1); err != nil || len(found) > 0 {
		t.Errorf("formulas of row 1 are %v, %v", found, err)
	}
	c.Dialect.Format = "csv"
	if found, err = Formulas(c, l, "Plan", 2); err != nil || len(found) > 0 {
		t.Errorf("formulas of text are %v, %v", found, err)
	}
}
