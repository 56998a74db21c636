//go:build duckdb_arrow

package load

import (
	"errors"
	"fmt"
	"testing"

	"github.com/duckdb/duckdb-go/v2"
)

// TestSparingly: what had no room is tried once more with one thread, and
// nothing else is.
func TestSparingly(t *testing.T) {
	t.Parallel()
	s := newStar(t)
	full := fmt.Errorf("check: %w", &duckdb.Error{Type: duckdb.ErrorTypeOutOfMemory})
	other := errors.New("other")
	for name, c := range map[string]struct {
		errs []error // of each try
		want error
	}{
		"has room":            {[]error{nil}, nil},
		"fails otherwise":     {[]error{other}, other},
		"has room at last":    {[]error{full, nil}, nil},
		"has no room":         {[]error{full, full}, full},
		"fails the next time": {[]error{full, other}, other},
	} {
		s.do("set threads = 3")
		var threads []string
		err := s.sparingly(t.Context(), func() error {
			threads = append(threads, s.rows("select current_setting('threads')")...)
			return c.errs[len(threads)-1]
		})
		if !errors.Is(err, c.want) || len(threads) != len(c.errs) {
			t.Errorf("%s: error %v after %d tries", name, err, len(threads))
		}
		if len(threads) == 2 && threads[1] != "1" {
			t.Errorf("%s: tried again with %s threads", name, threads[1])
		}
		if now := s.rows("select current_setting('threads')"); now[0] != "3" {
			t.Errorf("%s: goes on with %s threads", name, now[0])
		}
	}
}
