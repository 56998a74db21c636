package schemas

// KeysOnly is the contract of a delivery that holds the keys of all rows and
// nothing else: it tells which rows are still there. Objects without a key are
// not in it.
func (c Contract) KeysOnly() Contract {
	objects := c.Objects
	c.Objects, c.Delivery = nil, Snapshot
	for _, o := range objects {
		if !o.Keyed() {
			continue
		}
		properties := o.Properties
		o.Properties, o.References = nil, nil
		for _, p := range properties {
			if p.Key > 0 {
				o.Properties = append(o.Properties, p)
			}
		}
		c.Objects = append(c.Objects, o)
	}
	return c
}
