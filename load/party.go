//go:build duckdb_arrow

package load

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
)

// Parties streams what each source system knows about each party, as
// schemas.PartySchema says, before matching. Batches are valid inside the loop
// body only.
func (b *Build) Parties(ctx context.Context) iter.Seq2[arrow.RecordBatch, error] {
	return b.prepared(ctx, "ods/parties_read.sql")
}

// PartyNames streams the columns of Parties that say what each party is called,
// and who knows it, in any order.
func (b *Build) PartyNames(ctx context.Context) iter.Seq2[arrow.RecordBatch, error] {
	return b.prepared(ctx, "ods/party_names.sql")
}

// prepared streams the answer of a file that reads idn.party.
func (b *Build) prepared(ctx context.Context, file string) iter.Seq2[arrow.RecordBatch, error] {
	return func(yield func(arrow.RecordBatch, error) bool) {
		if err := b.prepareParties(ctx); err != nil {
			yield(nil, err)
			return
		}
		b.streamFile(ctx, file)(yield)
	}
}

// streamFile streams the answer of a file of folder ods.
func (d *database) streamFile(ctx context.Context, file string) iter.Seq2[arrow.RecordBatch, error] {
	query, err := sqlFile(odsFiles, file)
	if err != nil {
		return func(yield func(arrow.RecordBatch, error) bool) { yield(nil, err) }
	}
	return d.stream(ctx, query)
}

// partyQuery reads a statement that gives the columns of a party.
func partyQuery(name string, identifiers ...string) (string, error) {
	columns, err := sqlFile(odsFiles, "ods/party_columns.sql")
	if err != nil {
		return "", err
	}
	return sqlFile(odsFiles, name, append(identifiers, "{columns}", strings.TrimRight(columns, "\n"))...)
}

// prepareParties joins contact points and addresses, notes which parties
// changed and brings idn.party up to date, once a build.
func (b *Build) prepareParties(ctx context.Context) error {
	if b.partiesReady {
		return nil
	}
	changed := "ods/changed_parties.sql"
	if b.o.IdentityFrom != "" { // identity is state: a rebuild decides on what is new in it, not on every row it loads again
		changed = "ods/party_reconsider.sql"
	}
	if err := b.joinParties(ctx); err != nil {
		return err
	}
	if err := b.runFile(ctx, changed); err != nil {
		return fmt.Errorf("find changed parties: %w", err)
	}
	if err := b.refreshParties(ctx, partySize); err != nil {
		return fmt.Errorf("prepare parties: %w", err)
	}
	b.partiesReady = true
	return nil
}

// partySize is how many rows of parties are joined at a time, so that memory
// does not grow with their number.
const partySize = 200_000

// refreshParties makes idn.party anew, about so many rows of parties at a time:
// all of it at first and in a rebuild, else the parties that changed.
func (b *Build) refreshParties(ctx context.Context, partySize int64) error {
	known, err := b.number(ctx, "select count(*) from (from ods.idn.party limit 1)")
	if err != nil {
		return err
	}
	forget, rows, customers := "delete from ods.idn.party", "party_row", "ods.customer"
	if known > 0 && b.o.IdentityFrom == "" {
		if forget, err = sqlFile(odsFiles, "ods/party_forget.sql"); err != nil {
			return err
		}
		rows, customers = "changed_party_row", changedOf("ods.customer")
	}
	size, err := b.number(ctx, "select count(*) from "+customers)
	if err != nil {
		return err
	}
	statements := []string{forget}
	parts := size/partySize + 1
	for part := range parts {
		of := fmt.Sprintf(" where abs(source_customer_key) %% %d = %d)", parts, part)
		add, err := partyQuery("ods/parties.sql", "{rows}", "(from "+rows+of, "{customers}", "(from "+customers+of)
		if err != nil {
			return err
		}
		statements = append(statements, add)
	}
	return b.sparingly(ctx, func() error { return b.together(ctx, statements) })
}

// changedOf selects the rows of changed parties.
func changedOf(customers string) string {
	return "(from " + customers + " semi join changed.customer_key using (source_customer_key))"
}

// joinParties creates views of the rows of parties with their contact points
// and addresses: of all rows and states, and of those of changed parties.
func (b *Build) joinParties(ctx context.Context) error {
	if err := b.runFile(ctx, "ods/party_satellites.sql"); err != nil {
		return fmt.Errorf("join contact points and addresses: %w", err)
	}
	for _, part := range []struct{ prefix, row, state string }{
		{"", "ods.customer", "ods.customer_version"},
		{"changed_", changedOf("ods.customer"), changedOf("ods.customer_version")},
	} {
		row, state := part.prefix+"party_row", part.prefix+"party_state"
		err := b.runFile(ctx, "ods/party_rows.sql", "{name}", row, "{customers}", part.row)
		if err == nil {
			err = b.runFile(ctx, "ods/party_rows.sql", "{name}", state, "{customers}", part.state)
		}
		if err == nil {
			err = b.runFile(ctx, "ods/party_hashes.sql", "{name}", part.prefix+"party_hash", "{rows}", row, "{states}", state)
		}
		if err != nil {
			return fmt.Errorf("join parties: %w", err)
		}
	}
	return nil
}

// runFile runs the statements of a file of folder ods.
func (d *database) runFile(ctx context.Context, file string, identifiers ...string) error {
	text, err := sqlFile(odsFiles, file, identifiers...)
	if err != nil {
		return err
	}
	return d.execAll(ctx, splitStatements(text))
}

// PartyVersions streams the states of the parties of the given customers
// (nil = all), as schemas.PartyVersionSchema says, from the identity written
// before.
func (b *Build) PartyVersions(ctx context.Context, customers []int64) iter.Seq2[arrow.RecordBatch, error] {
	return func(yield func(arrow.RecordBatch, error) bool) {
		err := b.prepareParties(ctx)
		if err == nil && customers != nil {
			err = b.scope(ctx, customers)
		}
		query, fileErr := partyQuery("ods/party_versions.sql")
		if err == nil {
			err = fileErr
		}
		if err != nil {
			yield(nil, err)
			return
		}
		b.stream(ctx, query, customers == nil)(yield)
	}
}

func (b *Build) scope(ctx context.Context, customers []int64) error {
	if _, err := b.exec(ctx, "delete from changed.customer_scope"); err != nil {
		return err
	}
	return b.insertKeys(ctx, "changed.customer_scope", customers)
}

// Reconsider counts parties as changed, so that matching decides on them anew.
// Call it before Parties.
func (b *Build) Reconsider(ctx context.Context, parties []int64) error {
	return b.insertKeys(ctx, "changed.customer_key", parties)
}

// ToldSame lists pairs of parties that their own source calls one: records with
// a master in common, each with the first of them or the one that is kept, ascending.
func (b *Build) ToldSame(ctx context.Context) (pairs [][2]int64, err error) {
	text, err := sqlFile(odsFiles, "ods/told_same.sql")
	if err != nil {
		return nil, err
	}
	rows, err := b.conn.QueryContext(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("list parties told to be one: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var p [2]int64
		if err := rows.Scan(&p[0], &p[1]); err != nil {
			return nil, fmt.Errorf("list parties told to be one: %w", err)
		}
		pairs = append(pairs, p)
	}
	return pairs, rows.Err()
}

// KeepEvidence notes what was known of each party when it was decided, so that
// a rebuild finds those that differ.
func (b *Build) KeepEvidence(ctx context.Context) error {
	text, err := sqlFile(odsFiles, "ods/party_evidence.sql")
	if err != nil {
		return err
	}
	return b.together(ctx, splitStatements(text))
}

// ChangedParties lists the parties whose rows, contact points or addresses
// changed in this run, and those to be reconsidered, ascending.
func (b *Build) ChangedParties(ctx context.Context) (keys []int64, err error) {
	if err := b.prepareParties(ctx); err != nil {
		return nil, err
	}
	rows, err := b.conn.QueryContext(ctx, "select distinct source_customer_key from changed.customer_key order by all")
	if err != nil {
		return nil, fmt.Errorf("list changed parties: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var key int64
		if err := rows.Scan(&key); err != nil {
			return nil, fmt.Errorf("list changed parties: %w", err)
		}
		keys = append(keys, key)
	}
	return keys, rows.Err()
}
