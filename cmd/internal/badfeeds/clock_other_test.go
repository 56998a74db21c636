//go:build !unix

package badfeeds_test

import "time"

var started = time.Now()

// spent is the time so far, for want of processor time.
func spent() time.Duration { return time.Since(started) }
