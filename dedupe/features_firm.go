package dedupe

import (
	"bytes"
	"cmp"
	"math"
	"slices"
)

// firmFacts are the words of organisations' names.
type firmFacts struct {
	words  *symbols
	first  []uint32 // words of firm id are list[first[id]:first[id+1]]
	list   []uint32
	inName []int32         // weight of the words in list, beside the others of their name
	weight []int32         // of a word by itself, wordUnit to the bit
	masks  []uint32        // letters of a word
	known  []bool          // whether many names hold a word, or it is one for what firms do
	trades map[string]bool // words for what firms do
	near   []int32         // weight of what names share that hold a word or a misspelling of it

	met      []int64          // organisations with a word
	often    int64            // a word met oftener may belong to a phrase
	together map[uint64]int64 // organisations with two such words, by both
}

const wordUnit = 16 // weight of a word that half of all names hold

func firmFactsOf(r *Records, count []int32) firmFacts {
	f := firmFacts{words: newSymbols(), first: make([]uint32, r.firms.len()+1), together: map[uint64]int64{}}
	var totals [2]int64 // of organisations, of people with an employer
	for id := 1; id < r.firms.len(); id++ {
		f.first[id] = uint32(len(f.list))
		totals[namesEmployer(r.firms.bytes(uint32(id)))] += int64(count[id])
		for word := range bytes.FieldsSeq(r.firms.bytes(uint32(id))) {
			w := f.words.intern(word)
			f.list = append(f.list, w)
			for len(f.met) <= int(w) {
				f.met = append(f.met, 0)
			}
			f.met[w] += int64(count[id])
		}
	}
	f.first[r.firms.len()] = uint32(len(f.list))
	f.weight, f.masks = make([]int32, f.words.len()), make([]uint32, f.words.len())
	for w := 1; w < len(f.weight); w++ {
		f.masks[w] = letterMask(unmarked(f.words.bytes(uint32(w))))
		f.weight[w] = wordWeight(totals[namesEmployer(f.words.bytes(uint32(w)))], f.met[w])
	}
	f.findKnown()
	f.countNear(totals)
	f.countTogether(totals, count)
	f.inName = make([]int32, len(f.list))
	for id := 1; id < r.firms.len(); id++ {
		for i, w := range f.of(uint32(id)) {
			f.inName[int(f.first[id])+i] = f.beside(w, f.of(uint32(id)))
		}
	}
	return f
}

// countNear weighs misspellings: where many words of the list differ in one
// letter at one place, one that does says no more than all the others together.
func (f *firmFacts) countNear(totals [2]int64) {
	const wordBits = 24
	var keys []uint64
	for w := 1; w < min(len(f.weight), 1<<wordBits); w++ {
		word := f.words.bytes(uint32(w))
		if len(unmarked(word)) < shortestNear || digitFrom(word, 0) < len(word) {
			continue
		}
		keys = append(keys, uint64(f.words.hashes[w])<<wordBits<<8&^(1<<wordBits-1)|uint64(w))
		rest := make([]byte, len(word)-1)
		for i := namesEmployer(word); i < len(word); i++ {
			copy(rest[copy(rest, word[:i]):], word[i+1:])
			keys = append(keys, uint64(hashOfText(rest))<<wordBits<<8&^(1<<wordBits-1)|uint64(w))
		}
	}
	f.near = slices.Clone(f.weight)
	keys = radixSort(keys, make([]uint64, len(keys)), 0)
	for from := 0; from < len(keys); {
		to, met := from, int64(0)
		for ; to < len(keys) && keys[to]>>wordBits == keys[from]>>wordBits; to++ {
			if to == from || keys[to] != keys[to-1] {
				met += f.met[keys[to]&(1<<wordBits-1)]
			}
		}
		for _, key := range keys[from:to] {
			w := uint32(key & (1<<wordBits - 1))
			f.near[w] = min(f.near[w], wordWeight(totals[namesEmployer(f.words.bytes(w))], max(f.met[w], met-f.met[w])))
		}
		from = to
	}
}

// countTogether counts how often two frequent words stand in one name.
func (f *firmFacts) countTogether(totals [2]int64, count []int32) {
	const few, share = 8, 256
	f.often = max(few, (totals[0]+totals[1])/share)
	var frequent []uint32
	for id := 1; id < len(f.first)-1; id++ {
		frequent = frequent[:0]
		for _, w := range f.of(uint32(id)) {
			if f.met[w] > f.often {
				frequent = append(frequent, w)
			}
		}
		for i, v := range frequent {
			for _, w := range frequent[:i] {
				f.together[bothWords(v, w)] += int64(count[id])
			}
		}
	}
}

// namesEmployer is 1 for the words of an employer's name, else 0.
func namesEmployer(text []byte) int {
	if len(text) > 0 && text[0] == employerMark {
		return 1
	}
	return 0
}

func bothWords(v, w uint32) uint64 { return uint64(min(v, w))<<32 | uint64(max(v, w)) }

// beside is the weight of a word in a name: less than by itself where a more
// frequent word of the name brings it along ("hard" beside "drive").
func (f *firmFacts) beside(word uint32, name []uint32) int32 {
	weight := f.weight[word]
	if f.met[word] <= f.often {
		return weight
	}
	for _, v := range name {
		before := cmp.Or(cmp.Compare(f.met[v], f.met[word]), bytes.Compare(f.words.bytes(word), f.words.bytes(v)))
		if v == word || before < 0 {
			continue
		}
		if both := f.together[bothWords(v, word)]; both > 0 {
			weight = min(weight, int32(wordUnit*math.Log2(float64(f.met[v])/float64(both))))
		}
	}
	return weight
}

// weights are those of the words of firm id in its name, in the order of of.
func (f *firmFacts) weights(id uint32) []int32 { return f.inName[f.first[id]:f.first[id+1]] }

func (f *firmFacts) of(id uint32) []uint32 { return f.list[f.first[id]:f.first[id+1]] }

// rarest returns the two words of the greatest weight, ties by text; 0 = none.
func (f *firmFacts) rarest(id uint32) (first, second uint32) {
	better := func(a, b uint32) bool {
		if f.weight[a] != f.weight[b] {
			return f.weight[a] > f.weight[b]
		}
		return b == 0 || bytes.Compare(f.words.bytes(a), f.words.bytes(b)) < 0
	}
	if id == 0 {
		return 0, 0
	}
	for _, w := range f.of(id) {
		switch {
		case better(w, first):
			first, second = w, first
		case better(w, second):
			second = w
		}
	}
	return first, second
}
