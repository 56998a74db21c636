package validate

import (
	"fmt"
	"slices"
	"strings"

	"loadstar/schemas/fault"
)

// drift compares the columns of a delivery with those of the contract: new,
// missing, renamed. Each difference is reported once a feed.
func (d *delivery) drift() {
	var unknown, missing []string
	objects := d.feed.feed.Contract.Objects
	for key, header := range d.headers {
		if len(header) == 0 {
			continue
		}
		for _, o := range objects {
			if key.object != "" && key.object != o.Name {
				continue
			}
			lacks, has, err := d.feed.plan.Columns(o.Name, header)
			if err != nil {
				continue // the chunk has rows of an object that the contract lacks
			}
			unknown = addNew(unknown, has)
			missing = addNew(missing, lacks)
		}
	}
	slices.Sort(unknown)
	slices.Sort(missing)
	// A run refuses a delivery that lacks a column and brings one that is not
	// listed, unless the contract says that it may be absent.
	refused := func(name string) Severity {
		if len(unknown) > 0 && !d.mayBeAbsent(name) && !d.isSparse() {
			return Error
		}
		return Warning
	}
	severity := map[string]Severity{}
	for _, name := range missing {
		severity[name] = refused(name)
	}
	for _, name := range slices.Clone(missing) {
		renamed, how := d.renamed(name, unknown)
		if renamed == "" {
			continue
		}
		d.drifted(fault.DriftRenamed, severity[name], name, fmt.Sprintf("column %s is missing, and %s is new%s", name, renamed, how))
		unknown = slices.DeleteFunc(unknown, func(u string) bool { return u == renamed })
		missing = slices.DeleteFunc(missing, func(m string) bool { return m == name })
	}
	if d.isSparse() {
		missing = nil // no record had something to say
	}
	for _, name := range missing {
		d.drifted(fault.DriftMissing, severity[name], name, "the contract lists it and the delivery has no such column")
	}
	d.newColumns(unknown)
}

func (d *delivery) mayBeAbsent(column string) bool {
	for _, o := range d.feed.feed.Contract.Objects {
		for _, p := range o.Properties {
			if p.Name == column && p.Absent {
				return true
			}
		}
	}
	return false
}

// newColumns reports the columns that the contract does not list, together.
func (d *delivery) newColumns(names []string) {
	names = slices.DeleteFunc(names, func(n string) bool { return d.feed.headers[string(fault.DriftNew)+n] })
	if len(names) == 0 {
		return
	}
	f := &Finding{
		Code: fault.DriftNew, Severity: Note, Feed: d.feed.feed.Name, File: d.job.shown(d.shownPath()), pull: d.path == "",
		What: plural(int64(len(names)), "column") + " of the delivery not in the contract", Reason: "new: " + strings.Join(names, ", "), Next: nextOf(fault.DriftNew),
	}
	for _, n := range names {
		d.feed.headers[string(fault.DriftNew)+n] = true
		f.at(occurrence{print: fingerprint(f.Feed, string(f.Code), n), index: -1})
	}
	d.feed.findings = append(d.feed.findings, f)
}

// renamed finds the new column that a missing one may be called now: the one
// with the most similar name, else the one that stands in its place.
func (d *delivery) renamed(missing string, unknown []string) (name, how string) {
	if near := fault.Nearest(missing, unknown, foldName); len(near) > 0 {
		return near[0], ""
	}
	if d.isSparse() {
		return "", ""
	}
	header := d.headers[headerKey{}]
	for _, o := range d.feed.feed.Contract.Objects {
		place := 0
		for _, p := range o.Properties {
			if p.Constant != nil || p.From != "" {
				continue
			}
			if p.Name == missing && place < len(header) && slices.Contains(unknown, header[place]) {
				return header[place], " in its place"
			}
			place++
		}
	}
	return "", ""
}

func addNew(list, more []string) []string {
	for _, m := range more {
		if !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	return list
}

// drifted reports one column once a feed.
func (d *delivery) drifted(code fault.Code, severity Severity, column, reason string) {
	key := string(code) + column
	if d.feed.headers[key] {
		return
	}
	d.feed.headers[key] = true
	f := &Finding{
		Code: code, Severity: severity, Feed: d.feed.feed.Name, File: d.job.shown(d.shownPath()), pull: d.path == "", Column: column,
		What: code.Title(), Reason: reason, Next: nextOf(code),
	}
	f.at(occurrence{print: fingerprint(f.Feed, string(code), column), index: -1})
	d.feed.findings = append(d.feed.findings, f)
}

// retypedShare of a delivery's rows must at least break the type of a column
// before it is called retyped.
const retypedShare = 0.5

// hint proposes what a column's values are, where they are not of its type,
// and reports a column whose type seems to have changed as a whole.
func (d *delivery) hint(f *Finding) string {
	if !strings.HasPrefix(f.Rule, "type.") && f.Rule != "scale" {
		return ""
	}
	reads := readsAs(f.Rule, f.samples)
	if float64(f.Count) > retypedShare*float64(d.rows) && d.rows > 1 {
		reason := fmt.Sprintf("%d of %d rows break its type", f.Count, d.rows)
		if reads != "" {
			reason += "; " + reads
		}
		d.drifted(fault.DriftRetyped, Warning, f.Column, reason)
	}
	if reads == "" {
		return ""
	}
	return reads + "; set this in the contract, or mend the values"
}
