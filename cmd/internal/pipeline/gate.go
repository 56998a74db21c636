package pipeline

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"loadstar/load"
	"loadstar/load/publish"
	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// shownViolations is how many broken rows a gate names.
const shownViolations = 5

// gateRows stops the run where a feed broke its contract too often, came
// empty, or shrank to under half. Nothing is published then, so the gate names
// the first places itself.
func (j *job) gateRows(ctx context.Context, build *load.Build, arrivals []arrival, reports map[string]*FeedReport) error {
	if j.o.Accept {
		return nil
	}
	gates := j.miscounted
	for _, a := range arrivals {
		r := reports[a.feed.Name]
		share := a.feed.Contract.ErrorShare
		if r.Read > 0 && float64(r.Quarantined) > share*float64(r.Read) {
			places, err := j.violations(ctx, build, a.feed.Name)
			if err != nil {
				return err
			}
			gates = append(gates, &GateError{
				Code: fault.FeedErrorShare, Feed: a.feed.Name,
				Reason: fmt.Sprintf("%s of %s rows broke the contract, %.2f %% (allowed are %.2f %%)%s",
					count(r.Quarantined), count(r.Read), 100*float64(r.Quarantined)/float64(r.Read), 100*share, places),
				Next: "mend the feed, raise error_share in its contract, or publish with `loadstar run --accept` and see `loadstar quarantine list`",
			})
		}
		gates = append(gates, j.gateSizes(a)...)
	}
	return errors.Join(gates...)
}

// gateNothing stops the run where a delivery has not even a header.
func gateNothing(d delivery) error {
	next := "deliver it again"
	switch d.contract.Dialect.Format {
	case "csv", "fixed", "json", "jsonl":
		next += ", or add `empty` to the contract's allow list"
	}
	return &GateError{Code: fault.DeliveryEmpty, Feed: d.contract.Feed, Reason: d.landed.Path + " holds nothing, not even a header", Next: next}
}

// gateCounts notes where a new delivery has another number of rows than its
// contract says.
func (j *job) gateCounts(d delivery, in *entry) {
	if !d.first || d.landed.Keys {
		return
	}
	for _, o := range d.contract.Objects {
		total := in.totals[o.Name]
		if reason := o.Rows.Fault(total.Read - total.Excluded.Total()); reason != "" {
			j.miscounted = append(j.miscounted, &GateError{
				Code: fault.FeedRowCount, Feed: d.contract.Feed, Reason: fmt.Sprintf("%s: %s: %s", d.landed.Path, o.Name, reason),
				Next: "ask the sender for the whole delivery, mend rowCount in the contract, or publish with `loadstar run --accept`",
			})
		}
	}
}

// Rows that a snapshot may lack: some whatever their share, for small lists
// change, else no more than come again. Rows that their text names are others
// once somebody writes on them: of those one in ten must come again.
const (
	fewestLost   = 20
	writtenOnMax = 9
	fewestOldest = 3 // of those that are lacking and older than all others
)

// gateKeys notes a snapshot that lacks most of the rows which stood before it,
// whatever it has beside them: the rows of one day, or of another list, would
// end all others. So would in time a list of the last months: what it lacks is
// older than all that it has.
func (j *job) gateKeys(d delivery, counts map[string]load.Counts) {
	if !d.first || d.landed.Keys || d.contract.Delivery != schemas.Snapshot || d.contract.Allow.Shrink {
		return
	}
	for _, o := range d.contract.Objects {
		c := counts[o.Name]
		again := c.Changed + c.Redelivered
		most, by, mode := again, "keys", "delta"
		if slices.ContainsFunc(o.KeyProperties(), func(p schemas.Property) bool { return p.From == "$hash" }) {
			most, by, mode = writtenOnMax*again, "text", "append"
		}
		reason := ""
		switch {
		case c.Deleted >= fewestLost && c.Deleted > most:
			reason = fmt.Sprintf("it lacks %s of the %s rows that stood before, by their %s", count(c.Deleted), count(c.Deleted+again), by)
		case c.Oldest >= fewestOldest && 2*c.Oldest > c.Deleted && again > 0:
			reason = fmt.Sprintf("it lacks %s rows that stood before, of which %s are older than all that it has: it may hold those of the last time alone", count(c.Deleted), count(c.Oldest))
		default:
			continue
		}
		j.miscounted = append(j.miscounted, &GateError{
			Code: fault.FeedShrank, Feed: d.contract.Feed,
			Reason: fmt.Sprintf("%s: %s: %s", d.landed.Path, o.Name, reason),
			Next:   "write `delivery: " + mode + "` in the contract where a delivery holds what is new alone; else add `shrink` to its allow list, or publish with `loadstar run --accept`",
		})
	}
}

// violations names the first broken rows of a feed in this run, without their
// values.
func (j *job) violations(ctx context.Context, build *load.Build, feed string) (string, error) {
	found, err := build.Violations(ctx, load.ViolationFilter{Feed: feed, Run: j.manifest.Run, Limit: shownViolations})
	if err != nil {
		return "", err
	}
	var lines strings.Builder
	for _, v := range found {
		column := ""
		if v.Column != "" {
			column = v.Column + ": "
		}
		fmt.Fprintf(&lines, "\n  %s: %s%s %s: %s", v.Place(), column, fault.OfRule(v.Rule), v.Rule, v.Reason)
	}
	return lines.String(), nil
}

// gateSizes compares each new delivery with the one before it: of the same
// path, or of what each delivery is the whole of.
func (j *job) gateSizes(a arrival) []error {
	loaded := j.loaded(a.feed.Name)
	var gates []error
	for _, now := range j.manifest.Deliveries {
		if now.Feed != a.feed.Name || now.Run != j.manifest.Run || isIn(loaded, now) {
			continue
		}
		before := lastOf(loaded, now, a.feed.Contract)
		from := a.feed.From
		pulled := !from.IsFile()
		isPart := pulled && !now.Keys && (from.Cursor != "" || !from.IsPull() && a.feed.Contract.Delivery != schemas.Snapshot)
		switch {
		case now.Rows == 0 && !a.feed.Contract.Allow.Empty && !pulled:
			gates = append(gates, &GateError{Code: fault.FeedEmpty, Feed: a.feed.Name, Reason: now.Path + " holds no row",
				Next: "deliver it again, or add `empty` to the contract's allow list"})
		case before != nil && 2*now.Rows < before.Rows && !a.feed.Contract.Allow.Shrink && !isPart:
			gates = append(gates, &GateError{Code: fault.FeedShrank, Feed: a.feed.Name,
				Reason: fmt.Sprintf("%s holds %s rows, under half of the %s before", now.Path, count(now.Rows), count(before.Rows)),
				Next:   "deliver it again, or add `shrink` to the contract's allow list"})
		}
		if isWhole := a.feed.Contract.Delivery == schemas.Snapshot && !a.feed.Contract.Allow.Shrink; isWhole && before != nil && before.Path == now.Path {
			gates = append(gates, gateSheets(*before, now)...)
		}
		loaded = append(loaded, now)
	}
	return gates
}

// gateSheets stops the run where a workbook comes again without a worksheet that
// had rows: it was renamed or taken out, and its rows would be taken for deleted.
func gateSheets(before, now publish.Delivery) (gates []error) {
	for _, sheet := range before.Sheets {
		if !slices.Contains(now.Sheets, sheet) {
			gates = append(gates, &GateError{Code: fault.FeedShrank, Feed: now.Feed,
				Reason: fmt.Sprintf("%s has no rows of sheet %q, which had some before", now.Path, sheet),
				Next:   "if the sheet has another name now, write it among `sheets` of the contract's dialect; if its rows are to go, publish with `loadstar run --accept`, or add `shrink` to the contract's allow list"})
		}
	}
	return gates
}

func isIn(list []publish.Delivery, d publish.Delivery) bool {
	for _, l := range list {
		if l.SHA256 == d.SHA256 && l.DeliveredAt.Equal(d.DeliveredAt) {
			return true
		}
	}
	return false
}

func lastOf(loaded []publish.Delivery, now publish.Delivery, c schemas.Contract) *publish.Delivery {
	for i := len(loaded) - 1; i >= 0; i-- {
		if c.Delivery == schemas.Snapshot && c.Partition.Of(loaded[i].Path) == c.Partition.Of(now.Path) || loaded[i].Path == now.Path {
			return &loaded[i]
		}
	}
	return nil
}

// moneyTotals sums the decimal fields of each feed, exactly.
type moneyTotals struct {
	sums map[string]map[string]schemas.ID
}

func newMoneyTotals() moneyTotals { return moneyTotals{sums: map[string]map[string]schemas.ID{}} }

func (m moneyTotals) add(c schemas.Contract, totals map[string]*schemas.ControlTotal) {
	if m.sums[c.Feed] == nil {
		m.sums[c.Feed] = map[string]schemas.ID{}
	}
	for _, o := range c.Objects {
		for field, sum := range totals[o.Name].Money {
			name := o.Entity + "." + field
			m.sums[c.Feed][name] = m.sums[c.Feed][name].Add(sum)
		}
	}
}

func (m moneyTotals) into(feed string, r *FeedReport) {
	for name, sum := range m.sums[feed] {
		r.Money[name] = decimalText(sum)
	}
}

// decimalText writes a sum at the money scale without trailing zeros.
func decimalText(n decimal128.Num) string {
	text := n.ToString(schemas.MoneyScale)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

func count(n int64) string { return big.NewInt(n).String() }
