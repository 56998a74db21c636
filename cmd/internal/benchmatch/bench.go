// Package benchmatch measures matching: quality, time and memory on made files
// of invented people, and the same of a peer on the same file in the same run.
// Each part runs in a process of its own, for the peak memory of a process is
// that of all it ever did. Times of a shared machine mean little; processor
// time and ratios of one run are what to read.
package benchmatch

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"loadstar/cmd/internal/sample"
)

// figures are what one part measured; zero = not measured.
type figures struct {
	Part        string  `json:"part"`
	Records     int     `json:"records"`
	Seconds     float64 `json:"seconds"`           // of the wall clock, all of the part
	Processor   float64 `json:"processor_seconds"` // of all cores
	PeakMB      int64   `json:"peak_mb"`
	PairsRecord float64 `json:"pairs_a_record"`
	Precision   float64 `json:"precision"`
	Recall      float64 `json:"recall"`
	F1          float64 `json:"f1"`
	Note        string  `json:"note"`
}

// options are the flags.
type options struct {
	sizes, part, file, dir, peer string
	pairs                        float64
	fresh                        int
}

// Run measures and prints one table. args: see the flags.
func Run(ctx context.Context, args []string, out io.Writer) error {
	var o options
	flags := flag.NewFlagSet("bench-match", flag.ContinueOnError)
	flags.StringVar(&o.sizes, "records", "100000,1000000", "sizes of the files, in records")
	flags.Float64Var(&o.pairs, "pairs", 0, "candidate pairs a record; 0 = the default, and 10 as well")
	flags.IntVar(&o.fresh, "new", 10_000, "new records that are matched against the others")
	flags.StringVar(&o.peer, "peer", "", "splink: install it in DIR/venv and run it on the same files")
	flags.StringVar(&o.dir, "dir", filepath.Join("bench-data", "match"), "folder for the files")
	flags.StringVar(&o.part, "part", "", "measure one part of one file only, and print JSON: package, command, new")
	flags.StringVar(&o.file, "file", "", "file of the part")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if o.part != "" {
		return o.measurePart(ctx, out)
	}
	if o.peer != "" && o.peer != "splink" {
		return fmt.Errorf("peer %s is not known: write splink, or leave it out", o.peer)
	}
	fmt.Fprintf(out, "%s/%s, %d processors, %s, %s\n\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), time.Now().Format("2006-01-02"))
	fmt.Fprintf(out, "%-46s %9s %8s %8s %8s %7s %9s %8s %8s\n", "part", "records", "seconds", "cpu s", "peak MB", "pairs/r", "precision", "recall", "F1")
	var peer *splink
	if o.peer != "" {
		var err error
		if peer, err = installSplink(ctx, o.dir, os.Stderr); err != nil {
			return err
		}
	}
	for _, size := range strings.Split(o.sizes, ",") {
		records, err := strconv.Atoi(size)
		if err != nil || records < 1 {
			return fmt.Errorf("--records %s: %q is no number of records", o.sizes, size)
		}
		if err := o.measureSize(ctx, records, peer, out); err != nil {
			return fmt.Errorf("%d records: %w", records, err)
		}
	}
	return nil
}

// measureSize measures all parts on one file.
func (o options) measureSize(ctx context.Context, records int, peer *splink, out io.Writer) error {
	file := filepath.Join(o.dir, fmt.Sprintf("people_%d.csv", records))
	if err := writePeople(ctx, file, records); err != nil {
		return err
	}
	var own figures
	for _, pairs := range o.budgets() {
		f, err := inOwnProcess(ctx, "-part", "package", "-file", file, "-pairs", fmt.Sprint(pairs))
		if err != nil {
			return err
		}
		f.print(out)
		if own.Part == "" {
			own = f
		}
	}
	for _, part := range []string{"new", "command"} {
		f, err := inOwnProcess(ctx, "-part", part, "-file", file, "-dir", o.dir, "-new", fmt.Sprint(min(o.fresh, records/2)))
		if err != nil {
			return err
		}
		f.print(out)
		if part == "command" {
			own = f // what a user waits for, reading included, as the peer does
		}
	}
	if peer == nil {
		return nil
	}
	f, err := peer.run(ctx, file)
	if err != nil {
		return err
	}
	f.print(out)
	fmt.Fprintf(out, "%d records, loadstar match against splink: %.2f times the time, %.2f times the processor time, %.2f times the memory; F1 %.4f and %.4f\n\n",
		records, own.Seconds/f.Seconds, own.Processor/f.Processor, float64(own.PeakMB)/float64(f.PeakMB), own.F1, f.F1)
	return nil
}

// budgets are the candidate pairs a record that are measured.
func (o options) budgets() []float64 {
	if o.pairs > 0 {
		return []float64{o.pairs}
	}
	const rich = 10
	return []float64{0, rich}
}

func writePeople(ctx context.Context, file string, records int) error {
	const seed = 1
	if _, err := os.Stat(file); err == nil {
		return nil // equal numbers give equal bytes
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	f, err := os.Create(file + ".part")
	if err != nil {
		return fmt.Errorf("make file: %w", err)
	}
	err = sample.People(ctx, records, seed, f)
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return fmt.Errorf("make file: %w", err)
	}
	return os.Rename(f.Name(), file)
}

// inOwnProcess measures one part in a process of its own.
func inOwnProcess(ctx context.Context, args ...string) (figures, error) {
	self, err := os.Executable()
	if err != nil {
		return figures{}, err
	}
	return runJSON(exec.CommandContext(ctx, self, args...))
}

// runJSON runs a command that prints figures, and adds its time and memory.
func runJSON(cmd *exec.Cmd) (figures, error) {
	var f figures
	cmd.Stderr = os.Stderr
	begun := time.Now()
	text, err := cmd.Output()
	if err != nil {
		return f, fmt.Errorf("run %s: %w", filepath.Base(cmd.Path), err)
	}
	if err := json.Unmarshal(text, &f); err != nil {
		return f, fmt.Errorf("read the figures of %s: %w", filepath.Base(cmd.Path), err)
	}
	if f.Seconds == 0 {
		f.Seconds = time.Since(begun).Seconds()
	}
	if f.Processor == 0 {
		f.Processor = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	}
	if f.PeakMB == 0 {
		f.PeakMB = peakOf(cmd.ProcessState) >> 20
	}
	return f, nil
}

func (f figures) print(out io.Writer) {
	fmt.Fprintf(out, "%-46s %9d %8.2f %8.2f %8d", f.Part, f.Records, f.Seconds, f.Processor, f.PeakMB)
	if f.PairsRecord > 0 {
		fmt.Fprintf(out, " %7.1f", f.PairsRecord)
	} else {
		fmt.Fprintf(out, " %7s", "")
	}
	if f.F1 > 0 {
		fmt.Fprintf(out, " %9.4f %8.4f %8.4f", f.Precision, f.Recall, f.F1)
	}
	fmt.Fprintln(out)
	if f.Note != "" {
		fmt.Fprintf(out, "    %s\n", f.Note)
	}
}
