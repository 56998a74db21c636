// Command loadstar loads messy feeds into one customer-centric star schema.
package main

import (
	"os"

	"loadstar/cmd/internal/cli"
)

func main() { os.Exit(cli.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
