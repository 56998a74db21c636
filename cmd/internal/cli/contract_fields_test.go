package cli

import (
	"strings"
	"testing"
)

func TestContractFields(t *testing.T) {
	for _, test := range []struct {
		code int
		says string
		args []string
	}{
		{0, "order_line", nil},
		{0, "unit_price", []string{"order_line"}},
		{2, "did you mean order_line", []string{"order_lines"}},
		{2, "accepts at most 1 arg", []string{"order", "payment"}},
	} {
		code, out, errOut := say(append([]string{"contract", "fields"}, test.args...)...)
		if code != test.code || !strings.Contains(out+errOut, test.says) {
			t.Errorf("%q ends with %d, says %s%s; want %d and %q", test.args, code, out, errOut, test.code, test.says)
		}
	}
}

// TestUnknownCommands: a word that is none of a command's own is an error, as
// scripts would go on otherwise.
func TestUnknownCommands(t *testing.T) {
	for _, test := range []struct {
		says string
		args []string
	}{
		{"did you mean run?", []string{"rum"}},
		{"did you mean replay?", []string{"quarantine", "reply"}},
		{"did you mean diff?", []string{"contract", "dif"}},
		{"known are test", []string{"connections", "all"}},
	} {
		if code, out, errOut := say(test.args...); code != 2 || out != "" || !strings.Contains(errOut, test.says) {
			t.Errorf("%q ends with %d, says %s%s; want 2 and %q", test.args, code, out, errOut, test.says)
		}
	}
	if code, out, _ := say("names"); code != 0 || !strings.Contains(out, "coverage") {
		t.Errorf("names alone ends with %d and does not help: %s", code, out)
	}
}
