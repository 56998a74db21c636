package draft

import (
	"fmt"
	"slices"
	"strings"
)

// notePipelines tells of deals of several pipelines: they follow one funnel,
// whatever the stages of each are called, until somebody writes one for them.
func (d *drafter) notePipelines() {
	const most = 20
	for _, f := range d.drafted() {
		for _, o := range f.contract.objects {
			at := slices.IndexFunc(o.properties, func(p propertyText) bool { return p.field == "pipeline" })
			if o.entity != "opportunity" || at < 0 {
				continue
			}
			p := f.profileOf(o.properties[at].name)
			if p == nil || p.Deep.Distinct() < 2 || p.Deep.Distinct() > most {
				continue
			}
			var names []string
			for _, v := range p.Sample() {
				names = append(names, v.Text)
			}
			slices.Sort(names)
			d.report.Notes = append(d.report.Notes, fmt.Sprintf("%s: its deals are of %d pipelines (%s), which follow the sales funnel and are told apart by \"pipeline\"; one whose stages mean something else needs a funnel of its own, with pipelines: [%s] (docs/model.md)", f.name, len(names), strings.Join(names, ", "), names[0]))
		}
	}
}
