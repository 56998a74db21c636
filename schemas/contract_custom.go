package schemas

import (
	"errors"
	"fmt"
	"regexp"
)

func (c *Contract) applyCustom(p customEntry) error {
	switch p.Property {
	case "system":
		return p.Value.into(&c.System)
	case "delivery":
		if err := p.Value.into(&c.Delivery); err != nil {
			return err
		}
		switch c.Delivery {
		case Snapshot, Delta, Append:
			return nil
		}
		return fmt.Errorf("%q is not snapshot, delta or append", c.Delivery)
	case "partition":
		return c.applyPartition(p)
	case "duplicates":
		if err := p.Value.into(&c.Duplicates); err != nil {
			return err
		}
		if c.Duplicates != FlagDuplicates && c.Duplicates != DropDuplicates {
			return fmt.Errorf("%q is not flag or drop", c.Duplicates)
		}
		return nil
	case "error_share":
		if err := p.Value.into(&c.ErrorShare); err != nil {
			return err
		}
		if c.ErrorShare < 0 || c.ErrorShare > 1 {
			return fmt.Errorf("%g is not between 0 and 1", c.ErrorShare)
		}
		return nil
	case "allow":
		return c.applyAllow(p)
	case "delivered":
		return c.applyDelivered(p)
	case "dialect":
		return c.applyDialect(p)
	default:
		return c.applyLocale(p)
	}
}

func (c *Contract) applyAllow(p customEntry) error {
	var words []string
	if err := p.Value.into(&words); err != nil {
		return err
	}
	for _, w := range words {
		switch w {
		case "absent":
			c.Allow.Absent = true
		case "empty":
			c.Allow.Empty = true
		case "shrink":
			c.Allow.Shrink = true
		default:
			return fmt.Errorf("%q is not absent, empty or shrink", w)
		}
	}
	return nil
}

func (c *Contract) applyPartition(p customEntry) error {
	var pattern string
	if err := p.Value.into(&pattern); err != nil {
		return err
	}
	c.Partition = &Partition{}
	if pattern == partitionFile {
		return nil
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return err
	}
	if re.NumSubexp() != 1 {
		return fmt.Errorf("want %s, or an expression with one group around what names the list", partitionFile)
	}
	c.Partition.Pattern = re
	return nil
}

func (c *Contract) applyDelivered(p customEntry) error {
	var e deliveredEntry
	if err := p.Value.into(&e); err != nil {
		return err
	}
	re, err := regexp.Compile(e.Pattern)
	if err != nil {
		return err
	}
	if re.NumSubexp() < 1 {
		return errors.New("pattern needs a group around the date")
	}
	if e.Layout == "" {
		e.Layout = "2006-01-02"
	}
	if err := checkDelivered(e.Layout); err != nil {
		return err
	}
	c.Delivered = &DeliveredAt{Pattern: re, Layout: e.Layout, Optional: e.Optional}
	return nil
}

func (c *Contract) applyLocale(p customEntry) error {
	var e localeEntry
	if err := p.Value.into(&e); err != nil {
		return err
	}
	setIf(&c.Locale.Decimal, e.Decimal)
	setIf(&c.Locale.Group, e.Group)
	setIf(&c.Locale.Grouping, e.Grouping)
	setIf(&c.Locale.Date, e.Date)
	setIf(&c.Locale.TimeZone, e.TimeZone)
	setIf(&c.Locale.Country, e.Country)
	setIf(&c.Locale.Currency, e.Currency)
	if c.Locale.Decimal == c.Locale.Group {
		return fmt.Errorf("decimal and group are both %q", c.Locale.Decimal)
	}
	if g := c.Locale.Grouping; g != "" && g != IndianGrouping {
		return fmt.Errorf("grouping %q is not known, only %s; without it digits come in threes", g, IndianGrouping)
	}
	return nil
}

func setIf(target *string, value string) {
	if value != "" {
		*target = value
	}
}
