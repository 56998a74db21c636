package transform

// zoneOffset is how many seconds east of UTC the clocks of a zone are that
// programs name behind a time of day; ok is false for words that mean several
// zones, as CST, IST and BST do, and for those that mean none.
func zoneOffset(word string) (seconds int64, ok bool) {
	const hour = 3600
	hours, ok := map[string]int64{
		"UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3,
		"EST": -5, "EDT": -4, "CDT": -5, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
		"JST": 9, "KST": 9, "SAST": 2, "AEST": 10, "AEDT": 11, "AWST": 8, "NZST": 12, "NZDT": 13,
	}[word]
	return hours * hour, ok
}
