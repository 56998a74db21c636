//go:build duckdb_arrow

package load_test

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/load"
	"loadstar/schemas"
)

// lineUp writes the given columns of all batches, a line for each row, and
// fails where a batch has another schema than want.
func lineUp(t *testing.T, batches iter.Seq2[arrow.RecordBatch, error], want *arrow.Schema, columns ...string) string {
	t.Helper()
	var lines []string
	for batch, err := range batches {
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range want.Fields() {
			if got := batch.Schema().Field(i); got.Name != f.Name || !arrow.TypeEqual(got.Type, f.Type) {
				t.Fatalf("column %d is %s %s, want %s %s", i, got.Name, got.Type, f.Name, f.Type)
			}
		}
		for row := range int(batch.NumRows()) {
			var cells []string
			for _, name := range columns {
				column := batch.Column(batch.Schema().FieldIndices(name)[0])
				cells = append(cells, strings.ReplaceAll(column.ValueStr(row), "\n", "|"))
			}
			lines = append(lines, strings.Join(cells, " "))
		}
	}
	return strings.Join(lines, "\n")
}

// TestPartiesOfTies: contact points that other rows tie to a party are its own;
// a tie or a contact point that goes takes the address along.
func TestPartiesOfTies(t *testing.T) {
	t.Parallel()
	work := t.TempDir()
	b := openAt(t, work)
	ctx := context.Background()
	customers().deliver(t, b, schemas.Delta, 1, customer("1", "Ann Ash"), customer("2", "Ben Birch"))
	points := feedOf{entity: "contact_point", fields: []string{"contact_point_id", "party_id", "email"}}
	mail := func(id, email string) record {
		return record{id: id, fields: map[string]string{"contact_point_id": id, "email": email}}
	}
	tie := func(id, point, party string) record {
		return record{id: id, fields: map[string]string{"contact_point_id": point, "party_id": party}}
	}
	points.deliver(t, b, schemas.Snapshot, 1, mail("m", "a@x.test"), mail("n", "b@x.test"), tie("t", "m", "1"), tie("u", "n", "1"), tie("v", "n", "2"))
	if got, want := lineUp(t, b.Parties(ctx), schemas.PartySchema(), "customer_id", "email", "emails"), "2 b@x.test (null)\n1 a@x.test b@x.test"; got != want {
		t.Errorf("parties\n%s\nwant\n%s", got, want)
	}
	assign(t, b, 1, 2)
	if err := b.Finish(ctx); err != nil {
		t.Fatal(err)
	}
	b = reopen(t, work)
	points.deliver(t, b, schemas.Snapshot, 2, mail("m", "c@x.test"), tie("t", "m", "1"), tie("v", "n", "2"))
	if got, want := lineUp(t, b.Parties(ctx), schemas.PartySchema(), "customer_id", "email", "is_changed"), "2 (null) true\n1 c@x.test true"; got != want {
		t.Errorf("parties of the second day\n%s\nwant\n%s", got, want)
	}
}

// TestContactsOfSuppliers: whoever is a contact of suppliers alone is no customer,
// until the account is called something else; a contact of a customer too stays
// one, and so does who names an account that nobody tells of.
func TestContactsOfSuppliers(t *testing.T) {
	t.Parallel()
	work := t.TempDir()
	b := openAt(t, work)
	ctx := context.Background()
	people := feedOf{entity: "customer", fields: []string{"customer_id", "full_name", "account_id"}, ended: true}
	accounts := feedOf{entity: "account", fields: []string{"account_id", "is_supplier"}}
	person := func(id, name, account string) record {
		return record{id: id, fields: map[string]string{"customer_id": id, "full_name": name, "account_id": account}}
	}
	account := func(id, supplies string) record {
		return record{id: id, fields: map[string]string{"account_id": id, "is_supplier": supplies}}
	}
	people.deliver(t, b, schemas.Delta, 1, person("1", "Ann Ash", "s"), person("2", "Ben Birch", "c"), person("3", "Cem Can", "unknown"), customer("4", "Dan Dale"))
	accounts.deliver(t, b, schemas.Delta, 1, account("s", "true"), account("c", "false"))
	if got, want := lineUp(t, b.Parties(ctx), schemas.PartySchema(), "customer_id", "account_id"), "2 c\n4 (null)\n3 unknown"; !sameLines(got, want) {
		t.Errorf("parties\n%s\nwant\n%s", got, want)
	}
	assign(t, b, 2, 3, 4)
	if err := b.Finish(ctx); err != nil {
		t.Fatal(err)
	}
	b = reopen(t, work)
	accounts.deliver(t, b, schemas.Delta, 2, account("s", "false"), account("c", "true"))
	if got, want := lineUp(t, b.Parties(ctx), schemas.PartySchema(), "customer_id", "account_id"), "1 s\n4 (null)\n3 unknown"; !sameLines(got, want) {
		t.Errorf("parties of the second day\n%s\nwant\n%s", got, want)
	}
}

func sameLines(a, b string) bool {
	left, right := strings.Split(a, "\n"), strings.Split(b, "\n")
	slices.Sort(left)
	slices.Sort(right)
	return slices.Equal(left, right)
}

// TestRefusalsApart: who refused marketing by an e-mail address of theirs, by
// the tie to one, or by the last of their consents for a purpose, refused it;
// and of several addresses the main one comes first. A consent that goes takes
// its refusal with it.
func TestRefusalsApart(t *testing.T) {
	t.Parallel()
	work := t.TempDir()
	b := openAt(t, work)
	ctx := context.Background()
	customers().deliver(t, b, schemas.Delta, 1, customer("1", "Ann Ash"), customer("2", "Ben Birch"), customer("3", "Cid Cole"), customer("4", "Dan Dorn"))
	row := func(id string, fields map[string]string) record { return record{id: id, fields: fields} }
	feedOf{entity: "contact_point", fields: []string{"contact_point_id", "party_id", "email", "is_primary", "is_opted_out"}}.deliver(t, b, schemas.Snapshot, 1,
		row("m", map[string]string{"contact_point_id": "m", "email": "a@x.test", "is_opted_out": "true"}),
		row("n", map[string]string{"contact_point_id": "n", "email": "b@x.test"}),
		row("t", map[string]string{"contact_point_id": "m", "party_id": "1"}),
		row("u", map[string]string{"contact_point_id": "n", "party_id": "1", "is_primary": "true"}),
		row("v", map[string]string{"contact_point_id": "n", "party_id": "2", "is_opted_out": "false"}))
	consents := feedOf{entity: "consent", fields: []string{"consent_id", "customer_id", "purpose", "is_granted"}}
	consent := func(id, of, granted string, day int64) record {
		return record{id: id, version: day, fields: map[string]string{"consent_id": id, "customer_id": of, "purpose": "mail", "is_granted": granted}}
	}
	consents.deliver(t, b, schemas.Snapshot, 1, consent("a", "3", "true", 1), consent("b", "3", "false", 2), consent("c", "4", "false", 1), consent("d", "4", "true", 2))
	columns := []string{"customer_id", "email", "is_opted_out"}
	if got, want := lineUp(t, b.Parties(ctx), schemas.PartySchema(), columns...), "2 b@x.test (null)\n4 (null) (null)\n3 (null) true\n1 b@x.test true"; sorted(got) != sorted(want) {
		t.Errorf("parties\n%s\nwant\n%s", got, want)
	}
	assign(t, b, 1, 2, 3, 4)
	if err := b.Finish(ctx); err != nil {
		t.Fatal(err)
	}
	b = reopen(t, work)
	consents.deliver(t, b, schemas.Snapshot, 2, consent("a", "3", "true", 1), consent("c", "4", "false", 1))
	if got, want := lineUp(t, b.Parties(ctx), schemas.PartySchema(), append(columns, "is_changed")...), "2 b@x.test (null) false\n4 (null) true true\n3 (null) (null) true\n1 b@x.test true false"; sorted(got) != sorted(want) {
		t.Errorf("parties of the second day\n%s\nwant\n%s", got, want)
	}
}

func sorted(lines string) string {
	list := strings.Split(lines, "\n")
	slices.Sort(list)
	return strings.Join(list, "\n")
}

func contactPoints() feedOf {
	return feedOf{entity: "contact_point", fields: []string{"party_id", "email", "phone"}}
}

func point(id, party, email string) record {
	return record{id: id, fields: map[string]string{"party_id": party, "email": email}}
}

func TestParties(t *testing.T) {
	t.Parallel()
	b := open(t)
	ctx := context.Background()
	ann := customer("1", "Ann Ash")
	ann.fields["email"] = "b@x.test"
	again := customer("1", "Ann Ash-Oak")
	again.id, again.version = "other row", 5
	again.fields["email"] = "d@x.test"
	alone := customer("2", "Ben Birch")
	alone.fields["email"] = "own@x.test"
	customers().deliver(t, b, schemas.Delta, 1, ann, again, alone, customer("3", "Cid Cole"))
	contactPoints().deliver(t, b, schemas.Delta, 1, point("p", "1", "c@x.test"), point("q", "1", "a@x.test"), point("r", "2", "far@x.test"),
		point("s", "3", "z@x.test"), point("t", "3", "y@x.test"))
	feedOf{entity: "address", fields: []string{"address_id", "street", "city"}}.deliver(t, b, schemas.Delta, 1,
		record{id: "a", fields: map[string]string{"address_id": "a", "street": "Elm Row", "city": "Leeds"}})
	feedOf{entity: "customer_address", fields: []string{"party_id", "address_id"}}.deliver(t, b, schemas.Delta, 1,
		record{id: "l", fields: map[string]string{"party_id": "2", "address_id": "a"}})
	got := lineUp(t, b.Parties(ctx), schemas.PartySchema(), "customer_id", "full_name", "email", "emails", "city", "is_changed")
	for _, want := range []string{
		"1 Ann Ash-Oak d@x.test a@x.test|b@x.test|c@x.test (null) true",
		"2 Ben Birch own@x.test far@x.test Leeds true",
		"3 Cid Cole y@x.test z@x.test (null) true",
	} {
		if !strings.Contains(got+"\n", want+"\n") {
			t.Errorf("no party %q in\n%s", want, got)
		}
	}
	if n := strings.Count(got, "\n") + 1; n != 3 {
		t.Errorf("%d parties, want one for each customer id", n)
	}
}

// assign makes each customer id the customer of the same number.
func assign(t *testing.T, b *load.Build, ids ...int64) {
	t.Helper()
	schema := schemas.IdentitySchemas()["source_record"]
	builder := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer builder.Release()
	for _, id := range ids {
		key := schemas.CustomerKey("crm", fmt.Sprint(id))
		builder.Field(0).(*array.Int64Builder).Append(key)
		builder.Field(1).(*array.Int64Builder).Append(id)
		builder.Field(2).AppendNull()
		builder.Field(3).(*array.Int64Builder).Append(key)
	}
	batch := builder.NewRecordBatch()
	defer batch.Release()
	if err := b.AddIdentity(context.Background(), "source_record", batch); err != nil {
		t.Fatal(err)
	}
}

func TestPartyVersions(t *testing.T) {
	t.Parallel()
	b := open(t)
	ctx := context.Background()
	extra := customer("1", "")
	delete(extra.fields, "full_name")
	extra.id, extra.fields["phone"] = "other row", "+441134960001"
	customers().deliver(t, b, schemas.Delta, 1, customer("1", "Ann Ash"), customer("2", "Ben Birch"))
	customers().deliver(t, b, schemas.Delta, 2, extra)
	customers().deliver(t, b, schemas.Delta, 3, customer("1", "Ann Oak"))
	assign(t, b, 1, 2)
	got := lineUp(t, b.PartyVersions(ctx, []int64{1}), schemas.PartyVersionSchema(), "customer_key", "full_name", "phone")
	if want := "1 Ann Ash (null)\n1 Ann Ash +441134960001\n1 Ann Oak +441134960001"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	got = lineUp(t, b.PartyVersions(ctx, nil), schemas.PartyVersionSchema(), "customer_key")
	if want := "1\n1\n1\n2"; got != want {
		t.Errorf("all customers: got %q", got)
	}
}

func TestChangedParties(t *testing.T) {
	t.Parallel()
	work := t.TempDir()
	b := openAt(t, work)
	ctx := context.Background()
	customers().deliver(t, b, schemas.Delta, 1, customer("1", "Ann Ash"), customer("2", "Ben Birch"), customer("3", "Cid Cole"), customer("4", "Di Dee"))
	contactPoints().deliver(t, b, schemas.Snapshot, 1, point("p", "1", "a@x.test"), point("q", "2", "b@x.test"), point("r", "3", "c@x.test"))
	assign(t, b, 1, 2, 3, 4)
	if err := b.Finish(ctx); err != nil {
		t.Fatal(err)
	}
	b = reopen(t, work)
	contactPoints().deliver(t, b, schemas.Snapshot, 2, point("p", "2", "a@x.test"), point("q", "2", "b@x.test"))
	got := lineUp(t, b.Parties(ctx), schemas.PartySchema(), "customer_id", "is_changed")
	for _, want := range []string{"1 true", "2 true", "3 true", "4 false"} {
		if !strings.Contains(got, want) {
			t.Errorf("no party %q in\n%s", want, got)
		}
	}
}
