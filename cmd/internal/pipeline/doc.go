// Package pipeline runs the batch job: eight steps in order, from delivered
// bytes to a published version.
//
//	1 Land      land.go     keep the delivered bytes, named by their hash
//	2 Decode    ingest.go   bytes to text columns
//	3 Conform   ingest.go   text to the contract's types and rules
//	4 Cleanse   ingest.go   names, phones, addresses, money, dates
//	5 Stage     ingest.go   into the ODS, with control totals
//	6 Match     match.go    one customer for each real party
//	7 Shape     shape.go    dimensions, facts and marts
//	8 Prove     prove.go    checks and totals, then publish
//
// It wires the packages that do the work and decides nothing about values.
package pipeline
