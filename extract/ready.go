package extract

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Ready tells when a file in a folder of drops is complete: until then it is
// not read. The zero value takes every file.
type Ready struct {
	Suffix string        // a file with this suffix beside it: orders.csv.done, or orders.done
	Marker string        // a file of this name in its folder: _SUCCESS
	Quiet  time.Duration // it has not been written to for so long
}

// ParseReady reads a rule as people write it: a suffix that begins with a dot
// (.done), a file name (_SUCCESS), or a time (60s, 5m).
func ParseReady(text string) (Ready, error) {
	if text == "" {
		return Ready{}, nil
	}
	if quiet, err := time.ParseDuration(text); err == nil {
		if quiet <= 0 {
			return Ready{}, fmt.Errorf("%q is no time above zero", text)
		}
		return Ready{Quiet: quiet}, nil
	}
	if strings.ContainsAny(text, `/\*?[`) {
		return Ready{}, fmt.Errorf("%q is not a suffix (.done), a file name (_SUCCESS) or a time (60s)", text)
	}
	if strings.HasPrefix(text, ".") {
		return Ready{Suffix: text}, nil
	}
	return Ready{Marker: text}, nil
}

// Split parts files in those that are complete and those to wait for. Markers
// are no deliveries and in neither. now is only looked at by a rule of time,
// which a zero now leaves out.
func (r Ready) Split(files []string, now time.Time) (ready, waiting []string, err error) {
	if r == (Ready{}) {
		return files, nil, nil
	}
	for _, file := range files {
		if r.isMarker(file) {
			continue
		}
		complete, err := r.isComplete(file, now)
		switch {
		case err != nil:
			return nil, nil, fmt.Errorf("look at %s: %w", filepath.Base(file), err)
		case complete:
			ready = append(ready, file)
		default:
			waiting = append(waiting, file)
		}
	}
	return ready, waiting, nil
}

func (r Ready) isMarker(file string) bool {
	return r.Suffix != "" && strings.HasSuffix(file, r.Suffix) || r.Marker != "" && filepath.Base(file) == r.Marker
}

func (r Ready) isComplete(file string, now time.Time) (bool, error) {
	switch {
	case r.Suffix != "":
		return isFile(file+r.Suffix) || isFile(strings.TrimSuffix(file, filepath.Ext(file))+r.Suffix), nil
	case r.Marker != "":
		return isFile(filepath.Join(filepath.Dir(file), r.Marker)), nil
	case now.IsZero():
		return true, nil
	}
	info, err := os.Stat(file)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil // it was renamed meanwhile
	}
	if err != nil {
		return false, err
	}
	return now.Sub(info.ModTime()) >= r.Quiet, nil
}
