package cli

import (
	"strings"
	"testing"
	"time"
)

// TestBarCountsFromItsBegin: what was done before the line appeared is no
// speed, and parts of a step have none.
func TestBarCountsFromItsBegin(t *testing.T) {
	t.Parallel()
	for unit, want := range map[string]string{"rows": "rows/s", unitDone: ""} {
		var screen strings.Builder
		w := &barWatcher{out: &screen}
		w.Begin("stage", "orders", 3_000_000, unit)
		w.Add(500_000)
		if screen.Len() > 0 {
			t.Errorf("shown at once: %q", screen.String())
		}
		time.Sleep(barDelay + 50*time.Millisecond)
		w.Add(500_000)
		line := screen.String()
		if !strings.Contains(line, want) || strings.Contains(line, "done/s") {
			t.Errorf("%s: %q", unit, line)
		}
		if _, speed, found := strings.Cut(line, ", "); found {
			if digits := strings.TrimSpace(strings.SplitN(speed, " ", 2)[0]); len(digits) > len("1000000") {
				t.Errorf("a million rows in a second: %q", line)
			}
		}
		w.End(1_000_000, 2*barDelay)
		if !strings.HasSuffix(screen.String(), "2.0s\n") {
			t.Errorf("%q", screen.String())
		}
	}
}
