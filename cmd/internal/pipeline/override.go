package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/cmd/internal/config"
	"loadstar/dedupe"
	"loadstar/load/publish"
	"loadstar/schemas"
	"loadstar/transform"
)

// Setting is one value that a person sets for a customer; field is one of
// dedupe.OverrideFields, or address or name for all of their parts.
type Setting struct{ Field, Value string }

// wholes are the words that stand for several fields: the field that a value
// is read into, and those that it speaks for.
func wholes() map[string][]string {
	return map[string][]string{
		"address": {"address_line", "street", "house_number", "unit"},
		"name":    {"full_name", "title", "given_name", "middle_name", "family_name", "suffix"},
	}
}

// Overrides cleanses settings as a feed's values are, and ties them to the
// customer. The error names the field, never the value.
func Overrides(cfg config.Config, settings []Setting, of dedupe.StoredOverride) ([]dedupe.StoredOverride, error) {
	given := map[string]string{}
	var spoken []string // fields that the settings speak for
	for _, s := range settings {
		fields := []string{s.Field}
		if parts, ok := wholes()[s.Field]; ok {
			fields = parts
		}
		if slices.Contains(spoken, fields[0]) {
			return nil, fmt.Errorf("%s is set twice", s.Field)
		}
		if len(s.Value) > longestValue || !utf8.ValidString(s.Value) {
			return nil, fmt.Errorf("%s is longer than %d bytes, or not valid UTF-8", s.Field, longestValue)
		}
		given[fields[0]] = strings.TrimSpace(s.Value)
		spoken = append(spoken, fields...)
	}
	clean, err := cleansed(cfg.Company, given)
	if err != nil {
		return nil, err
	}
	place, err := placeOf(cfg.Company, given, clean)
	if err != nil {
		return nil, err
	}
	spoken = append(spoken, place...)
	slices.Sort(spoken)
	var set []dedupe.StoredOverride
	for _, field := range slices.Compact(spoken) {
		o := of
		o.Field, o.Value = field, clean[field]
		if err := o.Check(); err != nil {
			return nil, err
		}
		if given[field] != "" && o.Value == "" && field != "full_name" && field != "address_line" {
			return nil, fmt.Errorf("%s: the value is a placeholder, or not of the field's form", field)
		}
		set = append(set, o)
	}
	return set, nil
}

// placeOf are the fields that an address with its place in one text speaks for
// beside the street: an old postcode does not stay beside a new city. Of the
// country it speaks where it names one, or where the postcode is none of the
// company's country.
func placeOf(company config.Company, given, clean map[string]string) ([]string, error) {
	if given["address_line"] == "" || given["postcode"] != "" || given["city"] != "" || clean["postcode"] == "" && clean["city"] == "" {
		return nil, nil
	}
	fields := []string{"postcode", "city", "region"}
	company.Country = ""
	anywhere, err := cleansed(company, given)
	if err != nil {
		return nil, err
	}
	if anywhere["country_code"] != "" || clean["country_code"] == "" {
		fields = append(fields, "country_code")
	}
	return fields, nil
}

// cleansed runs values through the functions that cleanse feeds.
func cleansed(company config.Company, given map[string]string) (map[string]string, error) {
	entity, err := schemas.EntityNamed("customer")
	if err != nil {
		return nil, err
	}
	o := schemas.Object{Name: "override", Entity: "customer"}
	columns := []arrow.Array{numberColumn(1)}
	fields := []arrow.Field{{Name: schemas.ColRow, Type: arrow.PrimitiveTypes.Int64}}
	defer func() {
		for _, c := range columns {
			c.Release()
		}
	}()
	for _, f := range entity.Fields {
		value, ok := given[f.Name]
		if !ok || value == "" {
			continue
		}
		logical := map[schemas.Type]string{schemas.Date: "date", schemas.Bool: "boolean"}[f.Type]
		if logical == "" {
			logical = "string"
		}
		o.Properties = append(o.Properties, schemas.Property{Name: f.Name, Logical: logical, Field: f.Name})
		columns = append(columns, textColumn(value))
		fields = append(fields, arrow.Field{Name: f.Name, Type: arrow.BinaryTypes.String, Nullable: true})
	}
	if len(o.Properties) == 0 {
		return map[string]string{}, nil
	}
	plan, err := transform.NewPlan(schemas.Contract{Feed: "override", System: "override", Dialect: schemas.Dialect{Format: "jsonl"},
		Locale: schemas.Locale{Date: "iso"}, Objects: []schemas.Object{o}},
		transform.Defaults{TimeZone: company.TimeZone, Country: company.Country, Currency: company.Currency})
	if err != nil {
		return nil, fmt.Errorf("cleanse override: %w", err)
	}
	raw := array.NewRecordBatch(arrow.NewSchema(fields, nil), columns, 1)
	defer raw.Release()
	conformed, err := plan.Apply(schemas.Decoded{Record: raw}, transform.Place{})
	if err != nil {
		return nil, fmt.Errorf("cleanse override: %w", err)
	}
	defer conformed[0].Record.Release()
	if rejects := conformed[0].Rejects; len(rejects) > 0 {
		return nil, fmt.Errorf("%s: %s", rejects[0].Column, rejects[0].Reason)
	}
	return firstRow(conformed[0].Record), nil
}

func numberColumn(n int64) arrow.Array {
	b := array.NewInt64Builder(memory.DefaultAllocator)
	defer b.Release()
	b.Append(n)
	return b.NewArray()
}

func textColumn(value string) arrow.Array {
	b := array.NewStringBuilder(memory.DefaultAllocator)
	defer b.Release()
	b.Append(value)
	return b.NewArray()
}

// firstRow are the values of the first row, by column, without nulls.
func firstRow(record arrow.RecordBatch) map[string]string {
	values := map[string]string{}
	if record.NumRows() == 0 {
		return values
	}
	for i, f := range record.Schema().Fields() {
		switch c := record.Column(i).(type) {
		case *array.String:
			if c.IsValid(0) {
				values[f.Name] = strings.Clone(c.Value(0))
			}
		case *array.Boolean:
			if c.IsValid(0) {
				values[f.Name] = strconv.FormatBool(c.Value(0))
			}
		case *array.Date32:
			if c.IsValid(0) {
				values[f.Name] = c.Value(0).ToTime().UTC().Format(time.DateOnly)
			}
		}
	}
	return values
}

// Anchor is the party that stands for a customer in overrides: the smallest of
// its records. It fails where the key was never given out or has no record.
func (e *Evidence) Anchor(ctx context.Context, key int64) (customer, party int64, err error) {
	if customer, err = e.Resolve(ctx, key); err != nil {
		return 0, 0, err
	}
	members, err := e.Members(ctx, customer)
	if err != nil {
		return 0, 0, err
	}
	for _, m := range members {
		if party == 0 || m.Record < party {
			party = m.Record
		}
	}
	if party == 0 {
		return 0, 0, fmt.Errorf("no record is customer %d in this version", key)
	}
	return customer, party, nil
}

// StandingOverrides are the overrides that hold, by party.
func StandingOverrides(w publish.Warehouse) (dedupe.Overrides, error) {
	all, err := readDecisions(w)
	if err != nil {
		return nil, err
	}
	return dedupe.HoldingOverrides(all.Values), nil
}

// StandingOverrides are the overrides that hold for the parties of a customer.
func (e *Evidence) StandingOverrides(ctx context.Context, customer int64) ([]dedupe.StoredOverride, error) {
	holding, err := StandingOverrides(e.warehouse)
	if err != nil {
		return nil, err
	}
	members, err := e.Members(ctx, customer)
	if err != nil {
		return nil, err
	}
	var set []dedupe.StoredOverride
	for _, m := range members {
		set = append(set, holding[m.Record]...)
	}
	return set, nil
}
