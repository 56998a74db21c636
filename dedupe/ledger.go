package dedupe

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
)

// EventType says what an Event of the ledger did.
type EventType string

// The types of events. Retired keys keep resolving to the key they went into.
const (
	EventCreate EventType = "create" // a customer begins with Members
	EventAbsorb EventType = "absorb" // Members come to CustomerKey; From ends in it where From is not 0
	EventSplit  EventType = "split"  // Members leave From for CustomerKey
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
}

// State is the identity that a ledger adds up to.
type State struct {
	Members map[int64]int64 // source_customer_key -> customer_key
	Into    map[int64]int64 // absorbed customer_key -> the key it went into then
	Next    int64           // smallest key never given out
}

// NewState is the state before the first event.
func NewState() *State {
	return &State{Members: map[int64]int64{}, Into: map[int64]int64{}, Next: 1}
}

func (s *State) clone() *State {
	return &State{Members: maps.Clone(s.Members), Into: maps.Clone(s.Into), Next: s.Next}
}

// Spend raises Next above every key of a ledger file whose events do not hold
// (those of rolled-back and killed runs): a key is given out once.
func (s *State) Spend(lines []byte) error {
	return eachEvent(lines, func(e Event) error {
		s.Next = max(s.Next, e.CustomerKey+1)
		return nil
	})
}

// Replay applies the events of one ledger file. It refuses events that do not
// follow from the state, naming the line.
func (s *State) Replay(lines []byte) error {
	return eachEvent(lines, s.apply)
}

func (s *State) apply(e Event) error {
	switch {
	case e.CustomerKey <= 0:
		return fmt.Errorf("event %q has no customer key", e.Type)
	case e.Type == EventCreate && len(e.Members) == 0:
		return fmt.Errorf("customer %d is created without members", e.CustomerKey)
	case e.Type == EventSplit && e.From == 0:
		return fmt.Errorf("customer %d is split from nothing", e.CustomerKey)
	case e.Type != EventCreate && e.Type != EventAbsorb && e.Type != EventSplit:
		return fmt.Errorf("event type %q is not create, absorb or split", e.Type)
	}
	for _, m := range e.Members {
		now := s.Members[m]
		if e.Type == EventCreate && now != 0 {
			return fmt.Errorf("customer %d is created with a member of customer %d", e.CustomerKey, now)
		}
		if e.Type != EventCreate && now != e.From {
			return fmt.Errorf("a member comes to customer %d from %d, but it belongs to %d", e.CustomerKey, e.From, now)
		}
		s.Members[m] = e.CustomerKey
	}
	if e.Type == EventAbsorb && e.From != 0 {
		s.Into[e.From] = e.CustomerKey
	}
	delete(s.Into, e.CustomerKey)
	s.Next = max(s.Next, e.CustomerKey+1)
	return nil
}

// Resolve follows absorbed keys to the customer that holds them now.
func (s *State) Resolve(key int64) int64 {
	for range len(s.Into) + 1 {
		next, absorbed := s.Into[key]
		if !absorbed {
			return key
		}
		key = next
	}
	return key
}

// EncodeEvents writes events as JSON Lines.
func EncodeEvents(events []Event) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	for _, e := range events {
		if err := encoder.Encode(e); err != nil {
			return nil, fmt.Errorf("encode ledger: %w", err)
		}
	}
	return out.Bytes(), nil
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
		var e Event
		if err := json.Unmarshal(scanner.Bytes(), &e); err != nil {
			return fmt.Errorf("ledger line %d: %w", number, err)
		}
		if err := use(e); err != nil {
			return fmt.Errorf("ledger line %d: %w", number, err)
		}
	}
	if err := scanner.Err(); err != nil {
		return fmt.Errorf("read ledger: %w", err)
	}
	return nil
}
