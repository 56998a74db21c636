package dedupe

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"
)

// EventType says what an Event of the ledger did.
type EventType string

// The types of events. Keys that ended keep resolving, see State.Resolve.
const (
	EventCreate EventType = "create" // Members, new parties, become the new customer CustomerKey
	EventAbsorb EventType = "absorb" // Members come to CustomerKey: all of customer From, which ends; new parties where From is 0
	EventSplit  EventType = "split"  // Members leave From, which lives on, for CustomerKey, new or existing
	EventRetire EventType = "retire" // Members of CustomerKey have no record any more; it ends with its last one
)

// Event is one line of the ledger: how parties came to their customer. It
// holds opaque keys only.
type Event struct {
	Type        EventType `json:"t"`
	Run         int64     `json:"run"`
	CustomerKey int64     `json:"key"`
	From        int64     `json:"from,omitempty"`
	Members     []int64   `json:"members,omitempty"` // source_customer_keys, ascending
	Reason      string    `json:"why,omitempty"`
	AsOf        string    `json:"as_of,omitempty"` // on the first event of a run: the moment it speaks for, RFC 3339
}

// StampRun writes the moment that a run speaks for on the first of its events,
// so that the ledger tells what was known at a time.
func StampRun(events []Event, asOf time.Time) {
	if len(events) > 0 {
		events[0].AsOf = asOf.UTC().Format(time.RFC3339)
	}
}

// State is the identity that a ledger adds up to. Read its maps, change it by
// Replay only.
type State struct {
	Members map[int64]int64 // source_customer_key -> customer_key
	Into    map[int64]int64 // ended customer_key -> the key it went into then, Gone where into none
	Next    int64           // smallest key never given out

	run   int64             // of the last event
	base  int64             // Next before the first event of run
	size  map[int64]int     // members of each living customer
	ended map[int64][]int64 // members of each ended customer at its end
}

// Gone is what a retired customer key resolves to: the unknown customer.
const Gone int64 = -1

// NewState is the state before the first event.
func NewState() *State {
	return &State{Members: map[int64]int64{}, Into: map[int64]int64{}, Next: 1, base: 1, size: map[int64]int{}, ended: map[int64][]int64{}}
}

// Customers is the number of living customers.
func (s *State) Customers() int64 { return int64(len(s.size)) }

func (s *State) clone() *State {
	c := *s
	c.Members, c.Into, c.size, c.ended = maps.Clone(s.Members), maps.Clone(s.Into), maps.Clone(s.size), maps.Clone(s.ended)
	return &c
}

// Spend raises Next above every key of a ledger file whose events do not hold
// (those of rolled-back and killed runs): a key is given out once. Call it
// after the last Replay.
func (s *State) Spend(lines []byte) error {
	return eachEvent(lines, func(e Event) error {
		s.Next = max(s.Next, e.CustomerKey+1)
		return nil
	})
}

// Replay applies the events of one ledger file; files go in the order of their
// runs. It refuses events that do not follow from the state, among them those
// that were applied before, naming the line. After an error the events before
// that line are applied.
func (s *State) Replay(lines []byte) error {
	return eachEvent(lines, s.apply)
}

func (s *State) apply(e Event) error {
	if err := s.check(e); err != nil {
		return err
	}
	if e.Run > s.run {
		s.run, s.base = e.Run, s.Next
	}
	s.Next = max(s.Next, e.CustomerKey+1)
	switch {
	case e.Type == EventRetire:
		for _, m := range e.Members {
			delete(s.Members, m)
		}
		s.shrink(e.CustomerKey, Gone, e.Members)
		return nil
	case e.From != 0:
		s.shrink(e.From, e.CustomerKey, e.Members)
	}
	for _, m := range e.Members {
		s.Members[m] = e.CustomerKey
	}
	s.size[e.CustomerKey] += len(e.Members)
	return nil
}

// shrink takes members from a customer and ends it where none is left.
func (s *State) shrink(customer, into int64, members []int64) {
	s.size[customer] -= len(members)
	if s.size[customer] == 0 {
		delete(s.size, customer)
		s.Into[customer], s.ended[customer] = into, slices.Clone(members)
	}
}

// check says why e does not follow from the state, nil if it does.
func (s *State) check(e Event) error {
	switch {
	case e.CustomerKey <= 0:
		return fmt.Errorf("event %q has no customer key", e.Type)
	case e.Run < s.run:
		return fmt.Errorf("run %d comes after run %d", e.Run, s.run)
	case len(e.Members) == 0:
		return fmt.Errorf("%s of customer %d is without members", e.Type, e.CustomerKey)
	case !ascending(e.Members):
		return fmt.Errorf("members of customer %d are not in ascending order", e.CustomerKey)
	case e.From == e.CustomerKey:
		return fmt.Errorf("customer %d comes from itself", e.CustomerKey)
	}
	switch e.Type {
	case EventCreate:
		if e.From != 0 {
			return fmt.Errorf("customer %d is created from customer %d", e.CustomerKey, e.From)
		}
		return firstOf(s.checkNew(e), s.checkMembers(e, 0))
	case EventAbsorb:
		return firstOf(s.checkLives(e.CustomerKey), s.checkMembers(e, e.From), s.checkRest(e, e.From, func(rest int) bool { return e.From == 0 || rest == 0 }))
	case EventSplit:
		if e.From == 0 {
			return fmt.Errorf("customer %d is split from nothing", e.CustomerKey)
		}
		target := error(nil)
		if s.size[e.CustomerKey] == 0 {
			target = s.checkNew(e)
		}
		return firstOf(target, s.checkMembers(e, e.From), s.checkRest(e, e.From, func(rest int) bool { return rest > 0 }))
	case EventRetire:
		return s.checkMembers(e, e.CustomerKey)
	}
	return fmt.Errorf("event type %q is not create, absorb, split or retire", e.Type)
}

func ascending(members []int64) bool {
	for i := 1; i < len(members); i++ {
		if members[i] <= members[i-1] {
			return false
		}
	}
	return true
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// checkNew refuses a key that was given out before.
func (s *State) checkNew(e Event) error {
	base := s.base
	if e.Run > s.run {
		base = s.Next
	}
	_, hasEnded := s.Into[e.CustomerKey]
	if e.CustomerKey < base || hasEnded || s.size[e.CustomerKey] > 0 {
		return fmt.Errorf("%s of customer %d: the key was given out before", e.Type, e.CustomerKey)
	}
	return nil
}

func (s *State) checkLives(customer int64) error {
	if s.size[customer] == 0 {
		return fmt.Errorf("customer %d does not exist at this point", customer)
	}
	return nil
}

func (s *State) checkMembers(e Event, owner int64) error {
	for _, m := range e.Members {
		if now := s.Members[m]; now != owner {
			return fmt.Errorf("%s of customer %d: a member should belong to customer %d, but it belongs to %d", e.Type, e.CustomerKey, owner, now)
		}
	}
	return nil
}

// checkRest judges how many members a customer keeps.
func (s *State) checkRest(e Event, customer int64, fits func(rest int) bool) error {
	if rest := s.size[customer] - len(e.Members); !fits(rest) {
		return fmt.Errorf("%s of customer %d: customer %d would keep %d members", e.Type, e.CustomerKey, customer, rest)
	}
	return nil
}

// Resolve returns the customer that a key stands for now: itself while it
// lives; once it has ended, the customer that holds most of the members it
// ended with (of equal ones the smallest key), or where none of them is left,
// the one it went into; Gone where there is none. A key never given out stands
// for itself.
func (s *State) Resolve(key int64) int64 {
	for {
		into, hasEnded := s.Into[key]
		if !hasEnded {
			return key
		}
		if holder := s.holder(s.ended[key]); holder != 0 {
			return holder
		}
		key = into // it lived when key ended, so this comes to an end
	}
}

// holder is the customer with most of the members, 0 if none has a customer.
func (s *State) holder(members []int64) int64 {
	held := map[int64]int{}
	for _, m := range members {
		if customer := s.Members[m]; customer != 0 {
			held[customer]++
		}
	}
	best := int64(0)
	for customer, n := range held {
		if best == 0 || n > held[best] || n == held[best] && customer < best {
			best = customer
		}
	}
	return best
}

// EncodeEvents writes events as JSON Lines.
func EncodeEvents(events []Event) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for _, e := range events {
		if err := encoder.Encode(e); err != nil {
			return nil, fmt.Errorf("encode ledger: %w", err)
		}
	}
	return out.Bytes(), nil
}

// DecodeEvents reads what EncodeEvents wrote, without judging it.
func DecodeEvents(lines []byte) ([]Event, error) {
	var events []Event
	err := eachEvent(lines, func(e Event) error {
		events = append(events, e)
		return nil
	})
	return events, err
}

// maxEventBytes bounds one line of the ledger.
const maxEventBytes = 1 << 30

func eachEvent(lines []byte, use func(Event) error) error {
	scanner := bufio.NewScanner(bytes.NewReader(lines))
	scanner.Buffer(nil, maxEventBytes)
	for number := 1; scanner.Scan(); number++ {
		if len(bytes.TrimSpace(scanner.Bytes())) == 0 {
			continue
		}
		e, err := decodeEvent(scanner.Bytes())
		if err == nil {
			err = use(e)
		}
		if err != nil {
			return fmt.Errorf("ledger line %d: %w", number, err)
		}
	}
	if err := scanner.Err(); err != nil {
		return fmt.Errorf("read ledger: %w", err)
	}
	return nil
}

// decodeEvent refuses fields it does not know: an older program must not
// misread a newer ledger.
func decodeEvent(line []byte) (Event, error) {
	var e Event
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(&e)
	return e, err
}
