package transform

import (
	"strconv"
	"strings"

	"loadstar/schemas"
)

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

// hexID writes the first digits of an id.
func hexID(id schemas.ID, digits int) string {
	hi := strconv.FormatUint(uint64(id.HighBits()), 16)
	lo := strconv.FormatUint(id.LowBits(), 16)
	text := strings.Repeat("0", 16-len(hi)) + hi + strings.Repeat("0", 16-len(lo)) + lo
	return text[:digits]
}
