package fault

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Place is a position in a text, from 1; zero = unknown.
type Place struct{ Line, Column int }

// Error is one thing that is wrong with what people wrote or delivered.
type Error struct {
	Code   Code
	File   string // as people know it, "" = unknown
	At     Place  // in File
	Reason string // what is wrong, and what was expected
	Next   string // what to do, "" where the reason says it
	cause  error
}

// New makes an error without a place.
func New(code Code, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Code: code, Reason: err.Error(), cause: errors.Unwrap(err)}
}

// Error gives file:line:column, reason and next step.
func (e *Error) Error() string {
	text := e.Reason
	if e.Next != "" {
		text += "; " + e.Next
	}
	if e.File != "" {
		text = e.where() + ": " + text
	}
	return text
}

func (e *Error) where() string {
	switch {
	case e.At.Line == 0:
		return e.File
	case e.At.Column == 0:
		return fmt.Sprintf("%s:%d", e.File, e.At.Line)
	default:
		return fmt.Sprintf("%s:%d:%d", e.File, e.At.Line, e.At.Column)
	}
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.cause }

// Mark gives err a code; one that has a code keeps it, and so does a
// cancelled context, which is nobody's fault.
func Mark(code Code, err error) error {
	if err == nil || CodeOf(err) != "" || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &Error{Code: code, Reason: err.Error(), cause: err}
}

// CodeOf is the code of the first coded error in err's tree, "" where there is
// none.
func CodeOf(err error) Code {
	var list List
	if errors.As(err, &list) && len(list) > 0 {
		return list[0].Code
	}
	var one *Error
	if errors.As(err, &one) {
		return one.Code
	}
	return ""
}

// List is everything that is wrong with one document, in its order.
type List []*Error

// Error gives one error a line.
func (l List) Error() string {
	lines := make([]string, len(l))
	for i, e := range l {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Err is the list as an error, nil where it is empty.
func (l List) Err() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// Add adds err where it is not nil. Parts of err that have a code or a place
// of their own keep it; at and code stand for the others. What wraps a list
// goes before each of its errors.
func (l *List) Add(at Place, code Code, err error) {
	if err == nil {
		return
	}
	var inner List
	if errors.As(err, &inner) {
		before := strings.TrimSuffix(err.Error(), inner.Error())
		for _, e := range inner {
			l.add(at, code, e, before+e.Reason)
		}
		return
	}
	var one *Error
	if errors.As(err, &one) {
		l.add(at, code, one, strings.TrimSuffix(err.Error(), one.Error())+one.Reason)
		return
	}
	*l = append(*l, &Error{Code: code, At: at, Reason: err.Error(), cause: err})
}

func (l *List) add(at Place, code Code, e *Error, reason string) {
	added := *e
	added.Reason = reason
	if added.At.Line == 0 {
		added.At = at
	}
	if added.Code == "" {
		added.Code = code
	}
	*l = append(*l, &added)
}

// In names the file of all errors that have none.
func (l List) In(file string) List {
	for _, e := range l {
		if e.File == "" {
			e.File = file
		}
	}
	return l
}
