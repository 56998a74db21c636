package dedupe

import (
	"errors"

	"github.com/apache/arrow-go/v18/arrow"
)

// Records are the parties of one matching run.
type Records struct{}

// NewRecords returns an empty set.
func NewRecords() *Records { return &Records{} }

// Add takes in a batch of schemas.PartySchema; the batch stays the caller's
// and nothing of it is kept. Batches may come in any order.
func (r *Records) Add(b arrow.RecordBatch) error { return errors.New("not built") }

// Freeze sorts the records by source_customer_key; call it once after the last Add.
func (r *Records) Freeze() {}

// Len is the number of records.
func (r *Records) Len() int { return 0 }
