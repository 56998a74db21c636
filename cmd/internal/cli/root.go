package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"loadstar/cmd/internal/config"
	"loadstar/load/publish"
	"loadstar/schemas/fault"
)

// app holds what every command needs: where it reads and writes, and the
// flags that all commands share.
type app struct {
	in        io.Reader
	out, err  io.Writer
	project   string
	logFormat string
}

// Run executes one command line and returns the process's exit code.
func Run(args []string, in io.Reader, out, errOut io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{in: in, out: out, err: errOut}
	root := a.root()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	err := root.ExecuteContext(ctx)
	if ctx.Err() != nil && err != nil {
		err = errors.Join(errInterrupted, err)
	}
	code := exitCode(err)
	if err != nil {
		fmt.Fprintf(errOut, "loadstar: %s\n", printable(describe(err)))
	}
	return code
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "loadstar",
		Short: "Turn messy feeds into one customer-centric star schema in DuckDB",
		Long: `Loadstar reads the feeds of a company (databases, web store exports, CSV,
Excel sheets), cleanses them, finds out which records are the same customer,
and publishes one DuckDB file that people can query.

Start with the sample company:

  loadstar generate --customers 2000 --days 2 --out demo
  loadstar run --project demo --as-of 2026-03-31
  loadstar run --project demo
  loadstar report --project demo
  loadstar query --project demo "select * from funnel_sales"

Exit codes: 0 done, 1 failure, 2 usage or configuration, 3 a quality gate
stopped the run, 4 another run holds the warehouse, 130 interrupted.`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	flags := root.PersistentFlags()
	flags.StringVarP(&a.project, "project", "C", ".", "project folder (or its loadstar.yaml)")
	flags.StringVar(&a.logFormat, "log-format", "auto", "auto (progress at a terminal, else json), text or json")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return &usageError{flagError(cmd, err)} })
	root.AddCommand(
		a.generateCommand(),
		a.initCommand(),
		a.runCommand(),
		a.statusCommand(),
		a.reportCommand(),
		a.queryCommand(),
		a.checkCommand(),
		a.docsCommand(),
		a.traceCommand(),
		a.quarantineCommand(),
		a.explainCommand(),
		a.reviewCommand(),
		a.customerCommand(),
		a.exportCommand(),
		a.segmentCommand(),
		a.lookupCommand(),
		a.namesCommand(),
		a.digestCommand(),
		a.rollbackCommand(),
		a.gcCommand(),
		a.matchCommand(),
		a.validateCommand(),
		a.contractCommand(),
		a.connectionsCommand(),
	)
	root.Args, root.RunE = subcommand, showHelp
	for _, cmd := range root.Commands() {
		if cmd.HasSubCommands() {
			cmd.Args, cmd.RunE = subcommand, showHelp
		}
	}
	return root
}

// subcommand refuses a word that is none of a command's own, and helps.
func subcommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var known []string
	for _, c := range cmd.Commands() {
		known = append(known, c.Name())
	}
	return &usageError{fmt.Errorf("%q is no command of %s; %s", args[0], cmd.CommandPath(), fault.DidYouMean(args[0], known))}
}

func showHelp(cmd *cobra.Command, _ []string) error { return cmd.Help() }

// configuration reads loadstar.yaml of the project folder.
func (a *app) configuration() (config.Config, error) {
	c, err := config.Load(a.project)
	if err != nil {
		return c, &usageError{err}
	}
	return c, nil
}

// warehouse names the warehouse folder of the project.
func (a *app) warehouse() (publish.Warehouse, config.Config, error) {
	c, err := a.configuration()
	return publish.Warehouse{Dir: c.Warehouse}, c, err
}

// noArgs and exactArgs are cobra's argument rules with exit code 2.
func noArgs(cmd *cobra.Command, args []string) error {
	return asUsage(cmd, cobra.NoArgs(cmd, args))
}

func oneArg(cmd *cobra.Command, args []string) error {
	return asUsage(cmd, cobra.ExactArgs(1)(cmd, args))
}

// asUsage says how a command is called where its arguments are wrong.
func asUsage(cmd *cobra.Command, err error) error {
	if err == nil {
		return nil
	}
	return &usageError{fmt.Errorf("%w; usage: %s (examples: %s --help)", err, cmd.UseLine(), cmd.CommandPath())}
}

// numberFlag is what the flags' library says of a value that is no number.
var numberFlag = regexp.MustCompile(`^invalid argument (".*") for "(?:-\w, )?(--[\w-]+)" flag: strconv\.Parse(Int|Uint|Float|Bool): .*$`)

// flagName is the name of a flag where a line of its usage begins.
var flagName = regexp.MustCompile(`(?m)^ +(?:-\w, )?--([\w-]+)`)

// flagError says in plain words what is wrong with a flag or its value.
func flagError(cmd *cobra.Command, err error) error {
	if name, isUnknown := strings.CutPrefix(err.Error(), "unknown flag: --"); isUnknown {
		var known []string
		for _, m := range flagName.FindAllStringSubmatch(cmd.Flags().FlagUsages(), -1) {
			known = append(known, m[1])
		}
		if similar := fault.Nearest(name, known, strings.ToLower); len(similar) > 0 {
			return fmt.Errorf("%w; did you mean --%s?", err, strings.Join(similar, " or --"))
		}
	}
	m := numberFlag.FindStringSubmatch(err.Error())
	if m == nil {
		return fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())
	}
	expected := map[string]string{"Int": "a whole number", "Uint": "a whole number from 0", "Float": "a number", "Bool": "true or false"}[m[3]]
	return fmt.Errorf("%s %s: expected %s", m[2], m[1], expected)
}
