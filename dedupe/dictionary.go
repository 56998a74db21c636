package dedupe

import (
	"iter"

	"github.com/apache/arrow-go/v18/arrow"
)

// VariantKind says how two name tokens are known to be forms of one name.
type VariantKind uint8

// The kinds, strongest evidence first.
const (
	VariantNone     VariantKind = iota // not known to be forms of one name (equal tokens too)
	VariantNickname                    // both in one group of the shipped nickname table, or one the other cut short
	VariantLearnt                      // a pair learnt from accepted merges or accepted by a person
	VariantTypo                        // one is a proven misspelling of the other, or of a form of it
)

// String returns the name of the kind, "" for VariantNone.
func (k VariantKind) String() string {
	switch k {
	case VariantNickname:
		return "nickname"
	case VariantLearnt:
		return "learnt"
	case VariantTypo:
		return "typo"
	default:
		return ""
	}
}

// Names is the knowledge about names that one run matches with: the shipped
// nickname table and what earlier runs have learnt, frozen at the start of the
// run and named by Hash. It never changes, so it may be shared by workers. A
// nil *Names knows nothing.
//
// All tokens are folded: lower-case Latin letters without accents.
type Names struct {
	table    nicknameTable
	known    map[string]struct{}
	learnt   map[[2]string]struct{} // ordered pairs, smaller token first
	spelling map[string]string      // proven misspelling -> frequent name
	refused  map[[2]string]struct{} // tokens (alone) and ordered pairs that a person rejected
	hash     string
}

// NewNames freezes the shipped nickname table together with the dictionary and
// the variants an earlier run wrote: batches of the tables "name_dictionary"
// and "name_variant" of schemas.IdentitySchemas, in any order. Either may be
// nil. Only accepted rows count. The batches are not kept.
func NewNames(dictionary, variants iter.Seq2[arrow.RecordBatch, error]) (*Names, error) {
	table, err := shippedNicknames()
	if err != nil {
		return nil, err
	}
	prior, err := ReadDictionary(dictionary, variants)
	if err != nil {
		return nil, err
	}
	return prior.freeze(table), nil
}

// Known reports whether the token is an accepted name: one of the shipped
// table, or one the dictionary has accepted.
func (n *Names) Known(token string) bool {
	if n == nil {
		return false
	}
	if len(n.refused) > 0 {
		if _, ok := n.refused[[2]string{token}]; ok {
			return false
		}
	}
	if _, ok := n.known[token]; ok {
		return true
	}
	return n.table.has(token)
}

// Variant reports how a and b are known to be forms of one name. It is
// symmetric and allocates nothing.
func (n *Names) Variant(a, b string) VariantKind {
	if n == nil || a == b || a == "" || b == "" {
		return VariantNone
	}
	if len(n.refused) > 0 {
		if _, ok := n.refused[orderedPair(a, b)]; ok {
			return VariantNone
		}
	}
	if n.table.share(a, b) || n.table.clipped(a, b) {
		return VariantNickname
	}
	if len(n.learnt) > 0 {
		if _, ok := n.learnt[orderedPair(a, b)]; ok {
			return VariantLearnt
		}
	}
	if len(n.spelling) > 0 && n.misspelt(a, b) {
		return VariantTypo
	}
	return VariantNone
}

// twoForms says whether two variants of one name are both forms of a third
// rather than one of them the name itself: Peggy and Daisy of Margaret.
func (n *Names) twoForms(a, b string) bool {
	return n.table.share(a, b) && !n.table.formalOf(a, b) && !n.table.clipped(a, b)
}

func (n *Names) misspelt(a, b string) bool {
	right, right2 := n.respell(a), n.respell(b)
	if right == a && right2 == b {
		return false
	}
	return right == right2 || n.table.share(right, right2)
}

// respell follows misspellings to the name. Each step leads to a more frequent
// one, so it ends; a loop that a person entered is left after a few.
func (n *Names) respell(token string) string {
	const most = 4
	for range most {
		right, ok := n.spelling[token]
		if !ok {
			break
		}
		token = right
	}
	return token
}

// Canonical returns the name under which forms of one name meet: the frequent
// spelling of a proven misspelling, then the formal name a nickname most often
// stands for. An unknown token stands for itself.
func (n *Names) Canonical(token string) string {
	if n == nil {
		return token
	}
	return n.table.formal(n.respell(token))
}

// Hash names the frozen content: equal content has equal hashes on every
// machine. The hash of a nil *Names is "".
func (n *Names) Hash() string {
	if n == nil {
		return ""
	}
	return n.hash
}

func orderedPair(a, b string) [2]string {
	if b < a {
		a, b = b, a
	}
	return [2]string{a, b}
}
