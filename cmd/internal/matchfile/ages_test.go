package matchfile_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestAgesYearsApart: two registers that tell ages are of different years; of
// one household, known by columns that nobody understands, nobody is taken for
// another one.
func TestAgesYearsApart(t *testing.T) {
	family := strings.Fields("Abelstein Brunnquell Dornfelder Farnsdale Grubnik Jankelow Nettelbeck Eichenlaub Lockmere Ostrander Pfefferle Quindlen Radcombe Stoltzfus Tannhofer Ullenberg Vossmar Wexcombe Yarnell Zollinger")
	given := strings.Fields("Anna Peter Maria Thomas Julia Robert Clara Henry Ellen Walter Martha Frank Emma George Laura Edward Rosa Arthur Alice Samuel")
	var a, b strings.Builder
	a.WriteString("First Name,Last Name,Age,Hundred,Work\n")
	b.WriteString("First Name,Last Name,Age,Hundred,Work\n")
	rows := 0
	for house := range 80 {
		for member := range 4 {
			name, surname := given[(house*7+member*3+house/20)%20], family[house%20]
			age, place := 3+(house*5+member*13)%50, (house*11)%37
			if member > 1 {
				age = 2 + (house+member*3)%14
			}
			work := []string{"farmer", "weaver", "smith", ""}[(house+member)%4]
			fmt.Fprintf(&a, "%s,%s,%d,Hundred %d,%s\n", name, surname, age, place, work)
			fmt.Fprintf(&b, "%s,%s,%d,Hundred %d,%s\n", name, surname, age+12+rows%3-1, place, work)
			rows++
		}
	}
	o := options(t, file(t, "p.csv", a.String()), file(t, "q.csv", b.String()))
	report := run(t, o)
	if notes := strings.Join(report.Inputs[0].Notes, "; "); !strings.Contains(notes, "12 years earlier") {
		t.Errorf("notes of the older register: %q", notes)
	}
	found, right, wrong := clusters(t, o), 0, 0
	for i := range rows {
		for j := range rows {
			switch {
			case found[fmt.Sprint("p.csv ", i+1)] != found[fmt.Sprint("q.csv ", j+1)]:
			case i == j:
				right++
			default:
				wrong++
			}
		}
	}
	if right < rows*9/10 || wrong > rows/50 {
		t.Errorf("of %d people %d are linked, %d wrongly", rows, right, wrong)
	}
}
