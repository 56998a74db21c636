package draft

import (
	"fmt"
	"slices"
	"strings"

	"loadstar/cmd/internal/recognise"
	"loadstar/schemas"
)

// chooseCampaigns takes, of several columns by which a list of spending names
// its campaigns (an id and a name), the one whose values other feeds name them
// by: what was spent and what came back meet by it.
func (d *drafter) chooseCampaigns() {
	d.eachTable(func(f *feed, t *table) {
		c := t.byField("campaign_id")
		if t.entity().Name != "campaign_spend" || c == nil || f.shipped != nil {
			return
		}
		best, most := c, d.namedElsewhere(t, c)
		for _, o := range t.order {
			if o.field != nil || !d.judge.Tables.MayMean(o.profile.Says(), "campaign_spend", "campaign_id") {
				continue
			}
			if n := d.namedElsewhere(t, o); n > most {
				best, most = o, n
			}
		}
		if best == c {
			return
		}
		c.field = nil
		t.setField(best, "campaign_id", "other feeds name their campaigns so")
		for i, k := range t.key.columns {
			if k == c {
				t.key.columns[i] = best
			}
		}
		t.campaign = c
	})
}

// namedElsewhere counts the values of a column by which other tables name
// campaigns.
func (d *drafter) namedElsewhere(t *table, c *columnDraft) (n int) {
	d.eachTable(func(_ *feed, u *table) {
		if o := u.byField("campaign_id"); u != t && o != nil && u.entity().Name != "campaign_spend" {
			n = max(n, c.profile.Deep.Within(o.profile.Deep))
		}
	})
	return n
}

// campaignObject makes campaigns of spending that names them by their ids, and
// says what they are called, where no feed tells of campaigns.
func (d *drafter) campaignObject(t *table) (o objectText, ok bool) {
	id := t.byField("campaign_id")
	entity, err := schemas.EntityNamed("campaign")
	if t.campaign == nil || id == nil || err != nil {
		return o, false
	}
	told := false
	d.eachTable(func(_ *feed, u *table) { told = told || u.entity().Name == "campaign" })
	if name, hasName := entity.Field("name"); hasName && !told {
		o = objectText{name: "campaigns", entity: entity.Name, repeats: true, when: []string{id.profile.Name}, why: "its rows also say what the campaigns are called"}
		o.add(propertyText{name: id.profile.Name, field: "campaign_id", key: 1, required: true, nulls: idNulls(id.profile), why: "the campaign's id"})
		o.add(d.property(t, t.campaign, &recognise.FieldColumn{Column: t.campaign.profile, Field: name, Why: "what it is called"}))
	}
	return o, len(o.properties) > 0
}

// addChannel says through which channel money was spent that no column tells:
// the name of the table does, where it is called the ads of somebody.
func (d *drafter) addChannel(o *objectText, t *table) {
	words := recognise.HeaderTokens(t.feed.namesOf(t)[0])
	at := slices.IndexFunc(words, func(w string) bool { return w == "ads" || w == "adwords" })
	if t.entity().Name != "campaign_spend" || at < 0 || o.feeds("channel") || o.has("channel") {
		return
	}
	channel := strings.Join(words[:at+1], " ")
	o.add(propertyText{name: "channel", field: "channel", constant: channel, why: fmt.Sprintf("no column tells the channel: %q does", t.feed.namesOf(t)[0])})
}
