//go:build !duckdb_arrow

package load

// The DuckDB driver exchanges Arrow batches only when it is built with the tag
// duckdb_arrow. The next line stops a build without it, with this name in the
// compiler's message.
var _ = build_loadstar_with_go_build_tags_duckdb_arrow
