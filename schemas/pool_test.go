package schemas

import "testing"

func TestPoolSizes(t *testing.T) {
	var none *Pool
	for _, p := range []*Pool{none, {}} {
		for size := range 70_000 {
			b := p.Allocate(size)
			if len(b) != size {
				t.Fatalf("%d bytes, expected %d", len(b), size)
			}
			p.Free(b)
		}
		p.Free(make([]byte, 5000)) // no power of two: it must serve smaller sizes only
		if b := p.Allocate(8000); len(b) != 8000 {
			t.Fatalf("%d bytes", len(b))
		}
		b := p.Allocate(5000)
		b[0], b[4999] = 1, 2
		if b = p.Reallocate(1<<20, b); len(b) != 1<<20 || b[0] != 1 || b[4999] != 2 {
			t.Error("growing lost bytes")
		}
	}
}

func TestPoolRecycles(t *testing.T) {
	p := &Pool{}
	allocs := testing.AllocsPerRun(100, func() {
		buffer := p.Buffer(p.Allocate(100_000))
		buffer.Retain()
		buffer.Release()
		buffer.Release()
	})
	if allocs > 4 { // the buffer and headers, not 100,000 bytes
		t.Errorf("%.0f allocations", allocs)
	}
}
