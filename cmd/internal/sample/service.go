package sample

import (
	"fmt"
	"strconv"
)

// serviceFiles are what the service desk and the sample room deliver of a day.
type serviceFiles struct {
	cases, surveys, samples          *csvFile
	caseRows, surveyRows, sampleRows *tally
}

func (d *delivery) openService() error {
	s := &d.service
	for _, f := range []struct {
		to     **csvFile
		rows   **tally
		feed   string
		object string
		name   string
		dia    dialect
		header []string
	}{
		{&s.cases, &s.caseRows, "desk_cases", "cases", "desk/cases", dialect{delimiter: ','},
			[]string{"case_no", "customer", "agent", "topic", "origin", "priority", "state", "subject", "opened", "first_reply", "closed", "updated"}},
		{&s.surveys, &s.surveyRows, "desk_surveys", "answers", "desk/surveys", dialect{delimiter: ';', bom: true},
			[]string{"answer_no", "customer", "survey", "question", "score", "comment", "answered"}},
		{&s.samples, &s.sampleRows, "crm_samples", "samples", "crm/samples", dialect{delimiter: ','},
			[]string{"sample_no", "customer", "sku", "kind", "quantity", "serial", "planner_key", "sent", "arrived"}},
	} {
		file, err := createCSV(d.dir, d.path(f.name, "csv"), f.dia, f.header...)
		if err != nil {
			return err
		}
		file.feed = f.feed
		d.open = append(d.open, file)
		*f.to, *f.rows = file, d.truth.tally(f.feed, f.object, file.path)
	}
	return nil
}

// serviceCase is one question of a contact to the service desk.
type serviceCase struct {
	topic, origin, subject string
	minutes                int // to the first reply
	days                   int // to the end
}

// serviceDesk writes the case of a contact, if it has one: settled ones of the
// past on day 0, open ones of the day itself later. Some who got their answer
// answer a survey.
func (d *delivery) serviceDesk(p person, rec record) {
	r := stream(d.w.seed, forService, p.index*16+int64(rec.role), int64(d.number))
	if !r.permille(180) {
		return
	}
	c := pick(r, []serviceCase{
		{"question", "phone", "How do I order a spare handle?", 0, 0},
		{"complaint", "email", "A pane is scratched", 190, 6},
		{"question", "chat", "Which cleaner suits wooden frames?", 3, 0},
		{"complaint", "web", "The parcel did not arrive", 1500, 4},
		{"warranty", "email", "A hinge is loose", 400, 11},
	})
	opened := d.today().at(officeHours(r))
	if d.number == 0 {
		opened = (lastDay - day(20+r.below(500))).at(officeHours(r))
	}
	replied := opened + moment(60*(c.minutes+r.below(c.minutes+5)))
	closed := replied + moment(86400*c.days+600)
	id := fmt.Sprintf("K%s-%d", rec.id, d.number)
	f := d.service.cases
	state, first, end, updated := "solved", f.when(replied), f.when(closed), closed
	if d.number > 0 || r.permille(60) {
		state, first, end, updated = "open", "", "", opened
	}
	agent := d.w.staff[d.w.sellers()+3+r.below(2)].id // the call centre
	f.row(id, rec.id, agent, c.topic, c.origin, pick(r, []string{"low", "normal", "normal", "urgent"}), state, c.subject,
		f.when(opened), first, end, f.when(updated))
	d.service.caseRows.add()
	if state == "solved" && r.permille(400) {
		score := 10 - r.below(4)
		if c.topic == "complaint" {
			score = r.below(9)
		}
		s := d.service.surveys
		s.row("V"+id, rec.id, "After service", "How likely are you to recommend us?", strconv.Itoa(score),
			pick(r, []string{"", "", "Thank you", "Took too long"}), s.when(closed+86400))
		d.service.surveyRows.add()
	}
}

// samplesShown sends a product sample, or a brochure, to who saw a
// presentation in this delivery.
func (d *delivery) samplesShown(q pursuit, customer string) {
	for k, e := range q.events {
		if e.delivery != d.number || e.stage != presentation {
			continue
		}
		r := stream(d.w.seed, forService, q.number, int64(1000+k))
		kind, serial, login := "sample", fmt.Sprintf("SN-%d-%d", q.number, k), ""
		if r.permille(300) { // a brochure comes with a key to the window planner
			kind, serial, login = "brochure", "", fmt.Sprintf("PLAN-%d-%d", q.number, k)
		}
		f := d.service.samples
		sent := e.at + 86400
		f.row(fmt.Sprintf("P%d-%d", q.number, k), customer, pick(r, d.w.tables.products).id, kind, "1", serial, login, f.when(sent), f.when(sent+2*86400))
		d.service.sampleRows.add()
	}
}

// stock writes what lies in the warehouse and in the sample room this evening.
func (d *delivery) stock() error {
	f, err := createCSV(d.dir, d.path("stock/counts", "csv"), dialect{delimiter: ';', mark: ',', group: '.', date: "02/01/2006"},
		"SKU", "Place", "Kind", "Day", "On hand", "Unit cost")
	if err != nil {
		return err
	}
	f.feed = "stock_counts"
	t := d.truth.tally("stock_counts", "counts", f.path, "unit_cost")
	for k, p := range d.w.tables.products {
		if p.download {
			continue
		}
		r := stream(d.w.seed, forService, int64(k), int64(-1-d.number))
		f.row(p.id, "Main warehouse", "finished goods", f.on(d.today()), itoa(r.between(20, 900)), f.amount(p.cost))
		t.add(p.cost)
		if k%3 == 0 {
			f.row(p.id, "Sample room", "samples", f.on(d.today()), itoa(r.between(1, 25)), f.amount(p.cost))
			t.add(p.cost)
		}
	}
	return f.close()
}
