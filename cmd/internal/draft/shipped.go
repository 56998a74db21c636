package draft

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// builtin begins the name of a shipped contract in loadstar.yaml.
const builtin = "builtin:"

// shipped is a contract that ships with Loadstar.
type shipped struct {
	name     string     // system/table
	words    []string   // of the table's name
	columns  [][]string // of each property: the folded names that it may be read from
	key      []int      // columns of the key
	contract schemas.Contract
	minor    []string // folded names of columns in hundredths
}

// Shares of a shipped contract's columns that a table must have to be taken
// for the table that the contract is for.
const (
	mostOfTable    = .7
	partOfTable    = .45 // where other tables of the folder are of the system
	fewestColumns  = 3
	manyColumns    = 10 // of a contract, which prove it also where they are but most of those of the table
	enoughOfSystem = 2  // tables that prove a system
)

// plainSystem is the system of contracts for exports that no one system makes.
const plainSystem = "crm"

// findShipped finds tables that a shipped contract is for: they are called so,
// have its columns, and their rows can be read by it.
func (d *drafter) findShipped(ctx context.Context) error {
	all, err := shippedContracts()
	if err != nil {
		return err
	}
	type found struct {
		feed  *feed
		by    shipped
		share float64
	}
	var list []found
	proofs := map[string]int{} // by folder and system
	for _, f := range d.feeds {
		if !f.isPlainTable() {
			continue
		}
		for _, s := range all {
			share, ok := s.fits(d.judge.Tables, f)
			if !ok || share < partOfTable {
				continue
			}
			list = append(list, found{f, s, share})
			if share >= mostOfTable {
				proofs[f.parts[0].drop.folder+"\x00"+s.contract.System]++
			}
		}
	}
	slices.SortStableFunc(list, func(a, b found) int {
		pa, pb := proofs[a.feed.parts[0].drop.folder+"\x00"+a.by.contract.System], proofs[b.feed.parts[0].drop.folder+"\x00"+b.by.contract.System]
		switch {
		case pa != pb:
			return pb - pa
		case a.share > b.share:
			return -1
		case a.share < b.share:
			return 1
		}
		return 0
	})
	for _, x := range list {
		if x.feed.shipped != nil || x.share < mostOfTable && proofs[x.feed.parts[0].drop.folder+"\x00"+x.by.contract.System] < enoughOfSystem {
			continue
		}
		if reads, err := d.reads(ctx, x.feed, x.by.contract); err != nil {
			return err
		} else if reads {
			by := x.by
			x.feed.shipped = &by
		}
	}
	return nil
}

// shippedContracts lists the contracts of tables, for all to read: those of
// nested records have no columns to know them by.
var shippedContracts = sync.OnceValues(func() ([]shipped, error) {
	names, err := schemas.Connectors()
	if err != nil {
		return nil, err
	}
	var all []shipped
	for _, name := range names {
		system, table, _ := strings.Cut(name, "/")
		if system == plainSystem {
			continue // their columns are those of many systems: a drafted contract knows more of the one at hand
		}
		contract, err := schemas.Connector(name)
		if err != nil {
			return nil, err
		}
		s := shipped{name: name, words: strings.Split(table, "_"), contract: contract}
		if s.addColumns() {
			all = append(all, s)
		}
	}
	return all, nil
})

// addColumns lists the columns of a contract; false where its records nest.
func (s *shipped) addColumns() bool {
	seen := map[string]bool{}
	for _, o := range s.contract.Objects {
		if o.Path != "" {
			return false
		}
		for _, p := range o.Properties {
			if p.From != "" || p.Constant != nil || p.Field == "" || seen[p.Name] {
				continue
			}
			if strings.Contains(p.Name, ".") {
				return false
			}
			seen[p.Name] = true
			names := []string{recognise.FoldKey(p.Name)}
			for _, other := range p.Else {
				names = append(names, recognise.FoldKey(other.Column))
			}
			if p.Key > 0 {
				s.key = append(s.key, len(s.columns))
			}
			if p.Unit == "minor" {
				s.minor = append(s.minor, names...)
			}
			s.columns = append(s.columns, names)
		}
	}
	return len(s.columns) > 0
}

// isPlainTable says whether a feed is written as shipped contracts expect it:
// a database table, or CSV that is written as most is.
func (f *feed) isPlainTable() bool {
	for _, p := range f.parts {
		own := p.file.Dialect
		isPlain := p.drop.table != "" || own.Format == "parquet" || own.Format == "arrow" ||
			own.Format == "csv" && own.Delimiter == "," && own.Encoding == "utf-8" && own.Header == 1 && own.Skip == 0
		if !isPlain || len(p.surveys) > 1 {
			return false
		}
	}
	return true
}

// fits says which part of the contract's columns a feed has; ok is false where
// the feed is not called so, or lacks the key.
func (s shipped) fits(words *recognise.WordTables, f *feed) (share float64, ok bool) {
	if !isCalled(words.TellingWords(f.parts[0].drop.plain), s.words) {
		return 0, false
	}
	profiles := map[string]*recognise.Profile{}
	for _, p := range f.root().survey.Columns {
		profiles[recognise.FoldKey(p.Name)] = p
	}
	has := func(names []string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return profiles[n] != nil })
	}
	present, known := 0, map[*recognise.Profile]bool{}
	for i, names := range s.columns {
		switch found := has(names); {
		case found:
			present++
			for _, n := range names {
				known[profiles[n]] = true
			}
		case slices.Contains(s.key, i):
			return 0, false
		}
	}
	for _, name := range s.minor {
		if p := profiles[name]; p != nil && p.Deep.Numbers.Whole != p.Filled {
			return 0, false // these are no hundredths
		}
	}
	share = float64(present) / float64(len(s.columns))
	if present >= manyColumns { // who exports may leave columns out
		delete(known, nil)
		share = max(share, float64(len(known))/float64(len(profiles)))
	}
	return share, present >= min(fewestColumns, len(s.columns))
}

// isCalled says whether the words of a name end with those of a table, in the
// singular or the plural.
func isCalled(words, table []string) bool {
	if len(words) < len(table) {
		return false
	}
	words = words[len(words)-len(table):]
	for i, w := range table {
		if words[i] != w && words[i] != pluralOf(w) {
			return false
		}
	}
	return true
}

// reads tries a shipped contract on the samples of a feed.
func (d *drafter) reads(ctx context.Context, f *feed, contract schemas.Contract) (bool, error) {
	found, err := d.tryContract(ctx, f, contract)
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if err != nil || float64(found.refused) > mostRefused*float64(found.rows) {
		return false, nil // it is not the table that the contract is for
	}
	f.refused = found.refused
	return true, nil
}

// shareSystems gives the feeds of a system whose tables have shipped contracts
// the system's name: their ids are its own.
func (d *drafter) shareSystems() {
	named := map[string]string{}
	for _, f := range d.feeds {
		if f.shipped != nil {
			named[f.system] = f.shipped.contract.System
		}
	}
	for _, f := range d.feeds {
		if name := named[f.system]; name != "" {
			f.system, f.whySystem = name, fmt.Sprintf("tables beside it are those of %s", name)
		}
	}
}

// drafted lists the feeds that a contract is written for.
func (d *drafter) drafted() []*feed {
	var list []*feed
	for _, f := range d.feeds {
		if f.shipped == nil {
			list = append(list, f)
		}
	}
	return list
}
