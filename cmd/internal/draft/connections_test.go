package draft_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"loadstar/cmd/internal/config"
	"loadstar/cmd/internal/draft"
)

// TestPasswords: a password that stands in an address is written into a file
// that its owner alone reads; one that the address names stays named. Either
// way the project reads the database.
func TestPasswords(t *testing.T) {
	dsn := os.Getenv("LOADSTAR_TEST_POSTGRES")
	if dsn == "" {
		t.Skip("LOADSTAR_TEST_POSTGRES is not set; run `make test`, which starts PostgreSQL where it is installed")
	}
	address, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	password, _ := address.User.Password()
	schema := fmt.Sprintf("passwords_%d", os.Getpid())
	conn, err := pgconn.Connect(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	run := func(statement string) {
		if _, err := conn.Exec(context.Background(), statement).ReadAll(); err != nil {
			t.Fatal(err)
		}
	}
	run("create schema " + schema)
	t.Cleanup(func() {
		run("drop schema " + schema + " cascade")
		if err := conn.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	run("create table " + schema + ".customers (customer_id int primary key, first_name text, last_name text, email text)")
	run("insert into " + schema + ".customers select i, 'Ada', 'Bergman', 'ada' || i || '@example.org' from generate_series(1, 40) as i")

	t.Setenv("LOADSTAR_TEST_PASSWORD", password)
	plain := dsn + "?search_path=" + schema
	for from, want := range map[string]string{
		plain: "${file:secrets/",
		strings.Replace(plain, ":"+password+"@", ":${env:LOADSTAR_TEST_PASSWORD}@", 1): ":${env:LOADSTAR_TEST_PASSWORD}@",
	} {
		dir, report, err := drops(t, nil, func(o *draft.Options) { o.From = []string{from} })
		if err != nil || len(report.Feeds) != 1 || report.Feeds[0].Rows != 40 {
			t.Fatalf("%s: %v, %+v", want, err, report.Feeds)
		}
		written := text(t, dir, config.FileName)
		if strings.Contains(written, password) || !strings.Contains(written, want) {
			t.Errorf("loadstar.yaml holds the password, or lacks %s:\n%s", want, written)
		}
		cfg, err := config.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		for name := range cfg.Connections {
			secrets, err := cfg.Secrets(t.Context(), name)
			if err != nil || secrets.Password != password && !strings.Contains(secrets.DSN, ":"+password+"@") {
				t.Errorf("%s: the password is not found again: %v", want, err)
			}
		}
		files, err := filepath.Glob(filepath.Join(dir, "secrets", "*"))
		if err != nil || (len(files) == 2) != strings.HasPrefix(want, "${file") {
			t.Errorf("%s: %v, %v", want, files, err)
		}
		for _, file := range files { // .gitignore and the password
			if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%s: %v, %v", file, info, err)
			}
		}
	}
}

// TestSecretThatIsNot: an address that names a secret which is not there ends
// the look with where it is missing.
func TestSecretThatIsNot(t *testing.T) {
	t.Parallel()
	_, _, err := drops(t, nil, func(o *draft.Options) {
		o.From = []string{"postgres://reader:${env:LOADSTAR_TEST_NOWHERE}@127.0.0.1:1/crm"}
	})
	if err == nil || !strings.Contains(err.Error(), "LOADSTAR_TEST_NOWHERE is not set") {
		t.Errorf("%v", err)
	}
}
