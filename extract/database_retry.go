package extract

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const (
	firstRetryWait = time.Second
	connectTimeout = 15 * time.Second
)

func (p Pull) connectTimeout() time.Duration {
	if p.ConnectTimeout > 0 {
		return p.ConnectTimeout
	}
	return connectTimeout
}

// refusal is what an error of a driver means.
type refusal struct {
	reason string // "" = the driver's own words
	next   string // what to do about it, "" = nothing known
	again  bool   // another attempt may succeed
	absent bool   // there is no table of that name
}

// sourceError is an error of a database in words for people, without secrets.
type sourceError struct {
	text  string
	again bool
	err   error
}

func (e *sourceError) Error() string { return e.text }
func (e *sourceError) Unwrap() error { return e.err }

// refuse makes the error of a driver one for people.
func (d *database) refuse(ctx context.Context, doing string, err error) error {
	if err == nil {
		return nil
	}
	var known *sourceError
	if errors.As(err, &known) {
		return err
	}
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", doing, ctx.Err())
	}
	r := d.explain(err)
	if r.reason == "" {
		r.reason = err.Error()
		if isBroken(err) {
			r.again, r.next = true, "check host, port and network in the connection's dsn"
		}
	}
	if r.absent {
		r.next = d.meantTable(ctx)
	}
	text := doing + ": " + r.reason
	if r.next != "" {
		text += ": " + r.next
	}
	return &sourceError{text: d.pull.scrub(text), again: r.again, err: err}
}

// isBroken says whether a network error ended the connection, or let none come
// to be.
func isBroken(err error) bool {
	var network net.Error
	var operation *net.OpError
	return errors.As(err, &network) || errors.As(err, &operation) || errors.Is(err, net.ErrClosed) ||
		strings.Contains(err.Error(), "unexpected EOF") || strings.Contains(err.Error(), "connection reset")
}

// meantTable asks for the tables that one may have meant. The snapshot of the
// error is of no use any more.
func (d *database) meantTable(ctx context.Context) string {
	fresh := &database{dialect: d.dialect, pull: d.pull}
	var err error
	if fresh.snapshot, err = d.open(ctx, d.pull); err != nil {
		return ""
	}
	tables, err := fresh.tables(ctx)
	if errors.Join(err, fresh.close()) != nil {
		return ""
	}
	names := make([]string, len(tables))
	for i, t := range tables {
		names[i] = t.Name
	}
	if len(names) == 0 {
		return "the database has no table to read for this user"
	}
	return didYouMean(d.pull.Table, names)
}

// scrub takes the secrets of a pull out of a text.
func (p Pull) scrub(text string) string {
	if p.Driver == "sqlite" {
		return text
	}
	secrets := []string{p.DSN, p.Password}
	if address, err := url.Parse(p.DSN); err == nil && address.User != nil {
		password, _ := address.User.Password()
		secrets = append(secrets, password, url.QueryEscape(password), url.PathEscape(password))
	}
	for _, part := range strings.FieldsFunc(p.DSN, func(r rune) bool { return strings.ContainsRune(" ?&", r) }) {
		if name, value, ok := strings.Cut(part, "="); ok && strings.Contains(name, "passw") {
			secrets = append(secrets, strings.Trim(value, "'"))
		}
	}
	for _, secret := range secrets {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "•••")
		}
	}
	return text
}

// retry makes another attempt where a broken connection ended the one before,
// each after twice the time.
func retry(ctx context.Context, p Pull, attempt func(context.Context) ([]Landed, error)) ([]Landed, error) {
	wait := p.RetryWait
	if wait == 0 {
		wait = firstRetryWait
	}
	for tried := 0; ; tried++ {
		pages, err := withTimeout(ctx, p.Timeout, attempt)
		var broken *sourceError
		if err == nil || tried >= p.Retries || !errors.As(err, &broken) || !broken.again || ctx.Err() != nil {
			if err != nil && tried > 0 {
				err = fmt.Errorf("%w (%d attempts)", err, tried+1)
			}
			return pages, err
		}
		if p.Notice != nil {
			p.Notice(fmt.Sprintf("%v; attempt %d of %d in %s %s", broken, tried+2, p.Retries+1, wait, p.goesOn()))
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(wait):
		}
		wait *= 2
	}
}

// goesOn says where a further attempt begins. The moment that a snapshot shows
// is gone with its connection: pages of a whole table from two moments could
// lack a row that moved between them, or have it twice.
func (p Pull) goesOn() string {
	if p.Cursor == "" {
		return "starts again at the first row, for the whole is of one moment"
	}
	return "goes on behind the last page"
}

func withTimeout(ctx context.Context, timeout time.Duration, attempt func(context.Context) ([]Landed, error)) ([]Landed, error) {
	if timeout == 0 {
		return attempt(ctx)
	}
	limited, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	pages, err := attempt(limited)
	if err != nil && limited.Err() != nil && ctx.Err() == nil {
		return nil, fmt.Errorf("it took longer than %s: raise the connection's timeout, or pull by a cursor", timeout)
	}
	return pages, err
}

// progress is what an unfinished pull has landed.
type progress struct {
	Pull  string   `json:"pull"` // which pull it is
	Pages []Landed `json:"pages"`
}

func progressFile(landingDir, feed string) string {
	return filepath.Join(landingDir, ".pull", feed+".json")
}

// identity tells pulls apart: pages of one are of no use to another.
func (p Pull) identity() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{p.Driver, p.Table, p.Query, p.Cursor, p.After, p.UpTo.String()}, "\x00")))
	return hex.EncodeToString(sum[:])
}

// readProgress returns the pages that earlier attempts of a pull landed.
func readProgress(landingDir string, p Pull) ([]Landed, error) {
	text, err := os.ReadFile(progressFile(landingDir, p.Feed))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read what was pulled before: %w", err)
	}
	var known progress
	// What can't be read is of no use, and its rows are pulled again.
	if json.Unmarshal(text, &known) != nil || known.Pull != p.identity() {
		return nil, nil
	}
	for i, page := range known.Pages {
		info, err := os.Stat(LandedFile(landingDir, page.SHA256))
		if err != nil || info.Size() != page.Size {
			return known.Pages[:i], nil
		}
	}
	return known.Pages, nil
}

func writeProgress(landingDir string, p Pull, pages []Landed) error {
	text, err := json.Marshal(progress{Pull: p.identity(), Pages: pages})
	if err != nil {
		return fmt.Errorf("note what was pulled: %w", err)
	}
	file := progressFile(landingDir, p.Feed)
	if err := os.MkdirAll(filepath.Dir(file), landingDirMode); err != nil {
		return fmt.Errorf("note what was pulled: %w", err)
	}
	if err := os.WriteFile(file+".new", text, landingMode); err != nil {
		return fmt.Errorf("note what was pulled: %w", err)
	}
	if err := os.Rename(file+".new", file); err != nil {
		return fmt.Errorf("note what was pulled: %w", err)
	}
	return nil
}

func dropProgress(landingDir string, p Pull) error {
	if err := os.Remove(progressFile(landingDir, p.Feed)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("forget what was pulled: %w", err)
	}
	return nil
}
