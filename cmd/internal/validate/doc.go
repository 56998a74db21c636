// Package validate checks a project without a warehouse: its configuration,
// its contracts, and the deliveries that lie there, with the same readers and
// rules as a run. It tells what a run would quarantine or refuse, what points
// from one feed to nothing in another, and which columns drifted. It writes
// nothing into the project.
package validate
