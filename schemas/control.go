package schemas

// ControlTotal is the count of one schema object of one delivery, taken where
// rows are read. Stage compares it with what SQL counts at the other end:
// Read = staged + Quarantined, and later staged = loaded + redelivered +
// superseded.
type ControlTotal struct {
	Feed        string
	Object      string
	SHA256      string // delivered bytes
	Read        int64
	Quarantined int64 // distinct rows
	Excluded    Excluded
	Money       map[string]ID // decimal field -> sum over the rows read, × 10^MoneyScale
}

// Add adds the counts of one conformed batch.
func (c *ControlTotal) Add(b Conformed) {
	c.Read += b.Read
	seen := map[Place]bool{}
	for _, r := range b.Rejects {
		at := Place{FileKey: r.At.FileKey, Row: r.At.Row}
		if !seen[at] {
			seen[at] = true
			c.Quarantined++
		}
	}
	for field, sum := range b.Money {
		if c.Money == nil {
			c.Money = map[string]ID{}
		}
		c.Money[field] = c.Money[field].Add(sum)
	}
}
