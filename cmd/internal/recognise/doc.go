// Package recognise finds out what a file is and what its columns mean: how it
// is written (format, encoding, delimiter, header), and from the words of its
// headers and all of its values which field each column feeds.
//
// What it finds depends on the whole file, never on the order of its rows or
// the number of workers. It reads through extract, judges by the rules of
// transform and the names of dedupe, and decides nothing about rows.
package recognise
