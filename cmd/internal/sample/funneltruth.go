package sample

import "fmt"

// funnels writes how many pursuits had reached each sales step by the evening
// of this delivery, by source system and in all, and how many recorded web
// sessions reached each online step.
func (d *delivery) funnels(f *truthFile, sessions [3]int64) {
	asOf := d.today().iso()
	all, repeats := d.w.stepsOn(d.number)
	sheets := d.sheetSteps()
	for k, step := range [...]string{"prospecting", "contact", "meet", "presentation", "offer", "close"} {
		f.line(fmt.Sprintf("%s,sales,%s,all,%d", asOf, step, all[k]))
		f.line(fmt.Sprintf("%s,sales,%s,crm,%d", asOf, step, all[k]-sheets[k]))
		f.line(fmt.Sprintf("%s,sales,%s,sales,%d", asOf, step, sheets[k]))
	}
	f.line(fmt.Sprintf("%s,sales,repeat,all,%d", asOf, repeats))
	for k, step := range [...]string{"product_view", "cart", "order"} {
		f.line(fmt.Sprintf("%s,online,%s,store,%d", asOf, step, sessions[k]))
	}
}

// sheetSteps counts the pursuits of the worksheets by step reached.
func (d *delivery) sheetSteps() [6]int64 {
	var steps [6]int64
	w := d.w
	for j := 2 * w.funnel.repeats; j < w.funnel.counts[stepSuspect]; j++ {
		q := w.pursuit(j, w.funnel.customers.at(j))
		if !q.sheet {
			continue
		}
		reached := stepSuspect
		for _, e := range q.upTo(d.number) {
			reached = max(reached, e.stage.step())
		}
		for k := 0; k <= reached; k++ {
			steps[k]++
		}
	}
	return steps
}

func (s stage) step() int {
	return [...]int{stepSuspect, stepContact, stepContact, stepMeet, stepMeet, stepPresent, stepOffer, stepClose, 0, 0}[s]
}
