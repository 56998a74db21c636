// Package publish keeps the versions of a warehouse folder: the lock of the
// running job, the private work folder, the published versions, the pointer
// that readers follow, and the ledger files.
//
// It moves files only. It opens no database, so that its tests take
// milliseconds and its promises hold whatever a database does: a version has
// its own name, is complete and on disk before the pointer moves, and the
// pointer moves in one rename.
package publish
