package matchfile

import (
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/cmd/internal/recognise"
)

// fewestDigits is how many digits a number needs that can't be dialled as it
// is written, but can be compared.
const fewestDigits = 7

// withDigits fills numbers that cleansing could not make sense of, for want of
// a country or because a digit is wrong, with their digits.
func withDigits(cleansed, raw *array.String) *array.String {
	usable := func(i int) bool {
		return (cleansed == nil || cleansed.IsNull(i)) && raw.IsValid(i) && recognise.CountDigits(raw.Value(i)) >= fewestDigits && !isFiller(raw.Value(i))
	}
	if !slices.ContainsFunc(rangeOf(raw.Len()), usable) {
		return cleansed
	}
	b := array.NewStringBuilder(memory.DefaultAllocator)
	defer b.Release()
	for i := range raw.Len() {
		switch {
		case usable(i):
			b.Append(onlyDigits(raw.Value(i)))
		case cleansed == nil || cleansed.IsNull(i):
			b.AppendNull()
		default:
			b.Append(cleansed.Value(i))
		}
	}
	return b.NewStringArray()
}

func rangeOf(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// isFiller tells 0000000 and 1234567890 from numbers.
func isFiller(s string) bool {
	digits := onlyDigits(s)
	return digits != "" && strings.Count(digits, digits[:1]) == len(digits) || strings.HasPrefix("01234567890", digits) || strings.HasPrefix("1234567890", digits)
}

// appendList adds values to lists parted by line feeds.
func appendList(lists, more *array.String) *array.String {
	if more == nil {
		return lists
	}
	b := array.NewStringBuilder(memory.DefaultAllocator)
	defer b.Release()
	for i := range more.Len() {
		var values []string
		if lists != nil && lists.IsValid(i) {
			values = strings.Split(lists.Value(i), "\n")
		}
		if more.IsValid(i) && !slices.Contains(values, more.Value(i)) {
			values = append(values, more.Value(i))
		}
		if len(values) == 0 {
			b.AppendNull()
			continue
		}
		slices.Sort(values)
		b.Append(strings.Join(values, "\n"))
	}
	return b.NewStringArray()
}
