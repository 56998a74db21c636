// Command bench-match measures matching on this machine, alone and beside a
// peer on the same file in the same run.
package main

import (
	"context"
	"fmt"
	"os"

	"loadstar/cmd/internal/benchmatch"
)

func main() {
	if err := benchmatch.Run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench-match:", err)
		os.Exit(1)
	}
}
