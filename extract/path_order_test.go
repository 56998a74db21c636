package extract_test

import (
	"slices"
	"testing"

	"loadstar/extract"
)

func TestComparePaths(t *testing.T) {
	want := []string{
		"a/orders.csv", "a/orders (1).csv", "a/orders (2).csv", "a/orders (10).csv", "a/orders_2.csv", "a/orders_010.csv", "a/orders_10.csv",
		"a/orders_99999999999999999999998.csv", "a/orders_99999999999999999999999.csv", "b/orders.csv", "b/orders.csv.gz",
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, extract.ComparePaths)
	if !slices.Equal(got, want) {
		t.Errorf("order is %q, want %q", got, want)
	}
	for _, path := range want {
		if c := extract.ComparePaths(path, path); c != 0 {
			t.Errorf("%s is %d to itself", path, c)
		}
	}
}
