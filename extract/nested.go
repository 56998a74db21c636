package extract

import (
	"os"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"loadstar/schemas"
	"loadstar/schemas/fault"
)

// isNested says whether rows are read as JSON records: a column holds others,
// or the contract reads rows or values above them by their path.
func isNested(schema *arrow.Schema, objects []schemas.Object) bool {
	return slices.ContainsFunc(objects, func(o schemas.Object) bool { return o.Path != "" }) ||
		slices.ContainsFunc(schema.Fields(), func(f arrow.Field) bool { return !hasText(f.Type) })
}

// HasNested says whether a Parquet or Arrow file has columns that hold others;
// false where it can't be read.
func HasNested(path, format string) bool {
	in, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = in.Close() }() // nothing was written
	var schema *arrow.Schema
	err = guarded(func() (err error) {
		if format == "parquet" {
			_, schema, err = openColumns(in, nil)
			return err
		}
		batches, err := openBatches(in)
		if err == nil {
			schema = batches.schema
			batches.close()
		}
		return err
	})
	return err == nil && isNested(schema, nil)
}

// elementOf is the type of the values in a list; nil where it is none.
func elementOf(t arrow.DataType) arrow.DataType {
	switch t := t.(type) {
	case *arrow.MapType: // a list of its pairs to Arrow, an object here
		return nil
	case arrow.ListLikeType:
		return t.Elem()
	}
	return nil
}

// refuseType refuses a column that has no text, also not that of JSON.
func refuseType(name string, t arrow.DataType) error {
	if hasText(t) {
		return nil
	}
	if element := elementOf(t); element != nil {
		return refuseType(name+"[]", element)
	}
	switch t := t.(type) {
	case *arrow.StructType:
		known := map[string]bool{}
		for _, field := range t.Fields() {
			if known[field.Name] {
				return fault.New(fault.DeliveryNested, "column %s holds %q twice; rename one", name, field.Name)
			}
			known[field.Name] = true
			if err := refuseType(name+"."+field.Name, field.Type); err != nil {
				return err
			}
		}
		return nil
	case *arrow.MapType:
		if err := refuseType(name+" (key)", t.KeyType()); err != nil || !hasText(t.KeyType()) {
			return fault.New(fault.DeliveryNested, "column %s is a %s, whose keys have no text", name, t)
		}
		return refuseType(name+" (value)", t.ItemType())
	case *arrow.DictionaryType:
		return refuseType(name, t.ValueType)
	}
	return fault.New(fault.DeliveryNested, "column %s is a %s, which has no text of its own; deliver it as text or as a number", name, t)
}

// refuseDurations refuses columns that were durations to the writer of a Parquet
// file, which are bare numbers there; the schema is the writer's, nil = unknown.
func refuseDurations(writer *arrow.Schema) error {
	if writer == nil {
		return nil
	}
	for _, field := range writer.Fields() {
		if holdsDuration(field.Type) {
			return fault.New(fault.DeliveryNested, "column %s is a %s, which has no text of its own; deliver it as text or as a number", field.Name, field.Type)
		}
	}
	return nil
}

func holdsDuration(t arrow.DataType) bool {
	if t.ID() == arrow.DURATION {
		return true
	}
	of, ok := t.(arrow.NestedType)
	return ok && slices.ContainsFunc(of.Fields(), func(f arrow.Field) bool { return holdsDuration(f.Type) })
}

// presentObjects are the objects of a contract with those properties alone that
// the columns can have a value for, so that a column which is missing is told as
// in any other table.
func presentObjects(schema *arrow.Schema, objects []schemas.Object) ([]schemas.Object, error) {
	root := arrow.StructOf(schema.Fields()...)
	present := slices.Clone(objects)
	for i, o := range present {
		rows := typeAt(root, splitPath(o.Path))
		if rows == nil {
			return nil, fault.New(fault.DeliveryColumn, "no column holds the rows of %s: there is no %s; its columns are %s", o.Name, o.Path, strings.Join(fieldNames(schema), ", "))
		}
		var kept []schemas.Property
		for _, p := range o.Properties {
			if p.From != "" || p.Constant != nil || brings(rows, p) {
				kept = append(kept, p)
			}
		}
		present[i].Properties = kept
	}
	return present, nil
}

// brings says whether rows may have a value for a property.
func brings(rows arrow.DataType, p schemas.Property) bool {
	object, isObject := rows.(*arrow.StructType)
	if !isObject {
		_, isMap := rows.(*arrow.MapType)
		return isMap || p.Name == "value" // a list of single values
	}
	return slices.ContainsFunc(append([]string{p.Name}, p.Aliases...), func(name string) bool {
		return typeAt(rows, splitPath(name)) != nil ||
			slices.ContainsFunc(object.Fields(), func(f arrow.Field) bool { return sameHeader(f.Name, name) })
	})
}

// typeAt is the type of the values at the end of a path, nil where there are
// none. Lists are passed through: each of their values stands there.
func typeAt(t arrow.DataType, path []string) arrow.DataType {
	if d, ok := t.(*arrow.DictionaryType); ok {
		t = d.ValueType
	}
	if element := elementOf(t); element != nil {
		return typeAt(element, path)
	}
	if len(path) == 0 {
		return t
	}
	switch t := t.(type) {
	case *arrow.StructType:
		if i, ok := t.FieldIdx(path[0]); ok {
			return typeAt(t.Field(i).Type, path[1:])
		}
	case *arrow.MapType: // which keys there are, the rows tell
		return typeAt(t.ItemType(), path[1:])
	}
	return nil
}
