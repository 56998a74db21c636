package schemas

import (
	"fmt"
	"strconv"
	"time"
)

// applySLA takes from the promises of a contract those that Loadstar can
// prove: how often the feed comes, and how much later it may come. Others are
// for people.
func (c *Contract) applySLA(p slaEntry) error {
	if p.Property != "frequency" && p.Property != "latency" {
		return nil
	}
	number, err := strconv.ParseFloat(fmt.Sprint(p.Value), 64)
	if err != nil || number <= 0 {
		return fmt.Errorf("value %v is not a number above 0", p.Value)
	}
	const day = 24 * time.Hour
	unit := map[string]time.Duration{
		"min": time.Minute, "minutes": time.Minute, "h": time.Hour, "hours": time.Hour, "d": day, "day": day, "days": day,
		"w": 7 * day, "weeks": 7 * day, "m": 31 * day, "month": 31 * day, "months": 31 * day, "y": 366 * day, "yr": 366 * day, "years": 366 * day,
	}[p.Unit]
	if unit == 0 {
		return fmt.Errorf("unit %q is not min, h, d, w, m or y", p.Unit)
	}
	c.Freshness += time.Duration(number * float64(unit))
	return nil
}
