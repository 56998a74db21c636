package config

import (
	"fmt"
	"time"
)

// BusinessHours say when response times in business minutes run.
type BusinessHours struct {
	Opens  string `yaml:"opens"`  // "09:00", in the company's zone
	Closes string `yaml:"closes"` // "17:00"
	Days   []int  `yaml:"days"`   // 1 = Monday to 7 = Sunday

	Holidays []string `yaml:"holidays"` // days off: 2026-04-03, or 12-25 for that day of every year
}

// Minutes gives the hours as minutes of the day; zeros where they are not set.
func (h BusinessHours) Minutes() (opens, closes int, err error) {
	if h.Opens == "" && h.Closes == "" {
		return 0, 0, nil
	}
	for _, end := range []struct {
		text   string
		minute *int
	}{{h.Opens, &opens}, {h.Closes, &closes}} {
		at, err := time.Parse("15:04", end.text)
		if err != nil {
			return 0, 0, fmt.Errorf("%q is no time of the day like 09:00", end.text)
		}
		*end.minute = at.Hour()*60 + at.Minute()
	}
	if opens >= closes {
		return 0, 0, fmt.Errorf("opens %s is not before closes %s", h.Opens, h.Closes)
	}
	return opens, closes, nil
}

func (h BusinessHours) check() error {
	for _, day := range h.Days {
		if day < 1 || day > 7 {
			return fmt.Errorf("days: %d is not 1 (Monday) to 7 (Sunday)", day)
		}
	}
	for _, day := range h.Holidays {
		_, once := time.Parse(time.DateOnly, day)
		_, yearly := time.Parse(time.DateOnly, "2024-"+day) // a leap year: 02-29 is a day
		if once != nil && yearly != nil {
			return fmt.Errorf("holidays: %q is no day like 2026-04-03, or 12-25 for every year", day)
		}
	}
	_, _, err := h.Minutes()
	return err
}
