package dedupe

import "github.com/zeebo/xxh3"

// symbols interns strings as dense ids from 1; id 0 is "no value". It keeps
// its own copy of each text: about 20 bytes a value beside the text.
type symbols struct {
	text   []byte
	ends   []uint32 // end of value i in text; ends[0] = 0
	hashes []uint32 // of value i, never 0
	slots  []uint64 // open addressing by hash: hash above, id below; 0 = free
}

func newSymbols() *symbols {
	return &symbols{ends: []uint32{0}, hashes: []uint32{0}, slots: make([]uint64, 1024)}
}

// intern returns the id of value; the empty value is 0.
func (s *symbols) intern(value []byte) uint32 {
	if len(value) == 0 {
		return 0
	}
	return s.internHashed(hashOfText(value), value)
}

// take interns the value that another table has under id.
func (s *symbols) take(from *symbols, id uint32) uint32 {
	if id == 0 {
		return 0
	}
	return s.internHashed(from.hashes[id], from.bytes(id))
}

func (s *symbols) internHashed(h uint32, value []byte) uint32 {
	if 4*len(s.ends) > 3*len(s.slots) {
		s.grow()
	}
	id, at := s.seek(h, value)
	if id == 0 {
		id = uint32(len(s.ends))
		s.slots[at] = uint64(h)<<32 | uint64(id)
		s.text = append(s.text, value...)
		s.ends = append(s.ends, uint32(len(s.text)))
		s.hashes = append(s.hashes, h)
	}
	return id
}

func hashOfText(value []byte) uint32 { return max(uint32(xxh3.Hash(value)>>32), 1) }

// seek returns the id of a value with its hash, or 0 and the slot it would take.
func (s *symbols) seek(h uint32, value []byte) (id uint32, at int) {
	mask := len(s.slots) - 1
	for at = int(h) & mask; s.slots[at] != 0; at = (at + 1) & mask {
		if slot := s.slots[at]; uint32(slot>>32) == h && string(s.bytes(uint32(slot))) == string(value) {
			return uint32(slot), at
		}
	}
	return 0, at
}

func (s *symbols) grow() {
	s.slots = make([]uint64, 2*len(s.slots))
	mask := len(s.slots) - 1
	for id, h := range s.hashes[1:] {
		at := int(h) & mask
		for s.slots[at] != 0 {
			at = (at + 1) & mask
		}
		s.slots[at] = uint64(h)<<32 | uint64(id+1)
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
	id, _ := s.seek(hashOfText(value), value)
	return id
}

// reset forgets all values.
func (s *symbols) reset() {
	s.text, s.ends, s.hashes = s.text[:0], s.ends[:1], s.hashes[:1]
	clear(s.slots)
}
