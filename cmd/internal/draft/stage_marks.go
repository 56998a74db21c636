package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
)

// stageMark is a column of ticks, or of yes and no, below the name of a stage.
type stageMark struct {
	column  *columnDraft
	stage   string
	answers recognise.Answers
}

// says reads the ticks as having come to a stage.
func (m stageMark) says(stage string) elseText {
	return elseText{column: m.column.profile.Name, nulls: m.answers.No, words: meaning(m.answers.Yes, stage)}
}

// addMarks takes ticks below the names of stages for how far a row came: the
// furthest that is ticked counts, and an end before all. It is false where fewer
// than two columns are such, or another column says where the row stands.
func (d *drafter) addMarks(o *objectText, t *table) bool {
	const fewest = 2
	if o.feeds("status") || o.has("status") {
		return false
	}
	marks := d.findMarks(o, t)
	if len(marks) < fewest {
		return false
	}
	lost, hasReasons := t.lostByReason()
	isEnd := func(m stageMark) bool { return stageRank(m.stage) > stageRank("won") }
	if hasReasons || slices.ContainsFunc(marks, isEnd) {
		addLastMark(o, slices.DeleteFunc(slices.Clone(marks), isEnd))
	}
	var names []string
	var sources []elseText
	for _, m := range marks {
		if hasReasons && stageRank(m.stage) < stageRank("won") { // an end, before all that is none
			sources, hasReasons = append(sources, lost), false
		}
		names = append(names, fmt.Sprintf("%q", m.column.profile.Name))
		sources = append(sources, m.says(m.stage))
	}
	first := sources[0]
	status := propertyText{name: first.column, field: "status", nulls: first.nulls, words: first.words, otherwise: sources[1:]}
	status.why = "the first of " + strings.Join(names, ", ") + " that is ticked says how far it came"
	if first.column == lost.column { // which has a property of its own
		status.name, status.aliases = "status", []string{lost.column}
		o.add(status)
		return true
	}
	o.properties[o.propertyOf(t.columns[first.column])] = status
	return true
}

// findMarks lists the columns of ticks of an object that nothing else is known
// of, those nearest to the end first.
func (d *drafter) findMarks(o *objectText, t *table) (marks []stageMark) {
	seen := map[string]bool{}
	for _, c := range t.order {
		at := o.propertyOf(c)
		stage := d.judge.Tables.StageOfHeader(c.profile.Says())
		answers, ok := d.judge.Answers(c.profile)
		if ok && stage != "" && at >= 0 && o.properties[at].field == "" && o.properties[at].key == 0 && !seen[stage] {
			seen[stage] = true
			marks = append(marks, stageMark{c, stage, answers})
		}
	}
	slices.SortStableFunc(marks, func(a, b stageMark) int { return cmp.Compare(stageRank(b.stage), stageRank(a.stage)) })
	return marks
}

// addLastMark says how far the rows came that are lost: what was sold and fell
// through had an offer.
func addLastMark(o *objectText, marks []stageMark) {
	const field = "last_stage"
	if len(marks) == 0 || o.feeds(field) || o.has(field) {
		return
	}
	var sources []elseText
	for _, m := range marks {
		if m.stage == "won" {
			m.stage = offered
		}
		sources = append(sources, m.says(m.stage))
	}
	first := sources[0]
	o.add(propertyText{
		name: field, field: field, aliases: []string{first.column}, nulls: first.nulls, words: first.words, otherwise: sources[1:],
		why: "the furthest that is ticked, also of those that were lost",
	})
}
