package extract

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow/array"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// Plugin is a program that writes one delivery of a feed to its standard
// output, as JSON Lines or an Arrow IPC stream. docs/databases.md has its side
// of what is agreed.
type Plugin struct {
	Feed    string
	Dir     string   // project folder, where it runs
	Command []string // program and arguments; no shell is in between
	Format  string   // "jsonl" or "arrow"
	Fields  []string // columns that its output must have where it has rows
	Cursor  string   // column whose greatest value is handed to the next run, "" = none
	After   string   // what the last run's Cursor was
	State   string   // what the last run's State was
	AsOf    time.Time
	Timeout time.Duration // 0 = none
	Limit   int64         // bytes of its output, 0 = any number
	Whole   bool          // no output means that there are no rows, else that nothing is new
	Log     string        // file for its standard error, replaced by every run
}

// The bounds of what a plug-in may leave beside its rows.
const (
	pluginStateBytes = 64 << 10
	pluginLogBytes   = 1 << 20
	pluginGrace      = 5 * time.Second // between asking it to end and ending it
)

// RunPlugin runs a plug-in and lands what it wrote, with the greatest value of
// its cursor and the state that it left. Where nothing is new the result has
// no SHA256. A plug-in that fails, that is not done in time, or whose output
// lacks a field has delivered nothing. The number of lines that it wrote to
// its log is returned in any case.
func RunPlugin(ctx context.Context, landingDir string, p Plugin) (Landed, int64, error) {
	log := &pluginLog{left: pluginLogBytes}
	l, err := p.run(ctx, landingDir, log)
	if kept := log.keep(p.Log); err == nil {
		err = kept
	}
	if err != nil {
		return Landed{}, log.lines, fmt.Errorf("run plug-in of feed %s: %w", p.Feed, fault.Mark(fault.DeliveryPull, err))
	}
	return l, log.lines, nil
}

func (p Plugin) run(ctx context.Context, landingDir string, log *pluginLog) (_ Landed, err error) {
	state, err := os.MkdirTemp("", "loadstar-plugin-")
	if err != nil {
		return Landed{}, fmt.Errorf("make folder of state: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(state)) }()
	file := filepath.Join(state, "state")
	if err := os.WriteFile(file, []byte(p.State), 0o600); err != nil {
		return Landed{}, fmt.Errorf("write state: %w", err)
	}
	out, err := newIncoming(landingDir)
	if err != nil {
		return Landed{}, err
	}
	defer out.discard()
	if err := p.execute(ctx, file, out, log); err != nil {
		return Landed{}, err
	}
	l := Landed{Feed: p.Feed, Path: "plugin:" + p.Feed, Cursor: p.After}
	if l.State, err = readState(file); err != nil {
		return Landed{}, err
	}
	if out.size == 0 && !p.Whole {
		return l, nil
	}
	if l.SHA256, l.Size, l.File, err = out.commit(); err != nil {
		return Landed{}, err
	}
	return l, p.inspect(ctx, &l)
}

// execute runs the program to its end.
func (p Plugin) execute(ctx context.Context, state string, out, log io.Writer) error {
	limited := ctx
	if p.Timeout > 0 {
		var cancel context.CancelFunc
		limited, cancel = context.WithTimeout(ctx, p.Timeout)
		defer cancel()
	}
	limited, stop := context.WithCancel(limited)
	defer stop()
	bounded := &pluginOutput{to: out, left: p.Limit, full: stop}
	cmd := exec.CommandContext(limited, p.Command[0], p.Command[1:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.WaitDelay = p.Dir, bounded, log, pluginGrace
	cmd.Env = append(cmd.Environ(), "LOADSTAR_FEED="+p.Feed, "LOADSTAR_AS_OF="+p.AsOf.UTC().Format(time.RFC3339),
		"LOADSTAR_CURSOR="+p.After, "LOADSTAR_STATE_FILE="+state)
	end := ownGroup(cmd)
	err := cmd.Run()
	end()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case bounded.isFull:
		return fmt.Errorf("it wrote more than %d bytes and was ended: raise the feed's max_output, or let it write what is new only", p.Limit)
	case limited.Err() != nil:
		return fmt.Errorf("it was not done within %s and was ended, with all that it started: raise the feed's timeout", p.Timeout)
	case errors.Is(err, exec.ErrWaitDelay):
		return errors.New("it ended, but left a process behind that holds its output open")
	case errors.As(err, &exit):
		return fmt.Errorf("its output is not used, see its log %s: it ended with %w", p.Log, exit)
	case err != nil:
		return fmt.Errorf("start %s: %w", p.Command[0], err)
	}
	return nil
}

// pluginOutput takes what a plug-in writes up to a bound.
type pluginOutput struct {
	to     io.Writer
	left   int64  // 0 = no bound
	full   func() // ends the plug-in
	isFull bool
}

var errOutputFull = errors.New("more output than its bound")

// Write fails where the bound is passed.
func (o *pluginOutput) Write(p []byte) (int, error) {
	if o.left > 0 {
		if o.left -= int64(len(p)); o.left <= 0 {
			o.isFull = true
			o.full()
			return 0, errOutputFull
		}
	}
	return o.to.Write(p)
}

func readState(file string) (_ string, err error) {
	if info, err := os.Stat(file); err == nil && !info.Mode().IsRegular() {
		return "", errors.New("its state is no regular file")
	}
	in, err := os.Open(file)
	if err != nil {
		return "", fmt.Errorf("read its state: %w", err)
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	text, err := io.ReadAll(io.LimitReader(in, pluginStateBytes+1))
	if err != nil {
		return "", fmt.Errorf("read its state: %w", err)
	}
	if len(text) > pluginStateBytes {
		return "", fmt.Errorf("its state is larger than %d KB", pluginStateBytes>>10)
	}
	if !isText(text) {
		return "", errors.New("its state is no UTF-8 text")
	}
	return string(text), nil
}

func isText(text []byte) bool {
	rule, _ := badText(text, "utf-8")
	return rule == ""
}

// inspect looks for the fields, and for the greatest cursor value.
func (p Plugin) inspect(ctx context.Context, l *Landed) error {
	if len(p.Fields) == 0 && p.Cursor == "" || l.Size == 0 {
		return nil
	}
	source, err := Open(schemas.Contract{
		Feed: p.Feed, Dialect: schemas.Dialect{Format: p.Format}, Objects: []schemas.Object{{Name: "record"}},
		Allow: schemas.Allow{Empty: true},
	}, *l)
	if err != nil {
		return err
	}
	seen, rows := map[string]bool{}, int64(0)
	for chunk, err := range source.Chunks(ctx) {
		if err != nil {
			return err
		}
		dec, err := chunk(ctx)
		if err != nil {
			return err
		}
		if dec.Record == nil {
			continue
		}
		rows += dec.Record.NumRows()
		for i, field := range dec.Record.Schema().Fields() {
			seen[field.Name] = true
			if column, ok := dec.Record.Column(i).(*array.String); ok && field.Name == p.Cursor {
				for row := range column.Len() {
					if !column.IsNull(row) && isAfter(column.Value(row), l.Cursor) {
						l.Cursor = strings.Clone(column.Value(row))
					}
				}
			}
		}
		dec.Record.Release()
	}
	if rows == 0 {
		return nil
	}
	for _, field := range append(slices.Clone(p.Fields), p.Cursor) {
		if field != "" && !seen[field] {
			names := slices.Sorted(func(yield func(string) bool) {
				for name := range seen {
					if name != schemas.ColRow && !yield(name) {
						return
					}
				}
			})
			return fmt.Errorf("its output has no field %q: %s", field, didYouMean(field, names))
		}
	}
	return nil
}

// isAfter says whether a cursor value is greater than another: as a number
// where both are whole numbers, else as text.
func isAfter(a, b string) bool {
	if b == "" {
		return a != ""
	}
	left, isNumber := new(big.Int).SetString(a, 10)
	right, areNumbers := new(big.Int).SetString(b, 10)
	if isNumber && areNumbers {
		return left.Cmp(right) > 0
	}
	return cmp.Compare(a, b) > 0
}

// pluginLog keeps the beginning of what a plug-in writes to its standard
// error, and counts its lines.
type pluginLog struct {
	text  bytes.Buffer
	left  int
	lines int64
}

// Write never fails: a plug-in is not stopped for writing much.
func (l *pluginLog) Write(p []byte) (int, error) {
	l.lines += int64(bytes.Count(p, []byte{'\n'}))
	kept := p[:min(len(p), l.left)]
	l.left -= len(kept)
	l.text.Write(kept)
	return len(p), nil
}

func (l *pluginLog) keep(path string) error {
	if path == "" {
		return nil
	}
	if l.left == 0 {
		l.text.WriteString("\n(the rest was not kept)\n")
	}
	if err := os.MkdirAll(filepath.Dir(path), landingDirMode); err != nil {
		return fmt.Errorf("keep log: %w", err)
	}
	if err := os.WriteFile(path, l.text.Bytes(), landingMode); err != nil {
		return fmt.Errorf("keep log: %w", err)
	}
	return nil
}
