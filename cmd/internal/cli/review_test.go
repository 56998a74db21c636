package cli

import (
	"strings"
	"testing"

	"loadstar/dedupe"
	"loadstar/schemas"
)

func TestReadJudgements(t *testing.T) {
	sheet := "\ufeffverdict;why;bits;left_record;right_record;left_email\r\n" +
		"y;same voice;+1.0;crm:1;crm:2;a@example.com\r\n" +
		";;+0.5;crm:3;crm:4;\r\n" +
		"N;;+0.1;crm:5;web:6:7;\r\n"
	got, err := readJudgements(strings.NewReader(sheet), "anna")
	if err != nil || len(got) != 2 {
		t.Fatalf("%v, %+v", err, got)
	}
	if got[0].Verdict != dedupe.VerdictSame || got[0].Why != "same voice" || got[0].Who != "anna" || got[0].Left != schemas.CustomerKey("crm", "1") {
		t.Errorf("first judgement: %+v", got[0])
	}
	if got[1].Verdict != dedupe.VerdictNotSame || got[1].Right != schemas.CustomerKey("web", "6:7") {
		t.Errorf("second judgement: %+v", got[1])
	}
}

func TestReadJudgementsRefuses(t *testing.T) {
	const header = "verdict,why,bits,left_record,right_record\n"
	for name, test := range map[string]struct{ sheet, want string }{
		"no column":   {"verdict,why\ny,\n", `no column "left_record"`},
		"nothing":     {"", "header"},
		"verdict":     {header + "maybe,,,crm:1,crm:2\n", `line 2: verdict "maybe"`},
		"record":      {header + "y,,,6.7E+17,crm:2\n", "line 2: left_record"},
		"one record":  {header + "y,,,crm:1,crm:1\n", "line 2: left and right"},
		"ragged line": {header + "y,,,crm:1\n", "line 2"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := readJudgements(strings.NewReader(test.sheet), "anna"); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestInert(t *testing.T) {
	for value, want := range map[string]string{
		"=1+1": "'=1+1", "@sum": "'@sum", "+44 20": "+44 20", "-cmd": "'-cmd", "Ann": "Ann", "": "",
	} {
		if got := inert(value); got != want {
			t.Errorf("inert(%q) = %q, want %q", value, got, want)
		}
	}
}
