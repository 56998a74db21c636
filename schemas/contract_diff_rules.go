package schemas

import (
	"slices"
	"strconv"
	"strings"
)

// rules compares what a value must satisfy.
func (d *contractDiff) rules(from, to Property) {
	d.bound("minimum", from.Minimum, to.Minimum, true)
	d.bound("exclusiveMinimum", from.Above, to.Above, true)
	d.bound("maximum", from.Maximum, to.Maximum, false)
	d.bound("exclusiveMaximum", from.Below, to.Below, false)
	d.bound("minLength", lengthText(from.MinLen), lengthText(to.MinLen), true)
	d.bound("maxLength", lengthText(from.MaxLen), lengthText(to.MaxLen), false)
	d.bound("digits", lengthText(from.Digits), lengthText(to.Digits), false)
	d.bound("decimal places", placesText(from), placesText(to), false)
	d.differs("multipleOf", from.Multiple, to.Multiple)
	if before, now := patternText(from.Pattern), patternText(to.Pattern); now == "" && before != "" {
		d.note(false, "pattern is gone")
	} else {
		d.differs("pattern", before, now)
	}
	switch {
	case len(to.Allowed) == 0 && len(from.Allowed) > 0:
		d.note(false, "validValues are gone: any value is taken")
	case len(from.Allowed) == 0 && len(to.Allowed) > 0:
		d.breaks("only %s are valid now", strings.Join(to.Allowed, ", "))
	default:
		for _, v := range from.Allowed {
			if !slices.Contains(to.Allowed, v) {
				d.breaks("value %q is no longer valid", v)
			}
		}
		for _, v := range to.Allowed {
			if !slices.Contains(from.Allowed, v) {
				d.note(false, "value %q is valid now", v)
			}
		}
	}
}

// countText is a bound of a number of rows, "" where it is none.
func countText(n *int64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
}

func lengthText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func placesText(p Property) string {
	if p.Places == nil {
		return ""
	}
	return strconv.Itoa(*p.Places)
}

// bound compares one limit; a lower one is stricter when it rises.
func (d *contractDiff) bound(what, from, to string, isLower bool) {
	switch {
	case from == to:
	case to == "":
		d.note(false, "%s %s is gone", what, from)
	case from == "":
		d.breaks("%s %s is new", what, to)
	default:
		d.note(isLess(from, to) == isLower, "%s changes from %s to %s", what, from, to)
	}
}

// isLess compares numbers as numbers and dates, which are ISO, as text.
func isLess(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX == nil && errY == nil {
		return x < y
	}
	return a < b
}
