package main_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// lookedUp is what the tests read of an answer.
type lookedUp struct {
	Version    int64
	Verdict    string
	Error      string
	Candidates []struct {
		CustomerKey int64 `json:"customer_key"`
		Name        string
		Bits        float64
		Reasons     []struct{ Bits float64 }
	}
}

// TestLookup asks for a customer of the published version by what the feeds
// told of it.
func TestLookup(t *testing.T) {
	dir := sampleCompany(t)
	say(t, 0, "run", "-C", dir, "--as-of", "2026-03-31")
	row := say(t, 0, "query", "-C", dir, "--format", "csv", `select customer_key, display_name, email, birth_date from dim_customer
where party_type = 'person' and email is not null and birth_date is not null and source_record_count > 1 order by 1 limit 1`)
	cells := strings.Split(strings.TrimSpace(strings.SplitN(row, "\n", 2)[1]), ",")
	answer := func(args ...string) (l lookedUp) {
		t.Helper()
		if err := json.Unmarshal([]byte(say(t, 0, append([]string{"lookup", "-C", dir, "--format", "json"}, args...)...)), &l); err != nil {
			t.Fatal(err)
		}
		return l
	}
	found := answer("--name", strings.ToUpper(cells[1]), "--email", cells[2], "--birth-date", cells[3])
	if found.Verdict != "found" || len(found.Candidates) == 0 || found.Candidates[0].Name != cells[1] {
		t.Errorf("customer %v: %+v", cells, found)
	}
	sum := 0.
	for _, r := range found.Candidates[0].Reasons {
		sum += r.Bits
	}
	if d := sum - found.Candidates[0].Bits; d > .002 || d < -.002 {
		t.Errorf("the reasons add up to %.3f bits of %.3f", sum, found.Candidates[0].Bits)
	}
	if none := answer("--name", "Xqvw Zzkrj"); none.Verdict != "none" || len(none.Candidates) != 0 {
		t.Errorf("nobody of this name: %+v", none)
	}
	screen := say(t, 0, "lookup", "-C", dir, "--name", cells[1], "--email", cells[2])
	for _, want := range []string{cells[0], cells[1], "prior", "is meant by the evidence", "loadstar explain customer " + cells[0]} {
		if !strings.Contains(screen, want) {
			t.Errorf("the screen lacks %q:\n%s", want, screen)
		}
	}
	for want, args := range map[string][]string{
		"nothing to look up":    {},
		"nothing to compare in": {"--email", "none@none", "--phone", "x"},
		"yyyy-mm-dd":            {"--birth-date", "31.12.1980"},
		"longer than":           {"--name", strings.Repeat("a", 600)},
		"--limit":               {"--name", "Ann", "--limit", "0"},
		"--format":              {"--name", "Ann", "--format", "xml"},
		"loopback":              {"--serve", "192.0.2.1:80"},
		"127.0.0.1":             {"--serve", ":8080"},
		"leave the others out":  {"--serve", "x.sock", "--name", "Ann"},
		"is no socket":          {"--serve", filepath.Join(dir, "loadstar.yaml")},
	} {
		if out := say(t, 2, append([]string{"lookup", "-C", dir}, args...)...); !strings.Contains(out, want) {
			t.Errorf("%v: %s, want %q", args, out, want)
		}
	}
	say(t, 2, "lookup", "-C", filepath.Dir(dir)+"/nowhere", "--name", "Ann")
}

// TestLookupServes starts a server on a socket, asks it well and badly, sees
// it take over the next version, and stops it.
func TestLookupServes(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the job twice")
	}
	dir := sampleCompany(t)
	say(t, 0, "run", "-C", dir, "--as-of", "2026-03-31")
	socket := filepath.Join(dir, "l.sock")
	server := loadstar("lookup", "-C", dir, "--serve", socket)
	var told bytes.Buffer
	server.Stderr = &told
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	defer stopped(t, server, ended)
	client := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}}}
	ask := func(kind, body string) (status int, l lookedUp) {
		t.Helper()
		response, err := client.Post("http://loadstar/lookup", kind, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(response.Body)
		if err == nil {
			err = response.Body.Close()
		}
		if err == nil && response.StatusCode != http.StatusNotFound {
			err = json.Unmarshal(text, &l)
		}
		if err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		return response.StatusCode, l
	}
	version := func() int64 {
		response, err := client.Get("http://loadstar/health")
		if err != nil {
			return 0
		}
		defer func() { _ = response.Body.Close() }()
		var l lookedUp
		if err := json.NewDecoder(response.Body).Decode(&l); err != nil {
			t.Fatal(err)
		}
		return l.Version
	}
	await(t, "the server answers", func() bool { return version() == 1 })
	if status, l := ask("application/json; charset=utf-8", `{"name": "Anna Schmidt", "limit": 2}`); status != http.StatusOK || l.Version != 1 || len(l.Candidates) > 2 {
		t.Errorf("status %d, %+v", status, l)
	}
	for body, want := range map[string]string{
		``: "JSON", `[]`: "JSON object", `{"name": 3}`: "name: must be a text", `{"limit": "x"}`: "limit: must be a whole number",
		`{"nam": "x"}`: "unknown field", `{"name": "a"} {}`: "more follows", `{"name": "a", "limit": 1000}`: "limit", `{}`: "nothing to look up",
		`{"birth_date": "x"}`: "birth_date", "{\"name\": \"\xff\"": "JSON", `{"name": "` + strings.Repeat("a", 1000) + `"}`: "longer",
	} {
		if status, l := ask("application/json", body); status != http.StatusBadRequest || !strings.Contains(l.Error, want) {
			t.Errorf("%.40s: status %d, %q, want %q", body, status, l.Error, want)
		}
	}
	if status, _ := ask("text/plain", `{"name": "a"}`); status != http.StatusUnsupportedMediaType {
		t.Errorf("a page's request has status %d", status)
	}
	if status, _ := ask("application/json", `{"name": "`+strings.Repeat("a", 1<<20)+`"}`); status != http.StatusRequestEntityTooLarge {
		t.Errorf("a request of a megabyte has status %d", status)
	}
	if info, err := os.Stat(socket); err != nil || info.Mode().Perm() != 0o660 {
		t.Errorf("the socket is %v, %v", info.Mode(), err)
	}
	if out := say(t, 1, "lookup", "-C", dir, "--serve", socket); !strings.Contains(out, "another server") {
		t.Errorf("a second server: %s", out)
	}
	say(t, 0, "run", "-C", dir)
	await(t, "the next version is taken over", func() bool { return version() == 2 })
	if err := server.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if err != nil || !strings.Contains(told.String(), "Stopped.") {
			t.Errorf("the server ends with %v: %s", err, told.String())
		}
		ended <- nil
	case <-time.After(20 * time.Second):
		t.Error("the server does not stop")
	}
	if _, err := os.Stat(socket); err == nil {
		t.Error("the socket stays")
	}
}

func await(t *testing.T, what string, isSo func() bool) {
	t.Helper()
	for range 600 {
		if isSo() {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("in a minute: not that %s", what)
}

// stopped kills a server that the test left running.
func stopped(t *testing.T, server *exec.Cmd, ended chan error) {
	t.Helper()
	select {
	case err := <-ended:
		t.Logf("the server ended: %v", err)
	default:
		if err := server.Process.Kill(); err != nil {
			t.Error(err)
		}
		t.Logf("the server was killed: %v", <-ended)
	}
}
