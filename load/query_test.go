//go:build duckdb_arrow

package load_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"loadstar/load"
	"loadstar/schemas"
)

// published is the reader of a version with three customers.
func published(t *testing.T) (*load.Reader, string) {
	t.Helper()
	work := t.TempDir()
	b := openAt(t, work)
	customers().deliver(t, b, schemas.Delta, 1, customer("1", "Ann Ash"), customer("2", `Ben "B" Birch, Jr`), customer("3", "Cid Cole"))
	if err := b.Finish(context.Background()); err != nil {
		t.Fatal(err)
	}
	r, err := load.OpenReader(context.Background(), filepath.Join(work, "warehouse.duckdb"), filepath.Join(work, "ods.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := r.Lock(context.Background()); err != nil {
		t.Fatal(err)
	}
	return r, work
}

const byName = "select customer_id, full_name, phone, 1.50 as amount from ods.customer order by customer_id -- by name"

func TestReaderFormats(t *testing.T) {
	t.Parallel()
	r, _ := published(t)
	ctx := context.Background()
	columns, rows, err := r.Rows(ctx, byName, "NULL", 2)
	if err != nil || strings.Join(columns, " ") != "customer_id full_name phone amount" || len(rows) != 2 || rows[0][2] != "NULL" || rows[0][3] != "1.50" {
		t.Errorf("rows: %v %v %v", columns, rows, err)
	}
	var out bytes.Buffer
	if err := r.WriteCSV(ctx, byName, &out); err != nil {
		t.Error(err)
	}
	if want := "customer_id,full_name,phone,amount\n1,Ann Ash,,1.50\n2,\"Ben \"\"B\"\" Birch, Jr\",,1.50\n3,Cid Cole,,1.50\n"; out.String() != want {
		t.Errorf("csv:\n%s", out.String())
	}
	out.Reset()
	if err := r.WriteJSON(ctx, byName, &out); err != nil {
		t.Error(err)
	}
	if lines := strings.Split(out.String(), "\n"); len(lines) != 4 || lines[0] != `{"customer_id":"1","full_name":"Ann Ash","phone":null,"amount":1.5}` {
		t.Errorf("json:\n%s", out.String())
	}
	out.Reset()
	odd := `select 1 / 0 as x, [-1 / 0, 'nan'::double, 2] as y, {'a "Infinity"': 'NaN \"Infinity'} as z`
	if err := r.WriteJSON(ctx, odd, &out); err != nil || out.String() != `{"x":null,"y":[null,null,2.0],"z":{"a \"Infinity\"":"NaN \\\"Infinity"}}`+"\n" {
		t.Errorf("json of no numbers: %s, %v", out.String(), err)
	}
}

func TestReaderParquet(t *testing.T) {
	t.Parallel()
	r, _ := published(t)
	ctx := context.Background()
	for query, want := range map[string]int64{byName: 3, "from ods.customer where false": 0} {
		var out bytes.Buffer
		if err := r.WriteParquet(ctx, query, &out); err != nil {
			t.Fatal(err)
		}
		parquetFile, err := file.NewParquetReader(bytes.NewReader(out.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		read, err := pqarrow.NewFileReader(parquetFile, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
		if err != nil {
			t.Fatal(err)
		}
		table, err := read.ReadTable(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if table.NumRows() != want {
			t.Errorf("%d rows, want %d", table.NumRows(), want)
		}
		table.Release()
	}
}

func TestReaderEmptyCSV(t *testing.T) {
	t.Parallel()
	r, _ := published(t)
	var out bytes.Buffer
	if err := r.WriteCSV(context.Background(), "select customer_id from ods.customer where false", &out); err != nil || out.String() != "customer_id\n" {
		t.Errorf("an answer without rows keeps its header: %q, %v", out.String(), err)
	}
}

func TestReaderChangesNothing(t *testing.T) {
	t.Parallel()
	r, work := published(t)
	ctx := context.Background()
	for _, query := range []string{
		"delete from ods.customer", "drop table ods.customer", "create table x as select 1",
		"select 1; drop table ods.customer", "copy ods.customer to '" + filepath.Join(work, "out.csv") + "'",
		"from read_csv('/etc/passwd')", "set memory_limit = '1TB'", "attach '" + filepath.Join(work, "other.duckdb") + "'",
		"select 1) union all (select count(*) from ods.customer", "",
	} {
		if _, _, err := r.Rows(ctx, query, "", 0); err == nil && !strings.Contains(query, "union") {
			t.Errorf("%q was run", query)
		}
		var out bytes.Buffer
		if err := r.WriteParquet(ctx, query, &out); err == nil && !strings.Contains(query, "union") {
			t.Errorf("%q was run for Parquet", query)
		}
	}
	if _, rows, err := r.Rows(ctx, "select count(*) from ods.customer", "", 0); err != nil || rows[0][0] != "3" {
		t.Errorf("customers: %v %v", rows, err)
	}
}

func TestReaderWithoutODS(t *testing.T) {
	t.Parallel()
	_, work := published(t)
	r, err := load.OpenReader(context.Background(), filepath.Join(work, "warehouse.duckdb"), filepath.Join(work, "absent.duckdb"))
	if err != nil {
		t.Fatal(err)
	}
	if r.HasODS {
		t.Error("an absent ODS counts as attached")
	}
	if _, rows, err := r.Rows(context.Background(), "describe fact_order_line", "", 0); err != nil || len(rows) == 0 {
		t.Errorf("describe: %v", err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(work, "warehouse.duckdb.wal")); err == nil {
		t.Error("reading left a write-ahead log")
	}
}
