package dedupe

import "errors"

// FieldEvidence is what one field says about a pair.
type FieldEvidence struct {
	Field     string
	Level     string // name of the comparison level
	Millibits int32  // positive speaks for one customer
}

// Explanation is the evidence on a pair, field by field. Score is the sum of
// the fields' millibits, Prior and Family.
type Explanation struct {
	Left, Right int64
	Prior       int32 // log2 odds before any evidence
	Fields      []FieldEvidence
	Family      int32 // correction for relatives, who share names, addresses and phones
	Score, Cut  int32
}

// Explain tells why left and right are, or are not, one customer.
func Explain(r *Records, names *Names, m *Model, left, right int64) (Explanation, error) {
	return Explanation{}, errors.New("not built")
}
