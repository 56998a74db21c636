package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"loadstar/cmd/internal/pipeline"
	"loadstar/load/publish"
)

// What a caller of the look-up may cost.
const (
	mostRequestBytes = 16 << 10
	mostHeaderBytes  = 8 << 10
	readTimeout      = 5 * time.Second
	writeTimeout     = 10 * time.Second
	idleTimeout      = 2 * time.Minute
	stopTimeout      = 5 * time.Second
	versionInterval  = 2 * time.Second // between looks for a new version
	socketMode       = 0o660           // as ods.duckdb: owner and group
)

// lookupServer answers queries on the newest version it has read.
type lookupServer struct {
	now  atomic.Pointer[pipeline.Lookup]
	open func() (*pipeline.Lookup, error)
	w    publish.Warehouse

	isPort bool // of this machine: its callers name it
}

// serve answers queries until the context ends.
func (a *app) serve(ctx context.Context, address string, w publish.Warehouse, open func() (*pipeline.Lookup, error)) (err error) {
	listener, err := listen(ctx, address)
	if err != nil {
		return err
	}
	defer func() {
		if closing := listener.Close(); !errors.Is(closing, net.ErrClosed) {
			err = errors.Join(err, closing)
		}
	}()
	first, err := open()
	if err != nil {
		return err
	}
	s := &lookupServer{open: open, w: w, isPort: listener.Addr().Network() == "tcp"}
	s.now.Store(first)
	prompt()
	server := &http.Server{Handler: s.handler(), ReadTimeout: readTimeout, ReadHeaderTimeout: readTimeout,
		WriteTimeout: writeTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: mostHeaderBytes}
	fmt.Fprintf(a.err, "Answering for version %d, %s records, on %s; interrupt to stop.\n", first.Version.Number, thousands(int64(first.Records)), listener.Addr())
	ctx, stop := context.WithCancel(ctx)
	following := make(chan struct{})
	go func() {
		defer close(following)
		s.follow(ctx, func(message string) { fmt.Fprintln(a.err, printable(message)) })
	}()
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err = <-served:
	case <-ctx.Done():
		limit, done := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer done()
		err = server.Shutdown(limit)
		if closed := <-served; !errors.Is(closed, http.ErrServerClosed) {
			err = errors.Join(err, closed)
		}
		fmt.Fprintln(a.err, "Stopped.")
	}
	stop()
	<-following
	return err
}

// listen opens a Unix socket, or a port of this machine only.
func listen(ctx context.Context, address string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil || strings.Contains(address, "/") {
		return listenSocket(ctx, address)
	}
	ip, err := netip.ParseAddr(host)
	if host != "localhost" && (err != nil || !ip.IsLoopback()) {
		return nil, &usageError{fmt.Errorf("--serve %s: only loopback addresses are served, as 127.0.0.1:%s or [::1]:%s: names of customers are not for the network", address, port, port)}
	}
	if host == "localhost" { // whatever it resolves to here
		host = "127.0.0.1"
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, fmt.Errorf("serve look-ups: %w", err)
	}
	return l, nil
}

// listenSocket opens a Unix socket; one that a killed server left is replaced.
func listenSocket(ctx context.Context, path string) (net.Listener, error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("serve look-ups: %w", err)
	case info.Mode().Type() != fs.ModeSocket:
		return nil, &usageError{fmt.Errorf("--serve %s: the file exists and is no socket", path)}
	default:
		conn, err := (&net.Dialer{}).DialContext(ctx, "unix", path)
		if err == nil {
			return nil, errors.Join(fmt.Errorf("serve look-ups: another server answers on %s", path), conn.Close())
		}
		if err := os.Remove(path); err != nil {
			return nil, fmt.Errorf("serve look-ups: %w", err)
		}
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "unix", path)
	if err != nil {
		return nil, fmt.Errorf("serve look-ups: %w", err)
	}
	if err := os.Chmod(path, socketMode); err != nil {
		return nil, fmt.Errorf("serve look-ups: %w", errors.Join(err, l.Close()))
	}
	return l, nil
}

// follow reads each new version and answers on it from then on.
func (s *lookupServer) follow(ctx context.Context, tell func(message string)) {
	tick := time.NewTicker(versionInterval)
	defer tick.Stop()
	last := ""
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		changed, err := s.refresh()
		switch {
		case err != nil && ctx.Err() == nil && err.Error() != last:
			last = err.Error()
			tell(fmt.Sprintf("Still answering for version %d: %s", s.now.Load().Version.Number, last))
		case changed:
			last = ""
			tell(fmt.Sprintf("Answering for version %d now.", s.now.Load().Version.Number))
		}
	}
}

// refresh takes over the current version where it is another one.
func (s *lookupServer) refresh() (changed bool, err error) {
	v, err := s.w.Current()
	if err != nil || v.Number == s.now.Load().Version.Number {
		return false, err
	}
	l, err := s.open()
	if err != nil {
		return false, err
	}
	s.now.Store(l)
	prompt()
	return true, nil
}

func (s *lookupServer) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /lookup", s.lookup)
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) {
		l := s.now.Load()
		reply(w, http.StatusOK, struct {
			Version int64     `json:"version"`
			AsOf    time.Time `json:"as_of"`
			Records int       `json:"records"`
		}{l.Version.Number, l.Version.Manifest.AsOf, l.Records})
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// A name that somebody had resolve to this machine is not asked for.
		if s.isPort && !isLoopback(r.Host) {
			refuse(w, http.StatusMisdirectedRequest, "ask for 127.0.0.1, [::1] or localhost")
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// isLoopback tells whether the host of a request, with or without port, is
// this machine.
func isLoopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// request is a query and how many customers it wants.
type request struct {
	pipeline.Query
	Limit *int `json:"limit"`
}

func (s *lookupServer) lookup(w http.ResponseWriter, r *http.Request) {
	// A page in a browser of this machine must not ask: it can send this type
	// to another site only after asking for leave, which is never given.
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		refuse(w, http.StatusUnsupportedMediaType, "send the query as application/json")
		return
	}
	body := json.NewDecoder(http.MaxBytesReader(w, r.Body, mostRequestBytes))
	body.DisallowUnknownFields()
	var ask request
	if err := body.Decode(&ask); err != nil {
		refuseBody(w, err)
		return
	}
	if _, err := body.Token(); !errors.Is(err, io.EOF) {
		refuse(w, http.StatusBadRequest, "one JSON object is a query; more follows")
		return
	}
	limit := usualCandidates
	if ask.Limit != nil {
		limit = *ask.Limit
	}
	if limit < 1 || limit > mostCandidates {
		refuse(w, http.StatusBadRequest, fmt.Sprintf("limit: must be from 1 to %d", mostCandidates))
		return
	}
	l := s.now.Load()
	answer, err := l.Find(ask.Query, limit)
	var wrong *pipeline.QueryError
	switch {
	case errors.As(err, &wrong):
		refuse(w, http.StatusBadRequest, wrong.Reason)
	case err != nil:
		refuse(w, http.StatusInternalServerError, "the look-up failed")
	default:
		reply(w, http.StatusOK, lookedUp(l, answer))
	}
}

// refuseBody says what is wrong with a body that is no query, without its
// values.
func refuseBody(w http.ResponseWriter, err error) {
	var (
		long   *http.MaxBytesError
		syntax *json.SyntaxError
		kind   *json.UnmarshalTypeError
	)
	switch {
	case errors.As(err, &long):
		refuse(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("a query has at most %d bytes", mostRequestBytes))
	case errors.As(err, &syntax):
		refuse(w, http.StatusBadRequest, fmt.Sprintf("not JSON: byte %d", syntax.Offset))
	case errors.As(err, &kind):
		what := "must be a text"
		switch {
		case kind.Field == "limit":
			what = "must be a whole number"
		case kind.Field == "":
			kind.Field, what = "the query", "must be a JSON object"
		}
		refuse(w, http.StatusBadRequest, strings.TrimPrefix(kind.Field, "Query.")+": "+what)
	case strings.HasPrefix(err.Error(), "json: unknown field"):
		refuse(w, http.StatusBadRequest, strings.TrimPrefix(err.Error(), "json: ")+"; there are name, given, family, company, email, phone, birth_date, street, postcode, city, country, national_id, limit")
	default:
		refuse(w, http.StatusBadRequest, "not a whole JSON object")
	}
}

func refuse(w http.ResponseWriter, status int, reason string) {
	reply(w, status, struct {
		Error string `json:"error"`
	}{reason})
}

// reply writes an answer; a caller who has gone hears nothing.
func reply(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = newLines(w).Encode(value)
}
