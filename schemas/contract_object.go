package schemas

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"loadstar/schemas/fault"
)

func (e objectEntry) object() (Object, fault.List) {
	o := Object{Name: e.Name}
	var faults fault.List
	if !feedName.MatchString(e.Name) {
		faults.Add(e.At["name"], fault.ContractValue, errors.New("name must be lower-case letters, digits and _"))
	}
	entityAt := e.At[""]
	applyEach(&faults, "", e.Custom, objectWords, func(p customEntry) error {
		switch p.Property {
		case "entity":
			entityAt = p.Value.Place()
			return p.Value.into(&o.Entity)
		case "path":
			return p.Value.into(&o.Path)
		case "when":
			return p.applyWhen(&o)
		case "repeats":
			return p.Value.into(&o.Repeats)
		default:
			return p.Value.into(&o.References)
		}
	})
	if o.Entity == "" {
		faults.Add(e.At["name"], fault.ContractLacks, errors.New("customProperties lacks entity: which canonical entity do its rows become?"))
		return o, faults
	}
	entity, err := EntityNamed(o.Entity)
	if err != nil {
		faults.Add(entityAt, fault.ContractField, err)
		return o, faults
	}
	if e.LogicalType != "" && e.LogicalType != "object" {
		faults.Add(e.At["logicalType"], fault.ContractValue, fmt.Errorf("logicalType is %q, expected object", e.LogicalType))
	}
	for _, q := range e.Quality {
		if err := o.applyQuality(q); err != nil {
			faults.Add(q.At[""], fault.ContractValue, fmt.Errorf("quality: %w", err))
		}
	}
	for role := range o.References {
		if _, known := entity.Field(role + "_id"); !known {
			faults.Add(e.At["customProperties"], fault.ContractField,
				fmt.Errorf("references: entity %s has no field %q; %s", entity.Name, role+"_id", fault.DidYouMean(role+"_id", entity.names())))
		}
	}
	e.properties(&o, entity, &faults)
	if err := o.checkTogether(); err != nil {
		faults.Add(e.At["quality"], fault.ContractValue, fmt.Errorf("quality: %w", err))
	}
	return o, faults
}

// properties reads the columns of an object.
func (e objectEntry) properties(o *Object, entity Entity, faults *fault.List) {
	fed := map[string]string{}
	keys := 0
	for _, entry := range e.Properties {
		p, wrong := entry.property(entity)
		for _, w := range wrong {
			faults.Add(entry.At[""], fault.ContractValue, fmt.Errorf("property %s: %w", entry.Name, w))
		}
		if entry.Name == "" {
			faults.Add(entry.At[""], fault.ContractLacks, errors.New("a property lacks its name: the header of its column"))
		}
		if entry.PrimaryKey {
			keys++
			p.Key = keys
			if entry.KeyPosition > 0 {
				p.Key = entry.KeyPosition
			}
		} else if entry.KeyPosition != 0 {
			faults.Add(entry.At["primaryKeyPosition"], fault.ContractValue, fmt.Errorf("property %s: primaryKeyPosition needs primaryKey: true", entry.Name))
		}
		if p.Field != "" {
			if other, taken := fed[p.Field]; taken {
				faults.Add(entry.At[""], fault.ContractTwice, fmt.Errorf("properties %s and %s both feed field %s", other, p.Name, p.Field))
			}
			fed[p.Field] = p.Name
		}
		o.Properties = append(o.Properties, p)
	}
	if len(o.KeyProperties()) != keys {
		faults.Add(e.At["properties"], fault.ContractValue, errors.New("primaryKeyPosition must count 1, 2, … without gaps"))
	}
}

func (e propertyEntry) property(entity Entity) (Property, fault.List) {
	p := Property{
		Name:     e.Name,
		Meaning:  e.Description,
		Logical:  e.LogicalType,
		Required: e.Required || e.PrimaryKey,
		Unique:   e.Unique,
		PII:      strings.EqualFold(e.Classification, "pii"),
		Minimum:  e.Options.Minimum,
		Maximum:  e.Options.Maximum,
		Above:    e.Options.ExclusiveMinimum,
		Below:    e.Options.ExclusiveMaximum,
		MinLen:   e.Options.MinLength,
		MaxLen:   e.Options.MaxLength,
		Layout:   e.Options.Format,
	}
	var faults fault.List
	switch {
	case e.LogicalType == "":
		p.Logical = "string"
	case !slices.Contains(logicalTypes, e.LogicalType):
		faults.Add(e.At["logicalType"], fault.ContractValue, fault.Unknown("", "logicalType", e.LogicalType, logicalTypes))
	}
	p.Multiple = e.Options.MultipleOf
	if e.Options.MinLength < 0 || e.Options.MaxLength < 0 || e.Options.MaxLength > 0 && e.Options.MaxLength < e.Options.MinLength {
		faults.Add(e.Options.At[""], fault.ContractValue, errors.New("logicalTypeOptions: no text is that long: minLength and maxLength contradict each other"))
	}
	p.applyPhysical(e.PhysicalType)
	faults.Add(e.Options.At["pattern"], fault.ContractValue, p.setPattern(e.Options.Pattern))
	for _, q := range e.Quality {
		if err := p.applyQuality(q); err != nil {
			faults.Add(q.At[""], fault.ContractValue, fmt.Errorf("quality: %w", err))
		}
	}
	field, fieldAt := "", e.At["name"]
	applyEach(&faults, "", e.Custom, propertyWords, func(c customEntry) error {
		if c.Property == "field" {
			fieldAt = c.Value.Place()
		}
		return p.applyCustom(c, &field)
	})
	faults.Add(fieldAt, fault.ContractField, p.bind(entity, field))
	faults.Add(e.At["name"], fault.ContractValue, p.checkField(entity))
	return p, faults
}

// logicalTypes are those of the standard that a column may have.
var logicalTypes = []string{"string", "integer", "number", "boolean", "date", "timestamp"}

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
		return fmt.Errorf("entity %s has no field %q; %s", entity.Name, field, fault.DidYouMean(field, entity.names()))
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

func (p *Property) applyCustom(c customEntry, field *string) error {
	if plain := p.plainCustom(c.Property, field); plain != nil {
		return c.Value.into(plain)
	}
	switch c.Property {
	case "from":
		if err := c.Value.into(&p.From); err != nil {
			return err
		}
		if !strings.HasPrefix(p.From, "../") && !slices.Contains([]string{"$sheet", "$file", "$row", "$delivered", "$hash"}, p.From) {
			return fmt.Errorf("%q is not $sheet, $file, $row, $delivered, $hash or ../column", p.From)
		}
		return nil
	case "part":
		return p.applyPart(c)
	case "absent":
		return c.applyWord("allowed", &p.Absent)
	case "unit":
		if err := c.Value.into(&p.Unit); err != nil {
			return err
		}
		if !slices.Contains([]string{"minor", "micros", "thousands", "millions", "fraction", "epoch_s", "epoch_ms", "epoch_us", "excel_days"}, p.Unit) {
			return fmt.Errorf("%q is not minor, micros, thousands, millions, fraction, epoch_s, epoch_ms, epoch_us or excel_days", p.Unit)
		}
		return nil
	case "fill":
		return c.applyWord("down", &p.FillDown)
	case "counts":
		return c.applyWord("rows", &p.IsCount)
	case "else":
		return c.applyElse(p)
	default: // matches
		var text string
		if err := c.Value.into(&text); err != nil {
			return err
		}
		re, err := regexp.Compile(text)
		p.Matches = re
		return err
	}
}

// plainCustom is where a custom property goes that is taken as it stands, nil for
// the others.
func (p *Property) plainCustom(name string, field *string) any {
	switch name {
	case "field":
		return field
	case "aliases":
		return &p.Aliases
	case "constant":
		p.Constant = new(string)
		return p.Constant
	case "version":
		return &p.Version
	case "nulls":
		return &p.Nulls
	case "layout":
		return &p.Layout
	case "clean":
		return &p.Clean
	case "start":
		return &p.Start
	case "width":
		return &p.Width
	case "words":
		return &p.Words
	case "prefix":
		return &p.Prefix
	case "negate":
		return &p.Negate
	case "float":
		return &p.Float
	case "time":
		return &p.Time
	}
	return nil
}

func (p *Property) applyPart(c customEntry) error {
	var text string
	if err := c.Value.into(&text); err != nil {
		return err
	}
	re, err := regexp.Compile(text)
	if err != nil {
		return err
	}
	if re.NumSubexp() < 1 {
		return errors.New("the expression needs a group around the part")
	}
	p.Part = re
	return nil
}

// applyWord says whether an entry has the only word that it takes.
func (c customEntry) applyWord(only string, is *bool) error {
	var word string
	if err := c.Value.into(&word); err != nil {
		return err
	}
	if *is = word == only; !*is {
		return fmt.Errorf("%q is not the word %s, the only one that %s takes", word, only, c.Property)
	}
	return nil
}

// checkField refuses what the type of the field does not bear.
func (p *Property) checkField(entity Entity) error {
	f, ok := entity.Field(p.Field)
	hasPrefix := p.Prefix != "" || slices.ContainsFunc(p.Else, func(a Alternative) bool { return a.Prefix != "" })
	switch {
	case hasPrefix && (!ok || f.Type != Text):
		return errors.New("a prefix needs a field that holds text")
	case p.Time != "" && (ok && f.Type != Timestamp || !ok && p.Logical != "timestamp" || p.Unit != ""):
		return errors.New("time needs a field, or a logicalType, that is a timestamp written as a date")
	case p.Negate && (!ok || f.Type != Decimal):
		return errors.New("negate needs a field that holds decimals")
	case p.Float && (!ok || f.Type != Decimal):
		return errors.New("float needs a field that holds decimals")
	case p.Part != nil && p.From != "$sheet" && p.From != "$file":
		return errors.New("part needs from: $sheet or $file")
	case p.Clean != "" && (!ok || f.Type != Text):
		return errors.New("clean needs a field that holds text")
	case p.IsCount && (ok || p.Key > 0 || p.Version || p.Constant != nil || p.From != ""):
		return errors.New("counts: rows needs a column of the delivery that feeds no field and is no key")
	case p.Unique && !ok && (p.Constant != nil || p.From != ""):
		return errors.New("unique needs a field, or a column of the delivery")
	}
	return nil
}

func (c customEntry) applyElse(p *Property) error {
	var list []struct {
		Column string            `yaml:"column"`
		Prefix string            `yaml:"prefix"`
		Words  map[string]string `yaml:"words"`
		Nulls  []string          `yaml:"nulls"`
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

// applyWhen reads one column or a list of them, or columns with the texts that
// they must have.
func (c customEntry) applyWhen(o *Object) error {
	var one string
	if err := c.Value.into(&one); err == nil {
		o.When = []string{one}
		return nil
	}
	if err := c.Value.into(&o.When); err == nil {
		return nil
	}
	o.When = nil
	var list []struct {
		Column string   `yaml:"column"`
		Is     []string `yaml:"is"`
		Not    []string `yaml:"not"`
		Others string   `yaml:"others"`
	}
	if err := c.Value.into(&list); err != nil {
		return err
	}
	o.WhenIs, o.WhenNot = map[string][]string{}, map[string][]string{}
	for _, w := range list {
		if w.Column == "" {
			return errors.New("an entry of when lacks its column")
		}
		if slices.Contains(o.When, w.Column) {
			return fmt.Errorf("when names column %s twice", w.Column)
		}
		o.When = append(o.When, w.Column)
		if len(w.Is) > 0 {
			o.WhenIs[w.Column] = w.Is
		}
		if len(w.Not) > 0 {
			o.WhenNot[w.Column] = w.Not
		}
		switch {
		case len(w.Is) > 0 && len(w.Not) > 0:
			return fmt.Errorf("column %s of when has both is and not", w.Column)
		case w.Others == "":
		case w.Others != "leave":
			return fmt.Errorf("%q is not the word leave, the only one that others takes", w.Others)
		case len(w.Is) == 0:
			return fmt.Errorf("others of column %s needs is: other than what?", w.Column)
		default:
			o.WhenLeaves = append(o.WhenLeaves, w.Column)
		}
	}
	return nil
}
