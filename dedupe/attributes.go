package dedupe

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/array"
)

// MostAttributes is how many attributes of a party are compared.
const MostAttributes = 10

// Attribute is the name of the column, beside those of schemas.PartySchema, that
// holds attribute i, from 0: what is told of a party beside the fields that
// matching understands, as a brand, a size, a year or an occupation. What it
// says for one party or two is learnt, and may be nothing. Numbers are compared
// by how many lie between them.
func Attribute(i int) string { return fmt.Sprintf("attribute_%d", i+1) }

// attributeMark parts the attributes of a record within one text.
const attributeMark = '\x1f'

// attributeColumns are the attributes of a batch, nil where it has none.
func attributeColumns(p parties) []*array.String {
	var columns []*array.String
	for i := range MostAttributes {
		if c := p.text[Attribute(i)]; c != nil {
			columns = append(columns, make([]*array.String, i+1-len(columns))...)
			columns[i] = c
		}
	}
	return columns
}

// readAttributes takes the attributes of row i for one text: most records have
// none, and those that have one have them together.
func (x *partyReader) readAttributes(rec *record, i int) {
	if len(x.attributes) == 0 {
		return
	}
	x.buf = x.buf[:0]
	isKnown := false
	for k, c := range x.attributes {
		if k > 0 {
			x.buf = append(x.buf, attributeMark)
		}
		if c != nil && c.IsValid(i) && c.Value(i) != "" {
			x.buf = appendAttribute(x.buf, c.Value(i))
			isKnown = true
		}
	}
	if isKnown {
		rec.attributes = x.r.attributes.intern(x.buf)
	}
}

// appendAttribute folds a text; what may be a number stays as it is. Neither
// holds attributeMark.
func appendAttribute(buf []byte, value string) []byte {
	value = strings.TrimSpace(value)
	if _, ok := numberIn(value); ok && strings.IndexByte(value, attributeMark) < 0 {
		return append(buf, value...)
	}
	return append(buf, Fold(value)...)
}

// attributeFacts are facts about the values of attributes, by id; the values of
// two attributes have different ids.
type attributeFacts struct {
	width  int
	sets   []uint32 // values of set s: sets[s*width:][:width]
	values *symbols // a byte for the attribute, and the text
	count  []int32  // records with the value
	rank   []int32  // of numbers: the share of values below, in parts per million; -1 = no number
	masks  []uint32
	filled [MostAttributes]int32 // records that have the attribute
}

func attributeFactsOf(r *Records) attributeFacts {
	f := attributeFacts{values: newSymbols()}
	sets := r.attributes.len()
	if sets == 1 {
		return f
	}
	for s := 1; s < sets; s++ {
		f.width = max(f.width, 1+bytes.Count(r.attributes.bytes(uint32(s)), []byte{attributeMark}))
	}
	f.sets = make([]uint32, sets*f.width)
	var buf []byte
	for s := 1; s < sets; s++ {
		k := 0
		for text := range bytes.SplitSeq(r.attributes.bytes(uint32(s)), []byte{attributeMark}) {
			if len(text) > 0 {
				buf = append(append(buf[:0], byte(k)), text...)
				f.sets[s*f.width+k] = f.values.intern(buf)
			}
			k++
		}
	}
	f.count = make([]int32, f.values.len())
	for i := range r.rows {
		for k, v := range f.of(r.rows[i].attributes) {
			if v != 0 {
				f.count[v]++
				f.filled[k]++
			}
		}
	}
	f.masks = make([]uint32, f.values.len())
	for v := 1; v < len(f.masks); v++ {
		f.masks[v] = letterMask(f.text(uint32(v)))
	}
	f.rankNumbers()
	return f
}

// of lists the values of a set, 0 where an attribute is missing.
func (f *attributeFacts) of(set uint32) []uint32 {
	return f.sets[int(set)*f.width : (int(set)+1)*f.width]
}

func (f *attributeFacts) text(value uint32) []byte { return f.values.bytes(value)[1:] }

// rankNumbers gives the numbers of attributes that hold little else their ranks.
// Equal numbers have one rank and count together.
func (f *attributeFacts) rankNumbers() {
	const most = .9 // of the records have a number
	type numbered struct {
		number float64
		value  uint32
	}
	var byAttribute [MostAttributes][]numbered
	var records [MostAttributes]int64
	f.rank = make([]int32, f.values.len())
	for v := 1; v < len(f.rank); v++ {
		f.rank[v] = -1
		k := f.values.bytes(uint32(v))[0]
		if n, ok := numberIn(string(f.text(uint32(v)))); ok {
			byAttribute[k] = append(byAttribute[k], numbered{n, uint32(v)})
			records[k] += int64(f.count[v])
		}
	}
	for k, list := range byAttribute {
		if float64(records[k]) < most*float64(f.filled[k]) {
			continue
		}
		slices.SortFunc(list, func(a, b numbered) int { return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.value, b.value)) })
		below := int64(0)
		for start := 0; start < len(list); {
			end, here := start, int64(0)
			for ; end < len(list) && list[end].number == list[start].number; end++ {
				here += int64(f.count[list[end].value])
			}
			for _, x := range list[start:end] {
				f.rank[x.value] = int32((2*below + here) * 500_000 / records[k])
				f.count[x.value] = int32(here)
			}
			below += here
			start = end
		}
	}
}
