package sample

import (
	"fmt"
	"time"
)

// employee is one person on the payroll; the first ones sell.
type employee struct {
	id, name, email, job, team, division, manager string
	hired                                         day
	left                                          day // 0 = still there
}

// sellers is the number of sales people: one for some 5,000 customers.
func (w *world) sellers() int { return int(min(40, 4+w.n/5000)) }

func (w *world) drawStaff() []employee {
	jobs := []struct{ job, team, division string }{
		{"Head of sales", "Sales", "Windows"}, {"Head of marketing", "Marketing", "Care"},
		{"Campaign manager", "Marketing", "Care"}, {"Call centre agent", "Call centre", "Windows"},
		{"Call centre agent", "Call centre", "Care"}, {"Store manager", "Web store", "Care"},
		{"Controller", "Finance", ""}, {"Fitter", "Installation", "Windows"}, {"Fitter", "Installation", "Windows"},
	}
	var list []employee
	taken := map[string]bool{}
	for k := range w.sellers() + len(jobs) {
		r := stream(w.seed, forEmployee, int64(k), 0)
		c := w.tables.cultures[pick(r, []string{"en", "en", "de", "fr", "pl"})]
		given, family := givenList(c, r.permille(500)).pick(r).latin, w.drawFamily(r, c, 0).latin
		for taken[given+" "+family] || len(given)+len(family) > 28 { // a worksheet's name has room for 31
			family = w.drawFamily(r, c, 0).latin
		}
		taken[given+" "+family] = true
		e := employee{
			id: fmt.Sprintf("E%03d", k+101), name: given + " " + family, job: "Sales person", team: fmt.Sprintf("Sales %d", k%2+1),
			division: "Windows", hired: dayOf(2012, 1, 1) + day(r.below(4500)),
		}
		e.email = fmt.Sprintf("%s.%s%d@fensterhaus.example", asciiLower(given), asciiLower(family), k)
		e.manager = fmt.Sprintf("E%03d", w.sellers()+101)
		if k >= w.sellers() {
			j := jobs[k-w.sellers()]
			e.job, e.team, e.division = j.job, j.team, j.division
		}
		if k == w.sellers() {
			e.manager = ""
		}
		list = append(list, e)
	}
	return list
}

// campaign is one marketing campaign.
type campaign struct {
	id, name, channel, division string
	from, to                    day
	budget                      cents
}

// channels is the number of marketing channels.
const channels = 10

// channelWords are the marketing channels with the code in their campaigns'
// ids; a campaign of each runs every quarter.
func channelWords() [channels][2]string {
	return [...][2]string{
		{"NL", "newsletter"}, {"PS", "paid search"}, {"SO", "social"}, {"TV", "tv"}, {"RA", "radio"}, {"PR", "print"},
		{"TS", "trade show"}, {"ML", "mail"}, {"RF", "referral"}, {"BB", "billboard"},
	}
}

func (w *world) drawCampaigns() []campaign {
	var list []campaign
	for quarter := range 10 {
		from := time.Date(2024, time.Month(1+3*quarter), 1, 0, 0, 0, 0, time.UTC)
		for k, c := range channelWords() {
			r := stream(w.seed, forCampaign, int64(quarter), int64(k))
			division := "Care"
			if k > 2 {
				division = "Windows"
			}
			start := day(from.Unix() / 86400)
			list = append(list, campaign{
				id:       fmt.Sprintf("CMP-%dQ%d-%s", from.Year(), (int(from.Month())+2)/3, c[0]),
				name:     fmt.Sprintf("%s Q%d %d", c[1], (int(from.Month())+2)/3, from.Year()),
				channel:  c[1],
				division: division, from: start, to: start + 89,
				budget: cents(r.between(20, 400) * 10000),
			})
		}
	}
	return list
}

// campaignAt draws the campaign that a touch on day d is credited to, of the
// first few channels; ok is false where none ran.
func (w *world) campaignAt(r *rng, d day, first int) (campaign, bool) {
	for quarter := len(w.ads)/channels - 1; quarter >= 0; quarter-- {
		if w.ads[quarter*channels].from <= d {
			return w.ads[quarter*channels+r.below(first)], true
		}
	}
	return campaign{}, false
}
