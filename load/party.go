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
	return func(yield func(arrow.RecordBatch, error) bool) {
		if err := b.prepareParties(ctx); err != nil {
			yield(nil, err)
			return
		}
		b.stream(ctx, "from party order by source_customer_key")(yield)
	}
}

// parties streams the parties of a prepared database.
func (d *database) parties(ctx context.Context) iter.Seq2[arrow.RecordBatch, error] {
	query, err := partyQuery("ods/parties.sql")
	if err != nil {
		return func(yield func(arrow.RecordBatch, error) bool) { yield(nil, err) }
	}
	return d.stream(ctx, query)
}

// partyQuery reads a statement that gives the columns of a party.
func partyQuery(name string) (string, error) {
	columns, err := sqlFile(odsFiles, "ods/party_columns.sql")
	if err != nil {
		return "", err
	}
	return sqlFile(odsFiles, name, "{columns}", strings.TrimRight(columns, "\n"))
}

// prepareParties joins contact points and addresses, notes which parties
// changed and gathers what is known of each, once a build.
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
	query, err := partyQuery("ods/parties.sql")
	if err == nil {
		err = b.compress(ctx, passing)
	}
	if err != nil {
		return err
	}
	if _, err := b.exec(ctx, "create or replace table party as\n"+query); err != nil {
		return fmt.Errorf("prepare parties: %w", err)
	}
	if err := b.compress(ctx, lasting); err != nil {
		return err
	}
	b.partiesReady = true
	return nil
}

// joinParties joins contact points and addresses to the rows of parties.
func (d *database) joinParties(ctx context.Context) error {
	for _, part := range []struct{ file, name, customers, only string }{
		{"ods/party_satellites.sql", "", "", ""},
		{"ods/party_rows.sql", "party_row", "ods.customer", ""},
		{"ods/party_rows.sql", "party_state", "ods.customer_version", ""},
		{"ods/party_hashes.sql", "party_hash", "", ""},
		{"ods/party_hashes.sql", "changed_party_hash", "", "semi join changed.customer_key using (source_customer_key)"},
	} {
		if err := d.runFile(ctx, part.file, "{name}", part.name, "{customers}", part.customers, "{only}", part.only); err != nil {
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
