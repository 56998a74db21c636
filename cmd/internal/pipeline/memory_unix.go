//go:build unix

package pipeline

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"runtime"
	"syscall"
)

// maxRSS is the greatest resident memory of the process, in bytes, 0 where
// the system does not tell. Linux tells two: rusage's counts what the process
// that started this one held too, so the other one comes first.
func maxRSS() int64 {
	if peak := highWater(); peak > 0 {
		return peak
	}
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return usage.Maxrss
	}
	return usage.Maxrss << 10
}

// highWater is VmHWM of Linux's process status, in bytes; 0 where there is none.
func highWater() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for lines := bufio.NewScanner(bytes.NewReader(status)); lines.Scan(); {
		var kilobytes int64
		if n, err := fmt.Sscanf(lines.Text(), "VmHWM: %d kB", &kilobytes); err == nil && n == 1 {
			return kilobytes << 10
		}
	}
	return 0
}
