package extract

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math"
	"strconv"
	"time"
)

// The types of PostgreSQL that are read in binary, by their fixed ids.
const (
	pgBool        = 16
	pgBytea       = 17
	pgInt8        = 20
	pgInt2        = 21
	pgInt4        = 23
	pgText_       = 25
	pgJSON        = 114
	pgFloat4      = 700
	pgFloat8      = 701
	pgMoney       = 790
	pgBpchar      = 1042
	pgVarchar     = 1043
	pgDate        = 1082
	pgTimestamp   = 1114
	pgTimestamptz = 1184
	pgNumeric     = 1700
	pgUUID        = 2950
	pgJSONB       = 3802
)

// pgText appends the text of a value in PostgreSQL's binary format.
type pgText func(to, raw []byte) ([]byte, error)

// postgresText says how values of a type are read: in which format, and how
// they become text; nil where they are text already. What has no binary reader
// here (arrays, enums, intervals, ranges, types of extensions) comes as the
// server writes it, which is exact too.
func postgresText(id uint32) (pgText, int16) {
	switch id {
	case pgInt2, pgInt4, pgInt8:
		return pgInteger, 1
	case pgText_, pgVarchar, pgBpchar, pgJSON:
		return nil, 1
	case pgJSONB:
		return pgDocument, 1
	case pgBool:
		return pgTruth, 1
	case pgNumeric:
		return pgDecimal, 1
	case pgTimestamp:
		return func(to, raw []byte) ([]byte, error) { return pgMoment(to, raw, "") }, 1
	case pgTimestamptz:
		return func(to, raw []byte) ([]byte, error) { return pgMoment(to, raw, "Z") }, 1
	case pgDate:
		return pgDay, 1
	case pgFloat4, pgFloat8:
		return pgFloat, 1
	case pgUUID:
		return pgUniversal, 1
	case pgBytea:
		return func(to, raw []byte) ([]byte, error) { return hex.AppendEncode(to, raw), nil }, 1
	}
	return nil, 0
}

var errPostgresValue = errors.New("the server sent a value of another size than its type's")

func pgInteger(to, raw []byte) ([]byte, error) {
	switch len(raw) {
	case 2:
		return strconv.AppendInt(to, int64(int16(binary.BigEndian.Uint16(raw))), 10), nil
	case 4:
		return strconv.AppendInt(to, int64(int32(binary.BigEndian.Uint32(raw))), 10), nil
	case 8:
		return strconv.AppendInt(to, int64(binary.BigEndian.Uint64(raw)), 10), nil
	}
	return to, errPostgresValue
}

func pgDocument(to, raw []byte) ([]byte, error) {
	if len(raw) == 0 || raw[0] != 1 {
		return to, errPostgresValue
	}
	return append(to, raw[1:]...), nil
}

func pgTruth(to, raw []byte) ([]byte, error) {
	if len(raw) != 1 {
		return to, errPostgresValue
	}
	return strconv.AppendBool(to, raw[0] != 0), nil
}

func pgFloat(to, raw []byte) ([]byte, error) {
	switch len(raw) {
	case 4:
		return appendFloat(to, float64(math.Float32frombits(binary.BigEndian.Uint32(raw))), 32), nil
	case 8:
		return appendFloat(to, math.Float64frombits(binary.BigEndian.Uint64(raw)), 64), nil
	}
	return to, errPostgresValue
}

func pgUniversal(to, raw []byte) ([]byte, error) {
	if len(raw) != 16 {
		return to, errPostgresValue
	}
	to = hex.AppendEncode(to, raw[:4])
	for at := 4; at < 10; at += 2 {
		to = hex.AppendEncode(append(to, '-'), raw[at:at+2])
	}
	return hex.AppendEncode(append(to, '-'), raw[10:]), nil
}

// Signs of a numeric, and how many decimal digits one of its digits holds.
const (
	pgNegative  = 0x4000
	pgNaN       = 0xC000
	pgInfinity  = 0xD000
	pgMinusInf  = 0xF000
	pgDigitSize = 4
)

// pgDecimal writes a numeric as the server does: with all digits of its scale.
func pgDecimal(to, raw []byte) ([]byte, error) {
	if len(raw) < 8 {
		return to, errPostgresValue
	}
	count := int(binary.BigEndian.Uint16(raw))
	weight := int(int16(binary.BigEndian.Uint16(raw[2:])))
	sign := binary.BigEndian.Uint16(raw[4:])
	scale := int(binary.BigEndian.Uint16(raw[6:]))
	digits := raw[8:]
	if len(digits) != 2*count {
		return to, errPostgresValue
	}
	switch sign {
	case pgNaN:
		return append(to, "NaN"...), nil
	case pgInfinity:
		return append(to, "Infinity"...), nil
	case pgMinusInf:
		return append(to, "-Infinity"...), nil
	case pgNegative:
		to = append(to, '-')
	}
	digit := func(i int) uint16 {
		if i < 0 || i >= count {
			return 0
		}
		return binary.BigEndian.Uint16(digits[2*i:])
	}
	if weight < 0 {
		to = append(to, '0')
	} else {
		to = strconv.AppendUint(to, uint64(digit(0)), 10)
		for i := 1; i <= weight; i++ {
			to = appendPadded(to, digit(i))
		}
	}
	if scale == 0 {
		return to, nil
	}
	to = append(to, '.')
	end := len(to) + scale
	for i := weight + 1; len(to) < end; i++ {
		to = appendPadded(to, digit(i))
	}
	return to[:end], nil
}

// appendPadded appends four decimal digits.
func appendPadded(to []byte, n uint16) []byte {
	return append(to, byte('0'+n/1000%10), byte('0'+n/100%10), byte('0'+n/10%10), byte('0'+n%10))
}

const (
	pgEpochDays     = 10957 // from 1970-01-01 to 2000-01-01
	secondsPerDay   = 86_400
	microsPerSecond = 1_000_000
	microsPerDay    = secondsPerDay * microsPerSecond
)

func pgDay(to, raw []byte) ([]byte, error) {
	if len(raw) != 4 {
		return to, errPostgresValue
	}
	switch days := int32(binary.BigEndian.Uint32(raw)); days {
	case math.MaxInt32:
		return append(to, "infinity"...), nil
	case math.MinInt32:
		return append(to, "-infinity"...), nil
	default:
		to, isBC := appendCivil(to, int64(days)+pgEpochDays)
		return appendEra(to, isBC), nil
	}
}

// pgMoment writes a timestamp; suffix stands behind the time.
func pgMoment(to, raw []byte, suffix string) ([]byte, error) {
	if len(raw) != 8 {
		return to, errPostgresValue
	}
	micros := int64(binary.BigEndian.Uint64(raw))
	switch micros {
	case math.MaxInt64:
		return append(to, "infinity"...), nil
	case math.MinInt64:
		return append(to, "-infinity"...), nil
	}
	days, rest := micros/microsPerDay, micros%microsPerDay
	if rest < 0 {
		days, rest = days-1, rest+microsPerDay
	}
	to, isBC := appendCivil(to, days+pgEpochDays)
	seconds, fraction := rest/microsPerSecond, rest%microsPerSecond
	to = appendTwo(append(to, ' '), seconds/3600)
	to = appendTwo(append(to, ':'), seconds/60%60)
	to = appendTwo(append(to, ':'), seconds%60)
	if fraction > 0 {
		to = append(to, '.')
		for unit := int64(microsPerSecond / 10); fraction > 0; unit /= 10 {
			to = append(to, byte('0'+fraction/unit))
			fraction %= unit
		}
	}
	return appendEra(append(to, suffix...), isBC), nil
}

func appendEra(to []byte, isBC bool) []byte {
	if isBC {
		return append(to, " BC"...)
	}
	return to
}

// appendCivil writes the date so many days after 1970-01-01, as the server
// does: years have at least four digits, and none is zero or negative.
func appendCivil(to []byte, days int64) (_ []byte, isBC bool) {
	date := time.Unix(days*secondsPerDay, 0).UTC()
	year, month, day := date.Date()
	if year <= 0 {
		isBC, year = true, 1-year
	}
	if year < 10_000 {
		to = appendTwo(appendTwo(to, int64(year/100)), int64(year%100))
	} else {
		to = strconv.AppendInt(to, int64(year), 10)
	}
	to = appendTwo(append(to, '-'), int64(month))
	return appendTwo(append(to, '-'), int64(day)), isBC
}
