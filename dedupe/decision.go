package dedupe

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"time"
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

// ParseDecisions adds the judgements of one file to those of earlier files and
// returns the ones that hold. Errors name the line.
func ParseDecisions(earlier Decisions, lines []byte) (Decisions, error) {
	scanner := bufio.NewScanner(bytes.NewReader(lines))
	for number := 1; scanner.Scan(); number++ {
		if len(bytes.TrimSpace(scanner.Bytes())) == 0 {
			continue
		}
		var s StoredDecision
		if err := json.Unmarshal(scanner.Bytes(), &s); err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		if s.Left == 0 || s.Right == 0 || s.Left == s.Right {
			return nil, fmt.Errorf("line %d: left and right must be two different source_customer_keys", number)
		}
		earlier = withdraw(earlier, s.Left, s.Right)
		switch s.Verdict {
		case "same", "not same":
			earlier = append(earlier, Decision{Left: s.Left, Right: s.Right, Same: s.Verdict == "same"})
		case "undecided":
		default:
			return nil, fmt.Errorf("line %d: verdict %q is not same, not same or undecided", number, s.Verdict)
		}
	}
	if err := scanner.Err(); err != nil {
		return nil, fmt.Errorf("read decisions: %w", err)
	}
	return earlier, nil
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

func withdraw(d Decisions, left, right int64) Decisions {
	var kept Decisions
	for _, x := range d {
		if (x.Left != left || x.Right != right) && (x.Left != right || x.Right != left) {
			kept = append(kept, x)
		}
	}
	return kept
}
