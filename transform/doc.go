// Package transform conforms decoded rows to their feed's contract and
// cleanses them: steps 3 and 4 of the way of a row.
//
// A Plan is the frozen value of both steps for one contract. Apply is a pure
// function of the Plan, one decoded batch and its place: a row's result
// depends on nothing else, so batches may be split, shuffled and worked on
// concurrently. The package opens no file, reads no clock and keeps nothing
// between calls.
package transform
