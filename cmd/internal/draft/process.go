package draft

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/transform"
)

// funnelFolder is the project's folder of drafted funnels.
const funnelFolder = "funnels"

// process is a funnel drafted from the order in which the cases of a log go
// through its activities.
type process struct {
	feed     *feed
	name     string
	steps    []processStep // in order
	moves    map[[2]string]int
	begins   map[string]int // by first activity
	cases    int
	end      string   // step of the stages that end well
	usual    []string // the commonest order
	usualOf  int      // cases that take it
	isCycled bool     // no activity is only ever the last
}

// processStep is one activity.
type processStep struct {
	word, stage string
	cases       int // that pass it
	last        int // of which it is the last activity
	place       int // sum of its first places in the cases, from 0
	outcome     string
}

// What a log must have to make a funnel of its own.
const (
	fewestCases  = 10
	fewestSteps  = 3
	mostSteps    = 40
	mostLogRows  = 100_000
	unknownWords = .5 // of the rows have an activity that is no stage of sales
)

// findProcesses drafts a funnel for each log of activities that are no stages of
// the sales funnel, where no deals or leads of its system have stages of their
// own.
func (d *drafter) findProcesses(ctx context.Context) error {
	for _, f := range d.feeds {
		t := f.root()
		if f.shipped != nil || t.path != "" || t.entity().Name != "stage_event" || d.hasPursuits(f) || len(f.tables) > 1 {
			continue
		}
		id, stage, at := cmp.Or(t.byField("opportunity_id"), t.byField("lead_id")), t.byField("stage"), t.byField("at")
		if id == nil || stage == nil || at == nil || d.knowsStages(stage) || stage.profile.Deep.Distinct() > mostSteps {
			continue
		}
		events, err := d.readLog(ctx, t, id, stage, at)
		if err != nil {
			return err
		}
		if p, ok := newProcess(f, events); ok {
			d.setOutcomes(p)
			d.processes = append(d.processes, p)
		}
	}
	return nil
}

// hasPursuits says whether another feed of the system tells of leads or deals.
func (d *drafter) hasPursuits(f *feed) bool {
	found := false
	d.eachTable(func(g *feed, t *table) { found = found || g != f && g.system == f.system && isPursuit(t) })
	return found
}

// knowsStages says whether most rows have a word that the sales funnel knows.
func (d *drafter) knowsStages(c *columnDraft) bool {
	return c.profile.Share(func(s string) bool { return d.judge.Tables.Stage(s) == "" }) < unknownWords
}

// logEvent is one row of a log.
type logEvent struct {
	id, word string
	at       int64 // see momentOf
	row      int
}

// readLog reads the first rows of a log, by case and time.
func (d *drafter) readLog(ctx context.Context, t *table, id, stage, at *columnDraft) ([]logEvent, error) {
	layout, err := transform.ParseLayout(cmp.Or(at.layout, t.feed.locale.date, "iso"))
	if err != nil {
		return nil, err
	}
	var events []logEvent
	for _, p := range t.feed.parts {
		var texts [3][]string
		for k, c := range []*columnDraft{id, stage, at} {
			found, err := p.file.Texts(ctx, t.path, c.profile.Name, mostLogRows, recognise.Look{Workers: d.o.Workers}, d.judge.Tables)
			if err != nil {
				return nil, err
			}
			texts[k] = found
		}
		for row := range min(len(texts[0]), len(texts[1]), len(texts[2])) {
			if moment, ok := momentOf(texts[2][row], at.unit, layout); ok && texts[0][row] != "" && texts[1][row] != "" {
				events = append(events, logEvent{texts[0][row], texts[1][row], moment, len(events)})
			}
		}
	}
	slices.SortFunc(events, func(a, b logEvent) int {
		return cmp.Or(strings.Compare(a.id, b.id), cmp.Compare(a.at, b.at), cmp.Compare(a.row, b.row))
	})
	return events, nil
}

// momentOf is the microsecond since 1970 that a text writes; ok is false where
// it writes none by the column's layout.
func momentOf(text, unit string, layout transform.Layout) (micros int64, ok bool) {
	const second, day = 1_000_000, 86_400 * 1_000_000
	if strings.HasPrefix(unit, "epoch") { // of one unit all
		n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
		return n, err == nil
	}
	if unit == "excel_days" {
		days, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		return int64(days * day), err == nil
	}
	m, ok := layout.Parse(text)
	return m.Days*day + m.Micros - m.Offset*second, ok
}

// newProcess counts in what order the cases go. ok is false where they are too
// few, or go through too little.
func newProcess(f *feed, events []logEvent) (*process, bool) {
	p := &process{feed: f, name: f.name, moves: map[[2]string]int{}, begins: map[string]int{}}
	steps, orders := map[string]*processStep{}, map[string]int{}
	for start := 0; start < len(events); {
		end := start
		var order []string
		for ; end < len(events) && events[end].id == events[start].id; end++ {
			if word := events[end].word; len(order) == 0 || order[len(order)-1] != word {
				order = append(order, word)
			}
		}
		p.addCase(steps, order)
		orders[strings.Join(order, "\x00")]++
		start = end
	}
	if p.cases < fewestCases || len(steps) < fewestSteps || len(events) < 2*p.cases || len(steps) > mostSteps {
		return nil, false
	}
	for _, word := range slices.Sorted(maps.Keys(steps)) {
		p.steps = append(p.steps, *steps[word])
	}
	slices.SortStableFunc(p.steps, func(a, b processStep) int { return cmp.Compare(a.place*b.cases, b.place*a.cases) })
	usual := most(orders)
	p.usual, p.usualOf = strings.Split(usual, "\x00"), orders[usual]
	p.nameStages()
	return p, true
}

func (p *process) addCase(steps map[string]*processStep, order []string) {
	p.cases++
	p.begins[order[0]]++
	seen := map[string]bool{}
	for i, word := range order {
		if i > 0 {
			p.moves[[2]string{order[i-1], word}]++
		}
		if steps[word] == nil {
			steps[word] = &processStep{word: word}
		}
		if !seen[word] {
			seen[word] = true
			steps[word].cases++
			steps[word].place += i
		}
	}
	steps[order[len(order)-1]].last++
}

// nameStages gives each activity a name that a funnel may have.
func (p *process) nameStages() {
	taken := map[string]bool{"start": true}
	for i := range p.steps {
		base := slug(p.steps[i].word)
		if base == noSlug {
			base = "stage"
		}
		name := base
		for n := 2; taken[name]; n++ {
			name = fmt.Sprintf("%s_%d", base, n)
		}
		taken[name] = true
		p.steps[i].stage = name
	}
}

// setOutcomes says which activities end a case: what hardly ever is followed by
// another. One that reads as a loss is one; of the others the commonest wins,
// and those that fewer than a third as many cases reach as the commonest are lost.
func (d *drafter) setOutcomes(p *process) {
	const nearlyAlways, rare = .95, 3
	top := -1
	for i := range p.steps {
		s := &p.steps[i]
		if float64(s.last) < nearlyAlways*float64(s.cases) {
			continue
		}
		if s.outcome = "won"; d.isLoss(s.word) {
			s.outcome = "lost"
		} else if top < 0 || s.last > p.steps[top].last {
			top = i
		}
	}
	if top < 0 { // no case is known to end well: the last of the order is the goal
		top = len(p.steps) - 1
		p.isCycled = true
	}
	for i := range p.steps {
		if s := &p.steps[i]; s.outcome == "won" && s.last*rare < p.steps[top].last {
			s.outcome = "lost"
		}
	}
	p.steps[top].outcome = "won"
	p.end = p.steps[top].stage
}

// isLoss says whether a word, or one of its words, says that something was lost.
func (d *drafter) isLoss(word string) bool {
	words := append(recognise.HeaderTokens(word), word)
	for _, w := range recognise.HeaderTokens(word) {
		words = append(words, w+"ed", w+"led") // "reject the request", "cancel"
	}
	for _, w := range words {
		if outcome := d.judge.Tables.Word("opportunity", "outcome", w); outcome == "lost" {
			return true
		}
		if stage := d.judge.Tables.Stage(w); strings.HasPrefix(stage, "lost") || stage == "no decision" {
			return true
		}
	}
	return false
}

// writeProcesses writes the funnels.
func (d *drafter) writeProcesses() error {
	for _, p := range d.processes {
		if err := d.writeFile(filepath.Join(funnelFolder, p.name+".yaml"), p.render()); err != nil {
			return err
		}
	}
	return nil
}

// render writes a funnel: each activity is a stage and, unless it loses, a step.
func (p *process) render() *document {
	w := &document{}
	w.comment(0, fmt.Sprintf("Drafted by `loadstar init` from the log %s: a guess. The order is that in which its %d cases first reach each activity.", p.feed.name, p.cases))
	w.comment(0, fmt.Sprintf("Commonest of all, %d cases: %s", p.usualOf, strings.Join(p.usual, " > ")))
	w.add(0, "funnel: %s", p.name)
	w.add(0, "counts: pursuit")
	w.add(0, "meaning: %s", scalar("Cases of "+p.feed.name+" from the first activity to the last"))
	w.add(0, "systems: [%s]", scalar(p.feed.system))
	w.add(0, "steps:")
	for _, s := range p.steps {
		if s.outcome == "lost" || s.outcome == "won" && s.stage != p.end {
			continue
		}
		optional := ""
		if s.cases*10 < p.cases*9 && s.outcome == "" {
			optional = ", optional: true"
		}
		w.add(2, "- {step: %s, name: %s%s}", s.stage, scalar(s.word), optional)
	}
	w.comment(0, "Which activities end a case, and how, is guessed: correct it.")
	w.add(0, "stages:")
	for i, s := range p.steps {
		w.comment(2, p.evidence(s))
		step, outcome, rank := ", step: "+s.stage, "", 10*(i+1)
		switch s.outcome {
		case "won":
			step, outcome = ", step: "+p.end, ", outcome: won"
		case "lost":
			step, outcome, rank = "", ", outcome: lost", 0
		}
		w.add(2, "- {stage: %s, name: %s, rank: %d%s%s}", s.stage, scalar(s.word), rank, step, outcome)
	}
	p.renderMoves(w)
	w.add(0, "words:")
	w.add(2, "any:")
	for _, s := range p.steps {
		w.add(4, "%s: [%s]", s.stage, scalar(s.word))
	}
	return w
}

// evidence says what makes an activity what it is taken for.
func (p *process) evidence(s processStep) string {
	text := fmt.Sprintf("%d of %d cases pass it, it is the last of %d", s.cases, p.cases, s.last)
	if s.outcome == "won" && p.isCycled {
		text += "; nothing is only ever the last: it comes latest"
	}
	return text
}

// renderMoves writes which activity follows which in the log.
func (p *process) renderMoves(w *document) {
	named := map[string]string{}
	for _, s := range p.steps {
		named[s.word] = s.stage
	}
	w.comment(0, "As the log has them.")
	w.add(0, "transitions:")
	list := func(from string, follows func(word string) int) {
		var to []string
		for _, s := range p.steps {
			if follows(s.word) > 0 {
				to = append(to, s.stage)
			}
		}
		if len(to) > 0 {
			w.add(2, "%s: [%s]", from, strings.Join(to, ", "))
		}
	}
	list("start", func(word string) int { return p.begins[word] })
	for _, s := range p.steps {
		list(named[s.word], func(word string) int { return p.moves[[2]string{s.word, word}] })
	}
}
