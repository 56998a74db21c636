package schemas

import (
	"math/bits"
	"sync"

	"github.com/apache/arrow-go/v18/arrow/memory"
)

// Pool recycles the memory of record batches: batches of one delivery are much
// alike, and new memory costs its zeroing, its page faults and the collector's
// rounds. Memory comes back when the last reference to a batch is released;
// nothing may read the batch afterwards, not even a string of it. A nil Pool
// recycles nothing. It may be used concurrently.
type Pool struct {
	classes [maxPooled + 1]sync.Pool // *[]byte by the power of two they hold at least
}

// Sizes outside these powers of two are left to the collector.
const (
	minPooled = 12
	maxPooled = 26
)

var _ memory.Allocator = (*Pool)(nil)

// Allocate returns size bytes of any content.
func (p *Pool) Allocate(size int) []byte {
	class := bits.Len(uint(max(size, 1) - 1)) // 1 << class is at least size
	if p == nil || class < minPooled || class > maxPooled {
		return make([]byte, size)
	}
	if kept, ok := p.classes[class].Get().(*[]byte); ok {
		return (*kept)[:size]
	}
	return make([]byte, size, 1<<class)
}

// Reallocate returns size bytes that begin with those of b, which is not to
// be used any more.
func (p *Pool) Reallocate(size int, b []byte) []byte {
	if size <= cap(b) {
		return b[:size]
	}
	grown := p.Allocate(size)
	copy(grown, b)
	p.Free(b)
	return grown
}

// Free takes memory back. It need not come from the pool.
func (p *Pool) Free(b []byte) {
	if p == nil {
		return
	}
	class := bits.Len(uint(cap(b))) - 1 // 1 << class is at most cap
	if class >= minPooled && class <= maxPooled {
		b = b[:0]
		p.classes[class].Put(&b)
	}
}

// Buffer makes a buffer of an array that frees b with its last reference. The
// caller releases the one it has.
func (p *Pool) Buffer(b []byte) *memory.Buffer {
	if p == nil {
		return memory.NewBufferBytes(b)
	}
	return memory.NewBufferWithAllocator(b, p)
}
