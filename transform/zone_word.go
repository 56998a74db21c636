package transform

// zoneOffset is how many seconds east of UTC the clocks of a zone are that
// programs name behind a time of day; ok is false for words that mean several
// zones, as CST, IST and BST do, and for those that mean none.
func zoneOffset(word string) (seconds int64, ok bool) {
	const hour = 3600
	switch word {
	case "UTC", "GMT", "Z", "WET":
		return 0, true
	case "WEST", "CET", "MEZ":
		return hour, true
	case "CEST", "MESZ", "EET", "SAST":
		return 2 * hour, true
	case "EEST", "MSK":
		return 3 * hour, true
	case "AWST":
		return 8 * hour, true
	case "JST", "KST":
		return 9 * hour, true
	case "AEST":
		return 10 * hour, true
	case "AEDT":
		return 11 * hour, true
	case "NZST":
		return 12 * hour, true
	case "NZDT":
		return 13 * hour, true
	case "EDT":
		return -4 * hour, true
	case "EST", "CDT":
		return -5 * hour, true
	case "MDT":
		return -6 * hour, true
	case "PDT":
		return -7 * hour, true
	case "PST", "AKDT":
		return -8 * hour, true
	case "AKST":
		return -9 * hour, true
	case "HST":
		return -10 * hour, true
	}
	return 0, false
}
