//go:build unix

package extract

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/schemas"
)

// shell is a plug-in of one shell script.
func shell(t *testing.T, script string) Plugin {
	t.Helper()
	dir := t.TempDir()
	return Plugin{Feed: "feed", Dir: dir, Command: []string{"sh", "-c", script}, Format: "jsonl", Log: filepath.Join(dir, "log", "feed.stderr")}
}

func TestPluginLandsWhatItWrites(t *testing.T) {
	t.Parallel()
	p := shell(t, `echo '{"id": 1, "at": "2026-01-02"}'; echo '{"id": 2, "at": "2026-01-01", "note": "é"}'; echo one >&2; echo two >&2
		echo "$LOADSTAR_FEED $LOADSTAR_AS_OF $LOADSTAR_CURSOR $(cat "$LOADSTAR_STATE_FILE")" > seen; printf 'page 2' > "$LOADSTAR_STATE_FILE"`)
	p.Fields, p.Cursor, p.After, p.State = []string{"id", "note"}, "at", "2025-12-31", "page 1"
	p.AsOf = time.Date(2026, 1, 3, 0, 0, 0, 0, time.UTC)
	l, lines, err := RunPlugin(t.Context(), t.TempDir(), p)
	if err != nil {
		t.Fatal(err)
	}
	if lines != 2 || l.Cursor != "2026-01-02" || l.State != "page 2" || l.Path != "plugin:feed" {
		t.Errorf("%d lines, %+v", lines, l)
	}
	for file, want := range map[string]string{"seen": "feed 2026-01-03T00:00:00Z 2025-12-31 page 1\n", "log/feed.stderr": "one\ntwo\n"} {
		if text, err := os.ReadFile(filepath.Join(p.Dir, file)); err != nil || string(text) != want {
			t.Errorf("%s holds %q, %v, want %q", file, text, err, want)
		}
	}
	contract := schemas.Contract{Feed: "feed", Dialect: schemas.Dialect{Format: "jsonl"}, Objects: []schemas.Object{{Name: "record"}}}
	s, err := Open(contract, l)
	if err != nil {
		t.Fatal(err)
	}
	if d := read(t, s); len(d.rows) != 2 || d.rows[1] != `record@2 at="2026-01-01" id="2" note="é"` {
		t.Error(d)
	}
	testSource(t, contract, l)
}

// TestPluginOfArrow passes an Arrow IPC stream on.
func TestPluginOfArrow(t *testing.T) {
	t.Parallel()
	p := shell(t, "cat rows.arrows")
	p.Format, p.Fields, p.Cursor = "arrow", []string{"id", "name"}, "id"
	schema := arrow.NewSchema([]arrow.Field{{Name: "id", Type: arrow.PrimitiveTypes.Int64}, {Name: "name", Type: arrow.BinaryTypes.String, Nullable: true}}, nil)
	builder := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer builder.Release()
	builder.Field(0).(*array.Int64Builder).AppendValues([]int64{9, 10}, nil)
	builder.Field(1).(*array.StringBuilder).AppendValues([]string{"Ada", ""}, []bool{true, false})
	record := builder.NewRecordBatch()
	defer record.Release()
	var stream bytes.Buffer
	writer := ipc.NewWriter(&stream, ipc.WithSchema(schema))
	if err := errors.Join(writer.Write(record), writer.Close()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(p.Dir, "rows.arrows"), stream.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	l, _, err := RunPlugin(t.Context(), t.TempDir(), p)
	if err != nil || l.Cursor != "10" {
		t.Fatalf("%+v, %v", l, err)
	}
	s, err := Open(schemas.Contract{Dialect: schemas.Dialect{Format: "arrow"}}, l)
	if err != nil {
		t.Fatal(err)
	}
	if d := read(t, s); len(d.rows) != 2 || d.rows[0] != `@1 id="9" name="Ada"` || d.rows[1] != `@2 id="10"` {
		t.Error(d)
	}
	if err := os.WriteFile(filepath.Join(p.Dir, "rows.arrows"), stream.Bytes()[:stream.Len()-20], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := RunPlugin(t.Context(), t.TempDir(), p); err == nil {
		t.Error("a cut stream was taken")
	}
}

func TestPluginWithoutOutput(t *testing.T) {
	t.Parallel()
	p := shell(t, "exit 0")
	p.Fields, p.Cursor, p.After = []string{"id"}, "id", "7"
	if l, _, err := RunPlugin(t.Context(), t.TempDir(), p); err != nil || l.SHA256 != "" || l.Cursor != "7" {
		t.Errorf("%+v, %v", l, err)
	}
	p.Whole = true
	if l, _, err := RunPlugin(t.Context(), t.TempDir(), p); err != nil || l.SHA256 == "" {
		t.Errorf("%+v, %v", l, err)
	}
}

func TestPluginCursorOfNumbers(t *testing.T) {
	t.Parallel()
	p := shell(t, `for i in 9 100 99; do echo "{\"id\": $i}"; done`)
	p.Cursor = "id"
	if l, _, err := RunPlugin(t.Context(), t.TempDir(), p); err != nil || l.Cursor != "100" {
		t.Errorf("%+v, %v", l, err)
	}
}

func TestPluginRefusals(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		script string
		change func(*Plugin)
		want   string
	}{
		"exit code":       {`echo '{"id": 1}'; echo secret >&2; exit 3`, nil, "exit status 3"},
		"killed":          {`echo '{"id": 1}'; kill -9 $$`, nil, "signal: killed"},
		"no program":      {"", func(p *Plugin) { p.Command = []string{"no-such-program"} }, "no-such-program"},
		"no field":        {`echo '{"ident": 1}'`, func(p *Plugin) { p.Fields = []string{"idnt"} }, `no field "idnt": did you mean ident?`},
		"no cursor":       {`echo '{"id": 1}'`, func(p *Plugin) { p.Cursor = "at" }, `no field "at"`},
		"no JSON":         {`echo '<html><body>log in</body></html>'`, func(p *Plugin) { p.Fields = []string{"id"} }, "web page"},
		"large state":     {`head -c 70000 /dev/zero | tr '\0' x > "$LOADSTAR_STATE_FILE"`, nil, "larger than 64 KB"},
		"endless state":   {`ln -sf /dev/zero "$LOADSTAR_STATE_FILE"`, nil, "no regular file"},
		"state of a pipe": {`rm "$LOADSTAR_STATE_FILE"; mkfifo "$LOADSTAR_STATE_FILE"`, nil, "no regular file"},
		"endless output":  {`while :; do echo '{"id": 1}'; done`, func(p *Plugin) { p.Limit = 10_000 }, "more than 10000 bytes"},
		"deaf to its end": {`trap '' PIPE TERM; while :; do echo '{"id": 1}' || exit 0; done`, func(p *Plugin) { p.Limit = 10_000 }, "more than 10000 bytes"},
		"binary state":    {`printf '\377\376' > "$LOADSTAR_STATE_FILE"`, nil, "UTF-8"},
		"no state":        {`rm "$LOADSTAR_STATE_FILE"`, nil, "read its state"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := shell(t, c.script)
			if c.change != nil {
				c.change(&p)
			}
			_, _, err := RunPlugin(t.Context(), t.TempDir(), p)
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "secret") {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// TestPluginTimeout ends a plug-in with what it started, politely first.
func TestPluginTimeout(t *testing.T) {
	t.Parallel()
	p := shell(t, `sleep 300 & echo $! > child; trap 'echo asked >> log.txt; exit 1' TERM; echo '{"id": 1}'; wait`)
	p.Timeout = 300 * time.Millisecond
	from := time.Now()
	_, _, err := RunPlugin(t.Context(), t.TempDir(), p)
	if err == nil || !strings.Contains(err.Error(), "not done within 300ms") || time.Since(from) > 5*time.Second {
		t.Errorf("after %s: %v", time.Since(from), err)
	}
	text, err := os.ReadFile(filepath.Join(p.Dir, "child"))
	if err != nil {
		t.Fatal(err)
	}
	child, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	gone := func() bool { // a zombie whose parent is gone counts as gone
		status, err := os.ReadFile("/proc/" + strconv.Itoa(child) + "/stat")
		return err != nil && syscall.Kill(child, 0) != nil || strings.Contains(string(status), ") Z ")
	}
	for range 50 {
		if gone() {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("process %d, which the plug-in started, is still there", child)
}

func TestPluginCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	landing := t.TempDir()
	if _, _, err := RunPlugin(ctx, landing, shell(t, "sleep 60")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if left, err := os.ReadDir(landing); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestPluginLogIsBounded(t *testing.T) {
	t.Parallel()
	p := shell(t, `yes 'a line of the log' | head -n 100000 >&2; echo '{"id": 1}'`)
	_, lines, err := RunPlugin(t.Context(), t.TempDir(), p)
	if err != nil || lines != 100_000 {
		t.Errorf("%d lines, %v", lines, err)
	}
	if info, err := os.Stat(p.Log); err != nil || info.Size() > pluginLogBytes+100 {
		t.Errorf("%v, %v", info, err)
	}
}

// TestPluginExamples runs those of the documentation.
func TestPluginExamples(t *testing.T) {
	t.Parallel()
	docs, err := filepath.Abs(filepath.Join("..", "docs", "plugins"))
	if err != nil {
		t.Fatal(err)
	}
	t.Run("python", func(t *testing.T) {
		if _, err := exec.LookPath("python3"); err != nil {
			t.Skip("python3 is not installed")
		}
		dir := t.TempDir()
		tickets := `[{"ticket_id": "T-2", "email": "bo@example.com", "updated_at": "2026-02-02T00:00:00Z"},
			{"ticket_id": "T-1", "email": "æ@example.com", "updated_at": "2026-02-01T00:00:00Z"}]`
		if err := os.WriteFile(filepath.Join(dir, "tickets.json"), []byte(tickets), 0o600); err != nil {
			t.Fatal(err)
		}
		p := Plugin{Feed: "tickets", Dir: dir, Command: []string{"python3", filepath.Join(docs, "tickets.py")}, Format: "jsonl",
			Fields: []string{"ticket_id", "email", "updated_at"}, Cursor: "updated_at"}
		first, lines, err := RunPlugin(t.Context(), t.TempDir(), p)
		if err != nil || lines != 1 || first.Cursor != "2026-02-02T00:00:00Z" || first.State != "1" {
			t.Fatalf("%+v, %d lines, %v", first, lines, err)
		}
		p.After, p.State = first.Cursor, first.State
		again, _, err := RunPlugin(t.Context(), t.TempDir(), p)
		if err != nil || again.SHA256 != "" || again.State != "2" {
			t.Errorf("%+v, %v", again, err)
		}
	})
	t.Run("shell", func(t *testing.T) {
		dir := t.TempDir()
		answers := "id\tmail\tscore\n1\tada \"the\" first@example.com\t9\n2\tb\\o@example.com\t3\n"
		if err := os.WriteFile(filepath.Join(dir, "surveys.tsv"), []byte(answers), 0o600); err != nil {
			t.Fatal(err)
		}
		l, _, err := RunPlugin(t.Context(), t.TempDir(), Plugin{Feed: "surveys", Dir: dir, Command: []string{filepath.Join(docs, "surveys.sh")}, Format: "jsonl",
			Fields: []string{"response_id", "email", "score"}})
		if err != nil {
			t.Fatal(err)
		}
		s, err := Open(schemas.Contract{Dialect: schemas.Dialect{Format: "jsonl"}, Objects: []schemas.Object{{Name: "r"}}}, l)
		if err != nil {
			t.Fatal(err)
		}
		if d := read(t, s); len(d.rows) != 2 || d.rows[0] != `r@1 email="ada \"the\" first@example.com" response_id="1" score="9"` {
			t.Error(d)
		}
	})
}
