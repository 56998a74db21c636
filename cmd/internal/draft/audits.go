package draft

import (
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
)

// mostFields is how many fields a log of changes tells of at most.
const mostFields = 200

// onlyStages leaves the changes of other fields out of a log of changes that
// tells of several, the stage among them.
func (d *drafter) onlyStages(t *table, o *objectText) {
	if t.entity().Name != "stage_event" || t.path != "" || t.led != nil {
		return
	}
	for _, c := range t.order {
		stage, others := d.fieldsOf(t, c)
		if len(stage) == 0 || others == 0 {
			continue
		}
		o.only = append(o.only, wordsOnly{column: c.profile.Name, words: stage, leave: true})
		for i := range o.properties {
			if p := &o.properties[i]; p.name == c.profile.Name {
				p.why = fmt.Sprintf("names the field that changed: %s is the stage, %d others are left out", strings.Join(stage, " and "), others)
			}
		}
		return
	}
}

// fieldsOf are the words of a column of names of fields that mean the stage,
// and how many mean something else. A status beside a stage is left out: the
// deal's own row tells how it ended.
func (d *drafter) fieldsOf(t *table, c *columnDraft) (stage []string, others int) {
	seen := c.profile.Sample()
	if c.field != nil || c.party != nil || c.profile.Labels().Of != nil || c.profile.Filled < t.survey.Rows || len(seen) > mostFields || c.profile.Deep.Distinct() != len(seen) {
		return nil, 0
	}
	for _, v := range seen {
		if d.namesStage(v.Text) {
			stage = append(stage, v.Text)
		}
	}
	others = len(seen) - len(stage)
	named := slices.DeleteFunc(slices.Clone(stage), func(word string) bool { return !isStageWord(word) })
	if len(named) > 0 {
		others += len(stage) - len(named)
		stage = named
	}
	slices.Sort(stage)
	return stage, others
}

// namesStage says whether the name of a field is that of the stage, or of its id.
func (d *drafter) namesStage(word string) bool {
	tokens := recognise.HeaderTokens(word)
	if n := len(tokens); n > 1 && tokens[n-1] == "id" {
		word = strings.Join(tokens[:n-1], " ")
	}
	return d.judge.Tables.MayMean(word, "opportunity", "status")
}

// isStageWord says whether the name of a field holds more than a status.
func isStageWord(word string) bool {
	tokens := recognise.HeaderTokens(word)
	return !slices.Contains(tokens, "status") && !slices.Contains(tokens, "state")
}
