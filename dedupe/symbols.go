package dedupe

import "github.com/zeebo/xxh3"

// symbols interns strings as dense ids from 1; id 0 is "no value". It keeps
// its own copy of each text: about 17 bytes a value beside the text.
type symbols struct {
	text   []byte
	ends   []uint32 // end of value i in text; ends[0] = 0
	slots  []uint32 // open addressing, 0 = free
	hashes []uint32 // upper hash bits of value i, to avoid most text compares
}

func newSymbols() *symbols {
	return &symbols{ends: []uint32{0}, hashes: []uint32{0}, slots: make([]uint32, 1024)}
}

// intern returns the id of value; the empty value is 0.
func (s *symbols) intern(value []byte) uint32 {
	if len(value) == 0 {
		return 0
	}
	if 4*len(s.ends) > 3*len(s.slots) {
		s.grow()
	}
	h := xxh3.Hash(value)
	mask := uint64(len(s.slots) - 1)
	for at := h & mask; ; at = (at + 1) & mask {
		id := s.slots[at]
		if id == 0 {
			id = uint32(len(s.ends))
			s.slots[at] = id
			s.text = append(s.text, value...)
			s.ends = append(s.ends, uint32(len(s.text)))
			s.hashes = append(s.hashes, max(uint32(h>>32), 1))
			return id
		}
		if s.hashes[id] == max(uint32(h>>32), 1) && string(s.bytes(id)) == string(value) {
			return id
		}
	}
}

func (s *symbols) grow() {
	s.slots = make([]uint32, 2*len(s.slots))
	mask := uint64(len(s.slots) - 1)
	for id := 1; id < len(s.ends); id++ {
		at := xxh3.Hash(s.bytes(uint32(id))) & mask
		for s.slots[at] != 0 {
			at = (at + 1) & mask
		}
		s.slots[at] = uint32(id)
	}
}

// bytes returns the text of id; it must not be changed.
func (s *symbols) bytes(id uint32) []byte {
	if id == 0 {
		return nil
	}
	return s.text[s.ends[id-1]:s.ends[id]]
}

// len is one more than the greatest id.
func (s *symbols) len() int { return len(s.ends) }

// hashOf is a hash of the text of id, the same in every table; 0 for id 0.
func (s *symbols) hashOf(id uint32) uint32 { return s.hashes[id] }

// find returns the id of value, 0 where it was never interned. It is safe for
// concurrent readers of symbols that no longer change.
func (s *symbols) find(value []byte) uint32 {
	if len(value) == 0 {
		return 0
	}
	h := xxh3.Hash(value)
	mask := uint64(len(s.slots) - 1)
	for at := h & mask; ; at = (at + 1) & mask {
		id := s.slots[at]
		if id == 0 || s.hashes[id] == max(uint32(h>>32), 1) && string(s.bytes(id)) == string(value) {
			return id
		}
	}
}

// reset forgets all values.
func (s *symbols) reset() {
	s.text, s.ends, s.hashes = s.text[:0], s.ends[:1], s.hashes[:1]
	clear(s.slots)
}
