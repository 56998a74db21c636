package draft

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// addOutcome joins the two columns in which many systems keep where a deal
// stands: one says open, won or lost, the other the stage it is or was in. An
// end beats the stage; while the deal is open, its stage counts.
func (d *drafter) addOutcome(o *objectText, t *table) {
	if o.entity != "lead" && o.entity != "opportunity" {
		return
	}
	if d.addMarks(o, t) || d.addFlags(o, t) || d.addLapse(o, t) {
		return
	}
	at := slices.IndexFunc(o.properties, func(p propertyText) bool { return p.field == "status" && p.from == "" })
	if at < 0 && !o.feeds("status") && !o.has("status") {
		d.addWon(o, t)
		d.addReasons(o, t)
		return
	}
	if at < 0 || t.columns[o.properties[at].name] == nil {
		return
	}
	told := t.columns[o.properties[at].name]
	for _, c := range t.order {
		i := slices.IndexFunc(o.properties, func(p propertyText) bool { return p.name == c.profile.Name && p.field == "" && p.key == 0 })
		if i < 0 || c == told {
			continue
		}
		outcome, stage := c, told
		if open, _ := d.outcomes(told); len(open) > 0 && (d.namesStages(c) || d.isCalledStages(c)) {
			outcome, stage = told, c
		}
		open, isOutcome := d.outcomes(outcome)
		if again, _ := d.outcomes(stage); !isOutcome || len(again) > 0 {
			continue
		}
		if better := d.openStages(o, t, outcome, stage); better != nil {
			stage = better
		}
		status := o.properties[at]
		plain := d.property(t, stage, nil)
		if last, ok := d.lastStage(o, t, stage); ok {
			plain = last
		}
		plain.why = fmt.Sprintf("read where %q says that the row is open", outcome.profile.Name)
		words := d.openWords(d.wordsOf(o.entity, stage, told.field), outcome, stage)
		for _, w := range d.wordsOf(o.entity, outcome, told.field) {
			if !slices.Contains(words, w) && !slices.Contains(open, w[0]) {
				words = append(words, w)
			}
		}
		status.name, status.words, status.otherwise, status.required = outcome.profile.Name, words, []elseText{{column: stage.profile.Name}}, false
		status.nulls = append(nullWords(outcome.profile), open...)
		status.why = fmt.Sprintf("says how it ended; while it is open, %q says the stage", stage.profile.Name)
		if stage != told && outcome != told {
			o.properties[at] = d.property(t, told, nil)
		}
		o.properties[o.propertyOf(outcome)] = status
		o.properties[o.propertyOf(stage)] = plain
		d.addGone(o, outcome)
		return
	}
}

// openWords maps the stages that are called as a win, of deals of which another
// column says that they are open though it tells of wins too: they stand before
// it. A renewal whose contract is signed may be open yet.
func (d *drafter) openWords(words [][2]string, outcome, stage *columnDraft) [][2]string {
	isWon := func(word string) bool { return d.judge.Tables.Word("opportunity", "status", word) == "won" }
	ends := outcome.profile.Sample()
	if !slices.ContainsFunc(ends, func(v recognise.Sampled) bool { return isWon(v.Text) }) {
		return words
	}
	for _, v := range stage.profile.Sample() {
		isEnd := slices.ContainsFunc(ends, func(e recognise.Sampled) bool { return recognise.FoldKey(e.Raw) == recognise.FoldKey(v.Raw) })
		if isEnd || !isWon(v.Text) {
			continue
		}
		words = slices.DeleteFunc(words, func(w [2]string) bool { return w[0] == v.Raw })
		words = append(words, [2]string{v.Raw, offered})
	}
	slices.SortFunc(words, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return words
}

// addGone takes the words of a column of outcomes that say that the row was
// deleted for what they are.
func (d *drafter) addGone(o *objectText, outcome *columnDraft) {
	const field = "is_deleted"
	var gone []string
	for _, v := range outcome.profile.Sample() {
		if d.judge.Tables.Word("opportunity", "outcome", v.Text) == goneWord {
			gone = append(gone, regexp.QuoteMeta(v.Raw))
		}
	}
	if len(gone) == 0 || o.feeds(field) || o.has(field) {
		return
	}
	slices.Sort(gone)
	o.add(propertyText{name: field, field: field, aliases: []string{outcome.profile.Name}, matches: "^(" + strings.Join(gone, "|") + ")$",
		why: fmt.Sprintf("%q says that the row was deleted", outcome.profile.Name)})
}

// lastStage maps a column of stages, of deals of which another says how they
// ended, to the stage in which they were then. ok is false where the entity has
// no such field, or another column feeds it.
func (d *drafter) lastStage(o *objectText, t *table, stage *columnDraft) (p propertyText, ok bool) {
	last, ok := t.entity().Field("last_stage")
	if !ok || o.entity != t.entity().Name || t.byField("last_stage") != nil {
		return p, false
	}
	p = d.property(t, stage, &recognise.FieldColumn{Column: stage.profile, Field: last})
	p.words, p.required = d.stageWords(o.entity, stage), false
	return p, true
}

// stageWords maps the words of a column of stages.
func (d *drafter) stageWords(entity string, stage *columnDraft) [][2]string {
	e, err := schemas.EntityNamed(entity)
	status, ok := e.Field("status")
	if err != nil || !ok {
		return nil
	}
	return d.wordsOf(entity, stage, &recognise.FieldColumn{Field: status})
}

// addWon says of deals of which each has the date on which it was won that they
// were.
func (d *drafter) addWon(o *objectText, t *table) {
	c := t.byField("closed_at")
	isWon := func(w string) bool { return d.judge.Tables.Word("opportunity", "outcome", w) == "won" }
	if o.entity != "opportunity" || c == nil || c.profile.Filled < t.survey.Rows || !slices.ContainsFunc(recognise.HeaderTokens(c.profile.Says()), isWon) {
		return
	}
	o.add(propertyText{name: "status", field: "status", constant: "won", why: fmt.Sprintf("no column says where a deal stands, and each has a date in %q", c.profile.Name)})
}

// addReasons says of pursuits of which nothing tells where they stand but some
// have a reason of their loss that these were lost.
func (d *drafter) addReasons(o *objectText, t *table) {
	lost, ok := t.lostByReason()
	if !ok || o.feeds("status") || o.has("status") {
		return
	}
	o.add(propertyText{name: "status", field: "status", aliases: []string{lost.column}, nulls: lost.nulls, words: lost.words,
		why: fmt.Sprintf("no column says where a row stands; one with a reason in %q was lost", lost.column)})
}

// lostByReason reads a column of reasons of a loss, which some rows have, as the
// state of those rows.
func (t *table) lostByReason() (lost elseText, ok bool) {
	const most = .8
	c := t.byField("lost_reason")
	if c == nil || c.profile.Filled == 0 || t.fillShare(c) > most {
		return lost, false
	}
	return elseText{column: c.profile.Name, nulls: nullWords(c.profile), words: [][2]string{{schemas.AnyWord, "lost"}}}, true
}

// openStages looks for a better column of stages than one that says once more
// how deals ended: one of stages before the end. It is nil where there is none.
func (d *drafter) openStages(o *objectText, t *table, outcome, stage *columnDraft) *columnDraft {
	if !d.namesEnds(stage) {
		return nil
	}
	for _, c := range t.order {
		at := o.propertyOf(c)
		if c != outcome && c != stage && at >= 0 && o.properties[at].field == "" && o.properties[at].key == 0 && d.namesStages(c) && !d.namesEnds(c) {
			return c
		}
	}
	return nil
}

// propertyOf is the place of the property of a column, -1 = it has none.
func (o *objectText) propertyOf(c *columnDraft) int {
	return slices.IndexFunc(o.properties, func(p propertyText) bool { return p.name == c.profile.Name && p.from == "" })
}

// namesEnds says whether some of a column's words are ends of deals.
func (d *drafter) namesEnds(c *columnDraft) bool {
	return slices.ContainsFunc(c.profile.Sample(), func(v recognise.Sampled) bool { return d.isEnd(v.Text) })
}

func (d *drafter) isEnd(word string) bool {
	return slices.Contains([]string{"won", "lost", "lost to competitor", "no decision"}, d.judge.Tables.Word("opportunity", "status", word))
}

// goneWord stands for the words by which a source says that a row was deleted.
const goneWord = "gone"

// outcomes lists the words of a column of open, won and lost, and nothing else,
// that say nothing of an end: open, perhaps deleted. ok is false for other
// columns.
func (d *drafter) outcomes(c *columnDraft) (open []string, ok bool) {
	const most = 8
	seen := c.profile.Sample()
	if len(seen) == 0 || len(seen) > most {
		return nil, false
	}
	for _, v := range seen {
		switch d.judge.Tables.Word("opportunity", "outcome", v.Text) {
		case "open", goneWord:
			open = append(open, v.Raw)
		case "":
			return nil, false
		}
	}
	slices.Sort(open)
	return open, len(open) > 0 && len(open) < len(seen)
}

// isCalledStages says whether a column is called as stages are, and some of its
// words are such: those of several pipelines have names of their own.
func (d *drafter) isCalledStages(c *columnDraft) bool {
	isStage := func(v recognise.Sampled) bool { return d.judge.Tables.Stage(v.Text) != "" }
	isCalled := slices.Contains(d.thingOf(c.profile.Says()), "stage") || d.judge.Tables.MayMean(c.profile.Says(), "opportunity", "status")
	return isCalled && len(c.profile.Sample()) > 1 && slices.ContainsFunc(c.profile.Sample(), isStage)
}

// namesStages says whether at least half of a column's words are stages.
func (d *drafter) namesStages(c *columnDraft) bool {
	const most = 40
	seen := c.profile.Sample()
	known := 0
	for _, v := range seen {
		if d.judge.Tables.Stage(v.Text) != "" {
			known++
		}
	}
	return len(seen) > 1 && len(seen) <= most && 2*known >= len(seen)
}
