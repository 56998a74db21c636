// Package schemas holds the words every other package shares: the canonical
// entities, the contracts that map feeds onto them, the star's table
// definitions, and the small records (Reject, ControlTotal, Batch layout)
// that travel between stages.
//
// It is a leaf: it imports nothing of Loadstar, opens no data file and knows
// no database.
package schemas
