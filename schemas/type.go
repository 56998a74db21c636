package schemas

import (
	"fmt"

	"github.com/apache/arrow-go/v18/arrow"
)

// Type is the type of a canonical field. Between stages only the Arrow types
// of Type.Arrow travel.
type Type string

// The types of canonical fields.
const (
	Text      Type = "text"      // utf8
	Integer   Type = "integer"   // int64
	Decimal   Type = "decimal"   // decimal128(18,4), exact
	Rate      Type = "rate"      // decimal128(18,10), of one currency in another
	Bool      Type = "bool"      // boolean
	Date      Type = "date"      // int32, days since 1970-01-01
	Timestamp Type = "timestamp" // int64, microseconds since 1970-01-01T00:00:00Z
)

// MoneyPrecision and MoneyScale are the precision and scale of every decimal
// field. A value with more decimal places is refused, never rounded.
const (
	MoneyPrecision = 18
	MoneyScale     = 4
)

// MoneyType is the Arrow type of every decimal field.
var MoneyType = &arrow.Decimal128Type{Precision: MoneyPrecision, Scale: MoneyScale}

// RateScale is the scale of exchange rates: a yen is 0.0061234 euros. Further
// places are rounded.
const RateScale = 10

// RateType is the Arrow type of exchange rates.
var RateType = &arrow.Decimal128Type{Precision: MoneyPrecision, Scale: RateScale}

// IDType is the Arrow type of row ids and content hashes (see ID).
var IDType = &arrow.Decimal128Type{Precision: 38, Scale: 0}

// Arrow returns the Arrow type that carries values of t between stages.
func (t Type) Arrow() arrow.DataType {
	switch t {
	case Integer, Timestamp:
		return arrow.PrimitiveTypes.Int64
	case Decimal:
		return MoneyType
	case Rate:
		return RateType
	case Bool:
		return arrow.FixedWidthTypes.Boolean
	case Date:
		return arrow.PrimitiveTypes.Int32
	default:
		return arrow.BinaryTypes.String
	}
}

// SQL returns the DuckDB type that stores values of t.
func (t Type) SQL() string {
	switch t {
	case Integer:
		return "BIGINT"
	case Decimal:
		return fmt.Sprintf("DECIMAL(%d,%d)", MoneyPrecision, MoneyScale)
	case Rate:
		return fmt.Sprintf("DECIMAL(%d,%d)", MoneyPrecision, RateScale)
	case Bool:
		return "BOOLEAN"
	case Date:
		return "DATE"
	case Timestamp:
		return "TIMESTAMPTZ"
	default:
		return "VARCHAR"
	}
}

func (t Type) valid() bool {
	switch t {
	case Text, Integer, Decimal, Rate, Bool, Date, Timestamp:
		return true
	}
	return false
}
