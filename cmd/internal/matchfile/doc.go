// Package matchfile deduplicates or links files by themselves, without a
// warehouse and without a contract.
//
// It infers what a contract would say: format, encoding, delimiter, header and
// the meaning of each column, from the header's words and from the values. With
// that it reads through extract, cleanses through transform and matches through
// dedupe, and it writes clusters, pairs and golden records. It decides nothing
// about values or pairs itself.
//
// What it infers depends on the whole file, never on the order of its rows or
// the number of workers. A column that holds the truth is read for evaluating
// alone.
package matchfile
