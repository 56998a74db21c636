package dedupe

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// NameDecision is one line of decisions/*.jsonl that speaks of a name: whether
// a token is a name or, where Of is set, whether two tokens are forms of one
// name. The newest line about a name or pair holds; VerdictUndecided withdraws
// it.
type NameDecision struct {
	Name    string    `json:"name"`              // folded
	Of      string    `json:"form_of,omitempty"` // folded
	Verdict string    `json:"verdict"`           // NameAccepted, NameRejected or VerdictUndecided
	Who     string    `json:"who"`
	When    time.Time `json:"when"`
	Why     string    `json:"why"`
}

// NewNameDecision reads what a person writes: TOKEN, or TOKEN=TOKEN for two
// forms of one name, in any script and case.
func NewNameDecision(text, verdict string) (NameDecision, error) {
	name, of, isPair := strings.Cut(text, "=")
	d := NameDecision{Name: Fold(name), Of: Fold(of), Verdict: verdict}
	if isPair && d.Of == "" {
		return d, fmt.Errorf("%q: no name stands behind the =", text)
	}
	return d, d.Check()
}

// Check says what is wrong with a judgement, nil if nothing is.
func (d NameDecision) Check() error {
	for i, token := range []string{d.Name, d.Of} {
		if i == 1 && token == "" {
			continue
		}
		if token != Fold(token) || strings.Contains(token, " ") || !isWord([]byte(token)) {
			return fmt.Errorf("%q is no name token: one word of at least two letters, without digits, is", token)
		}
	}
	if d.Name == d.Of {
		return errors.New("a name is no form of itself")
	}
	switch d.Verdict {
	case NameAccepted, NameRejected, VerdictUndecided:
		return nil
	}
	return fmt.Errorf("verdict %q is not accepted, rejected or undecided", d.Verdict)
}

// key names what is judged, whatever the order of a pair.
func (d NameDecision) key() [2]string {
	if d.Of == "" {
		return [2]string{d.Name}
	}
	return orderedPair(d.Name, d.Of)
}

// HoldingNames are the judgements on names that hold, by name: of several the
// newest, of equally new ones the last in all; VerdictUndecided leaves none.
func HoldingNames(all []NameDecision) []NameDecision {
	ordered := slices.Clone(all)
	slices.SortStableFunc(ordered, func(a, b NameDecision) int { return a.When.Compare(b.When) })
	last := map[[2]string]NameDecision{}
	for _, d := range ordered {
		last[d.key()] = d
	}
	holding := slices.DeleteFunc(slices.Collect(maps.Values(last)), func(d NameDecision) bool { return d.Verdict == VerdictUndecided })
	slices.SortFunc(holding, func(a, b NameDecision) int {
		x, y := a.key(), b.key()
		return slices.Compare(x[:], y[:])
	})
	return holding
}

// DecidedNames lists the tokens of which now says another thing than before,
// ascending: records that bear them are to be decided anew.
func DecidedNames(before, now []NameDecision) []string {
	verdicts := func(list []NameDecision) map[[2]string]string {
		m := make(map[[2]string]string, len(list))
		for _, d := range list {
			m[d.key()] = d.Verdict
		}
		return m
	}
	was, is := verdicts(before), verdicts(now)
	tokens := map[string]bool{}
	for _, list := range []map[[2]string]string{was, is} {
		for key := range list {
			if was[key] != is[key] {
				tokens[key[0]], tokens[key[1]] = true, true
			}
		}
	}
	delete(tokens, "")
	return slices.Sorted(maps.Keys(tokens))
}

// Decide makes the dictionary say what people decided: before are the
// judgements it says already, now those that hold. What is withdrawn falls back
// to what the counts say at the next Learn. Call it before Learn with both, and
// on what Learn returns with now alone.
func (d *Dictionary) Decide(before, now []NameDecision, run int64) {
	hold := map[[2]string]bool{}
	for _, j := range now {
		hold[j.key()] = true
	}
	for _, j := range before {
		if !hold[j.key()] {
			d.withdraw(j)
		}
	}
	for _, j := range now {
		if j.Of == "" {
			d.decideToken(j, run)
		} else {
			d.decidePair(j, run)
		}
	}
	d.sort()
}

func (d *Dictionary) withdraw(j NameDecision) {
	d.Entries = slices.DeleteFunc(d.Entries, func(e NameEntry) bool { return j.Of == "" && e.Token == j.Name && len(e.Sources) == 0 })
	d.Variants = slices.DeleteFunc(d.Variants, func(v NameVariant) bool { return j.speaksOf(v) && v.Evidence == 0 })
	for i := range d.Entries {
		if e := &d.Entries[i]; j.Of == "" && e.Token == j.Name {
			e.Status = NameCandidate
		}
	}
	for i := range d.Variants {
		if v := &d.Variants[i]; j.speaksOf(*v) {
			v.Status = NameAccepted
		}
	}
}

// speaksOf says whether a judgement is about a variant: about both of its
// tokens, or that what was taken for a misspelling is a name.
func (j NameDecision) speaksOf(v NameVariant) bool {
	switch {
	case v.Kind == VariantSwap:
		return false
	case j.Of == "":
		return j.Verdict == NameAccepted && v.Kind == VariantTypo.String() && v.Token == j.Name
	}
	return orderedPair(v.Token, v.VariantOf) == j.key()
}

func (d *Dictionary) decideToken(j NameDecision, run int64) {
	for i := range d.Variants {
		if v := &d.Variants[i]; j.speaksOf(*v) {
			v.Status = NameRejected
		}
	}
	at := slices.IndexFunc(d.Entries, func(e NameEntry) bool { return e.Token == j.Name })
	if at < 0 {
		d.Entries = append(d.Entries, NameEntry{Token: j.Name, Script: latin, Sources: map[string]int64{}, FirstRun: run, LastRun: run})
		at = len(d.Entries) - 1
	}
	d.Entries[at].Status = j.Verdict
}

func (d *Dictionary) decidePair(j NameDecision, run int64) {
	isThere := false
	for i := range d.Variants {
		if v := &d.Variants[i]; j.speaksOf(*v) {
			v.Status, isThere = j.Verdict, true
		}
	}
	if !isThere {
		d.Variants = append(d.Variants, NameVariant{Token: j.Name, VariantOf: j.Of, Kind: VariantLearnt.String(), FirstRun: run, Status: j.Verdict})
	}
}

// Names freezes the accepted part of the dictionary with the shipped table.
func (d *Dictionary) Names() (*Names, error) {
	table, err := shippedNicknames()
	if err != nil {
		return nil, err
	}
	return d.freeze(table), nil
}

// Decide returns n with what people said of single names, and of pairs that
// the shipped table joins: those hold whatever n was trained with.
func (n *Names) Decide(now []NameDecision) *Names {
	if len(now) == 0 {
		return n
	}
	with := &Names{table: n.table, known: maps.Clone(n.known), learnt: maps.Clone(n.learnt), spelling: maps.Clone(n.spelling),
		refused: map[[2]string]struct{}{}}
	for _, j := range now {
		switch {
		case j.Verdict == NameRejected:
			with.refused[j.key()] = struct{}{}
		case j.Of == "":
			with.known[j.Name] = struct{}{}
		}
	}
	with.seal()
	return with
}

// Coverage says which share of all bearers of names in a role (given, family,
// middle, organisation) the n most frequent names explain, as a function of n.
func (d *Dictionary) Coverage(role string) func(n int) float64 {
	return d.coverage(func(e NameEntry) int64 { return e.Count(role) })
}

// Count is how many customers bear the name in a role (given, family, middle,
// organisation), "" = how many in all roles together.
func (e NameEntry) Count(role string) int64 {
	switch role {
	case "given":
		return e.Given
	case "family":
		return e.Family
	case "middle":
		return e.Middle
	case "organisation":
		return e.Organisation
	}
	return e.Given + e.Family + e.Middle + e.Organisation
}

// NameRoles are the roles that Count knows.
func NameRoles() []string { return []string{"given", "family", "middle", "organisation"} }
