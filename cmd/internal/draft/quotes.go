package draft

import (
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
)

// listsQuotes says whether the deals of a table are quotes, by what it or its id
// is called: who stands in it got an offer, however it is called that he has not
// answered. A list that tells of stages on the way to the offer holds more than
// quotes, whatever its name.
func (d *drafter) listsQuotes(t *table) bool {
	if t.entity().Name != "opportunity" || t.feed.shipped != nil || d.tellsOfWay(t.byField("status")) {
		return false
	}
	names := t.feed.namesOf(t)[:1]
	if own := t.byField("opportunity_id"); own != nil {
		names = append(names, own.profile.Says())
	}
	return slices.ContainsFunc(names, func(name string) bool {
		return slices.ContainsFunc(recognise.HeaderTokens(name), func(w string) bool {
			for _, end := range []string{"", "s", "e", "es", "n", "en"} {
				if one, is := strings.CutSuffix(w, end); is && d.judge.Tables.Stage(one) == offered {
					return true
				}
			}
			return false
		})
	})
}

// tellsOfWay says whether a column has words of stages between the beginning and
// the offer; those of quotes mean the offer.
func (d *drafter) tellsOfWay(status *columnDraft) bool {
	return status != nil && slices.ContainsFunc(status.profile.Sample(), func(v recognise.Sampled) bool {
		rank := stageRank(d.judge.Tables.Stage(v.Text))
		return rank > stageRank("suspect") && rank < stageRank(offered) && d.judge.Tables.Word("opportunity", "quote", v.Text) == ""
	})
}

// The stages of a deal for which an offer was made, or is being written.
const (
	offered = "proposal"
	drafted = "prospect"
)

// quoteWords are the words for the states of quotes: what is no end, and no
// draft, is an offer made.
func (d *drafter) quoteWords(c *columnDraft, words [][2]string) [][2]string {
	for _, v := range c.profile.Sample() {
		to := d.judge.Tables.Word("opportunity", "quote", v.Text)
		if stage := d.judge.Tables.Stage(v.Text); to == "" && stage != "" && stageRank(stage) < stageRank(offered) {
			to = offered
		}
		if to != "" {
			words = slices.DeleteFunc(words, func(w [2]string) bool { return w[0] == v.Text })
			words = append(words, [2]string{v.Text, to})
		}
	}
	slices.SortFunc(words, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return words
}

// quotedObject is the entry of the stage on the day of the quote.
func (d *drafter) quotedObject(t *table, key propertyText) (objectText, bool) {
	c := t.byField("created_at")
	if c == nil || c.momentType() == "" || !d.listsQuotes(t) {
		return objectText{}, false
	}
	o := stageObject(t, c, offered, key, "the day of the quote")
	if status := t.byField("status"); status != nil {
		if drafts := d.draftWords(status); len(drafts) > 0 {
			o.only = []wordsOnly{{column: status.profile.Name, words: drafts, not: true}}
			o.why = "a date says when the quote was made, but for what is a draft"
		}
	}
	return o, true
}

// draftWords are the words of a column of states of quotes that nobody got yet.
func (d *drafter) draftWords(status *columnDraft) (drafts []string) {
	for _, v := range status.profile.Sample() {
		if d.judge.Tables.Word("opportunity", "quote", v.Text) == drafted {
			drafts = append(drafts, v.Raw)
		}
	}
	slices.Sort(drafts)
	return drafts
}
