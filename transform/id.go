package transform

import (
	"strconv"
	"strings"

	"loadstar/schemas"
)

// Unpadded writes a number that names something without the zeros that others
// write about it: 42 of 00042, as programs fill numbers up to one length, and of
// 42.0, as they write whole numbers of columns with gaps. Anything else stays as
// it is; of zeros alone one is left. It is idempotent.
func Unpadded(id string) string {
	if len(id) < 2 || id[0] != '0' && id[len(id)-1] != '0' {
		return id
	}
	whole, places, _ := strings.Cut(id, ".")
	if !isDigits(whole) || strings.Trim(places, "0") != "" || len(whole)+1 == len(id) {
		return id
	}
	if bare := strings.TrimLeft(whole, "0"); bare != "" {
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
