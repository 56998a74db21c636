package recognise

import (
	"container/heap"
	"math"
	"strings"

	"github.com/zeebo/xxh3"
)

// sketchSize is how many distinct values of a column are looked at.
const sketchSize = 2000

// sketch keeps the distinct values of the smallest hashes, with how often they
// occur: the same sample whatever the order of rows.
type sketch struct {
	values map[uint64]*sampled
	order  hashHeap
}

// sampled is a value of the sample.
type sampled struct {
	text  string
	count int
	raw   string // the code whose meaning text is, "" = it is no code
}

func newSketch() *sketch { return &sketch{values: map[uint64]*sampled{}} }

// add takes a value; the text is copied only where it is kept.
func (s *sketch) add(text string, count int) {
	h := xxh3.HashString(text)
	if len(s.order) == sketchSize && h > s.order[0] {
		return
	}
	if known := s.values[h]; known != nil {
		known.count += count
		return
	}
	s.values[h] = &sampled{text: strings.Clone(text), count: count}
	heap.Push(&s.order, h)
	if len(s.order) > sketchSize {
		delete(s.values, heap.Pop(&s.order).(uint64))
	}
}

func (s *sketch) merge(o *sketch) {
	for _, v := range o.values {
		s.add(v.text, v.count)
	}
}

// distinct estimates how many values there are.
func (s *sketch) distinct() float64 {
	if len(s.order) < sketchSize {
		return float64(len(s.order))
	}
	return float64(sketchSize-1) / (float64(s.order[0]) / math.MaxUint64)
}

// share is the part of the sampled rows whose value meets a condition.
func (s *sketch) share(meets func(string) bool) float64 {
	var all, met int
	for _, v := range s.values {
		all += v.count
		if meets(v.text) {
			met += v.count
		}
	}
	if all == 0 {
		return 0
	}
	return float64(met) / float64(all)
}

// hashHeap has its greatest hash on top.
type hashHeap []uint64

func (h hashHeap) Len() int           { return len(h) }
func (h hashHeap) Less(i, j int) bool { return h[i] > h[j] }
func (h hashHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }

// Push implements heap.Interface.
func (h *hashHeap) Push(x any) { *h = append(*h, x.(uint64)) }

// Pop implements heap.Interface.
func (h *hashHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
