// Package draft writes a project for feeds that nobody has described:
// loadstar.yaml and one contract a feed, from whole samples of them.
//
// What a file is and what its columns mean is found out by package recognise;
// draft compares the tables with one another (keys, references, deliveries),
// and writes each guess down with its evidence. What the samples do not tell
// is asked, or left as a marked line that loading the project refuses. It
// reads through extract and tries each contract on its sample through
// transform; it loads nothing.
package draft
