package recognise

import (
	"slices"
	"strings"
)

// Answers are the words of a column that ticks rows, or says yes and no, as they
// are delivered.
type Answers struct{ Yes, No []string }

// Answers reads a column of ticks, or of yes and no; ok is false where its cells
// say more, or never yes.
func (j *Judge) Answers(p *Profile) (a Answers, ok bool) {
	const mostWords = 6
	seen := p.Sample()
	if len(seen) > mostWords {
		return a, false
	}
	for _, v := range seen {
		switch isYes, isWord := j.Clean.Bool(v.Text); {
		case !isWord:
			return a, false
		case isYes:
			a.Yes = append(a.Yes, v.Raw)
		default:
			a.No = append(a.No, v.Raw)
		}
	}
	slices.Sort(a.Yes)
	slices.Sort(a.No)
	return a, len(a.Yes) > 0
}

// Stage gives the sales stage that a source's word stands for, "" where it is
// unknown. Of several words the longest run that names a stage tells ("contract
// signed"), where no other of that length names another.
func (t *WordTables) Stage(word string) string {
	if stage := t.business.stages[FoldKey(word)]; stage != "" {
		return stage
	}
	const mostWords = 5
	tokens := HeaderTokens(word)
	if len(tokens) > mostWords || slices.ContainsFunc(tokens, func(w string) bool { return t.business.negations[w] }) {
		return ""
	}
	for n := len(tokens) - 1; n > 0; n-- {
		found := ""
		for i := 0; i+n <= len(tokens); i++ {
			run := strings.Join(tokens[i:i+n], "")
			stage := t.business.stages[run]
			if stage == "" || n == 1 && t.business.things[run] {
				continue
			}
			if found != "" && found != stage {
				return ""
			}
			found = stage
		}
		if found != "" {
			return found
		}
	}
	return ""
}

// StageInHeader gives the stage that a header names beside the entity itself
// ("Deal - Lost time"), "" where it names none.
func (t *WordTables) StageInHeader(header, entity string) string {
	tokens := slices.DeleteFunc(HeaderTokens(header), func(w string) bool { return slices.Contains(t.entityNames(w), entity) })
	return t.Stage(strings.Join(tokens, " "))
}

// StageOfHeader gives the sales stage that a header, or the end of it, names.
// That it holds days says nothing of which: "Angebot am", "Date of meeting".
func (t *WordTables) StageOfHeader(header string) string {
	tokens := cutEnds(HeaderTokens(header), func(w string) bool { return t.business.moments[w] })
	for n := range tokens {
		key := strings.Join(tokens[n:], "")
		if stage := t.business.stages[key]; stage != "" && !slices.Contains(t.entityNames(key), "customer") {
			return stage
		}
	}
	return ""
}

// middle are the stages that only pursuits go through: much else is new, won,
// lost or in contact.
func middle() []string {
	return []string{"appointment", "second appointment", "presentation", "proposal"}
}

// isPursued says whether the columns tell how far each row came on the way to a
// sale: one in words of several stages, several that are called as stages, or,
// where no customer is numbered, several touches.
func (j *Judge) isPursued(v Verdict, columns []*Profile) bool {
	return j.hasStageColumns(columns) || j.isAnswered(columns) || j.isTouched(v, columns) || slices.ContainsFunc(columns, func(p *Profile) bool { return areOfPursuit(j.stagesIn(p)) })
}

// hasStageColumns says whether several columns are called as stages, with days or
// ticks below. Several touches with their days are one more: who is called again
// and again is pursued.
func (j *Judge) hasStageColumns(columns []*Profile) bool {
	reached := map[string]bool{}
	for _, p := range columns {
		stage := j.Tables.StageOfHeader(p.Says())
		if stage == "" || p.Filled == 0 {
			continue
		}
		if _, isTick := j.Answers(p); isTick || p.dateShare() >= fitsField {
			reached[stage] = true
		}
	}
	if j.hasTouches(columns) {
		reached["touch"] = true
	}
	return areOfPursuit(reached)
}

// isAnswered says whether a column says yes of rows that came to a sale and
// nothing, or no, of others, beside a day and an amount that may be a deal's.
func (j *Judge) isAnswered(columns []*Profile) bool {
	isDated, isWorth, isAnswer, rows := false, false, false, 0
	for _, p := range columns {
		rows = max(rows, p.Filled)
	}
	for _, p := range columns {
		switch {
		case p.dateShare() >= fitsContent:
			isDated = true
		case j.Tables.MayMean(p.Says(), "opportunity", "amount") && p.numberShare() >= fitsContent:
			isWorth = true
		case j.Tables.StageOfHeader(p.Says()) == "won" && !j.Tables.SaysOver(p.Says()):
			answers, ok := j.Answers(p)
			isAnswer = isAnswer || ok && (len(answers.No) > 0 || p.Filled < rows)
		}
	}
	return isDated && isWorth && isAnswer
}

// areOfPursuit says whether stages are so many, and one of them so far on the
// way, that nothing but pursuits goes through them.
func areOfPursuit(stages map[string]bool) bool {
	const fewest = 3
	return len(stages) >= fewest && slices.ContainsFunc(middle(), func(s string) bool { return stages[s] })
}

// stagesIn lists the stages that a column names, nil where many of its values
// are none.
func (j *Judge) stagesIn(p *Profile) map[string]bool {
	const most, part = 40, .7
	if p.Filled == 0 || len(p.Sample()) > most || len(p.Sample()) == p.Filled {
		return nil // each comes once: it is a list of them
	}
	stages := map[string]bool{}
	known := p.Share(func(text string) bool {
		stage := j.Tables.Stage(text)
		if stage != "" {
			stages[stage] = true
		}
		return stage != ""
	})
	if known < part {
		return nil
	}
	return stages
}
