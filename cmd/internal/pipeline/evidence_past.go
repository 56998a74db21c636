package pipeline

import (
	"fmt"
	"slices"
	"time"

	"loadstar/dedupe"
)

// PastEvent is an event of the ledger and the moment that its run spoke for;
// zero where the ledger of an older program does not tell.
type PastEvent struct {
	dedupe.Event
	At time.Time
}

// History lists the ledger's events in which a customer key took part, oldest
// first.
func (e *Evidence) History(customer int64) ([]PastEvent, error) {
	var history []PastEvent
	err := e.eachRun(func(_ []byte, at time.Time, events []dedupe.Event) (bool, error) {
		for _, event := range events {
			if event.CustomerKey == customer || event.From == customer {
				history = append(history, PastEvent{event, at})
			}
		}
		return true, nil
	})
	return history, err
}

// Past is what a customer was at a moment.
type Past struct {
	Run      int64     // the last one that had changed identities by then, 0 = none had
	AsOf     time.Time // the moment it spoke for
	Exists   bool      // the key had been given out
	Customer int64     // the customer that the key meant then
	Records  []int64   // of that customer, ascending
}

// CustomerAt replays the ledger up to the last run that speaks for a moment not
// after the one asked for. It fails where the ledger does not tell when its
// runs were.
func (e *Evidence) CustomerAt(customer int64, moment time.Time) (Past, error) {
	state, past := dedupe.NewState(), Past{}
	err := e.eachRun(func(lines []byte, at time.Time, events []dedupe.Event) (bool, error) {
		switch {
		case len(events) == 0:
			return true, nil
		case at.IsZero():
			return false, fmt.Errorf("the ledger of run %d was written by a program that did not note when; loadstar explain customer %d shows its events", events[0].Run, customer)
		case at.After(moment):
			return false, nil
		}
		past.Run, past.AsOf = events[0].Run, at
		return true, state.Replay(lines)
	})
	if err != nil || customer >= state.Next {
		return past, err
	}
	past.Exists, past.Customer = true, state.Resolve(customer)
	for record, owner := range state.Members {
		if owner == past.Customer {
			past.Records = append(past.Records, record)
		}
	}
	slices.Sort(past.Records)
	return past, nil
}

// eachRun goes through the ledger, oldest run first, until use says no.
func (e *Evidence) eachRun(use func(lines []byte, at time.Time, events []dedupe.Event) (more bool, err error)) error {
	for _, name := range e.version.Manifest.Ledger {
		lines, err := e.warehouse.Ledger(name)
		if err != nil {
			return err
		}
		events, err := dedupe.DecodeEvents(lines)
		if err != nil {
			return fmt.Errorf("ledger %s: %w", name, err)
		}
		var at time.Time
		if len(events) > 0 && events[0].AsOf != "" {
			if at, err = time.Parse(time.RFC3339, events[0].AsOf); err != nil {
				return fmt.Errorf("ledger %s: %w", name, err)
			}
		}
		if more, err := use(lines, at, events); err != nil || !more {
			return err
		}
	}
	return nil
}
