package transform

import "strings"

// Unpadded writes a number that names something without the zeros in front by
// which others fill it up to one length: 42 of 00042. Anything else stays as it
// is; of zeros alone one is left. It is idempotent.
func Unpadded(id string) string {
	if len(id) < 2 || id[0] != '0' || strings.IndexFunc(id, func(r rune) bool { return r < '0' || r > '9' }) >= 0 {
		return id
	}
	if bare := strings.TrimLeft(id, "0"); bare != "" {
		return bare
	}
	return "0"
}
