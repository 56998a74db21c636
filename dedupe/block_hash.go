package dedupe

import "github.com/zeebo/xxh3"

// hash32 is a hash of text that is never 0.
func hash32(text []byte) uint32 {
	h := uint32(xxh3.Hash(text))
	if h == 0 {
		return 1
	}
	return h
}

// mix joins hashes in order; the result is well spread.
func mix(parts ...uint64) uint64 {
	h := uint64(0x9E3779B97F4A7C15)
	for _, p := range parts {
		h ^= p
		h *= 0xFF51AFD7ED558CCD
		h ^= h >> 32
		h *= 0xC4CEB9FE1A85EC53
		h ^= h >> 29
	}
	return h
}

// radixSort sorts keys ascending by the bytes from low up to the highest byte;
// spare is scratch space of the same length. It returns the sorted slice,
// which is one of the two.
func radixSort(keys, spare []uint64, low int) []uint64 {
	for shift := 8 * low; shift < 64; shift += 8 {
		var count [257]int
		for _, k := range keys {
			count[k>>shift&255+1]++
		}
		if count[keys0(keys, shift)+1] == len(keys) {
			continue
		}
		for i := 1; i < 257; i++ {
			count[i] += count[i-1]
		}
		for _, k := range keys {
			b := k >> shift & 255
			spare[count[b]] = k
			count[b]++
		}
		keys, spare = spare, keys
	}
	return keys
}

func keys0(keys []uint64, shift int) int {
	if len(keys) == 0 {
		return 0
	}
	return int(keys[0] >> shift & 255)
}
