package sample

import (
	"strconv"
)

// storeFiles are the web store's deliveries of one day.
type storeFiles struct {
	customers, orders, refunds, carts, events *jsonFile

	customerRows, orderRows, lineRows, buyerRows, fulfilmentRows, refundRows, cartRows, eventRows *tally

	tracked  int64 // orders placed in a recorded session so far
	sessions [3]int64
}

// Kinds of sessions: index of storeFiles.sessions.
const (
	sessionViews = iota
	sessionCarts
	sessionOrders
)

// recordedSince is the first day whose web sessions were recorded.
const recordedSince = lastDay - 70

func (d *delivery) openStore() error {
	f, t := &d.store, d.truth
	for _, x := range []struct {
		target     **jsonFile
		feed, name string
	}{
		{&f.customers, "store_customers", "customers"}, {&f.orders, "store_orders", "orders"},
		{&f.refunds, "store_refunds", "refunds"}, {&f.carts, "store_carts", "carts"}, {&f.events, "store_events", "events"},
	} {
		made, err := d.createJSON(x.feed, x.name)
		if err != nil {
			return err
		}
		*x.target = made
	}
	f.customerRows = t.tally("store_customers", "customers", f.customers.path)
	f.orderRows = t.tally("store_orders", "orders", f.orders.path, "total_amount", "shipping_amount", "tax_amount")
	f.lineRows = t.tally("store_orders", "lines", f.orders.path, "line_amount", "discount_amount")
	f.buyerRows = t.tally("store_orders", "customers", f.orders.path)
	f.fulfilmentRows = t.tally("store_orders", "fulfilments", f.orders.path)
	f.refundRows = t.tally("store_refunds", "refunds", f.refunds.path, "amount")
	f.cartRows = t.tally("store_carts", "carts", f.carts.path)
	f.eventRows = t.tally("store_events", "events", f.events.path)
	f.events.plants = []jsonPlant{
		{after: 115, kind: "broken JSON", rule: "json.syntax", line: func(n int64) (string, string) {
			return `{"event_id":"` + keyOf("x", n) + `","type":"view item","session":"`, keyOf("x", n)
		}},
		{after: 315, kind: "duplicate JSON key", rule: "json.duplicate_key", line: func(n int64) (string, string) {
			return `{"event_id":"` + keyOf("y", n) + `","type":"view item","type":"purchase","session":"s0","at":"2026-03-01T10:00:00Z"}`, keyOf("y", n)
		}},
	}
	f.customers.plants = []jsonPlant{
		{after: 155, kind: "broken JSON", rule: "json.syntax", line: func(n int64) (string, string) {
			return `{"id":"` + keyOf("SX", n) + `","first_name":"Planted",,}`, keyOf("SX", n)
		}},
	}
	return nil
}

// storeAccount writes the row of a store customer.
func (d *delivery) storeAccount(rec record, p person) {
	f := d.store.customers
	f.open()
	f.text("id", rec.id)
	f.text("first_name", rec.voiced(rec.given))
	f.text("last_name", rec.voiced(join(rec.family, rec.suffix)))
	f.text("email", rec.email)
	f.text("phone", rec.phone.written(rec.rng, rec.addr.country))
	if rec.hasBirth {
		f.text("birthday", rec.born.iso())
	}
	f.word("newsletter", strconv.FormatBool(p.index%3 == 0))
	if rec.addr.city != "" {
		f.begin("address")
		d.jsonAddress(f, rec)
		f.end()
	}
	f.time("created_at", rec.created)
	f.time("updated_at", rec.created)
	f.done(d.truth)
	d.store.customerRows.add()
}

func (d *delivery) jsonAddress(f *jsonFile, rec record) {
	f.text("line1", rec.streetLine())
	f.text("zip", rec.addr.postcode)
	f.text("city", rec.voiced(rec.addr.city))
	f.text("province", rec.addr.region)
	f.text("country_code", rec.addr.country)
}

// order is one order of the store.
type order struct {
	id      string
	placed  moment
	updated moment
	session string // "" = before sessions were recorded
	lines   []orderLine
	buyer   *record
	rng     *rng
}

type orderLine struct {
	product  product
	quantity int
	discount cents
}

func (l orderLine) amount() cents { return l.product.price*cents(l.quantity) - l.discount }

// ordersPerCustomer is the number range of one customer's orders.
const ordersPerCustomer = 4096

// accountOrders writes the orders of a store account or guest: on day 0 its
// history, on later days one new order, and its last order again if that is
// recent and has moved on.
func (d *delivery) accountOrders(rec record, p person) {
	r := stream(d.w.seed, forOrders, p.index, int64(rec.role))
	n := 1
	if rec.role == storeRole {
		n = pick(r, []int{1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20})
	}
	since := day(rec.created / 86400)
	for k := range n {
		if d.number > rec.delivery && k > 0 {
			break
		}
		o := d.drawOrder(p, rec, k, since)
		if d.number > rec.delivery {
			if o.placed > lastDay.at(0)-86400*20 {
				o.updated = d.today().at(12 * 3600)
				d.order(o)
			}
			continue
		}
		d.order(o)
		d.aroundOrder(o)
	}
	if d.number > rec.delivery && rec.role == storeRole {
		o := d.drawOrder(p, rec, 100+d.number, d.today())
		d.order(o)
		d.aroundOrder(o)
	}
}

func (d *delivery) drawOrder(p person, rec record, k int, since day) order {
	r := stream(d.w.seed, forOrders, p.index*4+int64(rec.role-storeRole), int64(k)+1)
	number := p.index*ordersPerCustomer + int64(k)
	if rec.role == guestRole {
		number += 2000
	}
	o := order{id: "W" + strconv.FormatInt(number, 10), buyer: &rec, rng: r}
	on := since + day(r.below(int(dayOfDelivery(rec.delivery)-since)+1))
	if k > 100 {
		on = d.today()
	}
	if rec.role == guestRole {
		on = since
	}
	o.placed = max(rec.created, on.at(officeHours(r)))
	if k > 100 {
		o.placed = on.at(officeHours(r))
	}
	o.updated = min(o.placed+86400*6, max(o.placed, dayOfDelivery(rec.delivery).at(20*3600)))
	if on >= recordedSince {
		o.session = "s" + o.id[1:]
	}
	care := d.w.care
	for range pick(r, []int{1, 1, 2, 2, 3, 3, 4, 5, 6, 8}) {
		l := orderLine{product: pick(r, care), quantity: pick(r, []int{1, 1, 1, 2, 2, 3, 5})}
		if r.permille(80) {
			l.discount = l.product.price * cents(l.quantity) / 10
		}
		o.lines = append(o.lines, l)
	}
	return o
}

// order writes one order with its lines, buyer and fulfilment.
func (d *delivery) order(o order) {
	f, r := d.store.orders, o.rng
	var net cents
	for _, l := range o.lines {
		net += l.amount()
	}
	shipping := cents(490)
	if net > 5000 {
		shipping = 0
	}
	tax := (net + shipping) / 5
	f.open()
	f.text("order_id", o.id)
	d.buyer(f, o)
	f.text("session_id", o.session)
	if o.session != "" {
		f.text("visitor_id", visitorOf(o.buyer.id))
	}
	if c, ran := d.w.campaignAt(r, day(o.placed/86400), 3); ran && r.permille(400) {
		f.begin("utm")
		f.text("campaign", c.id)
		f.text("medium", c.channel)
		f.end()
	}
	f.text("channel", pick(r, []string{"web", "web", "web", "app", "phone"}))
	f.text("status", pick(r, []string{"completed", "completed", "completed", "processing"}))
	f.text("currency", currencyOf(o.buyer.addr.country))
	f.text("country", o.buyer.addr.country)
	f.money("total", net+shipping+tax)
	f.money("shipping", shipping)
	f.money("tax", tax)
	f.time("placed_at", o.placed)
	f.time("updated_at", o.updated)
	d.orderLines(f, o)
	d.fulfilment(f, o)
	f.done(d.truth)
	d.store.orderRows.add(net+shipping+tax, shipping, tax)
	d.truth.summary.Orders++
	if day(o.placed/86400)+10 < d.today() && r.permille(30) && d.number == o.buyer.delivery {
		d.refund(o, net)
	}
}

func (d *delivery) buyer(f *jsonFile, o order) {
	rec := o.buyer
	f.begin("customer")
	f.text("id", rec.id)
	f.text("first_name", rec.given)
	f.text("last_name", join(rec.family, rec.suffix))
	f.text("email", rec.email)
	if rec.role == guestRole {
		f.text("phone", rec.phone.e164())
		f.begin("address")
		d.jsonAddress(f, *rec)
		f.end()
	}
	f.end()
	d.store.buyerRows.add()
}

func (d *delivery) orderLines(f *jsonFile, o order) {
	f.list("lines")
	for k, l := range o.lines {
		d.orderLine(f, k+1, l)
		d.store.lineRows.add(l.amount(), l.discount)
		d.truth.summary.Lines++
	}
	if n := d.store.orderRows.loaded; n%plantEvery == 135 {
		bad := orderLine{product: o.lines[0].product, quantity: -3}
		d.orderLine(f, 90, bad)
		d.planted(f, "negative quantity", "range", "lines", o.id+"/90", quarantined)
	} else if n%plantEvery == 335 {
		orphan := orderLine{product: product{id: "CARE-999", name: "Not in the catalogue", price: 100}, quantity: 1}
		d.orderLine(f, 91, orphan)
		d.store.lineRows.add(orphan.amount(), 0)
		d.planted(f, "orphan key", "", "lines", o.id+"/91", loaded)
	}
	f.endList()
}

// planted records an error inside the record that is being written.
func (d *delivery) planted(f *jsonFile, kind, rule, object, key string, e effect) {
	d.truth.error(plantedError{
		file: f.path, place: strconv.FormatInt(f.line+1, 10), kind: kind, rule: rule, effect: e, feed: f.feed, object: object, key: key,
	})
}

func (d *delivery) orderLine(f *jsonFile, number int, l orderLine) {
	f.item()
	f.number("line_id", number)
	f.text("sku", l.product.id)
	f.text("title", l.product.name)
	f.number("quantity", l.quantity)
	f.money("unit_price", l.product.price)
	f.money("discount", l.discount)
	f.money("amount", l.amount())
	f.end()
}

func (d *delivery) fulfilment(f *jsonFile, o order) {
	download := true
	for _, l := range o.lines {
		download = download && l.product.download
	}
	shipped := o.placed + 86400 + moment(o.rng.below(86400))
	f.list("fulfilments")
	if now := dayOfDelivery(d.number).at(20 * 3600); download || shipped < now {
		f.item()
		f.text("id", "F"+o.id[1:])
		if download {
			f.text("kind", "downloaded")
			f.text("status", "delivered")
			f.time("shipped_at", o.placed)
			f.time("delivered_at", o.placed+120)
		} else {
			delivered := shipped + 86400*moment(1+o.rng.below(4))
			f.text("kind", "shipped")
			f.text("carrier", pick(o.rng, []string{"Parcelhawk", "Nordbote", "Colibri Express"}))
			f.text("tracking", "TRK"+digits(o.rng, 10))
			f.time("shipped_at", shipped)
			if delivered < now {
				f.text("status", "delivered")
				f.time("delivered_at", delivered)
			} else {
				f.text("status", "in transit")
			}
		}
		f.end()
		d.store.fulfilmentRows.add()
	}
	f.endList()
}

func (d *delivery) refund(o order, net cents) {
	f := d.store.refunds
	amount := min(net, o.lines[0].amount())
	f.open()
	f.text("refund_id", "RF"+o.id[1:])
	f.text("order_id", o.id)
	f.money("amount", amount)
	f.text("currency", currencyOf(o.buyer.addr.country))
	f.text("reason", pick(o.rng, []string{"damaged", "wrong item", "changed mind", "late"}))
	f.time("at", min(o.placed+86400*9, d.today().at(19*3600)))
	f.done(d.truth)
	d.store.refundRows.add(amount)
}
