package dedupe

import (
	"fmt"
	"iter"

	"github.com/apache/arrow-go/v18/arrow"
)

// Golden makes the golden records of a stream of schemas.PartyVersionSchema
// batches in ascending (customer_key, effective_at); the order of states at one
// instant carries no meaning. emit receives batches of the tables
// golden_customer and golden_value, of at most 64k rows, valid until it
// returns.
//
// A customer gets one golden_customer row for each instant at which its golden
// values or the number of parties behind them changed; the rows of a customer
// leave no gap, and the last is current. golden_value tells the source of each
// current value. At an instant a party speaks by its newest state; one that is
// deleted is silent. When none is left to speak, the last record stands; a
// customer never seen alive gets the record of what was deleted. Parties that are
// only mentioned speak where nobody else does.
//
// Golden holds the states of one customer. It fails on unusable rules, input
// out of order or without customer, and on what emit returns.
func Golden(rules Rules, in iter.Seq2[arrow.RecordBatch, error], emit func(golden, values arrow.RecordBatch) error) error {
	if err := rules.Check(); err != nil {
		return fmt.Errorf("make golden records: %w", err)
	}
	w := newGoldenWriter(rules, emit)
	defer w.release()
	var states []state
	current := int64(0)
	for batch, err := range in {
		if err != nil {
			return fmt.Errorf("make golden records: %w", err)
		}
		reader, err := newStateReader(batch)
		if err != nil {
			return fmt.Errorf("make golden records: %w", err)
		}
		for i := range int(batch.NumRows()) {
			customer := reader.customer.Value(i)
			if err := reader.inOrder(i, current, states); err != nil {
				return fmt.Errorf("make golden records: %w", err)
			}
			if customer != current && len(states) > 0 {
				if err := w.customer(current, told(states)); err != nil {
					return err
				}
				states = states[:0]
			}
			current = customer
			states = append(states, reader.state(i))
		}
	}
	if len(states) > 0 {
		if err := w.customer(current, told(states)); err != nil {
			return err
		}
	}
	return w.flush()
}

// inOrder refuses a row that may not follow the states read so far.
func (r *stateReader) inOrder(i int, current int64, states []state) error {
	customer := r.customer.Value(i)
	switch {
	case r.customer.IsNull(i):
		return fmt.Errorf("a state has no customer")
	case customer < current, customer == current && len(states) > 0 && r.at.Value(i) < states[len(states)-1].at:
		return fmt.Errorf("states are not ordered by customer and time (customer %d)", customer)
	}
	return nil
}
