package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"loadstar/cmd/internal/config"
	"loadstar/extract"
)

// Probe is what a look at one source found.
type Probe struct {
	Name  string // "feed x", or "connection x" of one that no feed uses
	From  string
	Found string // what is there, for people
	Err   error  // why nothing can be read, with the fix
	Took  time.Duration
}

// ProbeAll looks at every source of a configuration, in order of the feeds,
// and then at connections that no feed uses. Nothing is landed: of each table
// one row is read, of each file the beginning; plug-ins are not run. now is
// asked to time each look.
func ProbeAll(ctx context.Context, cfg config.Config, now func() time.Time) ([]Probe, error) {
	var probes []Probe
	look := func(name, from string, probe func() (string, error)) error {
		begin := now()
		found, err := probe()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		probes = append(probes, Probe{Name: name, From: from, Found: found, Err: err, Took: now().Sub(begin)})
		return nil
	}
	used := map[string]bool{}
	for _, feed := range cfg.Feeds {
		used[feed.From.Connection] = true
		if err := look("feed "+feed.Name, feed.From.What(), func() (string, error) { return probeFeed(ctx, cfg, feed) }); err != nil {
			return nil, err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(cfg.Connections)) {
		if used[name] {
			continue
		}
		if err := look("connection "+name, cfg.Connections[name].Driver, func() (string, error) { return probeConnection(ctx, cfg, name) }); err != nil {
			return nil, err
		}
	}
	return probes, nil
}

func probeFeed(ctx context.Context, cfg config.Config, feed config.Feed) (string, error) {
	switch {
	case feed.From.IsFile():
		return probeFiles(cfg, feed)
	case feed.From.IsPull():
		return probePull(ctx, cfg, feed)
	default:
		return probeCommand(cfg, feed.From.Command[0])
	}
}

func probePull(ctx context.Context, cfg config.Config, feed config.Feed) (string, error) {
	p, err := PullOf(ctx, cfg, feed, "", time.Time{})
	if err != nil {
		return "", err
	}
	probe, err := extract.ProbeTable(ctx, p)
	if err != nil {
		return "", err
	}
	how := "no unique key is proved: read in one statement"
	if probe.Key != nil {
		how = "unique key: read in chunks"
	}
	return fmt.Sprintf("%d columns, %s", probe.Columns, how), nil
}

func probeConnection(ctx context.Context, cfg config.Config, name string) (string, error) {
	connection := cfg.Connections[name]
	secrets, err := cfg.Secrets(ctx, name)
	if err != nil {
		return "", err
	}
	tables, err := extract.Tables(ctx, extract.Pull{
		Driver: connection.Driver, DSN: secrets.DSN, Password: secrets.Password, ConnectTimeout: connection.Waits.Connect,
	})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d tables and views; no feed uses it", len(tables)), nil
}

// headBytes of each file are read to see that it can be.
const headBytes = 4096

func probeFiles(cfg config.Config, feed config.Feed) (string, error) {
	files, _, err := Find(cfg, feed, time.Time{})
	if err != nil {
		return "", err
	}
	if len(files) == 0 {
		if feed.Contract.Allow.Absent {
			return "no file, which the contract allows", nil
		}
		return "", fmt.Errorf("it names no file%s: check the path in loadstar.yaml, or add `absent` to the contract's allow list", extract.WhyNoFile(cfg.Dir, feed.From.Pattern))
	}
	size := int64(0)
	for _, f := range files {
		n, err := probeFile(f.Path)
		if err != nil {
			return "", fmt.Errorf("%s: %w", filepath.Base(f.Path), err)
		}
		size += n
	}
	if len(files) == 1 {
		return "1 file, " + megabytes(size), nil
	}
	return fmt.Sprintf("%d files, %s", len(files), megabytes(size)), nil
}

func probeFile(path string) (size int64, err error) {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrPermission) {
		return 0, errors.New("it can't be read: give this user the right to")
	}
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	if !info.Mode().IsRegular() {
		return 0, errors.New("it is no regular file: name files")
	}
	_, err = io.CopyN(io.Discard, file, headBytes)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return info.Size(), err
}

func megabytes(size int64) string {
	if size < 1<<20 {
		return fmt.Sprintf("%d KB", (size+1023)>>10)
	}
	return fmt.Sprintf("%d MB", size>>20)
}

func probeCommand(cfg config.Config, program string) (string, error) {
	path := program
	if strings.ContainsRune(program, filepath.Separator) && !filepath.IsAbs(program) {
		path = filepath.Join(cfg.Dir, program)
	}
	if _, err := exec.LookPath(path); err != nil {
		return "", fmt.Errorf("%s can't be run: install it, or make it executable", program)
	}
	return "program found; it was not run", nil
}
