package dedupe

import (
	"errors"
	"fmt"
)

// ErrUnknownRecord is returned where a key names no record.
var ErrUnknownRecord = errors.New("no record has this source_customer_key")

// FieldEvidence is what one field says about a pair.
type FieldEvidence struct {
	Field     string
	Level     string // name of the comparison level
	Millibits int32  // positive speaks for one customer
}

// Explanation is the evidence on a pair, field by field. Score is the sum of
// the fields' millibits, Prior and Family, or lower where no evidence is the
// person's own.
type Explanation struct {
	Left, Right int64
	Prior       int32 // log2 odds before any evidence
	Fields      []FieldEvidence
	Family      int32 // correction for relatives, who share names, addresses and phones
	Score, Cut  int32
	Unsupported bool // shared evidence alone: never merged
}

// Explain tells why left and right are, or are not, one customer. It fails
// where a key names no record or the two are of different kinds.
func Explain(r *Records, names *Names, m *Model, left, right int64) (Explanation, error) {
	if err := r.check(); err != nil {
		return Explanation{}, fmt.Errorf("explain pair: %w", err)
	}
	i, okLeft := r.index(left)
	j, okRight := r.index(right)
	if !okLeft || !okRight {
		return Explanation{}, fmt.Errorf("explain pair: %w", ErrUnknownRecord)
	}
	k := r.rows[i].kind
	if k != r.rows[j].kind {
		return Explanation{}, errors.New("explain pair: a person and an organisation are never one customer")
	}
	f := r.scaled(names, m, 1)
	part := &m.parts[k]
	p := newComparer(f).compare(uint32(i), uint32(j))
	s := newScorer(part, f, f.parts[k])
	return explained(s, p, Explanation{Left: left, Right: right, Cut: part.Cut}), nil
}

func explained(s *scorer, p pattern, e Explanation) Explanation {
	e.Prior = s.prior[classMatch]
	sum := e.Prior
	for f := range fieldCount {
		level := p.levels.of(f)
		if level == 0 || f == fieldSuffix && level == suffixNeither {
			continue
		}
		bits := s.match[f][level] - s.chanceOf(f, level, p)
		if f == fieldFamily {
			bits -= s.bothNames(p)
		}
		sum += bits
		e.Fields = append(e.Fields, FieldEvidence{f.String(), levelName(f, level), bits})
	}
	e.Score = s.score(p)
	e.Unsupported = !p.supported()
	if !e.Unsupported {
		e.Family = e.Score - sum
	}
	return e
}
