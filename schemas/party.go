package schemas

import "github.com/apache/arrow-go/v18/arrow"

// PartySchema is what load hands to matching: one row for each party of each
// source system (source_customer_key), its customer rows, contact points and
// addresses already joined. Rows come in ascending source_customer_key.
//
//   - customer_key: the customer the party belonged to after the last run,
//     null for a new party;
//   - is_changed: a field changed since the last run (true for a new party);
//   - is_mention: rows of other things only name it, see entity customer;
//   - the text fields of entity customer, cleansed; null where unknown;
//   - emails, phones: further addresses and numbers beside email and phone,
//     joined by a line feed in ascending order.
func PartySchema() *arrow.Schema { return partySchema(nil) }

// PartyVersionSchema is the input of survivorship: one row for each state of
// each party, in ascending (customer_key, effective_at, source_customer_key).
// effective_at is when the state began, in µs UTC; is_deleted ends the party.
func PartyVersionSchema() *arrow.Schema {
	return partySchema([]arrow.Field{{Name: "is_deleted", Type: arrow.FixedWidthTypes.Boolean}})
}

// PartyTextFields are the text columns of a party, in schema order.
func PartyTextFields() []string {
	return []string{
		"party_type", "full_name", "title", "given_name", "middle_name", "family_name", "suffix",
		"former_family_name", "second_person_name", "organisation_name", "email", "emails", "phone",
		"mobile_phone", "phones", "address_line", "street", "house_number", "unit", "postcode", "city",
		"region", "country_code", "national_id", "gender", "status", "account_id",
	}
}

func partySchema(extra []arrow.Field) *arrow.Schema {
	fields := []arrow.Field{
		{Name: "source_customer_key", Type: arrow.PrimitiveTypes.Int64},
		{Name: "source_system", Type: arrow.BinaryTypes.String},
		{Name: "customer_id", Type: arrow.BinaryTypes.String, Nullable: true},
		{Name: "customer_key", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
		{Name: "is_changed", Type: arrow.FixedWidthTypes.Boolean},
		{Name: "effective_at", Type: arrow.PrimitiveTypes.Int64},
		{Name: "birth_date", Type: arrow.PrimitiveTypes.Int32, Nullable: true},
		{Name: "is_opted_out", Type: arrow.FixedWidthTypes.Boolean, Nullable: true},
		{Name: "is_mention", Type: arrow.FixedWidthTypes.Boolean, Nullable: true},
	}
	for _, name := range PartyTextFields() {
		fields = append(fields, arrow.Field{Name: name, Type: arrow.BinaryTypes.String, Nullable: true})
	}
	return arrow.NewSchema(append(fields, extra...), nil)
}

func text(name string, nullable bool) arrow.Field {
	return arrow.Field{Name: name, Type: arrow.BinaryTypes.String, Nullable: nullable}
}

func integer(name string, nullable bool) arrow.Field {
	return arrow.Field{Name: name, Type: arrow.PrimitiveTypes.Int64, Nullable: nullable}
}

// IdentitySchemas are the tables of schema idn, by name: what matching hands
// back to load. Columns are documented in star/idn.sql.
func IdentitySchemas() map[string]*arrow.Schema {
	golden := []arrow.Field{integer("customer_key", false), integer("valid_from", false), integer("valid_to", true)}
	for _, name := range PartyTextFields() {
		golden = append(golden, text(name, true))
	}
	golden = append(golden,
		arrow.Field{Name: "birth_date", Type: arrow.PrimitiveTypes.Int32, Nullable: true},
		arrow.Field{Name: "is_opted_out", Type: arrow.FixedWidthTypes.Boolean, Nullable: true},
		text("display_name", true),
		integer("member_count", false),
		arrow.Field{Name: "is_current", Type: arrow.FixedWidthTypes.Boolean},
	)
	return map[string]*arrow.Schema{
		"source_record": arrow.NewSchema([]arrow.Field{
			integer("source_customer_key", false), integer("customer_key", false),
			integer("household_key", true), integer("cluster_id", false), // smallest source_customer_key of the cluster
		}, nil),
		"match_pair": arrow.NewSchema([]arrow.Field{
			integer("left_source_customer_key", false), integer("right_source_customer_key", false),
			integer("levels", false), integer("score_millibits", false), text("decision", false), text("model_hash", false),
		}, nil),
		"golden_value": arrow.NewSchema([]arrow.Field{
			integer("customer_key", false), text("field", false), text("value", true),
			text("source_system", false), integer("source_customer_key", false), text("rule", false),
		}, nil),
		"golden_customer": arrow.NewSchema(golden, nil),
		"customer_key_map": arrow.NewSchema([]arrow.Field{
			integer("old_customer_key", false), integer("customer_key", false), text("reason", false),
		}, nil),
		"name_dictionary": arrow.NewSchema([]arrow.Field{
			text("token", false), text("script", false), integer("given_count", false), integer("family_count", false),
			integer("middle_count", false), integer("organisation_count", false), integer("source_count", false),
			integer("first_run", false), integer("last_run", false), text("status", false), text("sources", true),
		}, nil),
		"name_variant": arrow.NewSchema([]arrow.Field{
			text("token", false), text("variant_of", false), text("kind", false), integer("evidence_count", false),
			integer("first_run", false), text("status", false),
		}, nil),
	}
}
