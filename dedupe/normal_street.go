package dedupe

import "bytes"

// appendStreet writes a street's name folded, the word that says what kind of
// street it is written in one way: last ("High St", "Hauptstr.") or first
// ("C/ Mayor", "Av. Foch"). "St" before the last word is a saint.
func appendStreet(buf []byte, name string) []byte {
	var room [96]byte
	folded := appendFold(room[:0], name)
	last := bytes.LastIndexByte(folded, ' ') + 1
	for at := 0; at < len(folded); {
		end := len(folded)
		if space := bytes.IndexByte(folded[at:], ' '); space >= 0 {
			end = at + space
		}
		word, long := folded[at:end], ""
		switch {
		case at == last:
			long = streetEnding(word, at > 0)
		case at == 0:
			long = streetBeginning(word)
		}
		if long == "" {
			buf = append(buf, word...)
		} else {
			buf = append(buf, long...)
		}
		if at = end + 1; end < len(folded) {
			buf = append(buf, ' ')
		}
	}
	return streetSuffix(buf)
}

// streetEnding gives the long form of a kind of street that ends a name, ""
// where the word is none. A word that is the whole name keeps its form.
func streetEnding(w []byte, follows bool) string {
	if !follows {
		return ""
	}
	switch string(w) {
	case "st", "str", "strt":
		return "street"
	case "rd":
		return "road"
	case "ave", "av", "aven", "avenu":
		return "avenue"
	case "blvd", "boul", "bvd", "blv", "boulv":
		return "boulevard"
	case "ln":
		return "lane"
	case "dr", "drv":
		return "drive"
	case "ct", "crt":
		return "court"
	case "cl":
		return "close"
	case "cres", "crescnt", "cr":
		return "crescent"
	case "pl":
		return "place"
	case "sq":
		return "square"
	case "ter", "terr", "tce":
		return "terrace"
	case "pde":
		return "parade"
	case "gdns", "gdn":
		return "gardens"
	case "gr", "gro":
		return "grove"
	case "pkwy", "pky":
		return "parkway"
	case "hwy":
		return "highway"
	case "cir", "circ":
		return "circle"
	case "trl":
		return "trail"
	case "cct":
		return "circuit"
	case "esp":
		return "esplanade"
	}
	return ""
}

// streetBeginning gives the long form of a kind of street that begins a name.
func streetBeginning(w []byte) string {
	switch string(w) {
	case "c", "cl", "cll":
		return "calle"
	case "av", "ave", "avda", "avd", "avenida":
		return "avenue"
	case "bd", "bld", "blvd", "boul", "bvd":
		return "boulevard"
	case "r":
		return "rue"
	case "ch", "che", "chem":
		return "chemin"
	case "imp":
		return "impasse"
	case "all":
		return "allee"
	case "pl", "plaza", "placa", "pza", "plza":
		return "place"
	case "ul":
		return "ulica"
	case "al":
		return "aleja"
	case "v":
		return "via"
	case "vle":
		return "viale"
	}
	return ""
}

// streetSuffix writes a joined "str" out, and a joined "strasse" as its own
// word does: "hauptstr" and "hauptstrasse" are one, and so are "haupt str"
// and "haupt strasse".
func streetSuffix(name []byte) []byte {
	const long = "strasse"
	if joined, ok := bytes.CutSuffix(name, []byte("str")); ok && len(joined) > 2 && joined[len(joined)-1] != ' ' {
		return append(joined, long...)
	}
	if apart, ok := bytes.CutSuffix(name, []byte(" "+long)); ok {
		return append(apart, " street"...)
	}
	return name
}
