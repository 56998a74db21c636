package dedupe

import "fmt"

// AddReasons says in each event why it happened, as far as the pairs of the
// same run's match tell: the human decision or the strongest evidence between
// the members that moved and the customer they moved to.
func AddReasons(events []Event, pairs []Pair) {
	moved := map[int64]int{} // member -> event
	for i, e := range events {
		for _, m := range e.Members {
			moved[m] = i
		}
		switch {
		case e.Type == EventCreate:
			events[i].Reason = "new party"
		case e.Type == EventRetire:
			events[i].Reason = "no record any more"
		case e.Type == EventSplit:
			events[i].Reason = "evidence of the whole cluster no longer holds"
		default:
			events[i].Reason = "evidence of the whole cluster"
		}
	}
	best := make([]Pair, len(events))
	for _, p := range pairs {
		left, right := -1, -1
		if i, ok := moved[p.Left]; ok {
			left = i
		}
		if i, ok := moved[p.Right]; ok {
			right = i
		}
		if left == right {
			continue
		}
		for _, i := range [...]int{left, right} {
			if i >= 0 && tells(events[i].Type, p) && stronger(p, best[i]) {
				best[i] = p
				events[i].Reason = reasonOf(events[i].Type, p)
			}
		}
	}
}

// ReasonRematch says of merges and splits that a new model decided on all
// records. Call it after AddReasons.
func ReasonRematch(events []Event, model string) {
	const shown = 8 // digits of the hash
	for i, e := range events {
		if e.Type == EventSplit || e.Type == EventAbsorb && e.From != 0 {
			events[i].Reason = fmt.Sprintf("rematch with model %.*s: %s", shown, model, e.Reason)
		}
	}
}

// tells says whether a pair is a reason for an event of the type: what joins
// comes of pairs that are the same, what splits of a decision or of evidence for
// the records it joins instead.
func tells(t EventType, p Pair) bool {
	switch t {
	case EventAbsorb:
		return p.Decision == Merged || p.Decision == Decided
	case EventSplit:
		return p.Decision == Forbidden || p.Decision == Merged || p.Decision == Decided
	}
	return false
}

// stronger orders pairs: decisions first, then by score, then by keys.
func stronger(p, q Pair) bool {
	isDecided, wasDecided := p.Decision != Merged, q.Decision != "" && q.Decision != Merged
	switch {
	case q.Left == 0:
		return true
	case isDecided != wasDecided:
		return isDecided
	case p.Score != q.Score:
		return p.Score > q.Score
	}
	return p.Left < q.Left || p.Left == q.Left && p.Right < q.Right
}

func reasonOf(t EventType, p Pair) string {
	nearer := ""
	if t == EventSplit && p.Decision == Merged {
		nearer = "nearer to another, "
	}
	switch p.Decision {
	case Decided, Forbidden:
		return fmt.Sprintf("decided %s: %d and %d", p.Decision, p.Left, p.Right)
	}
	return nearer + fmt.Sprintf("%d.%03d bits: %d and %d", p.Score/1000, max(p.Score, -p.Score)%1000, p.Left, p.Right)
}
