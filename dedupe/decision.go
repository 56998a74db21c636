package dedupe

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Verdicts of a StoredDecision.
const (
	VerdictSame      = "same"
	VerdictNotSame   = "not same"
	VerdictUndecided = "undecided"
)

// StoredDecision is one line of decisions/*.jsonl: a person's judgement of two
// parties. The newest line about a pair holds; "undecided" withdraws it.
type StoredDecision struct {
	Left    int64     `json:"left"`  // source_customer_key
	Right   int64     `json:"right"` // source_customer_key
	Verdict string    `json:"verdict"`
	Who     string    `json:"who"`
	When    time.Time `json:"when"`
	Why     string    `json:"why"`
}

// Check says what is wrong with a judgement, nil if nothing is.
func (s StoredDecision) Check() error {
	if s.Left == 0 || s.Right == 0 || s.Left == s.Right {
		return errors.New("left and right must be two different source_customer_keys")
	}
	switch s.Verdict {
	case VerdictSame, VerdictNotSame, VerdictUndecided:
		return nil
	}
	return fmt.Errorf("verdict %q is not same, not same or undecided", s.Verdict)
}

// Judgements are what people decided: on pairs of parties, on names, and on
// values of customers.
type Judgements struct {
	Pairs  []StoredDecision
	Names  []NameDecision
	Values []StoredOverride
}

// ParseDecisions reads the judgements of one file. Errors name the line.
func ParseDecisions(lines []byte) (found Judgements, err error) {
	number := 0
	for text := range bytes.Lines(lines) {
		number++
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		var line struct {
			Name  *string `json:"name"`
			Field *string `json:"field"`
		}
		if err := json.Unmarshal(text, &line); err != nil {
			return Judgements{}, fmt.Errorf("line %d: %w", number, err)
		}
		switch {
		case line.Field != nil:
			found.Values, err = appendDecision(found.Values, text)
		case line.Name != nil:
			found.Names, err = appendDecision(found.Names, text)
		default:
			found.Pairs, err = appendDecision(found.Pairs, text)
		}
		if err != nil {
			return Judgements{}, fmt.Errorf("line %d: %w", number, err)
		}
	}
	return found, nil
}

func appendDecision[D interface{ Check() error }](to []D, line []byte) ([]D, error) {
	var d D
	if err := json.Unmarshal(line, &d); err != nil {
		return nil, err
	}
	return append(to, d), d.Check()
}

// HoldingDecisions are the judgements that hold, oldest first: of several on a
// pair the newest, of equally new ones the last in all; "undecided" leaves none.
func HoldingDecisions(all []StoredDecision) Decisions {
	ordered := slices.Clone(all)
	slices.SortStableFunc(ordered, func(a, b StoredDecision) int { return a.When.Compare(b.When) })
	last := make(map[[2]int64]int, len(ordered))
	for i, s := range ordered {
		last[[2]int64{min(s.Left, s.Right), max(s.Left, s.Right)}] = i
	}
	var holding Decisions
	for i, s := range ordered {
		if last[[2]int64{min(s.Left, s.Right), max(s.Left, s.Right)}] == i && s.Verdict != VerdictUndecided {
			holding = append(holding, Decision{Left: s.Left, Right: s.Right, Same: s.Verdict == VerdictSame})
		}
	}
	return holding
}

// Differ returns the judgements that hold in one of d and other only: new,
// withdrawn or reversed ones.
func (d Decisions) Differ(other Decisions) Decisions {
	var found Decisions
	for _, sides := range [...][2]Decisions{{d, other}, {other, d}} {
		known := make(map[Decision]bool, len(sides[1]))
		for _, x := range sides[1] {
			known[x.ordered()] = true
		}
		for _, x := range sides[0] {
			if !known[x.ordered()] {
				found = append(found, x)
			}
		}
	}
	return found
}

// ordered is the same judgement with the smaller key left.
func (x Decision) ordered() Decision {
	return Decision{Left: min(x.Left, x.Right), Right: max(x.Left, x.Right), Same: x.Same}
}
