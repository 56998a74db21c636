package extract

import (
	"encoding/binary"
	"testing"
)

// TestSharedFields: lists of fields that share theirs from level to level are
// refused at once: there would be more of them than anybody can count.
func TestSharedFields(t *testing.T) {
	t.Parallel()
	const levels = 60
	var buf []byte
	short := func(values ...uint16) {
		for _, v := range values {
			buf = binary.LittleEndian.AppendUint16(buf, v)
		}
	}
	long := func(values ...uint32) {
		for _, v := range values {
			buf = binary.LittleEndian.AppendUint32(buf, v)
		}
	}
	long(0) // the root, below
	ofSchema := len(buf)
	short(8, 8, 0, 4) // where its fields are
	ofField := len(buf)
	short(16, 8, 0, 0, 0, 0, 0, 4) // where its children are
	binary.LittleEndian.PutUint32(buf, uint32(len(buf)))
	for level := range levels {
		names := ofField
		if level == 0 {
			names = ofSchema
		}
		long(uint32(len(buf)-names), 4, 2, 8, 4) // both are the field that comes next
	}
	long(uint32(len(buf)-ofField), 4, 0) // which has no children
	schema, ok := flatRoot(buf)
	if !ok {
		t.Fatal("the schema is not found")
	}
	if _, count, ok := schema.list(1, refBytes); !ok || count != 2 {
		t.Fatalf("%d fields, %t, want 2", count, ok)
	}
	if schemaFits(schema) {
		t.Error("fields of fields without end are taken")
	}
	alone, ok := flatTable{buf: buf, at: len(buf) - 12}, true
	if left := 1; !ok || !fieldsFit(alone, 5, 1, &left) {
		t.Error("a field without children is refused")
	}
}
