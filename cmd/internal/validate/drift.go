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
			binding, err := d.feed.plan.Bind(o.Name, header)
			if err != nil {
				continue // the delivery is refused for it
			}
			unknown = addNew(unknown, binding.Unknown)
			missing = addNew(missing, binding.Missing)
		}
	}
	slices.Sort(unknown)
	slices.Sort(missing)
	for _, name := range missing {
		near := fault.Nearest(name, unknown, foldName)
		if len(near) == 0 {
			continue
		}
		d.drifted(fault.DriftRenamed, Warning, name, fmt.Sprintf("column %s is missing, and %s is new", name, near[0]))
		unknown = slices.DeleteFunc(unknown, func(u string) bool { return u == near[0] })
		missing = slices.DeleteFunc(slices.Clone(missing), func(m string) bool { return m == name })
	}
	for _, name := range missing {
		d.drifted(fault.DriftMissing, Warning, name, "the contract lists it and the delivery has no such column")
	}
	for _, name := range unknown {
		d.drifted(fault.DriftNew, Note, name, "the delivery has it and the contract does not list it")
	}
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
		Code: code, Severity: severity, Feed: d.feed.feed.Name, File: d.job.shown(d.shownPath()), Column: column,
		What: code.Title(), Reason: reason, Next: nextOf(code),
	}
	f.at(occurrence{print: fingerprint(f.Feed, string(code), column), index: -1})
	d.feed.findings = append(d.feed.findings, f)
}

// retypedShare of a delivery's rows must break the type of a column before it
// is called retyped.
const retypedShare = 0.5

// hint proposes what a column's values are, where they are not of its type,
// and reports a column whose type seems to have changed as a whole.
func (d *delivery) hint(f *Finding) string {
	if !strings.HasPrefix(f.Rule, "type.") && f.Rule != "scale" {
		return ""
	}
	reads := readsAs(f.Rule, f.samples)
	if float64(f.Count) >= retypedShare*float64(d.rows) && d.rows > 1 {
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
