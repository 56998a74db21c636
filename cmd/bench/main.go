// Command bench measures Loadstar on this machine, in ratios of one run.
package main

import (
	"context"
	"fmt"
	"os"

	"loadstar/cmd/internal/bench"
)

func main() {
	if err := bench.Run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}
