package draft

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"strings"
	"sync"

	"loadstar/cmd/internal/recognise"
	"loadstar/extract"
	"loadstar/schemas"
	"loadstar/transform"
)

// tryAll reads every sample by its contract, as a run will: what a guess
// would refuse too often is no good guess.
func (d *drafter) tryAll(ctx context.Context) error {
	var kept []*feed
	for _, f := range d.feeds {
		if f.shipped != nil {
			kept = append(kept, f)
			continue
		}
		err := d.try(ctx, f)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			d.left(f.parts[0].drop.path, "the contract drafted for it does not read its sample: "+trimPath(err, f.parts[0].drop.path))
		default:
			kept = append(kept, f)
		}
	}
	if d.feeds = kept; len(kept) == 0 {
		return d.nothingFound()
	}
	return nil
}

// mostRefused is the part of a column's rows that a guess may refuse, and one
// whose header says what it is: its bad values are bad, and the others would be
// lost. fewest rows are always allowed.
const (
	mostRefused     = .05
	mostRefusedSure = .25
	fewestRefused   = 3
)

// sureHeader is how sure a header is that says what its column is.
const sureHeader = 2

// trial counts what a contract refuses.
type trial struct {
	rows, refused int
	byProperty    map[[2]string]int // object, property
	otherMoney    map[[2]string]int // likewise, of amounts in another currency than their row's
	sync.Mutex
}

func (d *drafter) try(ctx context.Context, f *feed) error {
	const rounds = 4
	for range rounds {
		found, err := d.tryOnce(ctx, f)
		if err != nil {
			return err
		}
		if f.demote(found) {
			continue
		}
		f.refused = found.refused
		d.setErrorShare(f, found)
		return nil
	}
	return nil
}

func (d *drafter) tryOnce(ctx context.Context, f *feed) (*trial, error) {
	document := d.render(f, true)
	contract, err := schemas.ParseContract(f.name, []byte(document.text.String()))
	if err != nil {
		return nil, err
	}
	return d.tryContract(ctx, f, contract)
}

// tryContract reads the samples of a feed by a contract.
func (d *drafter) tryContract(ctx context.Context, f *feed, contract schemas.Contract) (*trial, error) {
	contract.Dialect.Format = f.format()
	plan, err := transform.NewPlan(contract, transform.Defaults{TimeZone: d.company.TimeZone, Country: d.company.Country, Currency: d.company.Currency})
	if err != nil {
		return nil, err
	}
	found := &trial{byProperty: map[[2]string]int{}, otherMoney: map[[2]string]int{}}
	for _, p := range f.parts {
		source, err := extract.Open(contract, extract.Landed{Feed: f.name, Path: p.drop.path, File: p.file.Path, Size: p.file.Size()})
		if err != nil {
			return nil, err
		}
		err = recognise.InOrder(ctx, d.o.Workers, source, func(dec schemas.Decoded) (struct{}, error) {
			return struct{}{}, found.add(plan, dec, p.drop.path)
		}, func(struct{}) error { return nil })
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

// add conforms one batch and counts the rows that are refused.
func (r *trial) add(plan *transform.Plan, dec schemas.Decoded, file string) error {
	conformed, err := plan.Apply(dec, transform.Place{File: file})
	if err != nil {
		return err
	}
	r.Lock()
	defer r.Unlock()
	rows := map[int64]bool{}
	for _, x := range dec.Rejects {
		rows[x.At.Row] = true
	}
	if dec.Record != nil {
		r.rows += int(dec.Record.NumRows())
	}
	r.rows += len(rows)
	for _, c := range conformed {
		for _, x := range c.Rejects {
			rows[x.At.Row] = true
			switch at := [2]string{c.Object, x.Column}; x.Rule {
			case "row.no_record": // rows that are none say nothing of a column
			case "currency.mismatch":
				r.otherMoney[at]++
			default:
				r.byProperty[at]++
			}
		}
		c.Record.Release()
	}
	r.refused += len(rows)
	return nil
}

// demote takes back guesses that refuse too much: the column is kept as it
// is. It is false where there are none.
func (f *feed) demote(found *trial) bool {
	changed := false
	for i := range f.contract.objects {
		o := &f.contract.objects[i]
		for k := range o.properties {
			p := &o.properties[k]
			n := found.byProperty[[2]string{o.name, p.name}]
			if n == 0 && p.from != "" {
				n = found.byProperty[[2]string{o.name, p.from}]
			}
			if p.field == "" { // what an amount is in is nobody's concern but of a field
				n += found.otherMoney[[2]string{o.name, p.name}]
			}
			most := mostRefused
			if p.sure {
				most = mostRefusedSure
			}
			if n <= fewestRefused || float64(n) <= most*float64(found.rows) || p.isPlain() {
				continue
			}
			changed = true
			switch {
			case p.minimum != "" || p.maximum != "":
				p.minimum, p.maximum = "", ""
			case p.required && p.key == 0:
				p.required = false
				p.why += fmt.Sprintf("; %d rows have none", n)
			default:
				p.why = fmt.Sprintf("kept as it is: %d of %d rows do not read as %s", n, found.rows, cmp.Or(p.field, p.logical))
				lost := ""
				if p.sure && 2*n < found.rows {
					lost = p.field
				}
				*p = propertyText{lost: lost, name: p.name, why: p.why, from: p.from, nulls: p.nulls, key: p.key, required: p.required && p.key > 0, aliases: p.aliases}
			}
		}
	}
	return changed
}

// isPlain says whether nothing of a property could be taken back.
func (p *propertyText) isPlain() bool {
	return p.field == "" && p.logical == "" && !p.required && p.minimum == "" && p.maximum == ""
}

// setErrorShare allows for the broken rows that the samples have, unless they
// are most of them.
func (d *drafter) setErrorShare(f *feed, found *trial) {
	const room = .8 // of the default share
	const most = .5 // so that nobody takes for right what lacks most of its rows
	share := float64(found.refused) / float64(max(found.rows, 1))
	if share <= room*schemas.DefaultErrorShare {
		return
	}
	if share > most {
		d.report.Notes = append(d.report.Notes, fmt.Sprintf("%s: %d of %d rows of the samples are refused: a run stops here until the contract reads them; `loadstar validate` says what is wrong with each", f.name, found.refused, found.rows))
		return
	}
	f.contract.errorShare = fmt.Sprintf("%.2f", math.Min(1, math.Ceil(share*130)/100))
	f.contract.whyShare = fmt.Sprintf("%d of %d rows of the samples are broken: more than the usual 5 %% may be refused", found.refused, found.rows)
}

// noteLost tells of columns whose header surely means a field that they do not
// feed, for what they hold.
func (d *drafter) noteLost() {
	for _, f := range d.drafted() {
		told := map[string]bool{}
		for _, o := range f.contract.objects {
			for _, p := range o.properties {
				if p.lost != "" && !told[p.name] {
					told[p.name] = true
					d.report.Notes = append(d.report.Notes, fmt.Sprintf("%s: %q feeds no %s: %s; mend the values, or say how they are written", f.name, p.name, p.lost, strings.TrimPrefix(p.why, "kept as it is: ")))
				}
			}
		}
	}
}
