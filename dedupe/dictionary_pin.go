package dedupe

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// pinnedNames is what Names holds beyond the shipped table.
type pinnedNames struct {
	Known    []string          `json:"known"`
	Learnt   [][2]string       `json:"learnt"`
	Spelling map[string]string `json:"spelling"`
}

// MarshalJSON writes what n knows beyond the shipped table, so that a model can
// be used on with the knowledge it was trained with while the dictionary
// grows. Equal names give equal bytes.
func (n *Names) MarshalJSON() ([]byte, error) {
	if n == nil {
		return []byte("null"), nil
	}
	return json.Marshal(pinnedNames{
		Known:  slices.Sorted(maps.Keys(n.known)),
		Learnt: slices.SortedFunc(maps.Keys(n.learnt), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }), Spelling: n.spelling,
	})
}

// UnmarshalJSON reads what MarshalJSON wrote and joins it with the shipped
// table of this program; where that has changed, so has the hash.
func (n *Names) UnmarshalJSON(b []byte) error {
	var p pinnedNames
	if err := json.Unmarshal(b, &p); err != nil {
		return fmt.Errorf("read pinned names: %w", err)
	}
	table, err := shippedNicknames()
	if err != nil {
		return err
	}
	d := &Dictionary{}
	for _, token := range p.Known {
		d.Entries = append(d.Entries, NameEntry{Token: token, Status: NameAccepted})
	}
	for _, pair := range p.Learnt {
		d.Variants = append(d.Variants, NameVariant{Token: pair[0], VariantOf: pair[1], Kind: VariantLearnt.String(), Status: NameAccepted})
	}
	for token, right := range p.Spelling {
		d.Variants = append(d.Variants, NameVariant{Token: token, VariantOf: right, Kind: VariantTypo.String(), Status: NameAccepted})
	}
	d.sort()
	*n = *d.freeze(table)
	return nil
}

// With returns n with the misspellings and pairs of names that the dictionary
// of later holds. Which names are known stays as it was: a model's weights rest
// on how many were known when it was trained.
func (n *Names) With(later *Names) *Names {
	with := &Names{table: n.table, known: n.known, learnt: later.learnt, spelling: later.spelling}
	with.seal()
	return with
}

// content lists what n knows beyond the shipped table, in one order.
func (n *Names) content(write func(parts ...string)) {
	for _, token := range slices.Sorted(maps.Keys(n.known)) {
		write("known", token)
	}
	for _, pair := range slices.SortedFunc(maps.Keys(n.learnt), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
		write("learnt", pair[0], pair[1])
	}
	for _, token := range slices.SortedFunc(maps.Keys(n.spelling), strings.Compare) {
		write("spelling", token, n.spelling[token])
	}
	for _, pair := range slices.SortedFunc(maps.Keys(n.refused), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) }) {
		write("refused", pair[0], pair[1])
	}
}
