package cli

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/schollz/progressbar/v3"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"loadstar/cmd/internal/pipeline"
)

// watcher chooses how a run is shown: a progress line for a person at a
// terminal, JSON lines for everything else.
func (a *app) watcher() (pipeline.Watcher, error) {
	switch a.logFormat {
	case "json":
		return newLogWatcher(a.err), nil
	case "text":
		return &barWatcher{out: a.err}, nil
	case "auto":
		if f, ok := a.err.(*os.File); ok && isatty.IsTerminal(f.Fd()) {
			return &barWatcher{out: a.err}, nil
		}
		return newLogWatcher(a.err), nil
	default:
		return nil, &usageError{fmt.Errorf("--log-format %q is not auto, text or json", a.logFormat)}
	}
}

// logWatcher writes one Info line when a part of a step ends.
type logWatcher struct {
	log  *zap.Logger
	step pipeline.Step
	part string
	unit string
}

func newLogWatcher(out io.Writer) *logWatcher {
	encoder := zap.NewProductionEncoderConfig()
	encoder.EncodeTime = zapcore.RFC3339NanoTimeEncoder
	core := zapcore.NewCore(zapcore.NewJSONEncoder(encoder), zapcore.AddSync(out), zapcore.InfoLevel)
	return &logWatcher{log: zap.New(core)}
}

// Begin remembers what End will report.
func (w *logWatcher) Begin(step pipeline.Step, part string, _ int64, unit string) {
	w.step, w.part, w.unit = step, part, unit
}

// Add is not logged: one line a part is enough.
func (w *logWatcher) Add(int64) {}

// End logs the part with its rows and time.
func (w *logWatcher) End(rows int64, took time.Duration) {
	w.log.Info(string(w.step), zap.String("part", w.part), zap.Int64(orRows(w.unit), rows), zap.Duration("took", took))
}

// Note logs a warning.
func (w *logWatcher) Note(message string) { w.log.Warn(message) }

// barDelay is how long a part may take before a person sees its progress.
const barDelay = time.Second

// barWatcher shows a progress line for each part that takes longer than
// barDelay, and a plain line when it has ended.
type barWatcher struct {
	out   io.Writer
	late  *lateWriter
	bar   *progressbar.ProgressBar
	label string
	unit  string
}

// lateWriter drops what is written before a moment.
type lateWriter struct {
	out   io.Writer
	from  time.Time
	begun bool // something was written
}

// Write writes p, or says that it did.
func (w *lateWriter) Write(p []byte) (int, error) {
	if !w.begun && time.Now().Before(w.from) {
		return len(p), nil
	}
	w.begun = true
	return w.out.Write(p)
}

// Begin prepares the line; it appears after barDelay, but counts from here, or
// its first speed would be that of all before it in no time.
func (w *barWatcher) Begin(step pipeline.Step, part string, total int64, unit string) {
	w.label = fmt.Sprintf("%-6s %s", step, printable(part))
	w.unit = orRows(unit)
	w.late = &lateWriter{out: w.out, from: time.Now().Add(barDelay)}
	w.bar = newBar(w.late, w.label, w.unit, total)
	w.bar.StartWithoutRender()
}

// Add moves the line.
func (w *barWatcher) Add(n int64) {
	_ = w.bar.Add64(n) // a terminal that can't be drawn on must not stop a run
}

func newBar(out io.Writer, label, unit string, total int64) *progressbar.ProgressBar {
	if total == 0 {
		total = -1
	}
	options := []progressbar.Option{
		progressbar.OptionSetWriter(out), progressbar.OptionSetDescription(label),
		progressbar.OptionShowCount(), progressbar.OptionSetPredictTime(true), progressbar.OptionThrottle(100 * time.Millisecond),
		progressbar.OptionSetWidth(24), progressbar.OptionClearOnFinish(), progressbar.OptionSetSpinnerChangeInterval(0),
	}
	if unit != unitDone {
		options = append(options, progressbar.OptionShowIts(), progressbar.OptionSetItsString(unit))
	}
	return progressbar.NewOptions64(total, options...)
}

// End replaces the line by its result.
func (w *barWatcher) End(rows int64, took time.Duration) {
	w.clear()
	w.bar, w.late = nil, nil
	if took >= barDelay {
		fmt.Fprintf(w.out, "%-40s %12s %-8s %6.1fs\n", w.label, thousands(rows), w.unit, took.Seconds())
	}
}

// clear takes the line away where it was drawn.
func (w *barWatcher) clear() {
	if w.bar != nil && w.late.begun {
		_ = w.bar.Clear()
	}
}

// Note prints a line of its own.
func (w *barWatcher) Note(message string) {
	w.clear()
	fmt.Fprintf(w.out, "note: %s\n", printable(message))
}

// unitDone counts parts that are done, which have no speed worth telling.
const unitDone = "done"

func orRows(unit string) string {
	if unit == "" {
		return "rows"
	}
	return unit
}
