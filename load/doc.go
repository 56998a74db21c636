// Package load owns DuckDB: it stages conformed rows, merges them into the
// ODS, keeps quarantine and control totals, hands parties to matching and
// writes its answers back, shapes the star, and proves the result. It decides
// no value: SQL here moves, joins, groups and counts.
//
// While a version is built, the main database is stage.duckdb, `ods` is
// ods.duckdb (canonical entities in its main schema, idn, quarantine),
// `warehouse` is warehouse.duckdb (star and marts in main, meta), and `staging`
// is in memory, with the conformed rows that are not merged yet.
package load
