package cli

import (
	"errors"
	"io"
	"strings"
	"testing"
)

// TestKeys: keys that are typed ahead come one by one, those of arrows not at
// all, and Ctrl-C ends them.
func TestKeys(t *testing.T) {
	typed := []string{"y", "", "\x1b[B", "nu", "\xc3\xa4", "\x03y"}
	r := keyReader{read: func() ([]byte, error) {
		if len(typed) == 0 {
			return nil, errors.New("nothing is typed any more")
		}
		next := typed[0]
		typed = typed[1:]
		return []byte(next), nil
	}}
	for i, want := range []string{"y", "n", "u", "Ã", "¤"} {
		if key, err := r.next(); key != want || err != nil {
			t.Errorf("key %d is %q (%v), want %q", i, key, err, want)
		}
	}
	if _, err := r.next(); !errors.Is(err, io.EOF) {
		t.Errorf("Ctrl-C gives %v", err)
	}
	if key, err := r.next(); key != "y" || err != nil {
		t.Errorf("then %q (%v)", key, err)
	}
	if _, err := r.next(); err == nil || errors.Is(err, io.EOF) {
		t.Errorf("a terminal that is gone gives %v", err)
	}
}

// TestAnswer: what is no answer is asked again, and ? tells the keys.
func TestAnswer(t *testing.T) {
	var out strings.Builder
	a := &app{out: &out}
	typed := []string{"?", "z", " Y "}
	answer, err := a.answer(func() (string, error) {
		next := typed[0]
		typed = typed[1:]
		return next, nil
	})
	if err != nil || answer != "y" {
		t.Errorf("answer %q (%v)", answer, err)
	}
	if shown := out.String(); !strings.Contains(shown, "one pair back") || !strings.Contains(shown, `"z" is no answer`) || strings.Count(shown, "One customer?") != 3 {
		t.Errorf("shown: %s", shown)
	}
}
