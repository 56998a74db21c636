package schemas

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

func (e objectEntry) object() (Object, error) {
	o := Object{Name: e.Name}
	if !feedName.MatchString(e.Name) {
		return o, errors.New("name must be lower-case letters, digits and _")
	}
	for _, p := range e.Custom {
		var err error
		switch p.Property {
		case "entity":
			err = p.Value.into(&o.Entity)
		case "path":
			err = p.Value.into(&o.Path)
		case "when":
			err = p.Value.into(&o.When)
		case "repeats":
			err = p.Value.into(&o.Repeats)
		case "references":
			err = p.Value.into(&o.References)
		default:
			err = errors.New("unknown; known are entity, path, when, repeats, references")
		}
		if err != nil {
			return o, fmt.Errorf("customProperties: %s: %w", p.Property, err)
		}
	}
	if o.Entity == "" {
		return o, errors.New("customProperties lacks entity: which canonical entity do its rows become?")
	}
	entity, err := EntityNamed(o.Entity)
	if err != nil {
		return o, err
	}
	fed := map[string]string{}
	keys := 0
	for _, entry := range e.Properties {
		p, err := entry.property(entity)
		if err != nil {
			return o, fmt.Errorf("property %s: %w", entry.Name, err)
		}
		if entry.PrimaryKey {
			keys++
			p.Key = keys
			if entry.KeyPosition > 0 {
				p.Key = entry.KeyPosition
			}
		}
		if p.Field != "" {
			if other, taken := fed[p.Field]; taken {
				return o, fmt.Errorf("properties %s and %s both feed field %s", other, p.Name, p.Field)
			}
			fed[p.Field] = p.Name
		}
		o.Properties = append(o.Properties, p)
	}
	if len(o.KeyProperties()) != keys {
		return o, errors.New("primaryKeyPosition must count 1, 2, … without gaps")
	}
	return o, nil
}

func (e propertyEntry) property(entity Entity) (Property, error) {
	p := Property{
		Name:     e.Name,
		Meaning:  e.Description,
		Logical:  e.LogicalType,
		Required: e.Required || e.PrimaryKey,
		Unique:   e.Unique,
		PII:      e.Classification == "pii",
		Minimum:  e.Options.Minimum,
		Maximum:  e.Options.Maximum,
		Above:    e.Options.ExclusiveMinimum,
		Below:    e.Options.ExclusiveMaximum,
		MinLen:   e.Options.MinLength,
		MaxLen:   e.Options.MaxLength,
		Layout:   e.Options.Format,
	}
	switch e.LogicalType {
	case "":
		p.Logical = "string"
	case "string", "integer", "number", "boolean", "date", "timestamp":
	default:
		return p, fmt.Errorf("logicalType %q is not string, integer, number, boolean, date or timestamp", e.LogicalType)
	}
	if err := p.setPattern(e.Options.Pattern); err != nil {
		return p, err
	}
	for _, q := range e.Quality {
		if err := p.applyQuality(q); err != nil {
			return p, fmt.Errorf("quality: %w", err)
		}
	}
	field := ""
	for _, c := range e.Custom {
		if err := p.applyCustom(c, &field); err != nil {
			return p, fmt.Errorf("customProperties: %s: %w", c.Property, err)
		}
	}
	if err := p.bind(entity, field); err != nil {
		return p, err
	}
	if f, ok := entity.Field(p.Field); p.hasPrefix() && (!ok || f.Type != Text) {
		return p, errors.New("a prefix needs a field that holds text")
	}
	return p, nil
}

func (p Property) hasPrefix() bool {
	return p.Prefix != "" || slices.ContainsFunc(p.Else, func(a Alternative) bool { return a.Prefix != "" })
}

// bind sets Field from the custom property, else from a field of the same name.
func (p *Property) bind(entity Entity, field string) error {
	if field == "none" {
		return nil
	}
	field = strings.TrimPrefix(field, entity.Name+".")
	if field == "" {
		if _, ok := entity.Field(p.Name); ok {
			p.Field = p.Name
		}
		return nil
	}
	if _, ok := entity.Field(field); !ok {
		return fmt.Errorf("entity %s has no field %q; it has %s", entity.Name, field, strings.Join(entity.names(), ", "))
	}
	p.Field = field
	return nil
}

func (e Entity) names() []string {
	var names []string
	for _, f := range e.Fields {
		names = append(names, f.Name)
	}
	return names
}

func (p *Property) setPattern(text string) error {
	if text == "" {
		return nil
	}
	re, err := regexp.Compile("^(?:" + text + ")$")
	if err != nil {
		return fmt.Errorf("pattern: %w", err)
	}
	p.Pattern = re
	return nil
}

func (p *Property) applyQuality(q qualityEntry) error {
	switch q.Metric {
	case "invalidValues":
		if len(q.Arguments.ValidValues) > 0 {
			p.Allowed = q.Arguments.ValidValues
		}
		return p.setPattern(q.Arguments.Pattern)
	case "nullValues", "missingValues":
		p.Required = true
	case "duplicateValues":
		p.Unique = true
	default:
		return fmt.Errorf("metric %q is not invalidValues, nullValues, missingValues or duplicateValues", q.Metric)
	}
	return nil
}

func (p *Property) applyCustom(c customEntry, field *string) error {
	switch c.Property {
	case "field":
		return c.Value.into(field)
	case "aliases":
		return c.Value.into(&p.Aliases)
	case "constant":
		p.Constant = new(string)
		return c.Value.into(p.Constant)
	case "from":
		if err := c.Value.into(&p.From); err != nil {
			return err
		}
		if !strings.HasPrefix(p.From, "../") && !slices.Contains([]string{"$sheet", "$file", "$row", "$delivered", "$hash"}, p.From) {
			return fmt.Errorf("%q is not $sheet, $file, $row, $delivered, $hash or ../column", p.From)
		}
		return nil
	case "version":
		return c.Value.into(&p.Version)
	case "nulls":
		return c.Value.into(&p.Nulls)
	case "layout":
		return c.Value.into(&p.Layout)
	case "unit":
		if err := c.Value.into(&p.Unit); err != nil {
			return err
		}
		if !slices.Contains([]string{"minor", "epoch_s", "epoch_ms"}, p.Unit) {
			return fmt.Errorf("%q is not minor, epoch_s or epoch_ms", p.Unit)
		}
		return nil
	case "clean":
		return c.Value.into(&p.Clean)
	case "start":
		return c.Value.into(&p.Start)
	case "width":
		return c.Value.into(&p.Width)
	case "words":
		return c.Value.into(&p.Words)
	case "prefix":
		return c.Value.into(&p.Prefix)
	case "else":
		return c.applyElse(p)
	case "matches":
		var text string
		if err := c.Value.into(&text); err != nil {
			return err
		}
		re, err := regexp.Compile(text)
		p.Matches = re
		return err
	default:
		return errors.New("unknown; known are field, aliases, constant, from, version, nulls, layout, unit, clean, start, width, words, matches, prefix, else")
	}
}

func (c customEntry) applyElse(p *Property) error {
	var list []struct {
		Column string `yaml:"column"`
		Prefix string `yaml:"prefix"`
	}
	if err := c.Value.into(&list); err != nil {
		return err
	}
	for _, a := range list {
		if a.Column == "" {
			return errors.New("an entry lacks its column")
		}
		p.Else = append(p.Else, Alternative(a))
	}
	return nil
}
