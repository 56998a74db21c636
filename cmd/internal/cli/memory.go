package cli

import (
	"os"
	"runtime"
	"runtime/debug"
)

// frugal has the collector keep what commands that look through files need
// near 300 MB, as machines of CI are small; what must be held is held all the
// same. Below that it waits until there is four times as much garbage as is
// held: most of these commands end before. GOMEMLIMIT and GOGC go before it.
func frugal() {
	const near = 256 << 20 // and what is not the collector's
	const patience = 400
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetMemoryLimit(near)
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(patience)
	}
}

// prompt has the collector of a server wait until garbage of 256 MB has
// gathered, or as much as the server holds, whichever is more: who asks while
// it works waits twice as long. GOGC goes before it.
func prompt() {
	const garbage = 256 << 20
	if os.Getenv("GOGC") != "" {
		return
	}
	runtime.GC()
	var held runtime.MemStats
	runtime.ReadMemStats(&held)
	debug.SetGCPercent(int(max(100, 100*garbage/held.HeapAlloc)))
}
