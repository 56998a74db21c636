//go:build duckdb_arrow

package load

import (
	"slices"
	"testing"
)

// TestPartiesInParts: parties joined a few rows at a time are those joined at
// once, also where several rows tell of one.
func TestPartiesInParts(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people")
	s.do(`insert into ods.customer by name
select row_id + 1000 as row_id, source_system, source_customer_key, customer_id, effective_at + interval 1 day as effective_at, is_deleted,
    'Second ' || row_id as full_name, row_id || '@a.test' as email
from ods.customer where customer_id in ('c1', 'b3')`)
	if err := s.joinParties(t.Context()); err != nil {
		t.Fatal(err)
	}
	var whole []string
	for _, size := range []int64{100, 3, 1} {
		if err := s.refreshParties(t.Context(), size); err != nil {
			t.Fatal(err)
		}
		rows := s.rows("select to_json(p)::varchar from ods.idn.party as p order by 1")
		if len(rows) != 4 {
			t.Fatalf("%d parties, want 4", len(rows))
		}
		if whole == nil {
			whole = rows
		}
		if !slices.Equal(rows, whole) {
			t.Errorf("%d rows at a time:\n%v\nwant\n%v", size, rows, whole)
		}
		s.do("delete from ods.idn.party")
	}
}

// TestPartyTypeOfSeveralRows: a row that names nobody does not make an unknown
// thing of the person that an earlier row names.
func TestPartyTypeOfSeveralRows(t *testing.T) {
	t.Parallel()
	s := newStar(t, "people")
	s.do("update ods.customer set party_type = 'person' where customer_id = 'c1'")
	s.do(`insert into ods.customer by name
select row_id + 1000 as row_id, source_system, source_customer_key, customer_id, effective_at + interval 1 day as effective_at, is_deleted,
    'unknown' as party_type, row_id || '@a.test' as email
from ods.customer where customer_id = 'c1'`)
	if err := s.joinParties(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.refreshParties(t.Context(), 100); err != nil {
		t.Fatal(err)
	}
	if got := s.rows("select party_type from ods.idn.party where customer_id = 'c1'"); !slices.Equal(got, []string{"person"}) {
		t.Errorf("the party is %v, want a person", got)
	}
	if got := s.rows("select count(*) from ods.idn.party where party_type is null"); !slices.Equal(got, []string{"0"}) {
		t.Errorf("%v parties have no type", got)
	}
}
