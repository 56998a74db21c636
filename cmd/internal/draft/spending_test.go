package draft_test

import (
	"strings"
	"testing"
)

// TestSpending: reports of advertising services name campaigns by an id and a
// name; the one that visits are tagged with counts. Their day is where the
// reported time starts, and whose ads they are says the channel.
func TestSpending(t *testing.T) {
	t.Parallel()
	dir, r, err := drops(t, map[string]string{
		"meta_ads.csv": "Reporting starts,Reporting ends,Campaign name,Campaign ID,Impressions,Amount spent (EUR)\n" +
			rows(10, 30, "2026-01-#,2026-01-#,Winter,1202100,400,20.50\n2026-01-#,2026-01-#,Spring,1202200,300,10.25\n2026-01-#,2026-01-#,Summer,1202300,200,7.75"),
		"web_events.csv": "event_id,visitor_id,event,utm_source,utm_campaign,occurred_at\n" +
			rows(100, 130, "e#,v#,page_view,facebook,1202100,2026-01-12T10:00:00Z\ne#b,v#,page_view,facebook,1202200,2026-01-12T11:00:00Z\ne#c,v#,page_view,facebook,1202300,2026-01-12T12:00:00Z"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Feeds {
		if got := strings.Join(f.Entities, " ") + ", " + f.Key; f.Name == "meta_ads" && got != "campaign_spend campaign, Reporting starts + Campaign ID" {
			t.Errorf("%s holds %s", f.Name, got)
		}
	}
	holds(t, text(t, dir, "contracts/meta_ads.yaml"), []string{
		"{property: constant, value: meta ads}", "{property: entity, value: campaign}",
		"- name: Campaign name\n        customProperties:\n          - {property: field, value: name}",
	})
}
