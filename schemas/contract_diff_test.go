package schemas_test

import (
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"loadstar/schemas"
)

func parsed(t *testing.T, text string) schemas.Contract {
	t.Helper()
	c, err := schemas.ParseContract("contacts.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestDiffContracts changes one thing at a time, and back: what is breaking one
// way is mostly not the other way.
func TestDiffContracts(t *testing.T) {
	for name, test := range map[string]struct {
		from, to   string
		there      string // what the change says, "" = no change
		breaks     bool
		back       bool // the way back breaks
		wantsWhere string
	}{
		"nothing":         {"id: crm-contacts", "id: crm-contacts2", "", false, false, ""},
		"system":          {"value: crm}", "value: crm2}", "owns the ids", true, true, "contract"},
		"mode":            {"value: delta", "value: snapshot", "delivery changes from delta to snapshot", true, true, "contract"},
		"delimiter":       {`delimiter: ";"`, `delimiter: "|"`, "dialect: delimiter", true, true, "contract"},
		"ragged":          {`delimiter: ";"`, `delimiter: ";", ragged: pad`, "ragged", false, true, "contract"},
		"locale":          {"date: dd/mm/yyyy", "date: mm/dd/yyyy", "locale: date", true, true, "contract"},
		"alias":           {"[First Name, Vorname]", "[First Name]", `header "Vorname" is no longer read`, true, false, "contacts.FName"},
		"rename":          {"- name: FName", "- name: Vorname\n        description: renamed", "the property is gone", true, false, "contacts.FName"},
		"required":        {"- name: email", "- name: email\n        required: true", "a value is demanded now", true, false, "contacts.email"},
		"unique":          {"- name: email", "- name: email\n        unique: true", "a unique value is demanded now", true, false, "contacts.email"},
		"pii":             {"classification: pii", "classification: public", "values will be shown", true, false, "contacts.FName"},
		"minimum":         {"minimum: 0", "minimum: 10", "minimum changes from 0 to 10", true, false, "contacts.credit_limit"},
		"maximum":         {"maximum: 100000.5", "maximum: 99999", "maximum changes", true, false, "contacts.credit_limit"},
		"no maximum":      {", maximum: 100000.5", "", "maximum 100000.5 is gone", false, true, "contacts.credit_limit"},
		"type":            {"logicalType: number", "logicalType: string", "logicalType changes", true, true, "contacts.credit_limit"},
		"value":           {"validValues: [A, B]", "validValues: [A]", `value "B" is no longer valid`, true, false, "contacts.kind"},
		"new optional":    {"- name: email", "- name: shoe\n      - name: email", "the property is new", false, false, "contacts.shoe"},
		"new required":    {"- name: email", "- name: shoe\n        required: true\n      - name: email", "new and required", true, false, "contacts.shoe"},
		"field":           {"customer.given_name", "customer.middle_name", "the field changes from given_name to middle_name", true, true, "contacts.FName"},
		"error share":     {"- {property: delivery", "- {property: error_share, value: 0.01}\n  - {property: delivery", "error_share falls", true, false, "contract"},
		"allow":           {"- {property: delivery", "- {property: allow, value: [empty]}\n  - {property: delivery", "no longer demanded", false, true, "contract"},
		"delivered":       {"contacts_(", "people_(", "delivered changes", true, true, "contract"},
		"key to no field": {"value: customer_id", "value: none", "the field changes", true, false, "contacts.ContactID"},
	} {
		t.Run(name, func(t *testing.T) {
			changed := strings.Replace(contactsContract, test.from, test.to, 1)
			if changed == contactsContract {
				t.Fatal("the test changes nothing")
			}
			before, after := parsed(t, contactsContract), parsed(t, changed)
			there := schemas.DiffContracts(before, after)
			if test.there == "" {
				if len(there) > 0 {
					t.Errorf("changes %+v, want none", there)
				}
				return
			}
			if len(there) == 0 || !strings.Contains(there[0].What, test.there) || there[0].Breaking != test.breaks || there[0].Where != test.wantsWhere {
				t.Errorf("changes %+v, want %q", there, test.there)
			}
			back := schemas.DiffContracts(after, before)
			if len(back) == 0 || back[0].Breaking != test.back {
				t.Errorf("back: %+v, want breaking %v", back, test.back)
			}
		})
	}
}

// TestDiffContractsSeesEveryField sets each field of a contract in turn: none,
// nor one that is added later, may change unseen.
func TestDiffContractsSeesEveryField(t *testing.T) {
	parts := map[string]func(c *schemas.Contract) reflect.Value{
		"contract": func(c *schemas.Contract) reflect.Value { return reflect.ValueOf(c).Elem() },
		"dialect":  func(c *schemas.Contract) reflect.Value { return reflect.ValueOf(&c.Dialect).Elem() },
		"locale":   func(c *schemas.Contract) reflect.Value { return reflect.ValueOf(&c.Locale).Elem() },
		"allow":    func(c *schemas.Contract) reflect.Value { return reflect.ValueOf(&c.Allow).Elem() },
		"object":   func(c *schemas.Contract) reflect.Value { return reflect.ValueOf(&c.Objects[0]).Elem() },
		"property": func(c *schemas.Contract) reflect.Value { return reflect.ValueOf(&c.Objects[0].Properties[2]).Elem() },
	}
	silent := map[string]bool{"contract.Version": true, "contract.Description": true, "contract.SHA256": true, "property.Meaning": true, "contract.Shipped": true, "contract.DialectWords": true}
	for part, of := range parts {
		before := parsed(t, contactsContract)
		for i := range of(&before).NumField() {
			after := parsed(t, contactsContract)
			field := of(&after).Field(i)
			name := part + "." + of(&after).Type().Field(i).Name
			if silent[name] || !other(field) {
				continue
			}
			if name == "object.WhenLeaves" { // of a when column
				after.Objects[0].When, before.Objects[0].When = []string{after.Objects[0].WhenLeaves[0]}, []string{after.Objects[0].WhenLeaves[0]}
			}
			if len(schemas.DiffContracts(before, after)) == 0 {
				t.Errorf("a change of %s is not seen", name)
			}
		}
	}
}

// other gives a field another value; false where it holds parts that are
// looked at themselves.
func other(field reflect.Value) bool {
	switch v := field.Addr().Interface().(type) {
	case *string:
		*v += "x"
	case *int:
		*v += 2
	case *bool:
		*v = !*v
	case *float64:
		*v /= 2
	case *[]string:
		*v = append(*v, "x")
	case *map[string]string:
		*v = map[string]string{"x": "y"}
	case **string:
		*v = new(string)
	case **int:
		*v = new(int)
	case **regexp.Regexp:
		*v = regexp.MustCompile("x")
	case **schemas.Trailer:
		*v = &schemas.Trailer{Match: regexp.MustCompile("x")}
	case *[]schemas.Alternative:
		*v = []schemas.Alternative{{Column: "x"}}
	case **schemas.DeliveredAt:
		*v = nil
	case *[]schemas.Match:
		*v = []schemas.Match{{Column: "x", Pattern: regexp.MustCompile("x")}}
	case *time.Duration:
		*v += time.Hour
	case *schemas.Rows:
		v.Least++
	case *schemas.Delivery:
		*v = schemas.Append
	case *schemas.Duplicates:
		*v = schemas.DropDuplicates
	default:
		return false
	}
	return true
}

func TestDiffContractsRename(t *testing.T) {
	after := strings.Replace(contactsContract, "- name: FName", "- name: Given", 1)
	after = strings.Replace(after, "[First Name, Vorname]", "[First Name, Vorname, FName]", 1)
	changes := schemas.DiffContracts(parsed(t, contactsContract), parsed(t, after))
	if len(changes) != 1 || changes[0].Breaking || !strings.Contains(changes[0].What, "called Given now") {
		t.Errorf("%+v", changes)
	}
	if changes := schemas.DiffContracts(parsed(t, contactsContract), parsed(t, contactsContract)); len(changes) > 0 {
		t.Errorf("equal contracts differ: %+v", changes)
	}
}
