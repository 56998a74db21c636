package cli

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/pipeline"
	"loadstar/cmd/internal/validate"
	"loadstar/load"
	"loadstar/load/publish"
	"loadstar/schemas/fault"
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

// errBreaking says that a contract changed in a way that breaks deliveries or
// the warehouse.
var errBreaking = errors.New("breaking changes: raise the contract's major version, tell the senders, and expect a rebuild")

var errInterrupted = errors.New("interrupted; nothing was published")

// usageError marks an error of the command line or the configuration.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

// describe writes an error with the codes under which docs/errors.md explains
// it; several errors of one document take a line each.
func describe(err error) string {
	var list fault.List
	var gate *pipeline.GateError
	switch {
	case errors.As(err, &list):
		lines := make([]string, len(list))
		for i, e := range list {
			lines[i] = fmt.Sprintf("%s %s", e.Code, e.Error())
		}
		return strings.Join(lines, "\nloadstar: ")
	case errors.As(err, &gate):
		var lines []string
		for _, one := range joined(err) {
			code := fault.CodeOf(one)
			if errors.As(one, &gate) {
				code = gate.Code
			}
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s", code, one)))
		}
		return strings.Join(lines, "\n")
	default:
		return strings.TrimSpace(fmt.Sprintf("%s %s", fault.CodeOf(err), err))
	}
}

// joined are the parts of errors.Join, also where they are joined again.
func joined(err error) []error {
	var many interface{ Unwrap() []error }
	if !errors.As(err, &many) {
		return []error{err}
	}
	var parts []error
	for _, part := range many.Unwrap() {
		parts = append(parts, joined(part)...)
	}
	return parts
}

// whoFlag adds the flag that says who does what is recorded.
func whoFlag(cmd *cobra.Command, who *string, does string) {
	cmd.Flags().StringVar(who, "who", config.User(), "who "+does+"; without it, whoever runs the program")
}

func missingWho(does string) error {
	return &usageError{fmt.Errorf("--who is missing, and the system has no name for whoever runs the program: say who %s", does)}
}

func exitCode(err error) int {
	var (
		usage  *usageError
		gate   *pipeline.GateError
		checks *findingsError
		locked *publish.LockedError
		failed *validate.Failed
		asked  *load.StatementError
	)
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errInterrupted), errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &locked):
		return exitLocked
	case errors.As(err, &failed) && failed.Config:
		return exitUsage
	case errors.As(err, &gate), errors.As(err, &checks), errors.As(err, &failed), errors.Is(err, errBreaking):
		return exitGate
	case errors.As(err, &usage), errors.As(err, &asked), strings.HasPrefix(string(fault.CodeOf(err)), "LS1"):
		return exitUsage
	default:
		return exitFailure
	}
}

// programVersion is the version that the program was built with.
func programVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "devel"
}
