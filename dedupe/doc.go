// Package dedupe decides which source records are the same customer.
//
// It takes parties (schemas.PartySchema), compares them field by field in
// ordered levels, weighs the evidence in bits after Fellegi and Sunter with
// parameters learnt from the data, and groups the records by average link.
// From the groups follow customer keys, the ledger, golden records and the
// name dictionary.
//
// Everything it decides depends on the records, the frozen names, the model
// and the decisions alone: never on row order, worker count, clock or a
// floating-point sum. It opens no file and knows no database.
package dedupe
