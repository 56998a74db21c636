package badfeeds

import "strings"

// moment is a delivery whose row 2 has a moment in the time of Berlin; rule is
// "" where it must arrive, as wanted.
func moment(name, at, rule, wanted string) Case {
	timestamp := strings.Replace(properties, "{name: invoiced_on, logicalType: date}",
		"{name: invoiced_on, logicalType: date}\n      - {name: updated_at, logicalType: timestamp}", 1)
	head := strings.Replace(header, "invoiced_on", "updated_at", 1)
	want := Want{Loaded: 2, Values: map[string]string{"I-1.updated_at": wanted}}
	if rule != "" {
		want = Want{Loaded: 1, Bad: []string{"2 " + rule}}
	}
	return text("value/moment-"+name, head+"I-1,open,"+at+",100.50,1\n"+good(2, 2), want).
		withProperties(timestamp, "locale: {time_zone: Europe/Berlin}")
}

func momentCases() []Case {
	return []Case{
		moment("berlin", "2026-01-31 14:30:00", "", "2026-01-31T13:30:00Z"),
		moment("offset", "2026-01-31T14:30:00+05:30", "", "2026-01-31T09:00:00Z"),
		moment("offset-negative", "2026-01-31T14:30:00-0800", "", "2026-01-31T22:30:00Z"),
		moment("offset-impossible", "2026-01-31T14:30:00+25:00", "type.timestamp", ""),
		moment("offset-of-three-digits", "2026-01-31T14:30:00+130", "type.timestamp", ""),
		moment("utc", "2026-01-31T14:30:00Z", "", "2026-01-31T14:30:00Z"),
		moment("hour-24", "2026-01-31 24:30:00", "type.timestamp", ""),
		moment("midnight-as-24", "2026-01-31 24:00:00", "type.timestamp", ""),
		moment("minute-60", "2026-01-31 14:60:00", "type.timestamp", ""),
		moment("second-61", "2026-01-31 14:30:61", "type.timestamp", ""),
		moment("leap-second", "2016-12-31T23:59:60Z", "type.timestamp", ""),
		moment("zone-word", "2026-07-31 14:30:00 EDT", "", "2026-07-31T18:30:00Z"),
		moment("zone-word-of-several", "2026-01-31 14:30:00 CST", "type.timestamp", ""),
		moment("zone-name", "2026-01-31T14:30:00[Europe/Berlin]", "type.timestamp", ""),
		moment("half-of-the-day", "2026-01-31 2:30 PM", "", "2026-01-31T13:30:00Z"),
		moment("half-of-the-day-wrong", "2026-01-31 14:30 PM", "type.timestamp", ""),
		moment("without-time", "2026-01-31", "", "2026-01-30T23:00:00Z"),
		moment("left-out-in-spring", "2026-03-29 02:30:00", "type.timestamp", ""),
		moment("twice-in-autumn", "2026-10-25 02:30:00", "", "2026-10-25T00:30:00Z"),
		moment("spring-with-offset", "2026-03-29T02:30:00+01:00", "", "2026-03-29T01:30:00Z"),
		moment("microseconds", "2026-01-31 14:30:00.123456", "", "2026-01-31T13:30:00.123456Z"),
		moment("nanoseconds", "2026-01-31 14:30:00.123456789", "", "2026-01-31T13:30:00.123456Z"),
		moment("seconds-since-1970", "1769866200", "type.timestamp", ""),
		moment("day-of-the-year", "2026-031", "type.timestamp", ""),
		moment("week", "2026-W05-6", "type.timestamp", ""),
		moment("year-10000", "10000-01-01 00:00:00", "type.timestamp", ""),
		moment("year-0001", "0001-01-01 00:00:00", "type.timestamp", ""),
		moment("time-alone", "14:30:00", "type.timestamp", ""),
		moment("two-moments", "2026-01-31 14:30 - 15:30", "type.timestamp", ""),
	}
}
