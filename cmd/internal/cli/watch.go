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
	out     io.Writer
	bar     *progressbar.ProgressBar
	label   string
	unit    string
	total   int64
	done    int64
	started time.Time
}

// Begin prepares the line; it appears after barDelay.
func (w *barWatcher) Begin(step pipeline.Step, part string, total int64, unit string) {
	w.label = fmt.Sprintf("%-6s %s", step, printable(part))
	w.unit, w.total, w.done, w.bar = orRows(unit), total, 0, nil
	w.started = time.Now()
}

// Add moves the line.
func (w *barWatcher) Add(n int64) {
	w.done += n
	if w.bar == nil {
		if time.Since(w.started) < barDelay {
			return
		}
		w.bar = w.newBar()
		n = w.done
	}
	_ = w.bar.Add64(n) // a terminal that can't be drawn on must not stop a run
}

func (w *barWatcher) newBar() *progressbar.ProgressBar {
	total := w.total
	if total == 0 {
		total = -1
	}
	return progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(w.out), progressbar.OptionSetDescription(w.label),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString(w.unit),
		progressbar.OptionSetPredictTime(true), progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionSetWidth(24), progressbar.OptionClearOnFinish(), progressbar.OptionSetSpinnerChangeInterval(0))
}

// End replaces the line by its result.
func (w *barWatcher) End(rows int64, took time.Duration) {
	if w.bar != nil {
		_ = w.bar.Clear()
		w.bar = nil
	}
	if took >= barDelay {
		fmt.Fprintf(w.out, "%-40s %12s %-8s %6.1fs\n", w.label, thousands(rows), w.unit, took.Seconds())
	}
}

// Note prints a line of its own.
func (w *barWatcher) Note(message string) {
	if w.bar != nil {
		_ = w.bar.Clear()
	}
	fmt.Fprintf(w.out, "note: %s\n", printable(message))
}

func orRows(unit string) string {
	if unit == "" {
		return "rows"
	}
	return unit
}
