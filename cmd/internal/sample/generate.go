package sample

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// delivery is what all systems deliver on one day.
type delivery struct {
	w       *world
	dir     string
	number  int // 0 = all history
	truth   *truth
	bill    *billing
	crm     crmFiles
	service serviceFiles
	store   storeFiles
	open    []interface{ close() error }
}

func (d *delivery) today() day { return dayOfDelivery(d.number) }

// path is where a feed's file of this day stands in the project.
func (d *delivery) path(name, extension string) string {
	return fmt.Sprintf("feeds/%s_%s.%s", name, d.today().iso(), extension)
}

// progressEvery is how many customers lie between two calls of Progress, and
// between two looks at the context.
const progressEvery = 500

// write writes one day's deliveries.
func (d *delivery) write(ctx context.Context, report func(done int64)) (err error) {
	defer func() {
		for _, f := range d.open {
			err = joinErrors(err, f.close())
		}
	}()
	if err := d.openCRM(); err != nil {
		return err
	}
	if err := d.openStore(); err != nil {
		return err
	}
	if err := d.openService(); err != nil {
		return err
	}
	for i := int64(0); i < d.w.total(d.number); i++ {
		if i%progressEvery == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			report(i)
		}
		if err := d.customer(i); err != nil {
			return fmt.Errorf("write customer %d: %w", i, err)
		}
	}
	return d.smallFeeds()
}

// activePermille is how many in a thousand known customers do something on a
// day after the first.
const activePermille = 7

// customer writes what customer i adds to this delivery.
func (d *delivery) customer(i int64) error {
	first := d.w.firstDelivery(i)
	active := d.number > first && stream(d.w.seed, forChange, i, int64(d.number)).permille(activePermille)
	if first < d.number && !active && !d.moves(i) {
		return nil
	}
	p, records := d.w.records(i)
	pursuits := d.w.pursuitsOf(i)
	for _, rec := range records {
		if rec.delivery > d.number {
			continue
		}
		if rec.delivery == d.number {
			d.truth.person(p, rec)
		}
		if err := d.record(p, rec, pursuits, active); err != nil {
			return err
		}
	}
	d.pursuits(p, pursuits)
	if first == d.number {
		d.truth.summary.Customers++
	}
	return nil
}

// moves says whether a pursuit of customer i enters a stage on this day.
func (d *delivery) moves(i int64) bool {
	if i >= d.w.n {
		return false
	}
	j := d.w.funnel.customers.inverse(i)
	if j >= d.w.funnel.counts[stepContact]+int64(d.number)*d.w.contactsPerDay() {
		return false
	}
	for _, q := range d.w.pursuitsOf(i) {
		for _, e := range q.events {
			if e.delivery == d.number {
				return true
			}
		}
	}
	return false
}

// record writes one source record and what hangs on it: whole where it is
// new, else what changed.
func (d *delivery) record(p person, rec record, pursuits []pursuit, active bool) error {
	fresh := rec.delivery == d.number
	switch rec.role {
	case contactRole, contactTwice:
		d.contactDay(p, rec, fresh, active)
	case leadRole:
		for _, q := range pursuits {
			if !q.repeat && (fresh || q.changedIn(d.number)) {
				d.lead(rec, q)
			}
		}
		if fresh {
			d.member(rec, rec.id)
		}
	case accountRole:
		if fresh {
			d.account(rec, p)
		}
	case storeRole, guestRole:
		if fresh && rec.role == storeRole {
			d.storeAccount(rec, p)
		}
		if fresh || active && rec.role == storeRole {
			d.accountOrders(rec, p)
		}
	case billingRole:
		return d.billingDay(p, rec, fresh, active)
	}
	return nil
}

func (d *delivery) contactDay(p person, rec record, fresh, active bool) {
	switch {
	case fresh:
		d.contact(rec, p, 0)
		d.contactActivities(p, rec)
		d.serviceDesk(p, rec)
		d.member(rec, "")
	case active && rec.role == contactRole:
		d.contact(rec, p, d.today().at(13*3600))
		d.contactActivities(p, rec)
		d.serviceDesk(p, rec)
	}
}

func (d *delivery) billingDay(p person, rec record, fresh, active bool) error {
	if fresh {
		if err := d.billingCustomer(rec, p, 0); err != nil {
			return err
		}
		return d.invoices(rec, p)
	}
	if !active {
		return nil
	}
	if err := d.billingCustomer(rec, p, d.today().at(14*3600)); err != nil {
		return err
	}
	return d.invoices(rec, p)
}

func (q pursuit) changedIn(delivery int) bool {
	for _, e := range q.events {
		if e.delivery == delivery {
			return true
		}
	}
	return false
}

// pursuits writes opportunities, stage changes and touches of CRM pursuits.
func (d *delivery) pursuits(p person, pursuits []pursuit) {
	for _, q := range pursuits {
		if q.sheet || !q.changedIn(d.number) {
			continue
		}
		lead, account := d.w.id(leadRole, q.customer), ""
		customer := d.w.id(contactRole, q.customer)
		if p.org {
			customer, account = d.w.id(accountRole, q.customer), d.w.id(accountRole, q.customer)
		}
		if q.repeat {
			lead = ""
		}
		d.deal(q, customer, lead, account)
		d.changes(q, lead)
		toucher := lead
		if lead == "" {
			toucher = customer
		}
		d.pursuitActivities(q, toucher, lead)
		d.samplesShown(q, toucher)
	}
}

// redeliver copies a day-0 file under the name of a later day: the same bytes,
// which a correct load knows already.
func (d *delivery) redeliver(from string) error {
	to := d.path("crm/campaign_members_resent", "csv")
	in, err := os.Open(filepath.Join(d.dir, filepath.FromSlash(from)))
	if err != nil {
		return fmt.Errorf("redeliver: %w", err)
	}
	defer in.Close()
	out, err := createFile(d.dir, to)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		return fmt.Errorf("redeliver: %w", joinErrors(err, out.Close()))
	}
	d.truth.error(plantedError{file: to, place: "1", kind: "duplicate delivery", effect: skipped, feed: "crm_campaign_members", key: from})
	return out.Close()
}
