//go:build unix

package badfeeds_test

import (
	"syscall"
	"time"
)

// spent is the processor time of the process so far: other work on the
// machine does not count.
func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
