package schemas

import (
	"github.com/apache/arrow-go/v18/arrow"
)

// Names of the lineage columns that every batch carries.
const (
	ColRow         = "_row"                            // decoded batch: line or worksheet row, int64, from 1
	ColParentRow   = "_parent_row"                     // decoded batch of a nested array: row of the root record, int64
	ColRowID       = "row_id"                          // conformed batch: IDType
	ColContentHash = "content_hash"                    // conformed batch: IDType, over all mapped values and attributes
	ColFileKey     = "file_key"                        // conformed batch: int64, see FileKey
	ColSourceRow   = "source_row"                      // conformed batch: int64
	ColVersionAt   = "version_at"                      // conformed batch: int64 µs UTC, null where the contract has no version column
	ColCustomerKey = "source_customer_key"             // conformed batch of an entity with customer_id: int64, see CustomerKey; null without customer
	ColReferrerKey = "referred_by_source_customer_key" // likewise for referred_by_customer_id
	ColReasons     = "_loadstar_reasons"               // delivered text: remarks of an annotated copy, read by nobody
	ColAttributes  = "attributes"                      // conformed batch: JSON object of unmapped columns, null where there are none
)

// Decoded is what step 2 hands to step 3: one batch of text columns.
//
// Record has the column ColRow (int64, not null) and one utf8 column for each
// source column (null where the row has no value there; "" where it has an
// empty one). Its buffers are valid until the receiver releases it.
type Decoded struct {
	Object   string            // schema object the rows belong to; "" = every object of the contract
	Sheet    string            // worksheet, "" where the format has none
	Record   arrow.RecordBatch // nil where the chunk held no whole row
	Rejects  []Reject          // rows that could not be decoded (At.FileKey and Feed set)
	Excluded Excluded          // rows set aside by rule
	Notes    []string          // what people should know of the delivery, once
	Last     int64             // the last of the rows set aside, 0 = none
	Aside    string            // why the row that was asked for is set aside, "" = it is not in this chunk
}

// SetAside counts a row that a rule sets aside; why is told of the row that
// somebody asked for.
func (d *Decoded) SetAside(count *int64, row, asked int64, why string) {
	*count++
	d.Last = max(d.Last, row)
	if row == asked {
		d.Aside = why
	}
}

// Excluded counts rows that the contract sets aside by rule.
type Excluded struct {
	Blank, Hidden, Totals, Header int64
}

// Total is the number of all rows set aside.
func (e Excluded) Total() int64 { return e.Blank + e.Hidden + e.Totals + e.Header }

// Add adds o to e.
func (e *Excluded) Add(o Excluded) {
	e.Blank += o.Blank
	e.Hidden += o.Hidden
	e.Totals += o.Totals
	e.Header += o.Header
}

// Conformed is what steps 3 and 4 hand to step 5: the typed, cleansed rows of
// one schema object, with what was refused and what was counted on the way.
type Conformed struct {
	Object  string            // schema object of the contract
	Entity  string            // canonical entity of the object
	Record  arrow.RecordBatch // columns Col… first, then canonical fields
	Rejects []Reject
	Read    int64         // rows of the decoded batch that concern the object
	Skipped int64         // rows of the batch that do not (the object's "when" is not met)
	Money   map[string]ID // sum of each decimal field over all rows read that could be parsed (× 10^MoneyScale)
}
