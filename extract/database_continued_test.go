package extract_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"

	"loadstar/extract"
)

// TestContinued: the query for a table and those that continue it quotes names as
// the database does, and rows that nothing continues stay.
func TestContinued(t *testing.T) {
	t.Parallel()
	with := []extract.Continuation{{Table: `more "rows"`, Key: "of", Of: "i`d", Columns: []string{"gone", "by"}}, {Table: "crm.third", Key: "k", Of: "n", Columns: []string{"v"}}}
	for driver, want := range map[string]string{
		"postgres": `select base.*, more_1."gone", more_1."by", more_2."v" from "order" as base left join "more ""rows""" as more_1 on more_1."of" = base."i` + "`" + `d" left join "crm"."third" as more_2 on more_2."k" = base."n"`,
		"mysql":    "select base.*, more_1.`gone`, more_1.`by`, more_2.`v` from `order` as base left join `more \"rows\"` as more_1 on more_1.`of` = base.`i``d` left join `crm`.`third` as more_2 on more_2.`k` = base.`n`",
	} {
		if got, err := (extract.Pull{Driver: driver, Table: "order"}).Continued(with); err != nil || got != want {
			t.Errorf("%s: %s (%v)\nwant %s", driver, got, err, want)
		}
	}
	if _, err := (extract.Pull{Driver: "oracle", Table: "order"}).Continued(with); err == nil {
		t.Error("an unknown driver was taken")
	}
}

// TestContinuedRows: a row that another table continues has what it says, others
// have nothing there, and none comes twice.
func TestContinuedRows(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "crm.db")
	db, err := sql.Open("sqlite3", file)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"create table person (id integer primary key, name text)", "insert into person values (1, 'Ada'), (2, 'Eve')",
		"create table entity (crmid integer primary key, deleted int)", "insert into entity values (2, 1), (3, 0)",
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	pull := extract.Pull{Feed: "person", Driver: "sqlite", DSN: file, Table: "person"}
	query, err := pull.Continued([]extract.Continuation{{Table: "entity", Key: "crmid", Of: "id", Columns: []string{"deleted"}}})
	if err != nil {
		t.Fatal(err)
	}
	pull.Table, pull.Query = "", query
	pages, err := extract.PullTable(context.Background(), t.TempDir(), pull)
	if err != nil || len(pages) != 1 || pages[0].Rows != 2 {
		t.Errorf("pulled %+v (%v), want two rows", pages, err)
	}
}
