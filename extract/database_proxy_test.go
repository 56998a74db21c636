package extract

import (
	"io"
	"net"
	"sync"
	"testing"
)

// breakingProxy passes connections on, and breaks each after so many bytes of
// answers.
type breakingProxy struct {
	address string
	mu      sync.Mutex
	seen    int
}

func newBreakingProxy(t *testing.T, target string, limit int64) *breakingProxy {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &breakingProxy{address: listener.Addr().String()}
	var group sync.WaitGroup
	group.Go(func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			p.mu.Lock()
			p.seen++
			p.mu.Unlock()
			group.Go(func() { pass(t, client, target, limit) })
		}
	})
	t.Cleanup(func() {
		if err := listener.Close(); err != nil {
			t.Error(err)
		}
		group.Wait()
	})
	return p
}

func pass(t *testing.T, client net.Conn, target string, limit int64) {
	server, err := net.Dial("tcp", target)
	if err != nil {
		t.Error(err)
		_ = client.Close()
		return
	}
	go func() { _, _ = io.Copy(server, client) }()
	_, _ = io.CopyN(client, server, limit)
	_ = client.Close()
	_ = server.Close()
}

func (p *breakingProxy) connections() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.seen
}
