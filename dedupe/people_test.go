package dedupe_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"loadstar/dedupe"
	"loadstar/schemas"
)

// party is a test record: text fields of schemas.PartySchema by name, and
// birth_date as yyyymmdd or yyyy-mm-dd.
type party map[string]string

// labelled are records with their truth; the key of record i is i + 1.
type labelled struct {
	parties []party
	truth   map[int64]string
}

// batch writes parties as one batch, keys and prior customers as given.
func batch(t testing.TB, parties []party, keys []int64, customers map[int64]int64) arrow.RecordBatch {
	t.Helper()
	schema := partySchema(parties)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	for i, p := range parties {
		for c, field := range schema.Fields() {
			switch to := b.Field(c).(type) {
			case *array.Int64Builder:
				customer, known := customers[keys[i]]
				switch {
				case field.Name == "source_customer_key":
					to.Append(keys[i])
				case field.Name == "customer_key" && !known:
					to.AppendNull()
				case field.Name == "customer_key":
					to.Append(customer)
				default:
					to.Append(0)
				}
			case *array.BooleanBuilder:
				_, known := customers[keys[i]]
				to.Append(field.Name == "is_changed" && (!known || p["changed"] != "") || field.Name == "is_mention" && p["is_mention"] != "")
			case *array.Int32Builder:
				if day, ok := days(p["birth_date"]); ok {
					to.Append(day)
				} else {
					to.AppendNull()
				}
			case *array.StringBuilder:
				if value := p[field.Name]; value != "" || field.Name == "source_system" {
					to.Append(value)
				} else {
					to.AppendNull()
				}
			}
		}
	}
	return b.NewRecordBatch()
}

// partySchema has the columns of attributes that some party has.
func partySchema(parties []party) *arrow.Schema {
	fields := schemas.PartySchema().Fields()
	for i := range dedupe.MostAttributes {
		name := dedupe.Attribute(i)
		if slices.ContainsFunc(parties, func(p party) bool { return p[name] != "" }) {
			fields = append(fields, arrow.Field{Name: name, Type: arrow.BinaryTypes.String, Nullable: true})
		}
	}
	return arrow.NewSchema(fields, nil)
}

func days(text string) (int32, bool) {
	date, err := time.Parse("20060102", strings.ReplaceAll(text, "-", ""))
	return int32(date.Unix() / 86400), err == nil
}

// recordsOf interns parties with the keys 1, 2, ….
func recordsOf(t testing.TB, parties []party) *dedupe.Records {
	t.Helper()
	keys := make([]int64, len(parties))
	for i := range keys {
		keys[i] = int64(i + 1)
	}
	return recordsWith(t, parties, keys, nil)
}

func recordsWith(t testing.TB, parties []party, keys []int64, customers map[int64]int64) *dedupe.Records {
	t.Helper()
	r := dedupe.NewRecords()
	b := batch(t, parties, keys, customers)
	defer b.Release()
	if err := r.Add(b); err != nil {
		t.Fatal(err)
	}
	r.Freeze()
	return r
}

// readPeople reads a labelled file of ../shared/data/people, its columns
// mapped onto fields; truth turns a row into its entity.
func readPeople(t testing.TB, file string, columns map[string]string, truth func(row map[string]string) string) labelled {
	t.Helper()
	f, err := os.Open(filepath.Join("../../shared/data/people", file))
	if err != nil {
		t.Skipf("labelled people are not here: %v", err)
	}
	defer f.Close()
	reader := csv.NewReader(f)
	reader.TrimLeadingSpace = true
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	l := labelled{truth: map[int64]string{}}
	for i, cells := range rows[1:] {
		row, p := map[string]string{}, party{"party_type": "person"}
		for c, cell := range cells {
			name := strings.TrimSpace(rows[0][c])
			row[name] = strings.TrimSpace(cell)
			if field := columns[name]; field != "" {
				p[field] = row[name]
			}
		}
		l.parties = append(l.parties, p)
		l.truth[int64(i+1)] = truth(row)
	}
	return l
}

func febrl(t testing.TB, file string) labelled {
	return readPeople(t, file, map[string]string{
		"given_name": "given_name", "surname": "family_name", "street_number": "house_number", "address_1": "street",
		"suburb": "city", "postcode": "postcode", "state": "region", "date_of_birth": "birth_date", "soc_sec_id": "national_id",
	}, func(row map[string]string) string { return strings.Split(row["rec_id"], "-")[1] })
}

func fake1000(t testing.TB) labelled {
	return readPeople(t, "splink_fake_1000/fake_1000.csv", map[string]string{
		"first_name": "given_name", "surname": "family_name", "dob": "birth_date", "city": "city", "email": "email",
	}, func(row map[string]string) string { return row["cluster"] })
}

// names is the knowledge that the package ships.
func names(t testing.TB) *dedupe.Names {
	t.Helper()
	n, err := dedupe.NewNames(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// matched trains and matches with the default settings.
func matched(t testing.TB, r *dedupe.Records) (*dedupe.Model, *dedupe.Result) {
	t.Helper()
	n, s := names(t), dedupe.DefaultSettings()
	m, err := dedupe.Train(t.Context(), r, n, s)
	if err != nil {
		t.Fatal(err)
	}
	result, err := dedupe.Match(t.Context(), r, n, m, nil, s)
	if err != nil {
		t.Fatal(err)
	}
	return m, result
}
