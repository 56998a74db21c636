package extract

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loadstar/schemas"
)

// continued writes two files and reads the first with columns of the second.
func continued(t *testing.T, base, more string, d schemas.Dialect) (string, error) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"orders.csv": base, "buyers.csv": more} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out strings.Builder
	err := WriteContinued(context.Background(), d, filepath.Join(dir, "orders.csv"),
		[]Continuation{{Table: filepath.Join(dir, "buyers.csv"), Key: "order_id", Of: "id", Columns: []string{"email", "name"}}}, &out)
	return out.String(), err
}

// TestWriteContinued: each row has what the other file says of it, as it is
// written there, and the lines stay where they are.
func TestWriteContinued(t *testing.T) {
	t.Parallel()
	d := csvDialect(func(d *schemas.Dialect) { d.Delimiter, d.Comment = ";", "#" })
	got, err := continued(t,
		"\xef\xbb\xbfid;total\r\n1;\"2,50\r\nin all\"\r\n# a note\r\n\r\n\"2\";3\r\n7;4\r\n\"9;broken",
		"email;order_id;name\nada@example.org;2;\"Berg; \"\"Ada\"\"\"\n;1;\"\"\neve@example.org;8;Eve\n\n", d)
	if err != nil {
		t.Fatal(err)
	}
	want := "\xef\xbb\xbfid;total;email;name\r\n1;\"2,50\r\nin all\";;\"\"\r\n# a note\r\n\r\n\"2\";3;ada@example.org;\"Berg; \"\"Ada\"\"\"\r\n7;4;;\r\n\"9;broken"
	if got != want {
		t.Errorf("got\n%q, want\n%q", got, want)
	}
}

// TestWriteContinuedRefused: what can't be told apart, is not there or can't be
// read is refused.
func TestWriteContinuedRefused(t *testing.T) {
	t.Parallel()
	plain := csvDialect(nil)
	base, more := "id,total\n1,2\n", "order_id,email,name\n1,a@example.org,Ada\n"
	for name, c := range map[string]struct {
		base, more string
		d          schemas.Dialect
		want       string
	}{
		"a key twice":          {base, more + "1,b@example.org,Eve\n", plain, `line 3: what stands in column "order_id" comes a second time`},
		"no such key":          {"no,total\n1,2\n", more, plain, `it has no column "id"`},
		"no such column":       {base, "order_id,mail,name\n1,a@example.org,Ada\n", plain, `has no column "email"`},
		"a row of other cells": {base, more + "2,b@example.org\n", plain, "line 3: the row has other cells than the header"},
		"a quote without end":  {base, more + "2,\"b@example.org,Eve\n", plain, "line 3: the row has other cells"},
		"nothing":              {base, "", plain, "holds no header"},
		"lines above":          {base, more, csvDialect(func(d *schemas.Dialect) { d.Skip = 2 }), "only text with one header row"},
		"an encoding of two":   {base, more, csvDialect(func(d *schemas.Dialect) { d.Encoding = "utf-16" }), "only text with one header row"},
		"a packed file":        {"\x1f\x8b\x08\x00" + base, more, plain, "only text with one header row"},
	} {
		if _, err := continued(t, c.base, c.more, c.d); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %s", name, err, c.want)
		}
	}
	err := WriteContinued(context.Background(), plain, filepath.Join(t.TempDir(), "orders.csv"), nil, &strings.Builder{})
	if !errors.Is(err, ErrNoFile) {
		t.Errorf("error %v, want ErrNoFile", err)
	}
}
