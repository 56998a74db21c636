package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/mattn/go-isatty"
	"golang.org/x/term"
)

// answers gives the answers to questions one by one, io.EOF at their end: a
// key each at a terminal, else a line each.
func (a *app) answers() func() (string, error) {
	if f, ok := a.in.(*os.File); ok && isatty.IsTerminal(f.Fd()) {
		keys := keyReader{read: func() ([]byte, error) { return readKeys(f) }}
		return func() (string, error) {
			key, err := keys.next()
			if err == nil {
				fmt.Fprintln(a.out, printable(key))
			}
			return key, err
		}
	}
	lines := bufio.NewScanner(a.in)
	return func() (string, error) {
		if lines.Scan() {
			return lines.Text(), nil
		}
		if err := lines.Err(); err != nil {
			return "", err
		}
		return "", io.EOF
	}
}

// keyReader reads keys that need no Enter behind them.
type keyReader struct {
	read  func() ([]byte, error) // waits for what is typed
	typed []byte                 // ahead
}

// next waits for a key. Ctrl-C and Ctrl-D end the answers; a key of several
// bytes, as those of arrows, is none.
func (r *keyReader) next() (string, error) {
	const ctrlC, ctrlD, escape = 3, 4, 27
	for len(r.typed) == 0 {
		typed, err := r.read()
		if err != nil {
			return "", err
		}
		if len(typed) > 0 && typed[0] != escape {
			r.typed = typed
		}
	}
	key := r.typed[0]
	r.typed = r.typed[1:]
	if key == ctrlC || key == ctrlD {
		return "", io.EOF
	}
	return string(rune(key)), nil
}

// readKeys waits for what is typed at a terminal, whose own line editing is off
// meanwhile.
func readKeys(terminal *os.File) ([]byte, error) {
	before, err := term.MakeRaw(int(terminal.Fd()))
	if err != nil {
		return nil, fmt.Errorf("read a key: %w", err)
	}
	buf := make([]byte, 16)
	n, err := terminal.Read(buf)
	return buf[:n], errors.Join(err, term.Restore(int(terminal.Fd()), before))
}

// answer asks until there is an answer; the end of the answers is q.
func (a *app) answer(next func() (string, error)) (string, error) {
	for {
		fmt.Fprint(a.out, "One customer? [y]es [n]o [u]ndecided [s]kip [b]ack [q]uit: ")
		text, err := next()
		if errors.Is(err, io.EOF) {
			fmt.Fprintln(a.out)
			return "q", nil
		}
		if err != nil {
			return "", err
		}
		answer := strings.ToLower(strings.TrimSpace(text))
		if slices.Contains([]string{"y", "n", "u", "s", "b", "q"}, answer) {
			return answer, nil
		}
		if answer == "?" || answer == "h" {
			fmt.Fprint(a.out, reviewKeys)
			continue
		}
		fmt.Fprintf(a.out, "%q is no answer; ? tells the keys.\n", short(answer, 10))
	}
}
