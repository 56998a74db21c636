package dedupe

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/zeebo/xxh3"

	"loadstar/schemas"
)

// Dictionary is what runs have learnt about names: counts for each token and
// the variants found. It is a value between runs; matching uses Names.
type Dictionary struct {
	Entries  []NameEntry   // ascending by Token
	Variants []NameVariant // ascending by Token, VariantOf, Kind
}

// The states of a name. A person may set accepted or rejected, which learning
// keeps.
const (
	NameNew       = "new"       // seen in this run for the first time
	NameCandidate = "candidate" // seen before, not yet often enough
	NameAccepted  = "accepted"  // three customers or two sources have shown it
	NameVariantOf = "variant"   // a proven misspelling, see name_variant
	NameRejected  = "rejected"  // a person said it is no name
)

// NameEntry is one row of idn.name_dictionary. Counts are distinct customers.
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
	Evidence               int64 // customers whose records show both
	FirstRun               int64
	Status                 string
}

// ReadDictionary reads the tables an earlier run wrote. Either may be nil.
func ReadDictionary(dictionary, variants iter.Seq2[arrow.RecordBatch, error]) (*Dictionary, error) {
	d := &Dictionary{}
	err := eachRow(dictionary, func(text func(string) string, number func(string) int64) error {
		e := NameEntry{Token: text("token"), Script: text("script"), Given: number("given_count"), Family: number("family_count"),
			Middle: number("middle_count"), Organisation: number("organisation_count"), FirstRun: number("first_run"),
			LastRun: number("last_run"), Status: text("status"), Sources: map[string]int64{}}
		if s := text("sources"); s != "" {
			if err := json.Unmarshal([]byte(s), &e.Sources); err != nil {
				return fmt.Errorf("read name dictionary: sources of a token: %w", err)
			}
		}
		d.Entries = append(d.Entries, e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = eachRow(variants, func(text func(string) string, number func(string) int64) error {
		d.Variants = append(d.Variants, NameVariant{Token: text("token"), VariantOf: text("variant_of"), Kind: text("kind"),
			Evidence: number("evidence_count"), FirstRun: number("first_run"), Status: text("status")})
		return nil
	})
	d.sort()
	return d, err
}

func (d *Dictionary) sort() {
	slices.SortFunc(d.Entries, func(a, b NameEntry) int { return strings.Compare(a.Token, b.Token) })
	slices.SortFunc(d.Variants, func(a, b NameVariant) int {
		return strings.Compare(a.Token+"\x00"+a.VariantOf+"\x00"+a.Kind, b.Token+"\x00"+b.VariantOf+"\x00"+b.Kind)
	})
}

// eachRow reads batches row by row; values are cloned.
func eachRow(batches iter.Seq2[arrow.RecordBatch, error], use func(text func(string) string, number func(string) int64) error) error {
	if batches == nil {
		return nil
	}
	for batch, err := range batches {
		if err != nil {
			return fmt.Errorf("read name dictionary: %w", err)
		}
		for i := range int(batch.NumRows()) {
			column := func(name string) arrow.Array {
				if indices := batch.Schema().FieldIndices(name); len(indices) > 0 && batch.Column(indices[0]).IsValid(i) {
					return batch.Column(indices[0])
				}
				return nil
			}
			err := use(func(name string) string {
				if c, ok := column(name).(*array.String); ok {
					return strings.Clone(c.Value(i))
				}
				return ""
			}, func(name string) int64 {
				if c, ok := column(name).(*array.Int64); ok {
					return c.Value(i)
				}
				return 0
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// freeze makes the knowledge that a run matches with.
func (d *Dictionary) freeze(table nicknameTable) *Names {
	n := &Names{table: table, known: map[string]struct{}{}, learnt: map[[2]string]struct{}{}, spelling: map[string]string{}}
	h := xxh3.New()
	write := func(parts ...string) { _, _ = h.WriteString(strings.Join(parts, "\x00") + "\x01") } // never fails
	write(nicknamesTSV)
	for _, e := range d.Entries {
		if e.Status == NameAccepted {
			n.known[e.Token] = struct{}{}
			write("known", e.Token)
		}
	}
	for _, v := range d.Variants {
		switch {
		case v.Status != NameAccepted:
			continue
		case v.Kind == VariantTypo.String():
			n.spelling[v.Token] = v.VariantOf
		default:
			n.learnt[orderedPair(v.Token, v.VariantOf)] = struct{}{}
		}
		write(v.Kind, v.Token, v.VariantOf)
	}
	sum := h.Sum128().Bytes()
	n.hash = hex.EncodeToString(sum[:])
	return n
}

// Batches writes the dictionary as the tables "name_dictionary" and
// "name_variant" of schemas.IdentitySchemas. The caller releases them.
func (d *Dictionary) Batches() (entries, variants arrow.RecordBatch, err error) {
	tables := schemas.IdentitySchemas()
	e := array.NewRecordBuilder(memory.DefaultAllocator, tables["name_dictionary"])
	defer e.Release()
	for _, x := range d.Entries {
		sources, err := json.Marshal(x.Sources)
		if err != nil {
			return nil, nil, fmt.Errorf("write name dictionary: %w", err)
		}
		texts(e, map[int]string{0: x.Token, 1: x.Script, 9: x.Status, 10: string(sources)})
		numbers(e, map[int]int64{2: x.Given, 3: x.Family, 4: x.Middle, 5: x.Organisation, 6: int64(len(x.Sources)), 7: x.FirstRun, 8: x.LastRun})
	}
	v := array.NewRecordBuilder(memory.DefaultAllocator, tables["name_variant"])
	defer v.Release()
	for _, x := range d.Variants {
		texts(v, map[int]string{0: x.Token, 1: x.VariantOf, 2: x.Kind, 5: x.Status})
		numbers(v, map[int]int64{3: x.Evidence, 4: x.FirstRun})
	}
	return e.NewRecordBatch(), v.NewRecordBatch(), nil
}

func texts(b *array.RecordBuilder, values map[int]string) {
	for _, i := range slices.Sorted(maps.Keys(values)) {
		b.Field(i).(*array.StringBuilder).Append(values[i])
	}
}

func numbers(b *array.RecordBuilder, values map[int]int64) {
	for _, i := range slices.Sorted(maps.Keys(values)) {
		b.Field(i).(*array.Int64Builder).Append(values[i])
	}
}
