package dedupe

import (
	"iter"

	"github.com/apache/arrow-go/v18/arrow"
)

// Dictionary is what runs have learnt about names: counts for each token and
// the variants found. It is a value between runs; matching uses Names.
type Dictionary struct {
	Entries  []NameEntry   // ascending by Token
	Variants []NameVariant // ascending by Token, VariantOf, Kind
}

// NameEntry is one row of idn.name_dictionary.
type NameEntry struct {
	Token, Script                       string
	Given, Family, Middle, Organisation int64
	Sources                             map[string]int64 // parties of each source system that show the token
	FirstRun, LastRun                   int64
	Status                              string
}

// NameVariant is one row of idn.name_variant.
type NameVariant struct {
	Token, VariantOf, Kind string
	Evidence               int64 // clusters or parties that show it
	FirstRun               int64
	Status                 string
}

// ReadDictionary reads the tables an earlier run wrote. Either may be nil.
func ReadDictionary(dictionary, variants iter.Seq2[arrow.RecordBatch, error]) (*Dictionary, error) {
	return &Dictionary{}, nil
}

func (d *Dictionary) freeze(table nicknameTable) *Names {
	return &Names{table: table}
}
