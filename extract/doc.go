// Package extract keeps delivered bytes (step 1, Land) and turns them into
// batches of text columns with the place of every row (step 2, Decode).
//
// It knows formats and dialects, not meanings: names of columns are passed on
// as delivered, no value is typed, cleansed or compared. A row that can't be
// decoded becomes a schemas.Reject and is kept whole; a delivery that is not
// what its contract says is refused with an error that names the file, the
// line and the fix. Nothing is guessed: encoding, dialect and header rows come
// from the contract.
package extract
