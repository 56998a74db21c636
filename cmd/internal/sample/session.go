package sample

import (
	"strconv"
)

// aroundOrder writes the session in which an order was placed. After every
// third such session come seven others, two of which put something into the
// cart: of all recorded sessions that see a product, half reach the cart and
// three in ten the order.
func (d *delivery) aroundOrder(o order) {
	if o.session == "" {
		return
	}
	d.store.tracked++
	d.session(o, o.session, sessionOrders, o.placed-900, true)
	if d.store.tracked%3 != 0 {
		return
	}
	for k := range 7 {
		kind := sessionViews
		if k < 2 {
			kind = sessionCarts
		}
		at := o.placed - moment(3600*(3+k)) - moment(o.rng.below(3600))
		if d.number > 0 && day(at/86400) < d.today() {
			at = o.placed - moment(1000*(k+2))
		}
		d.session(o, o.session+"-"+itoa(k), kind, at, o.rng.permille(400))
	}
}

// session writes the events of one session; known says whether the visitor is
// the order's customer.
func (d *delivery) session(o order, id string, kind int, at moment, known bool) {
	r := o.rng
	customer, visitor := "", visitorOf(id)
	if known {
		customer, visitor = o.buyer.id, visitorOf(o.buyer.id)
	}
	c, _ := d.w.campaignAt(r, day(at/86400), 3)
	source := pick(r, []string{"searchlight", "newsletter", "chatterbox"})
	medium := c.channel
	if r.permille(450) {
		c, medium, source = campaign{}, pick(r, []string{"direct", "seo", "referral"}), ""
	}
	n := 0
	event := func(what, sku, orderID, url string) {
		f := d.store.events
		f.open()
		f.text("event_id", "e"+id[1:]+"."+itoa(n))
		f.text("type", what)
		f.text("visitor", visitor)
		f.text("session", id)
		f.text("customer_id", customer)
		f.text("sku", sku)
		f.text("order_id", orderID)
		f.begin("utm")
		f.text("campaign", c.id)
		f.text("medium", medium)
		f.text("source", source)
		f.end()
		f.text("url", url)
		f.time("at", at+moment(40*n))
		f.done(d.truth)
		d.store.eventRows.add()
		d.truth.summary.Events++
		n++
	}
	sku := o.lines[0].product.id
	if kind != sessionOrders {
		sku = pick(r, d.w.care).id
	}
	if r.permille(700) {
		event("page view", "", "", "/")
	}
	event("view item", sku, "", "/p/"+sku)
	d.store.sessions[sessionViews]++
	if kind == sessionViews {
		return
	}
	d.cart(o, id, visitor, customer, sku, kind, at+200)
	d.store.sessions[sessionCarts]++
	if kind == sessionOrders || r.permille(200) {
		n = 10
		event("begin checkout", "", "", "/checkout")
	}
	if kind == sessionOrders {
		n = 20
		event("purchase", "", o.id, "/thanks")
		d.store.sessions[sessionOrders]++
	}
}

func (d *delivery) cart(o order, session, visitor, customer, sku string, kind int, at moment) {
	f := d.store.carts
	status := "abandoned"
	if kind == sessionOrders {
		status = "ordered"
	}
	f.open()
	f.text("cart_id", "c"+session[1:])
	f.text("session_id", session)
	f.text("visitor_id", visitor)
	f.text("customer_id", customer)
	f.text("status", status)
	f.text("first_sku", sku)
	f.list("items")
	for _, l := range o.lines[:1] {
		f.item()
		f.text("sku", sku)
		f.number("quantity", l.quantity)
		f.end()
	}
	f.endList()
	f.time("updated_at", at)
	f.done(d.truth)
	d.store.cartRows.add()
	d.truth.summary.Events++
}

func visitorOf(id string) string {
	h := uint64(len(id))
	for i := range len(id) {
		h = mix(h ^ uint64(id[i]))
	}
	return "v" + strconv.FormatUint(h>>8, 36)
}
