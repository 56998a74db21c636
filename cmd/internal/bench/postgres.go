package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"loadstar/extract"
)

// pullColumns are the columns of the table that is pulled: the types that
// billing databases are made of.
const pullColumns = `set client_min_messages = warning; drop table if exists bench_invoices;
create unlogged table bench_invoices as select
    i as invoice_id, (i * 7919 %% 100000)::int as customer_id, 'INV-' || i as number, (i * 37 %% 1000000)::numeric(18,2) / 100 as amount,
    timestamptz '2026-01-01' + i * interval '1 second' as updated_at, date '2020-01-01' + (i %% 2000)::int as due_on, i %% 3 = 0 as is_paid,
    'customer' || i %% 100000 || '@example.com' as email from generate_series(1::bigint, %d) as i;
alter table bench_invoices add primary key (invoice_id);
vacuum analyze bench_invoices;
`

// measurePostgres pulls a table from a PostgreSQL server on this machine, and
// copies it with psql in the same run.
func measurePostgres(ctx context.Context, dsn string, rows, pairs int, out io.Writer) (err error) {
	if dsn == "" {
		fmt.Fprint(out, "postgres: left out, no server is named (make bench starts one where it is installed)\n\n")
		return nil
	}
	psql, err := exec.LookPath("psql")
	if err != nil {
		fmt.Fprint(out, "postgres: left out, psql is not installed\n\n")
		return nil
	}
	run := func(command string) error {
		cmd := exec.CommandContext(ctx, psql, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", dsn)
		cmd.Stdin, cmd.Stderr = strings.NewReader(command), os.Stderr
		return cmd.Run()
	}
	if err := run(fmt.Sprintf(pullColumns, rows)); err != nil {
		return fmt.Errorf("make table: %w", err)
	}
	defer func() { err = errors.Join(err, run("drop table bench_invoices;\n")) }()
	var copied, pulled []float64 // seconds
	for range pairs {
		from := time.Now()
		if err := run("\\copy bench_invoices to stdout\n"); err != nil {
			return fmt.Errorf("copy: %w", err)
		}
		copied = append(copied, time.Since(from).Seconds())
		took, err := pullOnce(ctx, dsn, rows)
		if err != nil {
			return err
		}
		pulled = append(pulled, took)
	}
	copy, pull := median(copied), median(pulled)
	fmt.Fprintf(out, "postgres, %d rows x 8 columns: pulled and landed in %.2f s, psql's \\copy to stdout %.2f s: %.2f of its rate (aim: at least 0.6)\n\n",
		rows, pull, copy, copy/pull)
	return nil
}

func pullOnce(ctx context.Context, dsn string, rows int) (_ float64, err error) {
	dir, err := os.MkdirTemp("", "loadstar-bench-")
	if err != nil {
		return 0, fmt.Errorf("make folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	from := time.Now()
	pages, err := extract.PullTable(ctx, dir, extract.Pull{Feed: "bench", Driver: "postgres", DSN: dsn, Table: "bench_invoices", Key: []string{"invoice_id"}})
	took := time.Since(from).Seconds()
	if err == nil && (len(pages) != 1 || pages[0].Rows != int64(rows)) {
		err = fmt.Errorf("%d pages were pulled, expected one with %d rows", len(pages), rows)
	}
	return took, err
}
