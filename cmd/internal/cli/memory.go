package cli

import (
	"os"
	"runtime/debug"
)

// frugal has the collector keep what commands that look through files need
// near 300 MB, as machines of CI are small; what must be held is held all the
// same. GOMEMLIMIT goes before it.
func frugal() {
	const near = 256 << 20 // and what is not the collector's
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(near)
	}
}
