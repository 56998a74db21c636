//go:build duckdb_arrow

package load

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
)

// Before is the version that a build is a copy of.
type Before struct {
	Dir     string // its folder; both databases are opened read-only
	Digests map[string]string
	Rows    map[string]int64
}

// ErrDigest says that a digest carried forward is not that of its table.
var ErrDigest = errors.New("digest carried forward differs from the table")

// extent says how the rows of a table compare with those of another version.
type extent struct{ before, last, kept, added int64 }

func (e extent) removed() int64 { return e.before - e.kept }

// DigestsSince returns what Digests does, but reads only the rows that this
// build removed or added: it subtracts the first from the digests of the
// version before, and adds the second. Call it before Finish. Where most of a
// table is new the whole is counted; as a guard one table, another in each
// run, is counted both ways if it is not too large.
func (b *Build) DigestsSince(ctx context.Context, before Before) (digests []Digest, err error) {
	tables, err := b.digestTables(ctx)
	if err != nil {
		return nil, err
	}
	statements := []string{
		"attach " + literal(filepath.Join(before.Dir, odsFile)) + " as ods_before (read_only)",
		"attach " + literal(filepath.Join(before.Dir, warehouseFile)) + " as warehouse_before (read_only)",
	}
	if err := b.execAll(ctx, statements); err != nil {
		return nil, fmt.Errorf("open version before: %w", err)
	}
	defer func() {
		err = errors.Join(err, b.execAll(context.WithoutCancel(ctx), []string{"detach ods_before", "detach warehouse_before"}))
	}()
	existed, err := b.tables(ctx)
	if err != nil {
		return nil, err
	}
	proved := int(b.o.RunID % int64(len(tables)))
	digests = make([]Digest, len(tables))
	err = b.each(ctx, len(tables), func(ctx context.Context, db *database, i int) error {
		t := tables[i]
		var sum digestSum
		var err error
		value, known := before.Digests[t.String()]
		switch {
		case known && !db.isWritten(tableName(t.String())):
			sum, err = db.same(ctx, t, value, before.Rows[t.String()])
		case known && existed[t.catalog+beforeSuffix+"."+t.schema+"."+t.name]:
			sum, err = db.carry(ctx, t, value, before.Rows[t.String()])
		default:
			sum, err = db.sum(ctx, t, t.qualified(t.catalog), "true")
		}
		if err == nil && i == proved && sum.rows <= provedRows {
			err = db.proveSum(ctx, t, sum)
		}
		digests[i] = sum.digest(t)
		db.tell()
		return err
	})
	return digests, err
}

// provedRows is how many rows a run may count only to prove a digest.
const provedRows = 200_000

const beforeSuffix = "_before"

// same is the digest of a table that this build did not write to.
func (d *database) same(ctx context.Context, t digestTable, value string, rows int64) (digestSum, error) {
	sum, err := sumOf(value, rows)
	if err != nil {
		return sum, fmt.Errorf("%s: %w", t, err)
	}
	n, err := d.number(ctx, "select count(*) from "+t.qualified(t.catalog))
	if err == nil && n != rows {
		err = fmt.Errorf("%w: %s has %d rows, had %d and was not written to", ErrDigest, t, n, rows)
	}
	return sum, err
}

// carry brings the digest of a table forward.
func (d *database) carry(ctx context.Context, t digestTable, value string, rows int64) (digestSum, error) {
	sum, err := sumOf(value, rows)
	if err != nil {
		return sum, fmt.Errorf("%s: %w", t, err)
	}
	now, then := t.qualified(t.catalog), t.qualified(t.catalog+beforeSuffix)
	e, err := d.extent(ctx, now, then)
	if err != nil {
		return sum, fmt.Errorf("compare %s: %w", t, err)
	}
	if e.removed()+e.added >= e.kept+e.added {
		return d.sum(ctx, t, now, "true")
	}
	if e.removed() > 0 {
		removed, err := d.removed(ctx, t, e)
		if err != nil {
			return sum, err
		}
		if removed.rows != e.removed() {
			return sum, fmt.Errorf("%w: %s lost %d rows, %d of them are known", ErrDigest, t, e.removed(), removed.rows)
		}
		sum = sum.minus(removed)
	}
	if e.added > 0 {
		added, err := d.sum(ctx, t, now, fmt.Sprintf("rowid > %d", e.last))
		if err != nil {
			return sum, err
		}
		sum = sum.plus(added)
	}
	if sum.rows != e.kept+e.added {
		return sum, fmt.Errorf("%w: %s has %d rows, carried forward %d", ErrDigest, t, e.kept+e.added, sum.rows)
	}
	return sum, nil
}

// removed adds up the rows of the version before that a table lacks.
func (d *database) removed(ctx context.Context, t digestTable, e extent) (digestSum, error) {
	query, err := sqlFile(digestFiles, "digests/removed.sql", "{table}", t.qualified(t.catalog), "{last}", strconv.FormatInt(e.last, 10))
	if err != nil {
		return digestSum{}, err
	}
	if _, err := d.exec(ctx, query); err != nil {
		return digestSum{}, fmt.Errorf("find rows that %s lost: %w", t, err)
	}
	return d.sum(ctx, t, t.qualified(t.catalog+beforeSuffix), "rowid in (select missing from removed_row)")
}

func (d *database) extent(ctx context.Context, now, then string) (e extent, err error) {
	query, err := sqlFile(digestFiles, "digests/extent.sql", "{table}", now, "{before}", then)
	if err != nil {
		return e, err
	}
	err = d.conn.QueryRowContext(ctx, query).Scan(&e.before, &e.last, &e.kept, &e.added)
	return e, err
}

// proveSum compares a sum carried forward with the table itself.
func (d *database) proveSum(ctx context.Context, t digestTable, carried digestSum) error {
	counted, err := d.sum(ctx, t, t.qualified(t.catalog), "true")
	if err != nil {
		return err
	}
	if counted != carried {
		return fmt.Errorf("%w: %s counts %s, carried forward %s", ErrDigest, t, counted.digest(t).Value, carried.digest(t).Value)
	}
	return nil
}
