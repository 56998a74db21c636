package matchfile

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"loadstar/dedupe"
)

// TestEachPortion: however many workers there are, the lines come in the order
// of the clusters, and a portion that fails ends the writing.
func TestEachPortion(t *testing.T) {
	t.Parallel()
	o := &outcome{result: &dedupe.Result{}}
	for i := range int64(50_000) {
		o.result.Clusters = append(o.result.Clusters, []int64{i})
	}
	lines := func(clusters [][]int64) ([]byte, error) {
		var text []byte
		for _, c := range clusters {
			text = append(strconv.AppendInt(text, c[0], 10), '\n')
		}
		return text, nil
	}
	for _, workers := range []int{0, 1, 2, 8} {
		var text strings.Builder
		err := o.eachPortion(workers, lines, func(more []byte) error {
			_, err := text.Write(more)
			return err
		})
		got := strings.Fields(text.String())
		isNext := func(i int) bool { return got[i] == strconv.Itoa(i) }
		if err != nil || len(got) != len(o.result.Clusters) || slices.ContainsFunc([]int{0, 8191, 8192, 16384, 49_999}, func(i int) bool { return !isNext(i) }) {
			t.Errorf("%d workers: %d lines out of order or missing: %v", workers, len(got), err)
		}
	}
	full, taken := errors.New("disk is full"), 0
	err := o.eachPortion(2, lines, func([]byte) error {
		taken++
		return full
	})
	if !errors.Is(err, full) || taken != 1 {
		t.Errorf("after an error of writing, %d portions were taken: %v", taken, err)
	}
	err = o.eachPortion(2, func([][]int64) ([]byte, error) { return nil, full }, func([]byte) error { return nil })
	if !errors.Is(err, full) {
		t.Errorf("a portion fails: %v", err)
	}
}
