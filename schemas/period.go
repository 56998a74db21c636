package schemas

import (
	"fmt"
	"slices"
	"strings"
)

// Layouts of `delivered` for what Go's layouts can't say. Months are named in
// any language; the parts come in any order.
const (
	PeriodDay     = "d month yyyy"
	PeriodMonth   = "month yyyy"
	PeriodWeek    = "week yyyy"
	PeriodQuarter = "quarter yyyy"
)

// Periods are these layouts.
func Periods() []string { return []string{PeriodDay, PeriodMonth, PeriodWeek, PeriodQuarter} }

// IsPeriod says whether a layout is one of Periods.
func IsPeriod(layout string) bool { return slices.Contains(Periods(), layout) }

// checkDelivered refuses a layout that no name of a file can fit.
func checkDelivered(layout string) error {
	if IsPeriod(layout) || strings.Contains(layout, "06") {
		return nil
	}
	return fmt.Errorf("layout %q is not a layout of Go with its year (2006-01-02, 20060102, 02.01.2006, 2006-01) nor %s",
		layout, strings.Join(Periods(), ", "))
}
