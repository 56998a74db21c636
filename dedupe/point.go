package dedupe

import (
	"bytes"
	"math"
	"strconv"
	"strings"
)

// Point is the column, beside those of schemas.PartySchema, that says where a
// party is where no postcode does: degrees of latitude and longitude, as in
// "51.50735,-0.12776".
const Point = "point"

const (
	pointMark   = '@'    // before the text of a point, for it stands in the place of a postcode
	pointUnits  = 1e5    // in a degree
	metresAUnit = 1.1132 // of latitude
	sameSpot    = 150    // metres within which two points may be one place
	sameTown    = 2000   // and one town
	farAway     = 10_000 // and no place is in two
	cellUnits   = 1000   // sides of the cells that points are proposed by
)

// appendPoint writes a point in whole units; nothing where there is none, or
// the one that stands for none (0, 0).
func appendPoint(buf []byte, value string) []byte {
	first, second, _ := strings.Cut(value, ",")
	latitude, err1 := strconv.ParseFloat(strings.TrimSpace(first), 64)
	longitude, err2 := strconv.ParseFloat(strings.TrimSpace(second), 64)
	if err1 != nil || err2 != nil || !(math.Abs(latitude) <= 90) || !(math.Abs(longitude) <= 180) || latitude == 0 && longitude == 0 {
		return buf
	}
	buf = append(buf, pointMark)
	buf = strconv.AppendInt(buf, int64(math.Round(latitude*pointUnits)), 10)
	buf = append(buf, ' ')
	return strconv.AppendInt(buf, int64(math.Round(longitude*pointUnits)), 10)
}

// readPoint reads what appendPoint has written.
func readPoint(text []byte) (latitude, longitude int, ok bool) {
	if len(text) == 0 || text[0] != pointMark {
		return 0, 0, false
	}
	first, second, _ := bytes.Cut(text[1:], []byte(" "))
	latitude, err1 := strconv.Atoi(string(first))
	longitude, err2 := strconv.Atoi(string(second))
	return latitude, longitude, err1 == nil && err2 == nil
}

// metresBetween is the way between two points, as short ways are on a globe.
func metresBetween(lat1, lon1, lat2, lon2 int) float64 {
	north := float64(lat1-lat2) * metresAUnit
	across := math.Abs(float64(lon1 - lon2))
	across = min(across, 360*pointUnits-across)
	return math.Hypot(north, across*metresAUnit*math.Cos(float64(lat1+lat2)/2/pointUnits*math.Pi/180))
}

// placeOfCodes grades two different postcodes, or points in their place, which
// tell more than a town's name. A postcode and a point can't be compared.
func (c *comparer) placeOfCodes(a, b uint32) (grade int, arePoints bool) {
	textA, textB := c.f.r.texts.bytes(a), c.f.r.texts.bytes(b)
	lat1, lon1, isPoint := readPoint(textA)
	lat2, lon2, isOther := readPoint(textB)
	switch {
	case isPoint && isOther:
		switch metres := metresBetween(lat1, lon1, lat2, lon2); {
		case metres <= sameSpot:
			return placePostcode, true
		case metres <= sameTown:
			return placeCity, true
		}
		return placeUnlike, true
	case isPoint || isOther:
		return placeMissing, false
	case c.e.distance(textA, textB) == 1:
		return placeCity, false
	}
	return placeUnlike, false
}

// elsewhere says whether two points, in the place of postcodes, are far apart.
func (c *comparer) elsewhere(a, b uint32) bool {
	lat1, lon1, isPoint := readPoint(c.f.r.texts.bytes(a))
	lat2, lon2, isOther := readPoint(c.f.r.texts.bytes(b))
	return isPoint && isOther && metresBetween(lat1, lon1, lat2, lon2) > farAway
}

// areaOf is the facet of a postcode, or of the cell that a point lies in.
func (k keyer) areaOf(postcode uint32) uint32 {
	lat, lon, isPoint := readPoint(k.f.r.texts.bytes(postcode))
	if !isPoint {
		return k.f.r.texts.hashOf(postcode)
	}
	cell := func(units int) uint64 { return uint64(math.Floor(float64(units) / cellUnits)) }
	return max(uint32(mix(cell(lat)+1<<32, cell(lon)+1<<32)>>32), 1)
}
