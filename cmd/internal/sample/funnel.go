package sample

// stage is a canonical stage of the sales funnel.
type stage int

const (
	suspect stage = iota
	prospect
	qualified
	appointment
	secondAppointment
	presentation
	proposal
	won
	lost
	noDecision
)

// crmWord is how the CRM calls the stage; the contracts translate it.
func (s stage) crmWord() string {
	return [...]string{
		"Suspect", "Contacted", "Qualified", "Termin", "2nd visit", "Demo", "Quote sent", "Gewonnen",
		"Lost - competitor", "Stalled",
	}[s]
}

// sheetWord is how the sales people call it.
func (s stage) sheetWord() string {
	return [...]string{
		"new", "spoke to", "spoke to", "Termin", "Termin", "shown", "Angebot", "sold", "lost", "no decision",
	}[s]
}

// Steps of the sales funnel: index of funnel.counts.
const (
	stepSuspect = iota
	stepContact
	stepMeet
	stepPresent
	stepOffer
	stepClose
)

// funnel is the plan of all pursuits. Pursuit j belongs to customer
// customers.at(j) and reaches every step whose count is above j: so the counts
// come out exactly, at any scale and in any order of writing.
type funnel struct {
	counts    [6]int64 // pursuits that reached each step on day 0
	repeats   int64    // pursuits 0..repeats-1 have a second won pursuit, j+repeats
	customers permutation
}

// newFunnel scales 4,000 : 400 : 80 : 40 : 20 : 10 with 5 repeats for 10,000
// customers: each count is n times its share, rounded half up, at least one
// suspect, and never above the step before.
func newFunnel(seed uint64, n int64) funnel {
	f := funnel{customers: newPermutation(seed, 0, n)}
	for k, share := range [...]int64{4000, 400, 80, 40, 20, 10} {
		f.counts[k] = (n*share + 5000) / 10000
		if k > 0 {
			f.counts[k] = min(f.counts[k], f.counts[k-1])
		}
	}
	f.counts[stepSuspect] = max(1, f.counts[stepSuspect])
	f.repeats = min((n*5+5000)/10000, f.counts[stepClose]/2)
	return f
}

// stepsOn returns the counts at the end of delivery d, and the repeats.
func (w *world) stepsOn(d int) ([6]int64, int64) {
	c := w.funnel.counts
	late := c
	for i := w.n; i < w.total(d); i++ {
		if w.newLead(i) {
			late[stepSuspect]++
		}
	}
	late[stepContact] = min(c[stepSuspect], c[stepContact]+int64(d)*w.contactsPerDay())
	late[stepMeet] = min(c[stepContact], c[stepMeet]+int64(d)*w.meetingsPerDay())
	return late, w.funnel.repeats
}

func (w *world) contactsPerDay() int64 { return w.funnel.counts[stepSuspect] / 800 }

func (w *world) meetingsPerDay() int64 { return w.funnel.counts[stepContact] / 80 }

// newLead says whether customer i of a later day comes in as a suspect.
func (w *world) newLead(i int64) bool { return i >= w.n && (i-w.n)%5 < 2 }

// stageEvent is one change of stage.
type stageEvent struct {
	stage    stage
	at       moment
	delivery int
	onDeal   bool // of the opportunity, not the lead
	illegal  string
}

// pursuit is a lead with the opportunity it converts to.
type pursuit struct {
	number   int64
	customer int64
	repeat   bool
	sheet    bool // kept in a sales person's worksheet, not in the CRM
	seller   int
	events   []stageEvent
}

// pursuitsOf returns the pursuits of customer i, the first one first.
func (w *world) pursuitsOf(i int64) []pursuit {
	if i >= w.n {
		if !w.newLead(i) {
			return nil
		}
		return []pursuit{w.pursuit(w.funnel.counts[stepSuspect]+i-w.n, i)}
	}
	f := w.funnel
	j := f.customers.inverse(i)
	switch {
	case j >= f.counts[stepSuspect] || j >= f.repeats && j < 2*f.repeats:
		return nil
	case j < f.repeats:
		return []pursuit{w.pursuit(j, i), w.pursuit(j+f.repeats, i)}
	}
	return []pursuit{w.pursuit(j, i)}
}

// reach is the furthest step that pursuit j had reached on day 0.
func (f funnel) reach(j int64) int {
	k := stepSuspect
	for k < stepClose && j < f.counts[k+1] {
		k++
	}
	return k
}

func (w *world) pursuit(j, customer int64) pursuit {
	r := stream(w.seed, forPursuit, j, 0)
	f := w.funnel
	q := pursuit{number: j, customer: customer, repeat: j >= f.repeats && j < 2*f.repeats, seller: r.below(w.sellers())}
	q.sheet = j >= 2*f.repeats && j < f.counts[stepSuspect] && r.permille(150)
	if j >= f.counts[stepSuspect] {
		d := w.firstDelivery(customer)
		q.events = []stageEvent{{stage: suspect, at: dayOfDelivery(d).at(officeHours(r)), delivery: d}}
		return q
	}
	q.history(r, f.reach(j), w.pathEnd(r, j))
	w.progress(&q, r)
	if !q.sheet {
		q.disturb(f.reach(j))
	}
	return q
}

// pathEnd is the last day of a pursuit's history on day 0: the first of two
// pursuits of one customer ends long before the second begins.
func (w *world) pathEnd(r *rng, j int64) day {
	end := lastDay - day(r.between(8, 300))
	if j < w.funnel.repeats {
		end -= 500
	}
	return end
}

// history fills the stages up to step reach, the last one on day end.
func (q *pursuit) history(r *rng, reach int, end day) {
	path := []stage{suspect}
	for step := stepContact; step <= reach; step++ {
		switch step {
		case stepContact:
			path = append(path, prospect)
			if reach > stepContact || r.permille(400) {
				path = append(path, qualified)
			}
		case stepMeet:
			path = append(path, appointment)
			if reach > stepMeet && r.permille(400) {
				path = append(path, secondAppointment)
			}
		default:
			path = append(path, [...]stage{stepPresent: presentation, stepOffer: proposal, stepClose: won}[step])
		}
	}
	if reach >= stepMeet && reach < stepClose && !q.sheet {
		switch n := r.below(10); {
		case n < 4:
			path = append(path, lost)
		case n < 7:
			path = append(path, noDecision)
		}
	}
	at := end
	q.events = make([]stageEvent, len(path))
	for k := len(path) - 1; k >= 0; k-- {
		q.events[k] = stageEvent{stage: path[k], at: at.at(officeHours(r)), onDeal: path[k] >= appointment || q.repeat}
		at -= day(r.between(2, 14))
	}
}

// progress adds the stage that some pursuits enter on a later day.
func (w *world) progress(q *pursuit, r *rng) {
	f := w.funnel
	for d := 1; d < w.days; d++ {
		from := f.counts[stepContact] + int64(d-1)*w.contactsPerDay()
		if q.number >= from && q.number < from+w.contactsPerDay() && q.number < f.counts[stepSuspect] {
			q.events = append(q.events, stageEvent{stage: prospect, at: dayOfDelivery(d).at(officeHours(r)), delivery: d})
		}
		from = f.counts[stepMeet] + int64(d-1)*w.meetingsPerDay()
		if q.number >= from && q.number < from+w.meetingsPerDay() && q.number < f.counts[stepContact] {
			q.events = append(q.events, stageEvent{stage: appointment, at: dayOfDelivery(d).at(officeHours(r)), delivery: d, onDeal: true})
		}
	}
}

// disturb makes the history of some pursuits impossible without changing
// which steps they reached: times are swapped, or a stage comes after the end.
func (q *pursuit) disturb(reach int) {
	swap := func(a, b int, why string) {
		q.events[a].at, q.events[b].at = q.events[b].at, q.events[a].at
		q.events[b].illegal = why
	}
	end := len(q.events) - 1
	switch {
	case reach == stepClose && q.number%5 == 1:
		swap(1, end, "won before first contact")
	case (reach == stepPresent || reach == stepOffer) && q.number%7 == 3:
		for k := end; k > 0; k-- {
			if q.events[k].stage == presentation {
				swap(1, k, "presentation before first contact")
			}
		}
	case q.events[end].stage > won && q.number%7 == 5:
		at := q.events[end].at + 86400
		q.events = append(q.events, stageEvent{stage: appointment, at: at, onDeal: true, illegal: "appointment after the end"})
	}
}

// upTo returns the events of deliveries up to d.
func (q pursuit) upTo(d int) []stageEvent {
	n := 0
	for n < len(q.events) && q.events[n].delivery <= d {
		n++
	}
	return q.events[:n]
}
