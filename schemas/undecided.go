package schemas

import (
	"bytes"
	"errors"
	"fmt"
)

// undecidedMark stands in the comment of a line whose value a person must
// decide; `loadstar init` writes it.
const undecidedMark = "# TODO(init):"

// ErrUndecided says that a document has a line that a person must decide.
var ErrUndecided = errors.New("not decided yet")

// CheckDecided refuses a document with marked lines and names each with its
// question.
func CheckDecided(file string, text []byte) error {
	var all []error
	for n, line := range bytes.Split(text, []byte("\n")) {
		_, question, marked := bytes.Cut(line, []byte(undecidedMark))
		if marked {
			all = append(all, fmt.Errorf("%s:%d: %w: %s (then remove the comment)", file, n+1, ErrUndecided, bytes.TrimSpace(question)))
		}
	}
	return errors.Join(all...)
}
