// Package fault holds what is said to people about their own files: errors
// with a stable code, a place, a reason and a next step, the list of all codes,
// and the strict reader of YAML that finds every error of a document at once.
// It knows nothing of feeds or contracts.
package fault
