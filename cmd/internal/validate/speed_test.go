//go:build unix

package validate_test

import (
	"syscall"
	"testing"
	"time"

	"loadstar/cmd/internal/validate"
)

// cpu is the processor time that this process used.
func cpu(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestQuick: all folders of testdata/feeds take under two seconds. Processor
// time is taken, for machines are busy with other things.
func TestQuick(t *testing.T) {
	const most = 2 * time.Second
	var dirs []string
	for _, name := range feedFolders(t) {
		dirs = append(dirs, project(t, name))
	}
	from := cpu(t)
	for _, dir := range dirs {
		check(t, validate.Options{Project: dir})
	}
	if took := cpu(t) - from; took > most {
		t.Errorf("%d folders took %s, more than %s", len(dirs), took, most)
	} else {
		t.Logf("%d folders took %s", len(dirs), took)
	}
}
