package transform

import (
	"errors"
	"time"

	"loadstar/schemas"
)

// Defaults are the company-wide settings a contract's locale falls back to.
type Defaults struct {
	TimeZone string // IANA zone
	Country  string // ISO 3166-1 alpha-2
	Currency string // ISO 4217
}

// Plan is the frozen value of steps 3 and 4 for one contract: resolved
// entities, cleansers and tables. It is safe for concurrent use.
type Plan struct{ hash string }

// Place says where the rows of a decoded batch were delivered.
type Place struct {
	FileKey   int64     // see schemas.FileKey; of the batch's sheet
	File      string    // path as delivered, for people
	Delivered time.Time // moment the delivery speaks for, zero = unknown
}

// Binding is the header of one delivery resolved for one object.
type Binding struct {
	Object  string
	Unknown []string // columns the contract does not list; they become attributes
	Missing []string // optional properties without a column; they are null
}

// NewPlan resolves a contract. It fails where the contract names a cleansing
// function, zone, layout or bound that does not exist or does not fit.
func NewPlan(c schemas.Contract, d Defaults) (*Plan, error) { return nil, errors.New("not built") }

// Hash names the plan: equal hashes give equal results for equal rows.
func (p *Plan) Hash() string { return p.hash }

// Bind resolves the header of a delivery for one object of the contract. A
// column is found by its name or an alias, exactly or with case, spaces and
// punctuation folded. It fails if a required column is missing, naming the
// columns that are most alike.
func (p *Plan) Bind(object string, header []string) (*Binding, error) {
	return nil, errors.New("not built")
}

// Apply conforms and cleanses one decoded batch: one Conformed for each object
// its rows concern, in contract order. The caller owns the records returned
// and still owns dec. Errors are faults of the delivery (a required column is
// missing); faults of a row are rejects.
func (p *Plan) Apply(dec schemas.Decoded, at Place) ([]schemas.Conformed, error) {
	return nil, errors.New("not built")
}
