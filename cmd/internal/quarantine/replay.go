package quarantine

import (
	"context"
	"fmt"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/validate"
	"loadstar/load"
	"loadstar/load/publish"
)

// Replayed says what the contracts of today make of the refused rows of one
// delivery.
type Replayed struct {
	Feed, Path string
	Refused    int    // rows in quarantine
	Passing    int    // of them, that would pass now
	Why        string // what most of the others still break, "" = all pass
	Fresh      int    // rows that passed before and would be refused now
}

// Replay reads each delivery that has open violations again, as it was landed,
// by the contracts of today.
func Replay(ctx context.Context, cfg config.Config, v publish.Version, open []load.Violation, workers int) ([]Replayed, error) {
	found, err := suspects(cfg, v, open)
	if err != nil {
		return nil, err
	}
	var all []Replayed
	for _, s := range found {
		broken, err := validate.Judge(ctx, cfg, s.feed, s.landed(cfg), workers)
		if err != nil {
			return all, fmt.Errorf("feed %s: %w", s.feed.Name, err)
		}
		all = append(all, s.replayed(broken))
	}
	return all, nil
}

func (s suspect) replayed(broken []validate.Broken) Replayed {
	r := Replayed{Feed: s.feed.Name, Path: s.delivery.Path}
	still := map[place]string{}
	for _, b := range broken {
		still[place{b.Sheet, b.Row}] = b.Code + " " + b.Reason
	}
	refused := map[place]bool{}
	why := map[string]int{}
	for _, m := range s.remarks {
		at := place{m.Sheet, m.Row}
		if refused[at] {
			continue
		}
		refused[at] = true
		r.Refused++
		reason, isBroken := still[at]
		if !isBroken {
			r.Passing++
			continue
		}
		if why[reason]++; r.Why == "" || why[reason] > why[r.Why] {
			r.Why = reason
		}
	}
	for at := range still {
		if !refused[at] {
			r.Fresh++
		}
	}
	return r
}
