package transform

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"loadstar/schemas"
)

func (p *Plan) newObject(o schemas.Object) (*objectPlan, error) {
	entity, err := schemas.EntityNamed(o.Entity)
	if err != nil {
		return nil, err
	}
	op := &objectPlan{object: o, entity: entity, version: -1}
	op.system = firstOf(o.References["customer"], p.contract.System)
	op.referrer = firstOf(o.References["referred_by_customer"], op.system)
	op.setOutputs(p)
	if err := op.setColumns(p); err != nil {
		return nil, err
	}
	op.setKeys()
	op.setSteps()
	op.setHashed(p.contract.Feed)
	op.setSchema()
	return op, nil
}

// setOutputs lists the canonical fields: the mapped ones and those that
// cleansing derives from them.
func (op *objectPlan) setOutputs(p *Plan) {
	fed := map[string]bool{}
	lineage := map[string]bool{}
	for _, prop := range op.object.Properties {
		if prop.Field != "" {
			fed[prop.Field] = true
			lineage[prop.Field] = slices.Contains([]string{"$row", "$file", "$delivered"}, prop.From)
		}
	}
	op.hasAmounts = op.feedsMoney(fed)
	derived := op.derivedFields(p, fed)
	for _, f := range op.entity.Fields {
		if fed[f.Name] || derived[f.Name] {
			op.outputs = append(op.outputs, output{
				field: f, mapped: fed[f.Name], lineage: lineage[f.Name],
				isText: f.Type == schemas.Text, namePart: schemas.AppendPart(nil, f.Name, true),
			})
		}
	}
	op.slots = len(op.outputs)
}

func (op *objectPlan) derivedFields(p *Plan, fed map[string]bool) map[string]bool {
	derived := map[string]bool{}
	add := func(names ...string) {
		for _, n := range names {
			if _, ok := op.entity.Field(n); ok {
				derived[n] = true
			}
		}
	}
	if op.entity.Name == "customer" {
		add("customer_id", "party_type")
		if fed["full_name"] || fed["given_name"] || fed["family_name"] {
			add("title", "given_name", "middle_name", "family_name", "suffix", "former_family_name", "second_person_name", "organisation_name")
		}
	}
	if fed["address_line"] {
		add("street", "house_number", "unit")
		if !fed["postcode"] && !fed["city"] {
			add("postcode", "city", "region", "country_code")
		}
	}
	if fed["street"] && !fed["house_number"] {
		add("house_number", "unit")
	}
	if p.locale.country != "" && (fed["address_line"] || fed["street"] || fed["postcode"] || fed["city"]) {
		add("country_code")
	}
	if p.locale.currency != "" && op.feedsMoney(fed) {
		add("currency_code")
		if !fed["currency_code"] {
			add("is_currency_assumed")
		}
	}
	return derived
}

func (op *objectPlan) feedsMoney(fed map[string]bool) bool {
	for _, f := range op.entity.Fields {
		if fed[f.Name] && isAmount(f) {
			return true
		}
	}
	return false
}

// isAmount tells amounts of money from other decimals.
func isAmount(f schemas.Field) bool {
	return f.Type == schemas.Decimal && f.Name != "quantity" && !strings.HasSuffix(f.Name, "_percent")
}

func (op *objectPlan) slot(field string) int {
	for i, out := range op.outputs {
		if out.field.Name == field {
			return i
		}
	}
	return -1
}

func (op *objectPlan) setColumns(p *Plan) error {
	for i, prop := range op.object.Properties {
		c, err := p.newColumn(op, prop)
		if err != nil {
			return fmt.Errorf("property %s: %w", prop.Name, err)
		}
		c.property = i
		c.slot = op.slot(prop.Field)
		if c.slot < 0 {
			c.slot = op.slots
			op.slots++
		}
		if c.money >= 0 {
			c.money = len(op.money)
			op.money = append(op.money, prop.Field)
		}
		c.setOthers()
		op.usesHash = op.usesHash || prop.From == "$hash"
		op.tellsBy(c)
		op.columns = append(op.columns, c)
	}
	sort.SliceStable(op.columns, func(i, j int) bool { return op.columns[i].early() && !op.columns[j].early() })
	for i, c := range op.columns {
		if !c.prop.Version {
			continue
		}
		if op.version >= 0 {
			return errors.New("two properties have version: true")
		}
		if c.kind == kindText || c.kind == kindBool {
			return fmt.Errorf("property %s: a version needs logicalType timestamp, date, integer or number", c.prop.Name)
		}
		op.version = i
	}
	return nil
}

// tellsBy keeps a column that tells of a row something else than a number.
func (op *objectPlan) tellsBy(c column) {
	isDate := c.kind == kindDate || c.kind == kindTimestamp
	if isNumber := c.kind == kindInteger || c.kind == kindDecimal || c.kind == kindRate; isNumber || c.prop.Constant != nil || c.prop.From != "" {
		return
	}
	op.told = append(op.told, c.slot)
	op.isDated = op.isDated || isDate
}

func (op *objectPlan) setKeys() {
	for _, key := range op.object.KeyProperties() {
		for _, c := range op.columns {
			if c.prop.Key == key.Key {
				op.keys = append(op.keys, c.slot)
			}
		}
	}
}

func (op *objectPlan) setSteps() {
	_, op.hasCustomer = op.entity.Field("customer_id")
	_, op.hasReferrer = op.entity.Field("referred_by_customer_id")
	op.customerSlot = op.slot("customer_id")
	op.referrerSlot = op.slot("referred_by_customer_id")
	op.countrySlot = op.slot("country_code")
	op.currencySlot = op.slot("currency_code")
	op.assumedSlot = op.slot("is_currency_assumed")
	if op.entity.Name == "customer" {
		op.names = op.newNameSlots()
	}
	if _, ok := op.entity.Field("house_number"); ok {
		op.address = op.newAddressSlots()
	}
}

// setHashed puts the fields that make a row's content in order of their name.
// Where a value was delivered is no content.
func (op *objectPlan) setHashed(feed string) {
	for _, part := range []string{"row", feed, op.object.Name} {
		op.idPrefix = schemas.AppendPart(op.idPrefix, part, true)
	}
	for i, out := range op.outputs {
		if !out.lineage {
			op.hashed = append(op.hashed, i)
		}
	}
	sort.Slice(op.hashed, func(i, j int) bool {
		return op.outputs[op.hashed[i]].field.Name < op.outputs[op.hashed[j]].field.Name
	})
}

func (op *objectPlan) setSchema() {
	fields := []arrow.Field{
		{Name: schemas.ColRowID, Type: schemas.IDType},
		{Name: schemas.ColContentHash, Type: schemas.IDType},
		{Name: schemas.ColFileKey, Type: arrow.PrimitiveTypes.Int64},
		{Name: schemas.ColSourceRow, Type: arrow.PrimitiveTypes.Int64},
		{Name: schemas.ColVersionAt, Type: arrow.PrimitiveTypes.Int64, Nullable: true},
	}
	if op.hasCustomer {
		fields = append(fields, arrow.Field{Name: schemas.ColCustomerKey, Type: arrow.PrimitiveTypes.Int64, Nullable: true})
	}
	if op.hasReferrer {
		fields = append(fields, arrow.Field{Name: schemas.ColReferrerKey, Type: arrow.PrimitiveTypes.Int64, Nullable: true})
	}
	for _, out := range op.outputs {
		fields = append(fields, arrow.Field{Name: out.field.Name, Type: out.field.Type.Arrow(), Nullable: true})
	}
	fields = append(fields, arrow.Field{Name: schemas.ColAttributes, Type: arrow.BinaryTypes.String, Nullable: true})
	op.schema = arrow.NewSchema(fields, nil)
}
