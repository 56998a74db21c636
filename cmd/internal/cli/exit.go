package cli

import (
	"context"
	"errors"
	"strings"

	"loadstar/cmd/internal/pipeline"
	"loadstar/load/publish"
)

// The exit codes of every command.
const (
	exitOK          = 0
	exitFailure     = 1
	exitUsage       = 2
	exitGate        = 3
	exitLocked      = 4
	exitInterrupted = 130
)

var errInterrupted = errors.New("interrupted; nothing was published")

// usageError marks an error of the command line or the configuration.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func exitCode(err error) int {
	var (
		usage  *usageError
		gate   *pipeline.GateError
		checks *findingsError
		locked *publish.LockedError
	)
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errInterrupted), errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &locked):
		return exitLocked
	case errors.As(err, &gate), errors.As(err, &checks):
		return exitGate
	case errors.As(err, &usage), strings.HasPrefix(err.Error(), "unknown command"):
		return exitUsage
	default:
		return exitFailure
	}
}
