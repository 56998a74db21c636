//go:build unix

package pipeline

import (
	"runtime"
	"syscall"
)

// maxRSS is the greatest resident memory of the process, in bytes, 0 where
// the system does not tell.
func maxRSS() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return usage.Maxrss
	}
	return usage.Maxrss << 10
}
