//go:build !linux

package publish

import (
	"errors"
	"math"
	"os"
)

func reflink(_, _ *os.File) error { return errors.ErrUnsupported }

// freeBytes is not asked for here: a full disk then fails the copy itself.
func freeBytes(string) (uint64, error) { return math.MaxUint64, nil }
