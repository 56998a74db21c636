package draft

import (
	"fmt"
	"slices"

	"loadstar/cmd/internal/recognise"
)

// addFlags takes columns of yes and no for what they say of how a deal ended:
// one whether it was won, another perhaps whether it is over. What is over and
// was not won is lost; of what is not, a column of stages says how far it came,
// where there is one. It is false where no column says what was won, or the
// stages tell the ends themselves. That something is over, or not active, says
// nothing of how it ended: such a column alone stays an attribute.
func (d *drafter) addFlags(o *objectText, t *table) bool {
	won := d.flag(o, t, func(c *columnDraft) bool {
		isConverted := slices.Contains(recognise.HeaderTokens(c.profile.Says()), "converted") && !d.hasDeals(t)
		return d.judge.Tables.Stage(c.profile.Says()) == "won" && !d.judge.Tables.SaysOver(c.profile.Says()) || isConverted
	})
	at := slices.IndexFunc(o.properties, func(p propertyText) bool { return p.field == "status" })
	if won == nil || at >= 0 && o.properties[at].from != "" {
		return false
	}
	var stage *columnDraft
	if at >= 0 {
		if stage = t.columns[o.properties[at].name]; stage == nil || d.namesEnds(stage) {
			return false
		}
	}
	yes, no, _ := d.yesAndNo(won)
	status := propertyText{name: won.profile.Name, field: "status", nulls: no, words: meaning(yes, "won"), why: fmt.Sprintf("%q says whether it was won", won.profile.Name)}
	over := d.flag(o, t, func(c *columnDraft) bool { return c != won && d.judge.Tables.SaysOver(c.profile.Says()) })
	if over != nil {
		yes, no, _ := d.yesAndNo(over)
		status.otherwise = append(status.otherwise, elseText{column: over.profile.Name, nulls: no, words: meaning(yes, "lost")})
		status.why += fmt.Sprintf(", %q whether it is over: what is over and was not won is lost", over.profile.Name)
	}
	if over == nil && t.isDecided(won) {
		status.nulls = nil
		status.words = append(status.words, meaning(no, "lost")...)
		status.why += ", and where it was not; rows without an answer are open"
	}
	if stage != nil {
		was := o.properties[at]
		status.otherwise = append(status.otherwise, elseText{column: stage.profile.Name, nulls: nullWords(stage.profile), words: d.stageWords(o.entity, stage)})
		status.why += fmt.Sprintf("; while it is open, %q says the stage", stage.profile.Name)
		was.field, was.required = "", false
		if last, ok := d.lastStage(o, t, stage); ok {
			was = last
		}
		was.why = fmt.Sprintf("read where %q says that the row is open", won.profile.Name)
		o.properties[at] = was
	}
	o.properties[o.propertyOf(won)] = status
	return true
}

// isDecided says whether the no of a column is an answer: some rows have none yet.
func (t *table) isDecided(c *columnDraft) bool {
	const some = .1
	return t.fillShare(c) <= 1-some
}

// hasDeals says whether the deals that leads became are told of beside them: one
// that was converted into none is not won.
func (d *drafter) hasDeals(t *table) bool {
	return t.byField("opportunity_id") != nil || slices.ContainsFunc(d.feeds, func(f *feed) bool {
		return f != t.feed && f.system == t.feed.system && slices.ContainsFunc(f.tables, func(u *table) bool {
			return u.entity().Name == "opportunity" && u.byField("lead_id") != nil
		})
	})
}

// addLapse takes a column of yes and no for the deals that were lost, where the
// reason of a loss is given on as many rows as have one of its two answers, and
// no stage says that a deal was lost: "active" is no where there is a reason. It
// is false where no column does.
func (d *drafter) addLapse(o *objectText, t *table) bool {
	reason := t.byField("lost_reason")
	at := slices.IndexFunc(o.properties, func(p propertyText) bool { return p.field == "status" })
	if reason == nil || at < 0 || o.properties[at].from != "" {
		return false
	}
	stage := t.columns[o.properties[at].name]
	if stage == nil || d.endsOf(t).lost > 0 {
		return false
	}
	var lost, others []string
	lapsed := d.flag(o, t, func(c *columnDraft) bool {
		yes, no, ok := d.yesAndNo(c)
		if !ok {
			return false
		}
		for _, answer := range [][2][]string{{no, yes}, {yes, no}} {
			rows := 0
			for _, v := range c.profile.Sample() {
				if slices.Contains(answer[0], v.Raw) {
					rows += v.Count
				}
			}
			if (ends{lost: rows}).nearly(reason, rows, t.survey.Rows) {
				lost, others = answer[0], answer[1]
				return true
			}
		}
		return false
	})
	if lapsed == nil {
		return false
	}
	was := o.properties[at]
	status := propertyText{
		name: lapsed.profile.Name, field: "status", nulls: others, words: meaning(lost, "lost"),
		otherwise: []elseText{{column: stage.profile.Name, nulls: nullWords(stage.profile), words: d.stageWords(o.entity, stage)}},
		why:       fmt.Sprintf("%q gives a reason of the loss where it says so; else %q says the stage", reason.profile.Name, stage.profile.Name),
	}
	was.field, was.required = "", false
	if last, ok := d.lastStage(o, t, stage); ok {
		was = last
	}
	was.why = fmt.Sprintf("read where %q does not say that it was lost", lapsed.profile.Name)
	o.properties[at] = was
	o.properties[o.propertyOf(lapsed)] = status
	return true
}

// flag finds a column that says yes to some rows and no to others, feeds
// nothing, and is called so.
func (d *drafter) flag(o *objectText, t *table, isCalled func(*columnDraft) bool) *columnDraft {
	for _, c := range t.order {
		at := o.propertyOf(c)
		if at < 0 || o.properties[at].field != "" || o.properties[at].key > 0 || !isCalled(c) {
			continue
		}
		if _, _, ok := d.yesAndNo(c); ok {
			return c
		}
	}
	return nil
}

// yesAndNo lists the words of a column that say yes, and those that say no. ok
// is false where it holds others, or all say the same.
func (d *drafter) yesAndNo(c *columnDraft) (yes, no []string, ok bool) {
	answers, ok := d.judge.Answers(c.profile)
	return answers.Yes, answers.No, ok && len(answers.No) > 0
}

func meaning(words []string, of string) [][2]string {
	var pairs [][2]string
	for _, w := range words {
		pairs = append(pairs, [2]string{w, of})
	}
	return pairs
}
