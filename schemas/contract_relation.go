package schemas

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"loadstar/schemas/fault"
)

// relationEntry is a foreign key as the standard writes it: at a property, or
// at an object with from.
type relationEntry struct {
	ID     any    `yaml:"id"`
	Type   string `yaml:"type"`
	From   any    `yaml:"from"`
	To     any    `yaml:"to"`
	Custom any    `yaml:"customProperties"`

	At fault.Places `yaml:"-"`
}

// IDField is the field that names the rows of an entity, "" = none.
func IDField(entity string) string {
	e, err := EntityNamed(entity)
	if err != nil {
		return ""
	}
	if _, ok := e.Field(entity + "_id"); !ok {
		return ""
	}
	return entity + "_id"
}

// PointsTo tells which entity a field of another holds the id of: order_id in
// order_line, parent_account_id in account. role is what references of the
// contract call it.
func PointsTo(entity, field string) (target, role string, ok bool) {
	role, isID := strings.CutSuffix(field, "_id")
	if !isID || field == IDField(entity) {
		return "", "", false
	}
	all, err := Entities()
	if err != nil {
		return "", "", false
	}
	for _, e := range all {
		if (role == e.Name || strings.HasSuffix(role, "_"+e.Name)) && len(e.Name) > len(target) && IDField(e.Name) != "" {
			target = e.Name
		}
	}
	return target, role, target != ""
}

// applyRelations takes foreign keys that the comparison of feeds proves, and
// refuses those that nothing would: a column that feeds no id of another
// entity, several columns together, and a target in this contract that is not
// what the id names.
func (d document) applyRelations(c *Contract) fault.List {
	var faults fault.List
	for i, entry := range d.Schema {
		o := &c.Objects[i]
		for _, r := range entry.Relations {
			faults.Add(r.At[""], fault.ContractValue, within(entry.Name, c.relate(o, r, relationEnds(r.From))))
		}
		for _, p := range entry.Properties {
			for _, r := range p.Relations {
				faults.Add(r.At[""], fault.ContractValue, within(entry.Name, c.relate(o, r, []string{p.Name})))
			}
		}
	}
	return faults
}

func within(object string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("schema %s: relationships: %w", object, err)
}

// relationEnds are the columns that from or to name.
func relationEnds(end any) []string {
	switch end := end.(type) {
	case string:
		return []string{end}
	case []any:
		var names []string
		for _, name := range end {
			names = append(names, fmt.Sprint(name))
		}
		return names
	}
	return nil
}

func (c *Contract) relate(o *Object, r relationEntry, from []string) error {
	to := relationEnds(r.To)
	switch {
	case r.Type != "" && r.Type != "foreignKey":
		return fmt.Errorf("type %s is not proved; only foreignKey is", r.Type)
	case len(from) != 1 || len(to) != 1:
		return errors.New("a foreign key has one column and one that it points to: ids of several columns together are not compared")
	}
	name := from[0][strings.LastIndexByte(from[0], '.')+1:]
	at := slices.IndexFunc(o.Properties, func(p Property) bool { return p.Name == name })
	if at < 0 {
		return fmt.Errorf("object %s has no property %q", o.Name, name)
	}
	p := &o.Properties[at]
	target, _, ok := PointsTo(o.Entity, p.Field)
	if !ok {
		return fmt.Errorf("property %s feeds no id of another entity, and other values of feeds are not compared; map it to one, or drop the relationship", p.Name)
	}
	named, column, isPath := strings.Cut(to[0], ".")
	other, err := c.Object(named)
	if err != nil || !isPath {
		p.Relation = to[0] // in another contract: some feed must deliver the entity
		return nil
	}
	if !slices.ContainsFunc(other.Properties, func(p Property) bool { return p.Name == column && p.Field == IDField(target) }) || other.Entity != target {
		return fmt.Errorf("property %s holds ids of %s, and %s is no column of these", p.Name, target, to[0])
	}
	p.Relation = to[0]
	return nil
}

// hasOffset knows moments that say how far their clock is from UTC.
var hasOffset = regexp.MustCompile(`:\d\d([.,]\d+)? ?(Z|z|UTC|GMT|[+-]\d\d:?(\d\d)?)$`)

// applyZones takes the zone that the columns of moments say they are in for
// the contract's, and refuses several: a row has one.
func (d document) applyZones(c *Contract) fault.List {
	var faults fault.List
	for i, entry := range d.Schema {
		for k, p := range entry.Properties {
			zone, at := p.Options.DefaultZone, p.Options.At["defaultTimezone"]
			isMoment := p.LogicalType == "timestamp" || p.LogicalType == "date"
			switch {
			case (zone != "" || p.Options.Zone) && !isMoment:
				faults.Add(p.Options.At[""], fault.ContractValue, fmt.Errorf("property %s: timezone and defaultTimezone are for timestamps", p.Name))
			case zone == "":
			case c.Locale.TimeZone != "" && c.Locale.TimeZone != zone:
				faults.Add(at, fault.ContractValue, fmt.Errorf("property %s: defaultTimezone is %s, and the contract's times are of %s: a feed has one zone", p.Name, zone, c.Locale.TimeZone))
			default:
				if _, err := time.LoadLocation(zone); err != nil {
					faults.Add(at, fault.ContractValue, fmt.Errorf("property %s: defaultTimezone: %w", p.Name, err))
				}
				c.Locale.TimeZone = zone
			}
			if own := &c.Objects[i].Properties[k]; p.Options.Zone && isMoment {
				if own.Pattern != nil {
					faults.Add(p.Options.At[""], fault.ContractValue, fmt.Errorf("property %s: timezone: true and a pattern are two rules for one text; put the offset into the pattern", p.Name))
				}
				own.Pattern = hasOffset
			}
		}
	}
	return faults
}
