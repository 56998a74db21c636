package sample

import (
	"fmt"
	"strconv"
)

// crmFiles are the CRM's deliveries of one day.
type crmFiles struct {
	accounts, contacts, addresses, leads, deals, history, activities, members *csvFile

	accountCustomers, accountRows, contactCustomers, contactRows, addressRows, leadCustomers, leadRows *tally
	dealRows, historyRows, activityRows, memberRows                                                    *tally
}

func (d *delivery) openCRM() error {
	f := &d.crm
	var err error
	open := func(feed, file string, dia dialect, header ...string) *csvFile {
		if err != nil {
			return nil
		}
		var c *csvFile
		if c, err = createCSV(d.dir, d.path("crm/"+file, "csv"), dia, header...); err == nil {
			c.feed = feed
			d.open = append(d.open, c)
		}
		return c
	}
	f.accounts = open("crm_accounts", "accounts", dialect{delimiter: ',', bom: true},
		"Account ID", "Account Name", "Industry", "Owner ID", "Phone", "E-mail", "Street", "Postcode", "City", "Country", "Created", "Updated")
	f.contacts = open("crm_contacts", "contacts", dialect{delimiter: ';', windows: true, stamp: "02/01/2006 15:04:05", date: "02/01/2006"},
		"ContactID", "Salutation", "FName", "Middle", "LName", "Suffix", "AccountID", "EMail", "Phone", "Mobile", "Birthday",
		"AddressID", "Role", "Status", "OptOut", "Created", "Updated")
	f.addresses = open("crm_addresses", "addresses", dialect{delimiter: ','},
		"address_id", "line_1", "postcode", "town", "region", "country", "updated_at")
	f.leads = open("crm_leads", "leads", dialect{delimiter: ';', bom: true, mark: ',', group: '.', stamp: "02.01.2006 15:04:05", date: "02.01.2006"},
		"Lead-ID", "Name", "Firma", "E-Mail", "Telefon", "Straße", "PLZ", "Ort", "Land", "Quelle", "Kampagne", "Sparte", "Betreuer",
		"Status", "Interesse", "Wert", "Währung", "Verkaufschance", "Angelegt", "Geändert")
	f.deals = open("crm_opportunities", "opportunities", dialect{delimiter: ',', mark: '.', group: ','},
		"opportunity_id", "lead_id", "customer_id", "account_id", "campaign_id", "channel", "owner_id", "division", "name", "type",
		"stage", "amount", "currency", "probability", "expected_close", "closed_at", "lost_reason", "competitor", "created_at", "updated_at")
	f.history = open("crm_stage_history", "stage_history", dialect{delimiter: ','},
		"change_id", "lead_id", "opportunity_id", "stage", "changed_at", "changed_by", "reason")
	f.activities = open("crm_activities", "activities", dialect{delimiter: ','},
		"activity_id", "customer_id", "lead_id", "opportunity_id", "campaign_id", "employee_id", "type", "direction", "touchpoint",
		"subject", "outcome", "minutes", "answers", "at")
	f.members = open("crm_campaign_members", "campaign_members", dialect{delimiter: ';'},
		"Campaign", "Customer", "Lead", "Status", "At")
	if err != nil {
		return err
	}
	d.countCRM()
	d.plantCRM()
	return nil
}

func (d *delivery) countCRM() {
	f, t := &d.crm, d.truth
	f.accountCustomers = t.tally("crm_accounts", "customers", f.accounts.path)
	f.accountRows = t.tally("crm_accounts", "accounts", f.accounts.path)
	f.contactCustomers = t.tally("crm_contacts", "customers", f.contacts.path)
	f.contactRows = t.tally("crm_contacts", "roles", f.contacts.path)
	f.addressRows = t.tally("crm_addresses", "addresses", f.addresses.path)
	f.leadCustomers = t.tally("crm_leads", "customers", f.leads.path)
	f.leadRows = t.tally("crm_leads", "leads", f.leads.path, "estimated_amount")
	f.dealRows = t.tally("crm_opportunities", "opportunities", f.deals.path, "amount")
	f.historyRows = t.tally("crm_stage_history", "changes", f.history.path)
	f.activityRows = t.tally("crm_activities", "activities", f.activities.path)
	f.memberRows = t.tally("crm_campaign_members", "members", f.members.path)
}

// account writes the row of an organisation, and counts it.
func (d *delivery) account(rec record, p person) {
	f := d.crm.accounts
	f.row(rec.id, rec.voiced(rec.company), pick(rec.rng, []string{"Trade", "Housing", "Hospitality", "Public sector", "Retail"}),
		d.w.staff[int(p.index)%d.w.sellers()].id, rec.phone.written(rec.rng, "GB"), rec.email,
		rec.streetLine(), rec.addr.postcode, rec.addr.city, countryName(rec.addr.country), f.when(rec.created), f.when(rec.created))
	d.crm.accountCustomers.add()
	d.crm.accountRows.add()
	f.sow(d.truth)
}

// contact writes the row of a contact with its address; changed is zero, or
// the moment of a later change of the phone number.
func (d *delivery) contact(rec record, p person, changed moment) {
	f := d.crm.contacts
	account, addressID, role := "", "", "private"
	if p.unit.kind == office {
		account, role = d.w.id(accountRole, p.unit.start), pick(rec.rng, []string{"decision maker", "billing", "site manager"})
	}
	if rec.addr.city != "" {
		addressID = "AD" + rec.id[1:]
	}
	birthday := ""
	if rec.hasBirth {
		birthday = f.on(rec.born)
	}
	phone, updated := rec.phone, rec.created
	if changed != 0 {
		phone, updated = p.mobile2, changed
	}
	optOut := "false"
	if p.index%9 == 4 {
		optOut = "true"
	}
	f.row(rec.id, rec.title, rec.voiced(rec.given), rec.middle, rec.voiced(rec.family), rec.suffix, account, rec.email,
		phone.written(rec.rng, "GB"), rec.mobile.written(rec.rng, "GB"), birthday, addressID, role,
		pick(rec.rng, []string{"active", "active", "inactive"}), optOut, f.when(rec.created), f.when(updated))
	d.crm.contactCustomers.add()
	if account != "" {
		d.crm.contactRows.add()
	}
	f.sow(d.truth)
	if addressID != "" && changed == 0 {
		a := d.crm.addresses
		a.row(addressID, rec.streetLine(), rec.addr.postcode, rec.voiced(rec.addr.city), rec.addr.region, rec.addr.country, a.when(rec.created))
		d.crm.addressRows.add()
		a.sow(d.truth)
	}
}

func countryName(code string) string {
	switch code {
	case "GB":
		return "United Kingdom"
	case "DE":
		return "Germany"
	case "US":
		return "USA"
	case "FR":
		return "France"
	}
	return ""
}

// lead writes the lead row of pursuit q as it stands in this delivery.
func (d *delivery) lead(rec record, q pursuit) {
	f := d.crm.leads
	events := q.upTo(d.number)
	status, changed, deal := suspect, events[0].at, ""
	for _, e := range events {
		if e.onDeal {
			deal = dealID(q.number)
			continue
		}
		status, changed = e.stage, max(changed, e.at)
	}
	if deal != "" {
		for _, e := range events {
			changed = max(changed, e.at)
		}
	}
	c, value := d.w.creditOf(q), d.w.valueOf(q)
	f.row(rec.id, rec.voiced(rec.fullName()), rec.voiced(rec.company), rec.email, rec.phone.written(rec.rng, "DE"), rec.streetLine(),
		rec.addr.postcode, rec.addr.city, rec.addr.country, c.channel, c.id, "Windows", d.w.staff[q.seller].id, status.crmWord(),
		pick(rec.rng, []string{"windows", "patio door", "front door", "roof windows"}), f.amount(value), "EUR", deal,
		f.when(events[0].at), f.when(changed))
	d.crm.leadCustomers.add()
	d.crm.leadRows.add(value)
	f.sow(d.truth)
}

// creditOf is the campaign that brought a pursuit.
func (w *world) creditOf(q pursuit) campaign {
	c, _ := w.campaignAt(stream(w.seed, forPursuit, q.number, 1), day(q.events[0].at/86400), channels)
	return c
}

// valueOf is what a pursuit is worth, net.
func (w *world) valueOf(q pursuit) cents {
	r := stream(w.seed, forPursuit, q.number, 2)
	return cents(r.between(2400, 38000) * 100)
}

func dealID(pursuit int64) string { return fmt.Sprintf("O%08d", 10_000_000+pursuit) }

// deal writes the opportunity of pursuit q as it stands in this delivery.
func (d *delivery) deal(q pursuit, customer, lead, account string) {
	events := q.upTo(d.number)
	last, first, opened := moment(0), moment(0), stageEvent{}
	for _, e := range events {
		if !e.onDeal {
			continue
		}
		if first == 0 {
			first = e.at
		}
		first, last, opened = min(first, e.at), max(last, e.at), e
	}
	if first == 0 {
		return
	}
	f, c, value := d.crm.deals, d.w.creditOf(q), d.w.valueOf(q)
	closed, reason, competitor, kind := "", "", "", "new"
	if opened.stage >= won {
		closed = f.when(opened.at)
	}
	switch opened.stage {
	case lost:
		reason, competitor = "price", pick(stream(d.w.seed, forPursuit, q.number, 3), []string{"Glaswerk", "Clearline", "Vitrail"})
	case noDecision:
		reason = "postponed"
	}
	if q.repeat {
		kind = "repeat"
	}
	f.row(dealID(q.number), lead, customer, account, c.id, c.channel, d.w.staff[q.seller].id, "Windows", "Windows "+strconv.FormatInt(q.number, 10),
		kind, opened.stage.crmWord(), f.amount(value), "EUR", itoa(chance(opened.stage)), f.on(day(last/86400)+30), closed, reason, competitor,
		f.when(first), f.when(last))
	d.crm.dealRows.add(value)
	f.sow(d.truth)
}

func chance(s stage) int {
	return [...]int{1, 5, 10, 20, 30, 45, 60, 100, 0, 0}[s]
}

// changes writes the stage history of pursuit q that belongs to this delivery.
func (d *delivery) changes(q pursuit, lead string) {
	f := d.crm.history
	for k, e := range q.events {
		if e.delivery != d.number {
			continue
		}
		leadID, deal := lead, ""
		if e.onDeal {
			leadID, deal = "", dealID(q.number)
		}
		id := "H" + strconv.FormatInt(q.number*16+int64(k), 10)
		line := f.row(id, leadID, deal, e.stage.crmWord(), f.when(e.at), d.w.staff[q.seller].id, "")
		d.crm.historyRows.add()
		if e.illegal != "" {
			d.truth.error(plantedError{
				file: f.path, place: strconv.FormatInt(line, 10), kind: "illegal stage: " + e.illegal, effect: flagged,
				feed: f.feed, object: "changes", key: id,
			})
		}
		f.sow(d.truth)
	}
}
