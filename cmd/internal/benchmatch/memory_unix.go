//go:build unix

package benchmatch

import (
	"os"
	"runtime"
	"syscall"
)

// peakOf is the greatest resident memory of an ended process, in bytes, 0
// where the system does not tell.
func peakOf(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return residentOf(usage)
}

func residentOf(usage *syscall.Rusage) int64 {
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) << 10
}

// used is what this process has used so far: seconds of all cores, and the
// greatest resident memory in bytes.
func used() (processor float64, peak int64) {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0, 0
	}
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9, residentOf(&usage)
}
