//go:build !unix

package benchmatch

import "os"

func peakOf(*os.ProcessState) int64 { return 0 }

func used() (processor float64, peak int64) { return 0, 0 }
