package bench

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"loadstar/cmd/internal/sample"
)

const (
	lookedUp      = 5000             // look-ups that are measured
	warmUp        = 200              // look-ups before
	opensWithin   = 10 * time.Minute // a server reads its version
	patience      = 50 * time.Millisecond
	stopsWithin   = 10 * time.Second
	lookupAddress = "http://loadstar/lookup"
)

// measureLookup starts `loadstar lookup --serve` on a project's current version
// and measures what its callers wait for: from the raw query to the whole
// answer, over a Unix socket, one caller at a time.
func measureLookup(ctx context.Context, binary, project string, out io.Writer) (err error) {
	dir, err := os.MkdirTemp("", "loadstar-bench-") // the path of a socket must be short
	if err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	queries, err := lookupQueries(ctx)
	if err != nil {
		return err
	}
	socket := filepath.Join(dir, "lookup")
	server := exec.CommandContext(ctx, binary, "lookup", "--project", project, "--serve", socket)
	server.Stderr = os.Stderr
	server.Cancel = func() error { return server.Process.Signal(os.Interrupt) }
	server.WaitDelay = stopsWithin
	if err := server.Start(); err != nil {
		return fmt.Errorf("start %s: %w", binary, err)
	}
	defer func() {
		err = errors.Join(err, server.Process.Signal(os.Interrupt), server.Wait())
	}()
	caller := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}}}
	defer caller.CloseIdleConnections()
	for begun := time.Now(); ; {
		if err = ask(ctx, caller, queries[0]); err == nil || time.Since(begun) > opensWithin {
			break
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(patience):
		}
	}
	if err != nil {
		return err
	}
	took := make([]time.Duration, 0, lookedUp)
	used := processorOf(server.Process.Pid)
	for i := range warmUp + lookedUp {
		from := time.Now()
		if err := ask(ctx, caller, queries[i%len(queries)]); err != nil {
			return err
		}
		if i >= warmUp {
			took = append(took, time.Since(from))
		}
	}
	used = processorOf(server.Process.Pid) - used
	slices.Sort(took)
	milliseconds := func(share int) float64 { return took[len(took)*share/100].Seconds() * 1000 }
	fmt.Fprintf(out, "lookup over a Unix socket, wall clock: p50 %.2f ms, p90 %.2f ms, p99 %.2f ms (aim: 1 ms); the server's processor time is %.2f ms each\n\n",
		milliseconds(50), milliseconds(90), milliseconds(99), used.Seconds()*1000/(warmUp+lookedUp))
	return nil
}

// processorOf is the processor time that a running process has used, 0 where
// the system does not tell in /proc.
func processorOf(pid int) time.Duration {
	const userTime, systemTime, tick = 11, 12, time.Second / 100 // fields after the name, see proc(5)
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return 0
	}
	fields := bytes.Fields(text[bytes.LastIndexByte(text, ')')+1:])
	if len(fields) <= systemTime {
		return 0
	}
	user, errUser := strconv.Atoi(string(fields[userTime]))
	system, errSystem := strconv.Atoi(string(fields[systemTime]))
	if errUser != nil || errSystem != nil {
		return 0
	}
	return time.Duration(user+system) * tick
}

// ask sends a query and reads the answer.
func ask(ctx context.Context, caller *http.Client, query []byte) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, lookupAddress, bytes.NewReader(query))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := caller.Do(r)
	if err != nil {
		return fmt.Errorf("look up: %w", err)
	}
	_, err = io.Copy(io.Discard, answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return fmt.Errorf("look up: %w", err)
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("look up: the server answers %s", answer.Status)
	}
	return nil
}

// lookupQueries are what callers may say of invented people: all, or a part.
func lookupQueries(ctx context.Context) ([][]byte, error) {
	const people, seed = 1000, 1
	var text bytes.Buffer
	if err := sample.People(ctx, people, seed, &text); err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(&text).ReadAll()
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	// query field by column
	said := [][][2]string{
		{{"given", "given_name"}, {"family", "family_name"}, {"birth_date", "birth_date"}, {"street", "address_line"}, {"postcode", "postcode"}, {"city", "city"}, {"email", "email"}, {"phone", "phone"}},
		{{"given", "given_name"}, {"family", "family_name"}},
		{{"family", "family_name"}, {"postcode", "postcode"}},
		{{"family", "family_name"}, {"email", "email"}},
		{{"given", "given_name"}, {"family", "family_name"}, {"city", "city"}},
		{{"family", "family_name"}, {"phone", "phone"}},
		{{"given", "given_name"}, {"family", "family_name"}, {"birth_date", "birth_date"}},
	}
	var queries [][]byte
	for i, row := range rows[1:] {
		query := map[string]string{}
		for _, field := range said[i%len(said)] {
			if value := row[at[field[1]]]; value != "" {
				query[field[0]] = value
			}
		}
		if query["family"] == "" {
			continue // nothing that names somebody
		}
		text, err := json.Marshal(query)
		if err != nil {
			return nil, err
		}
		queries = append(queries, text)
	}
	return queries, nil
}
