// Package sample writes the sample company: a firm that sells replacement
// windows through sales people and window-care products in a web store, as a
// whole project folder (loadstar.yaml, contracts, feeds) with its truth: which
// source records are the same person, where every error was planted, and what
// the funnels and totals must come to.
//
// Every person, address and number is invented. The same options give the same
// bytes. Customers are written one at a time, so memory does not grow with
// their number. The package reads no clock and knows no other part of Loadstar
// than schemas.
package sample

import (
	"context"
	"errors"
	"fmt"
)

// Options say how large the sample company is and where it goes.
type Options struct {
	Customers int    // real customers (persons and organisations) on day 0, at least 1
	Days      int    // daily deliveries, at least 1; the first holds all history
	Seed      uint64 // another seed gives another company
	Out       string // folder to write; absent, empty, or an earlier sample project
	// Progress is called now and then with the customers written so far and
	// their number in all; nil = not called.
	Progress func(done, total int64)
}

// Summary counts what was written.
type Summary struct {
	Customers int64 // real persons and organisations
	Records   int64 // their records in all source systems
	Orders    int64
	Lines     int64 // order lines
	Events    int64 // web events and carts
	Invoices  int64
	Errors    int64 // planted errors
}

// ErrNotSample says that the folder holds something other than a sample
// project; Generate never overwrites such a folder.
var ErrNotSample = errors.New("folder is not empty and holds no sample project")

// Generate writes the sample company to o.Out. A sample project that stands
// there already is replaced. It stops when ctx ends; the folder is then
// incomplete, and a later call replaces it.
func Generate(ctx context.Context, o Options) (Summary, error) {
	if o.Customers < 1 || o.Days < 1 {
		return Summary{}, fmt.Errorf("generate sample company: %d customers over %d days, expected at least 1 each", o.Customers, o.Days)
	}
	w, err := newWorld(o)
	if err != nil {
		return Summary{}, err
	}
	if err := prepareFolder(o.Out); err != nil {
		return Summary{}, err
	}
	t, err := newTruth(o.Out)
	if err != nil {
		return Summary{}, err
	}
	bill, err := openBilling(o.Out)
	if err != nil {
		return Summary{}, joinErrors(err, t.close())
	}
	err = writeDays(ctx, w, o, t, bill)
	for _, e := range []error{bill.close(), t.close()} {
		err = joinErrors(err, e)
	}
	if err != nil {
		return t.summary, err
	}
	return t.summary, t.writeTotals(o.Out)
}

// writeDays writes one delivery after the other, and the funnels' truth.
func writeDays(ctx context.Context, w *world, o Options, t *truth, bill *billing) error {
	funnels, err := createTruth(o.Out, "funnels.csv", "as_of,funnel,step,source_system,count")
	if err != nil {
		return err
	}
	all := w.total(o.Days - 1)
	var sessions [3]int64
	var resend string
	for number := range o.Days {
		d := &delivery{w: w, dir: o.Out, number: number, truth: t, bill: bill}
		err := d.write(ctx, func(done int64) {
			if o.Progress != nil {
				o.Progress(done*int64(number+1)/int64(o.Days), all)
			}
		})
		if err == nil && number == 1 {
			err = d.redeliver(resend)
		}
		if err != nil {
			return joinErrors(err, funnels.close())
		}
		resend = d.crm.members.path
		for k, n := range d.store.sessions {
			sessions[k] += n
		}
		d.funnels(funnels, sessions)
	}
	if o.Progress != nil {
		o.Progress(all, all)
	}
	return funnels.close()
}
