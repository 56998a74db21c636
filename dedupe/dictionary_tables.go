package dedupe

import (
	"cmp"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
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

// VariantSwap is the kind of two names that records of one customer exchange
// as first and last name. It says nothing about the names being forms of one.
const VariantSwap = "swap"

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
	Token, VariantOf string // the rarer and the more frequent name
	Kind             string // text of a VariantKind, or VariantSwap
	Evidence         int64  // customers whose records show both; 0 where a person said it
	FirstRun         int64
	Status           string
}

// ReadDictionary reads the tables an earlier run wrote. Either may be nil.
func ReadDictionary(dictionary, variants iter.Seq2[arrow.RecordBatch, error]) (*Dictionary, error) {
	d := &Dictionary{}
	err := eachBatch(dictionary, func(b arrow.RecordBatch) error { return d.addEntries(b) })
	if err == nil {
		err = eachBatch(variants, func(b arrow.RecordBatch) error { return d.addVariants(b) })
	}
	if err != nil {
		return nil, fmt.Errorf("read name dictionary: %w", err)
	}
	d.sort()
	return d, nil
}

func eachBatch(batches iter.Seq2[arrow.RecordBatch, error], use func(arrow.RecordBatch) error) error {
	if batches == nil {
		return nil
	}
	for batch, err := range batches {
		if err != nil {
			return err
		}
		if err := use(batch); err != nil {
			return err
		}
	}
	return nil
}

func (d *Dictionary) addEntries(b arrow.RecordBatch) error {
	texts, numbers, err := tableColumns(b, "name_dictionary")
	if err != nil {
		return err
	}
	for i := range int(b.NumRows()) {
		e := NameEntry{Token: textAt(texts["token"], i), Script: textAt(texts["script"], i), Status: textAt(texts["status"], i),
			Given: numbers["given_count"].Value(i), Family: numbers["family_count"].Value(i), Middle: numbers["middle_count"].Value(i),
			Organisation: numbers["organisation_count"].Value(i), FirstRun: numbers["first_run"].Value(i),
			LastRun: numbers["last_run"].Value(i), Sources: map[string]int64{}}
		if sources := textAt(texts["sources"], i); sources != "" {
			if err := json.Unmarshal([]byte(sources), &e.Sources); err != nil {
				return fmt.Errorf("column sources is not a JSON object of counts: %w", err)
			}
		}
		d.Entries = append(d.Entries, e)
	}
	return nil
}

func (d *Dictionary) addVariants(b arrow.RecordBatch) error {
	texts, numbers, err := tableColumns(b, "name_variant")
	if err != nil {
		return err
	}
	for i := range int(b.NumRows()) {
		d.Variants = append(d.Variants, NameVariant{Token: textAt(texts["token"], i), VariantOf: textAt(texts["variant_of"], i),
			Kind: textAt(texts["kind"], i), Status: textAt(texts["status"], i), Evidence: numbers["evidence_count"].Value(i),
			FirstRun: numbers["first_run"].Value(i)})
	}
	return nil
}

// tableColumns finds the columns that an identity table has by its schema.
func tableColumns(b arrow.RecordBatch, table string) (map[string]*array.String, map[string]*array.Int64, error) {
	texts, numbers := map[string]*array.String{}, map[string]*array.Int64{}
	var err error
	for _, f := range schemas.IdentitySchemas()[table].Fields() {
		if f.Type.ID() == arrow.STRING {
			texts[f.Name], err = columnOf[*array.String](b, f.Name, err)
		} else {
			numbers[f.Name], err = columnOf[*array.Int64](b, f.Name, err)
		}
	}
	return texts, numbers, err
}

// textAt clones a text; null is "".
func textAt(c *array.String, i int) string {
	if c.IsNull(i) {
		return ""
	}
	return strings.Clone(c.Value(i))
}

func (d *Dictionary) sort() {
	slices.SortFunc(d.Entries, func(a, b NameEntry) int { return strings.Compare(a.Token, b.Token) })
	slices.SortFunc(d.Variants, func(a, b NameVariant) int {
		return cmp.Or(strings.Compare(a.Token, b.Token), strings.Compare(a.VariantOf, b.VariantOf), strings.Compare(a.Kind, b.Kind))
	})
}

// freeze makes the knowledge that a run matches with.
func (d *Dictionary) freeze(table nicknameTable) *Names {
	n := &Names{table: table, known: map[string]struct{}{}, learnt: map[[2]string]struct{}{}, spelling: map[string]string{}}
	for _, e := range d.Entries {
		if e.Status == NameAccepted {
			n.known[e.Token] = struct{}{}
		}
	}
	for _, v := range d.Variants {
		switch {
		case v.Status != NameAccepted || v.Kind == VariantSwap:
		case v.Kind == VariantTypo.String():
			n.spelling[v.Token] = v.VariantOf
		default:
			n.learnt[orderedPair(v.Token, v.VariantOf)] = struct{}{}
		}
	}
	n.seal()
	return n
}

// seal names what n knows by its hash.
func (n *Names) seal() {
	h := xxh3.New()
	write := func(parts ...string) { _, _ = h.WriteString(strings.Join(parts, "\x00") + "\x01") } // never fails
	write(nicknamesTSV)
	n.content(write)
	sum := h.Sum128().Bytes()
	n.hash = hex.EncodeToString(sum[:])
}

// Batches writes the dictionary as the tables "name_dictionary" and
// "name_variant" of schemas.IdentitySchemas. The caller releases them.
func (d *Dictionary) Batches() (entries, variants arrow.RecordBatch, err error) {
	tables := schemas.IdentitySchemas()
	e := array.NewRecordBuilder(memory.DefaultAllocator, tables["name_dictionary"])
	defer e.Release()
	for _, x := range d.Entries {
		sources, err := json.Marshal(x.Sources) // keys in ascending order
		if err != nil {
			return nil, nil, fmt.Errorf("write name dictionary: %w", err)
		}
		appendTexts(e, 0, x.Token, x.Script)
		appendNumbers(e, 2, x.Given, x.Family, x.Middle, x.Organisation, int64(len(x.Sources)), x.FirstRun, x.LastRun)
		appendTexts(e, 9, x.Status, string(sources))
	}
	v := array.NewRecordBuilder(memory.DefaultAllocator, tables["name_variant"])
	defer v.Release()
	for _, x := range d.Variants {
		appendTexts(v, 0, x.Token, x.VariantOf, x.Kind)
		appendNumbers(v, 3, x.Evidence, x.FirstRun)
		appendTexts(v, 5, x.Status)
	}
	return e.NewRecordBatch(), v.NewRecordBatch(), nil
}

// appendTexts appends to the columns from first on.
func appendTexts(b *array.RecordBuilder, first int, values ...string) {
	for i, v := range values {
		b.Field(first + i).(*array.StringBuilder).Append(v)
	}
}

func appendNumbers(b *array.RecordBuilder, first int, values ...int64) {
	for i, v := range values {
		b.Field(first + i).(*array.Int64Builder).Append(v)
	}
}
