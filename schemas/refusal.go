package schemas

import (
	"errors"
	"fmt"
)

// Code names a kind of refusal. Codes are stable: people search for them and
// programs branch on them.
type Code string

// Why a whole delivery is refused.
const (
	CodeKind      Code = "file.kind"       // it is not the format that its contract says
	CodeEmpty     Code = "file.empty"      // it holds nothing, not even a header
	CodeCut       Code = "file.cut"        // it ends before its end
	CodeDamaged   Code = "file.damaged"    // its parts, checksums or counts contradict each other
	CodeEncrypted Code = "file.encrypted"  // it needs a password
	CodeTooLarge  Code = "file.too_large"  // a part of it is beyond what is read, or made to exhaust memory
	CodeChanging  Code = "file.changing"   // it was written to while it was read
	CodeAbsent    Code = "file.absent"     // its path names no regular file
	CodeEncoding  Code = "file.encoding"   // its text is in another encoding than the contract says
	CodeSyntax    Code = "file.syntax"     // its text can't be cut into records
	CodePacking   Code = "file.packing"    // it is packed otherwise than the contract says
	CodeHeader    Code = "header"          // its header is missing, ambiguous or unreadable
	CodeSheet     Code = "excel.sheet"     // no worksheet is the one that the contract reads
	CodeControl   Code = "control_total"   // its own control totals are not what its rows give
	CodeNested    Code = "columns.nested"  // a column is no flat value
	CodeContract  Code = "contract.reader" // the contract's dialect can't be followed
)

// Refusal says why a whole delivery is refused. It wraps its cause, where
// there is one.
type Refusal struct {
	Code Code
	err  error
}

// Error is the reason and, where there is one, the fix.
func (r *Refusal) Error() string { return r.err.Error() }

// Unwrap is the cause, perhaps nil.
func (r *Refusal) Unwrap() error { return errors.Unwrap(r.err) }

// Refuse makes a Refusal as fmt.Errorf makes an error.
func Refuse(code Code, format string, args ...any) error {
	return &Refusal{Code: code, err: fmt.Errorf(format, args...)}
}

// CodeOf is the code of the refusal that err holds, "" where it holds none.
func CodeOf(err error) Code {
	var r *Refusal
	if errors.As(err, &r) {
		return r.Code
	}
	return ""
}
